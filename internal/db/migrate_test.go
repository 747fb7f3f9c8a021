package db_test

import (
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

func textLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

func applied(t *testing.T, d *db.DB) []string {
	t.Helper()
	names, err := db.All(t.Context(), d, `SELECT name FROM schema_migration ORDER BY name`, db.Value[string])
	if err != nil {
		t.Fatal(err)
	}
	return names
}

var (
	first  = schema("a", map[string]string{"20260101-01-a-one.sql": `CREATE TABLE one (id text PRIMARY KEY);`})
	second = schema("b", map[string]string{"20260102-01-b-two.sql": `CREATE TABLE two (one_id text REFERENCES one (id)); INSERT INTO one (id) VALUES ('x; y');`})
)

func TestMigrationsRunOnceInTheOrderOfTheirNames(t *testing.T) {
	repotest.EachDB(t, nil, func(t *testing.T, d *db.DB) {
		for range 2 {
			if err := d.Migrate(t.Context(), []db.Migrations{second, first}); err != nil {
				t.Fatal(err)
			}
		}
		if got := applied(t, d); !slices.Equal(got, []string{"20260101-01-a-one.sql", "20260102-01-b-two.sql"}) {
			t.Errorf("applied %v", got)
		}
		n, err := db.One(t.Context(), d, `SELECT count(*) FROM one`, db.Value[int])
		if n != 1 || err != nil {
			t.Errorf("the statement after the first semicolon ran %d times, %v", n, err)
		}
	})
}

func TestMigrationThatFailsLeavesNothing(t *testing.T) {
	broken := schema("b", map[string]string{"20260102-01-b-two.sql": `CREATE TABLE two (id text); CREATE TABLE two (id text);`})
	repotest.EachDB(t, nil, func(t *testing.T, d *db.DB) {
		if err := d.Migrate(t.Context(), []db.Migrations{first, broken}); err == nil || !strings.Contains(err.Error(), "20260102-01-b-two.sql") {
			t.Fatalf("got %v", err)
		}
		if err := d.Migrate(t.Context(), []db.Migrations{first, second}); err != nil {
			t.Errorf("after mending it: %v", err)
		}
	})
}

func TestMigrateRefusesAnotherProgramsSchema(t *testing.T) {
	repotest.EachDB(t, nil, func(t *testing.T, d *db.DB) {
		if err := d.Migrate(t.Context(), []db.Migrations{first, second}); err != nil {
			t.Fatal(err)
		}
		changed := schema("a", map[string]string{"20260101-01-a-one.sql": `CREATE TABLE one (id text PRIMARY KEY, extra text);`})
		for key, sets := range map[string][]db.Migrations{"db.newer": {first}, "db.changed": {changed, second}} {
			err := d.Migrate(t.Context(), sets)
			if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), key) {
				t.Errorf("%s: got %v", key, err)
			}
		}
	})
}

func TestMigrateRefusesTwoFilesOfOneName(t *testing.T) {
	d := repotest.OpenSQLite(t, nil)
	twin := schema("twin", map[string]string{"20260101-01-a-one.sql": `CREATE TABLE twin (id text);`})
	if err := d.Migrate(t.Context(), []db.Migrations{first, twin}); err == nil || !strings.Contains(err.Error(), "twin") {
		t.Errorf("got %v", err)
	}
}

func TestServersThatStartTogetherMigrateOnce(t *testing.T) {
	repotest.EachDB(t, nil, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if err := d.Migrate(t.Context(), []db.Migrations{first, second}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := applied(t, d); len(got) != 2 {
			t.Errorf("applied %v", got)
		}
	})
}

// A PostgreSQL database made with a national locale sorts differently; the
// migration runner gives its text columns the order of bytes.
func TestByteOrderInAnyLocale(t *testing.T) {
	url := repotest.PostgresURLWithLocale(t, "und-x-icu")
	d, err := db.Open(t.Context(), db.Config{URL: url, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if got, err := db.One(t.Context(), d, `SELECT 'a' < 'B'`, db.Value[bool]); err != nil || !got {
		t.Fatalf("the database has byte order from the start: %v, %v", got, err)
	}
	if err := d.Migrate(t.Context(), sample); err != nil {
		t.Fatal(err)
	}
	err = write(t, d, `INSERT INTO parent (id, name) VALUES ('1', 'a'), ('2', 'B')`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := db.One(t.Context(), d, `SELECT string_agg(name, '' ORDER BY name) FROM parent`, db.Value[string])
	if got != "Ba" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}
