package participationweb

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation/complaint"
)

func (h *pages) complaintRoutes() []web.Route {
	const public, view, manage = account.ActPublic, account.ActSurveyView, account.ActSurveyManage
	const own, answer = account.ActFollowUp, account.ActFollowUpMove // who was given a report too
	return []web.Route{
		{Pattern: "GET /laporan", Action: view, Handle: h.reports},
		{Pattern: "POST /laporan", Action: manage, Handle: h.registerReport},
		{Pattern: "GET /laporan/{id}", Action: own, Handle: h.report},
		{Pattern: "POST /laporan/{id}", Action: answer, Handle: h.actReport},
		{Pattern: "GET /lapor", Action: public, Handle: h.complain},
		{Pattern: "POST /lapor", Action: public, Handle: h.receive, MaxBody: maxForm},
		{Pattern: "GET /lapor/{code}", Action: public, Handle: h.followed},
		{Pattern: "POST /lapor/{code}", Action: public, Handle: h.rate, MaxBody: maxForm},
	}
}

// reportsPage is the office's list of reports.
type reportsPage struct {
	P        *i18n.Printer
	At       ui.Address
	Any      bool // there are reports, chosen or not
	Table    ui.Table
	Rows     []reportLine
	Figures  []ui.Figure
	May      bool
	Form     reportForm
	Problems []ui.Problem
}

type reportForm struct{ Number, Service, Class, Subject, Received ui.Field }

type reportLine struct {
	To, Number, Subject, Class, Due, Owner, State string
	Tone                                          ui.Tone
	Late                                          bool
}

func (h *pages) reports(q *web.Request) error {
	return h.showReports(q, http.StatusOK, ui.Draft{Values: url.Values{"received_on": {q.Today()}}})
}

func (h *pages) showReports(q *web.Request, status int, d ui.Draft) error {
	list, err := h.Complaints.List(q.Context(), q.Actor, yearAgo(q), q.Today())
	if err != nil {
		return err
	}
	sum, err := h.Complaints.Figures(list)
	if err != nil {
		return err
	}
	at := ui.At(q.R.URL)
	list = chosenReports(list, at, q.Today())
	if format := q.Query(ui.FormatParam); format != "" {
		return exportReports(q, list, format)
	}
	page := reportsPage{P: q.P, At: at, Any: sum.Reports > 0, May: q.May(account.ActSurveyManage), Figures: reportFigures(q.P, sum), Table: ui.Table{
		Caption: q.P.T("complaint.title"), At: at, Columns: []ui.Column{
			{Label: q.P.T("complaint.number")}, {Label: q.P.T("complaint.subject")}, {Label: q.P.T("complaint.class_head")}, {Label: q.P.T("complaint.due")}, {Label: q.P.T("complaint.state_head")},
		},
	}}
	for _, c := range list {
		page.Rows = append(page.Rows, reportRow(q.P, c, q.Today()))
	}
	if page.Form, err = h.reportFields(q, d); err != nil {
		return err
	}
	f := page.Form
	page.Problems = ui.Problems(f.Number, f.Service, f.Class, f.Subject, f.Received)
	return q.RenderStatus(status, web.Page{Title: q.P.T("complaint.title"), Nav: "survei", Body: reportsBody(page)})
}

// yearAgo is the first day of the last twelve months.
func yearAgo(q *web.Request) string { return q.Now.AddDate(-1, 0, 0).Format("2006-01-02") }

func reportFigures(p *i18n.Printer, f complaint.Figures) []ui.Figure {
	out := []ui.Figure{
		{Name: p.T("complaint.fig.reports"), Value: p.Num(f.Reports)},
		{Name: p.T("complaint.fig.answered"), Value: share(p, f.Answered, f.Reports)},
		{Name: p.T("complaint.fig.in_time"), Value: share(p, f.InTime, f.Answered)},
		{Name: p.T("complaint.fig.reopened"), Value: share(p, f.Reopened, f.Reports)},
		{Name: p.T("complaint.fig.late"), Value: p.Num(f.Late), Late: f.Late > 0},
	}
	if f.MedianDays >= 0 {
		out = append(out, ui.Figure{Name: p.T("complaint.fig.median"), Value: p.T("complaint.fig.days", f.MedianDays)})
	}
	return out
}

// share writes a part of a whole as a percentage, a dash of nothing.
func share(p *i18n.Printer, part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return p.Percent(fmt.Sprint((part*100 + whole/2) / whole))
}

func reportRow(p *i18n.Printer, c complaint.Complaint, today string) reportLine {
	l := reportLine{
		To: "/laporan/" + c.ID, Number: c.Number, Subject: c.Subject, Class: p.T("complaint.class." + string(c.Class)), Due: p.Date(c.DueOn),
		Owner: c.Owner, State: p.T("complaint.state." + string(c.State)), Late: c.Late(today),
	}
	l.Tone = map[complaint.State]ui.Tone{complaint.Received: ui.Neutral, complaint.Working: ui.Waiting, complaint.Answered: ui.Info, complaint.Closed: ui.Good, complaint.Archived: ui.Neutral}[c.State]
	return l
}

func (h *pages) reportFields(q *web.Request, d ui.Draft) (reportForm, error) {
	p := q.P
	f := reportForm{
		Number: d.Field("number", p.T("complaint.number")), Service: d.Field("service", p.T("forum.service")), Class: d.Field("class", p.T("complaint.class_head")),
		Subject: d.Field("subject", p.T("complaint.subject")), Received: d.Field("received_on", p.T("complaint.received")),
	}
	f.Number.Hint = p.T("complaint.number_hint")
	for _, c := range complaint.Classes() {
		f.Class.Options = append(f.Class.Options, ui.Option{Value: string(c), Text: p.T("complaint.class." + string(c))})
	}
	var err error
	f.Service.Options, _, err = h.serviceOptions(q)
	return f, err
}

func (h *pages) registerReport(q *web.Request) error {
	form, s, err := h.formOfService(q)
	if err != nil {
		return err
	}
	c := complaint.Complaint{
		UnitID: s.UnitID, ServiceID: s.ID, Number: form.Text("number"), Class: complaint.Class(form.Text("class")), Subject: form.Text("subject"), ReceivedOn: form.Date("received_on", true),
	}
	if err = form.Err(); err == nil {
		_, err = h.Complaints.Register(q.Context(), q.Actor, c)
	}
	if fault.Is(err, fault.Invalid) {
		return h.showReports(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/laporan", "complaint.saved")
}

// reportPage is one report on the office's side.
type reportPage struct {
	P        *i18n.Printer
	C        complaint.Complaint
	Line     reportLine
	Service  string
	Pass     string // where the words are passed on to a post, empty when not
	Facts    []ui.Fact
	List     bool // may see the list it stands in
	May      bool
	Answer   bool // may answer it
	Problems []ui.Problem
	Class    ui.Field
	Owner    ui.Field
	Person   ui.Field
}

func (h *pages) report(q *web.Request) error { return h.showReport(q, http.StatusOK, ui.Draft{}) }

func (h *pages) showReport(q *web.Request, status int, d ui.Draft) error {
	c, err := h.Complaints.Complaint(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	page := reportPage{P: q.P, C: c, Line: reportRow(q.P, c, q.Today()), May: q.Can(account.ActSurveyManage, c.Thing()) == nil}
	page.List, page.Answer = q.Can(account.ActSurveyView, c.Thing()) == nil, q.Can(account.ActFollowUpMove, c.Thing()) == nil
	page.Facts = []ui.Fact{
		{Name: q.P.T("complaint.channel_head"), Value: q.P.T("complaint.channel." + c.Channel)},
		{Name: q.P.T("complaint.class_head"), Value: page.Line.Class},
		{Name: q.P.T("complaint.received"), Value: q.P.Date(c.ReceivedOn)},
		{Name: q.P.T("complaint.due"), Value: page.Line.Due},
		{Name: q.P.T("complaint.owner"), Value: c.Owner},
	}
	if c.Rating > 0 {
		page.Facts = append(page.Facts, ui.Fact{Name: q.P.T("complaint.rating"), Value: q.P.T("complaint.rate." + fmt.Sprint(c.Rating))})
	}
	if err := h.assignFields(q, &page, d); err != nil {
		return err
	}
	if page.May && c.ServiceID != "" {
		if s, err := h.office.ServiceOf(q.Context(), c.ServiceID); err == nil {
			page.Pass = passLink(s.Code, "complaint:"+c.ID, c.Subject)
		}
	}
	for _, name := range []string{"owner", "owner_person", "answer", "reason", "rating", ""} {
		if text := d.Problems[name]; text != "" {
			page.Problems = append(page.Problems, ui.Problem{ID: name, Text: text})
		}
	}
	return q.RenderStatus(status, web.Page{Title: c.Number, Nav: "survei", Body: reportBody(page)})
}

// assignFields fills in the form that gives a report to somebody.
func (h *pages) assignFields(q *web.Request, page *reportPage, d ui.Draft) (err error) {
	page.Owner, page.Class = d.Field("owner", q.P.T("complaint.owner")), d.Field("class", q.P.T("complaint.class_head"))
	page.Person = d.Field("owner_person", q.P.T("survey.follow.field.owner_person"))
	if d.Values == nil {
		page.Owner.Value, page.Class.Value, page.Person.Value = page.C.Owner, string(page.C.Class), page.C.OwnerPerson
	}
	for _, x := range complaint.Classes() {
		page.Class.Options = append(page.Class.Options, ui.Option{Value: string(x), Text: q.P.T("complaint.class." + string(x))})
	}
	if page.May {
		page.Person.Options, err = h.holderOptions(q, page.C.UnitID, true)
	}
	return err
}

// actReport runs one act of the office on a report.
func (h *pages) actReport(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	id, version := q.Path("id"), form.Int("version", 1, 1<<30)
	switch form.OneOf("do", "assign", "answer", "archive", "close", "reopen") {
	case "assign":
		err = h.Complaints.Assign(q.Context(), q.Actor, id, version, form.Text("owner"), form.Text("owner_person"), complaint.Class(form.OneOf("class", "information", "ordinary", "oversight", "aspiration")))
	case "answer":
		err = h.Complaints.Answer(q.Context(), q.Actor, id, version, form.Text("answer"))
	case "archive":
		err = h.Complaints.Archive(q.Context(), q.Actor, id, version, form.Text("reason"))
	case "close":
		rating := 0
		if form.Text("rating") != "" {
			rating = form.Int("rating", 1, 4)
		}
		err = h.Complaints.Close(q.Context(), q.Actor, id, version, rating)
	case "reopen":
		err = h.Complaints.Reopen(q.Context(), q.Actor, id, version)
	default:
		err = form.Err()
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showReport(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/laporan/"+id, "complaint.saved")
}

// complainPage is a citizen's side: the way to SP4N-LAPOR!, and own intake
// where the agency wants it.
type complainPage struct {
	P        *i18n.Printer
	Own      bool
	Service  ui.Field
	Class    ui.Field
	Subject  ui.Field
	Body     ui.Field
	Problems []ui.Problem
}

func (h *pages) complain(q *web.Request) error { return h.showComplain(q, http.StatusOK, ui.Draft{}) }

func (h *pages) showComplain(q *web.Request, status int, d ui.Draft) error {
	page := complainPage{
		P: q.P, Own: h.OwnComplaints, Service: d.Field("service", q.P.T("forum.service")), Class: d.Field("class", q.P.T("complaint.class_head")),
		Subject: d.Field("subject", q.P.T("complaint.subject")), Body: d.Field("body", q.P.T("complaint.body")),
	}
	var err error
	if page.Service.Options, _, err = h.serviceOptions(q); err != nil {
		return err
	}
	for _, c := range []complaint.Class{complaint.Ordinary, complaint.Information, complaint.Aspiration} {
		page.Class.Options = append(page.Class.Options, ui.Option{Value: string(c), Text: q.P.T("complaint.class." + string(c))})
	}
	page.Problems = ui.Problems(page.Service, page.Class, page.Subject, page.Body)
	return q.RenderStatus(status, web.Page{Title: q.P.T("complaint.public_title"), Nav: "layanan", Body: complainBody(page)})
}

func (h *pages) receive(q *web.Request) error {
	if !h.OwnComplaints {
		return fault.Missing("complaint.none")
	}
	form, err := q.Form()
	if err != nil {
		return err
	}
	if err := h.slowly(q); err != nil {
		return err
	}
	_, services, err := h.serviceOptions(q)
	if err != nil {
		return err
	}
	s := services[form.Text("service")]
	c := complaint.Complaint{UnitID: s.UnitID, ServiceID: s.ID, Class: complaint.Class(form.Text("class")), Subject: form.Text("subject"), Body: form.Text("body")}
	c, code, err := h.Complaints.Receive(q.Context(), c)
	if fault.Is(err, fault.Invalid) {
		return h.showComplain(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	return h.showFollowed(q, http.StatusOK, c, string(code), true, "")
}

// followedPage is what a citizen with a code sees of a report.
type followedPage struct {
	P       *i18n.Printer
	C       complaint.Complaint
	Line    reportLine
	Code    string
	Fresh   bool
	Problem string
}

func (h *pages) followed(q *web.Request) error {
	c, err := h.Complaints.Followed(q.Context(), q.Path("code"))
	if err != nil {
		return err
	}
	return h.showFollowed(q, http.StatusOK, c, q.Path("code"), false, "")
}

func (h *pages) showFollowed(q *web.Request, status int, c complaint.Complaint, code string, fresh bool, problem string) error {
	q.W.Header().Set("Cache-Control", "no-store")
	page := followedPage{P: q.P, C: c, Line: reportRow(q.P, c, q.Today()), Code: code, Fresh: fresh, Problem: problem}
	return q.RenderStatus(status, web.Page{Title: c.Number, Nav: "layanan", Body: followedBody(page)})
}

func (h *pages) rate(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	rating := form.Int("rating", 1, 4)
	c, err := h.Complaints.Rate(q.Context(), q.Path("code"), rating)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showFollowed(q, http.StatusUnprocessableEntity, c, q.Path("code"), false, web.Sentence(q.P, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/lapor/"+url.PathEscape(q.Path("code")), "complaint.rated")
}
