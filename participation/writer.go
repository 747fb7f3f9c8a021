package participation

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
)

// writer stores submissions; each is on disk when Do returns.
type writer struct{ db *db.DB }

// Do stores one submission.
func (w *writer) Do(ctx context.Context, s Submission) error {
	return w.db.TxReadCommitted(ctx, func(tx *db.Tx) error { return storeAnswers(ctx, tx, []Submission{s}) })
}
