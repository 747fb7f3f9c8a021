package org

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
)

var unitColumns = []string{"name", "short_name", "kind", "code", "parent_id", "parent_source", "merged_into", "search", "sort_key"}

func unitRow(u Unit) []any {
	return []any{
		u.Name, u.Short, string(u.Kind), u.Code, db.Null(u.Parent), u.ParentSource, db.Null(u.MergedInto),
		search.Column(u.Name, u.Short, u.Code), search.Key(u.Name),
	}
}

func unitTable() table[Unit, *Unit] {
	return table[Unit, *Unit]{
		identity: "unit", periods: "unit_state", key: "unit_id", columns: unitColumns, row: unitRow,
		id: func(u Unit) string { return u.ID }, read: selectUnit, scan: scanUnit,
	}
}

// UnitIDs returns the ids of all units that have a number of their own in the
// source, by that number.
func (s *Store) UnitIDs(ctx context.Context, q db.Queryer) (map[string]string, error) {
	return sources(ctx, q, "unit")
}

// AddUnits stores new units with their periods; several records of one ID are
// its periods. IDs must be set and new, periods must not overlap.
func (s *Store) AddUnits(ctx context.Context, tx *db.Tx, units []Unit) error {
	return edit(ctx, tx, func() error { return s.addUnits(ctx, tx, units) })
}

func (s *Store) addUnits(ctx context.Context, tx *db.Tx, units []Unit) error {
	var identities, periods [][]any
	seen := map[string]bool{}
	now := db.Time(s.now())
	for _, u := range units {
		if !seen[u.ID] {
			seen[u.ID] = true
			identities = append(identities, []any{u.ID, db.Null(u.SourceID), db.Null(u.SplitFrom), now})
		}
		periods = append(periods, append([]any{u.ID, string(u.From), db.Null(string(u.To))}, unitRow(u)...))
	}
	if err := db.Insert(ctx, tx, "unit", []string{"id", "source_id", "split_from", "created_at"}, identities); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "unit_state", append([]string{"unit_id", "valid_from", "valid_to"}, unitColumns...), periods)
}

// PutUnits makes the records hold from a day on, as a snapshot of that day
// says: it adds units whose ID is not known yet, changes those that differ on
// the day and leaves the others alone. IDs must be set; From and To of the
// records are ignored, except that a new unit may begin earlier. It returns
// what became of each record.
func (s *Store) PutUnits(ctx context.Context, tx *db.Tx, on Day, units []Unit) ([]Outcome, error) {
	outcomes := make([]Outcome, len(units))
	err := edit(ctx, tx, func() error {
		known, err := unitTable().load(ctx, tx, idsOf(units, func(u Unit) string { return u.ID }))
		if err != nil {
			return err
		}
		var add []Unit
		var changes []change[Unit]
		for i, u := range units {
			before := known[u.ID]
			if len(before) == 0 {
				u.From, u.To = began(u.From, on), ""
				add, outcomes[i] = append(add, u), Created
				continue
			}
			if now, there := at(before, on); there && now.same(u) {
				continue
			}
			changes, outcomes[i] = append(changes, change[Unit]{u.ID, before, spliceUnit(before, on, u)}), Updated
		}
		if err := s.addUnits(ctx, tx, add); err != nil {
			return err
		}
		return unitTable().save(ctx, tx, changes)
	})
	return outcomes, err
}

// spliceUnit is splice for units: where the unit goes when it ends is said by
// the period that ends last.
func spliceUnit(list []Unit, on Day, u Unit) []Unit {
	if now, there := at(list, on); there {
		if u.MergedInto == "" && now.To != "" {
			u.MergedInto = now.MergedInto
		}
		list = append([]Unit(nil), list...)
		for i := range list {
			if list[i].From == now.From {
				list[i].MergedInto = ""
			}
		}
	}
	return splice(list, on, u)
}

// began returns the day a new record begins: its own, if that is earlier than
// the day of the snapshot.
func began(own, on Day) Day {
	if own != "" && own < on {
		return own
	}
	return on
}

func idsOf[T any](list []T, id func(T) string) []string {
	ids := make([]string, len(list))
	for i, v := range list {
		ids[i] = id(v)
	}
	return ids
}
