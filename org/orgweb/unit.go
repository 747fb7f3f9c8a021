package orgweb

import (
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// unitPage is one unit: what it is, what hangs from it, and what it was.
type unitPage struct {
	base
	Map     *org.Map
	Unit    org.Unit // on the day, or as it last was
	Live    bool
	Edit    bool
	Count   org.Count
	Periods []org.Unit
	History log
}

func (h *pages) unit(q *web.Request) error {
	b, m, err := h.mapped(q)
	if err != nil {
		return err
	}
	id := q.Path("id")
	periods, entries, err := h.svc.UnitHistory(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	if len(periods) == 0 {
		return errNoUnit()
	}
	p := unitPage{base: b, Map: m, Periods: periods, Edit: h.svc.MayEdit(q.Context(), q.Actor, id)}
	if p.Unit, p.Live = m.Tree().Unit(id); !p.Live {
		p.Unit = periods[0]
		for _, u := range periods {
			if u.From <= b.On {
				p.Unit = u
			}
		}
	}
	p.Count = m.CountBelow(id)
	if p.History, err = h.log(q, b, m, entries); err != nil {
		return err
	}
	return q.Render(web.Page{Title: p.Unit.ShortName(), Nav: "unit", Body: unitBody(p)})
}

func (p unitPage) acts() []ui.Act {
	acts := []ui.Act{{Text: p.P.T("orgweb.see_map"), Icon: "tree", To: p.peta(p.Unit.ID)}}
	if !p.Live {
		acts = nil
	}
	if !p.Edit || !p.Live {
		return acts
	}
	path := "/unit/" + p.Unit.ID
	return append(acts,
		ui.Act{Text: p.P.T("orgweb.change"), Icon: "edit", To: path + "/ubah"},
		ui.Act{Text: p.P.T("orgweb.merge"), Icon: "enter", To: path + "/gabung"},
		ui.Act{Text: p.P.T("orgweb.split"), Icon: "swap", To: path + "/pecah"},
		ui.Act{Text: p.P.T("orgweb.close"), Icon: "no", To: path + "/tutup"},
	)
}

func (p unitPage) facts() []ui.Fact {
	u := p.Unit
	facts := []ui.Fact{
		{Name: p.P.T("org.field.kind"), Value: p.unitKind(u.Kind)},
		{Name: p.P.T("orgweb.holds_from"), Value: p.day(p.Periods[0].From)},
	}
	if end := p.Periods[len(p.Periods)-1].To; end != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("orgweb.holds_until"), Value: p.until(end)})
	}
	if u.Short != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("org.field.short"), Value: u.Short})
	}
	if u.Code != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("org.field.code"), Value: u.Code})
	}
	if parent := p.Map.Tree().Parent(u.ID); parent != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("org.field.parent"), Value: p.Map.Tree().Name(parent), To: p.unit(parent)})
	}
	if into := p.Periods[len(p.Periods)-1].MergedInto; into != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("org.field.merged_into"), Value: p.Map.Tree().Name(into), To: p.unit(into)})
	}
	if u.SplitFrom != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("orgweb.split_from"), Value: p.Map.Tree().Name(u.SplitFrom), To: p.unit(u.SplitFrom)})
	}
	if u.SourceID != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("orgweb.source_id"), Value: u.SourceID})
	}
	return facts
}
