package app

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/participation"
)

// serviceUnits tells participation how the units of the map are called.
type serviceUnits struct {
	store *org.Store
	db    *db.DB
}

// UnitNames returns the full names of units by id.
func (u serviceUnits) UnitNames(ctx context.Context, ids []string) (map[string]string, error) {
	tree, err := u.store.Units(ctx, u.db, u.store.Today())
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, id := range ids {
		if name := tree.Name(id); name != "" {
			out[id] = name
		}
	}
	return out, nil
}

// UnitsToday returns every unit of today in the order of the map.
func (u serviceUnits) UnitsToday(ctx context.Context) ([]participation.Unit, error) {
	tree, err := u.store.Units(ctx, u.db, u.store.Today())
	if err != nil {
		return nil, err
	}
	var out []participation.Unit
	for _, x := range tree.All() {
		out = append(out, participation.Unit{ID: x.ID, Name: x.Name})
	}
	return out, nil
}
