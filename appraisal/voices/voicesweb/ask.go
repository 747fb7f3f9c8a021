package voicesweb

import (
	"net/http"
	"net/url"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// askPage is the wish for a round, or for HR the search for whom it is about.
type askPage struct {
	P      *i18n.Printer
	Prop   voices.Proposal
	Draft  ui.Draft
	Alert  string
	Search bool
	Text   string
	Found  []appraisal.Row
}

func (h *pages) ask(q *web.Request) error {
	person := q.Query("orang")
	page := askPage{P: q.P, Draft: ui.Draft{Values: url.Values{}}}
	if h.people != nil && q.May(account.ActAppraisalPeriod) {
		page.Search, page.Text = true, q.Query("cari")
		if page.Text != "" {
			l, err := h.people.List(q.Context(), q.Actor, appraisal.ListQuery{Text: page.Text, Size: 10})
			if err != nil {
				return err
			}
			page.Found = l.Rows
		}
	}
	if person == "" && !page.Search {
		person = q.Actor.PersonID
	}
	if person == "" && !page.Search {
		return fault.Denied("voices.not_asked")
	}
	if person != "" {
		var err error
		page.Prop, err = h.svc.Propose(q.Context(), q.Actor, person)
		if fault.Is(err, fault.NotFound) && person == q.Actor.PersonID {
			return q.Redirect("/suara", "voicesweb.no_circle") // a mayor has no superior to ask
		}
		if err != nil {
			return err
		}
		page.preset()
	}
	return page.show(q, http.StatusOK)
}

// preset fills the form with the rulebook's proposal.
func (p *askPage) preset() {
	v := p.Draft.Values
	for _, g := range voices.Groups() {
		if p.Prop.Sizes[g] > 0 {
			v.Add("groups", string(g))
		}
	}
	v.Set("draw_until", string(p.Prop.DrawUntil))
	v.Set("answer_until", string(p.Prop.AnswerUntil))
}

func (p askPage) show(q *web.Request, status int) error {
	return q.RenderStatus(status, web.Page{Title: q.P.T("voicesweb.ask"), Nav: nav, Body: askBody(p)})
}

func (h *pages) open(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	a := voices.Ask{
		Person: form.Text("orang"), Purpose: form.Text("purpose"),
		DrawUntil: voices.Day(form.Date("draw_until", true)), AnswerUntil: voices.Day(form.Date("answer_until", true)),
	}
	for _, g := range form.All("groups") {
		a.Groups = append(a.Groups, voices.GroupCode(g))
	}
	var r voices.Round
	if err = form.Err(); err == nil {
		r, err = h.svc.Open(q.Context(), q.Actor, a)
	}
	if err == nil {
		return q.Redirect(roundPath(r.ID), "voicesweb.opened", r.Invited())
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
		return err
	}
	page := askPage{P: q.P, Draft: ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}, Alert: page(q.P, err)}
	var again error
	if page.Prop, again = h.svc.Propose(q.Context(), q.Actor, a.Person); again != nil {
		return err
	}
	return page.show(q, web.Status(err))
}

// page is the sentence about a form as a whole; empty when its fields say it.
func page(p *i18n.Printer, err error) string {
	if fault.Is(err, fault.Conflict) {
		return web.Sentence(p, err)
	}
	return ""
}

func (p askPage) field(name, label, hint string) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Required = true
	if hint != "" {
		f.Hint = p.P.T(hint)
	}
	return f
}

func (p askPage) groups() ui.Field {
	f := p.field("groups", "voicesweb.f.groups", "")
	f.Hint = p.P.T("voicesweb.h.groups", p.Prop.Rule.Least)
	for _, g := range voices.Groups() {
		if n := p.Prop.Sizes[g]; n > 0 {
			f.Options = append(f.Options, ui.Option{Value: string(g), Text: groupWord(p.P, g), Hint: p.P.T("voicesweb.people", n)})
		}
	}
	return f
}

func (p askPage) problems() []ui.Problem {
	list := ui.Problems(
		p.field("purpose", "voicesweb.f.purpose", ""), p.groups(), p.field("draw_until", "voicesweb.f.draw_until", ""), p.field("answer_until", "voicesweb.f.answer_until", ""),
	)
	if p.Alert != "" {
		list = append(list, ui.Problem{Text: p.Alert})
	}
	return list
}
