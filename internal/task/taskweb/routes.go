package taskweb

import (
	"context"
	"embed"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/web"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Section is what an area shows on the home page, below what waits.
type Section interface {
	// Home returns the part of the reader's home page, nil when there is
	// nothing to show.
	Home(q *web.Request) (templ.Component, error)
}

// Calendar tells the days of a performance year, as YYYY-MM-DD.
type Calendar interface {
	// YearDays returns the last day for the plan of a year and for its
	// evaluation, as the rules of day say.
	YearDays(ctx context.Context, day string) (planBy, evaluateBy string, err error)
}

// Config is what the pages need. Inbox is required.
type Config struct {
	Inbox    *task.Inbox
	Notices  *task.Notices // nil: no page of notices
	Calendar Calendar      // nil: no ribbon
	Sections []Section
	Bundles  map[string]Bundle        // by kind of task
	Public   func(*web.Request) error // the home page without an account; nil asks to sign in
}

// pages holds what the handlers share.
type pages struct{ Config }

// Routes returns the addresses of the home page and of the tasks.
func Routes(c Config) []web.Route {
	h := &pages{c}
	entry := account.ActSelf
	if c.Public != nil {
		entry = account.ActPublic
	}
	all := []web.Route{
		{Pattern: "GET /{$}", Action: entry, Handle: h.home},
		{Pattern: "GET /tugas", Action: account.ActSelf, Handle: h.tasks},
	}
	if c.Notices != nil {
		all = append(all, h.noticeRoutes()...)
	}
	return all
}
