package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// source is a table's rows as the file has them: row is the number a
// spreadsheet shows, cells is valid until the callback returns, blank rows are
// left out.
type source interface {
	scan(width int, fn func(row int, cells []string) error) error
}

// endMark ends the stream handed to the CSV parser. The parser forgives a
// quotation mark that is opened and never closed and swallows the rest of the
// file; then the mark is found inside a cell. It cannot occur in a file: NUL is
// refused.
const endMark = "\x00"

// delimited is a text file with one record a row.
type delimited struct {
	r         io.ReaderAt
	size      int64
	encoding  string
	start     int64 // bytes before the first row: the byte-order mark
	skip      bool  // the first line is Excel's "sep=;"
	delimiter rune
	limits    Limits
}

func openDelimited(r io.ReaderAt, size int64, limits Limits) (*delimited, int, error) {
	encoding, mark, mended, err := detectEncoding(r, size)
	if err != nil {
		return nil, 0, err
	}
	d := &delimited{r: r, size: size, encoding: encoding, start: mark, limits: limits}
	sample, err := io.ReadAll(io.LimitReader(d.text(), 2*headBytes))
	if err != nil {
		return nil, 0, err
	}
	if key := foreignText(sample); key != "" {
		return nil, 0, fault.Wrong(key)
	}
	if delimiter, ok := declaredDelimiter(sample); ok {
		d.delimiter, d.skip = delimiter, true
		return d, mended, nil
	}
	d.delimiter = detectDelimiter(sample)
	return d, mended, nil
}

// text returns the file's text from the start with LF line ends.
func (d *delimited) text() io.Reader {
	raw := io.NewSectionReader(d.r, d.start, d.size-d.start)
	return &lineEnds{r: decode(raw, d.encoding)}
}

// scan calls fn for each record that has a cell with text. Width is of no use:
// text has no merged cells.
func (d *delimited) scan(_ int, fn func(row int, cells []string) error) error {
	g := &guard{r: io.MultiReader(d.text(), strings.NewReader("\n"+endMark+"\n")), left: 4 * d.limits.FileBytes, stride: d.limits.RecordBytes}
	g.whole = tooLarge(d.limits.FileBytes >> 20)
	in := bufio.NewReaderSize(g, readAhead)
	if d.skip {
		if _, err := in.ReadSlice('\n'); err != nil {
			return err
		}
	}
	return d.records(newCSV(in, d.delimiter), g, fn)
}

func newCSV(r io.Reader, delimiter rune) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma = delimiter
	c.LazyQuotes = true
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	return c
}

// records numbers what the parser returns. The parser skips blank lines and
// counts physical lines; a spreadsheet counts blank lines and counts a record
// once, however many lines it takes.
func (d *delimited) records(c *csv.Reader, g *guard, fn func(row int, cells []string) error) error {
	row, lastLine := 0, 0
	for {
		g.long = fault.Wrong("sheet.row_too_long", row+1)
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return fault.Wrong("sheet.damaged")
		}
		if err != nil {
			return err
		}
		g.step()
		first, _ := c.FieldPos(0)
		row += first - lastLine
		last := len(cells) - 1
		lastLine, _ = c.FieldPos(last)
		lastLine += strings.Count(cells[last], "\n")
		if end, err := d.inspect(row, cells); end || err != nil {
			return err
		}
		if blank(cells) {
			continue
		}
		if err := fn(row, cells); err != nil {
			return err
		}
	}
}

// inspect reports whether cells is the mark that ends the file, and refuses a
// record that swallowed the mark or has too many cells.
func (d *delimited) inspect(row int, cells []string) (end bool, err error) {
	if len(cells) == 1 && cells[0] == endMark {
		return true, nil
	}
	if n := len(cells); n > d.limits.Columns {
		return false, fault.Wrong("sheet.too_many_columns", row, n, d.limits.Columns)
	}
	if strings.Contains(cells[len(cells)-1], endMark) {
		return false, fault.Wrong("sheet.quote_open", row)
	}
	return false, nil
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// lineEnds turns CR and CRLF into LF, and refuses NUL.
type lineEnds struct {
	r     io.Reader
	sawCR bool
}

func (l *lineEnds) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if bytes.IndexByte(p[:n], 0) >= 0 {
		return 0, fault.Wrong("sheet.binary")
	}
	if !l.sawCR && bytes.IndexByte(p[:n], '\r') < 0 {
		return n, err
	}
	out := 0
	for _, b := range p[:n] {
		after := l.sawCR
		l.sawCR = b == '\r'
		if after && b == '\n' {
			continue
		}
		if b == '\r' {
			b = '\n'
		}
		p[out] = b
		out++
	}
	return out, err
}

// declaredDelimiter reads the line "sep=;" by which Excel is told the
// delimiter. Excel does not count it as a row.
func declaredDelimiter(sample []byte) (rune, bool) {
	line, _, _ := bytes.Cut(sample, []byte("\n"))
	line = bytes.Trim(line, "\"")
	if len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) && strings.ContainsRune(",;\t|", rune(line[4])) {
		return rune(line[4]), true
	}
	return 0, false
}

// detectDelimiter picks the delimiter that cuts most rows into the same number
// of cells. Of two that do it equally well the one with more cells wins, then
// comma, semicolon, tab, pipe in this order.
func detectDelimiter(sample []byte) rune {
	best, bestShare, bestCells := ',', 0.0, 0
	for _, delimiter := range ",;\t|" {
		share, cells := regularity(sample, delimiter)
		if share > bestShare || (share == bestShare && cells > bestCells) {
			best, bestShare, bestCells = delimiter, share, cells
		}
	}
	return best
}

// regularity returns the most frequent number of cells above one and the share
// of the sample's records that have it.
func regularity(sample []byte, delimiter rune) (share float64, cells int) {
	c := newCSV(bytes.NewReader(sample), delimiter)
	counts := map[int]int{}
	records := 0
	for ; records < 500; records++ {
		record, err := c.Read()
		if err != nil {
			break
		}
		counts[len(record)]++
	}
	delete(counts, 1)
	for n, times := range counts {
		s := float64(times) / float64(records)
		if s > share || (s == share && n > cells) {
			share, cells = s, n
		}
	}
	return share, cells
}
