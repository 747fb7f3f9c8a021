package org

import (
	"context"
	"strings"

	"github.com/gurindam/gurindam/internal/db"
)

// Outcome is what became of one record that was put.
type Outcome uint8

// The outcomes.
const (
	Unchanged Outcome = iota
	Created
	Updated
)

// table describes how one kind of thing is stored: its identity and its
// periods.
type table[T any, P period[T]] struct {
	identity string   // table of identities
	periods  string   // table of periods
	key      string   // its column that names the identity
	columns  []string // of the periods, after key and valid_from, valid_to
	row      func(T) []any
	id       func(T) string
	read     string // select of both tables
	scan     func(db.Row) (T, error)
}

// batchOf bounds the ids of one IN list.
const batchOf = 2000

// load returns the periods of the things named, by id and in order. Things
// that do not exist are absent.
func (t table[T, P]) load(ctx context.Context, q db.Queryer, ids []string) (map[string][]T, error) {
	all := make(map[string][]T, len(ids))
	for len(ids) > 0 {
		n := min(len(ids), batchOf)
		args := make([]any, n)
		for i, id := range ids[:n] {
			args[i] = id
		}
		query := t.read + `WHERE s.` + t.key + ` IN (` + db.In(1, n) + `) ORDER BY s.` + t.key + `, s.valid_from`
		rows, err := db.All(ctx, q, query, t.scan, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			all[t.id(r)] = append(all[t.id(r)], r)
		}
		ids = ids[n:]
	}
	return all, nil
}

// change is what becomes of the periods of one thing.
type change[T any] struct {
	id            string
	before, after []T
}

// save writes the difference between the periods before and after, and counts
// the versions of the identities up. Identities that are new must be there
// already.
func (t table[T, P]) save(ctx context.Context, tx *db.Tx, changes []change[T]) error {
	var remove, write [][]any
	var touched []any
	for _, c := range changes {
		w, r := difference[T, P](c.before, c.after)
		for _, day := range r {
			remove = append(remove, []any{c.id, string(day)})
		}
		for _, p := range w {
			from, to := P(&p).bounds()
			write = append(write, append([]any{c.id, string(*from), db.Null(string(*to))}, t.row(p)...))
		}
		if len(c.before) > 0 && len(w)+len(r) > 0 {
			touched = append(touched, c.id)
		}
	}
	if err := t.remove(ctx, tx, remove); err != nil {
		return err
	}
	key := []string{t.key, "valid_from"}
	if err := db.Upsert(ctx, tx, t.periods, key, append([]string{t.key, "valid_from", "valid_to"}, t.columns...), write); err != nil {
		return err
	}
	return t.touch(ctx, tx, touched)
}

func (t table[T, P]) remove(ctx context.Context, tx *db.Tx, rows [][]any) error {
	for len(rows) > 0 {
		n := min(len(rows), batchOf)
		pairs, args := make([]string, n), make([]any, 0, 2*n)
		for i, r := range rows[:n] {
			pairs[i] = "(" + db.In(2*i+1, 2) + ")"
			args = append(args, r...)
		}
		query := `DELETE FROM ` + t.periods + ` WHERE (` + t.key + `, valid_from) IN (VALUES ` + strings.Join(pairs, ", ") + `)`
		if _, err := db.Exec(ctx, tx, query, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// touch counts the versions of identities up.
func (t table[T, P]) touch(ctx context.Context, tx *db.Tx, ids []any) error {
	for len(ids) > 0 {
		n := min(len(ids), batchOf)
		query := `UPDATE ` + t.identity + ` SET version = version + 1 WHERE id IN (` + db.In(1, n) + `)`
		if _, err := db.Exec(ctx, tx, query, ids[:n]...); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// sources returns the ids of all identities by the number the source gave
// them.
func sources(ctx context.Context, q db.Queryer, identity string) (map[string]string, error) {
	all := map[string]string{}
	err := db.Each(ctx, q, `SELECT source_id, id FROM `+identity+` WHERE source_id IS NOT NULL`, func(r db.Row) error {
		var source, id string
		err := r.Scan(&source, &id)
		all[source] = id
		return err
	})
	return all, err
}

// needText writes a need as it is stored: an exact decimal, "0" when not set.
func needText(need string) string {
	if need = strings.TrimSpace(need); need == "" {
		return "0"
	}
	return need
}
