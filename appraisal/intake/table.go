package intake

import (
	"bytes"
	"slices"

	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// MostBytes is the largest file an import takes.
const MostBytes = 32 << 20

// Row is one row of a table: its number in the file and its cells by field.
type Row struct {
	Number int
	cells  []string
	at     map[string]int
}

// Get returns the cell of a field, empty where the table has no such column.
func (r Row) Get(field string) string {
	i, has := r.at[field]
	if !has || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// Cells returns all cells of the row in the order of the table's columns.
func (r Row) Cells() []string { return r.cells }

// Table is a file's rows with the columns that were found.
type Table struct {
	Columns []string
	Rows    []Row
	at      map[string]int
}

// Has reports whether a field has a column.
func (t Table) Has(field string) bool {
	_, has := t.at[field]
	return has
}

// Read reads a CSV or XLSX whole. Columns are found by the names of the fields,
// without regard to case and punctuation; the header may stand in any of the
// first twenty rows. What cannot be read is a fault that says why.
func Read(body []byte, fields []sheet.Field) (Table, error) {
	file, err := sheet.OpenReader(bytes.NewReader(body), int64(len(body)), sheet.Options{Fields: fields, Limits: sheet.Limits{FileBytes: MostBytes}})
	if err != nil {
		return Table{}, err
	}
	defer func() { _ = file.Close() }()
	t := Table{Columns: file.Columns, at: columnsOf(file.Columns, fields)}
	err = file.Rows(func(row int, cells []string) error {
		t.Rows = append(t.Rows, Row{Number: row, cells: slices.Clone(cells), at: t.at})
		return nil
	})
	return t, err
}

// columnsOf finds each field's column: the first whose name is one of the
// field's.
func columnsOf(columns []string, fields []sheet.Field) map[string]int {
	at := map[string]int{}
	for _, f := range fields {
		names := []string{search.Fold(f.Name)}
		for _, a := range f.Aliases {
			names = append(names, search.Fold(a))
		}
		i := slices.IndexFunc(columns, func(c string) bool { return slices.Contains(names, search.Fold(c)) })
		if i >= 0 {
			at[f.Name] = i
		}
	}
	return at
}
