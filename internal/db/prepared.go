package db

import (
	"context"
	"database/sql"
	"sync"
)

// maxPrepared bounds the statements kept: the program's own fit, lists of
// varying length that come after them are prepared each time.
const maxPrepared = 256

// prepared keeps SQLite's reading statements ready, which saves half the time
// of a small query. The PostgreSQL driver does the same by itself.
type prepared struct {
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

// query runs the statement on the pool, prepared where possible.
func (p *prepared) query(ctx context.Context, pool *sql.DB, query string, args []any) (*sql.Rows, error) {
	p.mu.RLock()
	stmt, full := p.stmts[query], len(p.stmts) >= maxPrepared
	p.mu.RUnlock()
	if stmt == nil && full {
		return pool.QueryContext(ctx, query, args...)
	}
	if stmt == nil {
		var err error
		if stmt, err = p.prepare(ctx, pool, query); err != nil {
			return nil, err
		}
	}
	return stmt.QueryContext(ctx, args...)
}

func (p *prepared) prepare(ctx context.Context, pool *sql.DB, query string) (*sql.Stmt, error) {
	fresh, err := pool.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if first := p.stmts[query]; first != nil {
		return first, fresh.Close()
	}
	if p.stmts == nil {
		p.stmts = map[string]*sql.Stmt{}
	}
	p.stmts[query] = fresh
	return fresh, nil
}

// known returns the statement if it is prepared, nil otherwise: inside a
// transaction nothing is prepared for keeping, because that takes a second
// connection.
func (p *prepared) known(query string) *sql.Stmt {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.stmts[query]
}

// written keeps SQLite's writing statements ready on the one writing
// connection: a row among many costs less to store than its statement to read.
// A statement is prepared between two transactions once it was seen twice,
// because inside one there is no connection left to prepare it on.
type written struct {
	prepared
	mu     sync.Mutex
	seen   map[string]bool // once
	wanted []string        // seen twice, not prepared yet
}

// saw notes a statement that ran without being ready.
func (w *written) saw(query string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case len(w.seen) >= 2*maxPrepared:
		w.seen = nil // lists of varying length have filled it; begin again
	case w.seen[query]:
		w.wanted = append(w.wanted, query)
	}
	if w.seen == nil {
		w.seen = map[string]bool{}
	}
	w.seen[query] = !w.seen[query]
}

// catchUp prepares what is wanted. What cannot be prepared now is left as it
// is: it runs without.
func (w *written) catchUp(ctx context.Context, pool *sql.DB) {
	w.mu.Lock()
	wanted := w.wanted
	w.wanted = nil
	w.mu.Unlock()
	for _, query := range wanted {
		w.prepared.mu.RLock()
		full := len(w.stmts) >= maxPrepared
		w.prepared.mu.RUnlock()
		if full || w.known(query) != nil {
			continue
		}
		_, _ = w.prepare(ctx, pool, query)
	}
}
