package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
)

var schema = []db.Migrations{ledger.Migrations()}

var noon = time.Date(2026, 11, 23, 5, 0, 0, 123456789, time.UTC)

// record is a database with a sequencer whose key lives in dir.
type record struct {
	*db.DB
	seq *ledger.Sequencer
	dir string
}

func newRecord(t *testing.T, d *db.DB) *record {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	signer, err := ledger.OpenSigner(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &record{d, &ledger.Sequencer{DB: d, Signer: signer, Now: func() time.Time { return noon }}, dir}
}

func entry(i int) ledger.Entry {
	return ledger.Entry{Kind: "test.made", Subject: fmt.Sprintf("thing:%d", i), Actor: "account:7", Payload: map[string]any{"b": i, "a": "<Ani & Budi>"}, At: noon}
}

func (r *record) append(t *testing.T, n int) {
	t.Helper()
	err := r.Tx(t.Context(), func(tx *db.Tx) error {
		for i := range n {
			if err := ledger.Append(t.Context(), tx, entry(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (r *record) sequence(t *testing.T) int64 {
	t.Helper()
	n, err := r.seq.Sequence(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// fill makes a record of 11 entries, signed in three rounds.
func (r *record) fill(t *testing.T) {
	t.Helper()
	for _, n := range []int{3, 1, 7} {
		r.append(t, n)
		r.sequence(t)
	}
}

func (r *record) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	err := r.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (r *record) verify(t *testing.T) ledger.Report {
	t.Helper()
	rep, err := ledger.Verify(t.Context(), r.DB, ledger.Trust{Keys: []ledger.Verifier{r.seq.Signer.Verifier}})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func codes(rep ledger.Report) string {
	var s []string
	for _, p := range rep.Problems {
		s = append(s, string(p.Code))
	}
	return strings.Join(s, " ")
}

func (r *record) list(t *testing.T) []ledger.Record {
	t.Helper()
	all, err := ledger.List(t.Context(), r.DB, ledger.Filter{Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEmptyRecordVerifies(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		if n := r.sequence(t); n != 0 {
			t.Errorf("numbered %d", n)
		}
		if rep := r.verify(t); !rep.OK || rep.Entries != 0 {
			t.Errorf("%+v", rep)
		}
		if _, err := ledger.Latest(t.Context(), d); !errors.Is(err, db.ErrNone) {
			t.Errorf("got %v", err)
		}
	})
}

func TestEntriesAreNumberedAndSigned(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.append(t, 3)
		if rep := r.verify(t); !rep.OK || rep.Waiting != 3 {
			t.Errorf("before numbering: %+v", rep)
		}
		r.fill(t)
		rep := r.verify(t)
		if !rep.OK || rep.Entries != 14 || rep.Waiting != 0 || rep.Checkpoints != 3 {
			t.Errorf("%+v", rep)
		}
		c, err := ledger.Latest(t.Context(), d)
		if err != nil || c.Size != 14 || !c.At.Equal(noon.Truncate(time.Microsecond)) {
			t.Errorf("%+v, %v", c, err)
		}
		if kept := ledger.KeptCheckpoint(r.dir); kept != c.Note {
			t.Errorf("kept %q", kept)
		}
	})
}

// Decisions run side by side, and more than one server numbers them: each entry
// is numbered exactly once, without a gap.
func TestConcurrentAppendsAndSequencers(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		const writers, each = 6, 15
		var writing, numbering sync.WaitGroup
		done := make(chan struct{})
		for range 2 {
			numbering.Go(func() {
				for {
					if _, err := r.seq.Sequence(context.Background()); err != nil {
						t.Error(err)
						return
					}
					select {
					case <-done:
						return
					default:
					}
				}
			})
		}
		for range writers {
			writing.Go(func() {
				for i := range each {
					err := d.Tx(t.Context(), func(tx *db.Tx) error { return ledger.Append(t.Context(), tx, entry(i)) })
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		writing.Wait()
		close(done)
		numbering.Wait()
		r.sequence(t)
		if rep := r.verify(t); !rep.OK || rep.Entries != writers*each || rep.Waiting != 0 {
			t.Errorf("%+v", rep)
		}
	})
}

func TestRolledBackEntryLeavesNoGap(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.append(t, 2)
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := ledger.Append(t.Context(), tx, entry(9)); err != nil {
				return err
			}
			return errors.New("refused")
		})
		if err == nil {
			t.Fatal("no error")
		}
		r.append(t, 2)
		r.sequence(t)
		if rep := r.verify(t); !rep.OK || rep.Entries != 4 {
			t.Errorf("%+v", rep)
		}
	})
}

// A server killed between a decision and its numbering leaves entries waiting;
// the next start numbers them in the order of their ids.
func TestCrashBeforeNumbering(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.append(t, 3)
		// The process ends here; a new one opens the same keys.
		signer, err := ledger.OpenSigner(r.dir)
		if err != nil {
			t.Fatal(err)
		}
		next := &record{d, &ledger.Sequencer{DB: d, Signer: signer}, r.dir}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		next.seq.Run(ctx) // its last round numbers what waits
		all := next.list(t)
		if len(all) != 3 || all[0].Subject != "thing:2" || all[2].Subject != "thing:0" {
			t.Errorf("%+v", all)
		}
		if rep := r.verify(t); !rep.OK {
			t.Error(codes(rep))
		}
	})
}

func TestRunNumbersWhatIsAppended(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.seq.Pause = time.Millisecond
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { r.seq.Run(ctx) })
		r.append(t, 5)
		for r.verify(t).Waiting > 0 {
			time.Sleep(5 * time.Millisecond)
		}
		cancel()
		wg.Wait()
		if rep := r.verify(t); !rep.OK || rep.Entries != 5 {
			t.Errorf("%+v", rep)
		}
	})
}

func TestListPagesAndFilters(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.fill(t)
		var seen []int64
		var before int64
		for {
			page, err := ledger.List(t.Context(), d, ledger.Filter{Kind: "test.made", Actor: "account:7", Before: before, Limit: 4})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page {
				seen = append(seen, e.Seq)
			}
			if len(page) < 4 {
				break
			}
			before = page[3].Seq
		}
		if fmt.Sprint(seen) != "[10 9 8 7 6 5 4 3 2 1 0]" {
			t.Errorf("seen %v", seen)
		}
		r.append(t, 1)
		of, err := ledger.Of(t.Context(), d, "thing:0")
		if err != nil || len(of) != 4 || of[0].Seq != 0 || of[3].Seq != -1 {
			t.Errorf("%+v, %v", of, err)
		}
		if none, err := ledger.List(t.Context(), d, ledger.Filter{Kind: "no"}); err != nil || len(none) != 0 {
			t.Errorf("%v, %v", none, err)
		}
	})
}

func TestAppendRefusesWhatIsNoEntry(t *testing.T) {
	d := repotest.OpenSQLite(t, schema)
	for name, change := range map[string]func(*ledger.Entry){
		"no time":      func(e *ledger.Entry) { e.At = time.Time{} },
		"no kind":      func(e *ledger.Entry) { e.Kind = "" },
		"no subject":   func(e *ledger.Entry) { e.Subject = "" },
		"newline":      func(e *ledger.Entry) { e.Subject = "a\nb" },
		"not for JSON": func(e *ledger.Entry) { e.Payload = func() {} },
	} {
		e := entry(1)
		change(&e)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return ledger.Append(t.Context(), tx, e) }); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
