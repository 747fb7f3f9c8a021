package db

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxParams is SQLite's limit of placeholders in a statement; PostgreSQL's is
// twice that.
const maxParams = 32766

// exactBatch is up to how many rows PostgreSQL gets in one statement of just
// that size: there each statement is a journey to the server and back.
const exactBatch = 64

// maxBatch is the most rows of one INSERT: more bring no speed and cost memory.
const maxBatch = 256

// Insert inserts the rows, many with each statement. Every row has as many
// values as there are columns.
func Insert(ctx context.Context, tx *Tx, table string, columns []string, rows [][]any) error {
	return insert(ctx, tx, table, columns, "", rows)
}

// InsertNew inserts the rows except those that would violate the unique index
// described by conflict, "(code)" or "(key) WHERE open".
func InsertNew(ctx context.Context, tx *Tx, table, conflict string, columns []string, rows [][]any) error {
	return insert(ctx, tx, table, columns, " ON CONFLICT "+conflict+" DO NOTHING", rows)
}

// Upsert inserts the rows; where a row with the same key columns exists, its
// other columns are set instead. Two rows of one call must not have the same
// key. Columns without a default must be among columns even when the row exists.
func Upsert(ctx context.Context, tx *Tx, table string, key, columns []string, rows [][]any) error {
	var sets []string
	for _, c := range columns {
		if !slices.Contains(key, c) {
			sets = append(sets, c+" = excluded."+c)
		}
	}
	does := "DO NOTHING"
	if len(sets) > 0 {
		does = "DO UPDATE SET " + strings.Join(sets, ", ")
	}
	tail := " ON CONFLICT (" + strings.Join(key, ", ") + ") " + does
	return insert(ctx, tx, table, columns, tail, rows)
}

func insert(ctx context.Context, tx *Tx, table string, columns []string, tail string, rows [][]any) error {
	args := make([]any, 0, min(len(rows), maxBatch)*len(columns))
	for len(rows) > 0 {
		n := batch(tx.db.engine, len(rows), len(columns))
		args = args[:0]
		for _, row := range rows[:n] {
			if len(row) != len(columns) {
				return fmt.Errorf("insert into %s: %d values for %d columns", table, len(row), len(columns))
			}
			args = append(args, row...)
		}
		if _, err := Exec(ctx, tx, insertText(tx.db.engine, table, columns, n)+tail, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// batch returns how many of the rows go into the next statement: the largest
// power of two that fits, so that few different statements are prepared.
func batch(e Engine, rows, columns int) int {
	if e == Postgres && rows <= exactBatch {
		return rows
	}
	n := maxBatch
	for n > 1 && (n > rows || n*columns > maxParams) {
		n /= 2
	}
	return n
}

// insertText writes plain question marks for SQLite: it looks numbered ones up
// in a list, which takes the square of their number.
func insertText(e Engine, table string, columns []string, rows int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES ")
	for p := range rows * len(columns) {
		switch {
		case p == 0:
			b.WriteString("(")
		case p%len(columns) == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		if e == SQLite {
			b.WriteString("?")
		} else {
			b.WriteString("$" + strconv.Itoa(p+1))
		}
	}
	b.WriteString(")")
	return b.String()
}
