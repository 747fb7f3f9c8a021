package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
)

// gurindam runs the program and returns what it wrote and its status.
func gurindam(t *testing.T, args ...string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(t.Context(), append([]string{"--lang", "en"}, args...), strings.NewReader(""), &o, &e)
	return o.String(), e.String(), status
}

// eachStore runs fn with the flags of an empty store on either engine.
func eachStore(t *testing.T, fn func(t *testing.T, flags []string)) {
	t.Run("sqlite", func(t *testing.T) { fn(t, []string{"--data", filepath.Join(t.TempDir(), "data")}) })
	t.Run("postgres", func(t *testing.T) {
		fn(t, []string{"--data", filepath.Join(t.TempDir(), "data"), "--database", repotest.PostgresURL(t, nil)})
	})
}

func storeOf(flags []string) Store {
	s := Store{Data: flags[1]}
	if len(flags) > 2 {
		s.Database = flags[3]
	}
	return s
}

// live fills the store with five numbered decisions, as the server would.
func live(t *testing.T, s Store) {
	t.Helper()
	d, err := s.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	signer, err := ledger.OpenSigner(s.Keys())
	if err != nil {
		t.Fatal(err)
	}
	err = d.Tx(t.Context(), func(tx *db.Tx) error {
		for i := range 5 {
			e := ledger.Entry{Kind: "test.made", Subject: "thing:1", Payload: i, At: time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC)}
			if err := ledger.Append(t.Context(), tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&ledger.Sequencer{DB: d, Signer: signer}).Sequence(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestLedgerVerify(t *testing.T) {
	eachStore(t, func(t *testing.T, flags []string) {
		s := storeOf(flags)
		live(t, s)
		out, errs, status := gurindam(t, append([]string{"ledger", "verify"}, flags...)...)
		if status != 0 || errs != "" || !strings.Contains(out, "The record is whole: 5 entries agree with 1 signed checkpoints.") {
			t.Errorf("status %d\n%s%s", status, out, errs)
		}
		tamper(t, s, `UPDATE ledger_entry SET payload = salt WHERE seq = 2`)
		out, errs, status = gurindam(t, append([]string{"ledger", "verify", "--json"}, flags...)...)
		var rep ledger.Report
		if err := json.Unmarshal([]byte(out), &rep); err != nil {
			t.Fatalf("%v\n%s%s", err, out, errs)
		}
		if status != 1 || errs != "" || rep.OK || len(rep.Problems) != 1 || rep.Problems[0].Code != ledger.PayloadChanged || rep.Problems[0].Seq != 2 {
			t.Errorf("status %d, %+v\n%s", status, rep, errs)
		}
	})
}

func tamper(t *testing.T, s Store, query string) {
	t.Helper()
	d, err := s.Existing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, query)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBackupAndRestore(t *testing.T) {
	eachStore(t, func(t *testing.T, flags []string) {
		s := storeOf(flags)
		live(t, s)
		if err := os.MkdirAll(filepath.Join(s.Data, "files", "ab"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(s.Data, "files", "ab", "cd"), []byte("evidence"), 0o600); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "copy.zip")
		if _, errs, status := gurindam(t, append([]string{"backup", file}, flags...)...); status != 0 || !strings.Contains(errs, "Encrypt it") {
			t.Fatalf("status %d\n%s", status, errs)
		}
		t.Run("to", func(t *testing.T) {
			eachStore(t, func(t *testing.T, target []string) {
				if _, errs, status := gurindam(t, append([]string{"restore", file}, target...)...); status != 0 {
					t.Fatalf("status %d\n%s", status, errs)
				}
				out, errs, status := gurindam(t, append([]string{"ledger", "verify"}, target...)...)
				if status != 0 || !strings.Contains(out, "5 numbered entries, 1 waiting") {
					t.Errorf("status %d\n%s%s", status, out, errs)
				}
				body, err := os.ReadFile(filepath.Join(target[1], "files", "ab", "cd"))
				if err != nil || string(body) != "evidence" {
					t.Errorf("%s, %v", body, err)
				}
				if _, errs, status := gurindam(t, append([]string{"restore", file}, target...)...); status != 1 || !strings.Contains(errs, "not empty") {
					t.Errorf("restored twice: status %d\n%s", status, errs)
				}
			})
		})
	})
}

// A restore that fails leaves the data directory as empty as it was.
func TestFailedRestoreLeavesNothing(t *testing.T) {
	s := Store{Data: filepath.Join(t.TempDir(), "data")}
	live(t, s)
	file := filepath.Join(t.TempDir(), "copy.zip")
	if _, errs, status := gurindam(t, "backup", file, "--data", s.Data); status != 0 {
		t.Fatal(errs)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(whole, []byte("table/ledger_entry")) + 60
	whole[at] ^= 0xff
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "back")
	if _, errs, status := gurindam(t, "restore", file, "--data", target); status != 1 || !strings.Contains(errs, "damaged in table ledger_entry") {
		t.Errorf("status %d\n%s", status, errs)
	}
	if left, err := os.ReadDir(target); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestRecordCommandsWithoutARecord(t *testing.T) {
	empty := t.TempDir()
	for _, args := range [][]string{
		{"ledger", "verify"},
		{"ledger", "verify", "--data", empty},
		{"ledger", "verify", "--json", "--data", empty},
		{"backup", filepath.Join(empty, "a.zip"), "--data", filepath.Join(empty, "nowhere")},
		{"ledger", "verify", "--data", empty, "--key", "nonsense"},
	} {
		if out, errs, status := gurindam(t, args...); status != 1 || out != "" || errs == "" {
			t.Errorf("%v: status %d, out %q, err %q", args, status, out, errs)
		}
	}
	if left, err := os.ReadDir(empty); err != nil || len(left) != 0 {
		t.Errorf("a mistyped directory became a record: %v, %v", left, err)
	}
	if n := len(app.Migrations()); n == 0 {
		t.Error("the program has no tables")
	}
}

// What an entry says can be erased; the record verifies and says so.
func TestLedgerErase(t *testing.T) {
	eachStore(t, func(t *testing.T, flags []string) {
		live(t, storeOf(flags))
		d, err := storeOf(flags).Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		of, err := ledger.Of(t.Context(), d, "thing:1")
		if err != nil || len(of) != 5 {
			t.Fatalf("%d entries, %v", len(of), err)
		}
		erase := append([]string{"ledger", "erase", of[2].ID}, flags...)
		if out, errs, status := gurindam(t, erase...); status != 2 && status != 80 || out != "" {
			t.Errorf("without a reason: %d %s%s", status, out, errs)
		}
		if out, errs, status := gurindam(t, append(erase, "--reason", "Putusan 12/2026")...); status != 0 {
			t.Errorf("%d %s%s", status, out, errs)
		}
		if out, errs, status := gurindam(t, append(erase, "--reason", "again")...); status == 0 {
			t.Errorf("erased twice: %s%s", out, errs)
		}
		if out, errs, status := gurindam(t, append([]string{"ledger", "verify"}, flags...)...); status != 0 || !strings.Contains(out, "1 with a payload erased") && !strings.Contains(out, "1 waiting, 1 with") {
			t.Errorf("%d %s%s", status, out, errs)
		}
	})
}
