package job

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sort"
	"time"

	"github.com/gurindam/gurindam/internal/db"
)

// claim takes up to n due jobs of the kinds this runner handles. The state is
// asked for twice: in the subquery to find them, and outside because on
// PostgreSQL another runner may have taken them in between.
func (r *Runner) claim(ctx context.Context, n int) ([]*Run, error) {
	kinds := slices.Sorted(maps.Keys(r.handlers))
	now := r.cfg.Now()
	args := []any{r.id, db.Time(now.Add(lease)), db.Time(now)}
	for _, k := range kinds {
		args = append(args, k)
	}
	args = append(args, n)
	limit := db.In(len(args), 1)
	query := `UPDATE job SET state = 'running', attempts = attempts + 1, runner = $1, lease_until = $2
		WHERE state = 'waiting' AND id IN (
			SELECT id FROM job AS due
			WHERE state = 'waiting' AND run_at <= $3 AND kind IN (` + db.In(4, len(kinds)) + `)
			AND NOT EXISTS (SELECT 1 FROM job AS other WHERE other.unique_key = due.unique_key AND other.state = 'running')
			ORDER BY run_at, id LIMIT ` + limit + `)
		RETURNING id, kind, payload, attempts, max_attempts, run_at`
	var claimed []*Run
	err := r.db.TxReadCommitted(ctx, func(tx *db.Tx) (err error) {
		claimed, err = db.All(ctx, tx, query, func(row db.Row) (*Run, error) {
			j := &Run{runner: r}
			var payload string
			err := row.Scan(&j.ID, &j.Kind, &payload, &j.Attempt, &j.max, &j.runAt)
			j.payload = []byte(payload)
			return j, err
		}, args...)
		return err
	})
	if err != nil {
		return nil, err
	}
	sort.Slice(claimed, func(i, k int) bool {
		return claimed[i].runAt < claimed[k].runAt || claimed[i].runAt == claimed[k].runAt && claimed[i].ID < claimed[k].ID
	})
	return claimed, nil
}

// Upkeep does what [Runner.Run] does from time to time: renew the leases of
// this runner, take jobs from runners that died, enqueue daily jobs, forget old
// ones.
func (r *Runner) Upkeep(ctx context.Context) error {
	now := r.cfg.Now()
	return errors.Join(r.renew(ctx, now), r.rescue(ctx, now), r.enqueueDaily(ctx, now), r.prune(ctx, now))
}

func (r *Runner) renew(ctx context.Context, now time.Time) error {
	if len(r.slots) == 0 {
		return nil
	}
	return r.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE job SET lease_until = $1 WHERE runner = $2 AND state = 'running'`, db.Time(now.Add(lease)), r.id)
		return err
	})
}

// rescue puts back the jobs of dead runners. One whose key waits again already
// is failed instead: the waiting one will do its work.
func (r *Runner) rescue(ctx context.Context, now time.Time) error {
	dead, err := db.Exists(ctx, r.db, `SELECT 1 FROM job WHERE state = 'running' AND lease_until < $1`, db.Time(now))
	if err != nil || !dead {
		return err
	}
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE job SET state = 'failed', error_key = 'job.replaced', finished_at = $1
			WHERE state = 'running' AND lease_until < $1
			AND EXISTS (SELECT 1 FROM job AS other WHERE other.unique_key = job.unique_key AND other.state = 'waiting')`, db.Time(now))
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE job SET state = CASE WHEN attempts < max_attempts THEN 'waiting' ELSE 'failed' END,
			error_key = 'job.interrupted', runner = NULL, lease_until = NULL,
			finished_at = CASE WHEN attempts < max_attempts THEN NULL ELSE $1 END
			WHERE state = 'running' AND lease_until < $1`, db.Time(now))
		return err
	})
}

// prune forgets finished jobs, some at a time.
func (r *Runner) prune(ctx context.Context, now time.Time) error {
	before := db.Time(now.Add(-r.cfg.Keep))
	old, err := db.Exists(ctx, r.db, `SELECT 1 FROM job WHERE state IN ('done', 'failed') AND finished_at < $1`, before)
	if err != nil || !old {
		return err
	}
	return r.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM job WHERE id IN (
			SELECT id FROM job WHERE state IN ('done', 'failed') AND finished_at < $1 ORDER BY finished_at LIMIT 5000)`, before)
		return err
	})
}
