package appraisal

import (
	"context"
	"strconv"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf"
)

// PlanPDF prints a revision of an SKP; 0 is the plan as it stands, marked as a
// draft unless it is the approved one.
func (s *Service) PlanPDF(ctx context.Context, actor account.Actor, part string, revision int) ([]byte, error) {
	p, year, err := s.view(ctx, actor, part)
	if err != nil {
		return nil, err
	}
	print, err := s.printedPlan(ctx, p, revision)
	if err != nil {
		return nil, err
	}
	values, err := s.values(ctx, year)
	if err != nil {
		return nil, err
	}
	doc, err := s.newPaper(ctx, p, year, sheetOf{title: "skp", at: print.at, landscape: true})
	if err != nil {
		return nil, err
	}
	return doc.plan(print, values)
}

// printedPlan is what an SKP form prints.
type printedPlan struct {
	Content
	number    int // of the revision, 0 for a draft
	code      string
	at        time.Time // of the approval
	submitted time.Time
	by        Signer
}

func (s *Service) printedPlan(ctx context.Context, p Part, revision int) (printedPlan, error) {
	plan, err := planOf(ctx, s.db, p)
	if err != nil {
		return printedPlan{}, err
	}
	draft := printedPlan{Content: plan.Content, submitted: plan.SubmittedAt}
	if revision == 0 && plan.State != Approved {
		if plan.State == NotMade {
			return draft, fault.Missing("appraisal.plan.none")
		}
		return draft, nil
	}
	all, err := revisionsOf(ctx, s.db, p.ID)
	if err != nil {
		return draft, err
	}
	for _, v := range all {
		if revision == 0 || v.Number == revision {
			return printedPlan{Content: v.Content, number: v.Number, code: v.Code, at: v.At, submitted: plan.SubmittedAt, by: v.By}, nil
		}
	}
	return draft, fault.Missing("appraisal.plan.none")
}

func (p paper) plan(print printedPlan, values []Value) ([]byte, error) {
	p.Title(p.t("skp"), p.t("approach."+string(print.Approach)+"."+string(print.Form)))
	if print.number == 0 {
		p.Note(p.t("draft"))
	}
	p.Text(p.t("period", p.span(p.year.From, p.year.To)))
	p.people(p.part.Who, p.part.Evaluator)
	for _, kind := range []ResultKind{Main, Additional} {
		p.Heading(p.t("results." + string(kind)))
		p.Table(p.planTable(print.Content, kind))
	}
	p.Heading(p.t("conduct"))
	conduct := p.valuesTable(values, func(v Value) []string { return []string{dash(print.Expectations[v.Code])} }, p.t("expectation"))
	conduct.Then = pdf.Closing
	p.Table(conduct)
	p.Close()
	p.Signatures(
		p.signed("person", p.part.Who, print.submitted, ""),
		p.signed("evaluator", p.part.Evaluator, print.at, p.placeAndDay(print.at)),
	)
	p.annex(print.Annex)
	if err := p.proof(print.code, "proof_skp"); err != nil {
		return nil, err
	}
	return p.Bytes()
}

// planTable is the table of results: its columns are the form's.
func (p paper) planTable(c Content, kind ResultKind) pdf.Table {
	t := pdf.Table{Head: [][]pdf.Cell{pdf.HeadCells(p.planColumns(c)...)}, Widths: planWidths(c), Small: true}
	n := 0
	for _, r := range c.Results {
		if r.Kind != kind {
			continue
		}
		n++
		t.Rows = append(t.Rows, p.planRows(c, r, n)...)
	}
	if n == 0 {
		t.Rows = [][]pdf.Cell{{{Text: p.t("none"), Mute: true, Span: len(t.Widths)}}}
	}
	return t
}

func (p paper) planColumns(c Content) []string {
	switch {
	case c.Approach == Qualitative:
		return []string{p.t("no"), p.t("supports"), p.t("rhk"), p.t("success")}
	case c.Form == LeaderForm:
		return []string{p.t("no"), p.t("rhk"), p.t("iki"), p.t("target"), p.t("perspective")}
	}
	return []string{p.t("no"), p.t("supports"), p.t("rhk"), p.t("aspect"), p.t("iki"), p.t("target")}
}

func planWidths(c Content) []float64 {
	switch {
	case c.Approach == Qualitative:
		return []float64{5, 26, 32, 37}
	case c.Form == LeaderForm:
		return []float64{5, 35, 32, 14, 14}
	}
	return []float64{5, 24, 24, 10, 24, 13}
}

// planRows prints one result: its own cells stand in the first row, one row
// for each indicator.
func (p paper) planRows(c Content, r Result, n int) [][]pdf.Cell {
	text := r.Text
	if r.Assignment != "" {
		text += "\n" + p.t("assignment", r.Assignment)
	}
	number, supports := strconv.Itoa(n), dash(r.Supports.Text)
	indicators := r.Indicators
	if len(indicators) == 0 {
		indicators = []Indicator{{Text: "–"}}
	}
	var rows [][]pdf.Cell
	for k, in := range indicators {
		switch {
		case c.Approach == Qualitative:
			rows = append(rows, joint(3, k > 0, number, supports, text, in.Text+"\n"+p.goal(in)))
		case c.Form == LeaderForm:
			rows = append(rows, joint(2, k > 0, number, text, in.Text, p.goal(in), p.face(in)))
		default:
			rows = append(rows, joint(3, k > 0, number, supports, text, p.face(in), in.Text, p.goal(in)))
		}
	}
	return rows
}

// joint makes a row whose first n cells belong to the result: in its further
// rows they go on from the cell above.
func joint(n int, further bool, texts ...string) []pdf.Cell {
	row := pdf.Cells(texts...)
	if further {
		for i := range n {
			row[i] = pdf.Cell{Joint: true}
		}
	}
	return row
}

// valuesTable prints the seven values with their guides and further columns.
func (p paper) valuesTable(values []Value, more func(Value) []string, columns ...string) pdf.Table {
	t := pdf.Table{Head: [][]pdf.Cell{pdf.HeadCells(append([]string{p.t("no"), p.t("value")}, columns...)...)}, Small: true}
	t.Widths = []float64{4, 52}
	for range columns {
		t.Widths = append(t.Widths, 44/float64(len(columns)))
	}
	for i, v := range values {
		text := v.Name.ID
		for _, g := range v.Guides {
			text += "\n• " + g.ID
		}
		t.Rows = append(t.Rows, pdf.Cells(append([]string{strconv.Itoa(i + 1), text}, more(v)...)...))
	}
	return t
}

// annex prints the lampiran SKP, its end on one page with the foot.
func (p paper) annex(a Annex) {
	p.Heading(p.t("annex"))
	for _, list := range []struct {
		name  string
		lines []string
	}{{"resources", a.Resources}, {"accountability", a.Accountability}, {"consequences", a.Consequences}} {
		t := pdf.Table{Widths: []float64{5, 95}, Head: [][]pdf.Cell{{{Text: p.t(list.name), Bold: true, Shade: true, Span: 2}}}, Small: true}
		for i, line := range list.lines {
			t.Rows = append(t.Rows, pdf.Cells(strconv.Itoa(i+1), line))
		}
		if len(t.Rows) == 0 {
			t.Rows = [][]pdf.Cell{{{Text: p.t("none"), Mute: true, Span: 2}}}
		}
		if list.name == "consequences" {
			t.Then = pdf.Foot
		}
		p.Table(t)
	}
}
