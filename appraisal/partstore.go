package appraisal

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// faces are the three people of a part as they are stored: whole, as they were
// called.
type faces struct {
	Who       Identity `json:"who"`
	Evaluator Identity `json:"evaluator,omitzero"`
	Above     Identity `json:"above,omitzero"`
}

const partColumns = `p.id, p.period_id, p.year, p.org_unit_id, p.head_of, p.tenure_id, p.tenure, p.staff_group, p.form, p.pen, p.cadence,
	p.from_day, p.to_day, p.decides, p.evaluator_how, p.above_how, p.reason, p.faces, p.version`

const selectPart = `SELECT ` + partColumns + ` FROM appraisal_part p `

// partTargets returns what the columns of partColumns are scanned into.
func partTargets(p *Part, f *string) []any {
	return []any{
		&p.ID, &p.PeriodID, &p.Year, &p.OrgUnit, &p.HeadOf, &p.TenureID, &p.Tenure, &p.Group, &p.Form, &p.Pen, &p.Cadence,
		&p.From, &p.To, &p.Last, &p.EvalHow, &p.AboveHow, &p.Reason, f, &p.Version,
	}
}

func (p *Part) setFaces(text string) error {
	var f faces
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return fmt.Errorf("stored part %s: %w", p.ID, err)
	}
	p.Who, p.Evaluator, p.Above = f.Who, f.Evaluator, f.Above
	return nil
}

func scanPart(r db.Row) (Part, error) {
	var p Part
	var f string
	if err := r.Scan(partTargets(&p, &f)...); err != nil {
		return p, err
	}
	return p, p.setFaces(f)
}

// partOf returns a part, or NotFound.
func partOf(ctx context.Context, q db.Queryer, id string) (Part, error) {
	p, err := db.One(ctx, q, selectPart+`WHERE p.id = $1`, scanPart, id)
	if fault.Is(err, fault.NotFound) {
		return p, fault.Missing("appraisal.part.absent")
	}
	return p, err
}

// partsOfPerson returns somebody's parts of a year, the deciding one first.
func partsOfPerson(ctx context.Context, q db.Queryer, person string, year int) ([]Part, error) {
	return db.All(ctx, q, selectPart+`WHERE p.person_id = $1 AND p.year = $2 ORDER BY p.decides DESC, p.from_day, p.id`, scanPart, person, year)
}

func partsOfPeriod(ctx context.Context, q db.Queryer, period string) ([]Part, error) {
	return db.All(ctx, q, selectPart+`WHERE p.period_id = $1 ORDER BY p.person_id, p.tenure_id, p.from_day`, scanPart, period)
}

// earlierPart returns the latest part of a person before a year that has an
// approved SKP; ok is false when there is none.
func earlierPart(ctx context.Context, q db.Queryer, person string, before int) (p Part, ok bool, err error) {
	p, err = db.One(ctx, q, selectPart+`WHERE p.person_id = $1 AND p.year < $2
		AND EXISTS (SELECT 1 FROM appraisal_revision r WHERE r.part_id = p.id)
		ORDER BY p.year DESC, p.decides DESC, p.to_day DESC LIMIT 1`, scanPart, person, before)
	if fault.Is(err, fault.NotFound) {
		return p, false, nil
	}
	return p, err == nil, err
}

// superiorParts returns the parts of the evaluator's own that overlap a part:
// whose results its results support.
func superiorParts(ctx context.Context, q db.Queryer, p Part) ([]Part, error) {
	if p.Evaluator.PersonID == "" {
		return nil, nil
	}
	return db.All(ctx, q, selectPart+`WHERE p.person_id = $1 AND p.year = $2 AND p.from_day <= $3 AND p.to_day >= $4
		ORDER BY p.decides DESC, p.from_day, p.id`, scanPart, p.Evaluator.PersonID, p.Year, string(p.To), string(p.From))
}

var partInsert = []string{
	"id", "period_id", "year", "person_id", "post_id", "unit_id", "org_unit_id", "head_of", "tenure_id", "tenure", "staff_group", "form", "pen", "cadence",
	"from_day", "to_day", "decides", "evaluator_id", "evaluator_post_id", "evaluator_how", "above_id", "above_how", "reason",
	"sort_name", "sort_unit", "search", "post", "faces", "version",
}

func (p Part) row() ([]any, error) {
	f, err := json.Marshal(faces{p.Who, p.Evaluator, p.Above})
	if err != nil {
		return nil, fmt.Errorf("write part: %w", err)
	}
	return []any{
		p.ID, p.PeriodID, p.Year, p.Who.PersonID, p.Who.PostID, p.Who.UnitID, p.OrgUnit, p.HeadOf, p.TenureID, p.Tenure, string(p.Group), string(p.Form), string(p.Pen), string(p.Cadence),
		string(p.From), string(p.To), p.Last, p.Evaluator.PersonID, p.Evaluator.PostID, string(p.EvalHow), p.Above.PersonID, string(p.AboveHow), p.Reason,
		search.Key(p.Who.Name), search.Key(p.Who.Unit), search.Column(p.Who.Name, p.Who.NIP, p.Who.Post), p.Who.Post, string(f), p.Version,
	}, nil
}

func partRows(parts []Part) ([][]any, error) {
	rows := make([][]any, len(parts))
	for i, p := range parts {
		row, err := p.row()
		if err != nil {
			return nil, err
		}
		rows[i] = row
	}
	return rows, nil
}

func insertParts(ctx context.Context, tx *db.Tx, parts []Part) error {
	rows, err := partRows(parts)
	if err != nil {
		return err
	}
	return db.Insert(ctx, tx, "appraisal_part", partInsert, rows)
}

// storeParts writes parts that exist already.
func storeParts(ctx context.Context, tx *db.Tx, parts []Part) error {
	rows, err := partRows(parts)
	if err != nil {
		return err
	}
	return db.Upsert(ctx, tx, "appraisal_part", []string{"id"}, partInsert, rows)
}
