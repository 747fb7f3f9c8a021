package orgimport

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// dumpTable is one table of a MySQL dump: its CREATE TABLE names the columns,
// its INSERT INTO … VALUES hold the rows. A row's number is the line it stands
// on. Nothing of the file is ever run.
type dumpTable struct {
	file    *os.File
	fields  []sheet.Field
	wanted  string
	columns []string
}

// openSQL opens a dump. wanted is the table to read; "" takes the only one.
func openSQL(f *os.File, wanted string, fields []sheet.Field) (*dumpTable, error) {
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
func (t *dumpTable) close() error           { return t.file.Close() }

// Bounds of a dump.
const (
	maxDumpLine = 16 << 20
	maxTables   = 1000
)

// lines calls fn with every line of the file and its number.
func (t *dumpTable) lines(fn func(n int, line []byte) error) error {
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	s := bufio.NewScanner(t.file)
	s.Buffer(make([]byte, 64<<10), maxDumpLine)
	for n := 1; s.Scan(); n++ {
		if err := fn(n, s.Bytes()); err != nil {
			return err
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return fault.Wrong("import.sql.line").Because(s.Err())
	}
	return s.Err()
}

var (
	createTable = regexp.MustCompile("(?i)^\\s*CREATE TABLE (?:IF NOT EXISTS )?`([^`]+)`")
	columnLine  = regexp.MustCompile("^\\s+`([^`]+)`\\s")
	insertInto  = regexp.MustCompile("(?i)^\\s*INSERT INTO `([^`]+)`\\s*(?:\\(([^)]*)\\))?\\s*VALUES\\s*")
)

// tables returns the tables the dump makes, with their columns.
func (t *dumpTable) tables() ([]dumped, error) {
	var all []dumped
	inside := false
	err := t.lines(func(_ int, line []byte) error {
		if m := createTable.FindSubmatch(line); m != nil {
			if len(all) >= maxTables {
				return errStop
			}
			all, inside = append(all, dumped{name: string(m[1])}), true
			return nil
		}
		if bytes.HasPrefix(bytes.TrimSpace(line), []byte(")")) {
			inside = false
		}
		if m := columnLine.FindSubmatch(line); inside && m != nil {
			last := &all[len(all)-1]
			if len(last.columns) < maxColumns {
				last.columns = append(last.columns, string(m[1]))
			}
		}
		return nil
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return all, err
}

func (t *dumpTable) rows(fn func(int, []string) error) error {
	last := 0
	number := func(line int, cells []string) error {
		last = max(line, last+1) // several rows may stand on one line
		return fn(last, cells)
	}
	return t.lines(func(n int, line []byte) error {
		m := insertInto.FindSubmatchIndex(line)
		if m == nil || string(line[m[2]:m[3]]) != t.wanted {
			return nil
		}
		order, err := t.order(line, m)
		if err != nil {
			return fault.Wrong("import.sql.damaged", n).Because(err)
		}
		return t.tuples(n, string(line[m[1]:]), order, number)
	})
}

// order returns the column of each value: as the INSERT lists them, or as the
// table has them.
func (t *dumpTable) order(line []byte, m []int) ([]int, error) {
	if m[4] < 0 {
		all := make([]int, len(t.columns))
		for i := range all {
			all[i] = i
		}
		return all, nil
	}
	var all []int
	for name := range strings.SplitSeq(string(line[m[4]:m[5]]), ",") {
		at := slices.Index(t.columns, strings.Trim(name, " `"))
		if at < 0 {
			return nil, errors.New("a column that the table does not have")
		}
		all = append(all, at)
	}
	return all, nil
}

// tuples reads "(…),(…);".
func (t *dumpTable) tuples(n int, text string, order []int, fn func(int, []string) error) error {
	cells := make([]string, len(t.columns))
	for {
		values, rest, ok := tuple(text)
		if !ok || len(values) != len(order) {
			return fault.Wrong("import.sql.damaged", n)
		}
		clear(cells)
		for i, v := range values {
			cells[order[i]] = sheet.Clean(v)
		}
		if err := fn(n, cells); err != nil {
			return err
		}
		if text, ok = strings.CutPrefix(strings.TrimSpace(rest), ","); !ok {
			return nil
		}
	}
}

// tuple reads one parenthesised list of literals.
func tuple(text string) (values []string, rest string, ok bool) {
	text, ok = strings.CutPrefix(strings.TrimSpace(text), "(")
	for ok {
		var v string
		if v, text, ok = literal(strings.TrimLeft(text, " ")); !ok {
			return nil, "", false
		}
		values = append(values, v)
		text = strings.TrimLeft(text, " ")
		if after, more := strings.CutPrefix(text, ","); more {
			text = after
			continue
		}
		rest, ok = strings.CutPrefix(text, ")")
		return values, rest, ok
	}
	return nil, "", false
}

// literal reads a quoted text, a number or NULL, which is an empty cell.
func literal(text string) (value, rest string, ok bool) {
	if !strings.HasPrefix(text, "'") {
		end := strings.IndexAny(text, ",)")
		if end < 0 {
			return "", "", false
		}
		value = strings.TrimSpace(text[:end])
		if strings.EqualFold(value, "NULL") {
			value = ""
		}
		return value, text[end:], true
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			b.WriteByte(unescape(text[i]))
		case c == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
			b.WriteByte('\'')
		case c == '\'':
			return valid(b.String()), text[i+1:], true
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

func unescape(c byte) byte {
	switch c {
	case 'n', 'r', 't', '0', 'Z':
		return ' '
	}
	return c
}

// valid reads a text that is not UTF-8 as Latin 1.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

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
