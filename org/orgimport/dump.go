package orgimport

import (
	"errors"
	"io"
	"os"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Convert writes a table of a MySQL dump to w as CSV or XLSX. name is the
// table, "" takes the only one.
func Convert(path, name, format string, w io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return fault.Missing("sheet.not_found", path).Because(err)
	}
	defer f.Close()
	head := make([]byte, sniffed)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	if !looksSQL(head[:n]) {
		return fault.Wrong("import.sql.none")
	}
	t, err := openSQL(f, name, nil)
	if err != nil {
		return err
	}
	return sheet.Write(w, format, sheet.Doc{Title: t.wanted, Columns: textColumns(t.columns), Rows: every(t)})
}

// Dump is a MySQL dump of several tables. Nothing of it is ever run.
type Dump struct{ Path string }

// Rows calls fn with every row of a table: the line it stands on, and its cells
// by column, empty for NULL and for a column it has not.
func (d Dump) Rows(table string, fn func(row int, cell func(column string) string) error) error {
	f, err := os.Open(d.Path)
	if err != nil {
		return fault.Missing("sheet.not_found", d.Path).Because(err)
	}
	defer f.Close()
	t, err := openSQL(f, table, nil)
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, name := range t.columns {
		at[name] = i
	}
	return t.rows(func(row int, cells []string) error {
		return fn(row, func(column string) string {
			if i, ok := at[column]; ok {
				return cells[i]
			}
			return ""
		})
	})
}
