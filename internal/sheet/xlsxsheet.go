package sheet

import (
	"errors"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// sheetSource is one sheet's rows, merged cells spread.
type sheetSource struct {
	book  *workbook
	part  worksheet
	spans []span
}

// scan calls fn for each row with a cell of its own; a row that only a merged
// range reaches is blank. The values of merged ranges are repeated up to width
// columns.
func (s *sheetSource) scan(width int, fn func(row int, cells []string) error) error {
	merged := spreader{ahead: s.spans, limit: s.book.limits.Columns}
	return s.book.scanPart(s.part, func(row int, cells []string) error {
		own := !blank(cells)
		cells, err := merged.spread(row, width, cells)
		if err != nil || !own {
			return err
		}
		return fn(row, cells)
	})
}

// choose returns the sheet asked for by name, or the visible one that names
// most of the fields, or the one with the largest table at its head.
func (w *workbook) choose(opts Options) (worksheet, error) {
	if opts.Sheet != "" {
		for _, s := range w.sheets {
			if strings.EqualFold(trim(s.name), trim(opts.Sheet)) {
				return s, nil
			}
		}
		return worksheet{}, fault.Wrong("sheet.sheet_missing", opts.Sheet)
	}
	if len(w.sheets) == 1 {
		return w.sheets[0], nil
	}
	best, most := w.sheets[0], -1
	var failed error
	for _, s := range w.sheets {
		size, err := w.weigh(s, opts.Fields)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		if size > most {
			best, most = s, size
		}
	}
	if most < 0 {
		return worksheet{}, failed
	}
	return best, nil
}

// weigh says how much of a table a sheet holds: the fields it names count before
// everything, then columns times rows. Of a sheet longer than its head the size
// of its part stands for its cells, about a hundred bytes each. Of a hidden
// sheet nothing counts.
func (w *workbook) weigh(s worksheet, fields []Field) (int, error) {
	if s.hidden {
		return 0, nil
	}
	head, err := readHead(&sheetSource{book: w, part: s}, 0)
	if err != nil {
		return 0, err
	}
	h := findHeader(head, nil, fields)
	rows := 0
	for _, l := range head {
		if l.row > h.last {
			rows++
		}
	}
	cells := rows * usualWidth(head)
	if len(head) == headRows {
		cells = max(cells, int(s.part.UncompressedSize64/100))
	}
	return 1 + h.found<<32 + cells, nil
}
