package appraisal

import (
	"context"
	"strconv"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf"
	"github.com/gurindam/gurindam/rulebook"
)

// OrganisationPDF prints the form on which a unit's predicate is set
// ("Penetapan Predikat Kinerja Organisasi"): the predicate, its evidence, the
// pattern that goes with it and how the unit's people spread beside it. It
// names nobody but the head and who has set it. NotFound before it is set.
func (s *Service) OrganisationPDF(ctx context.Context, actor account.Actor, unit string, w Window) ([]byte, error) {
	v, err := s.Organisation(ctx, actor, unit, w)
	if err != nil {
		return nil, err
	}
	if v.Version == 0 {
		return nil, fault.Missing("appraisal.missing.organisation")
	}
	year, err := s.period(ctx, w.Year)
	if err != nil {
		return nil, err
	}
	part := Part{Year: year.Year, OrgUnit: unit, Who: Identity{Name: v.Unit, Unit: v.Unit}, From: w.From(), To: w.To()}
	p, err := s.newPaper(ctx, part, year, sheetOf{title: "org_form", at: v.At})
	if err != nil {
		return nil, err
	}
	return p.organisationForm(v)
}

func (p paper) organisationForm(v OrganisationView) ([]byte, error) {
	p.Title(p.t("org_form"), p.t("window", p.windowName(v.Window), p.span(v.Window.From(), v.Window.To())))
	head := "–"
	if v.Lead != nil {
		head = v.Lead.Who.Name + ", " + v.Lead.Who.Post
	}
	row := func(name, value string, bold bool) []pdf.Cell {
		return []pdf.Cell{{Text: p.t(name), Mute: true}, {Text: value, Bold: bold}}
	}
	p.Table(pdf.Table{Widths: []float64{36, 64}, Rows: [][]pdf.Cell{
		row("unit", v.Unit, false),
		row("org_head", head, false),
		row("org_predicate", p.word("organisation", string(v.Predicate)), true),
		row("org_reason", dash(v.Reason), false),
		row("org_evidence", dash(v.Evidence), false),
	}})
	if len(v.Proof) > 0 {
		p.Heading(p.t("org_achieved"))
		p.Table(p.proofTable(v.Proof))
	}
	p.Heading(p.t("curve"))
	p.Curve(p.curve(v.Predicate))
	p.Note(p.t("curve_note"))
	if v.Spread != nil && v.Spread.Total > 0 {
		p.Heading(p.t("org_spread", strconv.FormatInt(v.Spread.Total, 10)))
		p.Table(p.spreadTable(*v.Spread))
		p.Note(p.spreadNote(*v.Spread))
	}
	for _, r := range v.Reasons {
		p.Text(p.t("org_why", r.By.Name, p.s.words.Date(p.s.inZone(r.At)), r.Text))
	}
	by := Identity{Name: v.By.Name}
	if v.Rater.PersonID == v.By.PersonID {
		by = v.Rater
	}
	p.Signatures(p.signed("org_by", by, v.At, p.placeAndDay(v.At)))
	return p.Bytes()
}

// proofTable prints what the unit promised beside what was reached.
func (p paper) proofTable(lines []ReviewLine) pdf.Table {
	t := pdf.Table{Widths: []float64{6, 54, 20, 20}, Small: true, Head: [][]pdf.Cell{pdf.HeadCells(p.t("no"), p.t("iki"), p.t("target"), p.t("realisation_short"))}}
	for i, l := range lines {
		value := "–"
		if l.Value != "" {
			value = p.s.words.Num(l.Value)
		}
		t.Rows = append(t.Rows, pdf.Cells(strconv.Itoa(i+1), l.Indicator.Text, p.goal(l.Indicator), value))
	}
	return t
}

// spreadTable prints how many people have each predicate.
func (p paper) spreadTable(a SpreadAdvice) pdf.Table {
	t := pdf.Table{Widths: []float64{50, 25, 25}, Head: [][]pdf.Cell{pdf.HeadCells(p.t("predicate"), p.t("people_n"), p.t("share"))}}
	for _, code := range AllPredicates() {
		n := a.Counts[code]
		share := rulebook.Ratio(100*n, a.Total).Round(1)
		t.Rows = append(t.Rows, []pdf.Cell{
			{Text: p.predicate(code)}, {Text: strconv.FormatInt(n, 10), Align: "R"}, {Text: p.s.words.Num(share.String()) + " %", Align: "R"},
		})
	}
	return t
}

func (p paper) spreadNote(a SpreadAdvice) string {
	switch {
	case a.Result.Fits:
		return p.t("spread_fits")
	case a.Impossible():
		return p.t("spread_impossible", strconv.FormatInt(a.Total, 10))
	}
	return p.t("spread_differs", strconv.Itoa(len(a.Result.Violations)))
}
