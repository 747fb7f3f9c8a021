package cascade

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
)

// Report is what a file of agreements does.
type Report struct {
	intake.Report
	Units   int      // units the file is about
	Changes []Change // what it adds and changes, in the order of the file
}

// Change is one row that adds or changes something.
type Change struct {
	Row    int
	Unit   string
	What   string // goal, measure or programme
	Before string // empty for what is new
	After  string
}

// Import loads rows into the agreements of their units, in one transaction: it
// adds and changes what the file says and removes nothing, so loading a file
// twice changes nothing the second time. What is signed stays: rows that differ
// from it are rejected. A trial writes nothing.
func (s *Service) Import(ctx context.Context, actor account.Actor, year int, f File, trial bool) (Report, error) {
	y, err := s.Appraisal.YearOf(ctx, year)
	if err != nil {
		return Report{}, err
	}
	offices, err := s.offices(ctx, s.DB, y)
	if err != nil {
		return Report{}, err
	}
	l := loading{s: s, actor: actor, year: y, offices: officeNames(offices), allowed: map[string]bool{}}
	for _, o := range offices {
		l.allowed[o.UnitID] = s.may(ctx, actor, o)
	}
	if trial {
		err := s.DB.View(ctx, func(tx *db.Tx) error { return l.run(ctx, tx, f) })
		return l.Report, err
	}
	err = s.tx(ctx, func(tx *db.Tx) error {
		if err := l.run(ctx, tx, f); err != nil {
			return err
		}
		return l.store(ctx, tx)
	})
	return l.Report, err
}

// officeNames finds units by their names; a name two units share finds neither.
func officeNames(offices []Office) map[string]Office {
	by := map[string]Office{}
	twice := map[string]bool{}
	for _, o := range offices {
		key := search.Fold(o.Unit)
		_, known := by[key]
		twice[key] = twice[key] || known
		by[key] = o
	}
	for key := range twice {
		if twice[key] {
			delete(by, key)
		}
	}
	return by
}

type loading struct {
	Report
	s       *Service
	actor   account.Actor
	year    appraisal.Period
	offices map[string]Office
	allowed map[string]bool
	have    map[string]Agreement
	now     map[string]*Agreement
	order   []string
	changed map[string]bool
}

func (l *loading) run(ctx context.Context, q db.Queryer, f File) error {
	var err error
	if l.have, err = agreementsOf(ctx, q, l.year.Year); err != nil {
		return err
	}
	l.Report = Report{Report: intake.Report{Rows: f.Rows, Rejected: slices.Clone(f.Rejected)}}
	l.now, l.changed, l.order = map[string]*Agreement{}, map[string]bool{}, nil
	for _, line := range f.Lines {
		l.line(line)
	}
	l.Units = len(l.order)
	slices.SortStableFunc(l.Rejected, func(a, b intake.Rejected) int { return cmp.Compare(a.Row, b.Row) })
	return nil
}

func (l *loading) line(line Line) {
	if line.Year != 0 && line.Year != l.year.Year {
		l.Reject(line.Number, "tahun", strconv.Itoa(line.Year), "cascade.wrong.year", strconv.Itoa(l.year.Year))
		return
	}
	o, known := l.offices[search.Fold(line.Unit)]
	if !known {
		l.Reject(line.Number, "unit", line.Unit, "cascade.wrong.unit")
		return
	}
	if !l.allowed[o.UnitID] {
		l.Reject(line.Number, "unit", line.Unit, "cascade.wrong.not_yours")
		return
	}
	a := l.agreement(o)
	draft := Agreement{Terms: a.cloned()}
	before, what, after := draft.meet(line)
	switch {
	case what == "":
		l.Unchanged++
		return
	case a.State != None && a.State != Draft:
		l.Reject(line.Number, "indikator", after, "cascade.wrong.signed")
		return
	case draft.check() != nil:
		l.Reject(line.Number, "indikator", after, "cascade.wrong.too_long")
		return
	}
	if before == "" {
		l.Created++
	} else {
		l.Updated++
	}
	a.Terms, l.changed[o.UnitID] = draft.Terms, true
	l.Changes = append(l.Changes, Change{line.Number, o.Unit, what, before, after})
}

// agreement returns the agreement of a unit as the rows before have left it.
func (l *loading) agreement(o Office) *Agreement {
	if a := l.now[o.UnitID]; a != nil {
		return a
	}
	a, known := l.have[o.UnitID]
	if !known {
		a = Agreement{ID: db.NewID(), Year: l.year.Year, UnitID: o.UnitID, State: None, Source: Imported}
	}
	a.refresh(o)
	l.now[o.UnitID] = &a
	l.order = append(l.order, o.UnitID)
	return &a
}

// cloned returns terms whose lists can be changed without changing these.
func (t Terms) cloned() Terms {
	t.Goals, t.Programs = slices.Clone(t.Goals), slices.Clone(t.Programs)
	for i := range t.Goals {
		t.Goals[i].Measures = slices.Clone(t.Goals[i].Measures)
	}
	return t
}

// meet puts a row into the terms and tells what it did; what is empty when the
// terms say the same already.
func (t *Terms) meet(l Line) (before, what, after string) {
	if l.Program != "" {
		before, what, after = t.meetProgram(l)
	}
	if l.Measure.Text == "" {
		return before, what, after
	}
	i := slices.IndexFunc(t.Goals, func(g Goal) bool { return like(g.Text, l.Goal) })
	if i < 0 {
		t.Goals = append(t.Goals, Goal{ID: db.NewID(), Text: l.Goal})
		i = len(t.Goals) - 1
	}
	g := &t.Goals[i]
	k := slices.IndexFunc(g.Measures, func(m Measure) bool { return like(m.Text, l.Measure.Text) })
	if k < 0 {
		m := l.Measure
		m.ID = db.NewID()
		g.Measures = append(g.Measures, m)
		return "", "measure", m.line()
	}
	have := &g.Measures[k]
	if have.Target == l.Measure.Target && like(have.Unit, l.Measure.Unit) {
		return before, what, after
	}
	before = have.line()
	have.Target, have.Unit = l.Measure.Target, l.Measure.Unit
	return before, "measure", have.line()
}

func (t *Terms) meetProgram(l Line) (before, what, after string) {
	text := func(p Program) string { return joined(p.Text, strconv.FormatInt(p.Budget, 10)) }
	i := slices.IndexFunc(t.Programs, func(p Program) bool { return like(p.Text, l.Program) })
	if i < 0 {
		p := Program{Text: l.Program, Budget: l.Budget}
		t.Programs = append(t.Programs, p)
		return "", "program", text(p)
	}
	have := &t.Programs[i]
	if have.Budget == l.Budget {
		return "", "", ""
	}
	before = text(*have)
	have.Budget = l.Budget
	return before, "program", text(*have)
}

func (l *loading) store(ctx context.Context, tx *db.Tx) error {
	var all []Agreement
	for _, unit := range l.order {
		a := l.now[unit]
		if !l.changed[unit] {
			continue
		}
		if a.State == None {
			a.State = Draft
		}
		a.Version++
		a.UpdatedAt, a.UpdatedBy = l.s.Now(), l.actor.ID
		all = append(all, *a)
	}
	if len(all) == 0 {
		return nil
	}
	if err := storeAgreements(ctx, tx, all...); err != nil {
		return err
	}
	return l.s.record(ctx, tx, l.actor, "cascade.agreements.imported", "year:"+strconv.Itoa(l.year.Year), map[string]any{
		"rows": l.Rows, "created": l.Created, "updated": l.Updated, "rejected": len(l.Rejected), "units": len(all),
	})
}
