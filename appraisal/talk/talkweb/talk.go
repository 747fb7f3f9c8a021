package talkweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/appraisal/talk"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// talkPage is one talk.
type talkPage struct {
	P     *i18n.Printer
	V     talk.View
	Draft ui.Draft
	Mine  func(talk.Action) bool
	Today talk.Day
	hints func(string) templ.Component
	zone  *time.Location
}

func (h *pages) talk(q *web.Request) error {
	return h.show(q, http.StatusOK, ui.Draft{Values: url.Values{}})
}

func (h *pages) show(q *web.Request, status int, d ui.Draft) error {
	v, err := h.svc.Talk(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	p := talkPage{
		P: q.P, V: v, Draft: d, Today: talk.Day(q.Today()), zone: q.Now.Location(),
		Mine:  func(a talk.Action) bool { return a.OwnerID != "" && a.OwnerID == q.Actor.PersonID },
		hints: func(text string) templ.Component { return hintWords(q.P, h.svc.Hints(text)) },
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("talkweb.of", v.Part.Who.Name), Nav: "dialog", Body: talkBody(p)})
}

// act runs what a form asks for; what is refused comes back with the form.
func (h *pages) act(q *web.Request, done, anchor string, do func(f *web.Form, id string) error) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	id := q.Path("id")
	err = do(f, id)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.show(q, web.Status(err), ui.Draft{Values: q.R.PostForm, Problems: problems(q, err)})
	}
	if err != nil {
		return err
	}
	return q.Redirect("/dialog/"+id+anchor, done)
}

func (h *pages) raise(q *web.Request) error {
	return h.act(q, "talkweb.raised", "#agenda", func(f *web.Form, id string) error {
		return h.svc.Raise(q.Context(), q.Actor, id, f.Text("text"))
	})
}

func (h *pages) drop(q *web.Request) error {
	return h.act(q, "talkweb.dropped", "#agenda", func(f *web.Form, id string) error {
		return h.svc.Drop(q.Context(), q.Actor, id, f.Text("key"))
	})
}

func (h *pages) note(q *web.Request) error {
	return h.act(q, "talkweb.noted", "", func(f *web.Form, id string) error {
		version, _ := strconv.ParseInt(f.Text("version"), 10, 64)
		notes := map[string]string{}
		for name := range q.R.PostForm {
			if key, is := strings.CutPrefix(name, "n_"); is {
				notes[key] = f.Text(name)
			}
		}
		return h.svc.Note(q.Context(), q.Actor, id, version, notes, f.Text("notes"))
	})
}

func (h *pages) agree(q *web.Request) error {
	return h.act(q, "talkweb.agreed", "#kesepakatan", func(f *web.Form, id string) error {
		return h.svc.Agree(q.Context(), q.Actor, id, talk.Agreed{Text: f.Text("action"), Owner: talk.Side(f.Text("owner")), Due: talk.Day(f.Text("due"))})
	})
}

func (h *pages) disagree(q *web.Request) error {
	return h.act(q, "talkweb.dropped", "#kesepakatan", func(f *web.Form, id string) error {
		return h.svc.Disagree(q.Context(), q.Actor, id, f.Text("action"))
	})
}

func (h *pages) move(q *web.Request) error {
	return h.act(q, "talkweb.moved", "", func(f *web.Form, id string) error {
		return h.svc.Move(q.Context(), q.Actor, id, talk.Day(f.Text("day")))
	})
}

func (h *pages) sign(q *web.Request) error {
	return h.act(q, "talkweb.signed", "", func(f *web.Form, id string) error {
		return h.svc.Sign(q.Context(), q.Actor, id, f.Text("hash"))
	})
}

func (h *pages) reopen(q *web.Request) error {
	return h.act(q, "talkweb.reopened", "", func(_ *web.Form, id string) error { return h.svc.Reopen(q.Context(), q.Actor, id) })
}

func (h *pages) cancel(q *web.Request) error {
	return h.act(q, "talkweb.cancelled", "", func(_ *web.Form, id string) error { return h.svc.Cancel(q.Context(), q.Actor, id) })
}

func (h *pages) done(q *web.Request) error {
	return h.act(q, "talkweb.done", "#kesepakatan", func(f *web.Form, _ string) error {
		_, err := h.svc.Done(q.Context(), q.Actor, q.Path("action"), f.Text("note"))
		return err
	})
}

func (h *pages) pdf(q *web.Request) error {
	body, err := h.svc.PDF(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	return q.Download("catatan-dialog.pdf", "application/pdf", body)
}

// check answers words that are still being written with a hint. Nothing of
// them is kept.
func (h *pages) check(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	var words []string
	for name := range q.R.PostForm {
		if name == "notes" || name == "text" || name == "action" || strings.HasPrefix(name, "n_") {
			words = append(words, f.Text(name))
		}
	}
	q.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.W.Header().Set("Cache-Control", "no-store")
	return hintWords(q.P, h.svc.Hints(strings.Join(words, "\n"))).Render(q.Context(), q.W)
}

// writes reports whether the reader may write now.
func (p talkPage) writes() bool { return p.V.May && p.V.Talk.State == talk.Prepared }

func (p talkPage) to(rest string) templ.SafeURL {
	return templ.SafeURL("/dialog/" + p.V.Talk.ID + rest)
}

func (p talkPage) lead() string {
	return p.P.T("talkweb.talk_lead", p.V.Record.Person.Post, p.V.Record.Superior.Name, p.P.Date(string(p.V.Talk.Day)))
}

func (p talkPage) noteField(x talk.Point) ui.Field {
	f := p.Draft.Field("n_"+x.Key, p.P.T("talkweb.f.note", x.Text))
	if _, sent := p.Draft.Values["n_"+x.Key]; !sent {
		f.Value = x.Note
	}
	f.ID = "n-" + strings.ReplaceAll(x.Key, "/", "-")
	f.Rows, f.Later = 1, true
	return f
}

func (p talkPage) notesField() ui.Field {
	f := p.Draft.Field("notes", p.P.T("talkweb.f.notes"))
	if _, sent := p.Draft.Values["notes"]; !sent {
		f.Value = p.V.Record.Notes
	}
	f.Hint, f.Rows, f.Later = p.P.T("talkweb.h.notes"), 3, true
	return f
}

func (p talkPage) pointField() ui.Field {
	f := p.Draft.Field("text", p.P.T("talkweb.f.point"))
	f.Rows, f.Required, f.Hint = 2, true, p.P.T("talkweb.h.point")
	return f
}

func (p talkPage) actionField() ui.Field {
	f := p.Draft.Field("action", p.P.T("talkweb.f.action"))
	f.Rows, f.Required, f.Hint = 2, true, p.P.T("talkweb.h.action")
	return f
}

func (p talkPage) ownerField() ui.Field {
	f := p.Draft.Field("owner", p.P.T("talkweb.f.owner"))
	f.Required, f.SideBy = true, true
	f.Options = []ui.Option{{Value: string(talk.Person), Text: p.V.Record.Person.Name}, {Value: string(talk.Superior), Text: p.V.Record.Superior.Name}}
	return f
}

func (p talkPage) dueField() ui.Field {
	f := p.Draft.Field("due", p.P.T("talkweb.f.due"))
	f.Required = true
	return f
}

func (p talkPage) problems() []ui.Problem {
	return ui.Problems(p.pointField(), p.notesField(), p.actionField(), p.ownerField(), p.dueField(), p.Draft.Field("note", ""), p.Draft.Field("day", ""))
}

// ownerName names the owner of an agreed action.
func (p talkPage) ownerName(s talk.Side) string {
	if s == talk.Superior {
		return p.V.Record.Superior.Name
	}
	return p.V.Record.Person.Name
}

// action returns what became of an agreed action; ok is false before signing.
func (p talkPage) action(id string) (a talk.Action, ok bool) {
	for _, a := range p.V.Actions {
		if a.ID == id {
			return a, true
		}
	}
	return a, false
}

// signedText says who has signed and who is awaited.
func (p talkPage) signedText(s talk.Side) string {
	at := p.V.Talk.PersonSignedAt
	if s == talk.Superior {
		at = p.V.Talk.SuperiorSignedAt
	}
	if at.IsZero() {
		return p.P.T("talkweb.not_signed")
	}
	return p.P.T("talkweb.signed_at", p.P.Moment(at.In(p.zone)))
}

// maySign reports whether the reader's signature is wanted.
func (p talkPage) maySign() bool {
	t := p.V.Talk
	switch {
	case !p.V.May || !t.Open():
		return false
	case p.V.Side == talk.Superior:
		return t.SuperiorSignedAt.IsZero()
	}
	return t.PersonSignedAt.IsZero()
}

// words are all that was written, for the hint below.
func (p talkPage) words() string {
	all := []string{p.V.Record.Notes}
	for _, x := range p.V.Record.Points {
		all = append(all, x.Note)
	}
	return strings.Join(all, "\n")
}

func (p talkPage) version() string { return strconv.FormatInt(p.V.Talk.Version, 10) }
