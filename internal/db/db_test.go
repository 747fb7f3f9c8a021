package db_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

func schema(area string, files map[string]string) db.Migrations {
	fs := fstest.MapFS{}
	for name, text := range files {
		fs["migration/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return db.Migrations{Area: area, FS: fs}
}

var sample = []db.Migrations{schema("sample", map[string]string{"20260101-01-sample-first.sql": `
CREATE TABLE parent (id text PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE thing (
	id text PRIMARY KEY,
	parent_id text REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED,
	name text NOT NULL, -- a comment; with a semicolon
	n bigint NOT NULL DEFAULT 0 CHECK (n >= 0),
	x double precision,
	open boolean NOT NULL DEFAULT true,
	bytes bytea,
	made_at text
);
CREATE INDEX thing_open ON thing (name) WHERE open;
`})}

type thing struct {
	ID, Name string
	N        int64
	X        float64
	Open     bool
	Bytes    []byte
	Made     time.Time
}

func scanThing(r db.Row) (thing, error) {
	var v thing
	err := r.Scan(&v.ID, &v.Name, &v.N, db.OrZero(&v.X), &v.Open, &v.Bytes, db.TimeTo(&v.Made))
	return v, err
}

const selectThing = `SELECT id, name, n, x, open, bytes, made_at FROM thing `

func write(t *testing.T, d *db.DB, query string, args ...any) error {
	t.Helper()
	return d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, query, args...)
		return err
	})
}

func TestValuesComeBackAsTheyWent(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		at := time.Date(2026, 3, 31, 23, 59, 59, 123456789, time.FixedZone("WIT", 9*3600))
		want := thing{db.NewID(), "Dinas Kesehatan — Puskesmas Ranotana", 1 << 53, 0.25, true, []byte{0, 1, 255}, at.UTC().Truncate(time.Microsecond)}
		err := write(t, d, `INSERT INTO thing (id, name, n, x, open, bytes, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			want.ID, want.Name, want.N, want.X, want.Open, want.Bytes, at)
		if err != nil {
			t.Fatal(err)
		}
		got, err := db.One(t.Context(), d, selectThing+`WHERE open AND made_at = $1`, scanThing, db.Time(at))
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", got, want)
		}
		if err := write(t, d, `INSERT INTO thing (id, name, open) VALUES ($1, $2, $3)`, "b", "b", false); err != nil {
			t.Fatal(err)
		}
		got, err = db.One(t.Context(), d, selectThing+`WHERE open = $1`, scanThing, false)
		if err != nil || got.Open || got.X != 0 || !got.Made.IsZero() {
			t.Errorf("NULLs became %v, %v", got, err)
		}
	})
}

// The placeholders of a statement are bound by number, not by position.
func TestPlaceholdersAreNumbered(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		got, err := db.One(t.Context(), d, `SELECT CAST($2 AS text) || CAST($1 AS text) || CAST($2 AS text)`, db.Value[string], "a", "b")
		if err != nil || got != "bab" {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

func TestOneWithoutRow(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		_, err := db.One(t.Context(), d, selectThing+`WHERE id = $1`, scanThing, "none")
		if !errors.Is(err, db.ErrNone) || !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
		all, err := db.All(t.Context(), d, selectThing, scanThing)
		if all != nil || err != nil {
			t.Errorf("got %v, %v", all, err)
		}
		there, err := db.Exists(t.Context(), d, `SELECT 1 FROM thing WHERE id = $1`, "none")
		if there || err != nil {
			t.Errorf("got %v, %v", there, err)
		}
	})
}

func TestTextThatOneEngineWouldRefuse(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		for _, bad := range []string{"a\x00b", "\xff\xfe"} {
			if err := write(t, d, `INSERT INTO parent (id, name) VALUES ($1, $2)`, "p", bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: got %v", bad, err)
			}
		}
	})
}

func TestConstraintsAreTold(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		if err := write(t, d, `INSERT INTO parent (id, name) VALUES ($1, $2)`, "p", "x"); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			query string
			is    func(error) bool
		}{
			{`INSERT INTO parent (id, name) VALUES ('p', 'y')`, db.IsDuplicate},
			{`INSERT INTO parent (id, name) VALUES ('q', 'x')`, db.IsDuplicate},
			{`INSERT INTO thing (id, name, parent_id) VALUES ('t', 't', 'nobody')`, db.IsForeign},
		} {
			err := write(t, d, c.query)
			told := 0
			for _, is := range []func(error) bool{db.IsDuplicate, db.IsForeign} {
				if is(err) {
					told++
				}
			}
			if !c.is(err) || told != 1 {
				t.Errorf("%s: %v, told %d", c.query, err, told)
			}
		}
	})
}

func TestRollback(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		stop := errors.New("stop")
		insert := func(tx *db.Tx) {
			if _, err := db.Exec(t.Context(), tx, `INSERT INTO parent (id, name) VALUES ('p', 'p')`); err != nil {
				t.Fatal(err)
			}
			tx.AfterCommit(func() { t.Error("a hook ran without a commit") })
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error { insert(tx); return stop })
		if !errors.Is(err, stop) {
			t.Errorf("got %v", err)
		}
		func() {
			defer func() {
				if recover() != "panic" {
					t.Error("the panic was swallowed")
				}
			}()
			d.Tx(t.Context(), func(tx *db.Tx) error { insert(tx); panic("panic") })
		}()
		if there, err := db.Exists(t.Context(), d, `SELECT 1 FROM parent`); there || err != nil {
			t.Errorf("something stayed: %v, %v", there, err)
		}
	})
}

func TestTryUndoesOnlyItself(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		ran := ""
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			for _, id := range []string{"a", "a", "b"} {
				err := tx.Try(t.Context(), func() error {
					tx.AfterCommit(func() { ran += id })
					_, err := db.Exec(t.Context(), tx, `INSERT INTO parent (id, name) VALUES ($1, $1)`, id)
					return err
				})
				if err != nil && !db.IsDuplicate(err) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		ids, err := db.All(t.Context(), d, `SELECT id FROM parent ORDER BY id`, db.Value[string])
		if err != nil || !slices.Equal(ids, []string{"a", "b"}) || ran != "ab" {
			t.Errorf("got %v, hooks %q, %v", ids, ran, err)
		}
	})
}

// Two transactions that read a sum and add to it must not both start from the
// same sum.
func TestConcurrentTransactionsDoNotLoseUpdates(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		if err := write(t, d, `INSERT INTO thing (id, name) VALUES ('sum', 'sum')`); err != nil {
			t.Fatal(err)
		}
		const workers, rounds = 4, 10
		add := func(tx *db.Tx) error {
			n, err := db.One(t.Context(), tx, `SELECT n FROM thing WHERE id = 'sum'`, db.Value[int64])
			if err != nil {
				return err
			}
			_, err = db.Exec(t.Context(), tx, `UPDATE thing SET n = $1 WHERE id = 'sum'`, n+1)
			return err
		}
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for range rounds {
					if err := d.Tx(t.Context(), add); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		n, err := db.One(t.Context(), d, `SELECT n FROM thing WHERE id = 'sum'`, db.Value[int64])
		if n != workers*rounds || err != nil {
			t.Errorf("got %d, %v", n, err)
		}
	})
}

func TestViewIsOneSnapshotAndCannotWrite(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		count := func(q db.Queryer) int64 {
			n, err := db.One(t.Context(), q, `SELECT count(*) FROM parent`, db.Value[int64])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			before := count(tx)
			if err := write(t, d, `INSERT INTO parent (id, name) VALUES ('p', 'p')`); err != nil {
				return err
			}
			if after := count(tx); before != 0 || after != 0 {
				t.Errorf("the snapshot moved from %d to %d", before, after)
			}
			return nil
		})
		if err != nil || count(d) != 1 {
			t.Errorf("count %d, %v", count(d), err)
		}
		err = d.View(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `DELETE FROM parent`)
			return err
		})
		if err == nil || count(d) != 1 {
			t.Errorf("a view wrote: %v", err)
		}
	})
}

func TestInsertManyAndUpsert(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		for _, n := range []int{0, 1, 700, 5000} {
			rows := make([][]any, n)
			for i := range rows {
				rows[i] = []any{fmt.Sprintf("id%05d", i), fmt.Sprintf("name%d", i), i}
			}
			err := d.Tx(t.Context(), func(tx *db.Tx) error {
				if _, err := db.Exec(t.Context(), tx, `DELETE FROM thing`); err != nil {
					return err
				}
				if err := db.Insert(t.Context(), tx, "thing", []string{"id", "name", "n"}, rows); err != nil {
					return err
				}
				for _, r := range rows {
					r[1] = "changed"
				}
				return db.Upsert(t.Context(), tx, "thing", []string{"id"}, []string{"id", "name", "n"}, rows)
			})
			if err != nil {
				t.Fatal(err)
			}
			got, err := db.One(t.Context(), d, `SELECT count(*) FROM thing WHERE name = 'changed'`, db.Value[int])
			if got != n || err != nil {
				t.Errorf("%d rows became %d, %v", n, got, err)
			}
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return db.Insert(t.Context(), tx, "thing", []string{"id", "name"}, [][]any{{"only one"}})
		})
		if err == nil || !strings.Contains(err.Error(), "1 values for 2 columns") {
			t.Errorf("got %v", err)
		}
	})
}

func TestIn(t *testing.T) {
	if got := db.In(3, 3); got != "$3, $4, $5" {
		t.Error(got)
	}
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		if err := write(t, d, `INSERT INTO parent (id, name) VALUES ('p', 'p')`); err != nil {
			t.Fatal(err)
		}
		ids, err := db.All(t.Context(), d, `SELECT id FROM parent WHERE id IN (`+db.In(1, 0)+`)`, db.Value[string])
		if len(ids) != 0 || err != nil {
			t.Errorf("an empty list matched %v, %v", ids, err)
		}
	})
}

func TestIDsAndTimesSort(t *testing.T) {
	last := ""
	for range 2000 {
		id := db.NewID()
		if id <= last {
			t.Fatalf("%s does not come after %s", id, last)
		}
		last = id
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)
	if s := db.Time(at); s != "2026-01-02T03:04:05.000006Z" {
		t.Error(s)
	}
	back, err := db.ParseTime(db.Time(at))
	if err != nil || !back.Equal(at) {
		t.Error(back, err)
	}
	if _, err := db.ParseTime("2026-01-02"); err == nil {
		t.Error("a date is not a stored time")
	}
}

func TestTextOrderIsByBytes(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			var rows [][]any
			for _, s := range []string{"b", "B", "a", "é", "A", "-"} {
				rows = append(rows, []any{s, s})
			}
			return db.Insert(t.Context(), tx, "parent", []string{"id", "name"}, rows)
		})
		if err != nil {
			t.Fatal(err)
		}
		names, err := db.All(t.Context(), d, `SELECT name FROM parent ORDER BY name`, db.Value[string])
		if got := strings.Join(names, ""); got != "-ABabé" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

func TestOpenRefusesWhatItCannotUse(t *testing.T) {
	for _, c := range []db.Config{{}, {URL: "mysql://x"}, {URL: "postgres://u:secret@h:port/x"}} {
		_, err := db.Open(t.Context(), c)
		if !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%+v: %v", c, err)
		}
	}
	_, err := db.Open(t.Context(), db.Config{URL: "postgres://u:secret@127.0.0.1:1/x"})
	if !fault.Is(err, fault.Unavailable) || strings.Contains(err.Error(), "secret") {
		t.Errorf("nobody listens: %v", err)
	}
}

func TestPingNoticesARemovedFile(t *testing.T) {
	d := repotest.OpenSQLite(t, sample)
	if err := d.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(d.Path()); err != nil {
		t.Fatal(err)
	}
	if err := d.Ping(t.Context()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
}

func TestSchemaInURL(t *testing.T) {
	base := repotest.PostgresURL(t, nil)
	count := func(name string, insert bool) int {
		d, err := db.Open(t.Context(), db.Config{URL: base + "&schema=" + name, Unsafe: true})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if err := d.Migrate(t.Context(), sample); err != nil {
			t.Fatal(err)
		}
		if insert {
			if err := write(t, d, `INSERT INTO parent (id, name) VALUES ('p', 'p')`); err != nil {
				t.Fatal(err)
			}
		}
		n, err := db.One(t.Context(), d, `SELECT count(*) FROM parent`, db.Value[int])
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if a, b, again := count("manado", true), count("tomohon", false), count("manado", false); a != 1 || b != 0 || again != 1 {
		t.Errorf("two agencies in one database see each other: %d %d %d", a, b, again)
	}
}

func TestSlowStatementsAreLoggedWithoutArguments(t *testing.T) {
	var log strings.Builder
	d, err := db.Open(t.Context(), db.Config{Dir: t.TempDir(), Slow: 1, Log: textLog(&log)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := db.One(t.Context(), d, `SELECT CAST($1 AS text)`, db.Value[string], "198609262015051001"); err != nil {
		t.Fatal(err)
	}
	if got := log.String(); !strings.Contains(got, "SELECT CAST($1 AS text)") || strings.Contains(got, "1986") {
		t.Errorf("logged %q", got)
	}
}

func TestCancelledContextStopsATransaction(t *testing.T) {
	repotest.EachDB(t, sample, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Tx(ctx, func(tx *db.Tx) error {
			if _, err := db.Exec(ctx, tx, `INSERT INTO parent (id, name) VALUES ('p', 'p')`); err != nil {
				return err
			}
			cancel()
			_, err := db.Exec(ctx, tx, `INSERT INTO parent (id, name) VALUES ('q', 'q')`)
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if there, err := db.Exists(t.Context(), d, `SELECT 1 FROM parent`); there || err != nil {
			t.Errorf("half a transaction stayed: %v, %v", there, err)
		}
	})
}

func TestWakeIsHeardAfterTheCommitOnly(t *testing.T) {
	d := repotest.OpenSQLite(t, sample)
	woken, stop := d.Woken("letters")
	ring := func(fail error) {
		before := len(woken)
		d.Tx(t.Context(), func(tx *db.Tx) error {
			tx.Wake("letters")
			if len(woken) != before {
				t.Error("woken before the commit")
			}
			return fail
		})
	}
	ring(errors.New("no"))
	if len(woken) != 0 {
		t.Error("woken by a rollback")
	}
	ring(nil)
	ring(nil)
	if len(woken) != 1 {
		t.Errorf("%d wakes wait, want one", len(woken))
	}
	<-woken
	stop()
	ring(nil)
	if len(woken) != 0 {
		t.Error("woken after stop")
	}
}
