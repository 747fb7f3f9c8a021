package org

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
)

// Measure lets PostgreSQL's planner know at once how much the map's tables
// hold after many rows were loaded; it would look by itself a minute later, and
// until then may read whole tables for a few hundred people. SQLite's planner
// uses the index without being told.
func (s *Store) Measure(ctx context.Context, tx *db.Tx) error {
	if tx.Engine() != db.Postgres {
		return nil
	}
	for _, statement := range []string{
		`ANALYZE unit`, `ANALYZE unit_state`, `ANALYZE position`, `ANALYZE position_state`, `ANALYZE person`, `ANALYZE person_state`, `ANALYZE tenure`,
	} {
		if _, err := db.Exec(ctx, tx, statement); err != nil {
			return err
		}
	}
	return nil
}
