package db

import (
	"errors"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/gurindam/gurindam/internal/fault"
)

// ErrNone is returned by [One] when there is no row: a NotFound fault. Services
// replace it by a fault that names what was sought.
var ErrNone error = fault.Missing("db.none")

// IsDuplicate reports whether err is a violated primary key or unique
// constraint. The transaction is lost by then: decide after it, not inside.
func IsDuplicate(err error) bool {
	return hasCode(err, "23505", sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// IsForeign reports whether err is a violated foreign key: the thing referred
// to is missing, or the thing removed is still referred to.
func IsForeign(err error) bool {
	return hasCode(err, "23503", sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY)
}

func hasCode(err error, state string, codes ...int) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == state
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		for _, c := range codes {
			if lite.Code() == c {
				return true
			}
		}
	}
	return false
}

// isConflict reports whether another transaction was in the way, so that the
// same work may succeed when it is tried again.
func isConflict(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" // serialization failure, deadlock
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code()&0xff == sqlite3.SQLITE_BUSY || lite.Code()&0xff == sqlite3.SQLITE_LOCKED)
}

// classify marks an error that means the database cannot serve at the moment
// as an Unavailable fault; all others stay as they are.
func classify(err error) error {
	if fault.KindOf(err) != fault.Internal {
		return err
	}
	if isAway(err) {
		return unavailable(err)
	}
	return err
}

func isAway(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		class := pg.Code[:min(2, len(pg.Code))]
		return class == "08" || class == "53" || class == "57" && pg.Code != "57014" // connection, resources, shutdown; not a cancelled query
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY:
			return true
		}
		return false
	}
	var refused *pgconn.ConnectError
	var network *net.OpError
	return errors.As(err, &refused) || errors.As(err, &network)
}
