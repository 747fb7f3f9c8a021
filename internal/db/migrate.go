package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
)

// Migrations are the schema files of one area: every *.sql of FS, named
// YYYYMMDD-NN-area-what.sql, in one text that both engines understand.
type Migrations struct {
	Area string
	FS   fs.FS
	// Only, if set, chooses files by name; a restore uses it to go back to the
	// schema a backup was made with.
	Only func(name string) bool
}

// migrationTable remembers what was applied.
const migrationTable = "schema_migration"

type migration struct{ name, text, checksum string }

// Migrate brings the schema up to date: the files of all areas that were not
// yet applied, in the order of their names, all in one transaction. It returns
// a Conflict fault "db.newer" when the database has a migration the program
// does not know, and "db.changed" when a file was changed after it was applied.
func (d *DB) Migrate(ctx context.Context, sets []Migrations) error {
	// Not serializable: a server that waited for another to migrate must see
	// what that one did.
	return d.TxReadCommitted(ctx, func(tx *Tx) error { return MigrateTx(ctx, tx, sets) })
}

// MigrateTx is [DB.Migrate] in the caller's transaction.
func MigrateTx(ctx context.Context, tx *Tx, sets []Migrations) error {
	known, err := collect(sets)
	if err != nil {
		return err
	}
	if err := tx.prepareSchema(ctx); err != nil {
		return err
	}
	pending, err := tx.pending(ctx, known)
	if err != nil {
		return err
	}
	for _, m := range pending {
		if err := tx.apply(ctx, m); err != nil {
			return err
		}
	}
	if len(pending) == 0 {
		return nil
	}
	return tx.byteOrder(ctx)
}

// Applied returns the names of the migrations the database has, in order; none
// when it was never migrated.
func Applied(ctx context.Context, q Queryer) ([]string, error) {
	tables, err := Tables(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if t.Name == migrationTable {
			return All(ctx, q, `SELECT name FROM schema_migration ORDER BY name`, Value[string])
		}
	}
	return nil, nil
}

// collect reads and sorts the files of all areas.
func collect(sets []Migrations) ([]migration, error) {
	var all []migration
	seen := map[string]string{}
	for _, s := range sets {
		err := fs.WalkDir(s.FS, ".", func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || path.Ext(p) != ".sql" {
				return err
			}
			body, err := fs.ReadFile(s.FS, p)
			if err != nil {
				return err
			}
			name := path.Base(p)
			if s.Only != nil && !s.Only(name) {
				return nil
			}
			if other, twice := seen[name]; twice {
				return fmt.Errorf("migration %s is in %s and in %s", name, other, s.Area)
			}
			seen[name] = s.Area
			text := strings.ReplaceAll(string(body), "\r\n", "\n")
			sum := sha256.Sum256([]byte(text))
			all = append(all, migration{name, text, hex.EncodeToString(sum[:])})
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read migrations of %s: %w", s.Area, err)
		}
	}
	sort.Slice(all, func(i, k int) bool { return all[i].name < all[k].name })
	return all, nil
}

// prepareSchema lets one program at a time migrate and makes the table that
// remembers what was applied.
func (t *Tx) prepareSchema(ctx context.Context) error {
	if t.db.engine == Postgres {
		// SQLite's writer lock is held already. The number is the word
		// "gurindam" in ASCII.
		if _, err := Exec(ctx, t, `SELECT pg_advisory_xact_lock(7455869941606932845)`); err != nil {
			return err
		}
		if s := t.db.schema; s != "" {
			if _, err := Exec(ctx, t, `CREATE SCHEMA IF NOT EXISTS `+quote(s)); err != nil {
				return err
			}
		}
	}
	_, err := Exec(ctx, t, `CREATE TABLE IF NOT EXISTS schema_migration (
		name text PRIMARY KEY, checksum text NOT NULL, applied_at text NOT NULL)`)
	return err
}

// pending returns the known migrations that were not applied.
func (t *Tx) pending(ctx context.Context, known []migration) ([]migration, error) {
	type row struct{ name, checksum string }
	rows, err := All(ctx, t, `SELECT name, checksum FROM schema_migration`, func(r Row) (row, error) {
		var v row
		err := r.Scan(&v.name, &v.checksum)
		return v, err
	})
	if err != nil {
		return nil, err
	}
	applied := map[string]string{}
	for _, r := range rows {
		applied[r.name] = r.checksum
	}
	var pending []migration
	for _, m := range known {
		sum, done := applied[m.name]
		if done && sum != m.checksum {
			return nil, fault.Clash("db.changed", m.name)
		}
		if !done {
			pending = append(pending, m)
		}
		delete(applied, m.name)
	}
	for name := range applied {
		return nil, fault.Clash("db.newer", name)
	}
	return pending, nil
}

// apply runs one file whole: without arguments both drivers take several
// statements at once.
func (t *Tx) apply(ctx context.Context, m migration) error {
	if _, err := t.tx.ExecContext(ctx, m.text); err != nil {
		return fmt.Errorf("migration %s: %w", m.name, err)
	}
	_, err := Exec(ctx, t, `INSERT INTO schema_migration (name, checksum, applied_at) VALUES ($1, $2, $3)`,
		m.name, m.checksum, Time(time.Now()))
	return err
}
