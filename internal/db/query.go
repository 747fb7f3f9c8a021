package db

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Row is one row of a result.
type Row interface{ Scan(dest ...any) error }

// Queryer is what can be read from: a *DB or, inside a transaction, its *Tx.
type Queryer interface {
	query(ctx context.Context, query string, args []any) (*sql.Rows, error)
	owner() *DB
}

// All returns every row as scan makes it, nil when there is none.
func All[T any](ctx context.Context, q Queryer, query string, scan func(Row) (T, error), args ...any) ([]T, error) {
	var all []T
	err := Each(ctx, q, query, func(r Row) error {
		v, err := scan(r)
		all = append(all, v)
		return err
	}, args...)
	if err != nil {
		return nil, err
	}
	return all, nil
}

// Each calls fn with every row, for results that should not be held whole. fn
// must not use q: rows are read fully before the next query.
func Each(ctx context.Context, q Queryer, query string, fn func(Row) error, args ...any) error {
	bound, err := bind(args)
	if err != nil {
		return err
	}
	defer q.owner().watch(ctx, query, time.Now())
	rows, err := q.query(ctx, query, bound)
	if err != nil {
		return failed(query, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return failed(query, err)
		}
	}
	if err := rows.Err(); err != nil {
		return failed(query, err)
	}
	return nil
}

// One returns the first row, or [ErrNone] when there is none.
func One[T any](ctx context.Context, q Queryer, query string, scan func(Row) (T, error), args ...any) (T, error) {
	var one T
	bound, err := bind(args)
	if err != nil {
		return one, err
	}
	defer q.owner().watch(ctx, query, time.Now())
	rows, err := q.query(ctx, query, bound)
	if err != nil {
		return one, failed(query, err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return one, failed(query, err)
		}
		return one, ErrNone
	}
	if one, err = scan(rows); err != nil {
		return one, failed(query, err)
	}
	if err := rows.Close(); err != nil {
		return one, failed(query, err)
	}
	return one, nil
}

// Exists reports whether the query has a row.
func Exists(ctx context.Context, q Queryer, query string, args ...any) (bool, error) {
	_, err := One(ctx, q, query, func(Row) (struct{}, error) { return struct{}{}, nil }, args...)
	if err == ErrNone {
		return false, nil
	}
	return err == nil, err
}

// Value scans a row of one column; use it as the scan of [All] and [One].
func Value[T any](r Row) (T, error) {
	var v T
	err := r.Scan(&v)
	return v, err
}

// Exec runs a statement that changes rows and returns how many it changed.
func Exec(ctx context.Context, tx *Tx, query string, args ...any) (int64, error) {
	bound, err := bind(args)
	if err != nil {
		return 0, err
	}
	defer tx.db.watch(ctx, query, time.Now())
	res, err := tx.exec(ctx, query, bound)
	if err != nil {
		return 0, failed(query, err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, failed(query, err)
	}
	return n, nil
}

// In returns n placeholders from $first on, "$3, $4, $5", to stand between the
// parentheses of IN. For n = 0 it returns NULL, which is in no list and matches
// nothing (and with NOT IN nothing either: ask before).
func In(first, n int) string {
	if n == 0 {
		return "NULL"
	}
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	return b.String()
}

// failed names the statement in the error, without its arguments.
func failed(query string, err error) error {
	return classify(fmt.Errorf("%s: %w", brief(query), err))
}

// brief is the statement in one line of bounded length.
func brief(query string) string {
	const most = 200
	cut := len(query) > 4*most
	if cut {
		query = query[:4*most]
	}
	line := strings.Join(strings.Fields(query), " ")
	if cut = cut || len(line) > most; cut {
		line = strings.ToValidUTF8(line[:min(most, len(line))], "") + "…"
	}
	return line
}
