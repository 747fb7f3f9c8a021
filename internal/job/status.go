package job

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// State is where a job stands.
type State string

// The states.
const (
	Waiting State = "waiting"
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed"
)

// Message is a translation key with its arguments, numbers being float64.
type Message struct {
	Key  string
	Args []any
}

// Status is what a page shows of a job.
type Status struct {
	ID       string
	Kind     string
	Key      string
	State    State
	RunAt    time.Time // when it is or was due
	Attempts int       // begun so far
	Done     int64     // of Total
	Total    int64     // 0 while it is not known
	Progress Message   // what it is doing, Key "" when it has not said
	Problem  Message   // why it failed or is tried again, Key "" when nothing went wrong
	Created  time.Time
	Finished time.Time // zero while it is not done or failed
}

// Percent returns how much is done, 0 to 100, and 0 while the total is unknown.
func (s Status) Percent() int {
	if s.Total <= 0 {
		return 0
	}
	return int(min(100, s.Done*100/s.Total))
}

// Over reports whether nothing more will happen.
func (s Status) Over() bool { return s.State == Done || s.State == Failed }

const selectStatus = `SELECT id, kind, unique_key, state, run_at, attempts, progress_done, progress_total,
	progress_key, progress_args, error_key, error_args, created_at, finished_at FROM job `

func scanStatus(r db.Row) (Status, error) {
	var s Status
	var progress, problem string
	err := r.Scan(&s.ID, &s.Kind, db.OrZero(&s.Key), &s.State, db.TimeTo(&s.RunAt), &s.Attempts, &s.Done, &s.Total,
		&s.Progress.Key, &progress, &s.Problem.Key, &problem, db.TimeTo(&s.Created), db.TimeTo(&s.Finished))
	if err != nil {
		return s, err
	}
	return s, errors.Join(json.Unmarshal([]byte(progress), &s.Progress.Args), json.Unmarshal([]byte(problem), &s.Problem.Args))
}

// Get returns how a job stands, or a NotFound fault.
func Get(ctx context.Context, q db.Queryer, id string) (Status, error) {
	s, err := db.One(ctx, q, selectStatus+`WHERE id = $1`, scanStatus, id)
	if errors.Is(err, db.ErrNone) {
		return s, fault.Missing("job.none")
	}
	return s, err
}

// Last returns the newest job of a key, or a NotFound fault.
func Last(ctx context.Context, q db.Queryer, key string) (Status, error) {
	s, err := db.One(ctx, q, selectStatus+`WHERE unique_key = $1 ORDER BY id DESC LIMIT 1`, scanStatus, key)
	if errors.Is(err, db.ErrNone) {
		return s, fault.Missing("job.none")
	}
	return s, err
}

// Recent returns the newest jobs, at most limit, of one state or of all when it
// is empty.
func Recent(ctx context.Context, q db.Queryer, state State, limit int) ([]Status, error) {
	if state == "" {
		return db.All(ctx, q, selectStatus+`ORDER BY id DESC LIMIT $1`, scanStatus, limit)
	}
	return db.All(ctx, q, selectStatus+`WHERE state = $1 ORDER BY id DESC LIMIT $2`, scanStatus, string(state), limit)
}

// Count returns how many jobs are in each state, for metrics.
func Count(ctx context.Context, q db.Queryer) (map[State]int64, error) {
	counts := map[State]int64{}
	err := db.Each(ctx, q, `SELECT state, count(*) FROM job GROUP BY state`, func(r db.Row) error {
		var s State
		var n int64
		err := r.Scan(&s, &n)
		counts[s] = n
		return err
	})
	return counts, err
}
