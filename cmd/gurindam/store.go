package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// Store is the group of flags of every command that touches the record.
type Store struct {
	Data     string `help:"Directory of the database, keys and attachments." type:"path" placeholder:"DIR"`
	Database string `help:"postgres:// URL; a SQLite file under --data without it." env:"GURINDAM_DATABASE" placeholder:"URL"`
}

// Open opens the database and brings it up to date, making it when it is new.
func (s Store) Open(ctx context.Context) (*db.DB, error) {
	if s.Data == "" && s.Database == "" {
		return nil, fault.Wrong("db.dir")
	}
	return app.OpenDB(ctx, s.Data, s.Database)
}

// Existing opens the database as it is. It returns a NotFound fault when there
// is none, so that a mistyped directory is not taken for an empty record.
func (s Store) Existing(ctx context.Context) (*db.DB, error) {
	if s.Data == "" && s.Database == "" {
		return nil, fault.Wrong("db.dir")
	}
	if s.Database == "" {
		if _, err := os.Stat(filepath.Join(s.Data, db.SQLiteFile)); err != nil {
			return nil, fault.Missing("db.nofile", s.Data).Because(err)
		}
	}
	return db.Open(ctx, db.Config{URL: s.Database, Dir: s.Data})
}

// Keys is the directory of the agency's signing key, "" without --data.
func (s Store) Keys() string {
	if s.Data == "" {
		return ""
	}
	return ledger.KeysIn(s.Data)
}

// Verifiers returns the agency's public keys: the one given as text, else those
// of the data directory; none when there is neither.
func (s Store) Verifiers(text string) ([]ledger.Verifier, error) {
	if text != "" {
		v, err := ledger.ParseVerifier(text)
		return []ledger.Verifier{v}, err
	}
	if s.Data == "" {
		return nil, nil
	}
	all, err := ledger.ReadVerifiers(s.Keys())
	if fault.Is(err, fault.NotFound) {
		return nil, nil // a record nobody has served yet
	}
	return all, err
}
