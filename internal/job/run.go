package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Run is one attempt at a job, handed to its handler.
type Run struct {
	ID      string
	Kind    string
	Attempt int // 1 for the first

	max      int
	runAt    string
	payload  []byte
	runner   *Runner
	finished bool

	mu   sync.Mutex
	told time.Time // when progress was last written
}

// errLost is returned when another runner holds the job by now.
var errLost = errors.New("job: the lease was lost, another runner has the job")

// Payload reads the task's payload into v.
func (r *Run) Payload(v any) error {
	if err := json.Unmarshal(r.payload, v); err != nil {
		return fault.Wrong("job.payload", r.Kind).Because(err)
	}
	return nil
}

// Progress tells pages how far the work is. It writes at most about five times
// a second, and always when done reaches total; an error is not the work's.
func (r *Run) Progress(ctx context.Context, done, total int64, key string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if done < total && time.Since(r.told) < 200*time.Millisecond {
		return
	}
	r.told = time.Now()
	err := r.runner.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE job SET progress_done = $1, progress_total = $2, progress_key = $3, progress_args = $4
			WHERE id = $5 AND runner = $6 AND state = 'running'`, done, total, key, jsonArgs(args), r.ID, r.runner.id)
		return err
	})
	if err != nil && ctx.Err() == nil {
		r.runner.cfg.Log.WarnContext(ctx, "job: progress not written", "job", r.ID, "err", err)
	}
}

// Finish runs fn and marks the job done in one transaction, so that what fn
// writes is written exactly once. Call it last in the handler; without it the
// job is marked done after the handler.
func (r *Run) Finish(ctx context.Context, fn func(tx *db.Tx) error) error {
	err := r.runner.db.Tx(ctx, func(tx *db.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return r.markDone(ctx, tx)
	})
	r.finished = err == nil
	return err
}

func (r *Run) markDone(ctx context.Context, tx *db.Tx) error {
	return r.close(ctx, tx, `state = 'done', error_key = '', error_args = '[]', error = '', finished_at = $1`, db.Time(r.runner.cfg.Now()))
}

// close changes the row unless the lease was lost.
func (r *Run) close(ctx context.Context, tx *db.Tx, set string, args ...any) error {
	n := len(args)
	where := fmt.Sprintf(` WHERE id = $%d AND runner = $%d AND attempts = $%d AND state = 'running'`, n+1, n+2, n+3)
	rows, err := db.Exec(ctx, tx, `UPDATE job SET `+set+where, append(args, r.ID, r.runner.id, r.Attempt)...)
	if err == nil && rows == 0 {
		return errLost
	}
	return err
}

// execute runs the handler and writes what became of it.
func (r *Runner) execute(ctx context.Context, run *Run) {
	log := r.cfg.Log.With("job", run.ID, "kind", run.Kind, "attempt", run.Attempt)
	err := protect(ctx, r.handlers[run.Kind], run)
	// The result is written even when the work was interrupted.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	switch {
	case run.finished && err != nil:
		log.ErrorContext(ctx, "job: failed after it was finished", "err", err)
		return
	case run.finished:
		return
	case err == nil:
		err = r.db.TxReadCommitted(last, func(tx *db.Tx) error { return run.markDone(last, tx) })
	case ctx.Err() != nil:
		err = run.putBack(last)
	case errors.Is(err, errLost):
	default:
		log.ErrorContext(ctx, "job: failed", "err", err)
		err = run.fail(last, err)
	}
	if err != nil {
		log.ErrorContext(ctx, "job: the result could not be written", "err", err)
	}
}

// protect turns a panic of the handler into an error.
func protect(ctx context.Context, h Handler, run *Run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h(ctx, run)
}

// putBack lets an interrupted job be claimed again at once; the attempt does
// not count.
func (r *Run) putBack(ctx context.Context) error {
	return r.runner.db.Tx(ctx, func(tx *db.Tx) error {
		if done, err := r.replaced(ctx, tx); done || err != nil {
			return err
		}
		return r.close(ctx, tx, `state = 'waiting', attempts = attempts - 1, runner = NULL, lease_until = NULL`)
	})
}

// fail lets the job be tried again later, or fails it for good.
func (r *Run) fail(ctx context.Context, cause error) error {
	key, args := "job.failed", []any{}
	var f *fault.Error
	if errors.As(cause, &f) {
		key, args = f.Key, f.Args
	}
	now := r.runner.cfg.Now()
	return r.runner.db.Tx(ctx, func(tx *db.Tx) error {
		if lasting(cause) || r.Attempt >= r.max {
			return r.close(ctx, tx, `state = 'failed', error_key = $1, error_args = $2, error = $3, finished_at = $4`,
				key, jsonArgs(args), text(cause), db.Time(now))
		}
		if done, err := r.replaced(ctx, tx); done || err != nil {
			return err
		}
		return r.close(ctx, tx, `state = 'waiting', error_key = $1, error_args = $2, error = $3, run_at = $4, runner = NULL, lease_until = NULL`,
			key, jsonArgs(args), text(cause), db.Time(now.Add(pause(r.Attempt))))
	})
}

// replaced fails the job and reports true when another of its key waits, which
// will do its work.
func (r *Run) replaced(ctx context.Context, tx *db.Tx) (bool, error) {
	other, err := db.Exists(ctx, tx, `SELECT 1 FROM job JOIN job AS other ON other.unique_key = job.unique_key
		WHERE job.id = $1 AND other.state = 'waiting'`, r.ID)
	if err != nil || !other {
		return false, err
	}
	return true, r.close(ctx, tx, `state = 'failed', error_key = 'job.replaced', finished_at = $1`, db.Time(r.runner.cfg.Now()))
}

// pause is the wait before the next attempt: 10, 40, 90 … seconds, at most an
// hour.
func pause(attempt int) time.Duration {
	return min(time.Duration(attempt*attempt)*10*time.Second, time.Hour)
}

// lasting reports an error that trying again does not mend.
func lasting(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotFound, fault.Conflict, fault.Forbidden, fault.Unauthenticated:
		return true
	}
	return false
}

// text is the error as it is kept for the operator, of bounded length.
func text(err error) string {
	s := err.Error()
	if len(s) > 4000 {
		s = s[:4000]
	}
	return cleanText(s)
}
