package db

import (
	"context"
	"fmt"
	"strings"
)

// Kind is what a column holds, the same on both engines.
type Kind uint8

// The kinds.
const (
	Text Kind = iota
	Int
	Float
	Bool
	Bytes
)

// Table is a table of the schema as the database has it.
type Table struct {
	Name    string
	Columns []Column // without generated ones
	Key     []string // the primary key's columns in their order
}

// Column is a column of a [Table].
type Column struct {
	Name string
	Kind Kind
}

// Tables returns every table of the agency's schema, by name, the one of the
// migrations included.
func Tables(ctx context.Context, q Queryer) ([]Table, error) {
	query := sqliteColumns
	if q.owner().engine == Postgres {
		query = postgresColumns
	}
	var tables []Table
	err := Each(ctx, q, query, func(r Row) error {
		var table, column, kind string
		var key int
		if err := r.Scan(&table, &column, &kind, &key); err != nil {
			return err
		}
		if len(tables) == 0 || tables[len(tables)-1].Name != table {
			tables = append(tables, Table{Name: table})
		}
		t := &tables[len(tables)-1]
		k, err := kindOf(kind)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", table, column, err)
		}
		t.Columns = append(t.Columns, Column{column, k})
		if key > 0 {
			for len(t.Key) < key {
				t.Key = append(t.Key, "")
			}
			t.Key[key-1] = column
		}
		return nil
	})
	return tables, err
}

const sqliteColumns = `
	SELECT m.name, x.name, lower(x.type), x.pk
	FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS x
	WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' AND x.hidden = 0
	ORDER BY m.name, x.cid`

const postgresColumns = `
	SELECT c.relname, a.attname, format_type(a.atttypid, NULL), coalesce(array_position(i.indkey, a.attnum) + 1, 0)
	FROM pg_attribute AS a
	JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind = 'r'
	JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = current_schema()
	LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
	WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
	ORDER BY c.relname COLLATE "C", a.attnum`

func kindOf(declared string) (Kind, error) {
	switch declared {
	case "text", "jsonb", "timestamptz", "timestamp with time zone":
		return Text, nil
	case "bigint":
		return Int, nil
	case "double precision":
		return Float, nil
	case "boolean":
		return Bool, nil
	case "bytea":
		return Bytes, nil
	}
	return 0, fmt.Errorf("column type %q is not one of both engines", declared)
}

// Refill empties every table but the migrations', runs fill, and lets the
// foreign keys count again: while fill runs, rows may come in any order.
func Refill(ctx context.Context, tx *Tx, fill func() error) error {
	tables, err := Tables(ctx, tx)
	if err != nil {
		return err
	}
	restore, err := suspendForeignKeys(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if t.Name == migrationTable {
			continue
		}
		if _, err := Exec(ctx, tx, `DELETE FROM `+quote(t.Name)); err != nil {
			return err
		}
	}
	if err := fill(); err != nil {
		return err
	}
	return restore()
}

// suspendForeignKeys returns what makes them count again. SQLite can put all
// checks off to the commit; on PostgreSQL the constraints are taken away and
// made again, which checks every row.
func suspendForeignKeys(ctx context.Context, tx *Tx) (restore func() error, err error) {
	if tx.db.engine == SQLite {
		_, err := Exec(ctx, tx, `PRAGMA defer_foreign_keys = ON`)
		return func() error { return nil }, err
	}
	// A table with checks put off cannot be altered.
	if _, err := Exec(ctx, tx, `SET CONSTRAINTS ALL IMMEDIATE`); err != nil {
		return nil, err
	}
	type constraint struct{ table, name, text string }
	all, err := All(ctx, tx, `
		SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)
		FROM pg_constraint AS k
		JOIN pg_class AS c ON c.oid = k.conrelid
		JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = current_schema()
		WHERE k.contype = 'f'`, func(r Row) (constraint, error) {
		var k constraint
		err := r.Scan(&k.table, &k.name, &k.text)
		return k, err
	})
	if err != nil {
		return nil, err
	}
	for _, k := range all {
		if _, err := Exec(ctx, tx, `ALTER TABLE `+quote(k.table)+` DROP CONSTRAINT `+quote(k.name)); err != nil {
			return nil, err
		}
	}
	return func() error {
		for _, k := range all {
			if _, err := Exec(ctx, tx, `ALTER TABLE `+quote(k.table)+` ADD CONSTRAINT `+quote(k.name)+` `+k.text); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// EachRow calls fn with every row of the table, in the order of its primary
// key, which says nothing about the order in which rows came. A value is nil,
// string, int64, float64, bool or []byte.
func EachRow(ctx context.Context, q Queryer, t Table, fn func(values []any) error) error {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quote(c.Name)
		if c.Kind == Text {
			names[i] = `CAST(` + names[i] + ` AS text)`
		}
	}
	query := `SELECT ` + strings.Join(names, ", ") + ` FROM ` + quote(t.Name)
	if len(t.Key) > 0 {
		key := make([]string, len(t.Key))
		for i, k := range t.Key {
			key[i] = quote(k)
		}
		query += ` ORDER BY ` + strings.Join(key, ", ")
	}
	return Each(ctx, q, query, func(r Row) error {
		values, targets := newValues(t.Columns)
		if err := r.Scan(targets...); err != nil {
			return err
		}
		return fn(values())
	})
}

// newValues makes a scan target for each column and the function that reads
// them.
func newValues(columns []Column) (values func() []any, targets []any) {
	targets = make([]any, len(columns))
	for i, c := range columns {
		switch c.Kind {
		case Int:
			targets[i] = new(*int64)
		case Float:
			targets[i] = new(*float64)
		case Bool:
			targets[i] = new(*bool)
		case Bytes:
			targets[i] = new([]byte)
		default:
			targets[i] = new(*string)
		}
	}
	return func() []any {
		row := make([]any, len(targets))
		for i, t := range targets {
			switch v := t.(type) {
			case **int64:
				row[i] = deref(*v)
			case **float64:
				row[i] = deref(*v)
			case **bool:
				row[i] = deref(*v)
			case **string:
				row[i] = deref(*v)
			case *[]byte:
				if *v != nil {
					row[i] = *v
				}
			}
		}
		return row
	}, targets
}

func deref[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}
