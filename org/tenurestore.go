package org

import (
	"cmp"
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
)

var tenureColumns = []string{
	"id", "person_id", "position_id", "kind", "valid_from", "valid_to", "decree", "note", "extended_on", "extension_decree", "created_at",
}

func tenureRow(t Tenure, now string) []any {
	return []any{
		t.ID, t.Person, t.Position, string(t.Kind), string(t.From), db.Null(string(t.To)), t.Decree, t.Note, string(t.ExtendedOn), t.ExtensionDecree, now,
	}
}

// AddTenures stores new tenures as they are. A missing ID is made. That nobody
// holds two positions definitively on one day is the caller's care: PutPosts
// and Service take it.
func (s *Store) AddTenures(ctx context.Context, tx *db.Tx, tenures []Tenure) error {
	rows := make([][]any, len(tenures))
	now := db.Time(s.now())
	for i, t := range tenures {
		if t.ID == "" {
			t.ID = db.NewID()
		}
		rows[i] = tenureRow(t, now)
	}
	return editStaff(ctx, tx, func() error { return db.Insert(ctx, tx, "tenure", tenureColumns, rows) })
}

// saveTenures changes tenures that are there.
func saveTenures(ctx context.Context, tx *db.Tx, tenures []Tenure) error {
	rows, ids := make([][]any, len(tenures)), make([]any, len(tenures))
	slices.SortStableFunc(tenures, func(a, b Tenure) int { return cmp.Compare(a.From, b.From) })
	columns := tenureColumns[:len(tenureColumns)-1]
	for i, t := range tenures {
		rows[i], ids[i] = tenureRow(t, "")[:len(columns)], t.ID
	}
	if err := db.Upsert(ctx, tx, "tenure", []string{"id"}, columns, rows); err != nil {
		return err
	}
	t := table[Unit, *Unit]{identity: "tenure"}
	return t.touch(ctx, tx, ids)
}

func tenuresOfPeople(ctx context.Context, q db.Queryer, ids []string) (map[string][]Tenure, error) {
	all := make(map[string][]Tenure, len(ids))
	for len(ids) > 0 {
		n := min(len(ids), batchOf)
		args := make([]any, n)
		for i, id := range ids[:n] {
			args[i] = id
		}
		rows, err := db.All(ctx, q, selectTenure+`WHERE t.person_id IN (`+db.In(1, n)+`) ORDER BY t.person_id, t.valid_from, t.id`, scanTenure, args...)
		if err != nil {
			return nil, err
		}
		for _, t := range rows {
			all[t.Person] = append(all[t.Person], t)
		}
		ids = ids[n:]
	}
	return all, nil
}

// PutPosts makes each record's person hold its position definitively on a day,
// as a snapshot of that day says. The tenure before ends when the new one
// begins: on the record's own From where nothing is in its way, else on the
// day. Kind, To and ID of the records are ignored. It returns what became of
// each record.
func (s *Store) PutPosts(ctx context.Context, tx *db.Tx, on Day, posts []Tenure) ([]Outcome, error) {
	outcomes := make([]Outcome, len(posts))
	err := editStaff(ctx, tx, func() error {
		known, err := tenuresOfPeople(ctx, tx, idsOf(posts, func(t Tenure) string { return t.Person }))
		if err != nil {
			return err
		}
		var end []Tenure
		var add [][]any
		now := db.Time(s.now())
		for i, p := range posts {
			m := move(known[p.Person], on, p)
			outcomes[i] = m.outcome
			end = append(end, m.ended...)
			if m.outcome == Created || m.outcome == Updated && m.begun.ID == "" {
				m.begun.ID = db.NewID()
				add = append(add, tenureRow(m.begun, now))
			}
		}
		if err := saveTenures(ctx, tx, end); err != nil {
			return err
		}
		return db.Insert(ctx, tx, "tenure", tenureColumns, add)
	})
	return outcomes, err
}

// moved is what a move into a post changes.
type moved struct {
	outcome Outcome
	ended   []Tenure // tenures that are there, changed
	begun   Tenure   // the new one; without one the ID is not empty
}

// move returns what must change so that a person holds a post definitively on
// a day. tenures are the person's, in order.
func move(tenures []Tenure, on Day, post Tenure) moved {
	start := began(post.From, on)
	to := Day("")
	outcome := Created
	var current Tenure
	for _, t := range tenures {
		if t.Kind != Definitive {
			continue
		}
		outcome = Updated
		switch {
		case holds(t.From, t.To, on):
			current, to = t, t.To
		case t.From > on:
			to = earlier(to, t.From)
		case t.To > start: // ended before the day, but after the new one would begin
			start = t.To
		}
	}
	if current.ID != "" && current.Position == post.Position {
		return moved{outcome: Unchanged}
	}
	begun := Tenure{Person: post.Person, Position: post.Position, Kind: Definitive, From: start, To: to, Decree: post.Decree, Note: post.Note}
	if current.ID == "" {
		return moved{outcome: outcome, begun: begun}
	}
	if start <= current.From {
		begun.From = on
	}
	if current.From == begun.From { // it never was: the record itself is changed
		current.Position, current.Decree = post.Position, post.Decree
		return moved{outcome: Updated, ended: []Tenure{current}, begun: current}
	}
	current.To = begun.From
	return moved{outcome: Updated, ended: []Tenure{current}, begun: begun}
}

// Overrides of evaluators.

// AddOverrides stores new overrides as they are.
func (s *Store) AddOverrides(ctx context.Context, tx *db.Tx, overrides []Override) error {
	rows := make([][]any, len(overrides))
	now := db.Time(s.now())
	for i, o := range overrides {
		if o.ID == "" {
			o.ID = db.NewID()
		}
		rows[i] = []any{o.ID, o.Person, o.Evaluator, string(o.From), db.Null(string(o.To)), o.Reason, now}
	}
	columns := []string{"id", "person_id", "evaluator_id", "valid_from", "valid_to", "reason", "created_at"}
	return editStaff(ctx, tx, func() error { return db.Insert(ctx, tx, "evaluator_override", columns, rows) })
}
