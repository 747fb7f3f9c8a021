package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/rulebook"
)

// Elsewhere is what another application holds about one part whose pen is
// there: its agreed plan, its results, or both.
type Elsewhere struct {
	Part    Part
	Plan    *Content // nil: nothing is said about the plan
	Results []ElsewhereResult
}

// ElsewhereResult is a predicate that was set in another application.
type ElsewhereResult struct {
	Window    Window
	Results   Rating // empty when it is not told
	Conduct   Rating
	Predicate Predicate
	By        Signer
	On        Day
}

// Took says what became of something that was taken over.
type Took string

// What can become of it. Held is a result that is disputed or was decided here
// and differs: it stays as it is.
const (
	TookNothing   Took = ""
	TookCreated   Took = "created"
	TookUpdated   Took = "updated"
	TookUnchanged Took = "unchanged"
	TookHeld      Took = "held"
)

// TakenOver says what became of one Elsewhere: of its plan, and of its results
// in their order.
type TakenOver struct {
	Plan    Took
	Results []Took
}

// TakeOver stores what was written in another application, for parts whose pen
// is there, in a few statements however many there are. What is stored already
// stays untouched, so taking the same over twice changes nothing. A changed
// plan becomes a new revision and a changed result a new outcome; the old ones
// stay. It checks no permission: the caller does. A part written here gives a
// Conflict fault.
func (s *Service) TakeOver(ctx context.Context, tx *db.Tx, actor account.Actor, all []Elsewhere) ([]TakenOver, error) {
	tx.AfterCommit(s.wrote)
	t := takeover{s: s, actor: actor, loader: loader{s: s, actor: actor, rules: map[string]loadRule{}}}
	for some := range slices.Chunk(all, mostIDs) {
		if err := t.read(ctx, tx, some); err != nil {
			return nil, err
		}
	}
	out := make([]TakenOver, len(all))
	for i, e := range all {
		if e.Part.Pen == PenGurindam {
			return nil, fault.Clash("appraisal.takeover.here", e.Part.Who.Name)
		}
		var err error
		if out[i], err = t.take(ctx, e); err != nil {
			return nil, err
		}
	}
	return out, t.store(ctx, tx)
}

// takeover is one run of TakeOver: what is stored, and what will be.
type takeover struct {
	s     *Service
	actor account.Actor
	loader
	plansBy  map[string]Plan
	evalBy   map[string]Evaluation // by part id and window code
	changed  []any                 // ids of parts whose plan changed
	evalRows [][]any
}

func (t *takeover) read(ctx context.Context, tx *db.Tx, some []Elsewhere) error {
	if t.plansBy == nil {
		t.plansBy, t.evalBy = map[string]Plan{}, map[string]Evaluation{}
	}
	parts, ids := make([]Part, len(some)), make([]any, len(some))
	for i, e := range some {
		parts[i], ids[i] = e.Part, e.Part.ID
	}
	plans, err := plansOf(ctx, tx, parts)
	if err != nil {
		return err
	}
	for id, p := range plans {
		t.plansBy[id] = p
	}
	evaluations, err := db.All(ctx, tx, selectEvaluation+`WHERE part_id IN (`+db.In(1, len(ids))+`)`, scanEvaluation, ids...)
	if err != nil {
		return err
	}
	outcomes, err := db.All(ctx, tx, selectOutcome+`WHERE number = (SELECT max(x.number) FROM appraisal_outcome x WHERE x.evaluation_id = appraisal_outcome.evaluation_id)
		AND evaluation_id IN (SELECT id FROM appraisal_evaluation WHERE part_id IN (`+db.In(1, len(ids))+`))`, scanOutcome, ids...)
	if err != nil {
		return err
	}
	latest := make(map[string]*Outcome, len(outcomes))
	for i := range outcomes {
		latest[outcomes[i].EvaluationID] = &outcomes[i]
	}
	for _, e := range evaluations {
		e.Outcome = latest[e.ID]
		t.evalBy[e.PartID+" "+e.Window.Code()] = e
	}
	return nil
}

func (t *takeover) take(ctx context.Context, e Elsewhere) (TakenOver, error) {
	var out TakenOver
	if e.Plan != nil {
		took, err := t.plan(ctx, e.Part, *e.Plan)
		if err != nil {
			return out, err
		}
		out.Plan = took
	}
	for _, r := range e.Results {
		took, err := t.result(ctx, e.Part, r)
		if err != nil {
			return out, err
		}
		out.Results = append(out.Results, took)
	}
	return out, nil
}

// plan compares a plan with the one stored and notes the new revision.
func (t *takeover) plan(ctx context.Context, p Part, c Content) (Took, error) {
	have, known := t.plansBy[p.ID]
	c.Form = p.Form
	c = sameIDs(have.Content, c)
	took := TookCreated
	if known {
		before, err := have.Content.bytes()
		if err != nil {
			return TookNothing, err
		}
		after, err := c.bytes()
		if err != nil || string(before) == string(after) && have.State == Approved {
			return TookUnchanged, err
		}
		took = TookUpdated
	}
	now := t.s.now()
	next := Plan{
		PartID: p.ID, State: Approved, Version: have.Version + 1, Revision: have.Revision + 1, Content: c,
		SubmittedAt: now, DecidedAt: now, DecidedBy: Signer{PersonID: p.Evaluator.PersonID, Name: p.Evaluator.Name, Post: p.Evaluator.Post},
		UpdatedAt: now, UpdatedBy: t.actor.ID,
	}
	t.plansBy[p.ID] = next
	t.changed = append(t.changed, p.ID)
	return took, t.loader.plan(ctx, p, &next)
}

// sameIDs gives results, indicators and steps the ids they have in the plan
// stored already, where the words are the same, so that what hangs on them
// stays; new ones get new ids. Steps somebody has planned for a result stay
// where the other application tells none.
func sameIDs(have, c Content) Content {
	taken := map[string]bool{}
	for i := range c.Results {
		r := &c.Results[i]
		old := Result{ID: db.NewID()}
		for _, o := range have.Results {
			if search.Fold(o.Text) == search.Fold(r.Text) && !taken[o.ID] {
				old = o
				break
			}
		}
		taken[old.ID] = true
		r.ID = old.ID
		if len(r.Steps) == 0 {
			r.Steps = old.Steps
		}
		for j := range r.Indicators {
			r.Indicators[j].ID = db.NewID()
			for _, o := range old.Indicators {
				if search.Fold(o.Text) == search.Fold(r.Indicators[j].Text) && o.Face == r.Indicators[j].Face {
					r.Indicators[j].ID = o.ID
				}
			}
		}
		for j := range r.Steps {
			k := slices.IndexFunc(old.Steps, func(o Step) bool { return search.Fold(o.Text) == search.Fold(r.Steps[j].Text) })
			if k >= 0 {
				r.Steps[j].ID = old.Steps[k].ID
			} else if r.Steps[j].ID == "" {
				r.Steps[j].ID = db.NewID()
			}
		}
	}
	return c
}

// result compares a result with the one stored and notes the new outcome.
func (t *takeover) result(ctx context.Context, p Part, r ElsewhereResult) (Took, error) {
	if !r.Predicate.known() {
		return TookNothing, fault.WrongField("predicate", "form.choose")
	}
	key := p.ID + " " + r.Window.Code()
	e, known := t.evalBy[key]
	took := TookCreated
	if o := e.Outcome; o != nil {
		took = TookUpdated
		switch {
		case o.Predicate == r.Predicate && o.Results == r.Results && o.Conduct == r.Conduct:
			return TookUnchanged, nil
		case e.State == Objected || e.State == Settled:
			return TookHeld, nil
		}
	}
	if !known {
		e = Evaluation{ID: db.NewID(), PartID: p.ID, Window: r.Window}
	}
	at, err := dayTime(r.On)
	if err != nil {
		return TookNothing, err
	}
	e.State, e.Version = Decided, e.Version+1
	e.Ratings.Results, e.Ratings.Conduct, e.RatedAt, e.RatedBy = r.Results, r.Conduct, at, r.By
	if err := t.outcome(ctx, p, &e, r); err != nil {
		return TookNothing, err
	}
	row, err := e.row()
	if err != nil {
		return TookNothing, err
	}
	t.evalBy[key] = e
	t.evalRows = append(t.evalRows, row)
	return took, nil
}

func (t *takeover) outcome(ctx context.Context, p Part, e *Evaluation, r ElsewhereResult) error {
	rule, err := t.rule(ctx, r.Window)
	if err != nil {
		return err
	}
	c := evidenceCase{part: p, window: r.Window, values: rule.values, evaluation: *e, content: t.plansBy[p.ID].Content, book: rule.book}
	in := c.inputs(e.Ratings, r.By, r.On, "")
	in.Pen, in.Stated = p.Pen, r.Predicate
	return t.addOutcome(e, in, r.On, r.By, rule)
}

func (t *takeover) store(ctx context.Context, tx *db.Tx) error {
	for some := range slices.Chunk(t.changed, mostIDs) {
		if _, err := db.Exec(ctx, tx, `UPDATE appraisal_revision SET replaced_at = $1 WHERE replaced_at IS NULL AND part_id IN (`+db.In(2, len(some))+`)`,
			append([]any{db.Time(t.s.now())}, some...)...); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM appraisal_result WHERE part_id IN (`+db.In(1, len(some))+`)`, some...); err != nil {
			return err
		}
	}
	if err := db.Upsert(ctx, tx, "appraisal_plan", []string{"part_id"}, planInsert, t.plans); err != nil {
		return err
	}
	if err := db.Upsert(ctx, tx, "appraisal_evaluation", []string{"id"}, evaluationInsert, t.evalRows); err != nil {
		return err
	}
	for _, r := range t.rules {
		if err := t.s.books.Keep(ctx, tx, r.book); err != nil {
			return err
		}
	}
	for _, x := range []struct {
		table   string
		columns []string
		rows    [][]any
	}{
		{"appraisal_result", resultInsert, t.results},
		{"appraisal_revision", revisionInsert, t.revisions},
		{"appraisal_outcome", outcomeInsert, t.outcomes},
	} {
		if err := db.Insert(ctx, tx, x.table, x.columns, x.rows); err != nil {
			return err
		}
	}
	return ledger.AppendAll(ctx, tx, t.entries)
}

// stated explains a predicate that was set in another application: it holds as
// it was set there; the ratings, where they are told, and the matrix's cell
// stand beside it.
func (r evaluationRules) stated(in Inputs) (Explained, error) {
	if !in.Stated.known() {
		return Explained{}, fault.WrongField("predicate", "form.choose")
	}
	results, conduct := in.Results.Rating, in.Conduct.Rating
	all := rulebook.Because{{
		Key: "appraisal.because.elsewhere." + string(in.Pen), Value: rulebook.Word(in.Stated), Parts: rulebook.Because{byWhom(in.Results.By, in.Results.On)},
	}}
	if r.predicate.Of(results, conduct) != "" {
		_, matrix := r.predicate.Explain(results, conduct)
		all = append(all, matrix...)
	}
	return Explained{Predicate: in.Stated, Results: results, Conduct: conduct, Because: all, Book: r.hash}, nil
}
