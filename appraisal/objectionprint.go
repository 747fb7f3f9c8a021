package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf"
)

// ObjectionPDF prints the record of an objection (berita acara keberatan): who
// objected to what, what both said in the hearing, and the decision once it is
// made. NotFound while nobody has objected.
func (s *Service) ObjectionPDF(ctx context.Context, actor account.Actor, part string, w Window) ([]byte, error) {
	v, year, err := s.printable(ctx, actor, part, w)
	if err != nil {
		return nil, err
	}
	o := v.evaluation.Objection
	if o == nil {
		return nil, fault.Missing("appraisal.objection.absent")
	}
	at := o.FiledAt
	if !o.DecidedAt.IsZero() {
		at = o.DecidedAt
	}
	p, err := s.newPaper(ctx, v.part, year, sheetOf{title: "objection_form", at: at})
	if err != nil {
		return nil, err
	}
	return p.objectionForm(v, *o)
}

func (p paper) objectionForm(v printed, o Objection) ([]byte, error) {
	p.Title(p.t("objection_form"), p.t("window", p.windowName(v.window), p.span(v.window.From(), v.window.To())))
	p.people(v.part.Who, v.part.Evaluator, v.part.Above)
	first := v.outcome
	if n := len(v.evaluation.Earlier); n > 0 {
		first = v.evaluation.Earlier[n-1]
	}
	p.Heading(p.t("objection_to"))
	p.Table(p.outcomeTable(first, v.evaluation))
	p.Heading(p.t("objection", p.s.words.Date(p.s.inZone(o.FiledAt))))
	p.Text(o.Text)
	p.Heading(p.t("hearing"))
	p.Text(p.t("heard_evaluator", v.part.Evaluator.Name, dash(o.Evaluator)))
	p.Text(p.t("heard_person", v.part.Who.Name, dash(o.Person)))
	p.Heading(p.t("decision"))
	if o.DecidedAt.IsZero() {
		p.Note(p.t("objection_open"))
		if o.DecideBy != "" {
			p.Note(p.t("decide_by", p.s.words.Date(string(o.DecideBy))))
		}
		return p.Bytes()
	}
	p.Text(o.Decision)
	p.Table(p.outcomeTable(v.outcome, v.evaluation))
	p.Note(p.t("final"))
	above := p.signed("above", v.part.Above, o.DecidedAt, p.placeAndDay(o.DecidedAt))
	if v.part.Above.PersonID != o.DecidedBy.PersonID {
		above.Name, above.NIP, above.Rank = o.DecidedBy.Name, "", ""
	}
	p.Signatures(above)
	if err := p.proof(v.outcome.Code, "proof_document"); err != nil {
		return nil, err
	}
	return p.Bytes()
}

// outcomeTable prints one result with its ratings.
func (p paper) outcomeTable(o Outcome, e Evaluation) pdf.Table {
	received := "–"
	if !e.ReceivedAt.IsZero() {
		received = p.s.words.Date(p.s.inZone(e.ReceivedAt))
	}
	row := func(name, value string, bold bool) []pdf.Cell {
		return []pdf.Cell{{Text: p.t(name), Mute: true}, {Text: value, Bold: bold}}
	}
	rows := [][]pdf.Cell{
		row("rating_results", p.word("rating", string(o.Results)), false),
		row("rating_conduct", p.word("rating", string(o.Conduct)), false),
		row("predicate", p.predicate(o.Predicate), true),
		row("set_on", p.s.words.Date(p.s.inZone(o.At))+", "+o.By.Name, false),
	}
	if o.Number == 1 {
		rows = append(rows, row("received_on", received, false))
	}
	return pdf.Table{Widths: []float64{36, 64}, Rows: rows}
}
