package orgweb

import (
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// treePage is the tree of units, or what a search found in it.
type treePage struct {
	base
	Map   *org.Map
	Tree  *org.Tree
	Edit  bool
	Query string
	Hits  []org.Unit
	Deep  int // how many levels are drawn
	Open  int // how many of them are unfolded
}

// bigTree is from how many units on the tree is drawn only to its third level.
const bigTree = 600

func (h *pages) tree(q *web.Request) error {
	b, m, err := h.mapped(q)
	if err != nil {
		return err
	}
	if format := q.Query(ui.FormatParam); format != "" {
		return exportUnits(q, m.Tree(), format)
	}
	p := treePage{base: b, Map: m, Tree: m.Tree(), Query: q.Query(ui.SearchParam), Deep: 99, Open: 1, Edit: h.svc.MayEdit(q.Context(), q.Actor, "")}
	if p.Tree.Len() > bigTree {
		p.Deep = 3
	}
	if terms := search.Terms(p.Query); len(terms) > 0 {
		for _, u := range p.Tree.All() {
			if search.Match(search.Column(u.Name, u.Short, u.Code), terms) {
				p.Hits = append(p.Hits, u)
			}
		}
	}
	return q.Render(web.Page{Title: q.P.T("orgweb.units"), Nav: "unit", Body: treeBody(p)})
}

// above writes the names of the units above one, the nearest last.
func (p treePage) above(id string) string {
	path := p.Tree.Path(id)
	var names []string
	for _, u := range path[:max(len(path)-1, 0)] {
		names = append(names, u.ShortName())
	}
	return joined(" / ", names...)
}

// looseMost is how many loose fragments are listed unless all are asked for.
const looseMost = 50

func (p treePage) looseShown() []org.Loose {
	all := p.Tree.Loose()
	if p.At.Get("lepas") != "" {
		return all
	}
	return all[:min(len(all), looseMost)]
}

// kindBeside writes a unit's kind where its name does not say it already.
func (p treePage) kindBeside(u org.Unit) string {
	kind := p.unitKind(u.Kind)
	if search.Match(search.Column(u.Name), search.Terms(kind)) {
		return ""
	}
	return kind
}

// below says how many units lie below one.
func (p treePage) below(id string) int { return len(p.Tree.Below(id)) - 1 }

func (p treePage) count(id string) org.Count { return p.Map.CountBelow(id) }

// exportUnits writes the units so that they can be loaded back.
func exportUnits(q *web.Request, t *org.Tree, format string) error {
	doc := sheet.Doc{Title: "unit", Columns: columns("id", "parent", "name", "short", "kind", "code")}
	doc.Rows = func(yield func([]string, error) bool) {
		for _, u := range t.All() {
			if !yield([]string{sourceOf(u), parentSource(t, u), u.Name, u.Short, string(u.Kind), u.Code}, nil) {
				return
			}
		}
	}
	return q.Sheet("unit-"+string(t.On()), format, doc)
}

// sourceOf returns the number by which a unit is known outside.
func sourceOf(u org.Unit) string {
	if u.SourceID != "" {
		return u.SourceID
	}
	return u.ID
}

func parentSource(t *org.Tree, u org.Unit) string {
	if p, ok := t.Unit(t.Parent(u.ID)); ok {
		return sourceOf(p)
	}
	return u.ParentSource
}
