package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
)

// Engine is the kind of database.
type Engine uint8

// The engines.
const (
	SQLite Engine = iota
	Postgres
)

// String returns the engine's lower-case name.
func (e Engine) String() string {
	if e == Postgres {
		return "postgres"
	}
	return "sqlite"
}

// Config says which database to open. The zero value with a Dir is a SQLite
// database in that directory.
type Config struct {
	// URL is empty for SQLite, or postgres://…; ?schema=name (or
	// ?search_path=name) names the agency's schema, made when it is missing.
	URL string
	// Dir is the directory of the SQLite file gurindam.db, made when it is
	// missing. PostgreSQL does not use it.
	Dir string
	// Conns is the number of connections: readers on SQLite, all on
	// PostgreSQL. 0 means 8 and 32.
	Conns int
	// Log receives slow statements and engine warnings; nil means
	// slog.Default().
	Log *slog.Logger
	// Slow is the duration from which a statement is logged; 0 means 500 ms.
	Slow time.Duration
	// Unsafe leaves out the disk flush at commit: for tests and databases
	// that are thrown away.
	Unsafe bool
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine Engine
	writer *sql.DB // on PostgreSQL the same pool as reader
	reader *sql.DB
	path   string // SQLite file
	schema string // PostgreSQL schema, "" for the server's default
	log    *slog.Logger
	slow   time.Duration
	bell   bell
	ready  prepared
	writes written
}

// Open opens the database and checks that it answers. Migrations are a
// separate step, see [DB.Migrate]. It returns an Invalid fault for a URL that
// cannot be understood and Unavailable when the database does not answer.
func Open(ctx context.Context, c Config) (*DB, error) {
	d := &DB{log: c.Log, slow: c.Slow}
	if d.log == nil {
		d.log = slog.Default()
	}
	if d.slow == 0 {
		d.slow = 500 * time.Millisecond
	}
	var err error
	switch {
	case c.URL == "":
		err = d.openSQLite(c)
	case strings.HasPrefix(c.URL, "postgres://"), strings.HasPrefix(c.URL, "postgresql://"):
		err = d.openPostgres(c)
	default:
		err = fault.Wrong("db.url")
	}
	if err != nil {
		return nil, err
	}
	if err := d.Ping(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Engine returns the kind of database.
func (d *DB) Engine() Engine { return d.engine }

// Path returns the SQLite file, "" on PostgreSQL.
func (d *DB) Path() string { return d.path }

// Close ends all connections.
func (d *DB) Close() error {
	err := d.writer.Close()
	if d.reader != d.writer {
		err = errors.Join(err, d.reader.Close())
	}
	return err
}

// Ping returns an Unavailable fault when the database cannot answer or its
// file is gone.
func (d *DB) Ping(ctx context.Context) error {
	if err := d.fileThere(); err != nil {
		return unavailable(err)
	}
	if _, err := All(ctx, d, `SELECT 1`, Value[int64]); err != nil {
		return unavailable(err)
	}
	return nil
}

// Stats returns the counters of the reading and the writing pool; on
// PostgreSQL they are the same pool.
func (d *DB) Stats() (reader, writer sql.DBStats) {
	return d.reader.Stats(), d.writer.Stats()
}

// watch logs a statement that took too long, without its arguments, which may
// be personal data.
func (d *DB) watch(ctx context.Context, query string, began time.Time) {
	if took := time.Since(began); took >= d.slow {
		d.log.WarnContext(ctx, "slow statement", "took", took, "sql", brief(query))
	}
}

func (d *DB) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	if d.engine == SQLite {
		return d.ready.query(ctx, d.reader, query, args)
	}
	return d.reader.QueryContext(ctx, query, args...)
}

func (d *DB) owner() *DB { return d }

func unavailable(err error) error {
	return fmt.Errorf("database: %w", fault.New(fault.Unavailable, "db.unavailable").Because(err))
}
