package job

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/internal/db"
)

//go:embed migration/*.sql
var migrations embed.FS

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

// Migrations returns the tables of the jobs.
func Migrations() db.Migrations { return db.Migrations{Area: "job", FS: migrations} }

// topic is rung when a job was enqueued.
const topic = "job"

// Task is work to be enqueued.
type Task struct {
	// Kind chooses the handler: "roster.import".
	Kind string
	// Payload is anything encoding/json can write. Put ids into it, not people.
	Payload any
	// Key, if set, makes the task wait at most once.
	Key string
	// At is the earliest moment; the zero time is at once.
	At time.Time
	// Attempts is how often it is tried; 0 means 5.
	Attempts int
}

// Enqueue inserts the task in the caller's transaction and returns its id. When
// a task of the same Key waits already it returns that one's id.
func Enqueue(ctx context.Context, tx *db.Tx, now time.Time, t Task) (string, error) {
	ids, err := EnqueueAll(ctx, tx, now, []Task{t})
	if err != nil {
		return "", err
	}
	if t.Key == "" {
		return ids[0], nil
	}
	return db.One(ctx, tx, `SELECT id FROM job WHERE unique_key = $1 AND state = 'waiting'`, db.Value[string], t.Key)
}

// EnqueueAll inserts many tasks and returns an id for each. Those of tasks
// whose Key waits already are not used.
func EnqueueAll(ctx context.Context, tx *db.Tx, now time.Time, tasks []Task) ([]string, error) {
	var plain, keyed [][]any
	ids := make([]string, len(tasks))
	for i, t := range tasks {
		payload, err := json.Marshal(t.Payload)
		if err != nil {
			return nil, fmt.Errorf("payload of job %s: %w", t.Kind, err)
		}
		at, attempts := t.At, t.Attempts
		if at.IsZero() {
			at = now
		}
		if attempts == 0 {
			attempts = 5
		}
		ids[i] = db.NewID()
		row := []any{ids[i], t.Kind, string(payload), db.Null(t.Key), "waiting", db.Time(at), attempts, db.Time(now)}
		if t.Key == "" {
			plain = append(plain, row)
		} else {
			keyed = append(keyed, row)
		}
	}
	columns := []string{"id", "kind", "payload", "unique_key", "state", "run_at", "max_attempts", "created_at"}
	if err := db.Insert(ctx, tx, "job", columns, plain); err != nil {
		return nil, err
	}
	if err := db.InsertNew(ctx, tx, "job", "(unique_key) WHERE state = 'waiting'", columns, keyed); err != nil {
		return nil, err
	}
	tx.Wake(topic)
	return ids, nil
}
