package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gurindam/gurindam/internal/backup"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
)

var noon = time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)

func sample(name, text string) db.Migrations {
	return db.Migrations{Area: "sample", FS: fstest.MapFS{name: &fstest.MapFile{Data: []byte(text)}}}
}

// schema has foreign keys that point forward, backward and at themselves.
func schema() []db.Migrations {
	return []db.Migrations{ledger.Migrations(), job.Migrations(), sample("20270101-01-sample-all.sql", `
		CREATE TABLE zone (id text PRIMARY KEY, parent_id text REFERENCES zone (id));
		CREATE TABLE area (
			id text PRIMARY KEY,
			zone_id text NOT NULL REFERENCES zone (id),
			n bigint, x double precision, open boolean, bytes bytea,
			label text GENERATED ALWAYS AS (id || '!') STORED
		);
		CREATE TABLE pair (a text NOT NULL, b text NOT NULL, PRIMARY KEY (b, a));
		CREATE TABLE bag (word text);
		INSERT INTO pair (a, b) VALUES ('made by', 'the migration');`)}
}

func exec(t *testing.T, d *db.DB, query string, args ...any) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func fill(t *testing.T, d *db.DB) {
	t.Helper()
	exec(t, d, `INSERT INTO zone (id, parent_id) VALUES ('a', NULL), ('z', 'a')`)
	exec(t, d, `UPDATE zone SET parent_id = 'z' WHERE id = 'a'`)
	exec(t, d, `INSERT INTO area (id, zone_id, n, x, open, bytes) VALUES ($1, 'z', $2, $3, $4, $5)`,
		"\"quo\\ted\"\n<&>\u2028é🙂", int64(1)<<62+1, 0.1, true, []byte{0, 255, 10})
	exec(t, d, `INSERT INTO area (id, zone_id, open) VALUES ('nulls', 'a', false)`)
	exec(t, d, `INSERT INTO bag (word) VALUES ('twice'), ('twice'), (NULL)`)
	exec(t, d, `DELETE FROM pair`)
}

// dump is every row of a database, to compare two.
func dump(t *testing.T, d *db.DB) string {
	t.Helper()
	var b strings.Builder
	err := d.View(t.Context(), func(tx *db.Tx) error {
		tables, err := db.Tables(t.Context(), tx)
		if err != nil {
			return err
		}
		for _, table := range tables {
			if table.Name == "schema_migration" {
				continue
			}
			fmt.Fprintln(&b, table.Name, table.Key)
			err := db.EachRow(t.Context(), tx, table, func(values []any) error {
				fmt.Fprintf(&b, "%q\n", values)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func restore(t *testing.T, file string, d *db.DB, sets []db.Migrations) error {
	t.Helper()
	a, err := backup.Open(file)
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Rows(t.Context(), d, sets, func(*db.Tx) error { return nil })
}

// engines runs fn with every pair of engines to copy from and to.
func engines(t *testing.T, from []db.Migrations, fn func(t *testing.T, from, to *db.DB)) {
	repotest.EachDB(t, from, func(t *testing.T, source *db.DB) {
		t.Run("to", func(t *testing.T) {
			repotest.EachDB(t, nil, func(t *testing.T, target *db.DB) { fn(t, source, target) })
		})
	})
}

func TestWhatIsRestoredIsWhatWasThere(t *testing.T) {
	once := map[db.Engine]bool{}
	engines(t, schema(), func(t *testing.T, from, to *db.DB) {
		if !once[from.Engine()] {
			fill(t, from)
			once[from.Engine()] = true
		}
		file := filepath.Join(t.TempDir(), "a.zip")
		m, err := backup.Write(t.Context(), from, "", file, noon)
		if err != nil {
			t.Fatal(err)
		}
		if err := restore(t, file, to, schema()); err != nil {
			t.Fatal(err)
		}
		if before, after := dump(t, from), dump(t, to); before != after || m.Rows() != 8 {
			t.Errorf("%d rows\n%s\nbecame\n%s", m.Rows(), before, after)
		}
		// The foreign keys count again.
		err = to.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `INSERT INTO area (id, zone_id) VALUES ('x', 'nowhere')`)
			return err
		})
		if !db.IsForeign(err) {
			t.Errorf("got %v", err)
		}
		if err := restore(t, file, to, schema()); !fault.Is(err, fault.Conflict) {
			t.Errorf("restored over what is there: %v", err)
		}
	})
}

// Decisions are entered and numbered while the backup is made: it is one
// moment of the record, whole and signed.
func TestBackupDuringWrites(t *testing.T) {
	engines(t, schema(), func(t *testing.T, from, to *db.DB) {
		data := t.TempDir()
		signer, err := ledger.OpenSigner(filepath.Join(data, "keys"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(data, "gurindam.db-wal"), []byte("not this"), 0o600); err != nil {
			t.Fatal(err)
		}
		exec(t, from, `DELETE FROM ledger_entry`)
		exec(t, from, `DELETE FROM ledger_checkpoint`)
		exec(t, from, `DELETE FROM ledger_key`)
		exec(t, from, `UPDATE ledger_tree SET size = 0, edge = NULL`)
		seq := &ledger.Sequencer{DB: from, Signer: signer}
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		started := make(chan struct{})
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				err := from.Tx(t.Context(), func(tx *db.Tx) error {
					if _, err := db.Exec(t.Context(), tx, `INSERT INTO bag (word) VALUES ('decision')`); err != nil {
						return err
					}
					return ledger.Append(t.Context(), tx, ledger.Entry{Kind: "test.made", Subject: "bag", Payload: i, At: noon})
				})
				if err == nil {
					_, err = seq.Sequence(t.Context())
				}
				if err != nil {
					t.Error(err)
					return
				}
				if i == 20 {
					close(started)
				}
			}
		})
		<-started
		file := filepath.Join(t.TempDir(), "a.zip")
		m, err := backup.Write(t.Context(), from, data, file, noon)
		stop()
		wg.Wait()
		if err != nil {
			t.Fatal(err)
		}
		if err := restore(t, file, to, schema()); err != nil {
			t.Fatal(err)
		}
		rep, err := ledger.Verify(t.Context(), to, ledger.Trust{Keys: []ledger.Verifier{signer.Verifier}})
		if err != nil || !rep.OK || rep.Entries < 20 {
			t.Errorf("%+v, %v", rep, err)
		}
		decisions, err := db.One(t.Context(), to, `SELECT count(*) FROM bag WHERE word = 'decision'`, db.Value[int64])
		if err != nil || decisions < rep.Entries+rep.Waiting {
			t.Errorf("%d decisions, %d entries, %v", decisions, rep.Entries+rep.Waiting, err)
		}
		if m.Files != 2 {
			t.Errorf("%d files were copied, want the two keys", m.Files)
		}
		checkFiles(t, file, signer)
	})
}

// checkFiles restores the files and asks that the key is the same and private.
func checkFiles(t *testing.T, file string, signer *ledger.Signer) {
	t.Helper()
	a, err := backup.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	back := filepath.Join(t.TempDir(), "data")
	if err := a.Files(back); err != nil {
		t.Fatal(err)
	}
	again, err := ledger.OpenSigner(filepath.Join(back, "keys"))
	if err != nil || again.String() != signer.String() {
		t.Errorf("the key came back as %v, %v", again, err)
	}
	info, err := os.Stat(filepath.Join(back, "keys", "ledger.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := a.Files(back); !fault.Is(err, fault.Conflict) {
		t.Errorf("files were overwritten: %v", err)
	}
}

// An older backup is restored by a newer program, whose later migrations then
// run on its rows; a newer backup is refused.
func TestBackupOfAnotherVersion(t *testing.T) {
	later := sample("20270202-01-sample-later.sql", `ALTER TABLE bag ADD COLUMN size bigint; UPDATE bag SET size = length(word);`)
	engines(t, schema(), func(t *testing.T, from, to *db.DB) {
		exec(t, from, `INSERT INTO bag (word) VALUES ('seven77')`)
		file := filepath.Join(t.TempDir(), "old.zip")
		if _, err := backup.Write(t.Context(), from, "", file, noon); err != nil {
			t.Fatal(err)
		}
		if err := restore(t, file, to, append(schema(), later)); err != nil {
			t.Fatal(err)
		}
		n, err := db.One(t.Context(), to, `SELECT size FROM bag WHERE word = 'seven77' LIMIT 1`, db.Value[int])
		if err != nil || n != 7 {
			t.Errorf("size %d, %v", n, err)
		}
		newer := filepath.Join(t.TempDir(), "new.zip")
		if _, err := backup.Write(t.Context(), to, "", newer, noon); err != nil {
			t.Fatal(err)
		}
		fresh := repotest.OpenSQLite(t, nil)
		if err := restore(t, newer, fresh, schema()); !fault.Is(err, fault.Conflict) {
			t.Errorf("got %v", err)
		}
		if err := backup.Empty(t.Context(), fresh); err != nil {
			t.Errorf("the refused restore left something: %v", err)
		}
	})
}

func TestDamagedBackupRestoresNothing(t *testing.T) {
	from := repotest.OpenSQLite(t, schema())
	fill(t, from)
	dir := t.TempDir()
	file := filepath.Join(dir, "a.zip")
	if _, err := backup.Write(t.Context(), from, "", file, noon); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damage := map[string][]byte{"cut": whole[:len(whole)/2], "empty": nil, "text": []byte("no archive")}
	for i := 0; i < len(whole); i += 97 {
		b := bytes.Clone(whole)
		b[i] ^= 0x40
		damage[fmt.Sprintf("byte %d", i)] = b
	}
	want := dump(t, from)
	for name, body := range damage {
		bad := filepath.Join(dir, "bad.zip")
		if err := os.WriteFile(bad, body, 0o600); err != nil {
			t.Fatal(err)
		}
		to := repotest.OpenSQLite(t, nil)
		err := restore(t, bad, to, schema())
		if err == nil {
			// A byte that only says when an entry was written.
			if got := dump(t, to); got != want {
				t.Errorf("%s: restored something else", name)
			}
			continue
		}
		if fault.KindOf(err) == fault.Internal {
			t.Errorf("%s: %v", name, err)
		}
		if err := backup.Empty(t.Context(), to); err != nil {
			t.Errorf("%s: something was restored: %v", name, err)
		}
	}
}

func TestBackupDoesNotOverwriteAndLeavesNoHalfFile(t *testing.T) {
	from := repotest.OpenSQLite(t, schema())
	dir := t.TempDir()
	file := filepath.Join(dir, "a.zip")
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Write(t.Context(), from, "", file, noon); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v", err)
	}
	if body, err := os.ReadFile(file); string(body) != "precious" {
		t.Errorf("%s, %v", body, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := backup.Write(ended, from, "", filepath.Join(dir, "b.zip"), noon); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) != 1 {
		t.Errorf("left %v, %v", left, err)
	}
	if _, err := backup.Open(filepath.Join(dir, "nothing.zip")); !fault.Is(err, fault.NotFound) {
		t.Errorf("got %v", err)
	}
}
