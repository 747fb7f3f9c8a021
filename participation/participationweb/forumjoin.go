package participationweb

import (
	"net/http"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation/forum"
)

// memberAge is how long a device remembers a member.
const memberAge = 180 * 24 * time.Hour

// joinPage is where citizens join or come back with their code.
type joinPage struct {
	P        *i18n.Printer
	Name     string
	Next     string
	Code     ui.Field
	NameF    ui.Field
	Email    ui.Field
	Fresh    string // the code of a new member
	Problems []ui.Problem
}

func (h *pages) enterForm(q *web.Request) error { return h.showJoin(q, http.StatusOK, ui.Draft{}, "") }

func (h *pages) showJoin(q *web.Request, status int, d ui.Draft, fresh string) error {
	page := joinPage{
		P: q.P, Name: h.forumName(q.P), Next: within(q.R.FormValue("lanjut")), Fresh: fresh,
		Code: d.Field("kode", q.P.T("forum.code_label")), NameF: d.Field("name", q.P.T("forum.name_label")), Email: d.Field("email", q.P.T("forum.email_label")),
	}
	page.NameF.Hint, page.Email.Hint = q.P.T("forum.name_hint"), q.P.T("forum.email_hint")
	page.Email.Type = "email"
	page.Problems = ui.Problems(page.Code, page.NameF, page.Email)
	if text := d.Problems[""]; text != "" {
		page.Problems = append(page.Problems, ui.Problem{ID: "kode", Text: text})
	}
	q.W.Header().Set("Cache-Control", "no-store")
	return q.RenderStatus(status, web.Page{Title: q.P.T("forum.join_title"), Nav: "forum", Body: joinBody(page)})
}

// enter brings a member in with their code.
func (h *pages) enter(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	if err := h.slowly(q); err != nil {
		return err
	}
	code, err := token.ParseCode(form.Text("kode"))
	if err == nil {
		_, err = h.Forum.Enter(q.Context(), string(code))
	}
	if fault.Is(err, fault.Forbidden) || fault.Is(err, fault.Invalid) {
		d := draft(q, fault.WrongField("kode", "forum.code"))
		return h.showJoin(q, http.StatusUnprocessableEntity, d, "")
	}
	if err != nil {
		return err
	}
	h.setMember(q, string(code), memberAge)
	return q.Redirect(nextOf(form), "forum.welcome_back")
}

// slowly keeps a network from trying codes or making members by the hundred.
func (h *pages) slowly(q *web.Request) error {
	rule, err := h.office.Quality(q.Context())
	if err != nil || h.NoRate {
		return err
	}
	return h.guard.Allow(rule, web.ClientAddr(q.R, h.Trusted), q.Now)
}

func nextOf(form *web.Form) string { return within(form.Text("lanjut")) }

// within keeps an address that came with a form inside the forum.
func within(to string) string {
	if strings.HasPrefix(to, "/forum/") {
		return to
	}
	return "/forum"
}

func (h *pages) joinForum(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	if err := h.slowly(q); err != nil {
		return err
	}
	m, err := h.Forum.Join(q.Context(), form.Text("name"), form.Text("email"), q.P.Lang())
	if fault.Is(err, fault.Invalid) {
		return h.showJoin(q, http.StatusUnprocessableEntity, draft(q, err), "")
	}
	if err != nil {
		return err
	}
	h.setMember(q, string(m.Code), memberAge)
	return h.showJoin(q, http.StatusOK, ui.Draft{}, string(m.Code))
}

func (h *pages) leave(q *web.Request) error {
	h.setMember(q, "", -time.Second)
	return q.Redirect("/forum", "forum.left")
}

// newTopicPage is the form of a new topic.
type newTopicPage struct {
	P        *i18n.Printer
	Name     string
	Service  ui.Field
	Unit     ui.Field
	Title    ui.Field
	Body     ui.Field
	Official bool
	Problems []ui.Problem
}

func (h *pages) newTopic(q *web.Request) error {
	m, err := h.member(q)
	if err != nil {
		return err
	}
	if !m.Known() && !q.May(account.ActForumAnswer) {
		return q.Redirect("/forum/masuk?lanjut=/forum/baru", "forum.join_first")
	}
	return h.showNewTopic(q, http.StatusOK, m, ui.Draft{})
}

func (h *pages) showNewTopic(q *web.Request, status int, m forum.Member, d ui.Draft) error {
	page := newTopicPage{
		P: q.P, Name: h.forumName(q.P), Official: !m.Known(), Service: d.Field("service", q.P.T("forum.service")), Unit: d.Field("unit", q.P.T("forum.unit")),
		Title: d.Field("title", q.P.T("forum.title")), Body: d.Field("body", q.P.T("forum.body")),
	}
	page.Body.Hint, page.Body.Rows = q.P.T("forum.markdown"), 6
	options, _, err := h.serviceOptions(q)
	if err != nil {
		return err
	}
	page.Service.Options, page.Service.Required = options, true
	page.Problems = ui.Problems(page.Service, page.Title, page.Body, page.Unit)
	return q.RenderStatus(status, web.Page{Title: q.P.T("forum.new"), Nav: "forum", Body: newTopicBody(page)})
}

func (h *pages) createTopic(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	m, err := h.member(q)
	if err != nil {
		return err
	}
	if !m.Known() && !q.May(account.ActForumAnswer) {
		return q.Redirect("/forum/masuk?lanjut=/forum/baru", "forum.join_first")
	}
	_, services, err := h.serviceOptions(q)
	if err != nil {
		return err
	}
	s := services[form.Text("service")]
	t := forum.Topic{UnitID: s.UnitID, ServiceID: s.ID, Title: form.Text("title"), Body: form.Text("body")}
	if m.Known() {
		t, err = h.Forum.Ask(q.Context(), m, t)
	} else {
		t, err = h.Forum.Open(q.Context(), q.Actor, t)
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooMany) {
		return h.showNewTopic(q, http.StatusUnprocessableEntity, m, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/forum/topik/"+t.ID, "forum.said")
}

// moderationPage is what waits for moderators.
type moderationPage struct {
	P      *i18n.Printer
	Name   string
	Actor  string // account of the reader
	Queue  forum.Queue
	People []forum.Member
	// Problem with a decision about what has the id Wrong.
	Problem, Wrong string
}

func (h *pages) moderation(q *web.Request) error { return h.showModeration(q, http.StatusOK, nil, "") }

func (h *pages) showModeration(q *web.Request, status int, cause error, about string) error {
	page := moderationPage{P: q.P, Name: h.forumName(q.P), Actor: q.Actor.ID}
	if cause != nil {
		page.Problem, page.Wrong = web.Sentence(q.P, cause), about
		for _, text := range web.Problems(q.P, cause) {
			page.Problem = text
		}
	}
	var err error
	if page.Queue, err = h.Forum.Queue(q.Context(), q.Actor); err != nil {
		return err
	}
	page.People, err = h.Forum.Unconfirmed(q.Context(), q.Actor)
	if err != nil && !fault.Is(err, fault.Forbidden) {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("forum.moderation"), Nav: "forum", Body: moderationBody(page)})
}

// decide takes one decision of a moderator.
func (h *pages) decide(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	id, show := form.Text("id"), form.Text("do") == "show"
	switch form.OneOf("what", "post", "topic", "appeal", "confirm", "block") {
	case "post":
		err = h.Forum.Decide(q.Context(), q.Actor, id, show, form.Optional("reason", 300))
	case "topic":
		err = h.Forum.DecideTopic(q.Context(), q.Actor, id, show)
	case "appeal":
		err = h.Forum.Settle(q.Context(), q.Actor, id, show)
	case "confirm":
		err = h.Forum.Vouch(q.Context(), q.Actor, id)
	case "block":
		err = h.Forum.Block(q.Context(), q.Actor, id)
	default:
		err = form.Err()
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showModeration(q, web.Status(err), err, id)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/forum/moderasi", "forum.decided")
}
