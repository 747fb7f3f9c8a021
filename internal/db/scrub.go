package db

import (
	"context"
	"fmt"
	"time"
)

// Scrub is [DB.Forget] for small tables of which not one old byte may stay, such
// as keys: PostgreSQL gets a new file for each with the rows that live and
// throws the old one away. It waits a while for those who could still see a
// deleted row (a long report): to them the table would seem empty.
//
// VACUUM FULL would not do: it copies every row that any snapshot might still
// see, and a connection that is only just being made counts as one that might.
// No table may refer to the tables.
func (d *DB) Scrub(ctx context.Context, tables ...string) error {
	if d.engine == SQLite {
		return d.Forget(ctx, tables...)
	}
	for range 100 {
		n, err := One(ctx, d, seesOld, Value[int])
		if err != nil || n == 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	for _, t := range tables {
		if err := d.TxReadCommitted(ctx, func(tx *Tx) error { return anew(ctx, tx, t) }); err != nil {
			return fmt.Errorf("write %s anew: %w", t, err)
		}
	}
	return nil
}

// anew puts the rows of a table into a new file, with PostgreSQL.
func anew(ctx context.Context, tx *Tx, table string) error {
	t := quote(table)
	for _, command := range []string{
		`LOCK TABLE ` + t + ` IN ACCESS EXCLUSIVE MODE`,
		`CREATE TEMP TABLE kept_rows ON COMMIT DROP AS SELECT * FROM ` + t,
		`TRUNCATE ` + t,
		`INSERT INTO ` + t + ` SELECT * FROM kept_rows`,
	} {
		if _, err := Exec(ctx, tx, command); err != nil {
			return err
		}
	}
	return nil
}

// seesOld counts the other connections to this database that hold a snapshot.
const seesOld = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL`
