package db

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"time"
)

// attempts is how often a transaction is run before its conflict is reported:
// with waits that double from 2 ms this gives up after about two seconds.
const attempts = 10

// Tx is an open transaction. It belongs to one goroutine.
type Tx struct {
	tx     *sql.Tx
	db     *DB
	reads  bool // it is of the reading pool
	after  []func()
	doomed error // a conflict met inside Try, which only a new attempt mends
}

// Engine returns the kind of database.
func (t *Tx) Engine() Engine { return t.db.engine }

// AfterCommit runs fn once the transaction is committed, in the goroutine that
// committed it. It is not run when the transaction is rolled back.
func (t *Tx) AfterCommit(fn func()) { t.after = append(t.after, fn) }

// Tx runs fn in a write transaction and commits it when fn returns nil; an
// error or a panic rolls everything back. fn is run again from the start when
// the engine reports a conflict with another transaction, so it must not have
// effects outside tx.
func (d *DB) Tx(ctx context.Context, fn func(tx *Tx) error) error {
	return d.retry(ctx, d.writer, &sql.TxOptions{Isolation: d.isolation(sql.LevelSerializable)}, fn)
}

// TxReadCommitted is [DB.Tx] for statements that are correct by themselves,
// such as claims and plain inserts: on PostgreSQL it does not watch for
// conflicts between what was read and what others wrote.
func (d *DB) TxReadCommitted(ctx context.Context, fn func(tx *Tx) error) error {
	return d.retry(ctx, d.writer, &sql.TxOptions{Isolation: d.isolation(sql.LevelReadCommitted)}, fn)
}

// View runs fn on one consistent snapshot, which cannot write.
func (d *DB) View(ctx context.Context, fn func(tx *Tx) error) error {
	return d.retry(ctx, d.reader, &sql.TxOptions{Isolation: d.isolation(sql.LevelRepeatableRead), ReadOnly: d.engine == Postgres}, fn)
}

// isolation is the level on PostgreSQL; SQLite's transactions are always
// serializable and its driver knows no levels.
func (d *DB) isolation(l sql.IsolationLevel) sql.IsolationLevel {
	if d.engine == SQLite {
		return sql.LevelDefault
	}
	return l
}

func (d *DB) retry(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(tx *Tx) error) error {
	wait := 2 * time.Millisecond
	for n := 1; ; n++ {
		err := d.once(ctx, pool, opts, fn)
		if err == nil || n == attempts || !isConflict(err) {
			return err
		}
		pause := time.NewTimer(wait/2 + rand.N(wait))
		select {
		case <-ctx.Done():
			pause.Stop()
			return err
		case <-pause.C:
		}
		wait *= 2
	}
}

func (d *DB) once(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(tx *Tx) error) error {
	began := time.Now()
	raw, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return classify(fmt.Errorf("begin: %w", err))
	}
	defer raw.Rollback() // after a commit this does nothing; it also serves a panic
	d.watch(ctx, "BEGIN", began)
	tx := &Tx{tx: raw, db: d, reads: pool == d.reader}
	if err := fn(tx); err != nil {
		return err
	}
	if tx.doomed != nil {
		return tx.doomed
	}
	began = time.Now()
	if err := raw.Commit(); err != nil {
		return classify(fmt.Errorf("commit: %w", err))
	}
	d.watch(ctx, "COMMIT", began)
	if !tx.reads && d.engine == SQLite {
		d.writes.catchUp(ctx, d.writer)
	}
	for _, fn := range tx.after {
		fn()
	}
	return nil
}

// Try runs fn in a savepoint: when fn returns an error, what it wrote is undone,
// the error is returned and the transaction can go on.
func (t *Tx) Try(ctx context.Context, fn func() error) error {
	if _, err := Exec(ctx, t, `SAVEPOINT try`); err != nil {
		return err
	}
	hooks := len(t.after)
	failed := fn()
	if failed == nil {
		_, err := Exec(ctx, t, `RELEASE SAVEPOINT try`)
		return err
	}
	t.after = t.after[:hooks]
	if isConflict(failed) {
		t.doomed = failed
	}
	if _, err := Exec(ctx, t, `ROLLBACK TO SAVEPOINT try`); err != nil {
		return fmt.Errorf("%w (after: %w)", err, failed)
	}
	if _, err := Exec(ctx, t, `RELEASE SAVEPOINT try`); err != nil {
		return fmt.Errorf("%w (after: %w)", err, failed)
	}
	return failed
}

func (t *Tx) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	if stmt := t.stmt(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return t.tx.QueryContext(ctx, query, args...)
}

func (t *Tx) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	if stmt := t.stmt(ctx, query); stmt != nil {
		return stmt.ExecContext(ctx, args...)
	}
	return t.tx.ExecContext(ctx, query, args...)
}

// stmt returns the statement if it is kept ready, which only SQLite needs.
func (t *Tx) stmt(ctx context.Context, query string) *sql.Stmt {
	if t.db.engine != SQLite {
		return nil
	}
	kept := &t.db.ready
	if !t.reads {
		kept = &t.db.writes.prepared
	}
	if stmt := kept.known(query); stmt != nil {
		return t.tx.StmtContext(ctx, stmt)
	}
	if !t.reads {
		t.db.writes.saw(query)
	}
	return nil
}

func (t *Tx) owner() *DB { return t.db }
