package appraisal

import (
	"context"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/pdf"
	"github.com/gurindam/gurindam/internal/qr"
)

// paper is one official form being printed. Forms are Indonesian whatever the
// language of the page: they are the regulation's.
type paper struct {
	*pdf.Doc
	s    *Service
	part Part
	year Period
	unit string // the office on the letterhead
}

// t returns a text of the forms.
func (p paper) t(key string, args ...any) string {
	return p.s.words.T("appraisal.doc."+key, args...)
}

// word returns a code word as forms print it.
func (p paper) word(group, code string) string {
	if code == "" {
		return "–"
	}
	return p.s.words.T("appraisal." + group + "." + code)
}

// predicate names a predicate as the regulation's forms do.
func (p paper) predicate(code Predicate) string {
	if code == Poor {
		return p.t("kurang") // printed "Kurang/misconduct"
	}
	return p.word("predicate", string(code))
}

// sheetOf describes a form before it is begun.
type sheetOf struct {
	title     string // key below appraisal.doc
	at        time.Time
	landscape bool
	attached  []pdf.File
}

// newPaper begins a form with the letterhead of the person's office.
func (s *Service) newPaper(ctx context.Context, part Part, year Period, form sheetOf) (paper, error) {
	units, err := s.unitsOf(ctx, s.db, year)
	if err != nil {
		return paper{}, err
	}
	p := paper{s: s, part: part, year: year, unit: units[part.OrgUnit].Name}
	if p.unit == "" {
		p.unit = part.Who.Unit
	}
	title := p.t(form.title)
	at := form.at
	if at.IsZero() {
		at = s.now()
	}
	p.Doc = pdf.New(pdf.Config{
		Title: title + ", " + part.Who.Name, Subject: p.t("subject", part.Year), Author: s.agency.Name, Lang: "id", Date: at.UTC(),
		Landscape: form.landscape, Running: title + " · " + part.Who.Name, PageLine: p.t("page"), Attached: form.attached,
	})
	above, name := strings.ToUpper(s.agency.Name), strings.ToUpper(p.unit)
	if above == name {
		above = ""
	}
	p.Letterhead(above, name, s.agency.Address)
	return p, nil
}

// people writes the identities side by side, each with its heading.
func (p paper) people(who ...Identity) {
	headings := []string{"person", "evaluator", "above"}
	head := pdf.HeadCells(append([]string{""}, make([]string, len(who))...)...)
	rows := [][]pdf.Cell{
		{{Text: p.t("name"), Mute: true}},
		{{Text: p.t("nip"), Mute: true}},
		{{Text: p.t("rank"), Mute: true}},
		{{Text: p.t("post"), Mute: true}},
		{{Text: p.t("unit"), Mute: true}},
	}
	widths := []float64{24}
	for i, w := range who {
		head[i+1].Text = p.t(headings[i])
		widths = append(widths, 136/float64(len(who)))
		for r, text := range []string{w.Name, nipWritten(w.NIP), w.Rank, w.Post, w.Unit} {
			rows[r] = append(rows[r], pdf.Cell{Text: dash(text)})
		}
	}
	p.Table(pdf.Table{Widths: widths, Head: [][]pdf.Cell{head}, Rows: rows})
}

// nipWritten groups the 18 digits as they are written on forms.
func nipWritten(nip string) string {
	if len(nip) != 18 {
		return nip
	}
	return nip[:8] + " " + nip[8:14] + " " + nip[14:15] + " " + nip[15:]
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// signed describes who signed, when it was.
func (p paper) signed(role string, who Identity, at time.Time, first string) pdf.Signature {
	s := pdf.Signature{Role: p.t(role), Name: who.Name, NIP: nipWritten(who.NIP), Rank: who.Rank, Above: first}
	if !at.IsZero() {
		s.How = p.t("signed")
	}
	if s.Above == "" {
		s.Above = "\u00a0" // the line stays empty, so that the names stand level
	}
	return s
}

// placeAndDay is what stands above a signature: "Tanjungpinang, 19 Januari 2026".
func (p paper) placeAndDay(at time.Time) string {
	day := p.s.inZone(at)
	if day == "" {
		return p.t("place_open", p.s.agency.City)
	}
	return p.t("place", p.s.agency.City, p.s.words.Date(day))
}

// proof writes the foot that leads to the verification page.
func (p paper) proof(code, sentence string) error {
	if code == "" {
		return nil
	}
	address := p.s.site + code
	c, err := qr.Encode(address)
	if err != nil {
		return err
	}
	p.Proof(c, p.t(sentence), address)
	return nil
}

// windowName is how a window is called: Tahun 2025, Triwulan I 2025, Januari
// 2025.
func (p paper) windowName(w Window) string {
	switch w.Kind {
	case Quarter:
		return p.t("quarter", []string{"I", "II", "III", "IV"}[w.N-1], w.Code()[:4])
	case Month:
		return p.s.words.Month(w.Code())
	}
	return p.t("year", w.Code())
}

// span writes the days of a part within a window.
func (p paper) span(from, to Day) string {
	return p.t("span", p.s.words.Date(string(max(from, p.part.From))), p.s.words.Date(string(min(to, p.part.To))))
}

// goal writes an indicator's target with its direction, as on the form.
func (p paper) goal(in Indicator) string {
	if in.TargetText != "" {
		return in.TargetText
	}
	if in.Target == "" {
		return "–"
	}
	text := p.s.words.Num(in.Target)
	if in.Unit != "" {
		text += " " + in.Unit
	}
	if in.Direction == Down {
		return "≤ " + text
	}
	return text
}

// face names an aspect or a perspective.
func (p paper) face(in Indicator) string { return p.word("face", in.Face) }
