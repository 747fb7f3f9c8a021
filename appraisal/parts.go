package appraisal

import (
	"cmp"
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// partRules is what the rulebook says about staff groups in a year.
type partRules struct {
	groups   map[Group]GroupRule
	cadence  Cadence
	calendar CalendarRule
	form     FormRule
}

func (r partRules) of(g Group) GroupRule {
	return GroupsRule{Groups: r.groups}.Of(g, r.cadence)
}

func (s *Service) partRules(ctx context.Context, p Period) (partRules, error) {
	book, err := s.bookOn(ctx, max(p.From, firstRuleDay))
	if err != nil {
		return partRules{}, err
	}
	groups, err := rulebook.Load[GroupsRule](book)
	if groups.Groups == nil {
		groups.Groups = map[Group]GroupRule{}
	}
	if err != nil {
		return partRules{}, err
	}
	form, err := rulebook.Load[FormRule](book)
	if err != nil {
		return partRules{}, err
	}
	calendar, err := rulebook.Load[CalendarRule](book)
	return partRules{groups.Groups, p.Cadence, calendar, form}, err
}

// pensOf returns the pen each group has in a year already: what HR chose when
// opening it stays.
func pensOf(existing []Part) map[Group]Pen {
	pens := map[Group]Pen{}
	for _, p := range existing {
		pens[p.Group] = p.Pen
	}
	return pens
}

// unitsOf returns the units of a year: as they stand at its end or today, and
// those of its beginning that are gone by then.
func (s *Service) unitsOf(ctx context.Context, q db.Queryer, p Period) (tree, error) {
	before, err := s.people.Units(ctx, q, p.From)
	if err != nil {
		return nil, err
	}
	now, err := s.people.Units(ctx, q, min(p.To, max(p.From, s.today())))
	if err != nil {
		return nil, err
	}
	return newTree(append(before, now...)), nil
}

// tree is units by id.
type tree map[string]Unit

func newTree(units []Unit) tree {
	t := make(tree, len(units))
	for _, u := range units {
		t[u.ID] = u
	}
	return t
}

// path returns a unit and what it lies in, nearest first. It stops at a circle,
// which a broken import can make.
func (t tree) path(unit string) []string {
	var path []string
	for unit != "" && !slices.Contains(path, unit) {
		path = append(path, unit)
		unit = t[unit].Parent
	}
	return path
}

// below returns a unit and everything in it.
func (t tree) below(unit string) []string {
	children := map[string][]string{}
	for id, u := range t {
		children[u.Parent] = append(children[u.Parent], id)
	}
	all := []string{unit}
	seen := map[string]bool{unit: true}
	for i := 0; i < len(all); i++ {
		for _, c := range children[all[i]] {
			if !seen[c] {
				seen[c] = true
				all = append(all, c)
			}
		}
	}
	return all
}

// arrange makes the parts of a year out of the stretches of the map.
func arrange(p Period, postings []Posting, units tree, rules partRules, pens map[Group]Pen) []Part {
	rated := map[string]bool{}
	for _, o := range postings {
		if o.HeadOf != "" && rules.form.Of(o) == LeaderForm {
			rated[o.HeadOf] = true
		}
	}
	parts := make([]Part, 0, len(postings))
	for _, o := range postings {
		g := rules.of(o.Group)
		if pen, chosen := pens[o.Group]; chosen {
			g.Pen = pen
		}
		parts = append(parts, Part{
			PeriodID: p.ID, Year: p.Year, Who: o.Who, Tenure: o.Tenure, TenureID: o.TenureID, HeadOf: o.HeadOf,
			OrgUnit: ratedUnit(units, rated, o), Group: o.Group, Form: rules.form.Of(o), Pen: g.Pen, Cadence: g.Cadence,
			From: max(o.From, p.From), To: min(o.To, p.To),
			Evaluator: o.Evaluator, EvalHow: o.EvalHow, Above: o.Above, AboveHow: o.AboveHow, Reason: o.Reason, Version: 1,
		})
	}
	markDeciding(parts)
	return parts
}

// ratedUnit returns the unit whose organisation predicate counts for somebody:
// the nearest around the post that is led by a head of an independent unit,
// else the outermost.
func ratedUnit(units tree, rated map[string]bool, o Posting) string {
	path := units.path(o.Who.UnitID)
	for _, u := range path {
		if rated[u] {
			return u
		}
	}
	if len(path) == 0 {
		return o.Who.UnitID
	}
	return path[len(path)-1]
}

// definitive is org's word for a tenure that is not acting or additional.
const definitive = "definitive"

// markDeciding marks, for each person, the part whose evaluation decides the
// year: the latest of the own post, else the latest of any.
func markDeciding(parts []Part) {
	best := map[string]int{}
	for i, p := range parts {
		parts[i].Last = false
		b, has := best[p.Who.PersonID]
		if !has || decides(p, parts[b]) {
			best[p.Who.PersonID] = i
		}
	}
	for _, i := range best {
		parts[i].Last = true
	}
}

func decides(a, b Part) bool {
	if own := a.Tenure == definitive; own != (b.Tenure == definitive) {
		return own
	}
	return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From), cmp.Compare(b.TenureID, a.TenureID)) > 0
}

// match finds for each wanted part the existing one: the same tenure from the
// same day, else the next of the same tenure that is left. It returns what has
// to be made, what has to be changed (with the existing id), and what nothing
// stands for any more.
func match(existing, wanted []Part) (created, changed, orphans []Part) {
	type stretch struct {
		person, tenure string
		from           Day
	}
	taken := make([]bool, len(existing))
	exact := map[stretch]int{}
	rest := map[[2]string][]int{}
	for i, p := range existing {
		exact[stretch{p.Who.PersonID, p.TenureID, p.From}] = i
		key := [2]string{p.Who.PersonID, p.TenureID}
		rest[key] = append(rest[key], i)
	}
	found := make([]int, len(wanted))
	for k, w := range wanted {
		i, has := exact[stretch{w.Who.PersonID, w.TenureID, w.From}]
		if !has {
			i = -1
		} else {
			taken[i] = true
		}
		found[k] = i
	}
	for k, w := range wanted {
		if found[k] >= 0 {
			continue
		}
		left := slices.DeleteFunc(rest[[2]string{w.Who.PersonID, w.TenureID}], func(i int) bool { return taken[i] })
		if len(left) > 0 {
			found[k], taken[left[0]] = left[0], true
		}
	}
	for k, w := range wanted {
		if found[k] < 0 {
			w.ID = db.NewID()
			created = append(created, w)
		} else if p, differs := existing[found[k]].updated(w); differs {
			changed = append(changed, p)
		}
	}
	for i, p := range existing {
		if !taken[i] {
			orphans = append(orphans, p)
		}
	}
	return created, changed, orphans
}

// updated returns the part as the map wants it now; what HR has named stays.
func (p Part) updated(w Part) (Part, bool) {
	w.ID, w.PeriodID, w.Version = p.ID, p.PeriodID, p.Version
	if p.EvalHow == HowNamed {
		w.Evaluator, w.EvalHow, w.Above, w.AboveHow, w.Reason = p.Evaluator, p.EvalHow, p.Above, p.AboveHow, p.Reason
	}
	if w == p {
		return p, false
	}
	w.Version++
	return w, true
}

// mostIDs is the most ids of one statement's list.
const mostIDs = 5000

// removeEmpty removes the parts that hold nothing and returns how many were
// removed and how many had to stay.
func removeEmpty(ctx context.Context, tx *db.Tx, orphans []Part) (removed, kept int, err error) {
	for some := range slices.Chunk(orphans, mostIDs) {
		ids := make([]any, len(some))
		for i, p := range some {
			ids[i] = p.ID
		}
		n, err := db.Exec(ctx, tx, `DELETE FROM appraisal_part WHERE id IN (`+db.In(1, len(ids))+`)
			AND NOT EXISTS (SELECT 1 FROM appraisal_plan x WHERE x.part_id = appraisal_part.id)
			AND NOT EXISTS (SELECT 1 FROM appraisal_progress x WHERE x.part_id = appraisal_part.id)
			AND NOT EXISTS (SELECT 1 FROM appraisal_feedback x WHERE x.part_id = appraisal_part.id)
			AND NOT EXISTS (SELECT 1 FROM appraisal_look x WHERE x.part_id = appraisal_part.id)
			AND NOT EXISTS (SELECT 1 FROM appraisal_evaluation x WHERE x.part_id = appraisal_part.id)`, ids...)
		if err != nil {
			return 0, 0, err
		}
		removed += int(n)
	}
	return removed, len(orphans) - removed, nil
}

// MyParts returns the actor's own parts of a year (0: the current one), the
// one that decides first. Empty for who holds no post.
func (s *Service) MyParts(ctx context.Context, actor account.Actor, year int) ([]Part, error) {
	if err := s.access.Can(ctx, actor, account.ActSelf, account.Thing{}); err != nil {
		return nil, err
	}
	if actor.PersonID == "" {
		return nil, nil
	}
	p, err := s.period(ctx, year)
	if err != nil {
		return nil, err
	}
	return partsOfPerson(ctx, s.db, actor.PersonID, p.Year)
}

// Part returns one part. Needs appraisal.view; a look by anybody but the
// person and the superiors leaves a trace.
func (s *Service) Part(ctx context.Context, actor account.Actor, id string) (Part, error) {
	p, _, err := s.view(ctx, actor, id)
	return p, err
}

// SetEvaluator names an evaluator other than the map's, with a reason. The
// superior of the evaluator becomes the named person's own evaluator.
func (s *Service) SetEvaluator(ctx context.Context, actor account.Actor, part string, version int64, person, reason string) (Part, error) {
	p, year, err := s.enter(ctx, actor, part, account.ActAppraisalPeriod)
	if err != nil {
		return p, err
	}
	reason = tidy(reason)
	var wrong fault.Fields
	wrong.Check(year.Open(), "year", "appraisal.closed")
	wrong.Check(reason != "", "reason", "form.required")
	checkLength(&wrong, "reason", reason, mostText)
	wrong.Check(person != p.Who.PersonID, "person", "appraisal.evaluator.self")
	if err := wrong.Err(); err != nil {
		return p, err
	}
	if err := s.findEvaluator(ctx, &p, person); err != nil {
		return p, err
	}
	err = s.storeEvaluator(ctx, actor, &p, version, reason)
	return p, err
}

// MendEvaluator names the right evaluator of a part, with the reason the person
// gave. It checks no permission: the caller has found that the actor may.
func (s *Service) MendEvaluator(ctx context.Context, actor account.Actor, part, person, reason string) error {
	p, err := partOf(ctx, s.db, part)
	if err != nil {
		return err
	}
	year, err := periodOf(ctx, s.db, p.Year)
	if err != nil {
		return err
	}
	if !year.Open() {
		return fault.Clash("appraisal.closed")
	}
	if err := s.findEvaluator(ctx, &p, person); err != nil {
		return err
	}
	return s.storeEvaluator(ctx, actor, &p, p.Version, reason)
}

// storeEvaluator stores an evaluator that was named and moves the desk.
func (s *Service) storeEvaluator(ctx context.Context, actor account.Actor, p *Part, version int64, reason string) error {
	p.EvalHow, p.Reason = HowNamed, reason
	return s.tx(ctx, func(tx *db.Tx) error {
		now, err := partOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		if now.Version != version {
			return fault.Clash("appraisal.part.changed")
		}
		p.Version = version + 1
		if err := storeParts(ctx, tx, []Part{*p}); err != nil {
			return err
		}
		if err := s.moveDesk(ctx, tx, *p, now.Evaluator.PersonID); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.evaluator.set", "part:"+p.ID, map[string]string{
			"from": now.Evaluator.PersonID, "to": p.Evaluator.PersonID, "reason": reason,
		})
	})
}

// findEvaluator fills the evaluator of a part with a person, and the superior
// with that person's own evaluator.
func (s *Service) findEvaluator(ctx context.Context, p *Part, person string) error {
	day := min(p.To, max(p.From, s.today()))
	who, err := s.people.Who(ctx, s.db, person, day)
	if fault.Is(err, fault.NotFound) {
		return fault.WrongField("person", "appraisal.evaluator.unknown")
	}
	if err != nil {
		return err
	}
	p.Evaluator, p.Above, p.AboveHow = who, Identity{}, HowNone
	postings, err := s.people.Postings(ctx, s.db, day, day, person)
	if err != nil {
		return err
	}
	for _, o := range postings {
		if o.Tenure == definitive || p.Above.PersonID == "" {
			p.Above, p.AboveHow = o.Evaluator, o.EvalHow
		}
	}
	return nil
}
