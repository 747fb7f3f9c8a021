package db

import (
	"context"
	"strings"
)

// byteOrder makes every text column of a PostgreSQL schema compare by its
// bytes, as SQLite's do: ids, times and sort keys then have the same order and
// the same "next page" on both engines whatever locale the database was made
// with. It touches only columns that still have the database's own collation.
func (t *Tx) byteOrder(ctx context.Context) error {
	if t.db.engine != Postgres {
		return nil
	}
	// Only by bytes does "B" come before "a": then there is nothing to change.
	if done, err := One(ctx, t, `SELECT 'B' < 'a'`, Value[bool]); err != nil || done {
		return err
	}
	type column struct{ table, name string }
	columns, err := All(ctx, t, `
		SELECT c.relname, a.attname
		FROM pg_attribute a
		JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
		JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
		JOIN pg_type y ON y.oid = a.atttypid AND y.typname = 'text'
		JOIN pg_collation k ON k.oid = a.attcollation AND k.collname = 'default'
		WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
		ORDER BY c.relname, a.attnum`, func(r Row) (column, error) {
		var v column
		err := r.Scan(&v.table, &v.name)
		return v, err
	})
	if err != nil {
		return err
	}
	changes := map[string][]string{}
	var tables []string
	for _, c := range columns {
		if changes[c.table] == nil {
			tables = append(tables, c.table)
		}
		changes[c.table] = append(changes[c.table], `ALTER COLUMN `+quote(c.name)+` TYPE text COLLATE "C"`)
	}
	for _, table := range tables {
		if _, err := Exec(ctx, t, `ALTER TABLE `+quote(table)+` `+strings.Join(changes[table], ", ")); err != nil {
			return err
		}
	}
	return nil
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
