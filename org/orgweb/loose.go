package orgweb

import (
	"net/http"

	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// loosePage hangs units that no path connects to the map where they belong,
// many at once: a file of two thousand units must not be two thousand forms.
type loosePage struct {
	form
	Tree   *org.Tree
	Parent pick
	Query  string
	Found  []org.Loose
	Chosen map[string]bool
}

// looseBoxes is how many units can be ticked one by one; "all that match"
// takes the rest along.
const looseBoxes = 200

// topsOffered is how many tops of the map are offered as parent unasked.
const topsOffered = 5

func (p loosePage) shown() []org.Loose { return p.Found[:min(len(p.Found), looseBoxes)] }

func (h *pages) loose(q *web.Request) error {
	return h.showLoose(q, http.StatusOK, draft(q, values("from", string(h.svc.Today()))))
}

func (h *pages) showLoose(q *web.Request, status int, d ui.Draft) error {
	m, err := h.svc.Map(q.Context(), q.Actor, editDay(d, h.svc.Today()))
	if err != nil {
		return err
	}
	p := loosePage{Tree: m.Tree(), Query: d.Values.Get(ui.SearchParam), Chosen: map[string]bool{}, form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), Today: h.svc.Today(), On: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.attach"), Lead: q.P.T("orgweb.attach_lead"), Action: "/unit/lepas", Back: "/unit",
	}}
	p.Found = looseMatching(p.Tree, p.Query)
	for _, id := range d.Values["unit"] {
		p.Chosen[id] = true
	}
	p.Parent = p.unitPick("parent", true, p.Tree)
	p.offerTops()
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "unit", Body: looseBody(p)})
}

// offerTops offers the tops of the map as parent while nothing was searched.
func (p *loosePage) offerTops() {
	if p.Parent.Query != "" || len(p.Parent.Options) > 0 {
		return
	}
	for _, u := range p.Tree.Roots() {
		if len(p.Parent.Options) < topsOffered {
			p.Parent.Options = append(p.Parent.Options, ui.Option{Value: u.ID, Text: u.Name})
		}
	}
}

// looseMatching returns the loose units whose name, short name or code has every
// word of a text; all of them for none.
func looseMatching(t *org.Tree, text string) []org.Loose {
	terms := search.Terms(text)
	var found []org.Loose
	for _, l := range t.Loose() {
		if len(terms) == 0 || search.Match(search.Column(l.Unit.Name, l.Unit.Short, l.Unit.Code), terms) {
			found = append(found, l)
		}
	}
	return found
}

func (h *pages) attach(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	a := org.Attachment{
		Units: f.All("unit"), Parent: f.Required("parent", org.MaxShort), From: org.Day(f.Date("from", true)), Decree: f.Optional("decree", org.MaxDecree),
	}
	if err = f.Err(); err == nil && f.Bool("all") {
		a.Units, err = h.allLoose(q, a, f.Text(ui.SearchParam))
	}
	n := 0
	if err == nil {
		n, err = h.svc.AttachUnits(q.Context(), q.Actor, a)
	}
	if refused(err) {
		return h.showLoose(q, web.Status(err), failed(q, draft(q, nil), err, ""))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/unit"+dayQuery(a.From, h.svc.Today()), "orgweb.attached", n)
}

// allLoose returns every loose unit that matches; the parent chosen is none of
// them, even when it is loose itself.
func (h *pages) allLoose(q *web.Request, a org.Attachment, text string) ([]string, error) {
	m, err := h.svc.Map(q.Context(), q.Actor, a.From)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, l := range looseMatching(m.Tree(), text) {
		if l.Unit.ID != a.Parent {
			ids = append(ids, l.Unit.ID)
		}
	}
	return ids, nil
}
