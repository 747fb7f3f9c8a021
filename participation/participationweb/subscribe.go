package participationweb

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

func (h *pages) subscribeRoutes() []web.Route {
	const public = account.ActPublic
	return []web.Route{
		{Pattern: "POST /forum/topik/{topic}/langganan", Action: public, Handle: h.subscribe, MaxBody: maxForm},
		{Pattern: "GET /langganan/{secret}", Action: public, Handle: h.subscription},
		{Pattern: "POST /langganan/{secret}", Action: public, Handle: h.confirmSubscription, MaxBody: maxForm},
		{Pattern: "GET /langganan/{secret}/berhenti", Action: public, Handle: h.stopForm},
		{Pattern: "POST /langganan/{secret}/berhenti", Action: public, Handle: h.stop, MaxBody: maxForm},
		{Pattern: "GET /forum/surel/{secret}", Action: public, Handle: h.emailForm},
		{Pattern: "POST /forum/surel/{secret}", Action: public, Handle: h.confirmEmail, MaxBody: maxForm},
	}
}

// subscribeFields are the fields of the form below a topic.
func subscribeFields(p *i18n.Printer, d ui.Draft) (email, what ui.Field) {
	email, what = d.Field("email", p.T("forum.mail.address")), d.Field("what", p.T("forum.mail.what"))
	email.Type, email.Required, email.Hint = "email", true, p.T("forum.mail.hint")
	email.Attrs = templ.Attributes{"autocomplete": "email"}
	if what.Value == "" {
		what.Value = "topic"
	}
	what.Required = true
	what.Options = []ui.Option{{Value: "topic", Text: p.T("forum.mail.whole_topic")}, {Value: "service", Text: p.T("forum.mail.whole_service")}}
	return email, what
}

// subscribe asks an address by letter whether it wants to hear of a topic.
func (h *pages) subscribe(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	if err := h.slowly(q); err != nil {
		return err
	}
	err = h.Forum.Subscribe(q.Context(), q.Path("topic"), form.Text("what") == "service", form.Text("email"), q.P.Lang())
	if fault.Is(err, fault.Invalid) {
		m, merr := h.member(q)
		if merr != nil {
			return merr
		}
		return h.showTopic(q, http.StatusUnprocessableEntity, m, err)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/forum/topik/"+q.Path("topic"), "forum.mail.sent")
}

// askPage asks one question that a letter leads to: mail programs open links
// by themselves, so nothing is done before somebody presses the button.
type askPage struct {
	P           *i18n.Printer
	Title, Text string
	To, Button  string
	Look        ui.Look
}

func (h *pages) ask(q *web.Request, key, to string, look ui.Look) error {
	q.W.Header().Set("Cache-Control", "no-store")
	q.W.Header().Set("Referrer-Policy", "no-referrer")
	page := askPage{P: q.P, Title: q.P.T(key + ".title"), Text: q.P.T(key+".text", h.forumName(q.P)), To: to, Button: q.P.T(key + ".button"), Look: look}
	return q.Render(web.Page{Title: page.Title, Nav: "forum", Body: askBody(page)})
}

func (h *pages) subscription(q *web.Request) error {
	s, err := h.Forum.Subscription(q.Context(), q.Path("secret"))
	if err != nil {
		return err
	}
	if s.ConfirmedOn != "" {
		return q.Redirect("/langganan/"+s.Secret+"/berhenti", "forum.mail.confirmed")
	}
	return h.ask(q, "forum.ask.confirm", "/langganan/"+s.Secret, ui.Go)
}

func (h *pages) confirmSubscription(q *web.Request) error {
	if err := h.Forum.ConfirmSubscription(q.Context(), q.Path("secret")); err != nil {
		return err
	}
	return q.Redirect("/forum", "forum.mail.confirmed")
}

func (h *pages) stopForm(q *web.Request) error {
	if _, err := h.Forum.Subscription(q.Context(), q.Path("secret")); err != nil {
		return err
	}
	return h.ask(q, "forum.ask.stop", "/langganan/"+q.Path("secret")+"/berhenti", ui.Danger)
}

func (h *pages) stop(q *web.Request) error {
	if err := h.Forum.Unsubscribe(q.Context(), q.Path("secret")); err != nil {
		return err
	}
	return q.Redirect("/forum", "forum.mail.stopped")
}

func (h *pages) emailForm(q *web.Request) error {
	return h.ask(q, "forum.ask.member", "/forum/surel/"+q.Path("secret"), ui.Go)
}

func (h *pages) confirmEmail(q *web.Request) error {
	if err := h.Forum.ConfirmEmail(q.Context(), q.Path("secret")); err != nil {
		return err
	}
	return q.Redirect("/forum", "forum.mail.member_done")
}
