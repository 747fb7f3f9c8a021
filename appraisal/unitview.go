package appraisal

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/rulebook"
)

// OrganisationView is a unit's page in a window: its predicate with what
// speaks for it, and how the predicates of its people spread beside the
// pattern that goes with it.
type OrganisationView struct {
	OrganisationRow
	Earlier []Organisation // settings before the one in force, the latest first
	Lead    *Part          // of whoever leads it, nil while nobody does
	Proof   []ReviewLine   // the head's indicators: the unit's achievement
	Spread  *SpreadAdvice  // nil before the organisation's predicate, or while nobody has one
	Reasons []SpreadReason // the latest first
	Needed  bool           // people's predicates of such a window wait for the organisation's
	// Calibrate: the actor may start the calibration of the unit.
	Calibrate bool
	Explain   bool // the actor may say why the pattern is not followed
}

// SpreadAdvice is the pattern beside what stands.
type SpreadAdvice struct {
	Counts  PredicateCounts
	Total   int64
	Set     int // of them with a predicate that is set
	Open    int // people without ratings that were handed over
	Names   bool
	Result  Spread
	Because rulebook.Because
	Cuts    []Cut
	Ways    []PredicateCounts // of a small unit, the nearest first
	Tried   bool              // the unit is small enough to try every way
	Groups  []SpreadGroup     // the small ones, one for each superior
	Head    bool              // the head is counted
}

// Impossible reports a small unit that cannot satisfy the pattern.
func (a SpreadAdvice) Impossible() bool { return a.Tried && len(a.Ways) == 0 }

// SpreadGroup is the people of one superior within a unit.
type SpreadGroup struct {
	Evaluator Identity
	Unit      string
	People    int
	Possible  bool // some way fits the pattern
}

// SpreadReason is why a superior does not follow the pattern.
type SpreadReason struct {
	Text string
	At   time.Time
	By   Signer
}

// Organisation returns a unit's page. The level above, a leader, whoever may
// see the unit's lists, its head, and its superiors may read it; names of who
// stands at a line are shown to the one who sets the predicate, to the unit's
// head, and to superiors about their own people.
func (s *Service) Organisation(ctx context.Context, actor account.Actor, unit string, w Window) (OrganisationView, error) {
	v, year, err := s.organisationView(ctx, actor, unit, w)
	if err != nil {
		return v, err
	}
	if v.Earlier, err = db.All(ctx, s.db, selectOrganisation+`WHERE unit_id = $1 AND win = $2 AND NOT current ORDER BY version DESC`, scanOrganisation, unit, w.Code()); err != nil {
		return v, err
	}
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return v, err
	}
	if v.Lead != nil {
		if v.Proof, err = s.proof(ctx, *v.Lead, w, book); err != nil {
			return v, err
		}
	}
	if v.Reasons, err = reasonsOf(ctx, s.db, unit, w); err != nil {
		return v, err
	}
	if v.Needed, err = s.orgNeeded(ctx, w); err != nil {
		return v, err
	}
	v.Calibrate = v.Decided < v.People && (v.May || year.Open() && v.leads(actor))
	v.Explain = year.Open() && v.Version > 0 && (v.May || v.leads(actor))
	if v.Version > 0 {
		v.Spread, err = s.spreadOf(ctx, actor, year, v, book)
	}
	return v, err
}

// organisationView finds the unit and asks whether the actor may see it.
func (s *Service) organisationView(ctx context.Context, actor account.Actor, unit string, w Window) (v OrganisationView, year Period, err error) {
	if year, err = s.period(ctx, w.Year); err != nil {
		return v, year, err
	}
	rows, err := s.organisationRows(ctx, year, w)
	if err != nil {
		return v, year, err
	}
	i := slices.IndexFunc(rows, func(r OrganisationRow) bool { return r.UnitID == unit })
	if i < 0 {
		return v, year, fault.Missing("appraisal.organisation.absent")
	}
	v.OrganisationRow = rows[i]
	v.May = year.Open() && s.access.Can(ctx, actor, account.ActAppraisalOrgRate, v.thing()) == nil
	heads, err := headsIn(ctx, s.db, year, w)
	if err != nil {
		return v, year, err
	}
	if h, led := heads[unit]; led {
		v.Lead = &h
	}
	if v.May || v.leads(actor) || s.access.Can(ctx, actor, account.ActAppraisalUnit, v.thing()) == nil {
		return v, year, nil
	}
	within, err := db.Exists(ctx, s.db, `SELECT 1 FROM appraisal_part WHERE period_id = $1 AND org_unit_id = $2 AND evaluator_id = $3 AND evaluator_id <> '' LIMIT 1`,
		year.ID, unit, actor.PersonID)
	if err == nil && !within {
		err = s.access.Can(ctx, actor, account.ActAppraisalUnit, v.thing())
	}
	return v, year, err
}

// leads reports whether the actor leads the unit.
func (v OrganisationView) leads(actor account.Actor) bool {
	return v.Lead != nil && actor.PersonID != "" && v.Lead.Who.PersonID == actor.PersonID
}

// proof is what the head's plan promised and what was reached.
func (s *Service) proof(ctx context.Context, head Part, w Window, book *rulebook.Book) ([]ReviewLine, error) {
	cases, err := gatherAll(ctx, s.db, []Part{head}, w, book)
	if err != nil || len(cases) == 0 {
		return nil, err
	}
	c := cases[0]
	words := Words{}
	if c.evaluation.Self.Sent() {
		words = c.evaluation.Self.Words
	}
	latest, _ := latestOf(c.entries)
	said := realised(words, latest)
	var lines []ReviewLine
	for _, placed := range c.content.Indicators() {
		lines = append(lines, lineOf(c.part, w, *placed.Indicator, said[placed.Indicator.ID]))
	}
	return lines, nil
}

// spreadOf compares the people of a unit with the pattern.
func (s *Service) spreadOf(ctx context.Context, actor account.Actor, year Period, v OrganisationView, book *rulebook.Book) (*SpreadAdvice, error) {
	rule, err := rulebook.Load[DistributionRule](book)
	if err != nil {
		return nil, err
	}
	rules, err := loadRules(book)
	if err != nil {
		return nil, err
	}
	all, err := s.standings(ctx, year, v, rule, rules)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	a := &SpreadAdvice{Counts: countStandings(plainOf(all)), Head: rule.HeadCounts}
	fixed := PredicateCounts{}
	for _, p := range all {
		switch {
		case p.Predicate == "":
			a.Open++
		case p.Fixed:
			fixed[p.Predicate]++
		}
		if p.set {
			a.Set++
		}
	}
	a.Total = a.Counts.Total()
	if a.Total > 0 {
		a.Result, a.Because = rule.Spread(v.Predicate, a.Counts)
		a.Cuts = rule.Cuts(v.Predicate, plainOf(all))
	}
	a.Ways, a.Tried = rule.Ways(v.Predicate, len(all), fixed, a.Counts)
	a.Groups = smallGroups(rule, v.Predicate, all)
	a.name(actor, v.May || v.leads(actor))
	return a, nil
}

// name keeps the names of who stands at a line for those who may act on it.
func (a *SpreadAdvice) name(actor account.Actor, all bool) {
	a.Names = all
	for i := range a.Cuts {
		a.Cuts[i].On = slices.DeleteFunc(a.Cuts[i].On, func(p Standing) bool {
			return !all && (actor.PersonID == "" || p.Evaluator.PersonID != actor.PersonID)
		})
	}
}

// standing is a Standing with whether its predicate is set, and of whom.
type standing struct {
	Standing
	set    bool
	person string
}

func plainOf(all []standing) []Standing {
	out := make([]Standing, len(all))
	for i, s := range all {
		out[i] = s.Standing
	}
	return out
}

// standings reads the people who stand on a unit in a window. Of ratings only
// those are counted that were handed over.
func (s *Service) standings(ctx context.Context, year Period, v OrganisationView, rule DistributionRule, rules evaluationRules) ([]standing, error) {
	w := v.Window
	parts, err := db.All(ctx, s.db, selectPart+`WHERE p.period_id = $1 AND p.org_unit_id = $2 AND p.from_day <= $3 AND p.to_day >= $4 AND p.decides ORDER BY p.sort_name, p.id`,
		scanPart, year.ID, v.UnitID, string(w.To()), string(w.From()))
	if err != nil {
		return nil, err
	}
	parts = slices.DeleteFunc(parts, func(p Part) bool {
		return !slices.Contains(p.Windows(), w) || p.head() && !rule.HeadCounts
	})
	if len(parts) == 0 {
		return nil, nil
	}
	cases, err := gatherAll(ctx, s.db, parts, w, rules.book)
	if err != nil {
		return nil, err
	}
	set, err := predicatesOf(ctx, s.db, parts, w)
	if err != nil {
		return nil, err
	}
	all := make([]standing, 0, len(cases))
	for _, c := range cases {
		all = append(all, s.standing(c, set[c.part.ID].now, rules))
	}
	return all, nil
}

func (s *Service) standing(c *evidenceCase, set Predicate, rules evaluationRules) standing {
	p, e := c.part, c.evaluation
	out := standing{Standing: Standing{
		PartID: p.ID, Name: p.Who.Name, Post: p.Who.Post, UnitID: p.Who.UnitID, Unit: p.Who.Unit, Evaluator: p.Evaluator,
		Predicate: set, Fixed: set != "" && e.State != Decided,
	}, set: set != "", person: p.Who.PersonID}
	if set == "" && e.Superior.Sent() {
		results := e.Ratings.Results
		if p.head() {
			results = rules.leader.Results[c.organisation.Predicate]
		}
		out.Predicate = rules.predicate.Of(results, e.Ratings.Conduct)
	}
	in := c.inputs(e.Ratings, Signer{}, "", "")
	for _, i := range in.Indicators {
		out.Of++
		if i.met() {
			out.Met++
		}
	}
	for _, value := range in.Values {
		switch value.Mark {
		case Above:
			out.Values++
		case Below:
			out.Values--
		}
	}
	return out
}

// smallGroups lists each superior's people where they are so few that every
// way can be tried.
func smallGroups(rule DistributionRule, o OrganisationPredicate, all []standing) []SpreadGroup {
	by := map[string]*SpreadGroup{}
	var order []string
	for _, p := range all {
		g := by[p.Evaluator.PersonID]
		if g == nil {
			g = &SpreadGroup{Evaluator: p.Evaluator, Unit: p.Unit}
			by[p.Evaluator.PersonID], order = g, append(order, p.Evaluator.PersonID)
		}
		g.People++
	}
	possible := map[int]bool{}
	var groups []SpreadGroup
	for _, id := range order {
		g := by[id]
		if g.People > MostEnumerated {
			continue
		}
		if _, known := possible[g.People]; !known {
			ways, _ := rule.Ways(o, g.People, nil, nil)
			possible[g.People] = len(ways) > 0
		}
		g.Possible = possible[g.People]
		groups = append(groups, *g)
	}
	slices.SortFunc(groups, func(a, b SpreadGroup) int {
		return cmp.Or(cmp.Compare(a.People, b.People), cmp.Compare(search.Key(a.Evaluator.Name), search.Key(b.Evaluator.Name)))
	})
	return groups
}

func reasonsOf(ctx context.Context, q db.Queryer, unit string, w Window) ([]SpreadReason, error) {
	return db.All(ctx, q, `SELECT text, said_at, said_by FROM appraisal_spread_reason WHERE unit_id = $1 AND win = $2 ORDER BY said_at DESC, id DESC`, func(r db.Row) (SpreadReason, error) {
		var x SpreadReason
		var by string
		if err := r.Scan(&x.Text, db.TimeTo(&x.At), &by); err != nil {
			return x, err
		}
		return x, readSigner(by, &x.By)
	}, unit, w.Code())
}

// ReasonSpread notes why the pattern is not followed in a unit: by its head or
// by the level above. It is advice, and nothing waits for it.
func (s *Service) ReasonSpread(ctx context.Context, actor account.Actor, unit string, w Window, text string) error {
	text, err := wordsRequired("text", text)
	if err != nil {
		return err
	}
	v, year, err := s.organisationView(ctx, actor, unit, w)
	if err != nil {
		return err
	}
	switch {
	case !v.May && !v.leads(actor):
		return s.access.Can(ctx, actor, account.ActAppraisalOrgRate, v.thing())
	case !year.Open():
		return fault.Clash("appraisal.closed")
	case v.Version == 0:
		return fault.Clash("appraisal.missing.organisation")
	}
	by, err := s.speaker(ctx, actor, v)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO appraisal_spread_reason (id, unit_id, win, text, said_at, said_by) VALUES ($1, $2, $3, $4, $5, $6)`,
			db.NewID(), unit, w.Code(), text, db.Time(s.now()), by.stored())
		if err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.distribution.reasoned", "unit:"+unit, map[string]any{"window": w.Code(), "text": text})
	})
}

// speaker names the head or the level above with the post they hold.
func (s *Service) speaker(ctx context.Context, actor account.Actor, v OrganisationView) (Signer, error) {
	if v.leads(actor) {
		return Signer{PersonID: actor.PersonID, Name: v.Lead.Who.Name, Post: v.Lead.Who.Post}, nil
	}
	head := Part{}
	if v.Lead != nil {
		head = *v.Lead
	}
	return s.rater(ctx, actor, head)
}
