package taskweb

import (
	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// onHome is how many things a column of the home page shows.
const onHome = 5

// homePage is one person's first page.
type homePage struct {
	P        *i18n.Printer
	Greeting string
	Line     string
	Ribbon   []ui.Phase
	Year     int
	Waiting  []ui.DeskItem
	Total    int
	More     bool // there are tasks beside the lines shown
	Awaited  []ui.DeskItem
	Awaits   int
	Sections []templ.Component
}

func (h *pages) home(q *web.Request) error {
	if !q.Actor.SignedIn() {
		return h.Public(q)
	}
	ctx := q.Context()
	page := homePage{P: q.P, Greeting: greeting(q.P, q.Now, q.Actor.Name), Year: q.Now.Year()}
	waiting, err := h.Inbox.Waiting(ctx, q.Actor, task.Filter{Limit: readOnHome})
	if err != nil {
		return err
	}
	badges, err := h.Inbox.Badges(ctx, q.Actor)
	if err != nil {
		return err
	}
	awaited, err := h.Inbox.Awaited(ctx, q.Actor)
	if err != nil {
		return err
	}
	page.Total, page.Awaits = badges[task.TasksBadge], len(awaited)
	page.Line = summary(q.P, q.Today(), page.Total, waiting)
	lines := bundled(waiting, h.Bundles)
	page.Waiting = bundleItems(q.P, q.Today(), lines[:min(onHome, len(lines))], h.Bundles)
	page.More = len(lines) > onHome || len(lines) < len(waiting)
	page.Awaited = awaitedItems(q.P, q.Now, awaited[:min(onHome, len(awaited))])
	if page.Ribbon, err = h.ribbon(q); err != nil {
		return err
	}
	if page.Sections, err = h.sections(q); err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("taskweb.home.title"), Nav: "beranda", Body: homeBody(page)})
}

// sections asks every area for its part.
func (h *pages) sections(q *web.Request) ([]templ.Component, error) {
	var parts []templ.Component
	for _, s := range h.Sections {
		part, err := s.Home(q)
		if err != nil {
			return nil, err
		}
		if part != nil {
			parts = append(parts, part)
		}
	}
	return parts, nil
}
