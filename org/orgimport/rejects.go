package orgimport

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
)

// The rejected rows of a file are kept as they were read, so that they can be
// mended in a spreadsheet and loaded again: all columns under their names, the
// number of the row and what is wrong with it at the end.

// Rejects writes the rejected rows of an order's file to w, in a format sheet
// knows.
func Rejects(w io.Writer, format string, o Order, r *Report, p *i18n.Printer) error {
	l, err := openLens(o)
	if err != nil {
		return err
	}
	defer l.table.close()
	return writeRejects(w, format, l.table.names(), rejectedRows(l.table, r), p)
}

// refused is a row of a file and what is wrong with it.
type refused struct {
	Rejected
	cells []string
}

// rejectedRows yields the rows of a table that a report rejected.
func rejectedRows(t table, r *Report) iter.Seq2[refused, error] {
	why := make(map[int]*Rejected, len(r.Rejected))
	for i := range r.Rejected {
		why[r.Rejected[i].Row] = &r.Rejected[i]
	}
	return func(yield func(refused, error) bool) {
		err := t.rows(func(row int, cells []string) error {
			if x := why[row]; x != nil && !yield(refused{*x, cells}, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(refused{}, err)
		}
	}
}

func writeRejects(w io.Writer, format string, names []string, rows iter.Seq2[refused, error], p *i18n.Printer) error {
	columns := append(textColumns(names), sheet.Column{Label: p.T("import.file.row"), Kind: sheet.Whole}, sheet.Column{Label: p.T("import.file.reason")})
	return sheet.Write(w, format, sheet.Doc{Title: p.T("import.file.title"), Columns: columns, Rows: func(yield func([]string, error) bool) {
		for x, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			cells := make([]string, len(columns))
			copy(cells[:len(names)], x.cells)
			cells[len(names)], cells[len(names)+1] = strconv.Itoa(x.Row), x.sentences(p)
			if !yield(cells, nil) {
				return
			}
		}
	}})
}

// textColumns are columns of texts under the names of a file.
func textColumns(names []string) []sheet.Column {
	all := make([]sheet.Column, len(names))
	for i, n := range names {
		all[i] = sheet.Column{Label: n}
	}
	return all
}

// every yields all rows of a table.
func every(t table) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		err := t.rows(func(_ int, cells []string) error {
			if !yield(cells, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(nil, err)
		}
	}
}

// maxKept bounds the packed size of the rejected rows kept of one upload.
const maxKept = 32 << 20

// packRejects returns the rejected rows of an order's file, packed to be kept
// after the file is gone: a CSV whose first column says what is wrong. It
// returns nil when there are none or too many.
func packRejects(o Order, r *Report) ([]byte, error) {
	if len(r.Rejected) == 0 {
		return nil, nil
	}
	l, err := openLens(o)
	if err != nil {
		return nil, err
	}
	defer l.table.close()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	c := csv.NewWriter(z)
	if err := c.Write(append([]string{""}, l.table.names()...)); err != nil {
		return nil, err
	}
	for x, err := range rejectedRows(l.table, r) {
		if err != nil {
			return nil, err
		}
		why, err := json.Marshal(x.Rejected)
		if err != nil {
			return nil, err
		}
		if err := c.Write(append([]string{string(why)}, x.cells...)); err != nil {
			return nil, err
		}
		if packed.Len() > maxKept {
			return nil, nil
		}
	}
	c.Flush()
	if err := errors.Join(c.Error(), z.Close()); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// unpackRejects writes what packRejects kept.
func unpackRejects(w io.Writer, format string, packed []byte, p *i18n.Printer) error {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("rejected rows: %w", err)
	}
	c := csv.NewReader(z)
	c.FieldsPerRecord = -1
	names, err := c.Read()
	if err != nil {
		return fmt.Errorf("rejected rows: %w", err)
	}
	rows := func(yield func(refused, error) bool) {
		for {
			record, err := c.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			var x refused
			if err == nil {
				x.cells = record[1:]
				err = json.Unmarshal([]byte(record[0]), &x.Rejected)
			}
			if !yield(x, err) || err != nil {
				return
			}
		}
	}
	return writeRejects(w, format, names[1:], rows, p)
}
