package participationweb

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
)

func (h *pages) ownRoutes() []web.Route {
	const view, move, manage = account.ActFollowUp, account.ActFollowUpMove, account.ActSurveyManage
	return []web.Route{
		{Pattern: "GET /tindak-lanjut/{id}", Action: view, Handle: h.ownFollowUp},
		{Pattern: "POST /tindak-lanjut/{id}", Action: move, Handle: h.reportFollowUp},
		{Pattern: "POST /tindak-lanjut/{id}/rhk", Action: move, Handle: h.promise},
		{Pattern: "GET /survei/layanan/{code}/teruskan", Action: manage, Handle: h.passForm},
		{Pattern: "POST /survei/layanan/{code}/teruskan", Action: manage, Handle: h.passOn},
	}
}

// ownPage is one follow-up as its owner works on it.
type ownPage struct {
	P        *i18n.Printer
	F        participation.FollowUp
	Line     followLine
	Facts    []ui.Fact
	May      bool // report on it
	Mine     bool // and may take it into the own SKP
	Problems []ui.Problem
	Words    ui.Field
}

func (h *pages) ownFollowUp(q *web.Request) error {
	return h.showOwn(q, http.StatusOK, ui.Draft{})
}

func (h *pages) showOwn(q *web.Request, status int, d ui.Draft) error {
	f, err := h.office.OwnFollowUp(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	own, err := h.office.Elements(q.Context())
	if err != nil {
		return err
	}
	open := f.State == participation.FollowPlanned || f.State == participation.FollowRunning
	page := ownPage{
		P: q.P, F: f, Line: followRow(q.P, elementTexts{q.P, own}, f, q.Today()),
		May:   q.Can(account.ActFollowUpMove, account.Thing{Unit: f.UnitID, Owner: f.OwnerPerson}) == nil,
		Mine:  open && f.Promise == "" && f.OwnerPerson != "" && f.OwnerPerson == q.Actor.PersonID,
		Words: d.Field("words", q.P.T("survey.follow.words")),
	}
	page.Words.Hint = q.P.T("survey.follow.words_hint")
	page.Facts = []ui.Fact{
		{Name: q.P.T("survey.service_head"), Value: f.Service, To: "/layanan/" + url.PathEscape(f.Code)},
		{Name: q.P.T("survey.follow.field.owner"), Value: f.Owner},
		{Name: q.P.T("survey.follow.from"), Value: q.P.T("survey.follow.source." + f.Source)},
	}
	if f.DueOn != "" {
		page.Facts = append(page.Facts, ui.Fact{Name: q.P.T("survey.follow.field.due_on"), Value: q.P.Date(f.DueOn)})
	}
	if f.Evidence != "" {
		page.Facts = append(page.Facts, ui.Fact{Name: q.P.T("survey.follow.evidence_head"), Value: f.Evidence})
	}
	for _, name := range []string{"words", ""} {
		if text := d.Problems[name]; text != "" {
			page.Problems = append(page.Problems, ui.Problem{ID: name, Text: text})
		}
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("survey.follow.one"), Nav: "survei", Body: ownBody(page)})
}

// reportFollowUp is the owner's word on how far it is.
func (h *pages) reportFollowUp(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	err = h.office.MoveFollowUp(q.Context(), q.Actor, q.Path("id"), form.Int("version", 1, 1<<30), participation.FollowUpState(form.Text("to")), form.Optional("words", 1000))
	return h.ownDone(q, err, "/tindak-lanjut/"+q.Path("id"), "survey.follow.saved")
}

// promise makes the follow-up a result of the owner's SKP.
func (h *pages) promise(q *web.Request) error {
	f, err := h.office.OwnFollowUp(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	to, err := h.office.Promise(q.Context(), q.Actor, f.ID, q.P.T("survey.follow.agreed_in", q.P.T("survey.follow.source."+f.Source), q.P.Date(f.MadeOn)))
	return h.ownDone(q, err, to, "survey.follow.promise_done")
}

func (h *pages) ownDone(q *web.Request, err error, to, flash string) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showOwn(q, web.Status(err), draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect(to, flash)
}

// passPage is where a moderator passes a citizen's words on to somebody's
// feedback.
type passPage struct {
	P        *i18n.Printer
	Service  participation.Service
	To       string
	Source   string
	Words    ui.Field
	Holder   ui.Field
	Problems []ui.Problem
}

func (h *pages) passForm(q *web.Request) error {
	words := q.Query("kata")
	return h.showPass(q, http.StatusOK, ui.Draft{Values: url.Values{"words": {words}, "source": {q.Query("dari")}}})
}

func (h *pages) showPass(q *web.Request, status int, d ui.Draft) error {
	s, err := h.deskService(q, account.ActSurveyManage)
	if err != nil {
		return err
	}
	page := passPage{
		P: q.P, Service: s, To: "/survei/layanan/" + url.PathEscape(s.Code) + "/teruskan", Source: d.Values.Get("source"),
		Words: d.Field("words", q.P.T("survey.pass.words")), Holder: d.Field("holder", q.P.T("survey.pass.holder")),
	}
	page.Words.Hint, page.Words.Rows = q.P.T("survey.pass.hint"), 4
	if page.Holder.Options, err = h.holderOptions(q, s.UnitID, false); err != nil {
		return err
	}
	page.Problems = ui.Problems(page.Words, page.Holder)
	if text := d.Problems[""]; text != "" {
		page.Problems = append(page.Problems, ui.Problem{ID: "words", Text: text})
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("survey.pass.title"), Nav: "survei", Body: passBody(page)})
}

// holderOptions lists who holds a post of the unit: by person for owners, by
// part of the year for feedback.
func (h *pages) holderOptions(q *web.Request, unit string, people bool) ([]ui.Option, error) {
	list, err := h.office.Holders(q.Context(), q.Actor, unit)
	if fault.Is(err, fault.Forbidden) {
		return nil, nil
	}
	out := []ui.Option{{}}
	for _, x := range list {
		o := ui.Option{Value: x.ID, Text: x.Post + " · " + x.Name}
		if people {
			o.Value = x.Person
		}
		out = append(out, o)
	}
	return out, err
}

func (h *pages) passOn(q *web.Request) error {
	s, form, err := h.deskForm(q)
	if err != nil {
		return err
	}
	source := form.Text("source")
	if source == "" || strings.TrimSpace(form.Text("words")) == "" {
		form.Faults.Check(source != "", "words", "form.required")
		form.Faults.Check(form.Text("words") != "", "words", "form.required")
	}
	if err = form.Err(); err == nil {
		err = h.office.PassOn(q.Context(), q.Actor, s.ID, source, form.Text("holder"), form.Text("words"))
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showPass(q, web.Status(err), draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/layanan/"+url.PathEscape(s.Code), "survey.pass.done")
}

// passLink is the address of the form for words that stand somewhere.
func passLink(code, source, words string) string {
	return "/survei/layanan/" + url.PathEscape(code) + "/teruskan?" + url.Values{"dari": {source}, "kata": {words}}.Encode()
}
