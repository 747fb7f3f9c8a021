package sheet

import (
	"encoding/csv"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/gurindam/gurindam/internal/fault"
)

// Kind is what a column of a written table holds.
type Kind uint8

// The kinds. A cell that does not fit its column's kind is written as text, so
// that nothing is lost.
const (
	Text  Kind = iota // any text; also NIP and every other identifier
	Whole             // 1234, -5
	Exact             // 1234.50: a decimal with a point and at most fifteen digits
	Day               // 2026-12-31
)

// Column is one column of a written table.
type Column struct {
	Key   string // the field's name in the program, for the caller's own use
	Label string // the header people read
	Kind  Kind
}

// Doc is a table to be written.
type Doc struct {
	Title   string // names the workbook's sheet
	Columns []Column
	Rows    iter.Seq2[[]string, error] // cells in the order of Columns; an error ends the writing
}

// Formats that Write knows.
const (
	CSV  = "csv"
	XLSX = "xlsx"
)

// MediaType returns the media type of a format that Write knows.
func MediaType(format string) string {
	if format == XLSX {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// Write writes the table. A text that a spreadsheet would run as a formula or
// would cut to fifteen digits gets an apostrophe before it, which reading takes
// away. Write returns a fault for a format it does not know and the error of
// Rows or of w otherwise; what was written until then is not a whole file.
func Write(w io.Writer, format string, doc Doc) error {
	if doc.Rows == nil {
		doc.Rows = func(func([]string, error) bool) {}
	}
	switch format {
	case CSV:
		return writeCSV(w, doc)
	case XLSX:
		return writeXLSX(w, doc)
	}
	return fault.Wrong("sheet.format", format)
}

// writeCSV writes comma-separated UTF-8 with a byte-order mark, by which Excel
// knows the encoding, and CRLF.
func writeCSV(w io.Writer, doc Doc) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	record := make([]string, len(doc.Columns))
	for i, col := range doc.Columns {
		record[i] = guarded(col.Label)
	}
	if err := c.Write(record); err != nil {
		return err
	}
	for cells, err := range doc.Rows {
		if err != nil {
			return err
		}
		for i, col := range doc.Columns {
			record[i] = ""
			if i < len(cells) {
				record[i] = csvCell(cells[i], col.Kind)
			}
		}
		if err := c.Write(record); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func csvCell(cell string, kind Kind) string {
	if fits(cell, kind) {
		return cell
	}
	return guarded(cell)
}

// fits reports whether a cell is a value of a typed column.
func fits(cell string, kind Kind) bool {
	switch kind {
	case Whole:
		n, err := strconv.ParseInt(cell, 10, 64)
		return err == nil && n > -1e15 && n < 1e15 && cell[0] != '+'
	case Exact:
		d, _, err := apd.NewFromString(cell)
		return err == nil && d.Form == apd.Finite && d.NumDigits() <= spreadsheetDigits && !strings.ContainsAny(cell, "eE+")
	case Day:
		_, ok := day(cell)
		return ok
	}
	return false
}

// guarded returns text so that a spreadsheet takes it for text, without leading
// tabs and line ends and without the control characters no table can hold.
func guarded(text string) string {
	text = strings.TrimLeft(printable(text), "\t\n")
	if startsFormula(text) || losesDigits(text) || strings.HasPrefix(trim(text), "'") {
		return "'" + trim(text)
	}
	return text
}

// printable drops what XML 1.0 cannot hold and makes every line end LF.
func printable(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r == '\r' {
			return '\n'
		}
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, text)
}

// losesDigits reports whether a spreadsheet that opens the text as CSV would
// turn it into a number and drop digits: more than eleven become scientific
// notation, a leading zero disappears.
func losesDigits(text string) bool {
	text = trim(text)
	return allDigits(text) && (len(text) > 11 || (len(text) > 1 && text[0] == '0'))
}
