package appraisal

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf"
)

// printed is a decided evaluation as its forms print it.
type printed struct {
	evidenceCase
	outcome   Outcome
	explained Explained
	reached   map[string]Progress
	credit    *Credit
	besides   []Beside // the person's parts of the window side by side, nil when there is one
}

// printable reads a decided evaluation. NotFound while nothing is decided: a
// form without a predicate would be no document.
func (s *Service) printable(ctx context.Context, actor account.Actor, part string, w Window) (printed, Period, error) {
	p, year, err := s.view(ctx, actor, part)
	if err != nil {
		return printed{}, year, err
	}
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return printed{}, year, err
	}
	c, err := gather(ctx, s.db, p, w, book)
	if err != nil {
		return printed{}, year, err
	}
	if c.evaluation.Outcome == nil {
		return printed{}, year, fault.Missing("appraisal.receipt.absent")
	}
	v := printed{evidenceCase: c, outcome: *c.evaluation.Outcome}
	latest, _ := latestOf(c.entries)
	v.reached = realised(c.evaluation.selfSaid(), latest)
	if v.explained, err = s.recomputed(ctx, v.outcome); err != nil {
		return v, year, err
	}
	if v.credit, err = s.creditOf(ctx, c, &v.explained); err != nil {
		return v, year, err
	}
	seen := EvaluationView{Part: p, Evaluation: c.evaluation}
	err = s.besides(ctx, actor, &seen, book)
	v.besides = seen.Besides
	return v, year, err
}

// EvaluationPDF prints the "Evaluasi Kinerja Pegawai" form.
func (s *Service) EvaluationPDF(ctx context.Context, actor account.Actor, part string, w Window) ([]byte, error) {
	v, year, err := s.printable(ctx, actor, part, w)
	if err != nil {
		return nil, err
	}
	doc, err := s.newPaper(ctx, v.part, year, sheetOf{title: "evaluation", at: v.outcome.At, landscape: true})
	if err != nil {
		return nil, err
	}
	return doc.evaluation(v)
}

func (p paper) evaluation(v printed) ([]byte, error) {
	p.Title(p.t("evaluation"), p.t("approach."+string(v.content.Approach)+"."+string(v.content.Form)))
	p.Text(p.t("window", p.windowName(v.window), p.span(v.window.From(), v.window.To())))
	p.people(v.part.Who, v.part.Evaluator)
	p.parts(v.besides)
	p.organisation(v)
	for _, kind := range []ResultKind{Main, Additional} {
		p.Heading(p.t("results." + string(kind)))
		p.Table(p.evaluationTable(v, kind))
	}
	p.judged(0, "rating_results", p.word("rating", string(v.explained.Results)))
	p.Heading(p.t("conduct"))
	p.Table(p.valuesTable(v.values, func(val Value) []string {
		return []string{dash(v.content.Expectations[val.Code]), p.said(v, AboutValue, val.Code, v.evaluation.Superior.Words.Values[val.Code])}
	}, p.t("expectation"), p.t("feedback")))
	then := 0.0
	if v.credit == nil {
		then = pdf.Closing
	}
	p.judged(then, "rating_conduct", p.word("rating", string(v.explained.Conduct)), "predicate", p.predicate(v.outcome.Predicate))
	p.credit(v.credit, pdf.Closing)
	p.Close()
	p.Signatures(p.signed("evaluator", v.part.Evaluator, v.outcome.At, p.placeAndDay(v.outcome.At)))
	if err := p.proof(v.outcome.Code, "proof_evaluation"); err != nil {
		return nil, err
	}
	return p.Bytes()
}

// organisation prints the unit's predicate and the curve that goes with it.
func (p paper) organisation(v printed) {
	in, _ := ReadInputs(v.outcome.Inputs) // read before, when it was recomputed
	p.Heading(p.t("organisation"))
	if in.Organisation == nil {
		p.Text(p.t("organisation_none"))
		return
	}
	p.Text(p.t("organisation_is", in.Organisation.Unit, p.word("organisation", string(in.Organisation.Predicate))))
	p.Heading(p.t("curve"))
	p.Curve(p.curve(in.Organisation.Predicate))
	p.Note(p.t("curve_note"))
}

// curve is the drawing of the annex: the peak lies at the predicate of the same
// name, percentages are not given.
func (p paper) curve(o OrganisationPredicate) pdf.Curve {
	steps := AllPredicates()
	slices.Reverse(steps)
	peak := len(steps) - 1 - slices.Index(AllOrganisationPredicates(), o)
	c := pdf.Curve{Lines: []pdf.CurveLine{{Name: p.t("curve_name", p.word("organisation", string(o)))}}}
	shape := []float64{1, 0.5, 0.2, 0.08, 0.03} // a drawing by distance from the peak, no rule
	for i, step := range steps {
		c.Steps = append(c.Steps, p.predicate(step))
		away := max(i-peak, peak-i)
		c.Lines[0].Values = append(c.Lines[0].Values, shape[away])
	}
	return c
}

// judged prints ratings or the predicate as lines of their own: names and
// words in turn. then is what follows them on the same page.
func (p paper) judged(then float64, namesAndWords ...string) {
	t := pdf.Table{Widths: []float64{30, 70}, Then: then}
	for pair := range slices.Chunk(namesAndWords, 2) {
		t.Rows = append(t.Rows, []pdf.Cell{{Text: p.t(pair[0]), Bold: true, Shade: true}, {Text: pair[1], Bold: true}})
	}
	p.Table(t)
}

func (p paper) evaluationTable(v printed, kind ResultKind) pdf.Table {
	leader := v.content.Form == LeaderForm
	columns := []string{p.t("no"), p.t("supports"), p.t("rhk"), p.t("aspect"), p.t("iki"), p.t("target"), p.t("realisation"), p.t("feedback")}
	t := pdf.Table{Widths: []float64{4, 15, 16, 9, 16, 10, 15, 15}, Small: true}
	if leader {
		columns = []string{p.t("no"), p.t("rhk"), p.t("iki"), p.t("target"), p.t("perspective"), p.t("realisation"), p.t("feedback")}
		t.Widths = []float64{4, 21, 19, 11, 11, 17, 17}
	}
	t.Head = [][]pdf.Cell{pdf.HeadCells(columns...)}
	n := 0
	for i := range v.content.Results {
		r := &v.content.Results[i]
		if r.Kind == kind {
			n++
			t.Rows = append(t.Rows, p.evaluationRows(v, *r, n, leader)...)
		}
	}
	if n == 0 {
		t.Rows = [][]pdf.Cell{{{Text: p.t("none"), Mute: true, Span: len(t.Widths)}}}
	}
	return t
}

func (p paper) evaluationRows(v printed, r Result, n int, leader bool) [][]pdf.Cell {
	number, supports, text := strconv.Itoa(n), dash(r.Supports.Text), r.Text
	var rows [][]pdf.Cell
	for k, in := range r.Indicators {
		about := r.ID
		if k > 0 {
			about = "" // feedback on the result stands in its first row
		}
		reached, said := p.realisation(v, in), p.said(v, AboutResult, about, v.evaluation.Superior.Words.Indicators[in.ID])
		if leader {
			rows = append(rows, joint(2, k > 0, number, text, in.Text, p.goal(in), p.face(in), reached, said))
		} else {
			rows = append(rows, joint(3, k > 0, number, supports, text, p.face(in), in.Text, p.goal(in), reached, said))
		}
	}
	return rows
}

// realisation prints what was reached, with the person's words.
func (p paper) realisation(v printed, in Indicator) string {
	text := ""
	if value := v.reached[in.ID].Value; value != "" {
		text = strings.TrimSpace(p.s.words.Num(value) + " " + in.Unit)
	}
	if words := v.evaluation.selfSaid().Indicators[in.ID].Text; words != "" {
		text = strings.TrimSpace(text + "\n" + words)
	}
	return dash(text)
}

// mostPrinted is how many pieces of feedback one cell of a form prints.
const mostPrinted = 3

// said prints the superior's words, then feedback given during the year.
func (p paper) said(v printed, about About, ref string, say Say) string {
	var lines []string
	if say.Text != "" {
		lines = append(lines, say.Text)
	} else if say.Mark != "" {
		lines = append(lines, p.word("rating", string(say.Mark)))
	}
	for _, f := range v.feedback {
		if f.About == about && f.Ref == ref && ref != "" && f.Text != "" && len(lines) < mostPrinted {
			lines = append(lines, f.Text)
		}
	}
	return dash(strings.Join(lines, "\n"))
}

// credit prints the points a predicate gives, with the rule's figures. then is
// what follows them on the same page.
func (p paper) credit(c *Credit, then float64) {
	if c == nil {
		return
	}
	p.Heading(p.t("credit"))
	t := pdf.Table{Widths: []float64{40, 24, 12, 24}, Head: [][]pdf.Cell{pdf.HeadCells(p.t("post"), p.t("credit_span"), p.t("months"), p.t("points"))}}
	for _, l := range c.Lines {
		t.Rows = append(t.Rows, []pdf.Cell{
			{Text: l.Post}, {Text: p.span(l.From, l.To)}, {Text: p.s.words.Num(l.Months), Align: "R"}, {Text: p.s.words.Num(l.Points.String()), Align: "R"},
		})
	}
	if len(c.Lines) > 1 {
		t.Rows = append(t.Rows, []pdf.Cell{{Text: p.t("points_all"), Bold: true, Span: 3}, {Text: p.s.words.Num(c.Points.String()), Align: "R", Bold: true}})
	}
	p.Table(t)
	for i, l := range c.Lines {
		t := p.whyTable(l.Because)
		if i == len(c.Lines)-1 {
			t.Then = then
		}
		p.Table(t)
	}
}
