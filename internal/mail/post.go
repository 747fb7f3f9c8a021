package mail

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/job"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

// Migrations returns the table of letters that wait.
func Migrations() db.Migrations { return db.Migrations{Area: "mail", FS: migrations} }

// jobKind sends one letter.
const jobKind = "mail.send"

// attempts is how often a letter is tried: over about two hours.
const attempts = 12

// Post takes letters and sends them. The nil Post takes none. It is safe for
// concurrent use.
type Post struct {
	db    *db.DB
	carry carrier
	now   func() time.Time
}

// carrier brings a letter to its reader.
type carrier interface {
	carry(ctx context.Context, l Letter) error
}

// New returns the post of a configuration; nil, which sends nothing, when
// neither a server nor a directory is set.
func New(d *db.DB, c Config, now func() time.Time) (*Post, error) {
	carry, err := c.carrier()
	if err != nil || carry == nil {
		return nil, err
	}
	return &Post{db: d, carry: carry, now: now}, nil
}

// On reports whether letters are sent.
func (p *Post) On() bool { return p != nil }

// Handle registers the job that sends letters.
func (p *Post) Handle(r *job.Runner) {
	if p.On() {
		r.Handle(jobKind, p.deliver)
	}
}

// Send stores letters in the caller's transaction; jobs send them afterwards.
func (p *Post) Send(ctx context.Context, tx *db.Tx, letters ...Letter) error {
	if !p.On() || len(letters) == 0 {
		return nil
	}
	rows := make([][]any, len(letters))
	tasks := make([]job.Task, len(letters))
	for i, l := range letters {
		if err := l.check(); err != nil {
			return err
		}
		body, err := json.Marshal(l)
		if err != nil {
			return fmt.Errorf("write letter: %w", err)
		}
		id := db.NewID()
		rows[i] = []any{id, string(body), db.Time(p.now())}
		tasks[i] = job.Task{Kind: jobKind, Payload: waiting{id}, Attempts: attempts}
	}
	if err := db.Insert(ctx, tx, "mail_letter", []string{"id", "body", "created_at"}, rows); err != nil {
		return err
	}
	_, err := job.EnqueueAll(ctx, tx, p.now(), tasks)
	return err
}

// waiting is the payload of a job: the letter, not its reader.
type waiting struct {
	Letter string `json:"letter"`
}

// deliver sends one letter and erases it. A letter the server refuses for good
// is erased too.
func (p *Post) deliver(ctx context.Context, r *job.Run) error {
	var w waiting
	if err := r.Payload(&w); err != nil {
		return err
	}
	body, err := db.One(ctx, p.db, `SELECT body FROM mail_letter WHERE id = $1`, db.Value[string], w.Letter)
	if fault.Is(err, fault.NotFound) {
		return nil // sent before, or its reader unsubscribed
	}
	if err != nil {
		return err
	}
	var l Letter
	if err := json.Unmarshal([]byte(body), &l); err != nil {
		return fmt.Errorf("stored letter %s: %w", w.Letter, err)
	}
	err = p.carry.carry(ctx, l)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	return r.Finish(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM mail_letter WHERE id = $1`, w.Letter)
		return err
	})
}
