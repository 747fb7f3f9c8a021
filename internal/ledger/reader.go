package ledger

import (
	"context"
	"errors"

	"github.com/gurindam/gurindam/internal/db"
)

// Reader reads the record for pages. It checks no permission: its caller does.
type Reader struct {
	DB  *db.DB
	Dir string // where the key and the checkpoint kept beside it lie
}

// List returns a page of numbered entries, newest first, and how many f chooses
// in all.
func (r Reader) List(ctx context.Context, f Filter) ([]Record, int, error) {
	total, err := Count(ctx, r.DB, f)
	if err != nil || total == 0 {
		return nil, 0, err
	}
	all, err := List(ctx, r.DB, f)
	return all, total, err
}

// Each calls fn with every entry f chooses, newest first, reading them in
// parts so that a long record does not fill the memory.
func (r Reader) Each(ctx context.Context, f Filter, fn func(Record) error) error {
	f.Limit, f.Skip = 500, 0
	for {
		page, err := List(ctx, r.DB, f)
		if err != nil {
			return err
		}
		for _, e := range page {
			if err := fn(e); err != nil {
				return err
			}
		}
		if len(page) < f.Limit || page[len(page)-1].Seq == 0 {
			return nil
		}
		f.Before = page[len(page)-1].Seq
	}
}

// Kinds returns every kind there is, in order.
func (r Reader) Kinds(ctx context.Context) ([]string, error) { return Kinds(ctx, r.DB) }

// Get returns one entry, or a NotFound fault.
func (r Reader) Get(ctx context.Context, id string) (Record, error) { return Get(ctx, r.DB, id) }

// Latest returns the newest checkpoint, the zero Checkpoint while there is
// none.
func (r Reader) Latest(ctx context.Context) (Checkpoint, error) {
	c, err := Latest(ctx, r.DB)
	if errors.Is(err, db.ErrNone) {
		return Checkpoint{}, nil
	}
	return c, err
}

// Verify checks the whole record against the keys and the checkpoint that lie
// outside the database, as the command line does.
func (r Reader) Verify(ctx context.Context) (Report, error) {
	keys, err := ReadVerifiers(r.Dir)
	if err != nil {
		return Report{}, err
	}
	trust := Trust{Keys: keys}
	if kept := KeptCheckpoint(r.Dir); kept != "" {
		trust.Checkpoints = []string{kept}
	}
	return Verify(ctx, r.DB, trust)
}
