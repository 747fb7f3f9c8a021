package orgweb

import (
	"strings"

	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// findPage is the search over the whole map and the rulebook.
type findPage struct {
	base
	Query string
	Map   *org.Map
	Hits  org.Hits
	Rules []link
}

// findMost is how many of each kind a search shows.
const findMost = 20

func (h *pages) find(q *web.Request) error {
	b, err := h.base(q)
	if err != nil {
		return err
	}
	p := findPage{base: b, Query: q.Query(ui.SearchParam)}
	if p.Map, err = h.svc.Map(q.Context(), q.Actor, b.Today); err != nil {
		return err
	}
	if p.Hits, err = h.svc.Search(q.Context(), q.Actor, p.Query, findMost); err != nil {
		return err
	}
	if p.Rules, err = h.rules(q, p.Query); err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("orgweb.find"), Body: findBody(p)})
}

// rules finds rules by the words of their titles.
func (h *pages) rules(q *web.Request, query string) ([]link, error) {
	terms := search.Terms(query)
	if len(terms) == 0 {
		return nil, nil
	}
	titles, err := h.svc.RuleTitles(q.Context(), string(q.P.Lang()))
	if err != nil {
		return nil, err
	}
	var all []link
	for _, t := range titles {
		if search.Match(search.Column(t.Title, strings.ReplaceAll(t.ID, "-", " ")), terms) {
			all = append(all, link{t.Title, "/aturan/" + t.ID})
		}
	}
	return all, nil
}

func (p findPage) none() bool {
	return len(p.Hits.Units)+len(p.Hits.Positions)+len(p.Hits.People)+len(p.Rules) == 0
}
