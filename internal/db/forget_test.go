package db_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
)

// What was deleted is not in the file any more, nor in its log.
func TestDeletedRowsLeaveNoBytes(t *testing.T) {
	tables := []db.Migrations{{Area: "x", FS: fstest.MapFS{"20260101-01-x-a.sql": {Data: []byte(`CREATE TABLE secret (word text NOT NULL)`)}}}}
	dir := t.TempDir()
	d, err := db.Open(t.Context(), db.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(t.Context(), tables); err != nil {
		t.Fatal(err)
	}
	word := "kata-yang-harus-hilang"
	run := func(sql string, args ...any) {
		t.Helper()
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, sql, args...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	run(`INSERT INTO secret (word) VALUES ($1)`, word)
	if !inFiles(t, dir, word) {
		t.Fatal("the word was never stored")
	}
	run(`DELETE FROM secret`)
	if err := d.Forget(t.Context(), "secret"); err != nil {
		t.Fatal(err)
	}
	if inFiles(t, dir, word) {
		t.Error("the deleted word is still in the files")
	}
}

func inFiles(t *testing.T, dir, word string) bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err == nil && bytes.Contains(raw, []byte(word)) {
			return true
		}
	}
	return false
}

func TestForgetWorksOnBothEngines(t *testing.T) {
	tables := []db.Migrations{{Area: "x", FS: fstest.MapFS{"20260101-01-x-a.sql": {Data: []byte(`CREATE TABLE secret (word text NOT NULL)`)}}}}
	repotest.EachDB(t, tables, func(t *testing.T, d *db.DB) {
		if err := d.Forget(t.Context(), "secret"); err != nil {
			t.Fatal(err)
		}
	})
}
