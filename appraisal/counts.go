package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
)

// Writes counts what this process has committed in this area: the packages
// around the year keep what they have counted as long as it stays the same.
func (s *Service) Writes() uint64 {
	return s.writes.Load()
}

func (s *Service) wrote() { s.writes.Add(1) }

// tx runs a write of this area. What was counted before is forgotten once it
// is committed.
func (s *Service) tx(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		tx.AfterCommit(s.wrote)
		return fn(tx)
	})
}
