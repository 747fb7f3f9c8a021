package demo

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/cascade"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

// cityGoals are what the mayor has promised; nobody supports the last one.
var cityGoals = []struct {
	text, measure, target, unit, face string
}{
	{"Warga dilayani cepat, pasti, dan tanpa pungutan", "Indeks kepuasan masyarakat kota", "86", "indeks", "penerima_layanan"},
	{"Anak dan keluarga tumbuh sehat dan terdidik", "Prevalensi anak dengan tinggi di bawah standar", "12.5", "%", "penerima_layanan"},
	{"Belanja daerah menghasilkan manfaat yang terukur", "Nilai akuntabilitas kinerja", "75", "nilai", "anggaran"},
	{"Permukiman pesisir tangguh terhadap rob", "Rumah di pesisir yang terlindung dari rob", "640", "rumah", "penerima_layanan"},
}

// promising are the offices whose results are spread on a matrix with a gap:
// what each has promised beyond its head's SKP, and the field that supports
// nothing.
var promising = map[string]struct {
	goal, measure, target string
	loose                 string
}{
	"disdukcapil": {"Layanan digital dipakai warga tanpa harus datang", "Permohonan yang selesai tanpa kunjungan", "45", "Bidang Pengelolaan Informasi Administrasi Kependudukan"},
	"dishub":      {"Penumpang dan barang berangkat sesuai jadwal", "Keberangkatan kapal dan bus yang tepat waktu", "92", "Bidang Prasarana dan Keselamatan"},
}

// unpromised are offices without an agreement yet: theirs comes as a file.
var unpromised = []string{"dlh", "dinsos", "disbudpar", "dispora"}

// harbour gives the further accounts of the transport office their people.
func (p *planner) harbour() {
	p.city.Cast["kadishub"] = p.settled(p.heads[id("unit", "dishub")]).ID
	p.city.Cast["kabidlalin"] = p.settled(p.heads[id("unit", "dishub/Bidang Lalu Lintas")]).ID
}

// supported returns the leader's results somebody supports with the own; for
// the year under way a few are left out, so that the matrix has its gaps.
func (w *writer) supported(p appraisal.Part) (leader appraisal.Part, above []appraisal.Result) {
	leader = w.byPost[p.Evaluator.PersonID+"/"+p.Evaluator.PostID]
	above = w.results[leader.ID]
	if w.year < w.city.Year {
		return leader, above
	}
	for key, o := range promising {
		if leader.HeadOf == id("unit", key) && len(above) > 1 {
			above = above[:len(above)-1]
		}
		if p.HeadOf == id("unit", key+"/"+o.loose) {
			return leader, nil
		}
	}
	if p.Who.Name == longName {
		return leader, nil
	}
	return leader, above
}

// tie ties results to the leader's; those of who answers to the mayor to the
// goals of the city.
func (w *writer) tie(p appraisal.Part, results []appraisal.Result) {
	leader, above := w.supported(p)
	mayor := p.Evaluator.PersonID == w.city.Actors["walikota"] && w.year == w.city.Year && p.HeadOf != id("unit", "dpk")
	for i := range results {
		switch {
		case len(above) > 0:
			to := above[i%len(above)]
			results[i].Supports = appraisal.Support{Part: leader.ID, Result: to.ID, Text: to.Text}
		case mayor:
			results[i].Supports = appraisal.Support{Text: cityGoals[i%(len(cityGoals)-1)].text}
		}
	}
}

// promises makes the Perjanjian Kinerja of the city, of its offices and of two
// offices' fields out of what their heads' SKP say, most of them signed, and
// proposes a few results on the matrices.
func (c *City) promises(ctx context.Context, d *db.DB, a *appraisal.Service, svc *cascade.Service, hr account.Actor) error {
	heads, err := a.HeadParts(ctx, d, c.Year)
	if err != nil {
		return err
	}
	heads = slices.DeleteFunc(heads, func(p appraisal.Part) bool { return !c.promised(p.HeadOf) })
	plans, _, err := a.PlansOf(ctx, d, heads)
	if err != nil {
		return err
	}
	file := cascade.File{Lines: c.cityLines()}
	signed := []string{id("unit", "kota")}
	for _, p := range heads {
		file.Lines = append(file.Lines, c.officeLines(p, plans[p.ID].Results)...)
		if share(p.HeadOf)%5 > 0 || p.HeadOf == id("unit", "disdukcapil") || p.HeadOf == id("unit", "dishub") {
			signed = append(signed, p.HeadOf)
		}
	}
	for i := range file.Lines {
		file.Lines[i].Number = i + 2
	}
	file.Rows = len(file.Lines)
	if _, err := svc.Import(ctx, hr, c.Year, file, false); err != nil {
		return err
	}
	on := appraisal.Day(min(c.Today, fmt.Sprintf("%d-01-15", c.Year)))
	if _, err := svc.RecordPapers(ctx, hr, c.Year, signed, on); err != nil {
		return err
	}
	return c.propose(ctx, a, svc)
}

// promised reports whether the head of a unit has a Perjanjian Kinerja: every
// office but a few, and the fields of two.
func (c *City) promised(unit string) bool {
	if unit == id("unit", "disbudparpora") {
		return true
	}
	for _, o := range offices {
		if _, spread := promising[o.key]; spread && slices.ContainsFunc(o.parts, func(part string) bool { return unit == id("unit", o.key+"/"+part) }) {
			return true
		}
		if unit == id("unit", o.key) {
			return !slices.Contains(unpromised, o.key)
		}
	}
	return false
}

func (c *City) cityLines() (all []cascade.Line) {
	for i, g := range cityGoals {
		l := cascade.Line{Unit: "Pemerintah Kota Tanjungpinang", Goal: g.text, Measure: cascade.Measure{Text: g.measure, Target: g.target, Unit: g.unit, Direction: appraisal.Up, Face: g.face}}
		if i == 1 {
			l.Measure.Direction = appraisal.Down
		}
		all = append(all, l)
	}
	return all
}

// officeLines are the rows of one unit: the head's results with their
// indicators, the programme that pays for them, and what is not in the SKP yet.
func (c *City) officeLines(p appraisal.Part, results []appraisal.Result) (all []cascade.Line) {
	for _, r := range results {
		for _, in := range r.Indicators {
			if in.Target == "" {
				continue
			}
			all = append(all, cascade.Line{Unit: p.Who.Unit, Goal: r.Text, Measure: cascade.Measure{Text: in.Text, Target: in.Target, Unit: in.Unit, Direction: in.Direction, Face: in.Face}})
		}
	}
	for key, o := range promising {
		if p.HeadOf == id("unit", key) {
			all = append(all, cascade.Line{Unit: p.Who.Unit, Goal: o.goal, Measure: cascade.Measure{Text: o.measure, Target: o.target, Unit: "%", Direction: appraisal.Up, Face: "penerima_layanan"}})
		}
	}
	if len(all) > 0 {
		all[0].Program = "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota"
		all[0].Budget = int64(share(p.HeadOf)%900+100) * 12_500_000
	}
	return all
}

// share draws a lasting number for a unit.
func share(unit string) int {
	h := fnv.New32a()
	fmt.Fprint(h, unit)
	return int(h.Sum32() % 1_000_000)
}

// propose gives the demo's head and superior something to decide on, and the
// superior's people.
func (c *City) propose(ctx context.Context, a *appraisal.Service, svc *cascade.Service) error {
	city, err := svc.Agreement(ctx, c.as("walikota"), c.Year, id("unit", "kota"))
	if err != nil {
		return err
	}
	boards := map[string]string{"walikota": city.ID}
	for _, name := range []string{"kepala", "atasan"} {
		parts, err := a.MyParts(ctx, c.as(name), c.Year)
		if err != nil {
			return err
		}
		if len(parts) > 0 {
			boards[name] = parts[0].ID
		}
	}
	for _, x := range []struct {
		leader string
		people []string // persons; empty: two of the leader's people who are nobody's account
		goal   int
		words  string
	}{
		{"walikota", []string{c.Actors["kepala"]}, 0, "Dokumen kependudukan selesai pada janji waktunya"},
		{"kepala", []string{c.Actors["atasan"]}, 0, "Perekaman keliling menjangkau Penyengat dan Dompak tiap bulan"},
		{"atasan", nil, 0, "Antrean loket terbaca waktu tunggunya tiap hari"},
	} {
		if err := c.proposeOn(ctx, svc, c.as(x.leader), boards[x.leader], x.people, x.goal, x.words); err != nil {
			return err
		}
	}
	return nil
}

func (c *City) proposeOn(ctx context.Context, svc *cascade.Service, leader account.Actor, board string, people []string, goal int, words string) error {
	if board == "" {
		return nil
	}
	b, err := svc.Board(ctx, leader, board)
	if err != nil || goal >= len(b.Columns) {
		return err
	}
	var wishes []cascade.Wish
	for _, m := range b.People {
		who := m.Part.Who.PersonID
		if slices.Contains(people, who) || people == nil && len(wishes) < 2 && who != c.Actors["pegawai"] && m.Part.Who.Name != longName {
			wishes = append(wishes, cascade.Wish{Part: m.Part.ID, Goal: b.Columns[goal].ID, Words: words})
		}
	}
	if len(wishes) == 0 {
		return nil
	}
	_, err = svc.GiveWishes(ctx, leader, b.ID, wishes, false)
	return err
}

// as is the account of one of the demo's people.
func (c *City) as(name string) account.Actor {
	return account.Actor{ID: id("account", name), Name: c.nameOf(c.Actors[name]), PersonID: c.Actors[name]}
}
