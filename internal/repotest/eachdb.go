package repotest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
)

// EachDB runs fn as the subtests "sqlite" and "postgres", each with an empty
// database that has the migrations applied and is gone afterwards.
func EachDB(t *testing.T, migrations []db.Migrations, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, OpenSQLite(t, migrations)) })
	t.Run("postgres", func(t *testing.T) { fn(t, OpenPostgres(t, migrations)) })
}

// OpenSQLite returns a migrated SQLite database in a temporary directory.
func OpenSQLite(t testing.TB, migrations []db.Migrations) *db.DB {
	t.Helper()
	dir := t.TempDir()
	if len(migrations) > 0 {
		template, err := sqliteTemplate(t.Context(), migrations)
		if err != nil {
			t.Fatalf("make the SQLite template: %v", err)
		}
		if err := copyFile(filepath.Join(dir, "gurindam.db"), template); err != nil {
			t.Fatal(err)
		}
	}
	return open(t, db.Config{Dir: dir, Conns: 4, Unsafe: true})
}

// OpenPostgres returns a migrated PostgreSQL database of its own. It skips the
// test when GURINDAM_SKIP_POSTGRES=1 and fails it when there is no PostgreSQL.
func OpenPostgres(t testing.TB, migrations []db.Migrations) *db.DB {
	t.Helper()
	return open(t, db.Config{URL: PostgresURL(t, migrations), Conns: 12, Unsafe: true})
}

// PostgresURL returns the URL of a migrated PostgreSQL database that is dropped
// when the test ends, for tests that start the whole program.
func PostgresURL(t testing.TB, migrations []db.Migrations) string {
	t.Helper()
	return postgresURL(t, func(ctx context.Context, s *server) (string, error) {
		template, err := s.template(ctx, migrations)
		if err != nil {
			return "", err
		}
		return s.newDatabase(ctx, "TEMPLATE "+template+" STRATEGY file_copy") // 18 ms; through the log it is 270
	})
}

// PostgresURLWithLocale returns the URL of an empty PostgreSQL database that
// sorts text as the ICU locale says, for tests about order.
func PostgresURLWithLocale(t testing.TB, icu string) string {
	t.Helper()
	return postgresURL(t, func(ctx context.Context, s *server) (string, error) {
		return s.newDatabase(ctx, "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE '"+icu+"'")
	})
}

func postgresURL(t testing.TB, create func(context.Context, *server) (string, error)) string {
	t.Helper()
	if os.Getenv("GURINDAM_SKIP_POSTGRES") == "1" {
		t.Skip("GURINDAM_SKIP_POSTGRES=1")
	}
	server, err := sharedServer()
	if err != nil {
		t.Fatalf("no PostgreSQL for this test: %v\nInstall it (Debian: postgresql), or name a server in GURINDAM_TEST_POSTGRES, or set GURINDAM_SKIP_POSTGRES=1 to leave these tests out.", err)
	}
	name, err := create(t.Context(), server)
	if err != nil {
		t.Fatalf("make a PostgreSQL database: %v", err)
	}
	t.Cleanup(func() {
		// The test's own context has ended by now.
		if err := server.exec(context.Background(), `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	return server.url(name)
}

func open(t testing.TB, c db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), c)
	if err != nil {
		t.Fatalf("open the test's database: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close the test's database: %v", err)
		}
	})
	return d
}

// sqliteTemplate returns a file with the migrations applied, made once for each
// set of migrations and kept beside the shared cluster.
func sqliteTemplate(ctx context.Context, migrations []db.Migrations) (string, error) {
	sum, err := fingerprint(migrations)
	if err != nil {
		return "", err
	}
	home, err := homeDir()
	if err != nil {
		return "", err
	}
	file := filepath.Join(home, "sqlite-"+sum+".db")
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	dir, err := os.MkdirTemp(home, "making-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	d, err := db.Open(ctx, db.Config{Dir: dir, Unsafe: true})
	if err != nil {
		return "", err
	}
	err = d.Migrate(ctx, migrations)
	if closed := d.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return "", err
	}
	return file, os.Rename(filepath.Join(dir, "gurindam.db"), file)
}

// fingerprint names a set of migrations by its content.
func fingerprint(migrations []db.Migrations) (string, error) {
	h := sha256.New()
	for _, m := range migrations {
		err := fs.WalkDir(m.FS, ".", func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || filepath.Ext(p) != ".sql" {
				return err
			}
			body, err := fs.ReadFile(m.FS, p)
			fmt.Fprintf(h, "%s %d\n%s", p, len(body), body)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// withDatabase returns the server's URL with another database.
func withDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}
