package appraisalweb

import (
	"strconv"
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
	return p.P.T("appraisalweb.according_to", p.V.Part.Who.Name)
}

func (p evaluationPage) superiorTitle() string { return p.P.T("appraisalweb.superior") }

func (p evaluationPage) sentText(s appraisal.Side) string {
	if !s.Sent() {
		return p.P.T("appraisalweb.not_sent")
	}
	return p.P.T("appraisalweb.sent_on", p.P.DayMonth(s.SentAt.In(p.zone).Format("2006-01-02")))
}

// hidden reports whether what a side says is kept from the reader for now: the
// person does not see the superior's words before both have sent, nor the
// superior the person's.
func (p evaluationPage) hidden(self bool) bool {
	return p.V.Blind && (self && !p.Mine || !self && !p.Evaluates)
}

// nothing says why a cell is empty: nothing written, or hidden until both have
// sent.
func (p evaluationPage) nothing(self bool) string {
	if p.hidden(self) {
		return p.P.T("appraisalweb.hidden")
	}
	return "–"
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
		text += " " + p.P.T("appraisalweb.received_at", p.P.Moment(at.In(p.zone)))
	}
	return text
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

// changeText says what would have led to another predicate.
func (p evaluationPage) changeText(c appraisal.Change) string {
	to := p.P.T("appraisalweb.predicate." + string(c.Predicate))
	switch {
	case c.Results != "" && c.Conduct != "":
		return p.P.T("appraisalweb.change_both", p.P.T("appraisalweb.rating."+string(c.Results)), p.P.T("appraisalweb.rating."+string(c.Conduct)), to)
	case c.Results != "":
		return p.P.T("appraisalweb.change_results", p.P.T("appraisalweb.rating."+string(c.Results)), to)
	default:
		return p.P.T("appraisalweb.change_conduct", p.P.T("appraisalweb.rating."+string(c.Conduct)), to)
	}
}

func (p evaluationPage) say(name, label string) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Rows = 2
	return f
}

func (p evaluationPage) named(name, label, hint string) ui.Field {
	f := p.Draft.Field(name, label)
	f.Hint, f.Rows = hint, 2
	return f
}

func (p evaluationPage) required(name, label string, rows int) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Required, f.Rows = true, rows
	return f
}

func (p evaluationPage) realisation(in appraisal.Indicator) ui.Field {
	f := p.Draft.Field("v_"+in.ID, p.P.T("appraisalweb.f.value_unit", in.Unit))
	f.Value = p.P.Num(f.Value)
	f.Attrs = templ.Attributes{"inputmode": "decimal"}
	return f
}

func (p evaluationPage) mark(name string) ui.Field {
	f := p.Draft.Field(name, p.P.T("appraisalweb.f.mark"))
	f.Options = ratingOptions(p.P)
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
	f.Hint, f.Rows = p.P.T("appraisalweb.h.reason"), 2
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
