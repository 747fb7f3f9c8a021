package sheet

import (
	"archive/zip"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/gurindam/gurindam/internal/fault"
)

// xlsxWriter streams rows into the one sheet of a new workbook.
type xlsxWriter struct {
	file   *excelize.File
	sheet  string
	out    *excelize.StreamWriter
	head   int // style of the header
	text   int // style of text, so that what is typed later stays text
	day    int
	places map[int]int // number styles by decimal places
	row    int
}

func writeXLSX(w io.Writer, doc Doc) (err error) {
	x, err := newXLSX(doc)
	if err != nil {
		return fmt.Errorf("begin workbook: %w", err)
	}
	defer func() {
		if e := x.file.Close(); err == nil {
			err = e
		}
	}()
	if err := x.header(doc.Columns); err != nil {
		return fmt.Errorf("write header: %w", err)
	}
	for cells, err := range doc.Rows {
		if err != nil {
			return err
		}
		if err := x.write(doc.Columns, cells); err != nil {
			return fmt.Errorf("write row %d: %w", x.row, err)
		}
	}
	return x.finish(w, len(doc.Columns))
}

func newXLSX(doc Doc) (*xlsxWriter, error) {
	x := &xlsxWriter{file: excelize.NewFile(), sheet: sheetName(doc.Title), places: map[int]int{}}
	if err := x.file.SetSheetName("Sheet1", x.sheet); err != nil {
		return nil, err
	}
	if err := x.styles(); err != nil {
		return nil, err
	}
	out, err := x.file.NewStreamWriter(x.sheet)
	if err != nil {
		return nil, err
	}
	x.out = out
	for i, c := range doc.Columns {
		if err := out.SetColWidth(i+1, i+1, columnWidth(c)); err != nil {
			return nil, err
		}
	}
	return x, out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (x *xlsxWriter) styles() (err error) {
	if x.head, err = x.file.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7EDF3"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
	}); err != nil {
		return err
	}
	if x.text, err = x.file.NewStyle(&excelize.Style{NumFmt: 49}); err != nil {
		return err
	}
	iso := "yyyy-mm-dd"
	x.day, err = x.file.NewStyle(&excelize.Style{CustomNumFmt: &iso})
	return err
}

// number returns the style of numbers with so many decimal places.
func (x *xlsxWriter) number(places int) (int, error) {
	if style, ok := x.places[places]; ok {
		return style, nil
	}
	code := "0"
	if places > 0 {
		code = "0." + strings.Repeat("0", places)
	}
	style, err := x.file.NewStyle(&excelize.Style{CustomNumFmt: &code})
	x.places[places] = style
	return style, err
}

func (x *xlsxWriter) header(columns []Column) error {
	labels := make([]any, len(columns))
	for i, c := range columns {
		labels[i] = excelize.Cell{StyleID: x.head, Value: guarded(c.Label)}
	}
	x.row = 1
	return x.out.SetRow("A1", labels, excelize.RowOpts{Height: 30})
}

func (x *xlsxWriter) write(columns []Column, cells []string) error {
	if x.row++; x.row > maxRows {
		return fault.Wrong("sheet.too_many_rows", maxRows)
	}
	values := make([]any, len(columns))
	for i, c := range columns {
		if i >= len(cells) || cells[i] == "" {
			continue
		}
		value, err := x.cell(cells[i], c.Kind)
		if err != nil {
			return err
		}
		values[i] = value
	}
	return x.out.SetRow("A"+strconv.Itoa(x.row), values)
}

// cell returns a typed value, or text where the cell does not fit its column.
func (x *xlsxWriter) cell(cell string, kind Kind) (excelize.Cell, error) {
	if !fits(cell, kind) {
		text := guarded(cell)
		if len(text) > excelize.TotalCellChars && utf16Len(text) > excelize.TotalCellChars {
			return excelize.Cell{}, fault.Wrong("sheet.cell_over", x.row, excelize.TotalCellChars)
		}
		return excelize.Cell{StyleID: x.text, Value: text}, nil
	}
	if kind == Day {
		t, _ := day(cell)
		return excelize.Cell{StyleID: x.day, Value: t}, nil
	}
	_, fraction, _ := strings.Cut(cell, ".")
	style, err := x.number(len(fraction))
	if err != nil {
		return excelize.Cell{}, err
	}
	number, err := strconv.ParseFloat(cell, 64)
	return excelize.Cell{StyleID: style, Value: number}, err
}

// finish adds the filter, closes the stream and writes the workbook.
func (x *xlsxWriter) finish(w io.Writer, columns int) error {
	if columns > 0 {
		last := columnName(columns-1) + strconv.Itoa(max(x.row, 1))
		if err := x.file.AutoFilter(x.sheet, "A1:"+last, nil); err != nil {
			return fmt.Errorf("add filter: %w", err)
		}
	}
	if err := x.out.Flush(); err != nil {
		return fmt.Errorf("end sheet: %w", err)
	}
	// The library collects the whole file in memory unless it is given the
	// archive to write to.
	x.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	_, err := x.file.WriteToBuffer()
	return err
}

// day reads a date from 1900-03-01, before which spreadsheets disagree.
func day(cell string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, cell)
	return t, err == nil && t.Year() < 10000 && !t.Before(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC))
}

// sheetName makes a title a sheet's name: at most 31 characters, none of those
// that Excel forbids.
func sheetName(title string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, title)
	name = strings.Trim(oneLine(name), "' ")
	for utf16Len(name) > 31 {
		_, size := utf8.DecodeLastRuneInString(name)
		name = strings.TrimRight(name[:len(name)-size], "' ")
	}
	if name == "" {
		return "Data"
	}
	return name
}

// utf16Len is a text's length as Excel counts it.
func utf16Len(s string) int { return len(utf16.Encode([]rune(s))) }

// columnWidth guesses a readable width, in characters.
func columnWidth(c Column) float64 {
	width := float64(utf8.RuneCountInString(c.Label)) + 3
	low, high := 10.0, 24.0
	if c.Kind == Text {
		low, high = 18, 40
	}
	return min(max(width, low), high)
}
