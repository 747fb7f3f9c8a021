package ledger

import (
	"context"
	"errors"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Of returns every entry about a subject, oldest first, those that still wait
// for their number last.
func Of(ctx context.Context, q db.Queryer, subject string) ([]Record, error) {
	return db.All(ctx, q, selectRecord+`WHERE subject = $1 ORDER BY seq NULLS LAST, id`, scanRecord, subject)
}

// Get returns one entry, or a NotFound fault.
func Get(ctx context.Context, q db.Queryer, id string) (Record, error) {
	r, err := db.One(ctx, q, selectRecord+`WHERE id = $1`, scanRecord, id)
	if errors.Is(err, db.ErrNone) {
		return r, fault.Missing("ledger.noentry", id)
	}
	return r, err
}
