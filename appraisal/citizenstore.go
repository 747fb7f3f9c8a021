package appraisal

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/rulebook"
)

// tiesOf returns which of a part's indicators are tied, by indicator id.
func tiesOf(ctx context.Context, q db.Queryer, part string) (map[string]CitizenTie, error) {
	all, err := db.All(ctx, q, `SELECT indicator_id, service, measure FROM appraisal_citizen_tie WHERE part_id = $1`, func(r db.Row) (CitizenTie, error) {
		var t CitizenTie
		err := r.Scan(&t.Indicator, &t.Service, &t.Measure)
		return t, err
	}, part)
	by := map[string]CitizenTie{}
	for _, t := range all {
		by[t.Indicator] = t
	}
	return by, err
}

// takenOf returns what a superior decided about figures of a part, the latest
// first.
func takenOf(ctx context.Context, q db.Queryer, part string) ([]CitizenTaken, error) {
	return db.All(ctx, q, `SELECT id, body, confirmed, words, decided_at FROM appraisal_citizen_figure
		WHERE part_id = $1 ORDER BY decided_at DESC, id DESC`, func(r db.Row) (CitizenTaken, error) {
		var id, body string
		var t CitizenTaken
		if err := r.Scan(&id, &body, &t.Confirmed, &t.Words, db.TimeTo(&t.At)); err != nil {
			return t, err
		}
		if err := json.Unmarshal([]byte(body), &t); err != nil {
			return t, fmt.Errorf("stored figure %s: %w", id, err)
		}
		return t, nil
	}, part)
}

// insertTaken adds what a superior decided; a figure is decided on once.
func insertTaken(ctx context.Context, tx *db.Tx, part string, t CitizenTaken, progress string) error {
	body, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("write figure: %w", err)
	}
	n, err := db.Exec(ctx, tx, `INSERT INTO appraisal_citizen_figure
		(id, part_id, indicator_id, result_id, measure, body, confirmed, counts, words, progress_id, decided_at, decided_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (part_id, indicator_id, result_id, measure) DO NOTHING`,
		t.ID, part, t.Indicator, t.Figure.Result, string(t.Measure), string(body), t.Confirmed, t.Counts, t.Words, db.Null(progress), db.Time(t.At), t.By.PersonID)
	return changedOne(n, err, "appraisal.citizen.decided")
}

// confirmedOf returns the latest figure the superior confirmed for each
// indicator.
func confirmedOf(taken []CitizenTaken) map[string]CitizenTaken {
	by := map[string]CitizenTaken{}
	for _, t := range taken {
		if old, has := by[t.Indicator]; t.Confirmed && (!has || old.Figure.To < t.Figure.To) {
			by[t.Indicator] = t
		}
	}
	return by
}

// citizenInput is what citizens said of an indicator, for the inputs of a
// predicate; nil while nothing is confirmed.
func (c evidenceCase) citizenInput(indicator string) *CitizenInput {
	t, has := c.citizens[indicator]
	if !has {
		return nil
	}
	return &t.CitizenInput
}

// step tells the figure and whether it counts.
func (in CitizenInput) step() rulebook.Step {
	s := figureStep(in.Measure, in.Figure)
	s.Source = in.Cite
	if !in.Counts {
		s.Parts = rulebook.Because{{Key: "appraisal.citizen.step.shown", Source: in.Cite}}
	}
	return s
}
