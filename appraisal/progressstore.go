package appraisal

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const selectProgress = `SELECT id, part_id, result_id, indicator_id, step_id, month, value, note, created_at, updated_at, version FROM appraisal_progress `

func scanProgress(r db.Row) (Progress, error) {
	var p Progress
	err := r.Scan(&p.ID, &p.PartID, &p.ResultID, &p.IndicatorID, &p.StepID, &p.Month, &p.Value, &p.Note, db.TimeTo(&p.CreatedAt), db.TimeTo(&p.UpdatedAt), &p.Version)
	return p, err
}

type evidenceRow struct {
	progress string
	Evidence
}

func scanEvidence(r db.Row) (evidenceRow, error) {
	var e evidenceRow
	err := r.Scan(&e.progress, &e.ID, &e.Label, &e.URL, &e.File, &e.Size, &e.Type)
	return e, err
}

// progressOf returns the entries of a part with their evidence, latest month
// first.
func progressOf(ctx context.Context, q db.Queryer, part string) ([]Progress, error) {
	all, err := db.All(ctx, q, selectProgress+`WHERE part_id = $1 ORDER BY month DESC, updated_at DESC, id DESC`, scanProgress, part)
	if err != nil {
		return nil, err
	}
	evidence, err := db.All(ctx, q, `SELECT e.progress_id, e.id, e.label, e.url, e.file_id, e.size, e.media
		FROM appraisal_evidence e JOIN appraisal_progress p ON p.id = e.progress_id
		WHERE p.part_id = $1 ORDER BY e.progress_id, e.place`, scanEvidence, part)
	if err != nil {
		return nil, err
	}
	by := map[string][]Evidence{}
	for _, e := range evidence {
		by[e.progress] = append(by[e.progress], e.Evidence)
	}
	for i := range all {
		all[i].Evidence = by[all[i].ID]
	}
	return all, nil
}

// entryOf returns one entry of a part without its evidence, or NotFound.
func entryOf(ctx context.Context, q db.Queryer, part, id string) (Progress, error) {
	p, err := db.One(ctx, q, selectProgress+`WHERE id = $1 AND part_id = $2`, scanProgress, id, part)
	if fault.Is(err, fault.NotFound) {
		return p, fault.Missing("appraisal.progress.absent")
	}
	return p, err
}

// hangsOn reports whether progress was recorded on a result or indicator.
func hangsOn(ctx context.Context, q db.Queryer, part, id string) (bool, error) {
	return db.Exists(ctx, q, `SELECT 1 FROM appraisal_progress WHERE part_id = $1 AND (result_id = $2 OR indicator_id = $2 OR step_id = $2) LIMIT 1`, part, id)
}

var progressInsert = []string{
	"id", "part_id", "result_id", "indicator_id", "step_id", "month", "value", "note", "source", "created_at", "updated_at", "version",
}

func (p Progress) row(source string) []any {
	return []any{p.ID, p.PartID, p.ResultID, p.IndicatorID, p.StepID, p.Month, p.Value, p.Note, source, db.Time(p.CreatedAt), db.Time(p.UpdatedAt), p.Version}
}

var evidenceInsert = []string{"id", "progress_id", "place", "label", "url", "file_id", "size", "media"}

func (p Progress) evidenceRows() [][]any {
	rows := make([][]any, len(p.Evidence))
	for i, e := range p.Evidence {
		rows[i] = []any{e.ID, p.ID, i, e.Label, e.URL, e.File, e.Size, e.Type}
	}
	return rows
}

// storeProgress writes a new entry (version 1) or changes one, with its
// evidence.
func storeProgress(ctx context.Context, tx *db.Tx, p Progress) error {
	if p.Version == 1 {
		if err := db.Insert(ctx, tx, "appraisal_progress", progressInsert, [][]any{p.row("")}); err != nil {
			return err
		}
	} else {
		n, err := db.Exec(ctx, tx, `UPDATE appraisal_progress SET result_id = $1, indicator_id = $2, step_id = $3, month = $4, value = $5, note = $6,
			updated_at = $7, version = $8 WHERE id = $9 AND version = $10`,
			p.ResultID, p.IndicatorID, p.StepID, p.Month, p.Value, p.Note, db.Time(p.UpdatedAt), p.Version, p.ID, p.Version-1)
		if err := changedOne(n, err, "appraisal.progress.changed"); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM appraisal_evidence WHERE progress_id = $1`, p.ID); err != nil {
			return err
		}
	}
	return db.Insert(ctx, tx, "appraisal_evidence", evidenceInsert, p.evidenceRows())
}

// latestOf returns the latest entry with a value for each indicator and the
// latest of each step; entries come latest first.
func latestOf(entries []Progress) (indicators, steps map[string]Progress) {
	indicators, steps = map[string]Progress{}, map[string]Progress{}
	for _, e := range entries {
		if _, has := indicators[e.IndicatorID]; e.IndicatorID != "" && e.Value != "" && !has {
			indicators[e.IndicatorID] = e
		}
		if _, has := steps[e.StepID]; e.StepID != "" && !has {
			steps[e.StepID] = e
		}
	}
	return indicators, steps
}

const selectFeedback = `SELECT id, part_id, about, ref, text, author, relation, asked_of, question, created_at, read_at FROM appraisal_feedback `

func scanFeedback(r db.Row) (Feedback, error) {
	var f Feedback
	var author string
	err := r.Scan(&f.ID, &f.PartID, &f.About, &f.Ref, &f.Text, &author, &f.Relation, &f.AskedOf, &f.Question, db.TimeTo(&f.CreatedAt), db.TimeTo(&f.ReadAt))
	if err != nil {
		return f, err
	}
	return f, f.setAuthor(author)
}

func (f *Feedback) setAuthor(stored string) error {
	if stored == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(stored), &f.Author); err != nil {
		return fmt.Errorf("stored feedback %s: %w", f.ID, err)
	}
	return nil
}

// feedbackOf returns the words about a part, latest first; requests that wait
// come with an empty text.
func feedbackOf(ctx context.Context, q db.Queryer, part string) ([]Feedback, error) {
	return db.All(ctx, q, selectFeedback+`WHERE part_id = $1 ORDER BY created_at DESC, id DESC`, scanFeedback, part)
}

var feedbackInsert = []string{"id", "part_id", "about", "ref", "text", "author_id", "author", "relation", "asked_of", "question", "created_at", "read_at"}

func (f Feedback) row() []any {
	return []any{
		f.ID, f.PartID, string(f.About), f.Ref, f.Text, f.Author.PersonID, f.Author.stored(), string(f.Relation), f.AskedOf, f.Question,
		db.Time(f.CreatedAt), db.NullTime(f.ReadAt),
	}
}

// readFeedback marks what was written about a part as read.
func readFeedback(ctx context.Context, tx *db.Tx, part string, at time.Time) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE appraisal_feedback SET read_at = $1 WHERE part_id = $2 AND read_at IS NULL AND text <> ''`, db.Time(at), part)
}
