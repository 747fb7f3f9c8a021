package appraisal

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const selectEvaluation = `SELECT id, part_id, win, state, version, self, self_version, self_sent_at, superior, superior_sent_at,
	results, results_reason, conduct, conduct_reason, note, rated_at, rated_by, received_at, object_until FROM appraisal_evaluation `

func scanEvaluation(r db.Row) (Evaluation, error) {
	var e Evaluation
	var win, self, superior, by string
	err := r.Scan(&e.ID, &e.PartID, &win, &e.State, &e.Version, &self, &e.Self.Version, db.TimeTo(&e.Self.SentAt), &superior, db.TimeTo(&e.Superior.SentAt),
		&e.Ratings.Results, &e.Ratings.ResultsReason, &e.Ratings.Conduct, &e.Ratings.ConductReason, &e.Ratings.Note,
		db.TimeTo(&e.RatedAt), &by, db.TimeTo(&e.ReceivedAt), &e.ObjectUntil)
	if err != nil {
		return e, err
	}
	if e.Window, err = ParseWindow(win); err != nil {
		return e, fmt.Errorf("stored evaluation %s: %w", e.ID, err)
	}
	for _, side := range []struct {
		text string
		to   *Words
	}{{self, &e.Self.Words}, {superior, &e.Superior.Words}} {
		if side.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(side.text), side.to); err != nil {
			return e, fmt.Errorf("stored evaluation %s: %w", e.ID, err)
		}
	}
	e.Superior.Version = e.Version
	return e, readSigner(by, &e.RatedBy)
}

// evaluationOf returns the evaluation of a part in a window with its outcomes
// and objection; one that was never begun is Running with version 0.
func evaluationOf(ctx context.Context, q db.Queryer, part string, w Window) (Evaluation, error) {
	e, err := db.One(ctx, q, selectEvaluation+`WHERE part_id = $1 AND win = $2`, scanEvaluation, part, w.Code())
	if fault.Is(err, fault.NotFound) {
		return Evaluation{PartID: part, Window: w, State: Running}, nil
	}
	if err != nil {
		return e, err
	}
	outcomes, err := db.All(ctx, q, selectOutcome+`WHERE evaluation_id = $1 ORDER BY number DESC`, scanOutcome, e.ID)
	if err != nil {
		return e, err
	}
	if len(outcomes) > 0 {
		e.Outcome, e.Earlier = &outcomes[0], outcomes[1:]
	}
	e.Objection, err = objectionOf(ctx, q, e.ID)
	return e, err
}

func (w Words) stored() (string, error) {
	b, err := json.Marshal(w)
	if err != nil {
		return "", fmt.Errorf("write words: %w", err)
	}
	return string(b), nil
}

var evaluationInsert = []string{
	"id", "part_id", "win", "state", "version", "self", "self_version", "self_sent_at", "superior", "superior_sent_at",
	"results", "results_reason", "conduct", "conduct_reason", "note", "rated_at", "rated_by", "predicate", "received_at", "object_until",
}

func (e Evaluation) row() ([]any, error) {
	self, err := e.Self.Words.stored()
	if err != nil {
		return nil, err
	}
	superior, err := e.Superior.Words.stored()
	if err != nil {
		return nil, err
	}
	var predicate Predicate
	if e.Outcome != nil {
		predicate = e.Outcome.Predicate
	}
	return []any{
		e.ID, e.PartID, e.Window.Code(), string(e.State), e.Version, self, e.Self.Version, db.NullTime(e.Self.SentAt), superior, db.NullTime(e.Superior.SentAt),
		string(e.Ratings.Results), e.Ratings.ResultsReason, string(e.Ratings.Conduct), e.Ratings.ConductReason, e.Ratings.Note,
		db.NullTime(e.RatedAt), e.RatedBy.stored(), string(predicate), db.NullTime(e.ReceivedAt), string(e.ObjectUntil),
	}, nil
}

// beginEvaluation makes the row of an evaluation that has none yet; where
// somebody else has just made it, nothing happens.
func beginEvaluation(ctx context.Context, tx *db.Tx, e *Evaluation) error {
	if e.ID != "" {
		return nil
	}
	id := db.NewID()
	n, err := db.Exec(ctx, tx, `INSERT INTO appraisal_evaluation
		(id, part_id, win, state, version, self, self_version, superior, results, results_reason, conduct, conduct_reason, note, rated_by, predicate, object_until)
		VALUES ($1, $2, $3, 'berjalan', 0, '', 0, '', '', '', '', '', '', '', '', '') ON CONFLICT (part_id, win) DO NOTHING`, id, e.PartID, e.Window.Code())
	e.ID = id
	return changedOne(n, err, "appraisal.evaluation.changed")
}

// storeSelf writes the person's side over the version before it.
func storeSelf(ctx context.Context, tx *db.Tx, e Evaluation) error {
	words, err := e.Self.Words.stored()
	if err != nil {
		return err
	}
	n, err := db.Exec(ctx, tx, `UPDATE appraisal_evaluation SET self = $1, self_version = $2, self_sent_at = $3 WHERE id = $4 AND self_version = $5 AND state = 'berjalan'`,
		words, e.Self.Version, db.NullTime(e.Self.SentAt), e.ID, e.Self.Version-1)
	return changedOne(n, err, "appraisal.evaluation.changed")
}

// storeSuperior writes the superior's side and the state over the version
// before it.
func storeSuperior(ctx context.Context, tx *db.Tx, e Evaluation) error {
	row, err := e.row()
	if err != nil {
		return err
	}
	n, err := db.Exec(ctx, tx, `UPDATE appraisal_evaluation SET state = $1, version = $2, superior = $3, superior_sent_at = $4, results = $5, results_reason = $6,
		conduct = $7, conduct_reason = $8, note = $9, rated_at = $10, rated_by = $11, predicate = $12, received_at = $13, object_until = $14
		WHERE id = $15 AND version = $16`,
		row[3], row[4], row[8], row[9], row[10], row[11], row[12], row[13], row[14], row[15], row[16], row[17], row[18], row[19], e.ID, e.Version-1)
	return changedOne(n, err, "appraisal.evaluation.changed")
}

const selectOutcome = `SELECT id, evaluation_id, number, predicate, results, conduct, book, inputs, code, decided_at, decided_by FROM appraisal_outcome `

func scanOutcome(r db.Row) (Outcome, error) {
	var o Outcome
	var by string
	err := r.Scan(&o.ID, &o.EvaluationID, &o.Number, &o.Predicate, &o.Results, &o.Conduct, &o.BookHash, &o.Inputs, &o.Code, db.TimeTo(&o.At), &by)
	if err != nil {
		return o, err
	}
	return o, readSigner(by, &o.By)
}

var outcomeInsert = []string{"id", "evaluation_id", "number", "predicate", "results", "conduct", "book", "inputs", "code", "decided_at", "decided_by"}

func (o Outcome) row() []any {
	return []any{o.ID, o.EvaluationID, o.Number, string(o.Predicate), string(o.Results), string(o.Conduct), o.BookHash, o.Inputs, o.Code, db.Time(o.At), o.By.stored()}
}

const selectObjection = `SELECT id, evaluation_id, text, filed_at, evaluator, evaluator_at, person, person_at, changed, decision, decided_at, decided_by, decide_by FROM appraisal_objection `

func scanObjection(r db.Row) (Objection, error) {
	var o Objection
	var by string
	err := r.Scan(&o.ID, &o.EvaluationID, &o.Text, db.TimeTo(&o.FiledAt), &o.Evaluator, db.TimeTo(&o.EvaluatorAt), &o.Person, db.TimeTo(&o.PersonAt),
		&o.Changed, &o.Decision, db.TimeTo(&o.DecidedAt), &by, &o.DecideBy)
	if err != nil {
		return o, err
	}
	return o, readSigner(by, &o.DecidedBy)
}

func objectionOf(ctx context.Context, q db.Queryer, evaluation string) (*Objection, error) {
	o, err := db.One(ctx, q, selectObjection+`WHERE evaluation_id = $1`, scanObjection, evaluation)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &o, nil
}

var objectionInsert = []string{
	"id", "evaluation_id", "text", "filed_at", "evaluator", "evaluator_at", "person", "person_at", "changed", "decision", "decided_at", "decided_by", "decide_by",
}

func (o Objection) row() []any {
	return []any{
		o.ID, o.EvaluationID, o.Text, db.Time(o.FiledAt), o.Evaluator, db.NullTime(o.EvaluatorAt), o.Person, db.NullTime(o.PersonAt),
		o.Changed, o.Decision, db.NullTime(o.DecidedAt), o.DecidedBy.stored(), string(o.DecideBy),
	}
}

func storeObjection(ctx context.Context, tx *db.Tx, o Objection) error {
	return db.Upsert(ctx, tx, "appraisal_objection", []string{"id"}, objectionInsert, [][]any{o.row()})
}

const selectOrganisation = `SELECT id, unit_id, unit, win, predicate, reason, evidence, set_at, set_by, version FROM appraisal_organisation `

func scanOrganisation(r db.Row) (Organisation, error) {
	var o Organisation
	var win, by string
	err := r.Scan(&o.ID, &o.UnitID, &o.Unit, &win, &o.Predicate, &o.Reason, &o.Evidence, db.TimeTo(&o.At), &by, &o.Version)
	if err != nil {
		return o, err
	}
	if o.Window, err = ParseWindow(win); err != nil {
		return o, fmt.Errorf("stored organisation predicate %s: %w", o.ID, err)
	}
	return o, readSigner(by, &o.By)
}

// organisationOf returns a unit's predicate in force; Version 0 when none is
// set.
func organisationOf(ctx context.Context, q db.Queryer, unit string, w Window) (Organisation, error) {
	o, err := db.One(ctx, q, selectOrganisation+`WHERE win = $1 AND unit_id = $2 AND current`, scanOrganisation, w.Code(), unit)
	if fault.Is(err, fault.NotFound) {
		return Organisation{UnitID: unit, Window: w}, nil
	}
	return o, err
}

// organisationsOf returns all predicates in force in a window, by unit.
func organisationsOf(ctx context.Context, q db.Queryer, w Window) (map[string]Organisation, error) {
	all, err := db.All(ctx, q, selectOrganisation+`WHERE win = $1 AND current`, scanOrganisation, w.Code())
	byUnit := make(map[string]Organisation, len(all))
	for _, o := range all {
		byUnit[o.UnitID] = o
	}
	return byUnit, err
}

var organisationInsert = []string{"id", "unit_id", "unit", "win", "predicate", "reason", "evidence", "set_at", "set_by", "version", "current"}

func (o Organisation) row() []any {
	return []any{o.ID, o.UnitID, o.Unit, o.Window.Code(), string(o.Predicate), o.Reason, o.Evidence, db.Time(o.At), o.By.stored(), o.Version, true}
}

// storeOrganisation adds a setting over the one with the version before it.
func storeOrganisation(ctx context.Context, tx *db.Tx, o Organisation) error {
	n, err := db.Exec(ctx, tx, `UPDATE appraisal_organisation SET current = $1 WHERE unit_id = $2 AND win = $3 AND current AND version = $4`,
		false, o.UnitID, o.Window.Code(), o.Version-1)
	if err != nil {
		return err
	}
	if n == 0 && o.Version > 1 {
		return fault.Clash("appraisal.organisation.changed")
	}
	if n == 0 {
		set, err := db.Exists(ctx, tx, `SELECT 1 FROM appraisal_organisation WHERE unit_id = $1 AND win = $2`, o.UnitID, o.Window.Code())
		if err != nil {
			return err
		}
		if set {
			return fault.Clash("appraisal.organisation.changed")
		}
	}
	return db.Insert(ctx, tx, "appraisal_organisation", organisationInsert, [][]any{o.row()})
}
