package demo

import (
	"fmt"
	"time"
)

// reserved are the people of the demo accounts; nobody else bears their names.
var reserved = map[string]string{
	"Raja Amirul Fauzi":  "walikota",
	"Hasan Basri Rahman": "sekda",
	"Hendri Saputra":     "bkpsdm",
	"Nurhayati Ismail":   "kepala",
	"Rina Marlina":       "atasan",
	"Dewi Rahmawati":     "pegawai",
	"Zulkifli Harahap":   "inspektorat",
	"Fitri Handayani":    "perawat",
}

// acting puts a Plt on vacant chiefs' posts. One of them is in the seventh
// month, beyond what the rule allows.
func (p *planner) acting() {
	holders := p.holdersByPost()
	n := 0
	for _, post := range p.city.Posts {
		if !post.Head || len(holders[post.ID]) > 0 || post.Kind == "politik" || post.Kind == "tugas_tambahan" {
			continue
		}
		n++
		if n%3 == 0 {
			continue // stays vacant, nobody acting
		}
		months := 1 + n%4
		if n == 1 {
			months = 7
		}
		stand := p.standIn(post, holders)
		if stand == "" {
			continue
		}
		since := time.Date(p.today.Year(), p.today.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -months+1, 0)
		if n == 1 {
			since = since.AddDate(0, 0, -10)
		}
		p.hold(stand, post.ID, "plt", since.Format(time.DateOnly), "")
	}
}

// standIn finds who may act: another chief under the same superior.
func (p *planner) standIn(post Post, holders map[string][]string) string {
	for _, other := range p.city.Posts {
		if other.Superior == post.Superior && other.ID != post.ID && other.Head && len(holders[other.ID]) == 1 {
			return holders[other.ID][0]
		}
	}
	return ""
}

// moves transfers people on the first of June of the year under way, among
// them a doctor who is head of a health centre.
func (p *planner) moves() {
	day := fmt.Sprintf("%d-06-01", p.city.Year)
	if p.city.Today < day {
		day = fmt.Sprintf("%d-06-01", p.city.Year-1)
	}
	moved := 0
	count := len(p.city.Tenures)
	for i := 7; i < count && moved < 46; i += 61 {
		t := &p.city.Tenures[i]
		post := p.city.Posts[p.postAt[t.Post]]
		if t.Kind != "definitive" || post.Head || post.Group == "paruh_waktu" || t.From >= day {
			continue
		}
		to := p.twin(post, i)
		if to == "" {
			continue
		}
		t.To = day
		p.hold(t.Person, to, "definitive", day, "")
		moved++
	}
	p.moveHealthHead(day)
}

// twin finds a post of the same title in another unit.
func (p *planner) twin(post Post, salt int) string {
	n := len(p.city.Posts)
	for k := range n {
		other := p.city.Posts[(salt*31+k)%n]
		if other.Title == post.Title && other.Unit != post.Unit {
			return other.ID
		}
	}
	return ""
}

// moveHealthHead moves the head of one health centre, a doctor with the
// additional duty, to another centre in June.
func (p *planner) moveHealthHead(day string) {
	from, to := id("unit", "dinkes/pkm1"), id("unit", "dinkes/pkm2")
	for i := range p.city.Tenures {
		t := p.city.Tenures[i]
		if t.Kind != "tugas_tambahan" || t.Post != p.heads[from] {
			continue
		}
		for j := range p.city.Tenures {
			if o := p.city.Tenures[j]; o.Kind == "tugas_tambahan" && o.Post == p.heads[to] {
				p.city.Tenures[j].To = day
			}
			if o := p.city.Tenures[j]; o.Person == t.Person && o.Kind == "definitive" && o.To == "" {
				p.city.Tenures[j].To = day
			}
		}
		p.city.Tenures[i].To = day
		p.hold(t.Person, id("post", to+"/Dokter Ahli Muda"), "definitive", day, "")
		p.hold(t.Person, p.heads[to], "tugas_tambahan", day, "")
		return
	}
}

// merge joins two offices on the first of July: both end that day and point to
// the new one, their sections and people go on under it.
func (p *planner) merge() {
	day := fmt.Sprintf("%d-07-01", p.city.Year)
	if p.city.Today < day {
		day = fmt.Sprintf("%d-07-01", p.city.Year-1)
	}
	p.city.Merger = day
	city, mayor, _ := p.root()
	into := p.unit("disbudparpora", city, "Dinas Kebudayaan, Pariwisata, Kepemudaan dan Olahraga", "Disbudparpora", "dinas", "")
	p.city.Units[p.unitAt[into]].From = day
	head := p.chief(into, "Kepala Dinas Kebudayaan, Pariwisata, Kepemudaan dan Olahraga", "jpt_pratama", 14, mayor)
	p.city.Posts[p.postAt[head]].From = day
	for _, key := range []string{"disbudpar", "dispora"} {
		old := id("unit", key)
		p.city.Units[p.unitAt[old]].To = day
		p.city.Units[p.unitAt[old]].MergedInto = into
		p.closePost(p.heads[old], day, head, key == "disbudpar")
	}
}

// closePost ends a head's post at the merger; the holder takes over the new
// post or, for the office that gave up its head, a staf ahli's.
func (p *planner) closePost(post, day, next string, keeps bool) {
	p.city.Posts[p.postAt[post]].To = day
	for i := range p.city.Tenures {
		t := &p.city.Tenures[i]
		if t.Post != post || t.To != "" {
			continue
		}
		t.To = day
		to := next
		if !keeps {
			to = id("post", id("unit", "setda")+"/Staf Ahli Bidang Kemasyarakatan dan Sumber Daya Manusia")
		}
		p.hold(t.Person, to, t.Kind, day, "")
	}
}

// casting gives the demo accounts their people and one person a very long
// name.
func (p *planner) casting() {
	unit := func(path string) string { return id("unit", path) }
	service := unit("disdukcapil/Bidang Pelayanan Pendaftaran Penduduk")
	roles := []struct{ account, name, post string }{
		{"walikota", "Raja Amirul Fauzi", p.heads[unit("kota")]},
		{"sekda", "Hasan Basri Rahman", p.heads[unit("setda")]},
		{"kepala", "Nurhayati Ismail", p.heads[unit("disdukcapil")]},
		{"atasan", "Rina Marlina", p.heads[service]},
		{"pegawai", "Dewi Rahmawati", id("post", service+"/Administrator Database Kependudukan Ahli Muda")},
		{"bkpsdm", "Hendri Saputra", p.heads[unit("bkpsdm/Bidang Penilaian Kinerja dan Penghargaan")]},
		{"inspektorat", "Zulkifli Harahap", id("post", unit("inspektorat/Inspektur Pembantu I")+"/Auditor Ahli Muda")},
		{"perawat", "Fitri Handayani", id("post", unit(ward)+"/Perawat Ahli Pertama")},
	}
	for _, r := range roles {
		who := p.settled(r.post)
		who.Name = r.name
		who.Sex, who.Front = "L", ""
		if r.account == "kepala" || r.account == "atasan" || r.account == "pegawai" || r.account == "perawat" {
			who.Sex = "P"
		}
		p.renumber(who)
		p.city.Actors[r.account] = who.ID
	}
	p.settled(id("post", service+"/Pranata Komputer Ahli Pertama")).Name = longName
}

// settled returns the definitive holder of a post on the city's day, hiring
// one if nobody is there, and ends nobody's tenure.
func (p *planner) settled(post string) *Person {
	person := ""
	for _, t := range p.city.Tenures {
		if t.Post == post && t.Kind == "definitive" && t.To == "" && t.From < fmt.Sprintf("%d-01-03", p.city.Year-1) {
			person = t.Person
			break
		}
	}
	if person == "" {
		for i := range p.city.Tenures {
			if t := &p.city.Tenures[i]; t.Post == post && t.Kind == "plt" && t.To == "" {
				t.To = p.city.Today
			}
		}
		person = p.hire(p.city.Posts[p.postAt[post]]).ID
	}
	for i := range p.city.People {
		if p.city.People[i].ID == person {
			return &p.city.People[i]
		}
	}
	return nil
}

// renumber gives a person whose sex was set a number that agrees with it.
func (p *planner) renumber(who *Person) {
	if who.NIP == "" {
		return
	}
	born, _ := time.Parse(time.DateOnly, who.Born)
	age := p.today.Year() - born.Year()
	who.NIP = p.nip(born, who.Sex, who.Employment, age)
	who.Email = id("mail", who.Name)[:8] + "@contoh.tanjungpinangkota.invalid"
}
