package orgweb

import (
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// decisionsPage lists the positions somebody has to decide about.
type decisionsPage struct {
	base
	Map   *org.Map
	Kind  org.DecisionKind
	Only  string // "mendesak" shows only what is late or soon
	Count map[org.DecisionKind]int
	Total int
	Rows  []org.Decision
	Pages ui.Pages
	Edit  bool
	Units []ui.Option
}

// decisionsSize is how many positions a page lists.
const decisionsSize = 50

func (h *pages) decisions(q *web.Request) error {
	b, err := h.base(q)
	if err != nil {
		return err
	}
	all, err := h.svc.Decisions(q.Context(), q.Actor, b.On)
	if err != nil {
		return err
	}
	p := decisionsPage{base: b, Count: map[org.DecisionKind]int{}, Edit: q.May(account.ActOrgEdit)}
	if p.Map, err = h.svc.Map(q.Context(), q.Actor, b.On); err != nil {
		return err
	}
	p.choose(all)
	if format := q.Query(ui.FormatParam); format != "" {
		return exportDecisions(q, p, format)
	}
	n := b.At.Page()
	p.Pages = ui.PagesOf(b.At, n, decisionsSize, len(p.Rows))
	first := min((n-1)*decisionsSize, len(p.Rows))
	p.Rows = p.Rows[first:min(first+decisionsSize, len(p.Rows))]
	return q.Render(web.Page{Title: q.P.T("orgweb.decisions"), Nav: "diputuskan", Body: decisionsBody(p)})
}

// choose filters by what the address asks for and counts the reasons.
func (p *decisionsPage) choose(all []org.Decision) {
	unit, terms := p.At.Get("unit"), search.Terms(p.At.Get(ui.SearchParam))
	if k := org.DecisionKind(p.At.Get("sebab")); slices.Contains(org.DecisionKinds(), k) {
		p.Kind = k
	}
	offices := map[string]bool{}
	for _, d := range all {
		if office := officeOf(p.Map.Tree(), d.UnitID); office != "" && !offices[office] {
			offices[office] = true
			p.Units = append(p.Units, ui.Option{Value: office, Text: p.Map.Tree().Name(office)})
		}
		if unit != "" && !p.Map.Tree().Within(d.UnitID, unit) || !search.Match(search.Column(d.Position.Title, d.Unit, d.Name), terms) {
			continue
		}
		p.Count[d.Kind]++
		p.Total++
		if p.Kind == "" || d.Kind == p.Kind {
			p.Rows = append(p.Rows, d)
		}
	}
	slices.SortFunc(p.Units, func(a, b ui.Option) int { return cmpText(a.Text, b.Text) })
}

func cmpText(a, b string) int {
	switch ka, kb := search.Key(a), search.Key(b); {
	case ka < kb:
		return -1
	case ka > kb:
		return 1
	}
	return 0
}

// what says in one sentence why a position is on the list.
func (p decisionsPage) what(d org.Decision) string {
	key := "orgweb.decision." + string(d.Kind)
	switch d.Kind {
	case org.VacantPost:
		return p.P.T(key, p.day(d.Date))
	case org.ActingPost:
		return p.P.T(key, p.tenureKind(d.Tenure.Kind), d.Name, d.Month)
	}
	return p.P.T(key, d.Name)
}

// when says the date that matters, and whether it has passed.
func (p decisionsPage) when(d org.Decision) string {
	if d.Kind == org.VacantPost {
		return p.P.T("orgweb.vacant_months", org.MonthOf(d.Date, p.On)-1)
	}
	return p.P.T("orgweb.date."+string(d.Kind), p.day(d.Date))
}

func (p decisionsPage) tone(d org.Decision) ui.Tone {
	switch {
	case d.Late:
		return ui.Late
	case d.Kind == org.VacantPost:
		return ui.Neutral
	}
	return ui.Waiting
}

func exportDecisions(q *web.Request, p decisionsPage, format string) error {
	doc := sheet.Doc{Title: "jabatan", Columns: []sheet.Column{
		{Label: q.P.T("orgweb.reason")},
		{Label: q.P.T("org.field.title")},
		{Label: q.P.T("org.field.unit")},
		{Label: q.P.T("orgweb.class_short"), Kind: sheet.Whole},
		{Label: q.P.T("org.field.person")},
		{Label: q.P.T("orgweb.date_short"), Kind: sheet.Day},
		{Label: q.P.T("orgweb.late")},
		{Label: q.P.T("orgweb.basis")},
	}}
	doc.Rows = func(yield func([]string, error) bool) {
		for _, d := range p.Rows {
			late := ""
			if d.Late {
				late = q.P.T("orgweb.yes")
			}
			row := []string{q.P.T("orgweb.decision_kind." + string(d.Kind)), d.Position.Title, d.Unit, strconv.Itoa(d.Position.Class), d.Name, string(d.Date), late, d.Source}
			if !yield(row, nil) {
				return
			}
		}
	}
	return q.Sheet("jabatan-diputuskan-"+string(p.On), format, doc)
}
