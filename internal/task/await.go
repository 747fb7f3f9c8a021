package task

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

// Awaited is something the actor waits for, and the desks it lies on.
type Awaited struct {
	Task
	Desks []Desk
}

// maxAwaited bounds how many open tasks one person's list reads.
const maxAwaited = 500

// Awaited returns what the actor waits for, longest waiting first. The same
// thing asked of several people is one entry with several desks.
func (b *Inbox) Awaited(ctx context.Context, actor account.Actor) ([]Awaited, error) {
	if actor.PersonID == "" {
		return nil, nil
	}
	open, err := db.All(ctx, b.db, `SELECT `+selectColumns+` FROM task
		WHERE from_person = $1 AND done_at IS NULL ORDER BY created_at, id LIMIT $2`, scanTask, actor.PersonID, maxAwaited)
	if err != nil {
		return nil, err
	}
	var list []Awaited
	at := map[[2]string]int{}
	for _, t := range open {
		key := [2]string{t.Kind, t.Subject}
		i, known := at[key]
		if !known {
			i = len(list)
			at[key] = i
			list = append(list, Awaited{Task: t})
		}
		list[i].Desks = append(list[i].Desks, t.For)
	}
	return list, b.name(ctx, list)
}

// name fills what the desks are called.
func (b *Inbox) name(ctx context.Context, list []Awaited) error {
	if b.names == nil {
		return nil
	}
	var people, units []string
	for _, a := range list {
		for _, d := range a.Desks {
			if d.Person != "" {
				people = append(people, d.Person)
			}
			if d.Unit != "" {
				units = append(units, d.Unit)
			}
		}
	}
	personNames, err := named(ctx, people, b.names.PeopleNames)
	if err != nil {
		return err
	}
	unitNames, err := named(ctx, units, b.names.UnitNames)
	if err != nil {
		return err
	}
	for i := range list {
		for j := range list[i].Desks {
			d := &list[i].Desks[j]
			d.Name = personNames[d.Person] + unitNames[d.Unit] // one of them is empty
		}
	}
	return nil
}

func named(ctx context.Context, ids []string, ask func(context.Context, []string) (map[string]string, error)) (map[string]string, error) {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return nil, nil
	}
	return ask(ctx, ids)
}
