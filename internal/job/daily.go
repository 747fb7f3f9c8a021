package job

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/internal/db"
)

// daily is a job enqueued once a day.
type daily struct {
	kind  string
	after time.Duration // since midnight in the runner's zone
}

// Daily enqueues a job of the kind once a day from hour:minute on, without
// payload. Of several servers one does it; a day on which no server ran is left
// out.
func (r *Runner) Daily(kind string, hour, minute int) {
	r.daily = append(r.daily, daily{kind, time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute})
}

// enqueueDaily enqueues the daily jobs whose time has come today.
func (r *Runner) enqueueDaily(ctx context.Context, now time.Time) error {
	local := now.In(r.cfg.Zone)
	today := local.Format(time.DateOnly)
	clock := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute
	var due []daily
	for _, d := range r.daily {
		if clock >= d.after {
			due = append(due, d)
		}
	}
	if len(due) == 0 {
		return nil
	}
	done, err := db.All(ctx, r.db, `SELECT kind FROM job_daily WHERE last_on >= $1`, db.Value[string], today)
	if err != nil {
		return err
	}
	past := map[string]bool{}
	for _, kind := range done {
		past[kind] = true
	}
	for _, d := range due {
		if past[d.kind] {
			continue
		}
		if err := r.enqueueToday(ctx, d.kind, today, now); err != nil {
			return err
		}
	}
	return nil
}

func (r *Runner) enqueueToday(ctx context.Context, kind, today string, now time.Time) error {
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `INSERT INTO job_daily (kind, last_on) VALUES ($1, $2)
			ON CONFLICT (kind) DO UPDATE SET last_on = excluded.last_on WHERE job_daily.last_on < excluded.last_on`, kind, today)
		if err != nil || n == 0 { // another server was quicker
			return err
		}
		_, err = Enqueue(ctx, tx, now, Task{Kind: kind, Payload: today, Key: "daily:" + kind})
		return err
	})
}
