package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// TakeBack undoes results that the actor has set in a window today and that
// nobody has received yet: all of them or none. The ratings stay as they were
// handed over and can be changed again; what was set stays in the record. It
// returns how many were taken back. Whoever has received a result, or has
// objected to it, keeps it: then it is a Conflict that names them.
func (s *Service) TakeBack(ctx context.Context, actor account.Actor, w Window, partIDs ...string) (int, error) {
	if len(partIDs) == 0 || len(partIDs) > mostConfirmed {
		return 0, fault.Wrong("appraisal.takeback.none")
	}
	year, err := s.period(ctx, w.Year)
	if err != nil {
		return 0, err
	}
	if !year.Open() {
		return 0, fault.Clash("appraisal.closed")
	}
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return 0, err
	}
	wanted := make([]Confirmation, len(partIDs))
	for i, id := range partIDs {
		wanted[i].PartID = id
	}
	return len(partIDs), s.tx(ctx, func(tx *db.Tx) error {
		cases, err := s.chosen(ctx, tx, actor, year, w, book, wanted)
		if err != nil {
			return err
		}
		return s.takeBack(ctx, tx, actor, cases)
	})
}

func (s *Service) takeBack(ctx context.Context, tx *db.Tx, actor account.Actor, cases []*evidenceCase) error {
	if err := fillOutcomes(ctx, tx, cases); err != nil {
		return err
	}
	var entries []ledger.Entry
	var withdrawn [][]any
	var gone []any
	for _, c := range cases {
		e := &c.evaluation
		if !s.undoable(e.State, e.Outcome) {
			return fault.Clash("appraisal.takeback.late", c.part.Who.Name)
		}
		o := *e.Outcome
		withdrawn = append(withdrawn, append(o.row(), db.Time(s.now()), signerOf(actor, c.part).stored()))
		gone = append(gone, o.ID)
		e.State, e.Outcome, e.Version = Running, nil, e.Version+1
		entries = append(entries, s.entry(actor, "appraisal.predicate.taken_back", "evaluation:"+e.ID, o.record()))
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM appraisal_outcome WHERE id IN (`+db.In(1, len(gone))+`)`, gone...); err != nil {
		return err
	}
	if err := db.Insert(ctx, tx, "appraisal_withdrawn", append(slices.Clone(outcomeInsert), "withdrawn_at", "withdrawn_by"), withdrawn); err != nil {
		return err
	}
	return s.storeCases(ctx, tx, actor, cases, nil, entries)
}

// undoable reports whether a result can still be taken back: set today, and
// not received.
func (s *Service) undoable(state EvaluationState, o *Outcome) bool {
	_, ok := state.next(TakeBackAct)
	return ok && o != nil && s.inZone(o.At) == string(s.today())
}

// fillOutcomes reads the results in force of many cases.
func fillOutcomes(ctx context.Context, q db.Queryer, cases []*evidenceCase) error {
	by, ids := map[string]*evidenceCase{}, make([]any, 0, len(cases))
	for _, c := range cases {
		if c.evaluation.ID != "" {
			by[c.evaluation.ID], ids = c, append(ids, c.evaluation.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	all, err := db.All(ctx, q, selectOutcome+`WHERE evaluation_id IN (`+db.In(1, len(ids))+`) ORDER BY evaluation_id, number`, scanOutcome, ids...)
	for _, o := range all {
		by[o.EvaluationID].evaluation.Outcome = &o
	}
	return err
}

const selectWithdrawn = `SELECT id, evaluation_id, number, predicate, results, conduct, book, inputs, code, decided_at, decided_by FROM appraisal_withdrawn `

// setToday returns the parts whose result of a window was set today and can
// still be taken back.
func (s *Service) setToday(ctx context.Context, q db.Queryer, parts []Part, w Window) (map[string]bool, error) {
	ids, all := partIDs(parts), map[string]bool{}
	return all, db.Each(ctx, q, `SELECT e.part_id, e.state, o.decided_at FROM appraisal_evaluation e JOIN appraisal_outcome o ON o.evaluation_id = e.id
		WHERE e.win = $1 AND o.number = 1 AND e.state = 'ditetapkan' AND e.part_id IN (`+db.In(2, len(ids))+`)`, func(r db.Row) error {
		var part string
		var state EvaluationState
		var o Outcome
		err := r.Scan(&part, &state, db.TimeTo(&o.At))
		if s.undoable(state, &o) {
			all[part] = true
		}
		return err
	}, append([]any{w.Code()}, ids...)...)
}
