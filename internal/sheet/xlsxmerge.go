package sheet

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/gurindam/gurindam/internal/fault"
)

// span is a merged range: rows from 1, columns from 0, all inclusive.
type span struct{ top, bottom, left, right int32 }

// maxMerged is the number of merged ranges above which a sheet is no table.
const maxMerged = 1 << 20

// merged reads a sheet's merged ranges, sorted by their first row. They stand
// behind the cells: those are passed over without being parsed. The part is
// read to its end, so its checksum is verified before any row is handed out.
func (w *workbook) merged(part worksheet) ([]span, error) {
	g, c, err := w.open(part.part)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close() }()
	in := bufio.NewReaderSize(g, readAhead)
	if err := passCells(in, g); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil // no cells at all: scan will say whether that is right
		}
		return nil, damaged(err)
	}
	spans, err := readMerged(xml.NewDecoder(in), g, w.limits.Columns)
	if err != nil {
		return nil, damaged(err)
	}
	slices.SortFunc(spans, func(a, b span) int { return int(a.top) - int(b.top) })
	return spans, nil
}

// passCells reads up to and including </sheetData>.
func passCells(in *bufio.Reader, g *guard) error {
	mark := []byte("sheetData>")
	for {
		piece, err := in.ReadSlice('>')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		g.step()
		if !bytes.HasSuffix(piece, mark) {
			continue
		}
		if tag := piece[max(0, bytes.LastIndexByte(piece, '<')):]; bytes.HasPrefix(tag, []byte("</")) {
			return nil
		}
	}
}

// readMerged keeps the ranges that begin in the first columns.
func readMerged(dec *xml.Decoder, g *guard, columns int) ([]span, error) {
	var spans []span
	for {
		token, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			return spans, nil
		}
		if err != nil {
			return nil, err
		}
		g.step()
		t, ok := token.(xml.StartElement)
		if !ok || t.Name.Local != "mergeCell" {
			continue
		}
		for _, a := range t.Attr {
			if a.Name.Local != "ref" {
				continue
			}
			if s, ok := parseSpan(a.Value); ok && int(s.left) < columns {
				spans = append(spans, s)
			}
		}
		if len(spans) > maxMerged {
			return nil, fault.Wrong("sheet.damaged")
		}
	}
}

// parseSpan reads a range of more than one cell, such as A4:C5.
func parseSpan(ref string) (span, bool) {
	from, to, two := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	left, top, ok1 := cellOf(from)
	right, bottom, ok2 := cellOf(to)
	if !two || !ok1 || !ok2 {
		return span{}, false
	}
	s := span{top: int32(min(top, bottom)), bottom: int32(max(top, bottom)), left: int32(min(left, right)), right: int32(max(left, right))}
	return s, s.top != s.bottom || s.left != s.right
}

func cellOf(name string) (col, row int, ok bool) {
	col, ok = columnOf(name)
	row, err := strconv.Atoi(strings.TrimLeftFunc(name, unicode.IsLetter))
	return col, row, ok && err == nil && row >= 1 && row <= maxRows
}

// spreader repeats the value of each merged range over its cells, row by row.
type spreader struct {
	ahead  []span // not reached yet
	active []activeSpan
	limit  int // the largest number of columns
}

type activeSpan struct {
	span
	value string
}

// spread fills cells of the row that lie in a merged range, up to width
// columns, and returns them. Rows must come in ascending order.
func (s *spreader) spread(row, width int, cells []string) ([]string, error) {
	s.active = slices.DeleteFunc(s.active, func(a activeSpan) bool { return int(a.bottom) < row })
	for len(s.ahead) > 0 && int(s.ahead[0].top) <= row {
		next := s.ahead[0]
		s.ahead = s.ahead[1:]
		if int(next.top) == row && int(next.left) < len(cells) && cells[next.left] != "" {
			s.active = append(s.active, activeSpan{next, cells[next.left]})
		}
	}
	visits := len(s.active)
	for _, a := range s.active {
		for col := int(a.left); col <= int(a.right) && col < width; col++ {
			visits++
			for len(cells) <= col {
				cells = append(cells, "")
			}
			if cells[col] == "" {
				cells[col] = a.value
			}
		}
		if visits > 2*s.limit {
			return nil, fault.Wrong("sheet.damaged") // only ranges that overlap are so many
		}
	}
	return cells, nil
}
