package orgweb

import (
	"cmp"
	"slices"

	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// positionPage is one position: what it is, who holds it, who held it.
type positionPage struct {
	base
	Map      *org.Map
	Position org.Position // on the day, or as it last was
	Live     bool
	Edit     bool
	Count    org.Count
	Holders  []org.Tenure // ever, the latest first
	Names    map[string]string
	Why      rulebook.Because // why it has its class
	Periods  []org.Position
	History  log
}

func (h *pages) position(q *web.Request) error {
	b, m, err := h.mapped(q)
	if err != nil {
		return err
	}
	id := q.Path("id")
	periods, entries, err := h.svc.PositionHistory(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	if len(periods) == 0 {
		return errNoPosition()
	}
	p := positionPage{base: b, Map: m, Periods: periods}
	if p.Position, p.Live = m.Position(id); !p.Live {
		p.Position = periods[0]
		for _, q := range periods {
			if q.From <= b.On {
				p.Position = q
			}
		}
	}
	p.Edit = h.svc.MayEdit(q.Context(), q.Actor, p.Position.Unit)
	p.Count = m.Count(p.Position)
	if err := p.fill(h, q); err != nil {
		return err
	}
	if p.History, err = h.log(q, b, m, entries); err != nil {
		return err
	}
	return q.Render(web.Page{Title: p.Position.Title, Nav: "unit", Body: positionBody(p)})
}

func (p *positionPage) fill(h *pages, q *web.Request) (err error) {
	store := h.svc.Store()
	if p.Holders, err = store.HoldersEver(q.Context(), store.DB(), p.Position.ID); err != nil {
		return err
	}
	ids := make([]string, 0, len(p.Holders))
	for _, t := range p.Holders {
		ids = append(ids, t.Person)
	}
	for _, x := range p.around() {
		for _, t := range p.Map.Holders(x.ID) {
			ids = append(ids, t.Person)
		}
	}
	if p.Names, err = h.svc.Names(q.Context(), q.Actor, ids...); err != nil {
		return err
	}
	p.Why, err = h.svc.WhyClass(q.Context(), p.Position, p.On)
	return err
}

// around lists the superior position and those that answer to this one.
func (p positionPage) around() []org.Position {
	all := p.Map.Under(p.Position.ID)
	if s, ok := p.Map.Position(p.Map.Superior(p.Position.ID)); ok {
		all = append(all, s)
	}
	return all
}

// holderNames says who holds another position.
func (p positionPage) holderNames(position string) string {
	var names []string
	for _, t := range p.Map.Holders(position) {
		name := p.Names[t.Person]
		if t.Kind.Acting() {
			name = p.tenureKind(t.Kind) + " " + name
		}
		names = append(names, name)
	}
	if len(names) > 3 {
		return p.P.T("orgweb.people_count", len(names))
	}
	return joined(", ", names...)
}

// current are the tenures that hold on the day, past those that do not any
// more, to come those that do not yet.
func (p positionPage) tenures(when func(org.Tenure) bool) []org.Tenure {
	list := slices.DeleteFunc(slices.Clone(p.Holders), func(t org.Tenure) bool { return !when(t) })
	slices.SortStableFunc(list, func(a, b org.Tenure) int { return cmp.Compare(b.From, a.From) })
	return list
}

func (p positionPage) now(t org.Tenure) bool { return t.From <= p.On && (t.To == "" || p.On < t.To) }

func (p positionPage) facts() []ui.Fact {
	x := p.Position
	unit := p.Map.UnitOf(x.ID)
	facts := []ui.Fact{
		{Name: p.P.T("org.field.unit"), Value: orElse(p.Map.Tree().Name(unit), p.Map.Tree().Name(x.Unit)), To: p.peta(orElse(unit, x.Unit))},
		{Name: p.P.T("org.field.position_kind"), Value: word(p.P, "position_kind", string(x.Kind))},
	}
	add := func(field, value string) {
		if value != "" && value != "–" {
			facts = append(facts, ui.Fact{Name: word(p.P, "field", field), Value: value})
		}
	}
	if x.Level != "" {
		add("level", word(p.P, "level", x.Level))
	}
	if x.Class > 0 {
		add("class", p.P.Num(x.Class))
	}
	if x.RankLow != "" || x.RankHigh != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("orgweb.ranks"), Value: p.P.T("orgweb.from_to", orElse(x.RankLow, "–"), orElse(x.RankHigh, "–"))})
	}
	add("group", word(p.P, "group", x.Group))
	if s, ok := p.Map.Position(p.Map.Superior(x.ID)); ok {
		facts = append(facts, ui.Fact{Name: p.P.T("org.field.answers_to"), Value: joined(": ", s.Title, p.holderNames(s.ID)), To: p.position(s.ID)})
	}
	facts = append(facts, ui.Fact{Name: p.P.T("orgweb.holds_from"), Value: p.day(p.Periods[0].From)})
	if end := p.Periods[len(p.Periods)-1].To; end != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("orgweb.holds_until"), Value: p.until(end)})
	}
	if x.SourceID != "" {
		facts = append(facts, ui.Fact{Name: p.P.T("orgweb.source_id"), Value: x.SourceID})
	}
	return facts
}

func (p positionPage) acts() []ui.Act {
	if !p.Edit || !p.Live {
		return nil
	}
	path := "/jabatan/" + p.Position.ID
	look := ui.Plain
	if p.Count.Vacant > 0 {
		look = ui.Go
	}
	return []ui.Act{
		{Text: p.P.T("orgweb.appoint"), Icon: "user", Look: look, To: path + "/tunjuk"},
		{Text: p.P.T("orgweb.change"), Icon: "edit", To: path + "/ubah"},
		{Text: p.P.T("orgweb.close"), Icon: "no", To: path + "/tutup"},
	}
}
