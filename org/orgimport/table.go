package orgimport

import (
	"bytes"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// table is rows of named columns, wherever they come from. Rows may be asked
// for again and begins from the first.
type table interface {
	// names returns the columns as the file calls them.
	names() []string
	// index returns the position of the column that carries a field, or -1.
	index(field string) int
	// rows calls fn with the file's own number of each row and its cells, which
	// are valid until fn returns.
	rows(fn func(row int, cells []string) error) error
	close() error
}

// errStop ends rows early without being an error.
var errStop = errors.New("orgimport: enough rows")

// sheetTable is a CSV or XLSX file.
type sheetTable struct{ *sheet.Table }

func (t sheetTable) names() []string        { return t.Columns }
func (t sheetTable) index(field string) int { return t.Index(field) }
func (t sheetTable) close() error           { return t.Close() }
func (t sheetTable) rows(fn func(int, []string) error) error {
	return t.Rows(fn)
}

// open opens a file of any form that is read here: a table, SIASN's JSON, or a
// dump of a MySQL database. It returns a fault that says what the file is
// instead.
func open(path, sheetName string, fields []sheet.Field) (table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.Missing("sheet.not_found", path).Because(err)
	}
	t, err := openFile(f, path, sheetName, fields)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return t, nil
}

func openFile(f *os.File, path, sheetName string, fields []sheet.Field) (table, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fault.Wrong("sheet.not_found", path)
	}
	head := make([]byte, sniffed)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch head = head[:n]; {
	case looksJSON(head):
		return openJSON(f, fields)
	case looksSQL(head):
		return openSQL(f, "", fields)
	}
	t, err := sheet.OpenReader(f, info.Size(), sheet.Options{Sheet: sheetName, Fields: fields})
	if err != nil {
		return nil, err
	}
	return withFile{sheetTable{t}, f}, nil
}

// sniffed is how much of a file decides what it is.
const sniffed = 64 << 10

// withFile closes the file with the table.
type withFile struct {
	table
	file io.Closer
}

func (t withFile) close() error { return errors.Join(t.table.close(), t.file.Close()) }

func looksJSON(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	return len(head) > 0 && (head[0] == '[' || head[0] == '{')
}

// sqlBegins is a statement that makes or fills a table.
var sqlBegins = regexp.MustCompile("(?im)^\\s*(CREATE TABLE|INSERT (IGNORE )?INTO|REPLACE INTO)\\s+[`\"\\w]")

func looksSQL(head []byte) bool { return sqlBegins.Match(head) }

// findField returns the column of names that carries a field, by its name or
// an alias, compared as sheet compares names.
func findField(names []string, fields []sheet.Field, field string) int {
	i := slices.IndexFunc(fields, func(f sheet.Field) bool { return f.Name == field })
	if i < 0 {
		return indexFolded(names, field)
	}
	for _, wanted := range append([]string{field}, fields[i].Aliases...) {
		if at := indexFolded(names, wanted); at >= 0 {
			return at
		}
	}
	return -1
}

// fold makes names comparable: case, blanks, punctuation and accents do not
// count.
func fold(s string) string { return search.Fold(s) }

func indexFolded(names []string, wanted string) int {
	wanted = fold(wanted)
	return slices.IndexFunc(names, func(n string) bool { return fold(n) == wanted })
}
