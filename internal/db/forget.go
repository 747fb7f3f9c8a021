package db

import (
	"context"
	"fmt"
)

// Forget makes the engine let go of old versions of rows that were deleted or
// rewritten in these tables: SQLite empties its write-ahead log, PostgreSQL
// vacuums the tables. It is called after a transaction that erased something
// whose traces matter. When others hold the database busy it does what it can;
// the next call does the rest.
func (d *DB) Forget(ctx context.Context, tables ...string) error {
	if d.engine == SQLite {
		if _, err := d.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
			return classify(fmt.Errorf("empty the write-ahead log: %w", err))
		}
		return nil
	}
	for _, t := range tables {
		if _, err := d.writer.ExecContext(ctx, `VACUUM `+quote(t)); err != nil {
			return classify(fmt.Errorf("vacuum %s: %w", t, err))
		}
	}
	return nil
}
