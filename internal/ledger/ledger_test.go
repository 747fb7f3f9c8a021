package ledger_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
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

// The format is a promise: whoever follows doc.go with sha256sum must come to
// the same bytes in twenty years.
func TestExactBytes(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		e := entry(5)
		e.ID = "0198c0de-0000-7000-8000-000000000000"
		err := d.Tx(t.Context(), func(tx *db.Tx) error { return ledger.Append(t.Context(), tx, e) })
		if err != nil {
			t.Fatal(err)
		}
		r.sequence(t)
		got, err := ledger.Get(t.Context(), d, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if want := `{"a":"<Ani & Budi>","b":5}`; string(got.Payload) != want {
			t.Errorf("payload %s", got.Payload)
		}
		commitment := sha256.Sum256(append(append([]byte{}, got.Salt...), got.Payload...))
		want := fmt.Sprintf("gurindam-ledger-1\n0198c0de-0000-7000-8000-000000000000\ntest.made\nthing:5\naccount:7\n2026-11-23T05:00:00.123456Z\n%x\n", commitment)
		if string(got.Leaf()) != want || len(got.Salt) != 32 {
			t.Errorf("leaf %q", got.Leaf())
		}
		hash := sha256.Sum256(append([]byte{0}, want...))
		if string(got.LeafHash) != string(hash[:]) {
			t.Errorf("leaf hash %x", got.LeafHash)
		}
		c, err := ledger.Latest(t.Context(), d)
		if err != nil || string(c.Root) != string(hash[:]) {
			t.Errorf("the root of one entry is its leaf hash; %x, %v", c.Root, err)
		}
	})
}

func TestEveryChangedByteIsFound(t *testing.T) {
	changes := map[string]string{
		"id":         `UPDATE ledger_entry SET id = 'other' WHERE seq = 4`,
		"kind":       `UPDATE ledger_entry SET kind = 'test.madE' WHERE seq = 4`,
		"subject":    `UPDATE ledger_entry SET subject = 'thing:x' WHERE seq = 4`,
		"actor":      `UPDATE ledger_entry SET actor = '' WHERE seq = 4`,
		"at":         `UPDATE ledger_entry SET at = '2026-11-23T05:00:00.123457Z' WHERE seq = 4`,
		"at garbage": `UPDATE ledger_entry SET at = 'yesterday' WHERE seq = 4`,
		"commitment": `UPDATE ledger_entry SET commitment = leaf_hash WHERE seq = 4`,
		"leaf":       `UPDATE ledger_entry SET leaf_hash = commitment WHERE seq = 4`,
		"salt":       `UPDATE ledger_entry SET salt = commitment WHERE seq = 4`,
		"payload":    `UPDATE ledger_entry SET payload = salt WHERE seq = 4`,
		"no payload": `UPDATE ledger_entry SET payload = NULL WHERE seq = 4`,
		"no salt":    `UPDATE ledger_entry SET salt = NULL WHERE seq = 4`,
		"erased by nobody": `UPDATE ledger_entry SET payload = NULL, salt = NULL,
			erased_by = (SELECT id FROM ledger_entry WHERE seq = 5) WHERE seq = 4`,
		"erased though there": `UPDATE ledger_entry SET erased_by = id WHERE seq = 4`,
		"number":              `UPDATE ledger_entry SET seq = 99 WHERE seq = 4`,
		"number lost":         `UPDATE ledger_entry SET seq = NULL WHERE seq = 4`,
		"row removed":         `DELETE FROM ledger_entry WHERE seq = 4`,
		"first removed":       `DELETE FROM ledger_entry WHERE seq = 0`,
		"last removed":        `DELETE FROM ledger_entry WHERE seq = 10`,
		"order": `UPDATE ledger_entry SET seq = 100 WHERE seq = 4;
			UPDATE ledger_entry SET seq = 4 WHERE seq = 5;
			UPDATE ledger_entry SET seq = 5 WHERE seq = 100`,
		"row added": `INSERT INTO ledger_entry (id, seq, kind, subject, actor, at, commitment, leaf_hash, salt, payload)
			SELECT 'twin', 11, kind, subject, actor, at, commitment, leaf_hash, salt, payload FROM ledger_entry WHERE seq = 4`,
		"checkpoint removed":     `DELETE FROM ledger_checkpoint WHERE size = 11`,
		"all checkpoints":        `DELETE FROM ledger_checkpoint`,
		"checkpoint moved":       `UPDATE ledger_checkpoint SET size = 5 WHERE size = 4`,
		"checkpoint changed":     `UPDATE ledger_checkpoint SET note = replace(note, 'time 2026', 'time 2025') WHERE size = 4`,
		"checkpoint of another":  `UPDATE ledger_checkpoint SET note = (SELECT note FROM ledger_checkpoint WHERE size = 3) WHERE size = 4`,
		"tree's size":            `UPDATE ledger_tree SET size = 10`,
		"tree's edge":            `UPDATE ledger_tree SET edge = NULL`,
		"tree gone":              `DELETE FROM ledger_tree`,
		"everything but the key": `DELETE FROM ledger_entry`,
	}
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.fill(t)
		for name, change := range changes {
			t.Run(name, func(t *testing.T) {
				undo := errors.New("undo")
				err := d.Tx(t.Context(), func(tx *db.Tx) error {
					for query := range strings.SplitSeq(change, ";") {
						if n, err := db.Exec(t.Context(), tx, query); err != nil || n == 0 {
							return fmt.Errorf("changed %d: %w", n, err)
						}
					}
					rep, err := ledger.VerifyTx(t.Context(), tx, ledger.Trust{Keys: []ledger.Verifier{r.seq.Signer.Verifier}})
					if err != nil {
						return err
					}
					if rep.OK || len(rep.Problems) == 0 {
						t.Error("not found")
					}
					return undo
				})
				if !errors.Is(err, undo) {
					t.Error(err)
				}
			})
		}
		if rep := r.verify(t); !rep.OK {
			t.Errorf("after undoing: %s", codes(rep))
		}
	})
}

// Whoever can write everything in the database but has not the key cuts off
// the end of the record with its checkpoints: only a checkpoint kept elsewhere
// shows it.
func TestCutOffEndIsFoundWithAKeptCheckpoint(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.append(t, 4)
		r.sequence(t)
		type state struct {
			size int64
			edge []byte
		}
		old, err := db.One(t.Context(), d, `SELECT size, edge FROM ledger_tree`, func(row db.Row) (state, error) {
			var s state
			err := row.Scan(&s.size, &s.edge)
			return s, err
		})
		if err != nil {
			t.Fatal(err)
		}
		r.append(t, 2)
		r.sequence(t)
		r.exec(t, `DELETE FROM ledger_entry WHERE seq >= 4`)
		r.exec(t, `DELETE FROM ledger_checkpoint WHERE size > 4`)
		r.exec(t, `UPDATE ledger_tree SET size = $1, edge = $2`, old.size, old.edge)
		if rep := r.verify(t); !rep.OK {
			t.Errorf("the database alone cannot know: %s", codes(rep))
		}
		rep, err := ledger.Verify(t.Context(), d, ledger.Trust{
			Keys: []ledger.Verifier{r.seq.Signer.Verifier}, Checkpoints: []string{ledger.KeptCheckpoint(r.dir)},
		})
		if err != nil || codes(rep) != "beyond" {
			t.Errorf("found %q, %v", codes(rep), err)
		}
	})
}

// A record rewritten from the start and signed with another key is whole in
// itself; the agency's key tells them apart.
func TestForkWithAnotherKeyIsFound(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.fill(t)
		for _, table := range []string{"ledger_entry", "ledger_checkpoint", "ledger_key"} {
			r.exec(t, `DELETE FROM `+table)
		}
		r.exec(t, `UPDATE ledger_tree SET size = 0, edge = NULL`)
		forger := newRecord(t, d)
		forger.fill(t)
		if rep, err := ledger.Verify(t.Context(), d, ledger.Trust{}); err != nil || !rep.OK {
			t.Errorf("with the key in the database: %s, %v", codes(rep), err)
		}
		if rep := r.verify(t); rep.OK || !strings.Contains(codes(rep), "signature") {
			t.Errorf("with the agency's key: %q", codes(rep))
		}
	})
}

func TestErasedPayloadStillVerifies(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.fill(t)
		before := r.list(t)[5]
		erase := func(id string) error {
			return d.Tx(t.Context(), func(tx *db.Tx) error {
				return ledger.Erase(t.Context(), tx, id, "account:1", "Putusan 12/2026", noon)
			})
		}
		if err := erase(before.ID); err != nil {
			t.Fatal(err)
		}
		r.sequence(t)
		if rep := r.verify(t); !rep.OK || rep.Erased != 1 {
			t.Errorf("%+v", rep)
		}
		after, err := ledger.Get(t.Context(), d, before.ID)
		if err != nil || after.Payload != nil || after.Salt != nil || string(after.LeafHash) != string(before.LeafHash) {
			t.Errorf("%+v, %v", after, err)
		}
		note, err := ledger.Get(t.Context(), d, after.ErasedBy)
		if err != nil {
			t.Fatal(err)
		}
		var e ledger.Erasure
		if err := json.Unmarshal(note.Payload, &e); err != nil || e.Entry != before.ID || e.Reason != "Putusan 12/2026" || note.Subject != before.Subject {
			t.Errorf("%+v, %v", note, err)
		}
		for _, id := range []string{before.ID, note.ID} {
			if err := erase(id); !fault.Is(err, fault.Conflict) {
				t.Errorf("erased again: %v", err)
			}
		}
		if err := erase("nobody"); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
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

func TestAnotherKeyIsRefused(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.fill(t)
		other := newRecord(t, d)
		other.append(t, 1)
		if _, err := other.seq.Sequence(t.Context()); !fault.Is(err, fault.Conflict) {
			t.Errorf("got %v", err)
		}
		if rep := r.verify(t); !rep.OK || rep.Waiting != 1 {
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

func TestInclusionProof(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.fill(t)
		key := r.seq.Signer.Verifier
		for _, e := range r.list(t) {
			p, err := ledger.Prove(t.Context(), d, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			c, err := p.Check(e.Leaf(), key)
			if err != nil || c.Size != 11 {
				t.Errorf("%d: %v", e.Seq, err)
			}
			if _, err := p.Check(append(e.Leaf(), ' '), key); !fault.Is(err, fault.Invalid) {
				t.Errorf("%d: a changed leaf passed: %v", e.Seq, err)
			}
			p.Seq++
			if _, err := p.Check(e.Leaf(), key); !fault.Is(err, fault.Invalid) {
				t.Errorf("%d: another number passed: %v", e.Seq, err)
			}
		}
		if err := os.RemoveAll(r.dir); err != nil {
			t.Fatal(err)
		}
		stranger := newRecord(t, d)
		p, err := ledger.Prove(t.Context(), d, r.list(t)[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Check(r.list(t)[0].Leaf(), stranger.seq.Signer.Verifier); !fault.Is(err, fault.Invalid) {
			t.Errorf("another agency's key passed: %v", err)
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
