package sheet

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// Options say how a file is to be read. The zero value reads any table.
type Options struct {
	// Sheet is the name of the workbook's sheet to read; "" chooses the one that
	// names most Fields, or else the one with the largest table.
	Sheet string
	// Fields are the columns looked for; they decide which row is the header.
	Fields []Field
	// Limits bound the cost of reading.
	Limits Limits
}

// Table is an opened file. It must be closed.
type Table struct {
	Format    string   // "csv" or "xlsx"
	Encoding  string   // of a CSV: utf-8, utf-8-bom, utf-16le, utf-16be, windows-1252
	Delimiter string   // of a CSV: one character
	Mended    int      // bytes of a UTF-8 file that were not UTF-8, read as Windows-1252
	Sheet     string   // of a workbook: the sheet that is read
	Sheets    []string // of a workbook: all sheets in their order
	HeaderRow int      // the row before the first row of data, 0 when there is no header
	Columns   []string // unique names, by position; joined where the header has several rows

	fields []Field
	source source
	marked []bool // columns in which every cell begins with an apostrophe
	close  func() error
}

// Open opens a file of tables. A file that cannot be read gives a fault that
// says what it is instead.
func Open(path string, opts Options) (*Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.Missing("sheet.not_found", path).Because(err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fault.Wrong("sheet.not_found", path)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	t, err := OpenReader(f, info.Size(), opts)
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	inner := t.close
	t.close = func() error { return errors.Join(inner(), f.Close()) }
	return t, nil
}

// OpenReader is Open for size bytes of r, such as an uploaded file. The reader
// must stay usable until the table is closed.
func OpenReader(r io.ReaderAt, size int64, opts Options) (*Table, error) {
	limits := opts.Limits.withDefaults()
	format, err := sniff(r, size, limits)
	if err != nil {
		return nil, err
	}
	t := &Table{Format: format, fields: opts.Fields, close: func() error { return nil }}
	if format == "xlsx" {
		err = t.openXLSX(r, size, opts, limits)
	} else {
		err = t.openCSV(r, size, limits)
	}
	if err != nil {
		_ = t.close()
		return nil, err
	}
	return t, nil
}

// Close frees what the table holds.
func (t *Table) Close() error { return t.close() }

func (t *Table) openCSV(r io.ReaderAt, size int64, limits Limits) error {
	d, mended, err := openDelimited(r, size, limits)
	if err != nil {
		return err
	}
	t.Encoding, t.Delimiter, t.Mended = d.encoding, string(d.delimiter), mended
	head, err := readHead(d, 0)
	if err != nil {
		return err
	}
	if len(head) == 0 {
		return fault.Wrong("sheet.empty")
	}
	t.begin(d, head, findHeader(head, nil, t.fields))
	return nil
}

func (t *Table) openXLSX(r io.ReaderAt, size int64, opts Options, limits Limits) error {
	w, err := openWorkbook(r, size, limits)
	if err != nil {
		return err
	}
	t.close = func() error { w.texts.close(); return nil }
	for _, s := range w.sheets {
		t.Sheets = append(t.Sheets, s.name)
	}
	chosen, err := w.choose(opts)
	if err != nil {
		return err
	}
	t.Sheet = chosen.name
	s := &sheetSource{book: w, part: chosen}
	if s.spans, err = w.merged(chosen); err != nil {
		return err
	}
	head, err := readHead(s, 0)
	if err != nil {
		return err
	}
	if len(head) == 0 {
		return fault.Wrong("sheet.empty_sheet", chosen.name)
	}
	if len(s.spans) > 0 {
		if head, err = readHead(s, widest(head)); err != nil {
			return err
		}
	}
	t.begin(s, head, findHeader(head, s.spans, t.fields))
	return nil
}

// begin sets the table to the rows behind its header.
func (t *Table) begin(s source, head []line, h header) {
	t.source, t.HeaderRow, t.Columns = s, h.last, h.names
	t.marked = apostropheColumns(head, h.last)
}

// headRows is how many rows are looked at to understand a table.
const headRows = 100

var errStop = errors.New("enough rows")

// readHead returns the first rows that are not blank.
func readHead(s source, width int) ([]line, error) {
	var head []line
	err := s.scan(width, func(row int, cells []string) error {
		l := line{row: row, cells: make([]string, len(cells)), raw: make([]string, len(cells))}
		used := 0
		for i, c := range cells {
			l.raw[i] = trim(c)
			if l.cells[i] = Clean(c); l.cells[i] != "" {
				used = i + 1
			}
		}
		l.cells = l.cells[:used]
		if used > 0 {
			head = append(head, l)
		}
		if len(head) == headRows {
			return errStop
		}
		return nil
	})
	if err != nil && !errors.Is(err, errStop) {
		return nil, err
	}
	return head, nil
}

// apostropheColumns returns the columns whose data cells all begin with one
// apostrophe: some programs write one before every text. Two cells are needed to
// believe it, and a doubled one, as Write makes, denies it.
func apostropheColumns(head []line, headerRow int) []bool {
	marked := make([]bool, widest(head))
	for col := range marked {
		with, without := 0, 0
		for _, l := range head {
			if l.row <= headerRow || col >= len(l.raw) || l.raw[col] == "" {
				continue
			}
			if strings.HasPrefix(l.raw[col], "'") && !strings.HasPrefix(l.raw[col], "''") {
				with++
			} else {
				without++
			}
		}
		marked[col] = with >= 2 && without == 0
	}
	return marked
}

// Index returns the position of the column that carries the name of a field,
// one of the field's aliases, or, of a name that is no field, that name itself;
// -1 when there is none. Case, punctuation and blanks do not count.
func (t *Table) Index(name string) int {
	wanted := fold(name)
	i := slices.IndexFunc(t.fields, func(f Field) bool { return fold(f.Name) == wanted })
	if i < 0 {
		return indexOf(t.Columns, Field{Name: name})
	}
	return indexOf(t.Columns, t.fields[i])
}

// Rows calls fn for each row behind the header that is not blank, in the file's
// order. row is the number a spreadsheet shows for it. There is a cell for
// every column, and more where the row is longer than the header. The cells are
// cleaned and valid until fn returns. Rows stops at the first error and returns
// it. It can be called again and begins from the first row.
func (t *Table) Rows(fn func(row int, cells []string) error) error {
	var out []string
	return t.source.scan(len(t.Columns), func(row int, cells []string) error {
		if row <= t.HeaderRow {
			return nil
		}
		out = out[:0]
		filled := false
		for i, c := range cells {
			c = t.cleanCell(i, c)
			filled = filled || c != ""
			out = append(out, c)
		}
		for len(out) < len(t.Columns) {
			out = append(out, "")
		}
		if !filled {
			return nil
		}
		return fn(row, out)
	})
}

func (t *Table) cleanCell(col int, cell string) string {
	if col < len(t.marked) && t.marked[col] {
		return trim(strings.TrimPrefix(trim(cell), "'"))
	}
	return Clean(cell)
}
