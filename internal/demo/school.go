package demo

import (
	"context"
	"fmt"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/penimport"
	"github.com/gurindam/gurindam/internal/account"
)

// pupils is the path of the junior high school whose teachers write in Ruang
// GTK and have sent it in.
const pupils = "disdik/smp7"

// staffRoom is how many teach at that school, its head among them.
const staffRoom = 38

// school fills the staff room, gives the school its head, and the demo account
// its teacher.
func (p *planner) school() {
	unit := id("unit", pupils)
	teach := id("post", unit+"/Guru Ahli Pertama")
	var here []string
	for _, t := range p.city.Tenures {
		if post := p.city.Posts[p.postAt[t.Post]]; post.Unit == unit && post.Group == "guru" && t.Kind == "definitive" && t.To == "" {
			here = append(here, t.Person)
		}
	}
	for len(here) < staffRoom {
		here = append(here, p.hire(p.city.Posts[p.postAt[teach]]).ID)
	}
	head := ""
	for _, t := range p.city.Tenures {
		if t.Post == p.heads[unit] && t.To == "" {
			head = t.Person
		}
	}
	if head == "" {
		head = p.settled(id("post", unit+"/Guru Ahli Muda")).ID
		p.hold(head, p.heads[unit], "tugas_tambahan", fmt.Sprintf("%d-01-01", p.city.Year-1), "")
	}
	p.city.Actors["kepsek"] = head
	who := p.settled(teach)
	who.Name, who.Sex, who.Front = "Maimunah Yusuf", "P", ""
	p.renumber(who)
	p.city.Actors["guru"] = who.ID
}

// taught reports whether a part is written in Ruang GTK at the school that has
// sent it in: its plan comes from there.
func (w *writer) taught(p appraisal.Part) bool {
	return w.year == w.city.Year && p.Pen == appraisal.PenRuangGTK && p.Who.UnitID == id("unit", pupils)
}

// elsewhere loads what the school has sent.
func (c *City) elsewhere(ctx context.Context, svc *penimport.Service, hr account.Actor) error {
	return svc.Demo(ctx, hr, c.Year, id("unit", pupils), c.Actors["guru"])
}
