package account

import (
	"context"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/internal/db"
)

// namesOf is how many ids one query asks for.
const namesOf = 500

// Names returns the names of accounts by id; unknown ones are absent.
func (s *Service) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for part := range slices.Chunk(ids, namesOf) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, s.db, `SELECT id, name FROM account WHERE id IN (`+db.In(1, len(part))+`)`, func(r db.Row) error {
			var id, name string
			err := r.Scan(&id, &name)
			names[id] = name
			return err
		}, args...)
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}

// Named returns the ids of accounts in whose names every word occurs, at most
// so many; none without words.
func (s *Service) Named(ctx context.Context, words string, most int) ([]string, error) {
	var c clauses
	c.words("a.search", words)
	if len(c.where) == 0 {
		return nil, nil
	}
	return db.All(ctx, s.db, `SELECT a.id FROM account a`+c.String()+` ORDER BY a.sort_key, a.id LIMIT `+strconv.Itoa(most), db.Value[string], c.args...)
}
