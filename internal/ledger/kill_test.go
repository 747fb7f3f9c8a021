package ledger_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
)

// victimEnv tells the test program that it is the process to be killed: its
// value is the database URL (or "sqlite"), a space and the directory.
const victimEnv = "GURINDAM_TEST_VICTIM"

// A process is killed, not asked, while it enters decisions and numbers them.
// What it had answered for is there, whole; the record verifies and goes on.
func TestKilledWhileWriting(t *testing.T) {
	if os.Getenv(victimEnv) != "" {
		victim(t)
		return
	}
	t.Run("sqlite", func(t *testing.T) { killWriter(t, "") })
	t.Run("postgres", func(t *testing.T) { killWriter(t, repotest.PostgresURL(t, schema)) })
}

func killWriter(t *testing.T, url string) {
	dir := t.TempDir()
	for round := range 3 {
		answered := killAfter(t, url, dir, 40+60*round)
		d, err := db.Open(t.Context(), db.Config{URL: url, Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		checkSurvivors(t, d, dir, answered)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killAfter starts the writer, kills it after n answers and returns them.
func killAfter(t *testing.T, url, dir string, n int) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "-test.run=^TestKilledWhileWriting$", "-test.v")
	c.Env = append(os.Environ(), victimEnv+"="+url+" "+dir)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var answered []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if id, ok := strings.CutPrefix(lines.Text(), "done "); ok {
			answered = append(answered, id)
		}
		if len(answered) == n {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := c.Wait(); err == nil || len(answered) < n {
		t.Fatalf("the writer ended by itself after %d answers: %v", len(answered), err)
	}
	return answered
}

// victim enters decisions of two entries each until it is killed.
func victim(t *testing.T) {
	url, dir, _ := strings.Cut(os.Getenv(victimEnv), " ")
	d, err := db.Open(t.Context(), db.Config{URL: url, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(t.Context(), schema); err != nil {
		t.Fatal(err)
	}
	signer, err := ledger.OpenSigner(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	seq := &ledger.Sequencer{DB: d, Signer: signer, Pause: time.Millisecond}
	go seq.Run(context.Background())
	for range 4 {
		go func() {
			for {
				id := db.NewID()
				err := d.Tx(t.Context(), func(tx *db.Tx) error {
					pair := []ledger.Entry{entry(1), entry(2)}
					pair[0].Subject, pair[1].Subject = "pair:"+id, "pair:"+id
					return ledger.AppendAll(t.Context(), tx, pair)
				})
				if err != nil {
					fmt.Println("error", err)
					return
				}
				fmt.Println("done " + id)
			}
		}()
	}
	time.Sleep(time.Minute)
	t.Fatal("nobody killed the writer")
}

func checkSurvivors(t *testing.T, d *db.DB, dir string, answered []string) {
	t.Helper()
	pairs := map[string]int{}
	err := db.Each(t.Context(), d, `SELECT subject, count(*) FROM ledger_entry GROUP BY subject`, func(r db.Row) error {
		var subject string
		var n int
		err := r.Scan(&subject, &n)
		pairs[strings.TrimPrefix(subject, "pair:")] = n
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range answered {
		if pairs[id] != 2 {
			t.Errorf("%s was answered and has %d entries", id, pairs[id])
		}
	}
	for id, n := range pairs {
		if n != 2 {
			t.Errorf("half a decision is there: %s has %d entries", id, n)
		}
	}
	signer, err := ledger.OpenSigner(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&ledger.Sequencer{DB: d, Signer: signer}).Sequence(t.Context()); err != nil {
		t.Fatal(err)
	}
	rep, err := ledger.Verify(t.Context(), d, ledger.Trust{
		Keys: []ledger.Verifier{signer.Verifier}, Checkpoints: []string{ledger.KeptCheckpoint(filepath.Join(dir, "keys"))},
	})
	if err != nil || !rep.OK || rep.Waiting != 0 {
		t.Errorf("%+v, %v", rep, err)
	}
}
