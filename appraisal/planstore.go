package appraisal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const selectPlan = `SELECT part_id, state, version, revision, body, remark, submitted_at, decided_at, decided_by, updated_at, updated_by FROM appraisal_plan `

func scanPlan(r db.Row) (Plan, error) {
	var p Plan
	var body, by string
	err := r.Scan(&p.PartID, &p.State, &p.Version, &p.Revision, &body, &p.Remark, db.TimeTo(&p.SubmittedAt), db.TimeTo(&p.DecidedAt), &by, db.TimeTo(&p.UpdatedAt), &p.UpdatedBy)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(body), &p.Content); err != nil {
		return p, fmt.Errorf("stored plan of %s: %w", p.PartID, err)
	}
	return p, readSigner(by, &p.DecidedBy)
}

func readSigner(text string, s *Signer) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), s); err != nil {
		return fmt.Errorf("stored signer: %w", err)
	}
	return nil
}

// stored returns the signer as it is stored; empty for nobody.
func (s Signer) stored() string {
	if s == (Signer{}) {
		return ""
	}
	b, _ := json.Marshal(s) // three texts cannot fail
	return string(b)
}

// planOf returns the plan of a part; one that was never begun is NotMade with
// version 0, which is no error.
func planOf(ctx context.Context, q db.Queryer, part Part) (Plan, error) {
	p, err := db.One(ctx, q, selectPlan+`WHERE part_id = $1`, scanPlan, part.ID)
	if fault.Is(err, fault.NotFound) {
		return Plan{PartID: part.ID, State: NotMade, Content: Content{Form: part.Form}}, nil
	}
	return p, err
}

// planAt returns the plan of a part in the version a form was made of; another
// one is a Conflict fault.
func planAt(ctx context.Context, q db.Queryer, part Part, version int64) (Plan, error) {
	p, err := planOf(ctx, q, part)
	if err == nil && p.Version != version {
		err = fault.Clash("appraisal.plan.changed")
	}
	return p, err
}

// plansOf returns the plans of parts by part id; parts without one are absent.
func plansOf(ctx context.Context, q db.Queryer, parts []Part) (map[string]Plan, error) {
	if len(parts) == 0 {
		return nil, nil
	}
	ids := make([]any, len(parts))
	for i, p := range parts {
		ids[i] = p.ID
	}
	all, err := db.All(ctx, q, selectPlan+`WHERE part_id IN (`+db.In(1, len(ids))+`)`, scanPlan, ids...)
	byPart := make(map[string]Plan, len(all))
	for _, p := range all {
		byPart[p.PartID] = p
	}
	return byPart, err
}

var planInsert = []string{
	"part_id", "state", "version", "revision", "body", "results", "indicators", "flaws", "remark",
	"submitted_at", "decided_at", "decided_by", "updated_at", "updated_by",
}

func (p Plan) row(flaws int) ([]any, error) {
	body, err := p.Content.bytes()
	if err != nil {
		return nil, err
	}
	return []any{
		p.PartID, string(p.State), p.Version, p.Revision, string(body), len(p.Results), len(p.Content.Indicators()), flaws, p.Remark,
		db.NullTime(p.SubmittedAt), db.NullTime(p.DecidedAt), p.DecidedBy.stored(), db.Time(p.UpdatedAt), p.UpdatedBy,
	}, nil
}

// bytes returns a content as it is stored, hashed and signed.
func (c Content) bytes() ([]byte, error) {
	b, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("write plan: %w", err)
	}
	return b, nil
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// storePlan writes a plan over the version before it and rewrites its result
// index. Version 1 is a new plan. Conflict when somebody else was first.
func storePlan(ctx context.Context, tx *db.Tx, p Plan, flaws int) error {
	row, err := p.row(flaws)
	if err != nil {
		return err
	}
	if p.Version == 1 {
		err = insertPlan(ctx, tx, row)
	} else {
		err = updatePlan(ctx, tx, row, p.Version-1)
	}
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM appraisal_result WHERE part_id = $1`, p.PartID); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "appraisal_result", resultInsert, p.resultRows())
}

func insertPlan(ctx context.Context, tx *db.Tx, row []any) error {
	n, err := db.Exec(ctx, tx, `INSERT INTO appraisal_plan
		(part_id, state, version, revision, body, results, indicators, flaws, remark, submitted_at, decided_at, decided_by, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (part_id) DO NOTHING`, row...)
	return changedOne(n, err, "appraisal.plan.changed")
}

func updatePlan(ctx context.Context, tx *db.Tx, row []any, before int64) error {
	n, err := db.Exec(ctx, tx, `UPDATE appraisal_plan SET state = $1, version = $2, revision = $3, body = $4, results = $5, indicators = $6, flaws = $7,
		remark = $8, submitted_at = $9, decided_at = $10, decided_by = $11, updated_at = $12, updated_by = $13
		WHERE part_id = $14 AND version = $15`, append(row[1:], row[0], before)...)
	return changedOne(n, err, "appraisal.plan.changed")
}

var resultInsert = []string{"part_id", "result_id", "place", "kind", "text", "supports_part", "supports_result", "indicators"}

func (p Plan) resultRows() [][]any {
	rows := make([][]any, len(p.Results))
	for i, r := range p.Results {
		rows[i] = []any{p.PartID, r.ID, i, string(r.Kind), r.Text, r.Supports.Part, r.Supports.Result, len(r.Indicators)}
	}
	return rows
}

const selectRevision = `SELECT part_id, number, body, hash, code, approved_at, approved_by, replaced_at FROM appraisal_revision `

func scanRevision(r db.Row) (Revision, error) {
	var v Revision
	var body []byte
	var by string
	if err := r.Scan(&v.PartID, &v.Number, &body, &v.Hash, &v.Code, db.TimeTo(&v.At), &by, db.TimeTo(&v.Replaced)); err != nil {
		return v, err
	}
	if err := json.Unmarshal(body, &v.Content); err != nil {
		return v, fmt.Errorf("stored revision of %s: %w", v.PartID, err)
	}
	return v, readSigner(by, &v.By)
}

func revisionsOf(ctx context.Context, q db.Queryer, part string) ([]Revision, error) {
	return db.All(ctx, q, selectRevision+`WHERE part_id = $1 ORDER BY number DESC`, scanRevision, part)
}

// revisionInForce returns the latest approved SKP of a part, nil when none.
func revisionInForce(ctx context.Context, q db.Queryer, part string) (*Revision, error) {
	v, err := db.One(ctx, q, selectRevision+`WHERE part_id = $1 ORDER BY number DESC LIMIT 1`, scanRevision, part)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &v, nil
}

// revisionsInForce returns the latest approved SKP of each part, by part id.
func revisionsInForce(ctx context.Context, q db.Queryer, parts []string) (map[string]Revision, error) {
	args := make([]any, len(parts))
	for i, id := range parts {
		args[i] = id
	}
	all, err := db.All(ctx, q, selectRevision+`WHERE replaced_at IS NULL AND part_id IN (`+db.In(1, len(args))+`)`, scanRevision, args...)
	byPart := make(map[string]Revision, len(all))
	for _, v := range all {
		byPart[v.PartID] = v
	}
	return byPart, err
}

var revisionInsert = []string{"part_id", "number", "body", "hash", "code", "approved_at", "approved_by", "replaced_at"}

// addRevision keeps a plan that was just approved and marks the one before as
// replaced.
func addRevision(ctx context.Context, tx *db.Tx, p Plan) (Revision, error) {
	body, err := p.Content.bytes()
	if err != nil {
		return Revision{}, err
	}
	v := Revision{PartID: p.PartID, Number: p.Revision, Content: p.Content, Hash: hashOf(body), Code: newCode(), At: p.DecidedAt, By: p.DecidedBy}
	if _, err := db.Exec(ctx, tx, `UPDATE appraisal_revision SET replaced_at = $1 WHERE part_id = $2 AND replaced_at IS NULL`, db.Time(v.At), v.PartID); err != nil {
		return v, err
	}
	return v, db.Insert(ctx, tx, "appraisal_revision", revisionInsert, [][]any{
		{v.PartID, v.Number, body, v.Hash, v.Code, db.Time(v.At), v.By.stored(), nil},
	})
}
