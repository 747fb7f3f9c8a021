package ledger

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"sort"
	"time"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/gurindam/gurindam/internal/db"
)

// sequenceBatch is the most entries numbered in one transaction.
const sequenceBatch = 5000

// Sequencer numbers, hashes and signs what was appended. Several may run on
// one database (one for each server): they take turns.
type Sequencer struct {
	DB     *db.DB
	Signer *Signer
	Now    func() time.Time // nil means time.Now
	Log    *slog.Logger     // nil means slog.Default()
	// Pause is the shortest time between two rounds of Run, so that decisions
	// made together share a checkpoint; 0 means one second.
	Pause time.Duration
}

// Run numbers entries as they come until ctx ends, and once more before it
// returns.
func (s *Sequencer) Run(ctx context.Context) {
	log, pause := s.Log, s.Pause
	if log == nil {
		log = slog.Default()
	}
	if pause == 0 {
		pause = time.Second
	}
	woken, stop := s.DB.Woken(topic)
	defer stop()
	for {
		if _, err := s.Sequence(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "ledger: numbering failed, will try again", "err", err)
		}
		if !sleep(ctx, pause) {
			break
		}
		select {
		case <-ctx.Done():
		case <-woken:
		case <-time.After(10 * pause): // entries of other processes
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if _, err := s.Sequence(last); err != nil {
		log.Error("ledger: the last entries wait for the next start", "err", err)
	}
}

// sleep reports false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// Sequence numbers everything that waits and returns how many entries it was.
// Each batch is one transaction with its checkpoint: a crash leaves entries
// waiting, never half numbered.
func (s *Sequencer) Sequence(ctx context.Context) (int64, error) {
	var total int64
	for {
		waiting, err := db.Exists(ctx, s.DB, `SELECT 1 FROM ledger_entry WHERE seq IS NULL LIMIT 1`)
		if err != nil || !waiting {
			return total, err
		}
		var n int64
		var c Checkpoint
		err = s.DB.TxReadCommitted(ctx, func(tx *db.Tx) (err error) {
			n, c, err = s.batch(ctx, tx)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("number ledger entries: %w", err)
		}
		if n == 0 { // another sequencer was quicker
			return total, nil
		}
		total += n
		if err := s.Signer.keep(c); err != nil {
			return total, fmt.Errorf("keep the checkpoint: %w", err)
		}
	}
}

// batch numbers up to sequenceBatch entries and signs the new tree.
func (s *Sequencer) batch(ctx context.Context, tx *db.Tx) (int64, Checkpoint, error) {
	tree, err := lockTree(ctx, tx)
	if err != nil {
		return 0, Checkpoint{}, err
	}
	now := time.Now
	if s.Now != nil {
		now = s.Now
	}
	if err := s.Signer.register(ctx, tx, now()); err != nil {
		return 0, Checkpoint{}, err
	}
	leaves, err := number(ctx, tx, int64(tree.End()))
	if err != nil || len(leaves) == 0 {
		return 0, Checkpoint{}, err
	}
	for _, l := range leaves {
		if err := tree.Append(l.hash, nil); err != nil {
			return 0, Checkpoint{}, err
		}
	}
	root, err := tree.GetRootHash(nil)
	if err != nil {
		return 0, Checkpoint{}, err
	}
	size := int64(tree.End())
	if _, err := db.Exec(ctx, tx, `UPDATE ledger_tree SET size = $1, edge = $2 WHERE one = 1`, size, bytes.Join(tree.Hashes(), nil)); err != nil {
		return 0, Checkpoint{}, err
	}
	c, err := s.Signer.checkpoint(size, root, now())
	if err != nil {
		return 0, Checkpoint{}, err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO ledger_checkpoint (size, note) VALUES ($1, $2)`, size, c.Note)
	return int64(len(leaves)), c, err
}

// lockTree keeps other sequencers waiting until the transaction ends and
// returns the tree so far.
func lockTree(ctx context.Context, tx *db.Tx) (*compact.Range, error) {
	if _, err := db.Exec(ctx, tx, `UPDATE ledger_tree SET size = size WHERE one = 1`); err != nil {
		return nil, err
	}
	return db.One(ctx, tx, `SELECT size, edge FROM ledger_tree WHERE one = 1`, func(r db.Row) (*compact.Range, error) {
		var size uint64
		var edge []byte
		if err := r.Scan(&size, &edge); err != nil {
			return nil, err
		}
		var hashes [][]byte
		for ; len(edge) >= rfc6962.DefaultHasher.Size(); edge = edge[rfc6962.DefaultHasher.Size():] {
			hashes = append(hashes, edge[:rfc6962.DefaultHasher.Size()])
		}
		return newFactory().NewRange(0, size, hashes)
	})
}

func newFactory() *compact.RangeFactory {
	return &compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}
}

type leaf struct {
	seq  int64
	hash []byte
}

// number gives the oldest waiting entries the numbers from first on, in the
// order of their ids, and returns their leaves in that order. The caller holds
// the tree, so nobody else numbers them; asking for seq IS NULL once more would
// make SQLite compare every pair.
func number(ctx context.Context, tx *db.Tx, first int64) ([]leaf, error) {
	leaves, err := db.All(ctx, tx, `
		UPDATE ledger_entry SET seq = w.seq
		FROM (
			SELECT id, $1 + row_number() OVER (ORDER BY id) - 1 AS seq
			FROM (SELECT id FROM ledger_entry WHERE seq IS NULL ORDER BY id LIMIT $2) AS oldest
		) AS w
		WHERE ledger_entry.id = w.id
		RETURNING ledger_entry.seq, leaf_hash`,
		func(r db.Row) (leaf, error) {
			var l leaf
			err := r.Scan(&l.seq, &l.hash)
			return l, err
		}, first, sequenceBatch)
	sort.Slice(leaves, func(i, k int) bool { return leaves[i].seq < leaves[k].seq })
	return leaves, err
}
