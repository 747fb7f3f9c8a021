package participation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Dump gives the rows of the tables of a database dump. cell returns a column's
// text by name, empty for none and for NULL.
type Dump interface {
	Rows(table string, fn func(row int, cell func(column string) string) error) error
}

// The survey portal that cities run today keeps these tables: master_opd,
// layanan_opd, survey, indikators, pertanyaan, pilihan_jawaban, respondens,
// jawaban_survey, master_pendidikan, master_pekerjaan.

// portal is what a dump of that portal says.
type portal struct {
	offices   map[string]string // id → name
	services  map[string]portalService
	order     []string // services as they stand in the dump
	surveys   map[string]portalSurvey
	elements  map[string]string // question → element key
	unknown   map[string]string // question → name of an indicator that is no element
	options   map[string]portalOption
	people    map[string]*portalPerson
	arrived   []*portalPerson // as they stand in the dump
	education map[string]string
	work      map[string]string
	rejected  []ImportRejected
}

type portalService struct{ id, office, name string }

type portalSurvey struct{ service, from, to string }

type portalOption struct{ question, mark string }

// portalPerson is one respondent. The name, which is "anonim" unless somebody
// typed one, is not read.
type portalPerson struct {
	row     int
	survey  string
	day     string
	profile Profile
	words   string
	marks   map[string]uint8
	wrong   *ImportRejected
}

// readPortal reads a whole dump.
func readPortal(d Dump) (*portal, error) {
	p := &portal{
		offices: map[string]string{}, services: map[string]portalService{}, surveys: map[string]portalSurvey{}, elements: map[string]string{},
		unknown: map[string]string{}, options: map[string]portalOption{}, people: map[string]*portalPerson{}, education: map[string]string{}, work: map[string]string{},
	}
	indicators := map[string]string{}
	names := func(into map[string]string) func(int, func(string) string) error {
		return func(_ int, cell func(string) string) error {
			into[cell("id")] = cell("name")
			return nil
		}
	}
	for _, t := range []struct {
		table string
		read  func(int, func(string) string) error
	}{
		{"master_opd", names(p.offices)},
		{"master_pendidikan", names(p.education)},
		{"master_pekerjaan", names(p.work)},
		{"indikators", names(indicators)},
		{"layanan_opd", p.service},
		{"survey", p.survey},
		{"pertanyaan", func(_ int, cell func(string) string) error { return p.question(indicators, cell) }},
		{"pilihan_jawaban", p.option},
		{"respondens", p.person},
		{"jawaban_survey", p.answer},
	} {
		if err := d.Rows(t.table, t.read); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *portal) service(_ int, cell func(string) string) error {
	s := portalService{cell("id"), cell("id_opd"), cell("name")}
	p.services[s.id] = s
	p.order = append(p.order, s.id)
	return nil
}

func (p *portal) survey(_ int, cell func(string) string) error {
	s := portalSurvey{service: cell("id_layanan_opd")}
	s.from, s.to = isoDay(cell("start_date")), isoDay(cell("end_date"))
	p.surveys[cell("id")] = s
	return nil
}

// isoDay reads a date or a time of the dump; empty when it is none.
func isoDay(text string) string {
	first, _, _ := strings.Cut(text, " ")
	day, err := sheet.Date(first, sheet.DayFirst)
	if err != nil {
		return ""
	}
	return day
}

// question finds the element a question is about by its indicator's name.
func (p *portal) question(indicators map[string]string, cell func(string) string) error {
	name := indicators[cell("id_indikator")]
	for _, f := range elementFields() {
		for _, alias := range append(f.Aliases, f.Name) {
			if plainWords(alias) == plainWords(name) {
				p.elements[cell("id")] = f.Name
				return nil
			}
		}
	}
	p.unknown[cell("id")] = name
	return nil
}

// plainWords drops what writers of the same name do differently.
func plainWords(s string) string {
	words := strings.FieldsFunc(search.Fold(s), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
	words = slices.DeleteFunc(words, func(w string) bool { return w == "dan" || w == "layanan" || w == "pelayanan" })
	return strings.Join(words, " ")
}

func (p *portal) option(_ int, cell func(string) string) error {
	p.options[cell("id")] = portalOption{cell("id_pertanyaan"), cell("bobot")}
	return nil
}

func (p *portal) person(row int, cell func(string) string) error {
	r := &portalPerson{row: row, survey: cell("id_survey"), day: isoDay(cell("created_at")), words: cell("keterangan"), marks: map[string]uint8{}}
	r.profile = Profile{
		Sex: sexCode(cell("gender")), Age: ageCode(wholeYears(cell("umur"))),
		Education: educationCode(p.education[cell("id_pendidikan")]), Work: workCode(p.work[cell("id_pekerjaan")]),
	}
	p.people[cell("id")] = r
	p.arrived = append(p.arrived, r)
	return nil
}

// wholeYears drops the fraction of an age the portal keeps as a float.
func wholeYears(text string) string {
	whole, _, _ := strings.Cut(text, ".")
	return whole
}

func (p *portal) answer(_ int, cell func(string) string) error {
	r := p.people[cell("id_responden")]
	if r == nil || r.wrong != nil {
		return nil
	}
	o, known := p.options[cell("id_pilihan_jawaban")]
	mark := cell("bobot")
	if f, err := strconv.ParseFloat(mark, 64); (err != nil || f == 0) && known {
		mark = o.mark
	}
	key := p.elements[o.question]
	f, err := strconv.ParseFloat(mark, 64)
	switch {
	case key == "":
		r.wrong = &ImportRejected{Row: r.row, Column: "indikators", Value: short(p.unknown[o.question]), Key: "survey.portal.indicator"}
	case err != nil || f != 1 && f != 2 && f != 3 && f != 4:
		r.wrong = &ImportRejected{Row: r.row, Column: key, Value: short(mark), Key: "survey.one_to_four"}
	case r.marks[key] != 0:
		r.wrong = &ImportRejected{Row: r.row, Column: key, Value: short(mark), Key: "survey.twice"}
	default:
		r.marks[key] = uint8(f)
	}
	return nil
}

// portalWave is one period of one service with its answers.
type portalWave struct {
	at       span
	elements []string
	answers  []Answer
	ids      []string // of the surveys it was made of
}

// waves groups the respondents of a service by the periods of its surveys.
// Surveys of the same days are one period.
func (p *portal) waves(service string) []portalWave {
	by := map[span]*portalWave{}
	people := map[*portalWave][]*portalPerson{}
	for _, r := range p.arrived {
		s, known := p.surveys[r.survey]
		if !known || s.service != service {
			continue
		}
		if why := r.check(); why != nil {
			p.rejected = append(p.rejected, *why)
			continue
		}
		at := p.spanOf(s, r)
		w := by[at]
		if w == nil {
			w = &portalWave{at: at}
			by[at] = w
		}
		if !slices.Contains(w.ids, r.survey) {
			w.ids = append(w.ids, r.survey)
		}
		people[w] = append(people[w], r)
	}
	var list []portalWave
	for _, w := range by {
		w.fill(people[w])
		list = append(list, *w)
	}
	slices.SortFunc(list, func(a, b portalWave) int {
		return cmp.Or(cmp.Compare(a.at.from, b.at.from), cmp.Compare(a.at.to, b.at.to))
	})
	return list
}

// check says why a respondent is left out.
func (r *portalPerson) check() *ImportRejected {
	if r.wrong != nil {
		return r.wrong
	}
	if len(r.marks) == 0 {
		return &ImportRejected{Row: r.row, Column: "jawaban_survey", Key: "survey.nothing_answered"}
	}
	if len([]rune(r.words)) > MaxWords {
		return &ImportRejected{Row: r.row, Column: "keterangan", Value: short(r.words), Key: "survey.import.long"}
	}
	return nil
}

// spanOf is the survey's period, or the quarter of the answer where the portal
// knows none.
func (p *portal) spanOf(s portalSurvey, r *portalPerson) span {
	if s.from != "" && s.to != "" && s.from <= s.to {
		return span{s.from, s.to}
	}
	day, err := time.Parse(time.DateOnly, r.day)
	if err != nil {
		return span{"2000-01-01", "2000-12-31"} // neither dates nor a day: kept, and seen to be odd
	}
	return quarterOf(day)
}

// fill makes the answers; the elements are those that anybody answered.
func (w *portalWave) fill(people []*portalPerson) {
	asked := map[string]bool{}
	for _, r := range people {
		for key := range r.marks {
			asked[key] = true
		}
	}
	for _, f := range elementFields() {
		if asked[f.Name] {
			w.elements = append(w.elements, f.Name)
		}
	}
	for _, r := range people {
		a := Answer{Stratum: Imported, Day: r.day, Profile: r.profile, Words: r.words, Marks: make(Marks, len(w.elements))}
		if a.Day < w.at.from || a.Day > w.at.to {
			a.Day = w.at.to
		}
		for i, key := range w.elements {
			a.Marks[i] = r.marks[key]
		}
		w.answers = append(w.answers, a)
	}
}
