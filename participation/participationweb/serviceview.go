package participationweb

import (
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/internal/chart"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/rulebook"
)

// The scale of the index and where its grades begin, for drawing. What counts
// is the grade the rule gave.
const (
	scaleLo = 25.0
	scaleHi = 100.0
)

// servicePage is the public page of one service.
type servicePage struct {
	P        *i18n.Printer
	Service  participation.Service
	Name     string
	Promises []string
	SurveyTo string // empty while no survey runs
	Result   *participation.Published
	Rows     []elementRow
	Marks    []axisMark
	Scale    chart.Scale
	Trend    *chart.Lines
	Facts    []fact
	Said     []saidLine
	Quotes   []quoteLine
	Ticket   []string
	Because  rulebook.Because
	RawTo    string
	ReportTo string
	Older    []olderLine
	Strata   []stratumLine
	Printed  []string
	Now      int // answers in the running wave
}

type fact struct{ Name, Value string }

// axisMark is the letter of a grade above the bars.
type axisMark struct{ At, Letter string }

// elementRow is one bar with its interval.
type elementRow struct {
	Name, Value, Half string
	At, Lo, Hi        string // per cents of the scale
	Low               bool
}

type saidLine struct {
	Said, About  string
	State        string
	Tone         string
	Deed, Detail string
}

type quoteLine struct{ Words, Element, Pass string }

type olderLine struct{ Name, Index, Grade, Answers string }

type stratumLine struct{ Name, Answers, Held, Index, Interval, In string }

// pct is where a value of the index stands on the scale.
func pct(v float64) string {
	return strconv.FormatFloat((v-scaleLo)/(scaleHi-scaleLo)*100, 'f', 1, 64) + "%"
}

// one writes a stored decimal with one place.
func one(p *i18n.Printer, s string) string {
	if s == "" {
		return "–"
	}
	return p.Num(number(s), 1)
}

// half is the figure after ±.
func half(p *i18n.Printer, lo, hi string) string {
	if lo == "" {
		return "–"
	}
	return "± " + p.Num((number(hi)-number(lo))/2, 1)
}

func elementRows(texts elementTexts, r participation.Result) []elementRow {
	list := slices.Clone(r.Elements)
	slices.SortStableFunc(list, func(a, b participation.ElementFigure) int {
		switch x, y := number(a.Index), number(b.Index); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	rows := make([]elementRow, len(list))
	for i, e := range list {
		rows[i] = elementRow{
			Name: texts.name(e.Key), Value: one(texts.p, e.Index), Half: half(texts.p, e.Lo, e.Hi),
			At: pct(number(e.Index)), Low: e.Low,
		}
		if e.Lo != "" {
			rows[i].Lo, rows[i].Hi = pct(number(e.Lo)), pct(number(e.Hi))
		}
	}
	return rows
}

// bands turns the rule's grades into stretches of the scale, the lowest first.
func bands(grades rulebook.Bands) []chart.Grade {
	var out []chart.Grade
	for i := len(grades) - 1; i >= 0; i-- {
		from := max(scaleLo, number(grades[i].From.String()))
		if n := len(out); n > 0 {
			out[n-1].To = from
		}
		out = append(out, chart.Grade{From: from, To: scaleHi, Label: grades[i].Code})
	}
	return out
}

func axis(grades []chart.Grade) []axisMark {
	var marks []axisMark
	for _, g := range grades {
		marks = append(marks, axisMark{pct((g.From + g.To) / 2), g.Label})
	}
	return marks
}

// scale draws the index on its scale of grades.
func scale(p *i18n.Printer, grades []chart.Grade, r participation.Result) chart.Scale {
	for i := range grades {
		if grades[i].Label == r.Grade {
			grades[i].On = true
			grades[i].Label = r.Grade + " " + p.T("survey.grade."+r.Grade)
		}
	}
	interval := p.T("survey.interval_words", one(p, r.Lo), one(p, r.Hi))
	return chart.Scale{
		Name:    chart.Head{ID: "skala", Title: p.T("survey.index"), Desc: p.T("survey.scale_words", p.Num(r.Index), one(p, r.Lo), one(p, r.Hi), r.Grade)},
		Columns: [2]string{p.T("survey.index"), p.T("survey.value")}, Min: scaleLo, Max: scaleHi, Grades: grades,
		Low: number(r.Lo), High: number(r.Hi), Value: p.Num(r.Index), Interval: interval,
	}
}

// trend draws the published indexes over time, nil with fewer than two.
func trend(p *i18n.Printer, history []participation.Published) *chart.Lines {
	var points []participation.Result
	for _, h := range slices.Backward(history) {
		if h.Result.Index != "" {
			points = append(points, h.Result)
		}
	}
	if len(points) < 2 {
		return nil
	}
	return lines(p, points)
}
