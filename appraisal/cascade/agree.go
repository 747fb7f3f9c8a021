package cascade

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/org"
)

// AgreementView is everything the page of one agreement shows.
type AgreementView struct {
	Period appraisal.Period
	Office Office
	Agreement
	Above     *Agreement // of the unit around it, nil without one
	Edit      bool       // the actor may change what it says now
	SignFirst bool       // the actor may sign as pihak pertama now
	SignOther bool       // as pihak kedua
	Record    bool       // may record a signing on paper
	Revise    bool       // may open a new revision
	Mine      bool       // it is the actor's to take into the own SKP
}

// Agreement returns the agreement of a unit in a year (0: the current one).
// What an office has promised is public; who may change it is in the view.
func (s *Service) Agreement(ctx context.Context, actor account.Actor, year int, unit string) (AgreementView, error) {
	var v AgreementView
	if err := s.Access.Can(ctx, actor, account.ActOrgView, account.Thing{}); err != nil {
		return v, err
	}
	var err error
	if v.Period, err = s.Appraisal.YearOf(ctx, year); err != nil {
		return v, err
	}
	if v.Office, err = s.office(ctx, s.DB, v.Period, unit); err != nil {
		return v, err
	}
	if v.Agreement, err = agreementOf(ctx, s.DB, v.Period.Year, unit); err != nil {
		return v, err
	}
	v.refresh(v.Office)
	if err := s.above(ctx, &v); err != nil {
		return v, err
	}
	me := actor.PersonID
	may, open := s.may(ctx, actor, v.Office), v.Period.Open()
	first, second := me != "" && me == v.First.PersonID, me != "" && me == v.Second.PersonID
	signable := open && (v.State == Draft || v.State == HalfDone) && v.signable() == nil
	v.Edit = open && may && (v.State == None || v.State == Draft)
	v.SignFirst = signable && first && v.FirstAt.IsZero()
	v.SignOther = signable && second && v.SecondAt.IsZero()
	v.Record = signable && s.official(ctx, actor, unit)
	v.Revise = open && may && (v.State == Signed || v.State == HalfDone)
	v.Mine = open && me != "" && me == v.Office.First.PersonID && v.Office.PartID != "" && len(v.Goals) > 0
	return v, nil
}

// refresh names the two parties as they are now, while nobody has signed.
func (a *Agreement) refresh(o Office) {
	if a.State == None || a.State == Draft {
		a.Unit, a.Level, a.First, a.Second = o.Unit, o.Level, o.First, o.Second
	}
}

func (s *Service) above(ctx context.Context, v *AgreementView) error {
	tree, err := s.Org.Units(ctx, s.DB, org.Day(s.day(v.Period)))
	if err != nil {
		return err
	}
	for _, u := range tree.Path(v.UnitID) {
		if u.ID == v.UnitID {
			continue
		}
		a, err := agreementOf(ctx, s.DB, v.Period.Year, u.ID)
		if err != nil {
			return err
		}
		if a.State != None {
			v.Above = &a
			return nil
		}
	}
	return nil
}

// Row is one line of the list of agreements.
type Row struct {
	Office
	State    State
	Goals    int
	Measures int
	Budget   int64
	SignedOn appraisal.Day
	Taken    int // goals that stand in the head's SKP
}

// Query asks for part of the list.
type Query struct {
	Year  int
	Text  string
	State State
	Level string
}

// List is the agreements of a year.
type List struct {
	Period appraisal.Period
	Rows   []Row
	States map[State]int // of everything, whatever the query
	Levels []string
}

// Agreements lists the units of a year with their agreements, in the order of
// the map.
func (s *Service) Agreements(ctx context.Context, actor account.Actor, q Query) (List, error) {
	out := List{States: map[State]int{}}
	if err := s.Access.Can(ctx, actor, account.ActOrgView, account.Thing{}); err != nil {
		return out, err
	}
	var err error
	if out.Period, err = s.Appraisal.YearOf(ctx, q.Year); err != nil {
		return out, err
	}
	offices, err := s.offices(ctx, s.DB, out.Period)
	if err != nil {
		return out, err
	}
	have, err := agreementsOf(ctx, s.DB, out.Period.Year)
	if err != nil {
		return out, err
	}
	taken, err := takenGoals(ctx, s.DB, out.Period.ID)
	if err != nil {
		return out, err
	}
	terms := search.Terms(q.Text)
	for _, o := range offices {
		r := rowOf(o, have[o.UnitID], taken[o.PartID])
		out.States[r.State]++
		if !slices.Contains(out.Levels, o.Level) {
			out.Levels = append(out.Levels, o.Level)
		}
		if (q.State == "" || q.State == r.State) && (q.Level == "" || q.Level == o.Level) &&
			(len(terms) == 0 || search.Match(search.Column(o.Unit, o.First.Name, o.First.Post), terms)) {
			out.Rows = append(out.Rows, r)
		}
	}
	return out, nil
}

func rowOf(o Office, a Agreement, taken map[string]bool) Row {
	r := Row{Office: o, State: None}
	if a.ID == "" {
		return r
	}
	r.State, r.Goals, r.Measures, r.Budget, r.SignedOn = a.State, len(a.Goals), a.Measures(), a.Total(), a.SignedOn
	for _, g := range a.Goals {
		if taken[g.ID] || taken[search.Fold(g.Text)] {
			r.Taken++
		}
	}
	return r
}

// takenGoals returns, by part of a head, the ids and the words of the results
// in the SKP.
func takenGoals(ctx context.Context, q db.Queryer, period string) (map[string]map[string]bool, error) {
	out := map[string]map[string]bool{}
	err := db.Each(ctx, q, `SELECT r.part_id, r.result_id, r.text FROM appraisal_result r JOIN appraisal_part p ON p.id = r.part_id
		WHERE p.period_id = $1 AND p.head_of <> ''`, func(r db.Row) error {
		var part, id, text string
		err := r.Scan(&part, &id, &text)
		if out[part] == nil {
			out[part] = map[string]bool{}
		}
		out[part][id], out[part][search.Fold(text)] = true, true
		return err
	}, period)
	return out, err
}

// editing changes the agreement of a unit in one transaction, where the actor
// may and nobody has changed it since it was shown.
func (s *Service) editing(ctx context.Context, actor account.Actor, year int, unit string, version int64, change func(tx *db.Tx, a *Agreement, o Office) error) (Agreement, error) {
	y, err := s.Appraisal.YearOf(ctx, year)
	if err != nil {
		return Agreement{}, err
	}
	if !y.Open() {
		return Agreement{}, fault.Clash("appraisal.closed")
	}
	o, err := s.office(ctx, s.DB, y, unit)
	if err != nil {
		return Agreement{}, err
	}
	var a Agreement
	return a, s.tx(ctx, func(tx *db.Tx) error {
		if a, err = agreementOf(ctx, tx, y.Year, unit); err != nil {
			return err
		}
		if a.Version != version {
			return fault.Clash("cascade.changed")
		}
		a.refresh(o)
		if err := change(tx, &a, o); err != nil {
			return err
		}
		if err := a.check(); err != nil {
			return err
		}
		if a.ID == "" {
			a.ID = db.NewID()
		}
		a.Version++
		a.UpdatedAt, a.UpdatedBy = s.Now(), actor.ID
		return storeAgreements(ctx, tx, a)
	})
}

// writing is editing for what an agreement says.
func (s *Service) writing(ctx context.Context, actor account.Actor, year int, unit string, version int64, change func(a *Agreement) error) (Agreement, error) {
	return s.editing(ctx, actor, year, unit, version, func(_ *db.Tx, a *Agreement, o Office) error {
		switch {
		case !s.may(ctx, actor, o):
			return fault.Denied("account.denied")
		case a.State == None:
			a.State, a.Source = Draft, Entered
		case a.State != Draft:
			return fault.Clash("cascade.signed_already")
		}
		return change(a)
	})
}

// SaveGoal adds (empty id) or rewords a goal; a goal without words is removed
// with its measures.
func (s *Service) SaveGoal(ctx context.Context, actor account.Actor, year int, unit string, version int64, id, text string) (Agreement, error) {
	return s.writing(ctx, actor, year, unit, version, func(a *Agreement) error {
		text = strings.TrimSpace(text)
		i := slices.IndexFunc(a.Goals, func(g Goal) bool { return g.ID == id })
		switch {
		case id == "" && text == "":
			return fault.WrongField("goal", "form.required")
		case id == "":
			a.Goals = append(a.Goals, Goal{ID: db.NewID(), Text: text})
		case i < 0:
			return fault.Missing("cascade.goal_absent")
		case text == "":
			a.Goals = slices.Delete(a.Goals, i, i+1)
		default:
			a.Goals[i].Text = text
		}
		return nil
	})
}

// SaveMeasure adds (empty id) or changes a measure of a goal; one without words
// is removed.
func (s *Service) SaveMeasure(ctx context.Context, actor account.Actor, year int, unit string, version int64, goal string, m Measure) (Agreement, error) {
	return s.writing(ctx, actor, year, unit, version, func(a *Agreement) error {
		g := a.goal(goal)
		if g == nil {
			return fault.Missing("cascade.goal_absent")
		}
		i := slices.IndexFunc(g.Measures, func(have Measure) bool { return have.ID == m.ID })
		switch {
		case m.ID == "" && m.Text == "":
			return fault.WrongField("measure", "form.required")
		case m.ID == "":
			m.ID = db.NewID()
			g.Measures = append(g.Measures, m)
		case i < 0:
			return fault.Missing("cascade.goal_absent")
		case m.Text == "":
			g.Measures = slices.Delete(g.Measures, i, i+1)
		default:
			g.Measures[i] = m
		}
		return nil
	})
}

// SaveRest replaces the number and the programmes with their budget; programmes
// without words are dropped.
func (s *Service) SaveRest(ctx context.Context, actor account.Actor, year int, unit string, version int64, number string, programs []Program) (Agreement, error) {
	return s.writing(ctx, actor, year, unit, version, func(a *Agreement) error {
		a.Number = strings.TrimSpace(number)
		a.Programs = slices.DeleteFunc(slices.Clone(programs), func(p Program) bool { return p.Text == "" })
		return nil
	})
}

// Sign signs as the party the actor is; when both have, the agreement is kept
// as it is for ever. A party that is missing (nobody stands above a mayor) is
// not waited for.
func (s *Service) Sign(ctx context.Context, actor account.Actor, year int, unit string, version int64) (Agreement, error) {
	return s.editing(ctx, actor, year, unit, version, func(tx *db.Tx, a *Agreement, _ Office) error {
		if a.State != Draft && a.State != HalfDone {
			return fault.Clash("cascade.signed_already")
		}
		if err := a.signable(); err != nil {
			return err
		}
		me := actor.PersonID
		switch {
		case me == "":
			return fault.Denied("account.denied")
		case me == a.First.PersonID && a.FirstAt.IsZero():
			a.FirstAt = s.Now()
		case me == a.Second.PersonID && a.SecondAt.IsZero():
			a.SecondAt = s.Now()
		default:
			return fault.Denied("account.denied")
		}
		a.State = HalfDone
		if a.FirstAt.IsZero() || a.SecondAt.IsZero() && a.Second.PersonID != "" {
			return s.record(ctx, tx, actor, "cascade.agreement.signing", "unit:"+unit, map[string]any{"year": a.Year, "version": a.Version + 1})
		}
		return s.signed(ctx, tx, actor, a, s.today())
	})
}

// signed keeps a signed agreement.
func (s *Service) signed(ctx context.Context, tx *db.Tx, actor account.Actor, a *Agreement, on appraisal.Day) error {
	a.State, a.SignedOn = Signed, on
	a.Revision++
	hashes, err := keepSigned(ctx, tx, *a)
	if err != nil {
		return err
	}
	return s.record(ctx, tx, actor, "cascade.agreement.signed", "unit:"+a.UnitID, map[string]any{"year": a.Year, "revision": a.Revision, "hash": hashes[0], "paper": a.Paper})
}

// RecordPaper notes that both have signed on paper on a day.
func (s *Service) RecordPaper(ctx context.Context, actor account.Actor, year int, unit string, version int64, on appraisal.Day) (Agreement, error) {
	return s.editing(ctx, actor, year, unit, version, func(tx *db.Tx, a *Agreement, o Office) error {
		if !s.official(ctx, actor, o.UnitID) {
			return fault.Denied("account.denied")
		}
		if a.State != Draft && a.State != HalfDone {
			return fault.Clash("cascade.signed_already")
		}
		if err := a.signable(); err != nil {
			return err
		}
		if on == "" || on > s.today() {
			return fault.WrongField("on", "cascade.day_bad")
		}
		a.Paper = true
		return s.signed(ctx, tx, actor, a, on)
	})
}

// Revise opens a new revision of a signed agreement (perjanjian kinerja
// perubahan); the signed one stays.
func (s *Service) Revise(ctx context.Context, actor account.Actor, year int, unit string, version int64) (Agreement, error) {
	return s.editing(ctx, actor, year, unit, version, func(tx *db.Tx, a *Agreement, o Office) error {
		if !s.may(ctx, actor, o) {
			return fault.Denied("account.denied")
		}
		if a.State != Signed && a.State != HalfDone {
			return fault.Clash("cascade.changed")
		}
		a.State, a.SignedOn, a.Paper = Draft, "", false
		a.FirstAt, a.SecondAt = time.Time{}, time.Time{}
		a.refresh(o)
		return s.record(ctx, tx, actor, "cascade.agreement.revised", "unit:"+unit, map[string]any{"year": a.Year, "revision": a.Revision})
	})
}
