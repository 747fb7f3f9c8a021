package intake

import (
	"embed"
	"encoding/json"
	"io"
	"strconv"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Locale holds the sentences of reports.
//
//go:embed locale/*.toml
var Locale embed.FS

// Rejected is one row that was not loaded, or one thing worth knowing about a
// row that was. Row is the file's own number; Key is the translation key of
// the reason.
type Rejected struct {
	Row    int    `json:"row"`
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	Key    string `json:"key"`
	Args   []any  `json:"args,omitempty"`
}

// Reason returns why, in the printer's language.
func (r Rejected) Reason(p *i18n.Printer) string {
	args := make([]any, len(r.Args))
	for i, a := range r.Args {
		args[i] = a
		if key, is := a.(string); is && p.Has(key) {
			args[i] = p.T(key)
		}
	}
	return p.T(r.Key, args...)
}

// Report accounts for every row of a file.
type Report struct {
	Rows      int
	Created   int
	Updated   int
	Unchanged int
	Rejected  []Rejected
	Warnings  []Rejected
}

// Reject notes a row that is not loaded.
func (r *Report) Reject(row int, column, value, key string, args ...any) {
	r.Rejected = append(r.Rejected, Rejected{row, column, value, key, args})
}

// Warn notes something about a row that is loaded.
func (r *Report) Warn(row int, column, value, key string, args ...any) {
	r.Warnings = append(r.Warnings, Rejected{row, column, value, key, args})
}

// Whole reports whether every row is accounted for once.
func (r Report) Whole() bool {
	return r.Rows == r.Created+r.Updated+r.Unchanged+len(r.Rejected)
}

// line is a rejected row as the contract of imports writes it.
type line struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// JSON writes the report as the contract of imports says, its reasons in the
// printer's language.
func (r Report) JSON(p *i18n.Printer) ([]byte, error) {
	lines := func(all []Rejected) []line {
		out := make([]line, len(all))
		for i, x := range all {
			out[i] = line{x.Row, x.Column, x.Value, x.Reason(p)}
		}
		return out
	}
	return json.MarshalIndent(struct {
		Rows      int    `json:"rows"`
		Created   int    `json:"created"`
		Updated   int    `json:"updated"`
		Unchanged int    `json:"unchanged"`
		Rejected  []line `json:"rejected"`
		Warnings  []line `json:"warnings"`
	}{r.Rows, r.Created, r.Updated, r.Unchanged, lines(r.Rejected), lines(r.Warnings)}, "", "  ")
}

// WriteRejected writes the rejected rows as a table to mend, in the format of
// internal/sheet.
func (r Report) WriteRejected(w io.Writer, format string, p *i18n.Printer) error {
	return sheet.Write(w, format, sheet.Doc{
		Title: p.T("intake.rejected"),
		Columns: []sheet.Column{
			{Key: "row", Label: p.T("intake.col.row"), Kind: sheet.Whole},
			{Key: "column", Label: p.T("intake.col.column")},
			{Key: "value", Label: p.T("intake.col.value")},
			{Key: "reason", Label: p.T("intake.col.reason")},
		},
		Rows: func(yield func([]string, error) bool) {
			for _, x := range r.Rejected {
				if !yield([]string{strconv.Itoa(x.Row), x.Column, x.Value, x.Reason(p)}, nil) {
					return
				}
			}
		},
	})
}
