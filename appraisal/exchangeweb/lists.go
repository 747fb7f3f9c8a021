package exchangeweb

import (
	"bytes"
	"strconv"

	"github.com/gurindam/gurindam/appraisal/bkn"
	"github.com/gurindam/gurindam/appraisal/penimport"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

const (
	pageSize   = 50
	stateParam = "keadaan" // filter by state

	stateOpen    = "belum"
	stateDone    = "tuntas"
	stateRefused = "ditahan"
	stateWritten = "ditulis"
)

// slice is what of a list is shown: as searched and filtered, one page of it,
// with how many there are of each state.
type slice[T any] struct {
	Shown  []T // as searched and filtered
	Page   []T
	Pages  ui.Pages
	States map[string]int // as searched, "" for all
}

// sliceOf searches a list by the words and the state of the address.
func sliceOf[T any](at ui.Address, all []T, column func(T) string, state func(T) string) slice[T] {
	s := slice[T]{States: map[string]int{}}
	terms, want := search.Terms(at.Get(ui.SearchParam)), at.Get(stateParam)
	for _, x := range all {
		if len(terms) > 0 && !search.Match(column(x), terms) {
			continue
		}
		is := state(x)
		s.States[""]++
		s.States[is]++
		if want == "" || want == is {
			s.Shown = append(s.Shown, x)
		}
	}
	page, err := strconv.Atoi(at.Get(ui.PageParam))
	if err != nil || page < 1 || (page-1)*pageSize >= len(s.Shown) {
		page = 1
	}
	from := (page - 1) * pageSize
	s.Page = s.Shown[from:min(from+pageSize, len(s.Shown))]
	s.Pages = ui.PagesOf(at, page, pageSize, len(s.Shown))
	return s
}

// chips are the filters by state, each with how many.
func (s slice[T]) chips(p *i18n.Printer, at ui.Address, states ...string) []ui.Choice {
	now := at.Get(stateParam)
	all := []ui.Choice{{Text: p.T("exchange.all"), Count: p.Num(s.States[""]), To: at.With(stateParam, ""), Current: now == ""}}
	for _, x := range states {
		all = append(all, ui.Choice{Text: p.T("exchange.state." + x), Count: p.Num(s.States[x]), To: at.With(stateParam, x), Current: now == x})
	}
	return all
}

func coversOf(at ui.Address, all []penimport.Cover) slice[penimport.Cover] {
	return sliceOf(at, all, func(c penimport.Cover) string { return search.Column(c.Unit) }, func(c penimport.Cover) string {
		if c.Results < c.People {
			return stateOpen
		}
		return stateDone
	})
}

func missingOf(at ui.Address, all []bkn.Missing) slice[bkn.Missing] {
	return sliceOf(at, all, func(m bkn.Missing) string { return search.Column(m.Name, m.NIP, m.Unit) }, func(m bkn.Missing) string {
		if m.Refused {
			return stateRefused
		}
		return stateWritten
	})
}

func downloadCovers(q *web.Request, all []penimport.Cover, window, format string) error {
	t := q.P.T
	doc := sheet.Doc{Title: t("exchange.units"), Columns: []sheet.Column{
		{Key: "unit", Label: t("exchange.unit")},
		{Key: "pen", Label: t("exchange.pen")},
		{Key: "people", Label: t("exchange.people"), Kind: sheet.Whole},
		{Key: "plans", Label: t("exchange.with_plan"), Kind: sheet.Whole},
		{Key: "results", Label: t("exchange.with_result"), Kind: sheet.Whole},
		{Key: "left", Label: t("exchange.left"), Kind: sheet.Whole},
	}, Rows: func(yield func([]string, error) bool) {
		for _, c := range all {
			n := strconv.Itoa
			if !yield([]string{c.Unit, t("appraisal.pen." + string(c.Pen)), n(c.People), n(c.Plans), n(c.Results), n(c.People - c.Results)}, nil) {
				return
			}
		}
	}}
	return download(q, "aplikasi-lain-"+window, format, doc)
}

func downloadMissing(q *web.Request, all []bkn.Missing, window, format string) error {
	t := q.P.T
	doc := sheet.Doc{Title: t("exchange.refused"), Columns: []sheet.Column{
		{Key: "name", Label: t("exchange.person")},
		{Key: "nip", Label: "NIP"},
		{Key: "unit", Label: t("exchange.unit")},
		{Key: "todo", Label: t("exchange.what_to_do")},
		{Key: "state", Label: t("exchange.state_column")},
	}, Rows: func(yield func([]string, error) bool) {
		for _, m := range all {
			state := stateWritten
			if m.Refused {
				state = stateRefused
			}
			if !yield([]string{m.Name, m.NIP, m.Unit, t(m.Key), t("exchange.state." + state)}, nil) {
				return
			}
		}
	}}
	return download(q, "siasn-perlu-dibenahi-"+window, format, doc)
}

func download(q *web.Request, name, format string, doc sheet.Doc) error {
	var b bytes.Buffer
	if err := sheet.Write(&b, format, doc); err != nil {
		return err
	}
	return q.Download(name+"."+format, sheet.MediaType(format), b.Bytes())
}
