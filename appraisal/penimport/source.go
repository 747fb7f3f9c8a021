package penimport

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
)

// keepSources notes the file as the source of everything it brought or bore
// out; what it left alone came from elsewhere.
func (r *run) keepSources(ctx context.Context, tx *db.Tx, took []appraisal.TakenOver) error {
	if r.file == "" {
		return nil
	}
	var rows [][]any
	for i, t := range took {
		all := append([]appraisal.Took{t.Plan}, t.Results...)
		if slices.Contains(all, appraisal.TookCreated) || slices.Contains(all, appraisal.TookUpdated) {
			rows = append(rows, []any{r.take[i].Part.ID, r.file, r.s.Now()})
		}
	}
	return db.InsertNew(ctx, tx, "pen_source", "(part_id, file_id)", []string{"part_id", "file_id", "taken_at"}, rows)
}

// Sources returns the files a part's plan and results were taken from, the
// latest first; none of what is written here. It checks no permission: the
// caller shows it to who may see the part.
func (s *Service) Sources(ctx context.Context, part string) ([]appraisal.Source, error) {
	return db.All(ctx, s.DB, `SELECT f.name, f.sent_name, s.taken_at FROM pen_source s JOIN pen_file f ON f.id = s.file_id
		WHERE s.part_id = $1 ORDER BY s.taken_at DESC, s.file_id DESC`, func(r db.Row) (appraisal.Source, error) {
		var x appraisal.Source
		err := r.Scan(&x.File, &x.By, db.TimeTo(&x.At))
		return x, err
	}, part)
}
