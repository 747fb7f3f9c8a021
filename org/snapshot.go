package org

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
)

// What a load of a whole file compares itself with. Unlike Map these read only
// what is asked for and keep nothing, so that a file of a hundred thousand rows
// needs no picture of the whole map.

// EveryUnit returns all periods of all units, for NewTree.
func (s *Store) EveryUnit(ctx context.Context, q db.Queryer) ([]Unit, error) {
	return allUnitPeriods(ctx, q)
}

// EachPosition calls fn with every position of a day. fn must not use q.
func (s *Store) EachPosition(ctx context.Context, q db.Queryer, on Day, fn func(Position) error) error {
	return db.Each(ctx, q, selectPosition+`
		WHERE s.valid_from <= $1 AND (s.valid_to IS NULL OR s.valid_to > $1)
		ORDER BY p.id`, func(r db.Row) error {
		p, err := scanPosition(r)
		if err != nil {
			return err
		}
		return fn(p)
	}, string(on))
}

// EachPost calls fn with everybody who holds a position on a day, and how. fn
// must not use q.
func (s *Store) EachPost(ctx context.Context, q db.Queryer, on Day, fn func(person, position string, how TenureKind) error) error {
	return db.Each(ctx, q, `
		SELECT person_id, position_id, kind FROM tenure
		WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)`, func(r db.Row) error {
		var person, position string
		var how TenureKind
		if err := r.Scan(&person, &position, &how); err != nil {
			return err
		}
		return fn(person, position, how)
	}, string(on))
}

// PeopleOn returns people as they are on a day, by id; of those who have left
// or are yet to come, as in Person. Unknown ids are absent.
func (s *Store) PeopleOn(ctx context.Context, q db.Queryer, on Day, ids []string) (map[string]Person, error) {
	periods, err := personTable().load(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	all := make(map[string]Person, len(periods))
	for id, list := range periods {
		all[id] = asOf(list, on)
	}
	return all, nil
}
