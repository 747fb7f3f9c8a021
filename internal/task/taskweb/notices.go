package taskweb

import (
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

func (h *pages) noticeRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /pemberitahuan", Action: account.ActSelf, Handle: h.notices},
		{Pattern: "POST /pemberitahuan", Action: account.ActSelf, Handle: h.setNotices},
	}
}

// noticesPage is what a person is told of, and what they want to hear.
type noticesPage struct {
	P       *i18n.Printer
	Ahead   int
	Mailing bool
	Items   []ui.DeskItem
	All     ui.Field
	Kinds   ui.Field
}

func (h *pages) notices(q *web.Request) error {
	rule, err := h.Notices.Rule(q.Context())
	if err != nil {
		return err
	}
	waiting, err := h.Inbox.Waiting(q.Context(), q.Actor, task.Filter{Limit: 500})
	if err != nil {
		return err
	}
	list, err := h.Notices.Ahead(q.Context(), q.Actor, waiting)
	if err != nil {
		return err
	}
	p := noticesPage{P: q.P, Ahead: rule.Ahead, Mailing: h.Notices.Mailing()}
	p.Items = waitingItems(q.P, q.Today(), list)
	quiet, err := h.Notices.Quiet(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	groups, err := h.Notices.Groups(q.Context())
	if err != nil {
		return err
	}
	p.All = ui.Field{Name: "mail", Label: q.P.T("taskweb.notice.mail")}
	if !quiet[""] {
		p.All.Value = "1"
	}
	p.Kinds = ui.Field{Name: "kind", Label: q.P.T("taskweb.notice.kinds")}
	for _, g := range groups {
		p.Kinds.Options = append(p.Kinds.Options, ui.Option{Value: g.Kind, Text: q.P.T(g.Button)})
		if !quiet[g.Kind] {
			p.Kinds.Values = append(p.Kinds.Values, g.Kind)
		}
	}
	return q.Render(web.Page{Title: q.P.T("taskweb.notice.title"), Nav: "beranda", Body: noticesBody(p)})
}

// setNotices keeps what is left unticked as switched off.
func (h *pages) setNotices(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	groups, err := h.Notices.Groups(q.Context())
	if err != nil {
		return err
	}
	on := q.R.PostForm["kind"]
	var quiet []string
	if !f.Bool("mail") {
		quiet = append(quiet, "")
	}
	for _, g := range groups {
		if !slices.Contains(on, g.Kind) {
			quiet = append(quiet, g.Kind)
		}
	}
	if err := h.Notices.SetQuiet(q.Context(), q.Actor, quiet); err != nil {
		return err
	}
	return q.Redirect("/pemberitahuan", "taskweb.notice.saved")
}
