package participationweb

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/pdf"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
)

func (h *pages) consultRoutes() []web.Route {
	const view, manage = account.ActSurveyView, account.ActSurveyManage
	return []web.Route{
		{Pattern: "GET /fkp", Action: view, Handle: h.consultations},
		{Pattern: "POST /fkp", Action: manage, Handle: h.invite},
		{Pattern: "GET /fkp/{id}", Action: view, Handle: h.consultation},
		{Pattern: "POST /fkp/{id}", Action: manage, Handle: h.actConsultation},
		{Pattern: "GET /fkp/{id}/berita-acara.pdf", Action: view, Handle: h.minutesPDF},
	}
}

// consultListPage lists the consultation forums one may see.
type consultListPage struct {
	P        *i18n.Printer
	Rows     []consultLine
	May      bool
	Form     consultForm
	Problems []ui.Problem
}

type consultLine struct {
	To, Topic, Unit, Held, State string
	Tone                         ui.Tone
}

type consultForm struct{ Service, Topic, Held, Place, Background ui.Field }

func (h *pages) consultations(q *web.Request) error {
	return h.showConsultations(q, http.StatusOK, ui.Draft{})
}

func (h *pages) showConsultations(q *web.Request, status int, d ui.Draft) error {
	list, err := h.office.Consultations(q.Context())
	if err != nil {
		return err
	}
	page := consultListPage{P: q.P, May: q.May(account.ActSurveyManage)}
	for _, c := range list {
		err := q.Can(account.ActSurveyView, account.Thing{Unit: c.UnitID})
		if fault.Is(err, fault.Forbidden) {
			continue
		}
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, consultRow(q.P, c))
	}
	page.Form = consultForm{
		Service: d.Field("service", q.P.T("forum.service")), Topic: d.Field("topic", q.P.T("consult.topic")), Held: d.Field("held_on", q.P.T("consult.held_on")),
		Place: d.Field("place", q.P.T("consult.place")), Background: d.Field("background", q.P.T("consult.background")),
	}
	if page.Form.Service.Options, _, err = h.serviceOptions(q); err != nil {
		return err
	}
	f := page.Form
	page.Problems = ui.Problems(f.Service, f.Topic, f.Held, f.Place, f.Background)
	return q.RenderStatus(status, web.Page{Title: q.P.T("consult.title"), Nav: "survei", Body: consultListBody(page)})
}

func consultRow(p *i18n.Printer, c participation.Consultation) consultLine {
	tone := map[participation.ConsultationState]ui.Tone{participation.Invited: ui.Neutral, participation.Held: ui.Waiting, participation.Agreed: ui.Fixed}[c.State]
	return consultLine{To: "/fkp/" + c.ID, Topic: c.Topic, Unit: c.Unit, Held: p.Date(c.HeldOn), State: p.T("consult.state." + string(c.State)), Tone: tone}
}

func (h *pages) invite(q *web.Request) error {
	form, s, err := h.formOfService(q)
	if err != nil {
		return err
	}
	c := participation.Consultation{
		UnitID: s.UnitID, ServiceID: s.ID, Topic: form.Text("topic"), HeldOn: form.Date("held_on", true), Place: form.Text("place"), Background: form.Text("background"),
	}
	form.Faults.Check(s.ID != "", "service", "form.choose")
	if err = form.Err(); err == nil {
		c, err = h.office.Invite(q.Context(), q.Actor, c)
	}
	if fault.Is(err, fault.Invalid) {
		return h.showConsultations(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/fkp/"+c.ID, "consult.saved")
}

// consultPage is one consultation forum.
type consultPage struct {
	P        *i18n.Printer
	C        participation.Consultation
	Line     consultLine
	Kinds    []ui.Option
	Missing  string
	May      bool
	Problems []ui.Problem
	Values   url.Values
	FollowTo string
	Holders  []ui.Option
}

func (h *pages) consultation(q *web.Request) error {
	return h.showConsultation(q, http.StatusOK, ui.Draft{})
}

// visibleConsultation finds the forum of the path for who may see it.
func (h *pages) visibleConsultation(q *web.Request) (participation.Consultation, error) {
	c, err := h.office.Consultation(q.Context(), q.Path("id"))
	if err != nil {
		return c, err
	}
	return c, q.Can(account.ActSurveyView, account.Thing{Unit: c.UnitID})
}

func (h *pages) showConsultation(q *web.Request, status int, d ui.Draft) error {
	c, err := h.visibleConsultation(q)
	if err != nil {
		return err
	}
	page := consultPage{P: q.P, C: c, Line: consultRow(q.P, c), Values: d.Values, May: c.State != participation.Agreed && q.Can(account.ActSurveyManage, account.Thing{Unit: c.UnitID}) == nil}
	for _, kind := range participation.GuestKinds() {
		page.Kinds = append(page.Kinds, ui.Option{Value: kind, Text: q.P.T("consult.kind." + kind)})
	}
	if page.May {
		if page.Holders, err = h.holderOptions(q, c.UnitID, true); err != nil {
			return err
		}
	}
	if c.State != participation.Invited {
		page.Missing = missingKinds(q.P, c)
	}
	if c.ServiceID != "" {
		s, err := h.office.ServiceOf(q.Context(), c.ServiceID)
		if err != nil {
			return err
		}
		page.FollowTo = "/survei/layanan/" + url.PathEscape(s.Code) + "/tindak-lanjut"
	}
	for _, name := range []string{"guest", "kind", "minutes", "issue", "agreement", "owner", "due_on", ""} {
		if text := d.Problems[name]; text != "" {
			page.Problems = append(page.Problems, ui.Problem{ID: name, Text: text})
		}
	}
	return q.RenderStatus(status, web.Page{Title: c.Topic, Nav: "survei", Body: consultBody(page)})
}

func missingKinds(p *i18n.Printer, c participation.Consultation) string {
	var names []string
	for _, kind := range c.Missing() {
		names = append(names, p.T("consult.kind."+kind))
	}
	return strings.Join(names, ", ")
}

// field is a field of one of the page's small forms, filled with what was sent.
func (p consultPage) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Value: p.Values.Get(name), Required: true}
}

// actConsultation runs one act on a consultation forum.
func (h *pages) actConsultation(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	id := q.Path("id")
	switch form.OneOf("do", "guest", "minutes", "point", "agree") {
	case "guest":
		err = h.office.AddGuest(q.Context(), q.Actor, id, participation.Guest{Kind: form.Text("kind"), Name: form.Text("guest"), StandsFor: form.Text("stands_for"), Came: form.Bool("came")})
	case "minutes":
		err = h.office.Note(q.Context(), q.Actor, id, form.Text("minutes"))
	case "point":
		err = h.office.AddPoint(q.Context(), q.Actor, id, participation.Point{Issue: form.Text("issue"), Agreement: form.Text("agreement"), Owner: form.Text("owner"), OwnerPerson: form.Text("owner_person"), DueOn: form.Date("due_on", false)})
	case "agree":
		err = h.office.Agree(q.Context(), q.Actor, id)
	default:
		err = form.Err()
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showConsultation(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/fkp/"+id, "consult.saved")
}

// minutesPDF is the berita acara, to be signed by both sides.
func (h *pages) minutesPDF(q *web.Request) error {
	c, err := h.visibleConsultation(q)
	if err != nil {
		return err
	}
	p := q.P
	d := h.document(p, p.T("consult.document"), q.Now)
	d.Letterhead(h.Agency, strings.ToUpper(c.Unit), "")
	d.Title(p.T("consult.document"), c.Topic)
	d.Text(p.T("consult.opening", p.LongDate(c.HeldOn), c.Place, c.Unit, c.Topic))
	if c.Background != "" {
		d.Heading(p.T("consult.background"))
		d.Text(c.Background)
	}
	d.Heading(p.T("consult.guests"))
	guests := pdf.Table{Widths: []float64{0.8, 3, 4, 4, 2.4}, Head: [][]pdf.Cell{pdf.HeadCells(p.T("survey.report.no"), p.T("consult.kind_head"), p.T("consult.guest"), p.T("consult.stands_for"), p.T("consult.sign"))}}
	for i, g := range c.Guests {
		if g.Came {
			guests.Rows = append(guests.Rows, pdf.Cells(fmt.Sprint(i+1), p.T("consult.kind."+g.Kind), g.Name, g.StandsFor, ""))
		}
	}
	d.Table(guests)
	if c.Minutes != "" {
		d.Heading(p.T("consult.minutes"))
		d.Text(c.Minutes)
	}
	d.Heading(p.T("consult.points"))
	points := pdf.Table{Widths: []float64{0.8, 4, 4.4, 2.6, 2.4}, Head: [][]pdf.Cell{pdf.HeadCells(p.T("survey.report.no"), p.T("consult.issue"), p.T("consult.agreement"), p.T("survey.report.who"), p.T("survey.follow.field.due_on"))}}
	for i, x := range c.Points {
		points.Rows = append(points.Rows, pdf.Cells(fmt.Sprint(i+1), x.Issue, x.Agreement, x.Owner, p.Date(x.DueOn)))
	}
	d.Table(points)
	d.Text(p.T("consult.closing"))
	d.Signatures(pdf.Signature{Role: p.T("consult.for_provider"), Name: "........................"}, pdf.Signature{Role: p.T("consult.for_citizens"), Name: "........................"})
	return h.send(q, d, "berita-acara-fkp-"+c.HeldOn+".pdf")
}
