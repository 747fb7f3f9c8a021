package db

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"

	"github.com/gurindam/gurindam/internal/fault"
)

// SQLiteFile is the name of the database file in the data directory.
const SQLiteFile = "gurindam.db"

// openSQLite opens one writing connection, which takes its lock at BEGIN so
// that a transaction never fails half-way for want of it, and a pool of
// readers that cannot write.
func (d *DB) openSQLite(c Config) error {
	if c.Dir == "" {
		return fault.Wrong("db.dir")
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return unavailable(err)
	}
	path, err := filepath.Abs(filepath.Join(c.Dir, SQLiteFile))
	if err != nil {
		return fmt.Errorf("find %s: %w", SQLiteFile, err)
	}
	d.engine, d.path = SQLite, path
	common := url.Values{
		"_busy_timeout": {"10000"},
		"_foreign_keys": {"1"},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"},
		"_dqs":          {"0"},
		"_defensive":    {"1"},
		// What is deleted is overwritten, not only forgotten: erased personal data
		// and the old order of anonymous answers must not be found in free pages.
		// The log is brought into the file every 32 MB instead of 4: under many
		// answers the same pages change again and again, and each time costs two
		// flushes.
		"_pragma": {"temp_store(MEMORY)", "cache_size(-32000)", "wal_autocheckpoint(8000)", "journal_size_limit(67108864)", "secure_delete(1)"},
	}
	if c.Unsafe {
		common.Set("_synchronous", "OFF")
	}
	if d.writer, err = openFile(path, common, "_txlock", "immediate"); err != nil {
		return err
	}
	d.writer.SetMaxOpenConns(1)
	d.writer.SetMaxIdleConns(1)
	if d.reader, err = openFile(path, common, "_query_only", "1"); err != nil {
		return err
	}
	conns := c.Conns
	if conns == 0 {
		conns = 8
	}
	d.reader.SetMaxOpenConns(conns)
	d.reader.SetMaxIdleConns(conns)
	// The writer makes the file and switches it to the write-ahead log before
	// the first reader opens it.
	if err := d.writer.Ping(); err != nil {
		return unavailable(err)
	}
	return nil
}

func openFile(path string, common url.Values, key, value string) (*sql.DB, error) {
	q := url.Values{key: {value}}
	for k, v := range common {
		q[k] = v
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}
	connector, err := sqlite.NewConnector(u.String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return sql.OpenDB(connector), nil
}

// fileThere reports a database file that was removed under an open connection,
// which the connection itself does not notice.
func (d *DB) fileThere() error {
	if d.engine != SQLite {
		return nil
	}
	_, err := os.Stat(d.path)
	return err
}
