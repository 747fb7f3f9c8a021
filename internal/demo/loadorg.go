package demo

import (
	"context"
	"strconv"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// loadOrg writes the map: units, posts, people and who holds what.
func (c *City) loadOrg(ctx context.Context, tx *db.Tx, store *org.Store) error {
	if err := store.AddUnits(ctx, tx, c.orgUnits()); err != nil {
		return err
	}
	if err := store.AddPositions(ctx, tx, c.orgPositions()); err != nil {
		return err
	}
	if err := store.AddPeople(ctx, tx, c.orgPeople()); err != nil {
		return err
	}
	tenures := make([]org.Tenure, len(c.Tenures))
	for i, t := range c.Tenures {
		tenures[i] = org.Tenure{
			ID: t.ID, Person: t.Person, Position: t.Post, Kind: org.TenureKind(t.Kind),
			From: org.Day(t.From), To: org.Day(t.To), Decree: t.Decree,
		}
	}
	return store.AddTenures(ctx, tx, tenures)
}

// orgUnits gives each unit its periods: the sections of the offices that
// merged hang from the new one from the day of the merger.
func (c *City) orgUnits() []org.Unit {
	merged := map[string]Unit{}
	for _, u := range c.Units {
		if u.MergedInto != "" {
			merged[u.ID] = u
		}
	}
	var out []org.Unit
	for _, u := range c.Units {
		o := org.Unit{
			ID: u.ID, SourceID: "demo-" + u.ID[:8], From: org.Day(u.From), To: org.Day(u.To), Name: u.Name, Short: u.Short,
			Kind: org.UnitKind(u.Kind), Code: u.Code, Parent: u.Parent, MergedInto: u.MergedInto,
		}
		if old, moves := merged[u.Parent]; moves && u.MergedInto == "" {
			o.To = org.Day(old.To)
			out = append(out, o)
			o.From, o.To, o.Parent = org.Day(old.To), "", old.MergedInto
		}
		out = append(out, o)
	}
	return out
}

// orgPositions gives each post its periods: who answered to a post that closed
// answers to the one that followed it.
func (c *City) orgPositions() []org.Position {
	heads := map[string]string{}
	closed := map[string]Post{}
	for _, p := range c.Posts {
		if p.Head {
			heads[p.Unit] = p.ID
		}
		if p.To != "" {
			closed[p.ID] = p
		}
	}
	into := map[string]string{}
	for _, u := range c.Units {
		if u.MergedInto != "" {
			into[heads[u.ID]] = heads[u.MergedInto]
		}
	}
	var out []org.Position
	for _, p := range c.Posts {
		o := org.Position{
			ID: p.ID, SourceID: "demo-" + p.ID[:13], From: org.Day(p.From), To: org.Day(p.To), Unit: p.Unit, Title: p.Title,
			Kind: org.PositionKind(p.Kind), Level: p.Level, Class: p.Class, RankLow: p.RankLow, RankHigh: p.RankHigh,
			AnswersTo: p.Superior, Need: strconv.Itoa(p.Need), Head: p.Head, Group: p.Group,
		}
		if old, moves := closed[p.Superior]; moves && p.To == "" {
			o.To = org.Day(old.To)
			out = append(out, o)
			o.From, o.To, o.AnswersTo = org.Day(old.To), "", into[old.ID]
		}
		out = append(out, o)
	}
	return out
}

func (c *City) orgPeople() []org.Person {
	out := make([]org.Person, len(c.People))
	for i, p := range c.People {
		out[i] = org.Person{
			ID: p.ID, SourceID: "demo-" + p.ID[:13], NIP: p.NIP, Name: p.Name, Front: p.Front, Back: p.Back, Born: org.Day(p.Born),
			Birthplace: p.Birthplace, Sex: p.Sex, Email: p.Email, From: founding, Employment: org.Employment(p.Employment),
			Rank: p.Rank, Education: p.Education, LegalStatus: org.Active, ContractEnd: org.Day(p.ContractEnd),
		}
	}
	return out
}
