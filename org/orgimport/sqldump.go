package orgimport

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// dumpTable is one table of a MySQL dump: its CREATE TABLE names the columns,
// or the INSERTs do, and their VALUES hold the rows, one or many to a
// statement, on one line or on many. A row's number is the line it begins on.
// Nothing of the file is ever run.
type dumpTable struct {
	file    io.ReadSeeker
	fields  []sheet.Field
	wanted  string
	columns []string
}

// openSQL opens a dump. wanted is the table to read; "" takes the only one.
func openSQL(f io.ReadSeeker, wanted string, fields []sheet.Field) (*dumpTable, error) {
	t := &dumpTable{file: f, fields: fields, wanted: wanted}
	found, err := t.tables()
	if err != nil {
		return nil, err
	}
	if wanted == "" && len(found) == 1 {
		t.wanted = found[0].name
	}
	i := slices.IndexFunc(found, func(d dumped) bool { return d.name == t.wanted })
	if i < 0 || len(found[i].columns) == 0 {
		var names []string
		for _, d := range found {
			names = append(names, d.name)
		}
		return nil, fault.Wrong("import.sql.table", strings.Join(names, ", "))
	}
	t.columns = found[i].columns
	return t, nil
}

// dumped is a table as the dump makes it.
type dumped struct {
	name    string
	columns []string
}

func (t *dumpTable) names() []string        { return t.columns }
func (t *dumpTable) index(field string) int { return findField(t.columns, t.fields, field) }

func (t *dumpTable) close() error {
	if c, ok := t.file.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// maxTables bounds the tables of a dump.
const maxTables = 1000

// statements calls create and insert behind the first word of such statements;
// they read the statement or leave the rest of it.
func (t *dumpTable) statements(create, insert func(*sqlScanner) error) error {
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	s := newSQLScanner(t.file)
	for {
		first, err := s.next()
		if err != nil || first.kind == sqlEnd {
			return err
		}
		switch {
		case first.is(";"):
			continue
		case first.word("DELIMITER"):
			err = s.body()
			if err == nil {
				continue
			}
		case first.word("CREATE"):
			err = create(s)
		case first.word("INSERT", "REPLACE"):
			err = insert(s)
		}
		if err == nil {
			err = s.skip()
		}
		if err != nil {
			return err
		}
	}
}

// tables returns the tables the dump makes or fills, with their columns.
func (t *dumpTable) tables() ([]dumped, error) {
	var all []dumped
	create := func(s *sqlScanner) error {
		d, err := createdTable(s)
		if d.name != "" && len(all) < maxTables {
			all = append(all, d)
		}
		return err
	}
	insert := func(s *sqlScanner) error {
		name, columns, err := insertInto(s)
		known := slices.ContainsFunc(all, func(d dumped) bool { return d.name == name })
		if name != "" && !known && len(all) < maxTables {
			all = append(all, dumped{name, columns})
		}
		return err
	}
	return all, t.statements(create, insert)
}

func (t *dumpTable) rows(fn func(int, []string) error) error {
	last := 0
	number := func(line int, cells []string) error {
		last = max(line, last+1) // several rows may stand on one line
		return fn(last, cells)
	}
	nothing := func(*sqlScanner) error { return nil }
	return t.statements(nothing, func(s *sqlScanner) error {
		line := s.line
		name, columns, err := insertInto(s)
		if err != nil || name != t.wanted {
			return err
		}
		order, err := t.order(columns)
		if err != nil {
			return fault.Wrong("import.sql.damaged", line).Because(err)
		}
		return t.tuples(s, order, number)
	})
}

// order returns the column of each value: as the INSERT lists them, or as the
// table has them.
func (t *dumpTable) order(listed []string) ([]int, error) {
	if len(listed) == 0 {
		all := make([]int, len(t.columns))
		for i := range all {
			all[i] = i
		}
		return all, nil
	}
	var all []int
	for _, name := range listed {
		at := slices.Index(t.columns, name)
		if at < 0 {
			return nil, errors.New("a column that the table does not have")
		}
		all = append(all, at)
	}
	return all, nil
}

// tuples reads "(…),(…);".
func (t *dumpTable) tuples(s *sqlScanner, order []int, fn func(int, []string) error) error {
	cells := make([]string, len(t.columns))
	for {
		open, err := s.next()
		if err != nil {
			return err
		}
		values, ok, err := tuple(s, len(order))
		if err != nil {
			return err
		}
		if !open.is("(") || !ok || len(values) != len(order) {
			return fault.Wrong("import.sql.damaged", open.line)
		}
		clear(cells)
		for i, v := range values {
			cells[order[i]] = sheet.Clean(v)
		}
		if err := fn(open.line, cells); err != nil {
			return err
		}
		after, err := s.next()
		if err != nil {
			return err
		}
		if !after.is(",") {
			s.back(after) // ";", or ON DUPLICATE KEY UPDATE …
			return nil
		}
	}
}
