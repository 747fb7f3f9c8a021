package monthcloseweb

import (
	"slices"

	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// peoplePage lists people of a month.
type peoplePage struct {
	base
	monthclose.List
	Query   monthclose.Query
	Offices []monthclose.Office
	Pages   ui.Pages
	Sort    string
}

const pageSize = 50

// queryOf reads the filters of the address; a word that is none is ignored.
func queryOf(at ui.Address) (monthclose.Query, string) {
	q := monthclose.Query{
		Text: at.Get(ui.SearchParam), Office: at.Get("kantor"), State: monthclose.State(at.Get("keadaan")), Desk: monthclose.Desk(at.Get("meja")),
		Objecting: at.Get("keberatan") != "", Cut: at.Get("potongan") != "", Size: pageSize,
	}
	if !slices.Contains(monthclose.States(), q.State) {
		q.State = ""
	}
	if !slices.Contains(monthclose.Desks(), q.Desk) {
		q.Desk = ""
	}
	q.Page = at.Page()
	key, down := at.Sort("name", monthclose.Sorts()...)
	q.Sort = key
	if down {
		q.Sort = "-" + key
	}
	return q, q.Sort
}

func (h *pages) people(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	p := peoplePage{base: h.base(q, m)}
	p.Query, p.Sort = queryOf(p.At)
	if format := q.Query(ui.FormatParam); format != "" {
		return h.export(q, p, format)
	}
	if p.List, err = h.svc.People(q.Context(), q.Actor, m, p.Query); err != nil {
		return err
	}
	o, err := h.svc.Overview(q.Context(), q.Actor, m)
	if err != nil {
		return err
	}
	p.Offices = o.Offices
	p.Pages = ui.PagesOf(p.At, p.Query.Page, pageSize, p.Total)
	return q.Render(web.Page{Title: p.title(), Nav: "tutup-bulan", Body: peopleBody(p)})
}

func (h *pages) export(q *web.Request, p peoplePage, format string) error {
	query := p.Query
	if p.At.Get(ui.SortParam) == "" {
		query.Sort = ""
	}
	doc, err := h.svc.Sheet(q.Context(), q.Actor, p.base.Month, query, func(key string) string { return q.P.T(key) })
	if err != nil {
		return err
	}
	return q.Sheet("tpp-"+string(p.base.Month), format, doc)
}

func (p peoplePage) title() string { return p.P.T("monthcloseweb.people", p.monthName()) }

func (p peoplePage) columns() []ui.Column {
	return []ui.Column{
		{Key: "name", Label: p.P.T("monthcloseweb.col.name")},
		{Key: "unit", Label: p.P.T("monthcloseweb.col.unit")},
		{Key: "desk", Label: p.P.T("monthcloseweb.col.where")},
		{Key: "cuts", Label: p.P.T("monthcloseweb.col.cuts"), Num: true},
		{Key: "gross", Label: p.P.T("monthcloseweb.col.gross"), Num: true},
	}
}

func (p peoplePage) chips() []ui.Choice {
	q := p.Query
	chip := func(text string, n int, current bool, pairs ...string) ui.Choice {
		clear := []string{"keadaan", "", "meja", "", "keberatan", "", "potongan", ""}
		return ui.Choice{Text: text, Count: p.P.Num(n), To: p.At.With(append(clear, pairs...)...), Current: current}
	}
	plain := q.Desk == "" && !q.Objecting && !q.Cut
	all := []ui.Choice{chip(p.P.T("monthcloseweb.everybody"), p.People+p.Outside, plain && q.State == "")}
	for _, s := range []struct {
		state monthclose.State
		n     int
	}{{monthclose.Late, p.Late}, {monthclose.Ready, p.Ready}, {monthclose.Excluded, p.Excluded}, {monthclose.Outside, p.Outside}} {
		all = append(all, chip(p.P.T("monthclose.state."+string(s.state)), s.n, plain && q.State == s.state, "keadaan", string(s.state)))
	}
	for _, d := range monthclose.Desks() {
		if n := p.Desks[d]; n > 0 || q.Desk == d {
			all = append(all, chip(p.P.T("monthcloseweb.on_desk", p.P.T("monthclose.desk."+string(d))), n, q.Desk == d, "keadaan", "belum", "meja", string(d)))
		}
	}
	all = append(all, chip(p.P.T("monthcloseweb.with_cut"), p.Cut, q.Cut, "potongan", "1"))
	return append(all, chip(p.P.T("monthcloseweb.objections"), p.Objecting, q.Objecting, "keberatan", "1"))
}

func (p peoplePage) officeOptions() []ui.Option {
	var all []ui.Option
	for _, o := range p.Offices {
		all = append(all, ui.Option{Value: o.ID, Text: o.Name})
	}
	return all
}
