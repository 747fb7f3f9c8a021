package task

import (
	"embed"
	"errors"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the table of tasks.
func Migrations() db.Migrations { return db.Migrations{Area: "task", FS: migrations} }

// Desk is who has to act: a person, or whoever holds a role for a unit. A role
// without a unit is the whole agency's. Name is filled when read: what the
// person or unit is called.
type Desk struct {
	Person string
	Role   account.Role
	Unit   string
	Name   string
}

// Person returns the desk of one person of the roster.
func Person(id string) Desk { return Desk{Person: id} }

// Role returns the desk of those who hold the role for the unit, or for the
// whole agency when unit is empty.
func Role(r account.Role, unit string) Desk { return Desk{Role: r, Unit: unit} }

// Task is one thing one desk has to do.
type Task struct {
	ID      string
	Kind    string // code word with the area first: "appraisal.plan.agree"
	Subject string // what it is about, "part:0198…"
	For     Desk
	From    string // person who waits for it, empty when nobody does
	Title   Text   // what to do: "Setujui SKP Dewi Rahmawati"
	Why     Text   // one sentence why, or what was asked
	Await   Text   // how the one who waits sees it; Title when empty
	Button  string // key of the button: "Buka SKP"
	Link    string // path on this site where it is done
	Due     string // YYYY-MM-DD, empty when there is no date
	At      time.Time
	DoneAt  time.Time // zero while it is open
	DoneBy  string    // account
}

// Late reports whether the task is overdue on the day.
func (t Task) Late(today string) bool { return t.Due != "" && t.Due < today }

// Days returns for how many days the task has waited by now, in the zone of
// now; 0 on the first day.
func (t Task) Days(now time.Time) int {
	from, _ := time.Parse(time.DateOnly, t.At.In(now.Location()).Format(time.DateOnly))
	to, _ := time.Parse(time.DateOnly, now.Format(time.DateOnly))
	return max(int(to.Sub(from).Hours()/24), 0)
}

// Awaiting returns how the one who waits sees the task.
func (t Task) Awaiting() Text {
	if t.Await.Key == "" {
		return t.Title
	}
	return t.Await
}

func (t Task) openKey() string {
	return strings.Join([]string{t.Kind, t.Subject, t.For.Person, string(t.For.Role), t.For.Unit}, "\n")
}

// check finds mistakes of the program that files the task.
func (t Task) check() error {
	switch {
	case t.Kind == "" || t.Subject == "" || t.Title.Key == "":
		return errors.New("a task needs kind, subject and title")
	case (t.For.Person == "") == (t.For.Role == ""):
		return errors.New("a task is for a person or for a role")
	case t.For.Person != "" && t.For.Unit != "":
		return errors.New("a task for a person has no unit")
	case t.At.IsZero():
		return errors.New("a task needs its time")
	case !strings.HasPrefix(t.Link, "/") || strings.HasPrefix(t.Link, "//"):
		return errors.New("a task links to a page of this site")
	}
	return nil
}

var columns = []string{
	"id", "kind", "subject", "for_person", "for_role", "for_unit", "from_person",
	"title_key", "title_args", "why_key", "why_args", "await_key", "await_args",
	"button_key", "link", "due_on", "open_key", "created_at",
}

func (t Task) row() ([]any, error) {
	var args [3]string
	for i, text := range []Text{t.Title, t.Why, t.Await} {
		var err error
		if args[i], err = text.encode(); err != nil {
			return nil, err
		}
	}
	return []any{
		t.ID, t.Kind, t.Subject, t.For.Person, string(t.For.Role), t.For.Unit, t.From,
		t.Title.Key, args[0], t.Why.Key, args[1], t.Await.Key, args[2],
		t.Button, t.Link, db.Null(t.Due), t.openKey(), db.Time(t.At),
	}, nil
}

const selectColumns = `id, kind, subject, for_person, for_role, for_unit, from_person,
	title_key, title_args, why_key, why_args, await_key, await_args,
	button_key, link, due_on, created_at, done_at, done_by`

func scanTask(r db.Row) (Task, error) {
	var t Task
	var args [3]string
	var role string
	err := r.Scan(&t.ID, &t.Kind, &t.Subject, &t.For.Person, &role, &t.For.Unit, &t.From,
		&t.Title.Key, &args[0], &t.Why.Key, &args[1], &t.Await.Key, &args[2],
		&t.Button, &t.Link, db.OrZero(&t.Due), db.TimeTo(&t.At), db.TimeTo(&t.DoneAt), &t.DoneBy)
	if err != nil {
		return t, err
	}
	t.For.Role = account.Role(role)
	for i, text := range []*Text{&t.Title, &t.Why, &t.Await} {
		if *text, err = decode(text.Key, args[i]); err != nil {
			return t, err
		}
	}
	return t, nil
}
