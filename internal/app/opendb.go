package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/gurindam/gurindam/internal/db"
)

// OpenDB opens the database a configuration names and brings it up to date.
func OpenDB(ctx context.Context, data, database string) (*db.DB, error) {
	if database == "" {
		if err := os.MkdirAll(data, 0o700); err != nil {
			return nil, fmt.Errorf("data directory: %w", err)
		}
	}
	d, err := db.Open(ctx, db.Config{URL: database, Dir: data})
	if err != nil {
		return nil, err
	}
	if err := d.Migrate(ctx, Migrations()); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}
