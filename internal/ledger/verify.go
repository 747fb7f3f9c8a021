package ledger

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/gurindam/gurindam/internal/db"
)

// Code says what is wrong with a record; each has a sentence "ledger.problem.…".
type Code string

// The problems [Verify] can find.
const (
	Gap            Code = "gap"          // a number is missing or twice
	LeafChanged    Code = "leaf"         // id, kind, subject, actor, time or commitment differ from the leaf hash
	PayloadChanged Code = "payload"      // payload or salt differ from the commitment
	Vanished       Code = "vanished"     // the payload is gone and no entry says why
	NotSigned      Code = "signature"    // a checkpoint's signature or form is wrong
	OtherRoot      Code = "root"         // a signed checkpoint has another root than the entries
	Beyond         Code = "beyond"       // a signed checkpoint knows more entries than there are
	Unsigned       Code = "unsigned"     // numbered entries that no checkpoint covers
	TreeState      Code = "tree"         // the stored edge of the tree is not that of the entries
	NoCheckpoint   Code = "nocheckpoint" // entries, but not one checkpoint
)

// Problem is one thing that is wrong.
type Problem struct {
	Code Code   `json:"code"`
	Seq  int64  `json:"seq"`          // number of the entry, or size of the checkpoint
	ID   string `json:"id,omitempty"` // of the entry
}

// Report is the result of [Verify].
type Report struct {
	OK          bool      `json:"ok"`
	Entries     int64     `json:"entries"` // numbered
	Waiting     int64     `json:"waiting"` // not yet numbered
	Erased      int64     `json:"erased"`
	Checkpoints int64     `json:"checkpoints"`
	Root        string    `json:"root"` // base64
	Key         string    `json:"key"`  // public key that was trusted
	Problems    []Problem `json:"problems"`
	// More is the number of problems beyond those listed.
	More int64 `json:"more"`
}

// maxProblems is the most problems a report lists.
const maxProblems = 100

// Trust is what the verifier brings along; all of it is optional.
type Trust struct {
	// Keys are the agency's public keys. Without them those stored in the
	// database are used, which proves nothing against whoever could change
	// them.
	Keys []Verifier
	// Checkpoints are signed checkpoints kept outside the database.
	Checkpoints []string
}

// Verify recomputes every commitment, every leaf and the whole tree on one
// snapshot, and compares them with every signed checkpoint. An error means that
// it could not look; what it found is in the report.
func Verify(ctx context.Context, d *db.DB, trust Trust) (Report, error) {
	var rep Report
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		rep, err = VerifyTx(ctx, tx, trust)
		return err
	})
	return rep, err
}

// VerifyTx is [Verify] on an open transaction.
func VerifyTx(ctx context.Context, tx *db.Tx, trust Trust) (Report, error) {
	v := &verification{notes: map[string]string{}, wanted: map[string]string{}, roots: map[int64][]byte{}, problems: []Problem{}}
	err := v.run(ctx, tx, trust)
	return v.report(), err
}

type verification struct {
	rep      Report
	keys     []Verifier
	tree     *compact.Range
	points   []Checkpoint      // to compare, by size
	roots    map[int64][]byte  // computed, at the sizes of points
	notes    map[string]string // id of an erasure note → the entry it erased
	wanted   map[string]string // erased entry → the note it names
	problems []Problem
}

func (v *verification) run(ctx context.Context, tx *db.Tx, trust Trust) error {
	v.keys = trust.Keys
	if len(v.keys) == 0 {
		stored, err := knownKeys(ctx, tx)
		if err != nil {
			return err
		}
		v.keys = stored
	}
	if len(v.keys) > 0 {
		v.rep.Key = v.keys[0].String()
	}
	if err := v.readCheckpoints(ctx, tx, trust.Checkpoints); err != nil {
		return err
	}
	if err := v.readEntries(ctx, tx); err != nil {
		return err
	}
	v.checkErasures()
	if err := v.compareRoots(); err != nil {
		return err
	}
	return v.checkTree(ctx, tx)
}

func (v *verification) found(code Code, seq int64, id string) {
	if len(v.problems) == maxProblems {
		v.rep.More++
		return
	}
	v.problems = append(v.problems, Problem{code, seq, id})
}

func (v *verification) report() Report {
	r := v.rep
	r.Problems = v.problems
	r.OK = len(v.problems) == 0
	return r
}

// readCheckpoints opens the stored and the kept checkpoints.
func (v *verification) readCheckpoints(ctx context.Context, tx *db.Tx, kept []string) error {
	type row struct {
		size int64
		note string
	}
	rows, err := db.All(ctx, tx, `SELECT size, note FROM ledger_checkpoint ORDER BY size`, func(r db.Row) (row, error) {
		var s row
		err := r.Scan(&s.size, &s.note)
		return s, err
	})
	if err != nil {
		return err
	}
	v.rep.Checkpoints = int64(len(rows))
	for _, s := range rows {
		c, err := OpenCheckpoint(s.note, v.keys...)
		if err != nil || c.Size != s.size {
			v.found(NotSigned, s.size, "")
			continue
		}
		v.points = append(v.points, c)
	}
	for _, text := range kept {
		c, err := OpenCheckpoint(text, v.keys...)
		if err != nil {
			v.found(NotSigned, 0, "")
			continue
		}
		v.points = append(v.points, c)
	}
	for _, c := range v.points {
		v.roots[c.Size] = nil
	}
	return nil
}

// stored is an entry as it lies in the database, with the time as the very text
// that was hashed.
type stored struct {
	id, kind, subject, actor, at string
	seq                          int64 // -1 while it waits
	commitment, leafHash         []byte
	salt, payload                []byte
	erasedBy                     string
}

const selectStored = `SELECT id, coalesce(seq, -1), kind, subject, actor, at, commitment, leaf_hash, salt, payload, erased_by FROM ledger_entry `

func scanStored(row db.Row) (stored, error) {
	var r stored
	err := row.Scan(&r.id, &r.seq, &r.kind, &r.subject, &r.actor, &r.at, &r.commitment, &r.leafHash, &r.salt, &r.payload, db.OrZero(&r.erasedBy))
	return r, err
}

// readEntries goes through all entries once, those that wait last.
func (v *verification) readEntries(ctx context.Context, tx *db.Tx) error {
	v.tree = newFactory().NewEmptyRange(0)
	if err := v.noteRoot(); err != nil {
		return err
	}
	var next int64
	err := db.Each(ctx, tx, selectStored+`WHERE seq IS NOT NULL ORDER BY seq, id`, func(row db.Row) error {
		r, err := scanStored(row)
		if err != nil {
			return err
		}
		if r.seq != next {
			v.found(Gap, r.seq, r.id)
		}
		next = r.seq + 1
		v.rep.Entries++
		if err := v.tree.Append(v.checkEntry(r), nil); err != nil {
			return err
		}
		return v.noteRoot()
	})
	if err != nil {
		return err
	}
	return db.Each(ctx, tx, selectStored+`WHERE seq IS NULL ORDER BY id`, func(row db.Row) error {
		r, err := scanStored(row)
		if err != nil {
			return err
		}
		v.checkEntry(r)
		v.rep.Waiting++
		return nil
	})
}

// noteRoot keeps the root of the tree so far where a checkpoint asks for it.
func (v *verification) noteRoot() error {
	size := int64(v.tree.End())
	if _, asked := v.roots[size]; !asked {
		return nil
	}
	root, err := v.tree.GetRootHash(nil)
	v.roots[size] = root
	return err
}

// checkEntry looks at one entry by itself and returns the hash of the leaf that
// its columns give.
func (v *verification) checkEntry(r stored) []byte {
	leaf := rfc6962.DefaultHasher.HashLeaf(leafBytes(r.id, r.kind, r.subject, r.actor, r.at, r.commitment))
	if !bytes.Equal(leaf, r.leafHash) {
		v.found(LeafChanged, r.seq, r.id)
	}
	if r.kind == KindErased {
		var e Erasure
		if json.Unmarshal(r.payload, &e) == nil {
			v.notes[r.id] = e.Entry
		}
	}
	switch {
	case r.payload == nil && r.salt == nil && r.kind != KindErased && r.erasedBy != "":
		v.wanted[r.id] = r.erasedBy
		v.rep.Erased++
	case r.payload == nil || r.salt == nil || r.erasedBy != "":
		v.found(Vanished, r.seq, r.id)
	case !bytes.Equal(commit(r.salt, r.payload), r.commitment):
		v.found(PayloadChanged, r.seq, r.id)
	}
	return leaf
}

// checkErasures asks that every erased entry has an entry that names it.
func (v *verification) checkErasures() {
	for _, id := range slices.Sorted(maps.Keys(v.wanted)) {
		by := v.wanted[id]
		if v.notes[by] != id {
			v.found(Vanished, -1, id)
		}
	}
}

func (v *verification) compareRoots() error {
	var covered int64
	for _, c := range v.points {
		switch root := v.roots[c.Size]; {
		case c.Size > v.rep.Entries:
			v.found(Beyond, c.Size, "")
		case !bytes.Equal(root, c.Root):
			v.found(OtherRoot, c.Size, "")
		}
		covered = max(covered, c.Size)
	}
	switch {
	case v.rep.Entries > 0 && len(v.points) == 0:
		v.found(NoCheckpoint, v.rep.Entries, "")
	case covered < v.rep.Entries:
		v.found(Unsigned, covered, "")
	}
	root, err := v.tree.GetRootHash(nil)
	v.rep.Root = base64.StdEncoding.EncodeToString(root)
	return err
}

// checkTree compares the edge from which the sequencer will go on.
func (v *verification) checkTree(ctx context.Context, tx *db.Tx) error {
	type state struct {
		size int64
		edge []byte
	}
	s, err := db.One(ctx, tx, `SELECT size, edge FROM ledger_tree WHERE one = 1`, func(r db.Row) (state, error) {
		var s state
		err := r.Scan(&s.size, &s.edge)
		return s, err
	})
	if err == db.ErrNone || err == nil && (s.size != int64(v.tree.End()) || !bytes.Equal(s.edge, bytes.Join(v.tree.Hashes(), nil))) {
		v.found(TreeState, s.size, "")
		return nil
	}
	return err
}
