package task

import (
	"context"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

// Names tells what people and units are called. org implements it.
type Names interface {
	// PeopleNames returns the names of people by id; unknown ids are absent.
	PeopleNames(ctx context.Context, ids []string) (map[string]string, error)
	// UnitNames returns the names of units by id; unknown ids are absent.
	UnitNames(ctx context.Context, ids []string) (map[string]string, error)
}

// Inbox reads what waits. It is safe for concurrent use.
type Inbox struct {
	db    *db.DB
	tree  account.Tree
	names Names
}

// NewInbox returns the inbox of a database. tree decides which units a role
// reaches; names may be nil, then desks have no names.
func NewInbox(d *db.DB, tree account.Tree, names Names) *Inbox {
	return &Inbox{db: d, tree: tree, names: names}
}

// When chooses tasks by their date.
type When string

// The choices.
const (
	Any     When = ""
	Overdue When = "late"   // the date has passed
	Soon    When = "soon"   // today and the next seven days
	Undated When = "nodate" // without a date
)

// Filter chooses a part of a list.
type Filter struct {
	Kind   string
	When   When
	Today  string // needed for Overdue and Soon
	Until  string // last day of Soon
	Limit  int    // 0 means all
	Offset int
}

// Waiting returns what waits for the actor, the earliest date first, undated
// last.
func (b *Inbox) Waiting(ctx context.Context, actor account.Actor, f Filter) ([]Task, error) {
	w, err := b.reach(ctx, actor)
	if err != nil || w.none() {
		return nil, err
	}
	text := `SELECT ` + selectColumns + ` FROM (` + w.union(selectColumns) + `) AS mine` + w.filter(f) +
		` ORDER BY due_on NULLS LAST, created_at, id` + page(f)
	return db.All(ctx, b.db, text, scanTask, w.args...)
}

func page(f Filter) string {
	if f.Limit <= 0 {
		return ""
	}
	return ` LIMIT ` + strconv.Itoa(f.Limit) + ` OFFSET ` + strconv.Itoa(max(f.Offset, 0))
}

// Count is how many tasks of one kind wait. Button is the key of their button,
// which tells a reader what they are.
type Count struct {
	Kind, Button string
	All, Late    int
	Soon         int
	Undated      int
}

// Counts returns what waits for the actor by kind, in the order of the kinds.
// until is the last day that counts as soon.
func (b *Inbox) Counts(ctx context.Context, actor account.Actor, today, until string) ([]Count, error) {
	w, err := b.reach(ctx, actor)
	if err != nil || w.none() {
		return nil, err
	}
	t, u := w.arg(today), w.arg(until)
	arms := w.union(`kind, button_key, due_on`)
	return db.All(ctx, b.db, `SELECT kind, max(button_key), count(*), count(*) FILTER (WHERE due_on < `+t+`),
		count(*) FILTER (WHERE due_on >= `+t+` AND due_on <= `+u+`), count(*) FILTER (WHERE due_on IS NULL)
		FROM (`+arms+`) AS mine GROUP BY kind ORDER BY kind`, func(r db.Row) (Count, error) {
		var c Count
		err := r.Scan(&c.Kind, &c.Button, &c.All, &c.Late, &c.Soon, &c.Undated)
		return c, err
	}, w.args...)
}

// TasksBadge is the badge of everything that waits.
const TasksBadge = "tasks"

// Badges returns how much waits for the actor: everything under TasksBadge, and
// by every beginning of a kind, so that "appraisal.feedback" counts
// "appraisal.feedback.give" too. It implements web.Counter.
func (b *Inbox) Badges(ctx context.Context, actor account.Actor) (map[string]int, error) {
	badges := map[string]int{}
	w, err := b.reach(ctx, actor)
	if err != nil || w.none() {
		return badges, err
	}
	type count struct {
		kind string
		n    int
	}
	counts, err := db.All(ctx, b.db, `SELECT kind, count(*) FROM (`+w.union(`kind`)+`) AS mine GROUP BY kind`,
		func(r db.Row) (count, error) {
			var c count
			err := r.Scan(&c.kind, &c.n)
			return c, err
		}, w.args...)
	if err != nil {
		return nil, err
	}
	for _, c := range counts {
		badges[TasksBadge] += c.n
		for i := 0; i >= 0; {
			next := strings.IndexByte(c.kind[i:], '.')
			if next < 0 {
				badges[c.kind] += c.n
				break
			}
			badges[c.kind[:i+next]] += c.n
			i += next + 1
		}
	}
	return badges, nil
}

// Finished returns what the actor's account has done, newest first.
func (b *Inbox) Finished(ctx context.Context, actor account.Actor, f Filter) ([]Task, error) {
	if !actor.SignedIn() {
		return nil, nil
	}
	return db.All(ctx, b.db, `SELECT `+selectColumns+` FROM task WHERE done_by = $1 AND done_at IS NOT NULL
		ORDER BY done_at DESC, id`+page(f), scanTask, actor.ID)
}
