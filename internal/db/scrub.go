package db

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Scrub takes what was deleted from the tables out of their files, for the few
// things that must not be found there: PostgreSQL writes the tables anew,
// SQLite empties its write-ahead log into the database. It is for small tables
// and outside of transactions; a table that is in use keeps its old bytes until
// the next time, which is no error.
//
// It cannot reach PostgreSQL's own log, backups or what a disk keeps.
func (d *DB) Scrub(ctx context.Context, tables ...string) error {
	if d.engine == SQLite {
		_, err := d.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
		return scrubbed(err)
	}
	var failed []error
	for _, t := range tables {
		began := time.Now()
		_, err := d.writer.ExecContext(ctx, `VACUUM (FULL) `+t)
		d.watch(ctx, "VACUUM", began)
		failed = append(failed, scrubbed(err))
	}
	return errors.Join(failed...)
}

// scrubbed passes over a table or log that others hold just now.
func scrubbed(err error) error {
	if err == nil || isConflict(err) {
		return nil
	}
	return fmt.Errorf("scrub: %w", err)
}
