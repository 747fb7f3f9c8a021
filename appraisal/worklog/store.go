package worklog

import (
	"context"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const selectEntry = `SELECT id, part_id, day, starts, ends, text, output, url, result_id, step_id, link, version FROM worklog_entry `

func scanEntry(r db.Row) (Entry, error) {
	var e Entry
	err := r.Scan(&e.ID, &e.PartID, &e.Day, &e.Starts, &e.Ends, &e.Text, &e.Output, &e.URL, &e.Link.Result, &e.Link.Step, &e.State, &e.Version)
	return e, err
}

func entriesOf(ctx context.Context, q db.Queryer, part string, from, to appraisal.Day) ([]Entry, error) {
	return db.All(ctx, q, selectEntry+`WHERE part_id = $1 AND day >= $2 AND day <= $3 ORDER BY day, starts, id`, scanEntry, part, string(from), string(to))
}

// history returns the latest entries whose tie was accepted.
func (s *Service) history(ctx context.Context, q db.Queryer, part string) ([]Entry, error) {
	return db.All(ctx, q, selectEntry+`WHERE part_id = $1 AND link = 'diterima' ORDER BY day DESC, id DESC LIMIT 300`, scanEntry, part)
}

var entryColumns = []string{
	"id", "part_id", "day", "starts", "ends", "text", "output", "url", "result_id", "step_id", "link", "mark", "created_at", "updated_at", "version",
}

func (s *Service) row(e Entry, mark string) []any {
	return []any{
		e.ID, e.PartID, string(e.Day), e.Starts, e.Ends, e.Text, e.Output, e.URL, e.Link.Result, e.Link.Step, string(e.State), mark, s.Now(), s.Now(), 1,
	}
}

// added is what became of lines, with the ids of the new entries.
type added struct {
	intake.Report
	ids []string
}

// add stores the lines that are not there yet. One that is typed by hand is
// new even when the same stands there already.
func (s *Service) add(ctx context.Context, tx *db.Tx, part string, lines []Line, typed bool) (added, error) {
	var out added
	var good []Entry
	for _, l := range lines {
		out.Rows++
		if l.Wrong != nil {
			out.Rejected = append(out.Rejected, *l.Wrong)
			continue
		}
		l.Entry.PartID = part
		good = append(good, l.Entry)
	}
	if len(good) == 0 {
		return out, nil
	}
	from, to := good[0].Day, good[0].Day
	for _, e := range good {
		from, to = min(from, e.Day), max(to, e.Day)
	}
	there, err := marksOf(ctx, tx, part, from, to)
	if err != nil {
		return out, err
	}
	var rows [][]any
	for i, mark := range marks(good) {
		e := good[i]
		for n := 1; typed && there[mark]; n++ {
			mark = e.mark(n)
		}
		if there[mark] {
			out.Unchanged++
			continue
		}
		e.ID = db.NewID()
		out.Created++
		out.ids = append(out.ids, e.ID)
		rows = append(rows, s.row(e, mark))
	}
	return out, db.Insert(ctx, tx, "worklog_entry", entryColumns, rows)
}

// marksOf returns the marks of a stretch; an entry that was changed keeps the
// mark it came with, so that its file still finds it.
func marksOf(ctx context.Context, q db.Queryer, part string, from, to appraisal.Day) (map[string]bool, error) {
	all, err := db.All(ctx, q, `SELECT mark FROM worklog_entry WHERE part_id = $1 AND day >= $2 AND day <= $3`, db.Value[string], part, string(from), string(to))
	there := make(map[string]bool, len(all))
	for _, m := range all {
		there[m] = true
	}
	return there, err
}

func (s *Service) change(ctx context.Context, tx *db.Tx, e *Entry) error {
	n, err := db.Exec(ctx, tx, `UPDATE worklog_entry SET day = $1, starts = $2, ends = $3, text = $4, output = $5, url = $6, result_id = $7, step_id = $8,
		link = $9, updated_at = $10, version = version + 1 WHERE id = $11 AND part_id = $12 AND version = $13`,
		string(e.Day), e.Starts, e.Ends, e.Text, e.Output, e.URL, e.Link.Result, e.Link.Step, string(e.State), s.Now(), e.ID, e.PartID, e.Version)
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.Clash("worklog.changed")
	}
	e.Version++
	return nil
}
