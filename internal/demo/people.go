package demo

import (
	"fmt"
	"strings"
	"time"
)

// fill gives every seat its holder. One in forty stays vacant; heads of school
// and of health centres are drawn from their own staff as an additional duty.
func (p *planner) fill() {
	for i := range p.city.Posts {
		post := p.city.Posts[i]
		seats := post.jobs
		if post.Kind != "politik" && !post.Head && seats > 0 && p.rng.IntN(30) == 0 {
			seats--
		}
		if post.Head && (post.Kind == "administrator" || post.Kind == "pengawas") && p.rng.IntN(22) == 0 {
			seats = 0
		}
		for range seats {
			p.hire(post)
		}
	}
	p.additionalDuties()
}

// hire makes a person for a post and their definitive tenure.
func (p *planner) hire(post Post) Person {
	person := p.person(post)
	p.city.People = append(p.city.People, person)
	from := p.between(founding, fmt.Sprintf("%d-01-02", p.city.Year-1))
	if person.ContractEnd != "" || person.Employment == "pppk" {
		from = fmt.Sprintf("%d-10-01", p.city.Year-2)
	}
	if person.Employment == "pppk_paruh_waktu" {
		from = fmt.Sprintf("%d-01-01", p.city.Year-1)
	}
	p.hold(person.ID, post.ID, "definitive", from, "")
	return person
}

func (p *planner) hold(person, post, kind, from, to string) {
	n := len(p.city.Tenures)
	p.city.Tenures = append(p.city.Tenures, Tenure{
		ID: id("tenure", fmt.Sprintf("%s/%s/%s/%s", person, post, kind, from)), Person: person, Post: post, Kind: kind, From: from, To: to,
		Decree: fmt.Sprintf("821.2/%d/BKPSDM/%s", 100+n%800, from[:4]),
	})
}

func (p *planner) between(from, to string) string {
	a, _ := time.Parse(time.DateOnly, from)
	b, _ := time.Parse(time.DateOnly, to)
	days := int(b.Sub(a).Hours() / 24)
	d := a.AddDate(0, 0, p.rng.IntN(max(days, 1)))
	return time.Date(d.Year(), d.Month(), 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func (p *planner) person(post Post) Person {
	sex := "L"
	if p.rng.IntN(100) < femaleShare(post.Group) {
		sex = "P"
	}
	name := p.name(sex)
	employment := p.employment(post)
	age := p.age(post, employment)
	born := p.today.AddDate(-age, -p.rng.IntN(12), -p.rng.IntN(28))
	who := Person{
		ID: id("person", fmt.Sprint(len(p.city.People))), Name: name, Sex: sex, Born: born.Format(time.DateOnly),
		Birthplace: birthplaces[p.rng.IntN(len(birthplaces))], Employment: employment,
	}
	who.Email = strings.ToLower(strings.NewReplacer(" ", ".", "..", ".").Replace(strings.ReplaceAll(name, ".", ""))) + "@contoh.tanjungpinangkota.invalid"
	if employment == "politik" {
		return who
	}
	who.Education, who.Front, who.Back = p.education(post)
	who.Rank = p.rank(post, employment)
	who.NIP = p.nip(born, sex, employment, age)
	if employment == "pppk_paruh_waktu" {
		who.ContractEnd = fmt.Sprintf("%d-12-31", p.city.Year)
	} else if employment == "pppk" {
		who.ContractEnd = p.contractEnd()
	}
	return who
}

// contractEnd draws the last day of a contract. What has ended by today was
// renewed for five years, except for a few that wait to be decided.
func (p *planner) contractEnd() string {
	year := p.city.Year + p.rng.IntN(4)
	end := fmt.Sprintf("%d-09-30", year)
	if end < p.city.Today && len(p.city.People)%40 != 0 {
		return fmt.Sprintf("%d-09-30", year+5)
	}
	return end
}

func femaleShare(group string) int {
	switch group {
	case "guru", "kesehatan":
		return 74
	case "paruh_waktu":
		return 40
	}
	return 48
}

func (p *planner) employment(post Post) string {
	switch {
	case post.Kind == "politik":
		return "politik"
	case post.Group == "paruh_waktu":
		return "pppk_paruh_waktu"
	case post.Kind == "fungsional" && p.rng.IntN(100) < 30:
		return "pppk"
	}
	return "pns"
}

func (p *planner) age(post Post, employment string) int {
	switch {
	case post.Kind == "politik":
		return 49
	case strings.HasPrefix(post.Kind, "jpt"):
		return 48 + p.rng.IntN(11)
	case post.Kind == "administrator":
		return 43 + p.rng.IntN(14)
	case post.Kind == "pengawas":
		return 36 + p.rng.IntN(21)
	case employment == "pppk_paruh_waktu":
		return 24 + p.rng.IntN(28)
	}
	return 25 + p.rng.IntN(33)
}

// education draws a level and the titles that come with it.
func (p *planner) education(post Post) (level, front, back string) {
	doctor := strings.HasPrefix(post.Title, "Dokter")
	switch {
	case doctor:
		return "profesi", "dr.", ""
	case post.Group == "guru":
		return "s1", "", "S.Pd."
	case strings.HasPrefix(post.Kind, "jpt"):
		return "s2", "", "M.Si."
	case post.Group == "paruh_waktu":
		return []string{"slta", "slta", "d3", "s1"}[p.rng.IntN(4)], "", ""
	case post.Group == "kesehatan":
		return "d3", "", "A.Md.Kes."
	case post.Kind == "pelaksana":
		return []string{"slta", "d3", "s1"}[p.rng.IntN(3)], "", ""
	}
	d := []struct{ level, back string }{{"s1", "S.Sos."}, {"s1", "S.E."}, {"s1", "S.Kom."}, {"s1", "S.H."}, {"s1", "S.T."}, {"s2", "M.M."}, {"s2", "M.A.P."}}[p.rng.IntN(7)]
	return d.level, "", d.back
}

func (p *planner) rank(post Post, employment string) string {
	switch employment {
	case "pppk_paruh_waktu":
		return "V"
	case "pppk":
		return "IX"
	}
	if post.RankLow == "" || p.rng.IntN(2) == 0 {
		return orElse(post.RankHigh, "III/d")
	}
	return post.RankLow
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// nip makes an eighteen-digit number of the right shape (Perka BKN 22/2007):
// birth, month of appointment (a code for PPPK), sex, serial.
func (p *planner) nip(born time.Time, sex, employment string, age int) string {
	entry := 22 + p.rng.IntN(min(12, max(1, age-23)))
	when := fmt.Sprintf("%d%02d", born.Year()+entry, []int{1, 2, 3, 4, 12}[p.rng.IntN(5)])
	if employment == "pppk" {
		when = fmt.Sprintf("%d21", p.city.Year-2)
	} else if employment == "pppk_paruh_waktu" {
		when = fmt.Sprintf("%d24", p.city.Year-1)
	}
	digit := "1"
	if sex == "P" {
		digit = "2"
	}
	first := born.Format("20060102") + when + digit
	p.serials[first]++
	return fmt.Sprintf("%s%03d", first, p.serials[first])
}

// name draws a name nobody else of the city has yet, as far as the lists go.
func (p *planner) name(sex string) string {
	given := maleNames
	if sex == "P" {
		given = femaleNames
	}
	for try := 0; ; try++ {
		n := given[p.rng.IntN(len(given))] + " " + lastNames[p.rng.IntN(len(lastNames))]
		if try > 2 {
			if second := given[p.rng.IntN(len(given))]; !strings.HasPrefix(n, second) {
				n = second + " " + n
			}
		}
		if !p.names[n] && reserved[n] == "" || try > 8 {
			p.names[n] = true
			return n
		}
	}
}

// additionalDuties gives every school and health centre a head from its own
// staff: a teacher or a doctor who keeps the own post.
func (p *planner) additionalDuties() {
	holders := p.holdersByPost()
	for _, post := range p.city.Posts {
		if post.Kind != "tugas_tambahan" {
			continue
		}
		title := "Guru Ahli Muda"
		if post.Group == "kesehatan" {
			title = "Dokter Ahli Muda"
		}
		own := id("post", post.Unit+"/"+title)
		if len(holders[own]) > 0 && p.rng.IntN(25) != 0 {
			p.hold(holders[own][0], post.ID, "tugas_tambahan", fmt.Sprintf("%d-01-01", p.city.Year-1-p.rng.IntN(3)), "")
		}
	}
}

func (p *planner) holdersByPost() map[string][]string {
	m := map[string][]string{}
	for _, t := range p.city.Tenures {
		if t.To == "" {
			m[t.Post] = append(m[t.Post], t.Person)
		}
	}
	return m
}
