package org

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

// The store answers what other packages ask of the map.
var (
	_ account.Tree       = (*Store)(nil)
	_ account.Pinned     = (*Store)(nil)
	_ account.Roster     = (*Store)(nil)
	_ account.Workplaces = (*Store)(nil)
)

// Invitable returns the people who work today in a unit or below it, in the
// whole agency when unit is empty, ordered by unit and name.
func (s *Store) Invitable(ctx context.Context, q db.Queryer, unit string) ([]account.Invitee, error) {
	f := Filter{Sort: "unit", Size: -1}
	if unit != "" {
		f.Units = []string{unit}
	}
	page, err := s.People(ctx, q, f, s.Today())
	if err != nil {
		return nil, err
	}
	all := make([]account.Invitee, len(page.Rows))
	for i, r := range page.Rows {
		all[i] = account.Invitee{
			PersonID: r.ID, NIP: r.NIP, Name: r.FullName(), Email: r.Email, UnitID: r.UnitID, Unit: r.Unit, Kind: string(r.Employment),
		}
	}
	return all, nil
}

// WorkUnits returns the units in which a person holds something today.
func (s *Store) WorkUnits(ctx context.Context, person string) ([]string, error) {
	m, err := s.Map(ctx, s.db, s.Today())
	if err != nil {
		return nil, err
	}
	var units []string
	for _, t := range m.Held(person) {
		if u := m.UnitOf(t.Position); u != "" && !slices.Contains(units, u) {
			units = append(units, u)
		}
	}
	return units, nil
}

// PeopleNames returns the names of people by id; unknown ids are absent.
func (s *Store) PeopleNames(ctx context.Context, ids []string) (map[string]string, error) {
	return s.Names(ctx, s.db, ids...)
}

// UnitNames returns the names of units by id; unknown ids are absent.
func (s *Store) UnitNames(ctx context.Context, ids []string) (map[string]string, error) {
	tree, err := s.Units(ctx, s.db, s.Today())
	if err != nil {
		return nil, err
	}
	all := make(map[string]string, len(ids))
	for _, id := range ids {
		if name := tree.Name(id); name != "" {
			all[id] = name
		}
	}
	return all, nil
}
