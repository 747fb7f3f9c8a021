package cascade

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf"
)

// PDF prints the agreement of a unit as PermenPANRB 53/2014 forms it: the
// promise with both signatures, then the annex of goals, measures and targets
// with the programmes. It is Indonesian whatever the language of the page.
func (s *Service) PDF(ctx context.Context, actor account.Actor, year int, unit string) ([]byte, error) {
	v, err := s.Agreement(ctx, actor, year, unit)
	if err != nil {
		return nil, err
	}
	if v.State == None {
		return nil, fault.Missing("cascade.none")
	}
	t := s.Words.T
	title := t("cascade.doc.title", strconv.Itoa(v.Year))
	d := pdf.New(pdf.Config{Title: title, Author: s.Agency.Name, Lang: "id", Date: v.UpdatedAt, Running: title + " · " + v.Unit, PageLine: t("cascade.doc.page")})
	s.promise(d, v.Agreement, title)
	d.NewPage()
	s.annex(d, v.Agreement)
	return d.Bytes()
}

func (s *Service) letterhead(d *pdf.Doc, a Agreement) {
	above, name := strings.ToUpper(s.Agency.Name), strings.ToUpper(a.Unit)
	if above == name {
		above = ""
	}
	d.Letterhead(above, name, s.Agency.Address)
}

// promise is the first page.
func (s *Service) promise(d *pdf.Doc, a Agreement, title string) {
	t := s.Words.T
	s.letterhead(d, a)
	sub := ""
	if a.Number != "" {
		sub = t("cascade.doc.number", a.Number)
	}
	if a.Revision > 1 || a.Revision == 1 && a.State != Signed {
		title = t("cascade.doc.title_changed", strconv.Itoa(a.Year))
	}
	d.Title(strings.ToUpper(title), sub)
	if a.State != Signed {
		d.Note(t("cascade.doc.draft"))
	}
	d.Text(t("cascade.doc.opening"))
	d.Pairs([2]string{t("cascade.doc.name"), a.First.Name}, [2]string{t("cascade.doc.post"), a.First.Post})
	d.Text(t("cascade.doc.first"))
	if a.Second.PersonID != "" {
		d.Pairs([2]string{t("cascade.doc.name"), a.Second.Name}, [2]string{t("cascade.doc.post"), a.Second.Post})
		d.Text(t("cascade.doc.second"))
	}
	d.Text(t("cascade.doc.promise"))
	if a.Second.PersonID != "" {
		d.Text(t("cascade.doc.supervise"))
	}
	s.signatures(d, a)
}

func (s *Service) signatures(d *pdf.Doc, a Agreement) {
	t := s.Words.T
	day := t("cascade.doc.undated", s.Agency.City)
	if a.SignedOn != "" {
		day = t("cascade.doc.place", s.Agency.City, s.Words.Date(string(a.SignedOn)))
	}
	how := func(at time.Time) string {
		switch {
		case a.Paper:
			return t("cascade.doc.on_paper")
		case !at.IsZero():
			return t("cascade.doc.signed_at", s.Words.Date(at.In(s.Zone).Format(time.DateOnly)))
		}
		return ""
	}
	var list []pdf.Signature
	if a.Second.PersonID != "" {
		list = append(list, signature(t("cascade.doc.role_second"), a.Second, how(a.SecondAt), ""))
	}
	d.Signatures(append(list, signature(t("cascade.doc.role_first"), a.First, how(a.FirstAt), day))...)
}

func signature(role string, who appraisal.Identity, how, above string) pdf.Signature {
	return pdf.Signature{Above: above, Role: role, How: how, Name: who.Name, NIP: who.NIP, Rank: who.Rank}
}

// annex lists goals with their measures, and programmes with their budget.
func (s *Service) annex(d *pdf.Doc, a Agreement) {
	t := s.Words.T
	d.Title(t("cascade.doc.annex"), a.Unit)
	var rows [][]pdf.Cell
	for i, g := range a.Goals {
		for k, m := range g.Measures {
			row := []pdf.Cell{{}, {}, {Text: m.Text}, {Text: s.target(m), Align: "R"}}
			if k == 0 {
				row[0], row[1] = pdf.Cell{Text: strconv.Itoa(i + 1), Align: "C"}, pdf.Cell{Text: g.Text}
			}
			rows = append(rows, row)
		}
		if len(g.Measures) == 0 {
			rows = append(rows, []pdf.Cell{{Text: strconv.Itoa(i + 1), Align: "C"}, {Text: g.Text}, {Text: "–"}, {Text: "–", Align: "R"}})
		}
	}
	d.Table(pdf.Table{Widths: []float64{6, 40, 38, 16}, Head: [][]pdf.Cell{pdf.HeadCells("No.", t("cascade.goal"), t("cascade.measure"), t("cascade.target"))}, Rows: rows})
	if len(a.Programs) == 0 {
		return
	}
	d.Heading(t("cascade.doc.programs"))
	rows = nil
	for i, p := range a.Programs {
		rows = append(rows, []pdf.Cell{{Text: strconv.Itoa(i + 1), Align: "C"}, {Text: p.Text}, {Text: "Rp " + s.Words.Num(p.Budget), Align: "R"}, {Text: p.Note}})
	}
	rows = append(rows, []pdf.Cell{{Text: t("cascade.doc.total"), Span: 2, Bold: true}, {Text: "Rp " + s.Words.Num(a.Total()), Align: "R", Bold: true}, {}})
	d.Table(pdf.Table{Widths: []float64{6, 50, 24, 20}, Head: [][]pdf.Cell{pdf.HeadCells("No.", t("cascade.program"), t("cascade.budget"), t("cascade.note"))}, Rows: rows})
}

func (s *Service) target(m Measure) string {
	if m.Target == "" {
		return m.Unit
	}
	return strings.TrimSpace(s.Words.Num(m.Target) + " " + m.Unit)
}
