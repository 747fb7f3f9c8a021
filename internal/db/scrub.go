package db

import (
	"context"
	"fmt"
	"time"
)

// Scrub is [DB.Forget] for small tables of which not one old byte may stay, such
// as keys: PostgreSQL writes them anew instead of only freeing the space. It
// waits until nobody else uses the tables, and a while for those who could
// still see a deleted row (an ANALYZE, a long report): what they can see would
// be copied.
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
		began := time.Now()
		if _, err := d.writer.ExecContext(ctx, `VACUUM (FULL) `+quote(t)); err != nil {
			return classify(fmt.Errorf("write %s anew: %w", t, err))
		}
		d.watch(ctx, "VACUUM (FULL)", began)
	}
	return nil
}

// seesOld counts the other connections to this database that hold a snapshot.
const seesOld = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL`
