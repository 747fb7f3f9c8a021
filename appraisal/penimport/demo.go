package penimport

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Demo loads for the sample city what a school has sent of a year: the plans
// of its teachers as Ruang GTK holds them, and their results. Three of its rows
// cannot be found at once: a NIP with a digit too high, somebody who has
// married and is called otherwise, and somebody of another school. All others
// have nothing left to do. keep are people whose rows are right. A school of
// fewer than five is left alone.
func (s *Service) Demo(ctx context.Context, actor account.Actor, year int, unit string, keep ...string) error {
	parts, err := s.Appraisal.Parts(ctx, s.DB, year)
	if err != nil {
		return err
	}
	people := demoPeople(parts, unit, keep)
	if people == nil {
		return nil
	}
	for _, f := range []struct {
		name string
		rows func(demoPerson) [][]string
	}{
		{"skp-guru-ruang-gtk.csv", demoPlan},
		{"hasil-guru-ruang-gtk.csv", demoResult},
	} {
		body, err := demoFile(people, f.rows)
		if err != nil {
			return err
		}
		sent, err := s.Keep(ctx, actor, appraisal.AnnualOf(year), f.name, body)
		if err != nil {
			return err
		}
		if _, err := s.Load(ctx, actor, sent.ID); err != nil {
			return err
		}
	}
	return nil
}

// demoPerson is one teacher as the school's file has them.
type demoPerson struct {
	nip, name, unit, rater string
	lot                    int // tells the teachers' results apart
}

// demoPeople returns the rows of a school, three of them wrong; the head, who
// is evaluated elsewhere, is not among them.
func demoPeople(parts []appraisal.Part, unit string, keep []string) []demoPerson {
	school, others := teachers(parts, unit)
	if len(school) < 5 || len(others) == 0 {
		return nil
	}
	wrong := 0
	var all []demoPerson
	for i, p := range school {
		if p.Who.PersonID == p.Evaluator.PersonID || headed(parts, p.Who.PersonID) {
			continue
		}
		row := demoPerson{p.Who.NIP, p.Who.Name, p.Who.Unit, p.Evaluator.Name, i}
		if !slices.Contains(keep, p.Who.PersonID) && wrong < 2 && i > 1 {
			if wrong++; wrong == 1 {
				row.nip = row.nip[:17] + next(row.nip[17])
			} else {
				row.nip, row.name = "", married(p.Who.Name)
			}
		}
		all = append(all, row)
	}
	away := others[len(others)/2]
	return append(all, demoPerson{"", away.Who.Name, all[0].unit, all[0].rater, 1})
}

// teachers returns who teaches in a school and who does in others, by name.
func teachers(parts []appraisal.Part, unit string) (school, others []appraisal.Part) {
	for _, p := range parts {
		switch {
		case p.Pen != appraisal.PenRuangGTK || !p.Last || p.Who.NIP == "":
		case p.Who.UnitID == unit:
			school = append(school, p)
		default:
			others = append(others, p)
		}
	}
	byName := func(a, b appraisal.Part) int {
		return cmp.Or(cmp.Compare(a.Who.Name, b.Who.Name), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(school, byName)
	slices.SortFunc(others, byName)
	return school, others
}

// headed reports whether somebody leads a school beside the own post.
func headed(parts []appraisal.Part, person string) bool {
	return slices.ContainsFunc(parts, func(p appraisal.Part) bool { return p.Who.PersonID == person && p.HeadOf != "" })
}

// married returns a name with another family name.
func married(name string) string {
	words := strings.Fields(listed.PlainName(name))
	return strings.ToUpper(words[0]) + " BINTANG PANGGABEAN"
}

// next returns the digit after one, 0 after 9.
func next(digit byte) string { return string('0' + (digit-'0'+1)%10) }

var demoColumns = []string{"nip", "nama", "unit kerja", "nama penilai"}

func demoPlan(p demoPerson) [][]string {
	head := []string{p.nip, p.name, p.unit, p.rater}
	blank := []string{"", "", "", ""}
	goals := [][]string{
		{"Peserta didik menguasai kompetensi dasar", "Kualitas", "Peserta didik yang mencapai ketuntasan", "85", "%"},
		{"Orang tua mengetahui perkembangan anaknya", "Kuantitas", "Orang tua yang menerima laporan perkembangan", "95", "%"},
	}
	return [][]string{append(head, goals[0]...), append(blank, goals[1]...)}
}

func demoResult(p demoPerson) [][]string {
	ratings := []string{"Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik"}
	switch p.lot % 9 {
	case 3:
		ratings = []string{"Di Atas Ekspektasi", "Di Atas Ekspektasi", "Sangat Baik"}
	case 7:
		ratings = []string{"Sesuai Ekspektasi", "Di Atas Ekspektasi", "Baik"}
	}
	return [][]string{append([]string{p.nip, p.name, p.unit, p.rater}, ratings...)}
}

// demoFile writes rows of people as the school's table.
func demoFile(people []demoPerson, rows func(demoPerson) [][]string) ([]byte, error) {
	more := []string{"hasil kerja", "perilaku", "hasil akhir"}
	if len(rows(people[0])) > 1 {
		more = []string{"rhk", "aspek", "iki", "target", "satuan"}
	}
	doc := sheet.Doc{Title: "Ruang GTK", Rows: func(yield func([]string, error) bool) {
		for _, p := range people {
			for _, row := range rows(p) {
				if !yield(row, nil) {
					return
				}
			}
		}
	}}
	for _, c := range append(slices.Clone(demoColumns), more...) {
		doc.Columns = append(doc.Columns, sheet.Column{Key: c, Label: c})
	}
	var b bytes.Buffer
	err := sheet.Write(&b, sheet.CSV, doc)
	return b.Bytes(), err
}
