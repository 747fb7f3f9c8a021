package appraisal

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/pdf"
	"github.com/gurindam/gurindam/rulebook"
)

// DocumentPDF prints the "Dokumen Evaluasi Kinerja Pegawai": the three people,
// the result, how it came about, an objection and its decision, the signatures.
// The receipt is attached to the file where there is a key to sign it with.
func (s *Service) DocumentPDF(ctx context.Context, actor account.Actor, part string, w Window) ([]byte, error) {
	v, year, err := s.printable(ctx, actor, part, w)
	if err != nil {
		return nil, err
	}
	form := sheetOf{title: "document", at: v.outcome.At}
	if s.signer != nil {
		book, err := s.books.Kept(ctx, v.outcome.BookHash)
		if err != nil {
			return nil, err
		}
		file, err := s.receipt(v.outcome, book)
		if err != nil {
			return nil, err
		}
		form.attached = []pdf.File{{Name: v.outcome.Code + ".json", Note: s.words.T("appraisal.doc.receipt"), Content: file}}
	}
	doc, err := s.newPaper(ctx, v.part, year, form)
	if err != nil {
		return nil, err
	}
	return doc.document(v)
}

func (p paper) document(v printed) ([]byte, error) {
	p.Title(p.t("document"), p.t("window", p.windowName(v.window), p.span(v.window.From(), v.window.To())))
	p.people(v.part.Who, v.part.Evaluator, v.part.Above)
	p.parts(v.besides)
	p.Heading(p.t("evaluation_of"))
	p.Table(p.resultTable(v))
	p.Heading(p.t("matrix"))
	rules, err := rulebook.Load[PredicateRule](v.book)
	if err != nil {
		return nil, err
	}
	p.Matrix(p.matrix(rules, v.explained))
	p.Heading(p.t("why"))
	why, then := p.whyTable(v.explained.Because), pdf.Closing
	if v.evaluation.Objection != nil {
		then = 0
	}
	if v.credit == nil && then > 0 {
		why.Then = then + noteRoom
	}
	p.Table(why)
	p.Note(p.changes(v.explained.Changes))
	p.credit(v.credit, then)
	p.objection(v.evaluation)
	p.Close()
	p.documentSignatures(v)
	if err := p.proof(v.outcome.Code, "proof_document"); err != nil {
		return nil, err
	}
	return p.Bytes()
}

// noteRoom is what the sentence on other results takes at most.
const noteRoom = 14

func (p paper) resultTable(v printed) pdf.Table {
	in, _ := ReadInputs(v.outcome.Inputs) // read before, when it was recomputed
	organisation := "–"
	if in.Organisation != nil {
		organisation = p.word("organisation", string(in.Organisation.Predicate))
	}
	row := func(name, value string, bold bool) []pdf.Cell {
		return []pdf.Cell{{Text: name, Mute: true}, {Text: value, Bold: bold}}
	}
	return pdf.Table{Widths: []float64{36, 64}, Rows: [][]pdf.Cell{
		row(p.t("organisation"), organisation, false),
		row(p.t("rating_results"), p.word("rating", string(v.explained.Results)), false),
		row(p.t("rating_conduct"), p.word("rating", string(v.explained.Conduct)), false),
		row(p.t("predicate"), p.predicate(v.outcome.Predicate), true),
		row(p.t("note"), dash(v.evaluation.Ratings.Note), false),
	}}
}

// matrix draws the rule's nine cells with the one that counts lit.
func (p paper) matrix(rules PredicateRule, e Explained) pdf.Matrix {
	rows := AllRatings()
	columns := slices.Clone(rows)
	slices.Reverse(columns)
	m := pdf.Matrix{Row: slices.Index(rows, e.Results), Column: slices.Index(columns, e.Conduct)}
	for _, c := range columns {
		m.Columns = append(m.Columns, p.t("conduct_short", p.t("short."+string(c))))
	}
	for _, r := range rows {
		m.Rows = append(m.Rows, p.t("results_short", p.t("short."+string(r))))
		var cells []string
		for _, c := range columns {
			cells = append(cells, p.predicate(rules.Of(r, c)))
		}
		m.Cells = append(m.Cells, cells)
	}
	return m
}

// whyTable prints the steps to the predicate with their regulation; what each
// is made of stands below it in quiet letters.
func (p paper) whyTable(because rulebook.Because) pdf.Table {
	t := pdf.Table{Widths: []float64{46, 22, 32}, Head: [][]pdf.Cell{pdf.HeadCells(p.t("step"), p.t("value_of"), p.t("source"))}, Small: true}
	for _, s := range because {
		t.Rows = append(t.Rows, []pdf.Cell{{Text: s.Label(p.s.words), Bold: true}, {Text: capital(rulebook.Show(p.s.words, s.Value)), Bold: true}, {Text: s.Source}})
		for _, part := range s.Parts {
			t.Rows = append(t.Rows, []pdf.Cell{{Text: part.Label(p.s.words), Mute: true}, {Text: capital(rulebook.Show(p.s.words, part.Value)), Mute: true, Span: 2}})
		}
	}
	return t
}

// capital begins a text with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// changes says what would have led to another predicate.
func (p paper) changes(all []Change) string {
	if len(all) == 0 {
		return p.t("change_none")
	}
	var lines []string
	for _, c := range all {
		if c.Results != "" {
			lines = append(lines, p.t("change_results", p.t("short."+string(c.Results)), p.predicate(c.Predicate)))
		} else {
			lines = append(lines, p.t("change_conduct", p.t("short."+string(c.Conduct)), p.predicate(c.Predicate)))
		}
	}
	return p.t("change", strings.Join(lines, "; "))
}

// objection prints what was objected and decided; nothing when nobody did.
func (p paper) objection(e Evaluation) {
	o := e.Objection
	if o == nil {
		return
	}
	p.Heading(p.t("objection", p.s.words.Date(p.s.inZone(o.FiledAt))))
	p.Text(o.Text)
	if o.Evaluator != "" {
		p.Text(p.t("explanation", o.Evaluator))
	}
	if o.DecidedAt.IsZero() {
		p.TextThen(p.t("objection_open"), pdf.Closing)
		return
	}
	outcome := "objection_kept"
	if o.Changed {
		outcome = "objection_changed"
	}
	p.TextThen(p.t(outcome, p.s.words.Date(p.s.inZone(o.DecidedAt)), o.DecidedBy.Name, o.Decision), pdf.Closing+noteRoom)
	for _, old := range e.Earlier {
		p.Note(p.t("earlier", p.predicate(old.Predicate), p.s.words.Date(p.s.inZone(old.At))))
	}
}

func (p paper) documentSignatures(v printed) {
	e := v.evaluation
	received := p.t("received_open")
	if !e.ReceivedAt.IsZero() {
		received = p.t("received", p.s.words.Date(p.s.inZone(e.ReceivedAt)))
	}
	decided := v.outcome.At
	if len(e.Earlier) > 0 {
		decided = e.Earlier[len(e.Earlier)-1].At
	}
	list := []pdf.Signature{
		p.signed("person", v.part.Who, e.ReceivedAt, received),
		p.signed("evaluator", v.part.Evaluator, decided, p.placeAndDay(decided)),
	}
	if v.part.Above.PersonID != "" {
		above := p.signed("above", v.part.Above, v.outcome.At, "")
		if len(e.Earlier) == 0 {
			above.How = ""
		}
		list = append(list, above)
	}
	p.Signatures(list...)
}
