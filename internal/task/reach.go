package task

import (
	"context"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

// reach is where an actor's tasks lie: the own desk, roles for the whole
// agency, and roles with the units in which something waits for them. Its
// arguments are numbered in the order in which they are asked for.
type reach struct {
	person string
	whole  []account.Role
	units  map[account.Role][]string
	order  []account.Role // of units, so that the statement is always the same
	args   []any
}

func (w *reach) none() bool { return w.person == "" && len(w.whole) == 0 && len(w.order) == 0 }

// arg adds an argument and returns its placeholder.
func (w *reach) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

// reach finds which role desks the actor sits at. Roles bound to a unit are
// resolved by asking which units have something waiting, which are few.
func (b *Inbox) reach(ctx context.Context, actor account.Actor) (*reach, error) {
	w := &reach{person: actor.PersonID, units: map[account.Role][]string{}}
	bound := map[account.Role][]string{}
	var asked []account.Role
	for _, g := range actor.Grants {
		if g.Unit == "" {
			w.whole = append(w.whole, g.Role)
			continue
		}
		if bound[g.Role] == nil {
			asked = append(asked, g.Role)
		}
		bound[g.Role] = append(bound[g.Role], g.Unit)
	}
	if len(asked) == 0 {
		return w, nil
	}
	args := make([]any, len(asked))
	for i, r := range asked {
		args[i] = string(r)
	}
	desks, err := db.All(ctx, b.db, `SELECT DISTINCT for_role, for_unit FROM task
		WHERE done_at IS NULL AND for_role IN (`+db.In(1, len(args))+`) AND for_unit <> '' ORDER BY for_role, for_unit`,
		func(r db.Row) (Desk, error) {
			var d Desk
			var role string
			err := r.Scan(&role, &d.Unit)
			d.Role = account.Role(role)
			return d, err
		}, args...)
	if err != nil {
		return nil, err
	}
	return w, b.within(ctx, w, desks, bound)
}

// within keeps the desks whose unit lies in one the role is bound to.
func (b *Inbox) within(ctx context.Context, w *reach, desks []Desk, bound map[account.Role][]string) error {
	for _, d := range desks {
		for _, unit := range bound[d.Role] {
			in, err := b.tree.Within(ctx, d.Unit, unit)
			if err != nil {
				return err
			}
			if !in {
				continue
			}
			if w.units[d.Role] == nil {
				w.order = append(w.order, d.Role)
			}
			w.units[d.Role] = append(w.units[d.Role], d.Unit)
			break
		}
	}
	return nil
}

// union returns a statement that gives the columns of every open task within
// reach, each once: a task is for a person or for one role, and a role held
// for the whole agency makes its units superfluous.
func (w *reach) union(columns string) string {
	var arms []string
	arm := func(where string) {
		arms = append(arms, `SELECT `+columns+` FROM task WHERE done_at IS NULL AND `+where)
	}
	if w.person != "" {
		arm(`for_person = ` + w.arg(w.person))
	}
	seen := map[account.Role]bool{}
	for _, r := range w.whole {
		if !seen[r] {
			arm(`for_role = ` + w.arg(string(r)))
		}
		seen[r] = true
	}
	for _, r := range w.order {
		if seen[r] {
			continue
		}
		role := w.arg(string(r))
		places := make([]string, len(w.units[r]))
		for i, u := range w.units[r] {
			places[i] = w.arg(u)
		}
		arm(`for_role = ` + role + ` AND for_unit IN (` + strings.Join(places, ", ") + `)`)
	}
	return strings.Join(arms, ` UNION ALL `)
}

// filter returns the conditions of a list.
func (w *reach) filter(f Filter) string {
	var all []string
	if f.Kind != "" {
		all = append(all, `kind = `+w.arg(f.Kind))
	}
	switch f.When {
	case Overdue:
		all = append(all, `due_on < `+w.arg(f.Today))
	case Soon:
		all = append(all, `due_on >= `+w.arg(f.Today), `due_on <= `+w.arg(f.Until))
	case Undated:
		all = append(all, `due_on IS NULL`)
	}
	if len(all) == 0 {
		return ""
	}
	return ` WHERE ` + strings.Join(all, ` AND `)
}
