package participationweb

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
)

// followPage is what a service does about what citizens said.
type followPage struct {
	P        *i18n.Printer
	Service  participation.Service
	To       string
	May      bool
	Lines    []followLine
	Form     followForm
	Low      []string // the lowest elements nobody has answered yet
	Problems []ui.Problem
}

type followLine struct {
	saidLine
	ID, Version string
	Steps       []participation.FollowUpState
	Late        bool
	Service, To string
}

type followForm struct{ Element, Said, Voices, Deed, Person, Owner, Due, Declined, Reason ui.Field }

func (h *pages) followDesk(q *web.Request) error {
	return h.showFollow(q, http.StatusOK, q.Path("code"), ui.Draft{})
}

func (h *pages) showFollow(q *web.Request, status int, code string, d ui.Draft) error {
	s, err := h.office.Service(q.Context(), code)
	if err != nil {
		return err
	}
	thing := account.Thing{Unit: s.UnitID}
	if err := q.Can(account.ActSurveyView, thing); err != nil {
		return err
	}
	page := followPage{P: q.P, Service: s, To: "/survei/layanan/" + url.PathEscape(s.Code) + "/tindak-lanjut", May: q.Can(account.ActSurveyManage, thing) == nil}
	list, err := h.office.FollowUps(q.Context(), s.ID)
	if err != nil {
		return err
	}
	own, err := h.office.Elements(q.Context())
	if err != nil {
		return err
	}
	texts := elementTexts{q.P, own}
	for _, f := range list {
		page.Lines = append(page.Lines, followRow(q.P, texts, f, q.Today()))
	}
	if page.Low, err = h.unanswered(q, texts, s, list); err != nil {
		return err
	}
	page.Form = followFields(q.P, texts, d)
	if page.May {
		if page.Form.Person.Options, err = h.holderOptions(q, s.UnitID, true); err != nil {
			return err
		}
	}
	f := page.Form
	page.Problems = ui.Problems(f.Element, f.Said, f.Voices, f.Deed, f.Person, f.Owner, f.Due, f.Reason)
	for _, name := range []string{"words", ""} {
		if text := d.Problems[name]; text != "" {
			page.Problems = append(page.Problems, ui.Problem{Text: text})
		}
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("survey.follow.title"), Nav: "survei", Body: followBody(page)})
}

func followRow(p *i18n.Printer, texts elementTexts, f participation.FollowUp, today string) followLine {
	l := followLine{saidLine: lineOf(p, texts, f), ID: f.ID, Version: strconv.Itoa(f.Version), Late: f.Overdue(today), Service: f.Service, To: "/survei/layanan/" + url.PathEscape(f.Code) + "/tindak-lanjut"}
	switch f.State {
	case participation.FollowPlanned:
		l.Steps = []participation.FollowUpState{participation.FollowRunning, participation.FollowReported, participation.FollowDeclined}
	case participation.FollowRunning:
		l.Steps = []participation.FollowUpState{participation.FollowReported, participation.FollowDeclined}
	case participation.FollowReported:
		l.Steps = []participation.FollowUpState{participation.FollowRunning}
	}
	return l
}

// unanswered names the lowest elements of the latest published result for which
// there is no follow-up.
func (h *pages) unanswered(q *web.Request, texts elementTexts, s participation.Service, list []participation.FollowUp) ([]string, error) {
	history, err := h.office.History(q.Context(), s.ID)
	if err != nil || len(history) == 0 {
		return nil, err
	}
	has := map[string]bool{}
	for _, f := range list {
		if f.MadeOn >= history[0].PublishedOn || f.WaveID == history[0].Result.Wave {
			has[f.Element] = true
		}
	}
	var low []string
	for _, e := range history[0].Result.Elements {
		if e.Low && !has[e.Key] {
			low = append(low, texts.name(e.Key))
		}
	}
	return low, nil
}

func followFields(p *i18n.Printer, texts elementTexts, d ui.Draft) followForm {
	field := func(name string) ui.Field {
		f := d.Field(name, p.T("survey.follow.field."+name))
		if key := "survey.follow.hint." + name; p.Has(key) {
			f.Hint = p.T(key)
		}
		return f
	}
	f := followForm{
		Element: field("element"), Said: field("said"), Voices: field("voices"), Deed: field("deed"), Person: field("owner_person"), Owner: field("owner"), Due: field("due_on"),
		Declined: field("declined"), Reason: field("reason"),
	}
	for _, key := range participation.Nine() {
		f.Element.Options = append(f.Element.Options, ui.Option{Value: key, Text: texts.name(key)})
	}
	for key := range texts.own {
		f.Element.Options = append(f.Element.Options, ui.Option{Value: key, Text: texts.name(key)})
	}
	return f
}

func (h *pages) addFollowUp(q *web.Request) error {
	s, form, err := h.deskForm(q)
	if err != nil {
		return err
	}
	f := participation.FollowUp{
		ServiceID: s.ID, Element: form.Text("element"), Said: form.Text("said"), Deed: form.Text("deed"), Owner: form.Text("owner"), OwnerPerson: form.Text("owner_person"),
		DueOn: form.Date("due_on", false), Reason: form.Text("reason"),
	}
	if form.Text("voices") != "" {
		f.Voices = form.Int("voices", 0, 1_000_000)
	}
	if form.Bool("declined") {
		f.State = participation.FollowDeclined
	}
	if err = form.Err(); err == nil {
		_, err = h.office.AddFollowUp(q.Context(), q.Actor, f)
	}
	if fault.Is(err, fault.Invalid) {
		return h.showFollow(q, http.StatusUnprocessableEntity, s.Code, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/layanan/"+url.PathEscape(s.Code)+"/tindak-lanjut", "survey.follow.saved")
}

func (h *pages) moveFollowUp(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	f, err := h.office.FollowUp(q.Context(), q.Path("id"))
	if err != nil {
		return err
	}
	err = h.office.MoveFollowUp(q.Context(), q.Actor, f.ID, form.Int("version", 1, 1<<30), participation.FollowUpState(form.Text("to")), form.Optional("words", 1000))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showFollow(q, http.StatusUnprocessableEntity, f.Code, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/layanan/"+url.PathEscape(f.Code)+"/tindak-lanjut", "survey.follow.saved")
}

// latePage is what rises to the leader.
type latePage struct {
	P     *i18n.Printer
	Lines []followLine
}

func (h *pages) overdue(q *web.Request) error {
	list, err := h.office.OverdueFollowUps(q.Context())
	if err != nil {
		return err
	}
	own, err := h.office.Elements(q.Context())
	if err != nil {
		return err
	}
	page := latePage{P: q.P}
	for _, f := range list {
		err := q.Can(account.ActSurveyView, account.Thing{Unit: f.UnitID})
		if fault.Is(err, fault.Forbidden) {
			continue
		}
		if err != nil {
			return err
		}
		page.Lines = append(page.Lines, followRow(q.P, elementTexts{q.P, own}, f, q.Today()))
	}
	return q.Render(web.Page{Title: q.P.T("survey.desk.late_all"), Nav: "survei", Body: lateBody(page)})
}
