package task

import (
	"context"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/internal/db"
)

// chunk is how many keys one statement asks for.
const chunk = 500

// File puts tasks on their desks, thousands in a few statements. A task that
// already waits there (same kind, subject and desk) gets the new words, link
// and date and keeps its id and the time since which it waits. Of two equal
// ones in one call the last counts.
func File(ctx context.Context, tx *db.Tx, tasks ...Task) error {
	byKey := map[string]int{}
	var fresh []Task
	for _, t := range tasks {
		if err := t.check(); err != nil {
			return fmt.Errorf("file task %q about %q: %w", t.Kind, t.Subject, err)
		}
		t.ID = db.NewID()
		if at, twice := byKey[t.openKey()]; twice {
			fresh[at] = t
			continue
		}
		byKey[t.openKey()] = len(fresh)
		fresh = append(fresh, t)
	}
	if err := keepIdentity(ctx, tx, fresh, byKey); err != nil {
		return err
	}
	rows := make([][]any, len(fresh))
	for i, t := range fresh {
		var err error
		if rows[i], err = t.row(); err != nil {
			return err
		}
	}
	return db.Upsert(ctx, tx, "task", []string{"open_key"}, columns, rows)
}

// keepIdentity gives tasks that wait already their id and time.
func keepIdentity(ctx context.Context, tx *db.Tx, tasks []Task, byKey map[string]int) error {
	type known struct {
		key, id string
		at      time.Time
	}
	for from := 0; from < len(tasks); from += chunk {
		part := tasks[from:min(from+chunk, len(tasks))]
		keys := make([]any, len(part))
		for i, t := range part {
			keys[i] = t.openKey()
		}
		found, err := db.All(ctx, tx, `SELECT open_key, id, created_at FROM task WHERE open_key IN (`+db.In(1, len(keys))+`)`,
			func(r db.Row) (known, error) {
				var k known
				err := r.Scan(&k.key, &k.id, db.TimeTo(&k.at))
				return k, err
			}, keys...)
		if err != nil {
			return err
		}
		for _, k := range found {
			t := &tasks[byKey[k.key]]
			t.ID, t.At = k.id, k.at
		}
	}
	return nil
}

// Done says which tasks are done, by which account and when. An empty Kind
// means all kinds; an empty For all desks.
type Done struct {
	Kind string
	For  Desk
	By   string
	At   time.Time
}

// Close takes the tasks about the subjects off their desks. Closing what is not
// open changes nothing.
func Close(ctx context.Context, tx *db.Tx, d Done, subjects ...string) error {
	if d.At.IsZero() {
		return fmt.Errorf("close task %q: no time", d.Kind)
	}
	for from := 0; from < len(subjects); from += chunk {
		part := subjects[from:min(from+chunk, len(subjects))]
		args := []any{d.At, d.By, d.Kind, d.For.Person, string(d.For.Role), d.For.Unit}
		for _, s := range part {
			args = append(args, s)
		}
		_, err := db.Exec(ctx, tx, `
			UPDATE task SET done_at = $1, done_by = $2, open_key = NULL
			WHERE done_at IS NULL AND ($3 = '' OR kind = $3)
			AND ($4 = '' AND $5 = '' OR for_person = $4 AND for_role = $5 AND for_unit = $6)
			AND subject IN (`+db.In(7, len(part))+`)`, args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// Hand moves what waits about the subject from one person's desk to
// another's, and keeps the time since which it waits: the superior changed.
func Hand(ctx context.Context, tx *db.Tx, subject, from, to string, at time.Time) error {
	if from == to || from == "" || to == "" {
		return nil
	}
	open, err := db.All(ctx, tx, `SELECT `+selectColumns+` FROM task
		WHERE subject = $1 AND for_person = $2 AND done_at IS NULL`, scanTask, subject, from)
	if err != nil || len(open) == 0 {
		return err
	}
	for i := range open {
		open[i].For.Person = to
	}
	if err := Close(ctx, tx, Done{For: Person(from), At: at}, subject); err != nil {
		return err
	}
	return File(ctx, tx, open...)
}

// Move says from whose desk to whose what waits about a subject goes.
type Move struct{ Subject, From, To string }

// HandAll is Hand for many subjects in a few statements.
func HandAll(ctx context.Context, tx *db.Tx, moves []Move, at time.Time) error {
	by := map[[2]string]string{}
	var subjects []string
	for _, m := range moves {
		if m.From != m.To && m.From != "" && m.To != "" {
			by[[2]string{m.Subject, m.From}] = m.To
			subjects = append(subjects, m.Subject)
		}
	}
	var ids []any
	var handed []Task
	for from := 0; from < len(subjects); from += chunk {
		part := subjects[from:min(from+chunk, len(subjects))]
		args := make([]any, len(part))
		for i, s := range part {
			args[i] = s
		}
		open, err := db.All(ctx, tx, `SELECT `+selectColumns+` FROM task
			WHERE done_at IS NULL AND subject IN (`+db.In(1, len(args))+`)`, scanTask, args...)
		if err != nil {
			return err
		}
		for _, t := range open {
			if to, moves := by[[2]string{t.Subject, t.For.Person}]; moves {
				ids = append(ids, t.ID)
				t.For.Person = to
				handed = append(handed, t)
			}
		}
	}
	for from := 0; from < len(ids); from += chunk {
		part := ids[from:min(from+chunk, len(ids))]
		if _, err := db.Exec(ctx, tx, `UPDATE task SET done_at = $1, open_key = NULL WHERE id IN (`+db.In(2, len(part))+`)`, append([]any{at}, part...)...); err != nil {
			return err
		}
	}
	return File(ctx, tx, handed...)
}
