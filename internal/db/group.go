package db

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// maxGroup is the most writes that share a transaction.
const maxGroup = 2048

// groupTimeout bounds a shared transaction; the contexts of the callers, who
// may leave, do not.
const groupTimeout = 30 * time.Second

// GroupWriter lets small writes that arrive together share one transaction and
// so one disk flush. While a transaction commits, the next writes queue up; a
// write that comes alone is not delayed. It runs no goroutine while there is
// nothing to write, and is safe for concurrent use.
//
// The shared transaction is read committed on PostgreSQL (see
// [DB.TxReadCommitted]).
type GroupWriter struct {
	db *DB

	mu    sync.Mutex
	queue []*groupOp
	busy  bool // a goroutine is writing
}

// GroupInsert inserts rows into one table through its writer, those of many
// callers with one statement.
type GroupInsert struct {
	g       *GroupWriter
	table   string
	columns []string
}

type groupOp struct {
	fn   func(tx *Tx) error // or:
	into *GroupInsert
	rows [][]any

	err   error
	panic any
	done  chan struct{}
}

// NewGroupWriter returns a writer on d. Make one and share it.
func NewGroupWriter(d *DB) *GroupWriter { return &GroupWriter{db: d} }

// Insert returns the quick way into one table.
func (g *GroupWriter) Insert(table string, columns ...string) *GroupInsert {
	return &GroupInsert{g, table, columns}
}

// Do runs fn in a transaction shared with others and returns after the commit.
// An error of fn undoes only what fn wrote. fn may run more than once and must
// not wait for other writes. When ctx ends before fn's turn, nothing is written
// and its error is returned; after that the outcome is waited for.
func (g *GroupWriter) Do(ctx context.Context, fn func(tx *Tx) error) error {
	return g.wait(ctx, &groupOp{fn: fn, done: make(chan struct{})})
}

// Add inserts the rows and returns after the commit: all of them or, with an
// error, none. See [GroupWriter.Do] for ctx.
func (i *GroupInsert) Add(ctx context.Context, rows ...[]any) error {
	return i.g.wait(ctx, &groupOp{into: i, rows: rows, done: make(chan struct{})})
}

// Waiting returns how many writes are queued, for metrics.
func (g *GroupWriter) Waiting() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.queue)
}

func (g *GroupWriter) wait(ctx context.Context, op *groupOp) error {
	g.mu.Lock()
	g.queue = append(g.queue, op)
	if !g.busy {
		g.busy = true
		go g.work()
	}
	g.mu.Unlock()
	select {
	case <-op.done:
	case <-ctx.Done():
		if g.withdraw(op) {
			return ctx.Err()
		}
		<-op.done
	}
	if op.panic != nil {
		panic(op.panic)
	}
	return op.err
}

// withdraw takes op out of the queue and reports false when its turn has come
// already.
func (g *GroupWriter) withdraw(op *groupOp) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, o := range g.queue {
		if o == op {
			g.queue = append(g.queue[:i:i], g.queue[i+1:]...)
			return true
		}
	}
	return false
}

// work writes until the queue is empty.
func (g *GroupWriter) work() {
	for {
		g.mu.Lock()
		n := min(len(g.queue), maxGroup)
		batch := g.queue[:n:n]
		g.queue = g.queue[n:]
		if n == 0 {
			g.queue, g.busy = nil, false
			g.mu.Unlock()
			return
		}
		g.mu.Unlock()
		g.write(batch)
		for _, op := range batch {
			close(op.done)
		}
	}
}

// write commits the batch: rows first without savepoints, and when one of them
// is refused again with a savepoint for each write, so that only the one
// refused fails.
func (g *GroupWriter) write(batch []*groupOp) {
	ctx, cancel := context.WithTimeout(context.Background(), groupTimeout)
	defer cancel()
	err := g.db.TxReadCommitted(ctx, func(tx *Tx) error { return quickly(ctx, tx, batch) })
	if err != nil && !isConflict(err) && !isAway(err) && ctx.Err() == nil {
		err = g.db.TxReadCommitted(ctx, func(tx *Tx) error { return carefully(ctx, tx, batch) })
	}
	if err == nil {
		return
	}
	for _, op := range batch {
		op.err = err
	}
}

// quickly inserts the rows of each table together; the functions are run with
// a savepoint each.
func quickly(ctx context.Context, tx *Tx, batch []*groupOp) error {
	var tables []*GroupInsert
	rows := map[*GroupInsert][][]any{}
	for _, op := range batch {
		if op.into == nil {
			if op.run(ctx, tx); tx.doomed != nil {
				return tx.doomed
			}
			continue
		}
		op.err = nil
		if _, seen := rows[op.into]; !seen {
			tables = append(tables, op.into)
		}
		rows[op.into] = append(rows[op.into], op.rows...)
	}
	for _, t := range tables {
		if err := Insert(ctx, tx, t.table, t.columns, rows[t]); err != nil {
			return err
		}
	}
	return nil
}

func carefully(ctx context.Context, tx *Tx, batch []*groupOp) error {
	for _, op := range batch {
		if op.run(ctx, tx); tx.doomed != nil {
			return tx.doomed
		}
	}
	return nil
}

// run does one write in a savepoint and keeps its error or panic for the
// caller.
func (op *groupOp) run(ctx context.Context, tx *Tx) {
	op.panic = nil
	op.err = tx.Try(ctx, func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				op.panic, err = p, fmt.Errorf("panic: %v", p)
			}
		}()
		if op.into != nil {
			return Insert(ctx, tx, op.into.table, op.into.columns, op.rows)
		}
		return op.fn(tx)
	})
}
