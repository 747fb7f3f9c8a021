package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/rulebook"
)

// partsOfEvaluator returns the parts a person evaluates in a window of a year,
// by name.
func partsOfEvaluator(ctx context.Context, q db.Queryer, year Period, evaluator string, w Window) ([]Part, error) {
	all, err := db.All(ctx, q, selectPart+`WHERE p.evaluator_id = $1 AND p.year = $2 AND p.from_day <= $3 AND p.to_day >= $4 ORDER BY p.sort_name, p.id`,
		scanPart, evaluator, year.Year, string(w.To()), string(w.From()))
	return slices.DeleteFunc(all, func(p Part) bool { return !slices.Contains(p.Windows(), w) }), err
}

// partIDs returns the ids of parts, to be bound.
func partIDs(parts []Part) []any {
	ids := make([]any, len(parts))
	for i, p := range parts {
		ids[i] = p.ID
	}
	return ids
}

// gatherAll is gather for many parts at once, in as many queries as for one.
// Of what was recorded it reads only the latest of each indicator, which is
// all a predicate is computed from.
func gatherAll(ctx context.Context, q db.Queryer, parts []Part, w Window, book *rulebook.Book) ([]*evidenceCase, error) {
	values, err := rulebook.Load[ValuesRule](book)
	if err != nil {
		return nil, err
	}
	calendar, err := rulebook.Load[CalendarRule](book)
	if err != nil {
		return nil, err
	}
	moved, err := rulebook.Load[MovedRule](book)
	if err != nil {
		return nil, err
	}
	organisations, err := organisationsOf(ctx, q, w)
	if err != nil {
		return nil, err
	}
	by := make(map[string]*evidenceCase, len(parts))
	cases := make([]*evidenceCase, len(parts))
	for i, p := range parts {
		c := &evidenceCase{part: p, window: w, book: book, calendar: calendar, moved: moved, values: values.Values}
		c.evaluation = Evaluation{PartID: p.ID, Window: w, State: Running}
		c.organisation = Organisation{UnitID: p.OrgUnit, Window: w}
		if o, set := organisations[p.OrgUnit]; set {
			c.organisation = o
		}
		cases[i], by[p.ID] = c, c
	}
	for some := range slices.Chunk(parts, mostIDs) {
		if err := fillCases(ctx, q, by, partIDs(some), w); err != nil {
			return nil, err
		}
	}
	return cases, nil
}

// fillCases reads plans, evaluations, progress and feedback into the cases.
func fillCases(ctx context.Context, q db.Queryer, by map[string]*evidenceCase, ids []any, w Window) error {
	revisions, err := db.All(ctx, q, selectRevision+`WHERE replaced_at IS NULL AND part_id IN (`+db.In(1, len(ids))+`)`, scanRevision, ids...)
	if err != nil {
		return err
	}
	for _, v := range revisions {
		by[v.PartID].content, by[v.PartID].approved = v.Content, true
	}
	evaluations, err := db.All(ctx, q, selectEvaluation+`WHERE win = $1 AND part_id IN (`+db.In(2, len(ids))+`)`, scanEvaluation, append([]any{w.Code()}, ids...)...)
	if err != nil {
		return err
	}
	for _, e := range evaluations {
		by[e.PartID].evaluation = e
	}
	if err := fillLatest(ctx, q, by, ids, w); err != nil {
		return err
	}
	return db.Each(ctx, q, `SELECT part_id, count(*) FROM appraisal_feedback WHERE text <> '' AND part_id IN (`+db.In(1, len(ids))+`) GROUP BY part_id`, func(r db.Row) error {
		var part string
		var n int
		err := r.Scan(&part, &n)
		if c := by[part]; c != nil {
			c.said = n
		}
		return err
	}, ids...)
}

// nearDays is how far before a window the latest entries are looked for first:
// most people record every month, so that the rest of the year need not be
// read for them.
const nearDays = 62

// fillLatest reads the latest entry with a value of each indicator up to the
// end of a window.
func fillLatest(ctx context.Context, q db.Queryer, by map[string]*evidenceCase, ids []any, w Window) error {
	near := addDays(w.From(), -nearDays)
	if err := latestSince(ctx, q, by, ids, near, w); err != nil {
		return err
	}
	var rest []any
	for _, id := range ids {
		if c := by[id.(string)]; len(c.entries) < len(c.content.Indicators()) {
			c.entries = nil
			rest = append(rest, id)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	return latestSince(ctx, q, by, rest, "", w)
}

// latestSince reads the latest entries of the months from that of a day on.
func latestSince(ctx context.Context, q db.Queryer, by map[string]*evidenceCase, ids []any, since Day, w Window) error {
	return db.Each(ctx, q, `SELECT part_id, indicator_id, month, value FROM (
		SELECT part_id, indicator_id, month, value, row_number() OVER (PARTITION BY part_id, indicator_id ORDER BY month DESC, updated_at DESC, id DESC) AS place
		FROM appraisal_progress WHERE month >= $1 AND month <= $2 AND indicator_id <> '' AND value <> '' AND part_id IN (`+db.In(3, len(ids))+`)) ranked
		WHERE place = 1 ORDER BY part_id, indicator_id`, func(r db.Row) error {
		var p Progress
		err := r.Scan(&p.PartID, &p.IndicatorID, &p.Month, &p.Value)
		if c := by[p.PartID]; c != nil {
			c.entries = append(c.entries, p)
		}
		return err
	}, append([]any{string(since[:min(7, len(since))]), string(w.To()[:7])}, ids...)...)
}

// storeCases writes the evaluations of cases as they stand now, with the
// results that are new. The transaction has read what it overwrites.
func (s *Service) storeCases(ctx context.Context, tx *db.Tx, actor account.Actor, cases []*evidenceCase, outcomes []Outcome, entries []ledger.Entry) error {
	rows := make([][]any, len(cases))
	for i, c := range cases {
		row, err := c.evaluation.row()
		if err != nil {
			return err
		}
		rows[i] = row
	}
	if err := db.Upsert(ctx, tx, "appraisal_evaluation", []string{"part_id", "win"}, evaluationInsert, rows); err != nil {
		return err
	}
	results := make([][]any, len(outcomes))
	for i, o := range outcomes {
		results[i] = o.row()
	}
	if err := db.Insert(ctx, tx, "appraisal_outcome", outcomeInsert, results); err != nil {
		return err
	}
	if err := ledger.AppendAll(ctx, tx, entries); err != nil {
		return err
	}
	return s.moveEvaluationDesks(ctx, tx, actor, cases)
}

// evaluationKinds are the tasks of which an evaluation has some at any time.
func evaluationKinds() []string {
	return []string{taskSelf, taskRate, taskDecide, taskHandOver, taskReceive, taskExplain, taskSettle}
}

// moveEvaluationDesks gives many evaluations to whoever has to act next.
func (s *Service) moveEvaluationDesks(ctx context.Context, tx *db.Tx, actor account.Actor, cases []*evidenceCase) error {
	var wanted []task.Task
	over := map[string][]string{} // subjects by the kind that no longer waits
	for _, c := range cases {
		next := s.evaluationTasks(c.part, c.evaluation, c.calendar, c.moved)
		wanted = append(wanted, next...)
		for _, kind := range evaluationKinds() {
			if !slices.ContainsFunc(next, func(t task.Task) bool { return t.Kind == kind }) {
				over[kind] = append(over[kind], c.part.windowSubject(c.window))
			}
		}
	}
	for _, kind := range evaluationKinds() {
		if err := task.Close(ctx, tx, task.Done{Kind: kind, By: actor.ID, At: s.now()}, over[kind]...); err != nil {
			return err
		}
	}
	return task.File(ctx, tx, wanted...)
}

// changedMeanwhile is what is answered when one of many was changed by somebody
// else since the page was shown.
func changedMeanwhile(p Part) error { return fault.Clash("appraisal.confirm.changed", p.Who.Name) }
