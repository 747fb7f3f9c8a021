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

// Demo loads for the sample city what a school has sent: the plans of its
// teachers as Ruang GTK holds them. Three of them cannot be found at once: a
// NIP with a digit too high, a name without a number and spelt otherwise, and
// somebody who has left. All others have nothing left to do. The school is the
// largest of the year; where there is none nothing happens.
func (s *Service) Demo(ctx context.Context, actor account.Actor, year int) error {
	parts, err := s.Appraisal.Parts(ctx, s.DB, year)
	if err != nil {
		return err
	}
	body, err := DemoFile(parts)
	if err != nil || body == nil {
		return err
	}
	sent, err := s.Keep(ctx, actor, appraisal.AnnualOf(year), "skp-guru-ruang-gtk.csv", body)
	if err != nil {
		return err
	}
	_, err = s.Load(ctx, actor, sent.ID)
	return err
}

// DemoFile makes the file that Demo loads out of the parts of a year; nil
// where no school writes in Ruang GTK.
func DemoFile(parts []appraisal.Part) ([]byte, error) {
	school := largest(parts)
	if len(school) < 4 {
		return nil, nil
	}
	columns := []string{"nip", "nama", "unit kerja", "rhk", "aspek", "iki", "target", "satuan", "nama penilai"}
	doc := sheet.Doc{Title: "SKP", Rows: func(yield func([]string, error) bool) {
		for i, p := range school {
			w := p.Who
			switch i {
			case 1:
				w.NIP = w.NIP[:17] + next(w.NIP[17])
			case 2:
				w.NIP, w.Name = "", strings.ToUpper(misspelt(listed.PlainName(w.Name)))
			case 3:
				w.NIP, w.Name = "196203031986031009", "Abdul Latif Siregar"
			}
			for k, goal := range demoGoals() {
				nip := w.NIP
				if k > 0 {
					nip, w.Name = "", ""
				}
				if !yield(append([]string{nip, w.Name, w.Unit}, append(goal, p.Evaluator.Name)...), nil) {
					return
				}
			}
		}
	}}
	for _, c := range columns {
		doc.Columns = append(doc.Columns, sheet.Column{Key: c, Label: c})
	}
	var b bytes.Buffer
	err := sheet.Write(&b, sheet.CSV, doc)
	return b.Bytes(), err
}

func demoGoals() [][]string {
	return [][]string{
		{"Peserta didik menguasai kompetensi dasar", "Kualitas", "Peserta didik yang mencapai ketuntasan", "85", "%"},
		{"Orang tua mengetahui perkembangan anaknya", "Kuantitas", "Orang tua yang menerima laporan perkembangan", "95", "%"},
	}
}

// largest returns the teachers of the school with the most of them.
func largest(parts []appraisal.Part) []appraisal.Part {
	by := map[string][]appraisal.Part{}
	for _, p := range parts {
		if p.Pen == appraisal.PenRuangGTK && p.Last && p.Who.NIP != "" {
			by[p.Who.UnitID] = append(by[p.Who.UnitID], p)
		}
	}
	var best []appraisal.Part
	for _, all := range by {
		if len(all) > len(best) || len(all) == len(best) && len(all) > 0 && all[0].Who.UnitID < best[0].Who.UnitID {
			best = all
		}
	}
	slices.SortFunc(best, func(a, b appraisal.Part) int {
		return cmp.Or(cmp.Compare(a.Who.Name, b.Who.Name), cmp.Compare(a.ID, b.ID))
	})
	return best
}

// next returns the digit after one, 0 after 9.
func next(digit byte) string { return string('0' + (digit-'0'+1)%10) }

// misspelt changes one letter of a name.
func misspelt(name string) string {
	for _, x := range [][2]string{{"i", "y"}, {"u", "oe"}, {"a", "ah"}} {
		if i := strings.LastIndex(name, x[0]); i > 0 {
			return name[:i] + x[1] + name[i+1:]
		}
	}
	return name
}
