package voices

import (
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Circle is a person with those who work around that person, by group.
type Circle struct {
	About  About
	People map[GroupCode][]string // person ids, each in one group only
}

// People knows who works with whom. FromParts is one.
type People interface {
	// Around returns a person's circle on a day, or NotFound when the person
	// holds no post then.
	Around(ctx context.Context, q db.Queryer, person string, day Day) (Circle, error)
}

// Parts is what FromParts asks of the appraisal area.
type Parts interface {
	Parts(ctx context.Context, q db.Queryer, year int) ([]appraisal.Part, error)
}

// FromParts finds a circle in the parts of the performance year: subordinates
// have the person as evaluator, peers the same evaluator.
type FromParts struct{ Appraisal Parts }

// Around implements People.
func (f FromParts) Around(ctx context.Context, q db.Queryer, person string, day Day) (Circle, error) {
	on, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return Circle{}, fault.Wrong("voices.day")
	}
	parts, err := f.Appraisal.Parts(ctx, q, on.Year())
	if err != nil {
		return Circle{}, err
	}
	parts = slices.DeleteFunc(parts, func(p appraisal.Part) bool { return day < p.From || day > p.To })
	own := slices.IndexFunc(parts, func(p appraisal.Part) bool { return p.Who.PersonID == person && p.Last })
	if own < 0 {
		own = slices.IndexFunc(parts, func(p appraisal.Part) bool { return p.Who.PersonID == person })
	}
	if own < 0 {
		return Circle{}, fault.Missing("voices.person_unknown")
	}
	me := parts[own]
	c := Circle{People: map[GroupCode][]string{}, About: About{
		PersonID: person, Name: me.Who.Name, Post: me.Who.Post, UnitID: me.Who.UnitID, Unit: me.Who.Unit,
		EvaluatorID: me.Evaluator.PersonID, AboveID: me.Above.PersonID,
	}}
	taken := map[string]bool{"": true, person: true, me.Evaluator.PersonID: true}
	for _, p := range parts {
		if id := p.Who.PersonID; p.Evaluator.PersonID == person && !taken[id] {
			taken[id] = true
			c.People[Subordinates] = append(c.People[Subordinates], id)
		}
	}
	for _, p := range parts {
		if id := p.Who.PersonID; me.Evaluator.PersonID != "" && p.Evaluator.PersonID == me.Evaluator.PersonID && !taken[id] {
			taken[id] = true
			c.People[Peers] = append(c.People[Peers], id)
		}
	}
	return c, nil
}
