package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
)

// ImportPeekCmd shows what the importer sees in a file, or why it cannot read
// it.
type ImportPeekCmd struct {
	File  string `arg:"" help:"CSV or XLSX file."`
	Sheet string `help:"Sheet of the workbook to read; the one with the largest table if left out."`
	JSON  bool   `name:"json" help:"Print one JSON document."`
}

// peeked is the result of a look at a readable file.
type peeked struct {
	Readable  bool        `json:"readable"`
	Format    string      `json:"format"`
	Encoding  string      `json:"encoding,omitempty"`
	Delimiter string      `json:"delimiter,omitempty"`
	Mended    int         `json:"mended_bytes,omitempty"`
	Sheet     string      `json:"sheet,omitempty"`
	Sheets    []string    `json:"sheets,omitempty"`
	HeaderRow int         `json:"header_row"`
	Columns   []string    `json:"columns"`
	Rows      int         `json:"rows"`
	Sample    []peekedRow `json:"sample"`
}

type peekedRow struct {
	Row   int      `json:"row"`
	Cells []string `json:"cells"`
}

// unreadable says why a file cannot be read: a sentence and its lasting code.
type unreadable struct {
	Readable bool   `json:"readable"`
	Reason   string `json:"reason"`
	Code     string `json:"code"`
}

// Run prints the look. Of a file that cannot be read the sentence goes to
// standard error and, with --json, also into the document; the status is 1.
func (c *ImportPeekCmd) Run(env *Env) error {
	seen, err := c.look()
	if err == nil {
		if c.JSON {
			return env.JSON(seen)
		}
		return seen.print(env)
	}
	var f *fault.Error
	if !c.JSON || !errors.As(err, &f) {
		return err
	}
	return errors.Join(env.JSON(unreadable{Reason: env.P.T(f.Key, f.Args...), Code: f.Key}), err)
}

// sampleRows is how many rows of data a look shows.
const sampleRows = 5

func (c *ImportPeekCmd) look() (*peeked, error) {
	t, err := sheet.Open(c.File, sheet.Options{Sheet: c.Sheet})
	if err != nil {
		return nil, err
	}
	defer func() { _ = t.Close() }()
	seen := &peeked{
		Readable: true, Format: t.Format, Encoding: t.Encoding, Delimiter: t.Delimiter, Mended: t.Mended,
		Sheet: t.Sheet, Sheets: t.Sheets, HeaderRow: t.HeaderRow, Columns: t.Columns, Sample: []peekedRow{},
	}
	err = t.Rows(func(row int, cells []string) error {
		seen.Rows++
		if len(seen.Sample) < sampleRows {
			seen.Sample = append(seen.Sample, peekedRow{row, slices.Clone(cells)})
		}
		return nil
	})
	return seen, err
}

func (p *peeked) print(env *Env) error {
	for _, f := range p.facts(env.P) {
		if f.value == "" {
			continue
		}
		if _, err := fmt.Fprintf(env.Out, "%s: %s\n", env.P.T("sheet.peek."+f.key), f.value); err != nil {
			return err
		}
	}
	for i, name := range p.Columns {
		fmt.Fprintf(env.Out, "  %3d  %s\n", i+1, name)
	}
	for _, r := range p.Sample {
		fmt.Fprintf(env.Out, "%s: %s\n", env.P.T("sheet.peek.row", r.Row), strings.Join(r.Cells, " | "))
	}
	return nil
}

// fact is one line of the look: the end of its key and its value.
type fact struct{ key, value string }

func (p *peeked) facts(say *i18n.Printer) []fact {
	header, mended := say.T("sheet.peek.no_header"), ""
	if p.HeaderRow > 0 {
		header = say.Num(p.HeaderRow)
	}
	if p.Mended > 0 {
		mended = say.Num(p.Mended)
	}
	return []fact{
		{"format", p.Format},
		{"encoding", p.Encoding},
		{"mended", mended},
		{"delimiter", delimiterName(p.Delimiter)},
		{"sheet", p.Sheet},
		{"sheets", strings.Join(p.Sheets, ", ")},
		{"header", header},
		{"rows", say.Num(p.Rows)},
		{"columns", say.Num(len(p.Columns))},
	}
}

func delimiterName(d string) string {
	if d == "\t" {
		return `\t`
	}
	return d
}
