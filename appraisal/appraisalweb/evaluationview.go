package appraisalweb

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web/ui"
)

func (p evaluationPage) window() appraisal.Window {
	if p.V.Evaluation.Window.Year == 0 {
		return appraisal.AnnualOf(p.V.Part.Year)
	}
	return p.V.Evaluation.Window
}

func (p evaluationPage) link(rest string) string {
	return "/evaluasi/" + p.V.Part.ID + rest + "?w=" + p.window().Code()
}

func (p evaluationPage) version() string { return strconv.FormatInt(p.V.Evaluation.Version, 10) }

func (p evaluationPage) selfVersion() string {
	return strconv.FormatInt(p.V.Evaluation.Self.Version, 10)
}

func (p evaluationPage) meTitle() string {
	if p.Mine {
		return p.P.T("appraisalweb.me")
	}
	return p.P.T("appraisalweb.employee_says")
}

func (p evaluationPage) superiorTitle() string { return p.P.T("appraisalweb.superior") }

// sentText says when a side sent its words, and why they cannot be read yet.
func (p evaluationPage) sentText(self bool) string {
	s := p.V.Evaluation.Superior
	if self {
		s = p.V.Evaluation.Self
	}
	if p.V.Part.Pen != appraisal.PenGurindam && !s.Sent() {
		return "" // nobody is asked here
	}
	text := p.P.T("appraisalweb.not_sent")
	if s.Sent() {
		text = p.P.T("appraisalweb.sent_on", p.P.DayMonth(s.SentAt.In(p.zone).Format("2006-01-02")))
	}
	if p.hidden(self) {
		text += ", " + p.P.T("appraisalweb.hidden")
	}
	return text
}

// windows are the year first, then those that have begun.
func (p evaluationPage) windows() []appraisal.Window {
	all := []appraisal.Window{appraisal.AnnualOf(p.V.Part.Year)}
	for _, w := range p.V.Windows {
		if !w.Annual() && (string(w.From()) <= p.Today || w == p.window()) {
			all = append(all, w)
		}
	}
	return all
}

// missingText says what is missing, and on whose desk it lies.
func (p evaluationPage) missingText(key string) string {
	who := ""
	switch key {
	case "appraisal.missing.self":
		who = p.V.Part.Who.Name
	case "appraisal.missing.results", "appraisal.missing.conduct", "appraisal.missing.superior":
		who = p.V.Part.Evaluator.Name
	}
	if who == "" {
		return p.P.T(key)
	}
	return p.P.T(key) + " · " + p.P.T("appraisalweb.waits_for", who)
}

// hidden reports whether what a side says is kept from the reader for now: the
// person does not see the superior's words before both have sent, nor the
// superior the person's.
func (p evaluationPage) hidden(self bool) bool {
	return p.V.Blind && (self && !p.Mine || !self && !p.Evaluates)
}

func (p evaluationPage) stateText() string {
	text := p.P.T("appraisalweb.estate." + string(p.V.Evaluation.State))
	if p.V.Evaluation.State == "" {
		text = p.P.T("appraisalweb.estate.berjalan")
	}
	if o := p.V.Evaluation.Outcome; o != nil && p.V.Evaluation.State == appraisal.Decided {
		text += " " + p.P.Date(o.At.In(p.zone).Format("2006-01-02"))
	}
	return text
}

func evaluationTone(s appraisal.EvaluationState) ui.Tone {
	switch s {
	case appraisal.Decided, appraisal.Settled:
		return ui.Fixed
	case appraisal.Received:
		return ui.Good
	case appraisal.Objected:
		return ui.Late
	}
	return ui.Neutral
}

func (p evaluationPage) barText() string {
	if until := p.V.Evaluation.ObjectUntil; until != "" && p.can(appraisal.ObjectAct) {
		return p.P.T("appraisalweb.object_until", p.P.Date(string(until)))
	}
	return ""
}

func (p evaluationPage) blindText() string {
	if p.V.Blind {
		return p.P.T("appraisalweb.blind")
	}
	return ""
}

func (p evaluationPage) verdictTitle() string {
	name := p.P.T("appraisalweb.predicate." + string(p.V.Explained.Predicate))
	if p.V.Evaluation.Outcome == nil {
		return p.P.T("appraisalweb.would_be", name)
	}
	return p.P.T("appraisalweb.predicate_is", name)
}

func (p evaluationPage) verdictNote() string {
	o := p.V.Evaluation.Outcome
	if o == nil {
		return p.P.T("appraisalweb.not_decided_yet")
	}
	text := p.P.T("appraisalweb.decided_at", p.P.Moment(o.At.In(p.zone)), o.By.Name)
	if at := p.V.Evaluation.ReceivedAt; !at.IsZero() {
		text += " · " + p.P.T("appraisalweb.received_at", p.P.Moment(at.In(p.zone)))
	}
	return text
}

// selfNote says when the evaluator can read what the person writes.
func (p evaluationPage) selfNote() string {
	key := "appraisalweb.opens_when_sent"
	if p.window().Annual() {
		key = "appraisalweb.hidden_until_sent"
	}
	return p.P.T(key, orNobody(p.P, p.V.Part.Evaluator.Name))
}

// sendConfirm says what sending one's words means: for the year they are shut
// once both have sent; for a month they are read at once.
func (p evaluationPage) sendConfirm() string {
	if p.window().Annual() {
		return p.P.T("appraisalweb.confirm.send_self")
	}
	return p.P.T("appraisalweb.confirm.send_self_now", orNobody(p.P, p.V.Part.Evaluator.Name))
}

// matrix draws the nine cells. What stands in a cell comes from the explained
// changes and the result itself, which the service computed by the rulebook.
func (p evaluationPage) matrix() ui.Matrix {
	r := p.V.Evaluation.Ratings
	if o := p.V.Evaluation.Outcome; o != nil {
		r.Results, r.Conduct = o.Results, o.Conduct
	}
	conducts := []appraisal.Rating{appraisal.Below, appraisal.Meets, appraisal.Above}
	m := ui.Matrix{Row: -1, Column: -1}
	for _, c := range conducts {
		m.Columns = append(m.Columns, p.P.T("appraisalweb.conduct_is."+string(c)))
	}
	for i, res := range appraisal.AllRatings() {
		m.Rows = append(m.Rows, p.P.T("appraisalweb.results_are."+string(res)))
		var row []string
		for j, c := range conducts {
			row = append(row, p.cell(res, c))
			if res == r.Results && c == r.Conduct {
				m.Row, m.Column = i, j
			}
		}
		m.Cells = append(m.Cells, row)
	}
	m.Caption = p.P.T("appraisalweb.matrix", p.P.T("appraisalweb.predicate."+string(p.V.Explained.Predicate)))
	return m
}

func (p evaluationPage) cell(results, conduct appraisal.Rating) string {
	code := p.V.Matrix[results][conduct]
	if code == "" {
		return "–"
	}
	return p.P.T("appraisalweb.predicate." + string(code))
}

// changeText says what would have led to another predicate: one sentence for
// each predicate that a single other rating leads to.
func (p evaluationPage) changeText() string {
	type way struct {
		results bool
		to      appraisal.Predicate
	}
	var order []way
	ratings := map[way][]string{}
	for _, c := range p.V.Explained.Changes {
		w, rating := way{c.Results != "", c.Predicate}, cmp.Or(c.Results, c.Conduct)
		if _, seen := ratings[w]; !seen {
			order = append(order, w)
		}
		ratings[w] = append(ratings[w], p.P.T("appraisalweb.rating_in."+string(rating)))
	}
	var sentences []string
	for _, w := range order {
		key := "appraisalweb.change_conduct"
		if w.results {
			key = "appraisalweb.change_results"
		}
		either := strings.Join(ratings[w], " "+p.P.T("appraisalweb.or")+" ")
		sentences = append(sentences, p.P.T(key, either, p.P.T("appraisalweb.predicate."+string(w.to))))
	}
	return strings.Join(sentences, " ")
}

func (p evaluationPage) say(name, label string) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Rows, f.Later = 1, true
	return f
}

func (p evaluationPage) named(name, label, hint string) ui.Field {
	f := p.Draft.Field(name, label)
	f.Hint, f.Rows, f.Later = hint, 1, true
	return f
}

func (p evaluationPage) required(name, label string, rows int) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Required, f.Rows = true, rows
	return f
}

func (p evaluationPage) realisation(in appraisal.Indicator) ui.Field {
	f := p.Draft.Field("v_"+in.ID, p.P.T("appraisalweb.f.value_unit", in.Unit))
	f.Later = true
	f.Attrs = templ.Attributes{"inputmode": "decimal"}
	return f
}

func (p evaluationPage) mark(name string) ui.Field {
	f := p.Draft.Field(name, p.P.T("appraisalweb.f.mark"))
	f.Options, f.Later = ratingOptions(p.P), true
	return f
}

func (p evaluationPage) rating(name, label string) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Options, f.SideBy = ratingOptions(p.P), true
	f.Required = true
	return f
}

func (p evaluationPage) reason(name string) ui.Field {
	f := p.Draft.Field(name+"_reason", p.P.T("appraisalweb.f.reason"))
	f.Hint, f.Rows, f.Later = p.P.T("appraisalweb.h.reason"), 2, true
	return f
}

func ratingOptions(p *i18n.Printer) []ui.Option {
	var out []ui.Option
	for _, r := range appraisal.AllRatings() {
		out = append(out, ui.Option{Value: string(r), Text: p.T("appraisalweb.rating." + string(r))})
	}
	return out
}

// windowShort names a window in a chip: "Maret", "Triwulan 2", "Setahun".
func windowShort(p *i18n.Printer, w appraisal.Window) string {
	switch w.Kind {
	case appraisal.Month:
		return p.MonthName(time.Month(w.N))
	case appraisal.Quarter:
		return p.T("appraisalweb.quarter", strconv.Itoa(w.N))
	default:
		return p.T("appraisalweb.whole_year")
	}
}

func orNobody(p *i18n.Printer, name string) string {
	if name == "" {
		return p.T("appraisalweb.nobody_yet")
	}
	return name
}

// citizenText tells the figure of citizens that stands behind an indicator.
func (p evaluationPage) citizenText(t appraisal.CitizenTaken) string {
	text := p.P.T("appraisalweb.citizen.says", figureText(p.P, t.CitizenInput), t.Figure.Period)
	if !t.Counts {
		text += ", " + p.P.T("appraisalweb.citizen.shown")
	}
	return text
}
