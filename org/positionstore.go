package org

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
)

var positionColumns = []string{
	"unit_id", "title", "kind", "level", "class", "rank_low", "rank_high", "answers_to", "need", "head", "staff_group", "search", "sort_key",
}

func positionRow(p Position) []any {
	return []any{
		p.Unit, p.Title, string(p.Kind), p.Level, p.Class, p.RankLow, p.RankHigh, db.Null(p.AnswersTo), needText(p.Need), p.Head, p.Group,
		search.Column(p.Title), search.Key(p.Title),
	}
}

func positionTable() table[Position, *Position] {
	return table[Position, *Position]{
		identity: "position", periods: "position_state", key: "position_id", columns: positionColumns, row: positionRow,
		id: func(p Position) string { return p.ID }, read: selectPosition, scan: scanPosition,
	}
}

// PositionIDs returns the ids of all positions that have a number of their own
// in the source, by that number.
func (s *Store) PositionIDs(ctx context.Context, q db.Queryer) (map[string]string, error) {
	return sources(ctx, q, "position")
}

// AddPositions stores new positions with their periods; several records of one
// ID are its periods. IDs must be set and new, periods must not overlap.
func (s *Store) AddPositions(ctx context.Context, tx *db.Tx, positions []Position) error {
	return edit(ctx, tx, func() error { return s.addPositions(ctx, tx, positions) })
}

func (s *Store) addPositions(ctx context.Context, tx *db.Tx, positions []Position) error {
	var identities, periods [][]any
	seen := map[string]bool{}
	now := db.Time(s.now())
	for _, p := range positions {
		if !seen[p.ID] {
			seen[p.ID] = true
			identities = append(identities, []any{p.ID, db.Null(p.SourceID), now})
		}
		periods = append(periods, append([]any{p.ID, string(p.From), db.Null(string(p.To))}, positionRow(p)...))
	}
	if err := db.Insert(ctx, tx, "position", []string{"id", "source_id", "created_at"}, identities); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "position_state", append([]string{"position_id", "valid_from", "valid_to"}, positionColumns...), periods)
}

// PutPositions does for positions what PutUnits does for units.
func (s *Store) PutPositions(ctx context.Context, tx *db.Tx, on Day, positions []Position) ([]Outcome, error) {
	outcomes := make([]Outcome, len(positions))
	err := edit(ctx, tx, func() error {
		known, err := positionTable().load(ctx, tx, idsOf(positions, func(p Position) string { return p.ID }))
		if err != nil {
			return err
		}
		var add []Position
		var changes []change[Position]
		for i, p := range positions {
			p.Need = needText(p.Need)
			before := known[p.ID]
			if len(before) == 0 {
				p.From, p.To = began(p.From, on), ""
				add, outcomes[i] = append(add, p), Created
				continue
			}
			if now, there := at(before, on); there && now.same(p) {
				continue
			}
			changes, outcomes[i] = append(changes, change[Position]{p.ID, before, splice(before, on, p)}), Updated
		}
		if err := s.addPositions(ctx, tx, add); err != nil {
			return err
		}
		return positionTable().save(ctx, tx, changes)
	})
	return outcomes, err
}
