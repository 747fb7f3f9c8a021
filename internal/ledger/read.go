package ledger

import (
	"context"
	"errors"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Of returns every entry about a subject, oldest first, those that still wait
// for their number last.
func Of(ctx context.Context, q db.Queryer, subject string) ([]Record, error) {
	return db.All(ctx, q, selectRecord+`WHERE subject = $1 ORDER BY seq NULLS LAST, id`, scanRecord, subject)
}

// Get returns one entry, or a NotFound fault.
func Get(ctx context.Context, q db.Queryer, id string) (Record, error) {
	r, err := db.One(ctx, q, selectRecord+`WHERE id = $1`, scanRecord, id)
	if errors.Is(err, db.ErrNone) {
		return r, fault.Missing("ledger.noentry", id)
	}
	return r, err
}

// Inclusion is the proof that an entry is in the tree of a checkpoint. It can
// be checked with nothing but the entry, the checkpoint and the agency's public
// key.
type Inclusion struct {
	Seq        int64    `json:"seq"`
	Checkpoint string   `json:"checkpoint"`
	Hashes     [][]byte `json:"hashes"`
}

// Prove returns the proof that the entry is in the newest checkpoint, or a
// NotFound fault while it waits for its number. It reads the hashes of all
// leaves: for single receipts, not for bulk.
func Prove(ctx context.Context, d *db.DB, id string) (Inclusion, error) {
	var p Inclusion
	err := d.View(ctx, func(tx *db.Tx) error {
		r, err := Get(ctx, tx, id)
		if err != nil {
			return err
		}
		c, err := Latest(ctx, tx)
		if err != nil {
			return err
		}
		if r.Seq < 0 || r.Seq >= c.Size {
			return fault.Missing("ledger.waiting", id)
		}
		leaves, err := db.All(ctx, tx, `SELECT leaf_hash FROM ledger_entry WHERE seq < $1 ORDER BY seq`, db.Value[[]byte], c.Size)
		if err != nil {
			return err
		}
		hashes, err := inclusion(leaves, uint64(r.Seq))
		p = Inclusion{r.Seq, c.Note, hashes}
		return err
	})
	return p, err
}

// inclusion returns the hashes that lead from the leaf to the root.
func inclusion(leaves [][]byte, index uint64) ([][]byte, error) {
	nodes, err := proof.Inclusion(index, uint64(len(leaves)))
	if err != nil {
		return nil, err
	}
	hashes := make([][]byte, len(nodes.IDs))
	factory := newFactory()
	for i, id := range nodes.IDs {
		begin, end := id.Coverage()
		part := factory.NewEmptyRange(begin)
		for _, h := range leaves[begin:end] {
			if err := part.Append(h, nil); err != nil {
				return nil, err
			}
		}
		hashes[i] = part.Hashes()[0]
	}
	return nodes.Rehash(hashes, rfc6962.DefaultHasher.HashChildren)
}

// Check reports whether the proof shows that the leaf is in a checkpoint that
// one of the keys signed, and returns that checkpoint. It returns an Invalid
// fault otherwise.
func (p Inclusion) Check(leaf []byte, keys ...Verifier) (Checkpoint, error) {
	c, err := OpenCheckpoint(p.Checkpoint, keys...)
	if err != nil {
		return c, err
	}
	if p.Seq < 0 || p.Seq >= c.Size {
		return c, fault.Wrong("ledger.badproof")
	}
	err = proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(p.Seq), uint64(c.Size), rfc6962.DefaultHasher.HashLeaf(leaf), p.Hashes, c.Root)
	if err != nil {
		return c, fault.Wrong("ledger.badproof").Because(err)
	}
	return c, nil
}
