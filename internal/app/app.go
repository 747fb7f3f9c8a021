package app

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/policy"
)

// System is one agency's running system.
type System struct {
	cfg     Config
	DB      *db.DB
	Bundle  *i18n.Bundle
	Access  *account.Access
	Policy  *policy.Service
	Signer  *ledger.Signer
	Jobs    *job.Runner
	Areas   Areas
	handler http.Handler
	metrics *metrics
	routes  func() routeTable
}

// Open opens the database, brings it up to date and makes every area. Close
// the System when done; nothing runs in the background until Run.
func Open(ctx context.Context, c Config) (*System, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &System{cfg: c}
	if s.Bundle, err = Bundle(); err != nil {
		return nil, err
	}
	base, err := Library(c.Rulebook)
	if err != nil {
		return nil, err
	}
	if s.DB, err = OpenDB(ctx, c.Data, c.Database); err != nil {
		return nil, err
	}
	if err := s.wire(base); err != nil {
		return nil, errors.Join(err, s.DB.Close())
	}
	return s, nil
}

// Handler serves the whole site.
func (s *System) Handler() http.Handler { return s.handler }

// Run does the background work until ctx ends: numbering the ledger, the jobs,
// and writing down which sessions are in use.
func (s *System) Run(ctx context.Context) {
	var wg sync.WaitGroup
	sequencer := &ledger.Sequencer{DB: s.DB, Signer: s.Signer, Now: s.cfg.Now, Log: s.cfg.Log}
	wg.Go(func() { sequencer.Run(ctx) })
	wg.Go(func() { s.Jobs.Run(ctx) })
	wg.Go(func() { s.Areas.Accounts.Run(ctx) })
	wg.Wait()
}

// Close ends the System.
func (s *System) Close() error { return s.DB.Close() }
