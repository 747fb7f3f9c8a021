package appraisal

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// Record is everything of one part that Load stores at once. Ids that are left
// empty are made; what is in the record is stored as it is, without checks of
// permission or state, but a result is always computed.
type Record struct {
	Part        Part  // must be stored already (OpenPeriod makes the parts)
	Plan        *Plan // with Revision > 0 its content becomes the revision in force
	Progress    []Progress
	Feedback    []Feedback
	Evaluations []LoadEvaluation
}

// LoadEvaluation is one evaluation to store. With a State beyond Running its
// result is computed from the ratings; an Objection that is decided with
// Changed makes a second result from the ratings in Settled.
type LoadEvaluation struct {
	Evaluation
	DecidedAt Day     // of the first result
	Settled   Ratings // as decided on the objection
}

// Parts returns every part of a year, for loading and for other areas. It
// checks no permission.
func (s *Service) Parts(ctx context.Context, q db.Queryer, year int) ([]Part, error) {
	p, err := periodOf(ctx, q, year)
	if err != nil {
		return nil, err
	}
	return partsOfPeriod(ctx, q, p.ID)
}

// Load stores thousands of records in a few statements: the demo city, and
// imports of what was written elsewhere. Organisation predicates are stored
// first, since results stand on them. actor is who loads.
func (s *Service) Load(ctx context.Context, tx *db.Tx, actor account.Actor, organisations []Organisation, records []Record) error {
	l := loader{s: s, actor: actor, rules: map[string]loadRule{}, units: map[string]Organisation{}}
	for i := range organisations {
		o := &organisations[i]
		o.ID, o.Version = cmp.Or(o.ID, db.NewID()), cmp.Or(o.Version, 1)
		l.units[o.UnitID+" "+o.Window.Code()] = *o
		l.organisations = append(l.organisations, o.row())
	}
	for i := range records {
		if err := l.record(ctx, &records[i]); err != nil {
			return fmt.Errorf("load part %s: %w", records[i].Part.ID, err)
		}
	}
	if err := l.store(ctx, tx); err != nil {
		return err
	}
	return s.loadedDesks(ctx, tx, actor, records)
}

// loadRule is the rulebook of one window, read once.
type loadRule struct {
	book    *rulebook.Book
	rules   evaluationRules
	values  []Value
	quality QualityRule
	limit   ObjectionRule
}

// loader collects rows.
type loader struct {
	s     *Service
	actor account.Actor
	rules map[string]loadRule
	units map[string]Organisation

	organisations, plans, results, revisions, progress, evidence, feedback [][]any
	evaluations, outcomes, objections                                      [][]any
	entries                                                                []ledger.Entry
}

func (l *loader) rule(ctx context.Context, w Window) (r loadRule, err error) {
	if r, has := l.rules[w.Code()]; has {
		return r, nil
	}
	if r.book, err = l.s.bookOf(ctx, w); err != nil {
		return r, err
	}
	if r.rules, err = loadRules(r.book); err != nil {
		return r, err
	}
	values, err := rulebook.Load[ValuesRule](r.book)
	if err != nil {
		return r, err
	}
	r.values = values.Values
	if r.quality, err = rulebook.Load[QualityRule](r.book); err != nil {
		return r, err
	}
	r.limit, err = rulebook.Load[ObjectionRule](r.book)
	l.rules[w.Code()] = r
	return r, err
}

func (l *loader) record(ctx context.Context, r *Record) error {
	if r.Plan != nil {
		if err := l.plan(ctx, r.Part, r.Plan); err != nil {
			return err
		}
	}
	for i := range r.Progress {
		p := &r.Progress[i]
		p.ID, p.PartID, p.Version = cmp.Or(p.ID, db.NewID()), r.Part.ID, cmp.Or(p.Version, 1)
		if p.UpdatedAt.IsZero() {
			p.UpdatedAt = p.CreatedAt
		}
		for j := range p.Evidence {
			p.Evidence[j].ID = cmp.Or(p.Evidence[j].ID, db.NewID())
		}
		l.progress = append(l.progress, p.row("load"))
		l.evidence = append(l.evidence, p.evidenceRows()...)
	}
	for i := range r.Feedback {
		f := &r.Feedback[i]
		f.ID, f.PartID = cmp.Or(f.ID, db.NewID()), r.Part.ID
		l.feedback = append(l.feedback, f.row())
	}
	for i := range r.Evaluations {
		if err := l.evaluation(ctx, r, &r.Evaluations[i]); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) plan(ctx context.Context, p Part, plan *Plan) error {
	rule, err := l.rule(ctx, AnnualOf(p.Year))
	if err != nil {
		return err
	}
	plan.PartID, plan.Form, plan.Version = p.ID, p.Form, cmp.Or(plan.Version, 1)
	row, err := plan.row(hardFlaws(rule.quality.Flaws(plan.Content)))
	if err != nil {
		return err
	}
	l.plans = append(l.plans, row)
	l.results = append(l.results, plan.resultRows()...)
	if plan.Revision == 0 {
		return nil
	}
	body, err := plan.Content.bytes()
	if err != nil {
		return err
	}
	l.revisions = append(l.revisions, []any{p.ID, plan.Revision, body, hashOf(body), newCode(), db.Time(plan.DecidedAt), plan.DecidedBy.stored(), nil})
	l.entries = append(l.entries, ledger.Entry{
		Kind: "appraisal.plan.approve", Subject: p.subject(), Actor: l.actor.ID, At: plan.DecidedAt,
		Payload: map[string]any{"version": plan.Version, "revision": plan.Revision, "hash": hashOf(body)},
	})
	return nil
}

// evaluation stores one evaluation and, where it is decided, computes its
// results.
func (l *loader) evaluation(ctx context.Context, r *Record, v *LoadEvaluation) error {
	e := &v.Evaluation
	rule, err := l.rule(ctx, e.Window)
	if err != nil {
		return err
	}
	e.ID, e.PartID, e.Version = cmp.Or(e.ID, db.NewID()), r.Part.ID, cmp.Or(e.Version, 1)
	e.Self.Version = cmp.Or(e.Self.Version, 1)
	if e.State != Running {
		if err := l.outcome(r, v, rule); err != nil {
			return err
		}
	}
	if !e.ReceivedAt.IsZero() && e.ObjectUntil == "" {
		e.ObjectUntil = rule.limit.Until(Day(l.s.inZone(e.ReceivedAt)))
	}
	row, err := e.row()
	if err != nil {
		return err
	}
	l.evaluations = append(l.evaluations, row)
	if o := e.Objection; o != nil {
		o.ID, o.EvaluationID, o.DecideBy = cmp.Or(o.ID, db.NewID()), e.ID, cmp.Or(o.DecideBy, rule.limit.DecideBy(Day(l.s.inZone(o.FiledAt))))
		l.objections = append(l.objections, o.row())
	}
	return nil
}

func (l *loader) outcome(r *Record, v *LoadEvaluation, rule loadRule) error {
	e := &v.Evaluation
	c := evidenceCase{
		part: r.Part, window: e.Window, values: rule.values, evaluation: *e, organisation: l.units[r.Part.OrgUnit+" "+e.Window.Code()],
		entries: latestFirst(r.Progress, e.Window), feedback: r.Feedback, said: spoken(r.Feedback), book: rule.book,
	}
	if r.Plan != nil {
		c.content = r.Plan.Content
	}
	in := c.inputs(e.Ratings, e.RatedBy, Day(l.s.inZone(e.RatedAt)), Day(l.s.inZone(c.organisation.At)))
	if err := l.addOutcome(e, in, v.DecidedAt, e.RatedBy, rule); err != nil {
		return err
	}
	if e.State != Settled || e.Objection == nil {
		return nil
	}
	by, on := e.Objection.DecidedBy, Day(l.s.inZone(e.Objection.DecidedAt))
	in.Results = RatingInput{Rating: v.Settled.Results, Reason: v.Settled.ResultsReason, By: by, On: on}
	in.Conduct = RatingInput{Rating: v.Settled.Conduct, Reason: v.Settled.ConductReason, By: by, On: on}
	return l.addOutcome(e, in, on, by, rule)
}

func (l *loader) addOutcome(e *Evaluation, in Inputs, on Day, by Signer, rule loadRule) error {
	explained, err := rule.rules.recompute(in)
	if err != nil {
		return err
	}
	body, err := in.Bytes()
	if err != nil {
		return err
	}
	at, err := dayTime(on)
	if err != nil {
		return err
	}
	o := Outcome{
		ID: db.NewID(), EvaluationID: e.ID, Number: 1, Predicate: explained.Predicate, Results: explained.Results, Conduct: explained.Conduct,
		BookHash: rule.book.Hash(), Inputs: body, Code: newCode(), At: at, By: by,
	}
	if e.Outcome != nil {
		o.Number = e.Outcome.Number + 1
	}
	e.Outcome = &o
	l.outcomes = append(l.outcomes, o.row())
	l.entries = append(l.entries, ledger.Entry{
		Kind: "appraisal.predicate.set", Subject: "evaluation:" + e.ID, Actor: l.actor.ID, At: at,
		Payload: map[string]any{"outcome": o.ID, "number": o.Number, "predicate": o.Predicate, "book": o.BookHash, "inputs": hashOf(body), "code": o.Code},
	})
	return nil
}

// latestFirst returns the entries up to a window's end as the store would.
func latestFirst(all []Progress, w Window) []Progress {
	kept := slices.DeleteFunc(slices.Clone(all), func(p Progress) bool { return p.Month > string(w.To()[:7]) })
	slices.SortStableFunc(kept, func(a, b Progress) int { return cmp.Compare(b.Month, a.Month) })
	return kept
}

func (l *loader) store(ctx context.Context, tx *db.Tx) error {
	tx.AfterCommit(l.s.wrote)
	for _, r := range l.rules {
		if err := l.s.books.Keep(ctx, tx, r.book); err != nil {
			return err
		}
	}
	for _, t := range []struct {
		table   string
		columns []string
		rows    [][]any
	}{
		{"appraisal_organisation", organisationInsert, l.organisations},
		{"appraisal_plan", planInsert, l.plans},
		{"appraisal_result", resultInsert, l.results},
		{"appraisal_revision", revisionInsert, l.revisions},
		{"appraisal_progress", progressInsert, l.progress},
		{"appraisal_evidence", evidenceInsert, l.evidence},
		{"appraisal_feedback", feedbackInsert, l.feedback},
		{"appraisal_evaluation", evaluationInsert, l.evaluations},
		{"appraisal_outcome", outcomeInsert, l.outcomes},
		{"appraisal_objection", objectionInsert, l.objections},
	} {
		if err := db.Insert(ctx, tx, t.table, t.columns, t.rows); err != nil {
			return err
		}
	}
	if err := ledger.AppendAll(ctx, tx, l.entries); err != nil {
		return err
	}
	return l.measure(ctx, tx)
}

// measure lets PostgreSQL's planner know at once that tables which were empty
// hold thousands of rows; it would find out by itself a minute later.
func (l *loader) measure(ctx context.Context, tx *db.Tx) error {
	if tx.Engine() != db.Postgres || len(l.plans) < 500 {
		return nil
	}
	for _, statement := range []string{
		`ANALYZE appraisal_part`, `ANALYZE appraisal_plan`, `ANALYZE appraisal_evaluation`, `ANALYZE appraisal_revision`, `ANALYZE appraisal_progress`,
	} {
		if _, err := db.Exec(ctx, tx, statement); err != nil {
			return err
		}
	}
	return nil
}
