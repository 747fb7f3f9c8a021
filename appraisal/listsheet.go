package appraisal

import (
	"bytes"
	"context"
	"strconv"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
)

// ListXLSX exports everything a query matches, in the language of p. Its
// columns can be read back by the headings.
func (s *Service) ListXLSX(ctx context.Context, actor account.Actor, q ListQuery, p Teller) ([]byte, error) {
	q.Size, q.Page = 0, 0
	l, err := s.list(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = sheet.Write(&b, sheet.XLSX, sheet.Doc{
		Title:   p.T("appraisal.list.title", i18n.Period(l.Window.Code())),
		Columns: listColumns(p),
		Rows: func(yield func([]string, error) bool) {
			for _, r := range l.Rows {
				if !yield(r.cells(p), nil) {
					return
				}
			}
		},
	})
	return b.Bytes(), err
}

func listColumns(p Teller) []sheet.Column {
	var all []sheet.Column
	for _, c := range []struct {
		key  string
		kind sheet.Kind
	}{
		{"name", sheet.Text},
		{"nip", sheet.Text},
		{"post", sheet.Text},
		{"unit", sheet.Text},
		{"evaluator", sheet.Text},
		{"from", sheet.Day},
		{"to", sheet.Day},
		{"plan", sheet.Text},
		{"results", sheet.Whole},
		{"indicators", sheet.Whole},
		{"flaws", sheet.Whole},
		{"evaluation", sheet.Text},
		{"organisation", sheet.Text},
		{"rating_results", sheet.Text},
		{"rating_conduct", sheet.Text},
		{"predicate", sheet.Text},
		{"desk", sheet.Text},
		{"desk_name", sheet.Text},
	} {
		all = append(all, sheet.Column{Key: c.key, Label: p.T("appraisal.list." + c.key), Kind: c.kind})
	}
	return all
}

// cells returns a row of the export in the order of its columns.
func (r Row) cells(p Teller) []string {
	word := func(group, code string) string {
		if code == "" {
			return ""
		}
		return p.T("appraisal." + group + "." + code)
	}
	evaluation := ""
	if r.Evaluation != Running || r.SelfSent || r.SuperiorSent {
		evaluation = word("estate", string(r.Evaluation))
	}
	w := r.Part.Who
	return []string{
		w.Name, w.NIP, w.Post, w.Unit, r.Part.Evaluator.Name,
		string(r.Part.From), string(r.Part.To), word("state", string(r.Plan)), strconv.Itoa(r.Results), strconv.Itoa(r.Indicators), strconv.Itoa(r.Flaws),
		evaluation, word("organisation", string(r.Organisation)), word("rating", string(r.ResultsRating)), word("rating", string(r.ConductRating)),
		word("predicate", string(r.Predicate)), word("desk", string(r.Desk)), r.DeskName,
	}
}
