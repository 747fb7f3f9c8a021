package participationweb

import (
	"math"
	"net/url"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/chart"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
)

// service shows one service to the world.
func (h *pages) service(q *web.Request) error {
	s, err := h.office.Service(q.Context(), q.Path("code"))
	if err != nil {
		return err
	}
	page := servicePage{P: q.P, Service: s, Name: s.In(string(q.P.Lang())), Promises: promises(s)}
	if f, err := h.office.Form(q.Context(), s.Code); err == nil {
		page.SurveyTo, page.Now = "/s/"+url.PathEscape(s.Code), f.Wave.Answers
	} else if !fault.Is(err, fault.Conflict) {
		return err
	}
	for _, load := range []func(*web.Request, *servicePage) error{h.loadResult, h.loadSaid, h.loadQuotes, h.loadTicket} {
		if err := load(q, &page); err != nil {
			return err
		}
	}
	return q.Render(web.Page{Title: page.Name, Nav: "layanan", Body: serviceBody(page)})
}

func promises(s participation.Service) []string {
	var out []string
	for _, text := range []string{s.Time, s.Cost, s.Requirements} {
		if text != "" {
			out = append(out, text)
		}
	}
	return out
}

// loadResult fills in the latest published index and those before.
func (h *pages) loadResult(q *web.Request, page *servicePage) error {
	history, err := h.office.History(q.Context(), page.Service.ID)
	if err != nil || len(history) == 0 {
		return err
	}
	latest := history[0]
	r := latest.Result
	skm, err := h.office.SKM(q.Context(), r.To)
	if err != nil {
		return err
	}
	own, err := h.ownElements(q, participation.Wave{Elements: keys(r)})
	if err != nil {
		return err
	}
	page.Result, page.Because = &latest, r.Because
	page.ReportTo = servicePath(page.Service.Code) + "/laporan.pdf"
	page.Facts = resultFacts(q.P, history)
	grades := bands(skm.Grades)
	page.Marks, page.Scale = axis(grades), scale(q.P, grades, r)
	page.Rows = elementRows(elementTexts{q.P, own}, r)
	page.Trend = trend(q.P, history)
	if r.Index != "" {
		page.RawTo = servicePath(page.Service.Code) + "/hitung-ulang"
	}
	page.Printed = printedWords(q.P, r)
	page.Strata = strataLines(q.P, r)
	for _, o := range history[1:] {
		page.Older = append(page.Older, olderLine{o.Result.Name, one(q.P, o.Result.Index), o.Result.Grade, q.P.Num(o.Result.Answers)})
	}
	return nil
}

func keys(r participation.Result) []string {
	out := make([]string, len(r.Elements))
	for i, e := range r.Elements {
		out[i] = e.Key
	}
	return out
}

func resultFacts(p *i18n.Printer, history []participation.Published) []fact {
	r := history[0].Result
	facts := []fact{{p.T("survey.answers"), answersOf(p, r)}, {p.T("survey.period"), p.T("survey.period_words", p.DayMonth(r.From), p.Date(r.To))}}
	if r.Held > 0 {
		text := p.T("survey.held_words", r.Held)
		if r.WithHeld != nil {
			text = p.T("survey.held_with", r.Held, p.Num(r.WithHeld.Index))
		}
		facts = append(facts, fact{p.T("survey.held"), text})
	}
	if r.Weighted != nil {
		facts = append(facts, fact{p.T("survey.weighted"), p.T("survey.weighted_words", p.Num(r.Weighted.Index), one(p, r.Weighted.Lo), one(p, r.Weighted.Hi))})
	}
	if len(history) > 1 && history[1].Result.Index != "" {
		b := history[1].Result
		facts = append(facts, fact{b.Name, p.T("survey.before_words", p.Num(b.Index), one(p, b.Lo), one(p, b.Hi))})
	}
	if unproven(r) {
		facts = append(facts, fact{p.T("survey.basis"), p.T("survey.basis_open")})
	}
	return facts
}

// unproven reports whether answers without proof of a visit are in the index.
func unproven(r participation.Result) bool {
	return slices.ContainsFunc(r.Strata, func(f participation.StratumFigure) bool { return f.In && f.Answers > 0 && !f.Stratum.Proven() })
}

func answersOf(p *i18n.Printer, r participation.Result) string {
	if r.People > 0 {
		return p.T("survey.answers_of", r.Answers, r.People)
	}
	return p.Num(r.Answers)
}

func printedWords(p *i18n.Printer, r participation.Result) []string {
	var out []string
	for _, f := range r.Printed {
		key := "survey.printed_same"
		if f.Grade != r.Grade {
			key = "survey.printed_other"
		}
		out = append(out, p.T(key, p.Num(f.Method), p.Num(f.Index), f.Grade, r.Grade))
	}
	return out
}

func strataLines(p *i18n.Printer, r participation.Result) []stratumLine {
	if len(r.Strata) < 2 {
		return nil
	}
	var out []stratumLine
	for _, f := range r.Strata {
		l := stratumLine{Name: p.T("survey.strata." + string(f.Stratum)), Answers: p.Num(f.Answers), Held: p.Num(f.Held), Index: one(p, f.Index), Interval: half(p, f.Lo, f.Hi)}
		l.In = p.T("survey.no")
		if f.In {
			l.In = p.T("survey.yes")
		}
		out = append(out, l)
	}
	return out
}

// lines draws the published indexes of a service, the oldest first.
func lines(p *i18n.Printer, points []participation.Result) *chart.Lines {
	series := chart.Series{Name: p.T("survey.index")}
	c := &chart.Lines{
		Name:   chart.Head{ID: "tren-indeks", Title: p.T("survey.trend_title"), Desc: p.T("survey.trend_words", points[0].Name, points[len(points)-1].Name)},
		Corner: p.T("survey.period"), Target: math.NaN(), Write: func(v float64) string { return p.Num(v, 1) },
	}
	for _, r := range points {
		c.X = append(c.X, r.Name)
		series.Values = append(series.Values, number(r.Index))
		series.Low, series.High = append(series.Low, number(r.Lo)), append(series.High, number(r.Hi))
	}
	c.Series = []chart.Series{series}
	return c
}

func borders(grades []chart.Grade) []string {
	var out []string
	for i, g := range grades {
		if i > 0 {
			out = append(out, pct(g.From))
		}
	}
	return out
}

// loadSaid faces what citizens said with what is done.
func (h *pages) loadSaid(q *web.Request, page *servicePage) error {
	list, err := h.office.FollowUps(q.Context(), page.Service.ID)
	if err != nil {
		return err
	}
	own, err := h.office.Elements(q.Context())
	if err != nil {
		return err
	}
	texts := elementTexts{q.P, own}
	for _, f := range list {
		page.Said = append(page.Said, lineOf(q.P, texts, f))
	}
	return nil
}

func lineOf(p *i18n.Printer, texts elementTexts, f participation.FollowUp) saidLine {
	l := saidLine{Said: f.Said, State: p.T("survey.follow.state." + string(f.State)), Deed: f.Deed}
	if f.Element != "" && f.Voices > 0 {
		l.About = p.T("survey.follow.about", f.Voices, texts.name(f.Element))
	} else if f.Element != "" {
		l.About = texts.name(f.Element)
	}
	switch f.State {
	case participation.FollowDone, participation.FollowReported:
		if f.State == participation.FollowDone {
			l.Tone = string(ui.Good)
		} else {
			l.Tone = string(ui.Waiting)
		}
		l.Detail = p.T("survey.follow.confirmed", p.Date(f.ReportedOn), f.Agree, f.Agree+f.Disagree)
	case participation.FollowDeclined:
		l.Deed = p.T("survey.follow.because", f.Reason)
	default:
		l.Tone = string(ui.Waiting)
		l.Detail = p.T("survey.follow.owner", f.Owner, p.Date(f.DueOn))
	}
	return l
}

func (h *pages) loadQuotes(q *web.Request, page *servicePage) error {
	if page.Result == nil {
		return nil
	}
	list, err := h.office.Quotes(q.Context(), page.Result.Result.Wave)
	if err != nil {
		return err
	}
	own, err := h.office.Elements(q.Context())
	for _, quote := range list {
		l := quoteLine{Words: quote.Words}
		if quote.Element != "" {
			l.Element = elementTexts{q.P, own}.name(quote.Element)
		}
		page.Quotes = append(page.Quotes, l)
	}
	return err
}

// loadTicket sets side by side what was handed out, used and counted.
func (h *pages) loadTicket(q *web.Request, page *servicePage) error {
	if page.Result == nil {
		return nil
	}
	_, w, err := h.office.Wave(q.Context(), page.Result.Result.Wave)
	if err != nil {
		return err
	}
	t, err := h.office.Turnout(q.Context(), w)
	if err != nil {
		return err
	}
	if t.Issued > 0 {
		page.Ticket = append(page.Ticket, q.P.T("survey.ticket.issued", t.Issued), q.P.T("survey.ticket.used", t.Used))
	}
	if t.Visits > 0 {
		page.Ticket = append(page.Ticket, q.P.T("survey.ticket.visits", t.Visits))
	}
	if t.Fingerprint != "" {
		page.Ticket = append(page.Ticket, q.P.T("survey.ticket.key", t.Fingerprint))
	}
	page.Ticket = append(page.Ticket, q.P.T("survey.ticket.rule"))
	return nil
}

// listPage is the public list.
type listPage struct {
	P     *i18n.Printer
	At    ui.Address
	Table ui.Table
	Rows  []listRow
}

type listRow struct{ Name, Unit, To, Index, Grade, Interval, Answers, SurveyTo string }

// rowOf writes a service out as a row of a list.
func rowOf(p *i18n.Printer, l participation.Listed) listRow {
	r := listRow{Name: l.Name, Unit: l.Unit, To: servicePath(l.Code), Index: "–", Grade: "–", Interval: "–", Answers: p.Num(l.Answers)}
	if p.Lang() == i18n.English && l.NameEN != "" {
		r.Name = l.NameEN
	}
	if l.Index != "" {
		r.Index, r.Grade, r.Interval = p.Num(l.Index), l.Grade, half(p, l.Lo, l.Hi)
	}
	if l.Open {
		r.SurveyTo = "/s/" + url.PathEscape(l.Code)
	}
	return r
}

// services lists every service offered.
func (h *pages) services(q *web.Request) error {
	list, err := h.office.Listed(q.Context())
	if err != nil {
		return err
	}
	at := ui.At(q.R.URL)
	page := listPage{P: q.P, At: at, Table: serviceTable(q.P, at)}
	find := strings.ToLower(at.Get(ui.SearchParam))
	for _, l := range list {
		if !strings.Contains(strings.ToLower(l.Name+" "+l.NameEN+" "+l.Unit), find) {
			continue
		}
		page.Rows = append(page.Rows, rowOf(q.P, l))
	}
	if format := q.Query(ui.FormatParam); format != "" {
		return exportServices(q, page.Rows, format)
	}
	return q.Render(web.Page{Title: q.P.T("survey.list_title"), Nav: "layanan", Body: listBody(page)})
}
