package orgimport

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/org"
)

// line is one row being read: what it says, what is wrong with it, what may be.
type line struct {
	*lens
	row      int
	cells    []string
	problems []Problem
	doubts   []Warning
}

// maxText bounds a text of the map, in characters: nothing that is named in an
// office is longer.
const maxText = 1000

// begin sets the line to another row.
func (l *line) begin(row int, cells []string) {
	l.row, l.cells, l.problems, l.doubts = row, cells, nil, nil
}

// text returns what the row says of a field, on one line.
func (l *line) text(field string) string {
	s := tidy(l.lens.text(l.cells, field))
	if len(s) > maxText && utf8.RuneCountInString(s) > maxText {
		l.wrong(field, "import.reject.long", maxText)
		return ""
	}
	return s
}

// key returns the identity the row gives in a field, or "".
func (l *line) key(field string) string {
	s := tidy(l.lens.key(l.cells, field))
	if sheet.Scientific(s) {
		l.wrong(field, "sheet.cell_scientific", s)
		return ""
	}
	if len(s) > maxText {
		l.wrong(field, "import.reject.long", maxText)
		return ""
	}
	return s
}

// day returns a field's date; one that is none is wrong.
func (l *line) day(field string) org.Day {
	s := l.text(field)
	if s == "" {
		return ""
	}
	d, err := sheet.Date(s, l.mapped.dateOrder())
	if err != nil {
		l.fail(field, err)
		return ""
	}
	return org.Day(d)
}

// wrong notes what is wrong with the row, and in which column.
func (l *line) wrong(field, key string, args ...any) {
	l.problems = append(l.problems, Problem{Column: l.column(field), Value: short(l.raw(l.cells, field)), Key: key, Args: args})
}

// fail notes a fault of reading a cell.
func (l *line) fail(field string, err error) {
	key, args := "import.reject.unreadable", []any(nil)
	var f *fault.Error
	if errors.As(err, &f) {
		key, args = f.Key, f.Args
		if len(f.Fields) > 0 {
			key, args = f.Fields[0].Key, f.Fields[0].Args
		}
	}
	l.wrong(field, key, args...)
}

// doubt notes a warning about a field; value is what rows are grouped by.
func (l *line) doubt(code, field, value string, args ...any) {
	l.doubts = append(l.doubts, Warning{Code: code, Row: l.row, Column: l.column(field), Value: short(value), Args: args})
}

// settle notes what was found in the journal and reports whether the row can
// be loaded.
func (l *line) settle(j *journal) bool {
	if len(l.problems) > 0 {
		j.reject(l.row, l.problems...)
		return false
	}
	for _, w := range l.doubts {
		j.warn(w)
	}
	return true
}

// tidy puts a text on one line and removes what no database keeps.
func tidy(s string) string {
	dirty := strings.ContainsFunc(s, unicode.IsControl) || !utf8.ValidString(s)
	if !dirty {
		return s
	}
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(clean), " ")
}

// short cuts a value as reports show it.
func short(s string) string {
	const most = 120
	s = tidy(s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
