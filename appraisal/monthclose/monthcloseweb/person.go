package monthcloseweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// personPage is one person's month: the sum line by line.
type personPage struct {
	base
	*monthclose.Person
	Exclusions []monthclose.Exclusion
	May        bool // the reader may leave the person out
	Months     []monthclose.Month
	Draft      ui.Draft
}

// calcRow is one line of the sum as it is drawn.
type calcRow struct {
	Class, Label, Note, Value string
	Gone                      bool
}

func (h *pages) person(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	p, err := h.personPage(q, m, q.Path("person"))
	if err != nil {
		return err
	}
	return q.Render(web.Page{Title: p.Name, Nav: "tutup-bulan", Body: personBody(p)})
}

func (h *pages) personPage(q *web.Request, m monthclose.Month, id string) (personPage, error) {
	p := personPage{base: h.base(q, m)}
	var err error
	if p.Person, err = h.svc.Person(q.Context(), q.Actor, m, id); err != nil {
		return p, err
	}
	p.May = p.Head.State != monthclose.Closed && q.Can(account.ActMonthClose, account.Thing{}) == nil
	p.Exclusions, err = h.svc.ExclusionsOf(q.Context(), q.Actor, m, id)
	return p, err
}

// calc draws the sum: the ceiling, the two parts with what was taken off each,
// and what is paid.
func (p personPage) calc() []calcRow {
	pay := p.Pay
	rows := []calcRow{{Label: p.P.T("monthcloseweb.calc.ceiling", p.Class), Note: p.Source, Value: p.P.Num(pay.Ceiling)}}
	if pay.Ceiling == 0 {
		return rows
	}
	rows = append(rows, calcRow{Class: "sub", Label: p.P.T("monthcloseweb.calc.productivity", p.Split.Productivity.String()), Value: p.P.Num(pay.Productivity)})
	rows = append(rows, p.lines(monthclose.ProductivityLine)...)
	rows = append(rows, calcRow{Class: "sub", Label: p.P.T("monthcloseweb.calc.discipline", p.Split.Discipline.String()), Value: p.P.Num(pay.Discipline)})
	rows = append(rows, p.lines(monthclose.DeductionLine)...)
	rows = append(rows, p.lines(monthclose.NothingLine)...)
	rows = append(rows, calcRow{Class: "tot", Label: p.P.T("monthcloseweb.calc.gross"), Value: p.P.Num(pay.Gross)})
	if pay.Gross > 0 {
		rows = append(rows,
			calcRow{Class: "in", Label: p.P.T("monthcloseweb.calc.insurance"), Value: p.taken(pay.Insurance)},
			calcRow{Class: "in", Label: p.P.T("monthcloseweb.calc.tax", orDash(p.Rank)), Value: p.taken(pay.Tax)},
			calcRow{Class: "tot", Label: p.P.T("monthcloseweb.calc.net"), Value: p.P.Num(pay.Net)},
		)
	}
	return rows
}

func (p personPage) lines(kind monthclose.LineKind) []calcRow {
	var rows []calcRow
	for _, l := range p.Pay.Lines {
		if l.Kind == kind {
			rows = append(rows, p.line(l))
		}
	}
	return rows
}

func (p personPage) line(l monthclose.Line) calcRow {
	r := calcRow{Class: "in", Value: p.taken(l.Amount), Gone: l.Gone != nil}
	switch l.Kind {
	case monthclose.ProductivityLine:
		r.Label, r.Note = p.rated(l)
	case monthclose.NothingLine:
		r.Label, r.Note = p.word(l.Code), p.P.T("monthcloseweb.calc.nothing")
	default:
		r.Label = p.P.T("monthcloseweb.calc.times", p.word(l.Code), l.Times)
		r.Note = p.P.T("monthcloseweb.calc.each", l.Times, p.percent(l.Percent))
		if days := p.days(l.Cuts); days != "" {
			r.Note += " · " + days
		}
		if l.Gone != nil {
			r.Note = p.P.T("monthcloseweb.calc.gone", l.Gone.Reason)
		}
	}
	return r
}

// rated words the line of the productivity part.
func (p personPage) rated(l monthclose.Line) (label, note string) {
	switch {
	case p.Input.Minutes != nil && p.Input.Predicate == "":
		return p.P.T("monthcloseweb.calc.minutes", *p.Input.Minutes, p.percent(l.Percent)), ""
	case p.Input.Predicate == "":
		return p.P.T("monthcloseweb.calc.unrated", p.percent(l.Percent)), p.windowName(p.Input.Window)
	}
	var by []string
	if p.Input.RatedBy != "" {
		by = append(by, p.Input.RatedBy)
	}
	if p.Input.RatedOn != "" {
		by = append(by, p.P.Date(p.Input.RatedOn))
	}
	return p.P.T("monthcloseweb.calc.predicate", p.windowName(p.Input.Window), p.predicate(p.Input.Predicate), p.percent(l.Percent)), strings.Join(by, ", ")
}

// days lists the days of cuts.
func (p personPage) days(cuts []monthclose.Cut) string {
	var days []string
	for _, c := range cuts {
		if c.Day != "" {
			days = append(days, p.P.DayMonth(c.Day))
		}
	}
	return strings.Join(days, ", ")
}

// cutOptions are the cuts one can object to.
func (p personPage) cutOptions() []ui.Option {
	var all []ui.Option
	known := map[string]bool{}
	for _, o := range p.Objections {
		known[o.Cut] = true
	}
	for _, l := range p.Pay.Lines {
		for _, c := range l.Cuts {
			if l.Gone != nil || known[c.Key] || l.Amount == 0 {
				continue
			}
			known[c.Key] = true
			text := p.word(l.Code)
			if c.Day != "" {
				text += ", " + p.P.DayMonth(c.Day)
			}
			all = append(all, ui.Option{Value: c.Key, Text: text, Hint: p.taken(l.Amount * c.Times / l.Times)})
		}
	}
	return all
}

// change words one thing that would change the sum.
func (p personPage) change(c monthclose.Change) string {
	return p.P.T("monthcloseweb.change."+string(c.Kind), c.Gross)
}

func (p personPage) objectionTitle(o monthclose.Objection) string {
	text := p.word(o.Code)
	if o.Day != "" {
		text += ", " + p.P.DayMonth(string(o.Day))
	}
	return text
}

func (h *pages) personPDF(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	return h.slip(q, m, q.Path("person"))
}

func (h *pages) slip(q *web.Request, m monthclose.Month, person string) error {
	body, err := h.svc.SlipPDF(q.Context(), q.Actor, m, person)
	if err != nil {
		return err
	}
	return q.Download("tpp-"+string(m)+".pdf", "application/pdf", body)
}

// excludePage is the form that leaves somebody out.
type excludePage struct {
	personPage
	Reasons []string
}

func (h *pages) excludeForm(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	return h.showExclude(q, http.StatusOK, m, ui.Draft{})
}

func (h *pages) showExclude(q *web.Request, status int, m monthclose.Month, d ui.Draft) error {
	p, err := h.personPage(q, m, q.Path("person"))
	if err != nil {
		return err
	}
	if err := q.Can(account.ActMonthClose, account.Thing{}); err != nil {
		return err
	}
	if d.Values == nil {
		d.Values = p.exclusionValues(q.Query("id"))
	}
	p.Draft = d
	x := excludePage{personPage: p}
	if x.Reasons, err = h.svc.Reasons(q.Context(), m); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("monthcloseweb.exclude", p.Name), Nav: "tutup-bulan", Body: excludeBody(x)})
}

// exclusionValues fills the form: with an exclusion that is changed, else from
// the first day of attendance.
func (p personPage) exclusionValues(id string) url.Values {
	for _, e := range p.Exclusions {
		if e.ID == id && id != "" {
			return url.Values{
				"id": {e.ID}, "version": {strconv.FormatInt(e.Version, 10)}, "reason": {e.Reason}, "from": {string(e.From)}, "to": {string(e.To)}, "decree": {e.Decree},
			}
		}
	}
	return url.Values{"from": {string(p.Head.Dates.AttendanceFrom)}}
}

func (h *pages) exclude(q *web.Request) error {
	m, f, err := monthForm(q)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(f.Text("version"), 10, 64)
	e := monthclose.Exclusion{
		ID: f.Text("id"), Version: version, PersonID: q.Path("person"), Reason: f.Text("reason"), From: monthclose.Day(f.Date("from", true)),
		To: monthclose.Day(f.Date("to", false)), Decree: f.Text("decree"),
	}
	if err = f.Err(); err == nil {
		err = h.svc.Exclude(q.Context(), q.Actor, m, e)
	}
	if refused(err) {
		return h.showExclude(q, web.Status(err), m, ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)})
	}
	if err != nil {
		return err
	}
	return q.Redirect("/tutup-bulan/"+string(m)+"/pegawai/"+e.PersonID, "monthcloseweb.excluded")
}

func (p excludePage) field(name string) ui.Field {
	f := p.Draft.Field(name, p.P.T("monthcloseweb.field."+name))
	f.Required = name != "to"
	if name == "reason" {
		for _, r := range p.Reasons {
			f.Options = append(f.Options, ui.Option{Value: r, Text: p.word(r)})
		}
	}
	return f
}

// own leads to the reader's own present month, else to the latest there is.
func (h *pages) own(q *web.Request) error {
	months, err := h.svc.OwnMonths(q.Context(), q.Actor, 1)
	if err != nil {
		return err
	}
	if len(months) == 0 {
		return q.Render(web.Page{Title: q.P.T("monthcloseweb.own"), Nav: "tpp", Body: nothingBody(h.base(q, monthclose.MonthOf(h.svc.Today())))})
	}
	return q.Redirect("/tpp/"+string(months[0]), "")
}

func (h *pages) ownMonth(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	return h.showOwn(q, http.StatusOK, m, ui.Draft{})
}

// mostOwn is how many months one can go back to.
const mostOwn = 24

func (h *pages) showOwn(q *web.Request, status int, m monthclose.Month, d ui.Draft) error {
	p := personPage{base: h.base(q, m), Draft: d}
	var err error
	if p.Months, err = h.svc.OwnMonths(q.Context(), q.Actor, mostOwn); err != nil {
		return err
	}
	p.Person, err = h.svc.Own(q.Context(), q.Actor, m)
	if fault.Is(err, fault.NotFound) && len(p.Months) > 0 {
		return err
	}
	if fault.Is(err, fault.NotFound) {
		return q.RenderStatus(http.StatusNotFound, web.Page{Title: q.P.T("monthcloseweb.own"), Nav: "tpp", Body: nothingBody(p.base)})
	}
	if err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("monthcloseweb.own"), Nav: "tpp", Body: ownBody(p)})
}

func (h *pages) object(q *web.Request) error {
	m, f, err := monthForm(q)
	if err != nil {
		return err
	}
	cut := f.Text("cut")
	f.Faults.Check(cut != "", "cut", "form.choose")
	if err = f.Err(); err == nil {
		err = h.svc.Object(q.Context(), q.Actor, m, cut, f.Text("reason"))
	}
	if refused(err) {
		return h.showOwn(q, web.Status(err), m, ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)})
	}
	if err != nil {
		return err
	}
	return q.Redirect("/tpp/"+string(m), "monthcloseweb.objected")
}

func (h *pages) ownPDF(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	if q.Actor.PersonID == "" {
		return fault.Missing("monthclose.person.none")
	}
	return h.slip(q, m, q.Actor.PersonID)
}

func (p personPage) objectField(name string) ui.Field {
	f := p.Draft.Field(name, p.P.T("monthcloseweb.field.object."+name))
	f.Required = true
	if name == "cut" {
		f.Options = p.cutOptions()
	} else {
		f.Hint = p.P.T("monthcloseweb.field.object.reason_hint")
	}
	return f
}

func (p personPage) monthOptions() []ui.Choice {
	var all []ui.Choice
	for _, m := range p.Months {
		all = append(all, ui.Choice{Text: p.P.Month(string(m)), To: "/tpp/" + string(m), Current: m == p.base.Month})
	}
	return all
}
