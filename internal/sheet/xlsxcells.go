package sheet

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// The size of the largest sheet the format allows.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
)

// cellScanner reads a sheet's rows from its XML, token by token.
type cellScanner struct {
	book *workbook
	dec  *xml.Decoder
	g    *guard

	row   int
	cells []string
	used  int // columns up to the last cell of this row with text

	col     int // of the present cell, from 0
	kind    string
	style   int
	value   []byte
	formula []byte
	into    *[]byte // where character data goes now
	hasF    bool
}

// scanPart calls fn for every row element of the part, also for blank ones,
// with the row's own cells: merged ranges are not spread here.
func (w *workbook) scanPart(part worksheet, fn func(row int, cells []string) error) error {
	g, c, err := w.open(part.part)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	s := &cellScanner{book: w, g: g, dec: xml.NewDecoder(bufio.NewReaderSize(g, readAhead))}
	return s.scan(fn)
}

func (s *cellScanner) scan(fn func(row int, cells []string) error) error {
	for {
		token, err := s.dec.RawToken()
		if errors.Is(err, io.EOF) {
			return fault.Wrong("sheet.damaged") // before </sheetData>
		}
		if err != nil {
			return damaged(err)
		}
		s.g.step()
		switch t := token.(type) {
		case xml.StartElement:
			err = s.start(t)
		case xml.CharData:
			if s.into != nil {
				*s.into = append(*s.into, t...)
			}
		case xml.EndElement:
			s.into = nil
			switch t.Name.Local {
			case "c":
				err = s.endCell()
			case "row":
				err = fn(s.row, s.cells[:s.used])
			case "sheetData":
				return nil
			}
		}
		if err != nil {
			return err
		}
	}
}

func (s *cellScanner) start(t xml.StartElement) error {
	s.into = nil
	switch t.Name.Local {
	case "row":
		return s.startRow(t.Attr)
	case "c":
		return s.startCell(t.Attr)
	case "v", "t":
		s.into = &s.value
	case "f":
		s.hasF = true
		s.into = &s.formula
	case "rPh":
		return s.skip("rPh")
	}
	return nil
}

// skip reads on to the end of the element of that name.
func (s *cellScanner) skip(name string) error {
	for {
		token, err := s.dec.RawToken()
		if err != nil {
			return damaged(err)
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == name {
			return nil
		}
	}
}

func (s *cellScanner) startRow(attrs []xml.Attr) error {
	row := s.row + 1
	for _, a := range attrs {
		if a.Name.Local == "r" {
			n, err := strconv.Atoi(a.Value)
			if err != nil || n < row {
				return fault.Wrong("sheet.damaged")
			}
			row = n
		}
	}
	if row > maxRows {
		return fault.Wrong("sheet.damaged")
	}
	clear(s.cells)
	s.row, s.col, s.used = row, -1, 0
	return nil
}

func (s *cellScanner) startCell(attrs []xml.Attr) error {
	s.col++
	s.kind, s.style, s.hasF = "", 0, false
	s.value, s.formula = s.value[:0], s.formula[:0]
	for _, a := range attrs {
		switch a.Name.Local {
		case "r":
			col, ok := columnOf(a.Value)
			if !ok {
				return fault.Wrong("sheet.damaged")
			}
			s.col = col
		case "t":
			s.kind = a.Value
		case "s":
			s.style, _ = strconv.Atoi(a.Value)
		}
	}
	return nil
}

func (s *cellScanner) endCell() error {
	text, err := s.text()
	if err != nil || text == "" {
		return err
	}
	if s.col >= s.book.limits.Columns {
		return fault.Wrong("sheet.too_many_columns", s.row, s.col+1, s.book.limits.Columns)
	}
	for len(s.cells) <= s.col {
		s.cells = append(s.cells, "")
	}
	s.cells[s.col] = text
	s.used = max(s.used, s.col+1)
	return nil
}

// text returns the present cell's value as a person means it. A formula that
// was never computed comes out as itself, so that it is seen and not taken for
// an empty cell.
func (s *cellScanner) text() (string, error) {
	if len(s.value) == 0 {
		if s.hasF && s.kind != "str" {
			return "=" + string(s.formula), nil
		}
		return "", nil
	}
	switch s.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(string(s.value)))
		text, ok := s.book.texts.get(i)
		if err != nil || !ok {
			return "", fault.Wrong("sheet.damaged")
		}
		return unescape(text), nil
	case "b":
		if string(s.value) == "1" || string(s.value) == "true" {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "d":
		return strings.TrimSuffix(strings.Replace(string(s.value), "T", " ", 1), " 00:00:00"), nil
	case "str", "inlineStr", "e":
		return unescape(string(s.value)), nil
	}
	return s.book.number(string(s.value), s.style), nil
}

// unescape reads _x000D_ as the character of that number: so the format writes
// what XML cannot hold. Control characters but tab and line feed are dropped.
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if i+7 <= len(text) && text[i:i+2] == "_x" && text[i+6] == '_' {
			if n, err := strconv.ParseUint(text[i+2:i+6], 16, 16); err == nil {
				if n >= ' ' || n == '\t' || n == '\n' {
					b.WriteRune(rune(n))
				}
				i += 6
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// columnOf returns the column of a cell name such as AB12, counted from 0.
func columnOf(name string) (int, bool) {
	col := 0
	for i := 0; i < len(name); i++ {
		c := name[i] | 0x20
		if c < 'a' || c > 'z' {
			return col - 1, i > 0 && col <= maxColumns
		}
		if col = col*26 + int(c-'a') + 1; col > maxColumns {
			return 0, false
		}
	}
	return 0, false
}

// columnName returns the letters of a column counted from 0.
func columnName(col int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}
