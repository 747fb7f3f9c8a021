package ledger_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
)

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

func TestRekeyGoesOnWithAnotherKey(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.fill(t)
		next := newRecord(t, d) // the old directory was lost
		if err := ledger.Rekey(t.Context(), d, next.seq.Signer, "account:1", "disk lost", noon); err != nil {
			t.Fatal(err)
		}
		next.append(t, 2)
		next.sequence(t)
		keys, err := ledger.ReadVerifiers(next.dir)
		if err != nil || len(keys) != 2 || keys[0].String() != next.seq.Signer.String() || keys[1].String() != r.seq.Signer.String() {
			t.Fatalf("%v, %v", keys, err)
		}
		rep, err := ledger.Verify(t.Context(), d, ledger.Trust{Keys: keys})
		if err != nil || !rep.OK || rep.Entries != 14 {
			t.Errorf("%+v, %v", rep, err)
		}
		if all := next.list(t); all[2].Kind != ledger.KindRekeyed {
			t.Errorf("the change of keys is not in the record: %s", all[2].Kind)
		}
		if err := ledger.Rekey(t.Context(), d, next.seq.Signer, "", "again", noon); !fault.Is(err, fault.Conflict) {
			t.Errorf("got %v", err)
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
