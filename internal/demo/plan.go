package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// City is the sample city in memory: what Plan draws and load writes. Dates
// are YYYY-MM-DD; an empty To is open.
type City struct {
	Today   string
	Year    int // the performance year under way
	Merger  string
	Units   []Unit
	Posts   []Post
	People  []Person
	Tenures []Tenure
	Actors  map[string]string // demo account → person id
	Cast    map[string]string // further account → person id
}

// Unit is one unit of the tree.
type Unit struct {
	ID, Parent, Name, Short, Kind, Code string
	From, To, MergedInto                string
}

// Post is one position of the map; several people may hold it.
type Post struct {
	ID, Unit, Title, Kind, Level, Superior string
	Class                                  int
	RankLow, RankHigh                      string
	Need                                   int
	Head                                   bool
	Group                                  string // staff group: umum, guru, kesehatan, paruh_waktu
	From, To                               string
	jobs                                   int // seats to fill, may be below Need
}

// Person is one employee, or the mayor, who has no NIP.
type Person struct {
	ID, NIP, Name, Front, Back, Born, Sex, Birthplace string
	Rank, Education, Employment, ContractEnd          string
	Email                                             string
}

// Tenure is who holds which post, how and from when.
type Tenure struct {
	ID, Person, Post, Kind, From, To, Decree string
}

// founding is the day from which the sample city's map holds.
const founding = "2021-01-01"

// planner draws the city. It is used once.
type planner struct {
	city    City
	rng     *rand.Rand
	today   time.Time
	serials map[string]int
	names   map[string]bool
	heads   map[string]string // unit id → head post id
	unitAt  map[string]int
	postAt  map[string]int
}

// Plan draws the city as it stands on today (YYYY-MM-DD); the same day always
// gives the same city.
func Plan(today string) (*City, error) {
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return nil, fmt.Errorf("date of the sample city: %w", err)
	}
	p := &planner{
		city:  City{Today: today, Year: day.Year(), Actors: map[string]string{}},
		rng:   rand.New(rand.NewPCG(21, 72)),
		today: day, serials: map[string]int{}, names: map[string]bool{}, heads: map[string]string{},
		unitAt: map[string]int{}, postAt: map[string]int{},
	}
	p.government()
	p.offices()
	p.districts()
	p.schools()
	p.healthCentres()
	p.fill()
	p.acting()
	p.moves()
	p.merge()
	p.tinyUnit()
	p.casting()
	p.cast()
	p.hospital()
	p.school()
	p.harbour()
	return &p.city, nil
}

// id derives a lasting identifier from a path of names.
func id(kind, path string) string {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte("gurindam-demo/"+kind+"/"+path)).String()
}

func (p *planner) unit(path, parent, name, short, kind, code string) string {
	u := Unit{ID: id("unit", path), Parent: parent, Name: name, Short: short, Kind: kind, Code: code, From: founding}
	p.unitAt[u.ID] = len(p.city.Units)
	p.city.Units = append(p.city.Units, u)
	return u.ID
}

func (p *planner) post(q Post) string {
	q.ID = id("post", q.Unit+"/"+q.Title)
	if i, there := p.postAt[q.ID]; there {
		p.city.Posts[i].Need += q.Need
		p.city.Posts[i].jobs += q.jobs
		return q.ID
	}
	if q.From == "" {
		q.From = founding
	}
	if q.Group == "" {
		q.Group = "umum"
	}
	p.postAt[q.ID] = len(p.city.Posts)
	p.city.Posts = append(p.city.Posts, q)
	if q.Head {
		p.heads[q.Unit] = q.ID
	}
	return q.ID
}

// chief makes a post that one person holds and that leads its unit.
func (p *planner) chief(unit, title, kind string, class int, superior string) string {
	low, high := ranks(kind, class)
	return p.post(Post{Unit: unit, Title: title, Kind: kind, Class: class, RankLow: low, RankHigh: high, Superior: superior, Need: 1, jobs: 1, Head: true})
}

// ranks returns the rank range of a managerial post (PP 100/2000 jo 13/2002).
func ranks(kind string, class int) (low, high string) {
	switch {
	case kind == "jpt_pratama" && class >= 15:
		return "IV/c", "IV/d"
	case kind == "jpt_pratama":
		return "IV/b", "IV/c"
	case kind == "administrator" && class >= 12:
		return "IV/a", "IV/b"
	case kind == "administrator":
		return "III/d", "IV/a"
	case kind == "pengawas":
		return "III/c", "III/d"
	}
	return "II/a", "III/d"
}

// levels of functional posts: title suffix, code word, class, ranks.
var functionalLevels = []struct {
	suffix, level, low, high string
	class                    int
}{
	{"Ahli Muda", "ahli_muda", "III/c", "III/d", 9},
	{"Ahli Pertama", "ahli_pertama", "III/a", "III/b", 8},
	{"Terampil", "terampil", "II/c", "II/d", 6},
}

// functional makes a functional post of a title with seats to fill.
func (p *planner) functional(unit, title string, level, seats int, superior, group string) {
	l := functionalLevels[level]
	p.post(Post{
		Unit: unit, Title: title + " " + l.suffix, Kind: "fungsional", Level: l.level, Class: l.class,
		RankLow: l.low, RankHigh: l.high, Superior: superior, Need: seats + p.spare(), jobs: seats, Group: group,
	})
}

// clerk makes a pelaksana post with seats to fill.
func (p *planner) clerk(unit, title string, seats int, superior, group string) {
	p.post(Post{
		Unit: unit, Title: title, Kind: "pelaksana", Class: 5 + p.rng.IntN(3), RankLow: "II/a", RankHigh: "III/d",
		Superior: superior, Need: seats + p.spare(), jobs: seats, Group: group,
	})
}

// spare leaves a seat open now and then.
func (p *planner) spare() int {
	if p.rng.IntN(5) == 0 {
		return 1
	}
	return 0
}

func (p *planner) government() {
	city := p.unit("kota", "", "Pemerintah Kota Tanjungpinang", "Pemko", "kota", "21.72")
	mayor := p.post(Post{Unit: city, Title: "Wali Kota Tanjungpinang", Kind: "politik", Class: 17, Need: 1, jobs: 1, Head: true})
	setda := p.unit("setda", city, "Sekretariat Daerah", "Setda", "sekretariat", "")
	sekda := p.chief(setda, "Sekretaris Daerah", "jpt_pratama", 15, mayor)
	for i, a := range []string{"Asisten Pemerintahan dan Kesejahteraan Rakyat", "Asisten Perekonomian dan Pembangunan", "Asisten Administrasi Umum"} {
		u := p.unit("setda/as"+strconv.Itoa(i), setda, a, "", "asisten", "")
		asisten := p.chief(u, a, "jpt_pratama", 14, sekda)
		for j := i * 3; j < i*3+3; j++ {
			b := p.unit("setda/bag"+strconv.Itoa(j), u, bagian[j], "", "bagian", "")
			kabag := p.chief(b, "Kepala "+bagian[j], "administrator", 12, asisten)
			p.fillOffice(b, kabag, []string{"Analis Kebijakan", "Perencana"}, 11, 5)
		}
	}
	for i, s := range []string{"Pemerintahan, Hukum dan Politik", "Ekonomi, Keuangan dan Pembangunan", "Kemasyarakatan dan Sumber Daya Manusia"} {
		p.post(Post{Unit: setda, Title: "Staf Ahli Bidang " + s, Kind: "jpt_pratama", Class: 13, RankLow: "IV/b", RankHigh: "IV/c", Superior: mayor, Need: 1, jobs: min(1, 2-i)})
	}
}

// rootOf returns the ids every office hangs from.
func (p *planner) root() (city, mayor, sekda string) {
	city = id("unit", "kota")
	return city, p.heads[city], p.heads[id("unit", "setda")]
}

func (p *planner) offices() {
	city, mayor, _ := p.root()
	for _, o := range offices {
		u := p.unit(o.key, city, o.name, o.short, o.kind, "")
		head := p.chief(u, headTitle(o), "jpt_pratama", 14, mayor)
		sec := p.unit(o.key+"/sekretariat", u, "Sekretariat "+o.short, "", "bidang", "")
		secretary := p.chief(sec, "Sekretaris "+o.short, "administrator", 12, head)
		for _, s := range []string{"Subbagian Umum dan Kepegawaian", "Subbagian Keuangan"} {
			sub := p.unit(o.key+"/"+s, sec, s, "", "subbagian", "")
			chief := p.chief(sub, "Kepala "+s, "pengawas", 9, secretary)
			p.fillOffice(sub, chief, []string{"Arsiparis"}, o.staff/12+1, o.part/6)
		}
		n := len(o.parts)
		for i, part := range o.parts {
			b := p.unit(o.key+"/"+part, u, part, "", "bidang", "")
			title := "Kepala " + part
			if o.key == "inspektorat" {
				title = part
			}
			chief := p.chief(b, title, "administrator", 11, head)
			p.fillOffice(b, chief, o.jobs, (o.staff-o.staff/6)/n, (o.part-o.part/3+i)/n)
		}
	}
}

func headTitle(o office) string {
	if o.head == "Inspektur" || o.head == "Sekretaris DPRD" {
		return o.head
	}
	first, _, _ := strings.Cut(o.name, " ")
	if title, repeats := strings.CutSuffix(o.head, first); repeats {
		return title + o.name
	}
	return o.head + " " + o.name
}

// fillOffice gives a unit its functional and clerical seats and its part-time
// contracts.
func (p *planner) fillOffice(unit, chief string, jobs []string, staff, partTime int) {
	for i := 0; staff > 0; i++ {
		seats := min(1+p.rng.IntN(3), staff)
		staff -= seats
		switch {
		case i < 2*len(jobs):
			p.functional(unit, jobs[i%len(jobs)], i/len(jobs)%2, seats, chief, "umum")
		default:
			p.clerk(unit, clerks[p.rng.IntN(len(clerks))], seats, chief, "umum")
		}
	}
	if partTime > 0 {
		p.clerk(unit, "Operator Layanan Operasional (paruh waktu)", partTime, chief, "paruh_waktu")
	}
}

func (p *planner) districts() {
	city, _, sekda := p.root()
	for _, d := range districts {
		u := p.unit(d.code, city, "Kecamatan "+d.name, "Kec. "+d.name, "kecamatan", d.code)
		camat := p.chief(u, "Camat "+d.name, "administrator", 12, sekda)
		sec := p.unit(d.code+"/sekcam", u, "Sekretariat Kecamatan "+d.name, "", "bidang", "")
		p.fillOffice(sec, p.chief(sec, "Sekretaris Kecamatan "+d.name, "administrator", 11, camat), []string{"Arsiparis"}, 6, 4)
		for _, s := range []string{"Seksi Pemerintahan dan Pelayanan", "Seksi Pemberdayaan Masyarakat", "Seksi Ketenteraman dan Ketertiban"} {
			sub := p.unit(d.code+"/"+s, u, s, "", "seksi", "")
			p.fillOffice(sub, p.chief(sub, "Kepala "+s, "pengawas", 9, camat), nil, 3, 3)
		}
		for _, v := range d.villages {
			k := p.unit(v.code, u, "Kelurahan "+v.name, "Kel. "+v.name, "kelurahan", v.code)
			lurah := p.chief(k, "Lurah "+v.name, "pengawas", 9, camat)
			p.fillOffice(k, lurah, nil, 7, 8)
			p.post(Post{Unit: k, Title: "Sekretaris Lurah", Kind: "pengawas", Class: 8, RankLow: "III/b", RankHigh: "III/c", Superior: lurah, Need: 1, jobs: 1})
		}
	}
}

func (p *planner) schools() {
	disdik := id("unit", "disdik")
	head := p.heads[disdik]
	school := func(path, name string, teachers, part int) {
		u := p.unit(path, disdik, name, name, "sekolah", "")
		kepsek := p.post(Post{Unit: u, Title: "Kepala " + name, Kind: "tugas_tambahan", Class: 10, Superior: head, Need: 1, Head: true, Group: "guru"})
		for level := range 2 {
			p.functional(u, "Guru", level, teachers/2, kepsek, "guru")
		}
		p.clerk(u, "Pengadministrasi Perkantoran", 1, kepsek, "umum")
		if part > 0 {
			p.clerk(u, "Operator Layanan Operasional (paruh waktu)", part, kepsek, "paruh_waktu")
		}
	}
	for i := range primarySchools {
		n := fmt.Sprintf("SD Negeri %03d Tanjungpinang", i+1)
		school("disdik/sd"+strconv.Itoa(i+1), n, 14+2*p.rng.IntN(2), 1)
	}
	for i := range secondarySchools {
		n := fmt.Sprintf("SMP Negeri %d Tanjungpinang", i+1)
		school("disdik/smp"+strconv.Itoa(i+1), n, 26+2*p.rng.IntN(6), 3)
	}
}

func (p *planner) healthCentres() {
	dinkes := id("unit", "dinkes")
	head := p.heads[dinkes]
	for i, name := range puskesmas {
		u := p.unit("dinkes/pkm"+strconv.Itoa(i), dinkes, "UPTD Puskesmas "+name, "PKM "+name, "puskesmas", "")
		chief := p.post(Post{Unit: u, Title: "Kepala UPTD Puskesmas " + name, Kind: "tugas_tambahan", Class: 10, Superior: head, Need: 1, Head: true, Group: "kesehatan"})
		for j, job := range healthJobs {
			p.functional(u, job, j%3%2, 2+p.rng.IntN(2), chief, "kesehatan")
		}
		p.clerk(u, "Pengadministrasi Perkantoran", 2, chief, "umum")
		p.clerk(u, "Operator Layanan Operasional (paruh waktu)", 12, chief, "paruh_waktu")
	}
	rsud := p.unit("rsud", dinkes, "RSUD Kota Tanjungpinang", "RSUD", "rsud", "")
	director := p.chief(rsud, "Direktur RSUD Kota Tanjungpinang", "administrator", 12, head)
	for _, part := range []string{"Bidang Pelayanan Medik", "Bidang Keperawatan", "Bidang Penunjang"} {
		b := p.unit("rsud/"+part, rsud, part, "", "bidang", "")
		chief := p.chief(b, "Kepala "+part+" RSUD", "pengawas", 9, director)
		for j, job := range healthJobs {
			p.functional(b, job, j%3%2, 2+p.rng.IntN(3), chief, "kesehatan")
		}
		p.clerk(b, "Operator Layanan Operasional (paruh waktu)", 14, chief, "paruh_waktu")
	}
}
