package web

import (
	"context"
	"net/url"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
)

// frame is what layout needs besides the page: who is here and where.
type frame struct {
	Page
	P       *i18n.Printer
	Agency  string
	Demo    bool
	Name    string // of the person signed in, empty for the public
	Post    string
	Year    int
	Theme   string
	Path    string // for the language switch to come back to
	Flash   string
	Groups  []navGroup
	Waiting int
}

type navGroup struct {
	Label string
	Items []navEntry
}

type navEntry struct {
	NavItem
	Text    string
	Current bool
	Count   int
	Small   bool // stays in the bar of a phone
}

func (q *Request) frame(p Page) (frame, error) {
	cfg := q.site.cfg
	f := frame{
		Page: p, P: q.P, Agency: cfg.Agency, Demo: cfg.Demo, Name: q.Actor.Name, Year: q.Now.Year(),
		Path: q.R.URL.RequestURI(), Flash: q.takeFlash(),
	}
	if q.R.Method != "GET" {
		f.Path = "/"
	}
	if c, err := q.R.Cookie(themeCookie); err == nil && (c.Value == "dark" || c.Value == "light") {
		f.Theme = c.Value
	}
	if !q.Actor.SignedIn() || p.Bare || p.Plain {
		return f, nil
	}
	badges := map[string]int{}
	if cfg.Counter != nil {
		var err error
		if badges, err = cfg.Counter.Badges(q.Context(), q.Actor); err != nil {
			return f, err
		}
	}
	var err error
	f.Groups, err = q.nav(p.Nav, badges)
	return f, err
}

// nav groups the entries this actor may open, in their order.
func (q *Request) nav(current string, badges map[string]int) ([]navGroup, error) {
	var groups []navGroup
	shown := 0
	for _, it := range q.site.cfg.Nav {
		if !q.May(it.Action) || it.Role != "" && !q.Actor.Has(it.Role) {
			continue
		}
		if it.If != "" {
			holds, err := q.site.cfg.holds(q.Context(), q.Actor, it.If)
			if err != nil {
				return nil, err
			}
			if !holds {
				continue
			}
		}
		label := ""
		if it.Group != "" {
			label = q.P.T(it.Group)
		}
		if len(groups) == 0 || groups[len(groups)-1].Label != label {
			groups = append(groups, navGroup{Label: label})
		}
		g := &groups[len(groups)-1]
		g.Items = append(g.Items, navEntry{
			NavItem: it, Text: q.P.T(it.Label), Current: it.Key == current,
			Count: badges[it.Badge], Small: shown < 4,
		})
		shown++
	}
	return groups, nil
}

// holds reports whether a condition of the rail holds for an actor.
func (c Config) holds(ctx context.Context, actor account.Actor, condition string) (bool, error) {
	if c.Holds == nil {
		return false, nil
	}
	return c.Holds(ctx, actor, condition)
}

// langPath returns the address that switches the language and comes back.
func (f frame) langPath(l i18n.Lang) string {
	return "/bahasa/" + string(l) + "?next=" + url.QueryEscape(f.Path)
}

func (f frame) title() string {
	if f.Title == "" {
		return "Gurindam"
	}
	return f.Title + " · Gurindam"
}
