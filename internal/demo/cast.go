package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/mend"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	queue "github.com/gurindam/gurindam/internal/job"
)

// Cast lists further accounts of people whose year is not straight: they are
// not offered at sign-in, and have the same password.
func Cast() []string {
	return []string{"dokter", "kadinkes", "pustakawan", "kabidperpus", "kabidarsip", "kadishub", "kabidlalin"}
}

// cast finds the people of the further accounts: a doctor who leads one health
// centre until June and another since, whoever leads the health office, and a
// librarian between two superiors.
func (p *planner) cast() {
	c := map[string]string{}
	for _, t := range p.city.Tenures {
		if t.Kind == "tugas_tambahan" && t.Post == p.heads[id("unit", "dinkes/pkm2")] && t.To == "" {
			c["dokter"] = t.Person
		}
	}
	books, archive := id("unit", "dpk/Bidang Perpustakaan"), id("unit", "dpk/Bidang Kearsipan")
	c["kadinkes"] = p.settled(p.heads[id("unit", "dinkes")]).ID
	c["kabidperpus"] = p.settled(p.heads[books]).ID
	c["kabidarsip"] = p.settled(p.heads[archive]).ID
	for _, t := range p.city.Tenures {
		post := p.city.Posts[p.postAt[t.Post]]
		if post.Unit == books && !post.Head && post.Kind == "fungsional" && t.Kind == "definitive" && t.To == "" && c["pustakawan"] == "" {
			c["pustakawan"] = t.Person
		}
	}
	p.city.Cast = c
}

// crooked makes the year of the cast: the librarian stands under the wrong
// superior, and the superiors people have left are asked to hand over.
func (c *City) crooked(ctx context.Context, d *db.DB, a *appraisal.Service, m *mend.Service, hr account.Actor) error {
	parts, err := a.Parts(ctx, d, c.Year)
	if err != nil {
		return err
	}
	shown := false
	for _, p := range parts {
		switch {
		case p.Who.PersonID == c.Cast["pustakawan"] && p.Last:
			if _, err := a.SetEvaluator(ctx, hr, p.ID, p.Version, c.Cast["kabidarsip"], "Disalin dari daftar lama."); err != nil {
				return err
			}
		case !shown && p.Last && p.Evaluator.PersonID == c.Cast["kabidarsip"]:
			shown = true
			who := account.Actor{ID: id("account", p.Who.PersonID), Name: p.Who.Name, PersonID: p.Who.PersonID}
			if _, err := m.Propose(ctx, who, p.ID, mend.WrongSuperior, c.Cast["kabidperpus"], "Sejak Agustus saya ditugaskan di Bidang Perpustakaan."); err != nil {
				return err
			}
		}
	}
	if err := a.FileHandovers(ctx); err != nil {
		return fmt.Errorf("hand-over ratings: %w", err)
	}
	return c.recognise(ctx, d)
}

// recognise has recognition reckoned as soon as the city is served: it reads
// every plan of two years, which filling need not wait for.
func (c *City) recognise(ctx context.Context, d *db.DB) error {
	day, err := time.Parse(time.DateOnly, c.Today)
	if err != nil {
		return err
	}
	return d.Tx(ctx, func(tx *db.Tx) error {
		_, err := queue.Enqueue(ctx, tx, day, queue.Task{Kind: "praise.night", Attempts: 3})
		return err
	})
}
