package org

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Merger joins units into one on a day. What hung from them hangs from the one
// from then on; their heads' positions end, and with them who held those.
type Merger struct {
	Units  []string // the units that end
	Into   string   // the unit they go into; empty: New is made
	New    UnitEdit
	On     Day
	Decree string
}

// MergerEffect is what a merger would change: shown before it is done.
type MergerEffect struct {
	Units     []Unit     // that end
	Children  []Unit     // that move
	Positions []Position // that move
	Heads     []Position // that end
	Ending    []Tenure   // that end with the heads
}

// effect lists what a merger changes on the map of its day.
func (g Merger) effect(m *Map) (MergerEffect, error) {
	var e MergerEffect
	var wrong fault.Fields
	wrong.Check(len(g.Units) > 0, "units", "form.choose")
	for _, id := range g.Units {
		u, there := m.tree.Unit(id)
		if !there {
			return e, fault.Missing("org.no_unit")
		}
		wrong.Check(id != g.Into, "units", "org.merge_into_itself")
		wrong.Check(g.Into == "" || !m.tree.Within(g.Into, id), "into", "org.parent_below")
		wrong.Check(g.Into != "" || !m.tree.Within(g.New.Parent, id), "parent", "org.parent_below")
		e.Units = append(e.Units, u)
		for _, c := range m.tree.Children(id) {
			if !slices.Contains(g.Units, c.ID) && c.ID != g.Into {
				e.Children = append(e.Children, c)
			}
		}
		for _, p := range m.In(id) {
			if !p.Head {
				e.Positions = append(e.Positions, p)
				continue
			}
			e.Heads = append(e.Heads, p)
			e.Ending = append(e.Ending, m.Holders(p.ID)...)
		}
	}
	if _, there := m.tree.Unit(g.Into); g.Into != "" && !there {
		wrong.Add("into", "org.parent_absent")
	}
	return e, wrong.Err()
}

// PlanMerger returns what a merger would change.
func (s *Service) PlanMerger(ctx context.Context, actor account.Actor, g Merger) (MergerEffect, error) {
	if err := goodDay("from", g.On); err != nil {
		return MergerEffect{}, err
	}
	if err := s.mayEditAll(ctx, actor, append(g.Units, g.Into)...); err != nil {
		return MergerEffect{}, err
	}
	m, err := s.store.Map(ctx, s.store.db, g.On)
	if err != nil {
		return MergerEffect{}, err
	}
	return g.effect(m)
}

func (s *Service) mayEditAll(ctx context.Context, actor account.Actor, units ...string) error {
	for _, u := range units {
		if u == "" {
			continue
		}
		if err := s.mayEdit(ctx, actor, u); err != nil {
			return err
		}
	}
	return nil
}

// Merge does what PlanMerger shows, and returns the unit that goes on.
func (s *Service) Merge(ctx context.Context, actor account.Actor, g Merger) (string, error) {
	if err := goodDay("from", g.On); err != nil {
		return "", err
	}
	err := s.change(ctx, func(tx *db.Tx) error {
		if err := s.mayEditAll(ctx, actor, append(g.Units, g.Into, g.New.Parent)...); err != nil {
			return err
		}
		m, err := s.store.Map(ctx, tx, g.On)
		if err != nil {
			return err
		}
		e, err := g.effect(m)
		if err != nil {
			return err
		}
		into := g.Into
		if into == "" {
			g.New.ID, g.New.From, g.New.Decree = "", g.On, g.Decree
			if err := g.New.check(m.tree); err != nil {
				return err
			}
			if err := s.createUnit(ctx, tx, actor, &g.New); err != nil {
				return err
			}
			into = g.New.ID
		}
		g.Into = into
		return s.merge(ctx, tx, actor, g, e)
	})
	return g.Into, err
}

func (s *Service) merge(ctx context.Context, tx *db.Tx, actor account.Actor, g Merger, e MergerEffect) error {
	for i := range e.Children {
		e.Children[i].Parent = g.Into
	}
	for i := range e.Positions {
		e.Positions[i].Unit = g.Into
	}
	if _, err := s.store.PutUnits(ctx, tx, g.On, e.Children); err != nil {
		return err
	}
	if _, err := s.store.PutPositions(ctx, tx, g.On, e.Positions); err != nil {
		return err
	}
	if err := s.store.endTenures(ctx, tx, g.On, e.Ending); err != nil {
		return err
	}
	if err := s.store.endPositions(ctx, tx, g.On, idsOf(e.Heads, func(p Position) string { return p.ID })...); err != nil {
		return err
	}
	if err := s.store.endUnits(ctx, tx, g.On, g.Into, g.Units...); err != nil {
		return err
	}
	others := make([]string, len(g.Units))
	for i, id := range g.Units {
		others[i] = "unit:" + id
		note := Noted{From: g.On, Decree: g.Decree, Changes: []FieldChange{{"merged_into", "", g.Into}}}
		if err := s.record(ctx, tx, actor, "org.unit.merged", "unit:"+id, note); err != nil {
			return err
		}
	}
	return s.record(ctx, tx, actor, "org.unit.received", "unit:"+g.Into, Noted{From: g.On, Decree: g.Decree, Others: others})
}

// Split makes new units out of one on a day and moves parts of it there. When
// nothing is left in it, it ends.
type Split struct {
	Unit    string
	Version int64
	On      Day
	Decree  string
	Parts   []UnitEdit     // the new units; an empty parent is that of the old one
	Moves   map[string]int // child unit or position → which part it goes to
}

// Split does it and returns the ids of the new units.
func (s *Service) Split(ctx context.Context, actor account.Actor, p Split) ([]string, error) {
	if err := goodDay("from", p.On); err != nil {
		return nil, err
	}
	var ids []string
	err := s.change(ctx, func(tx *db.Tx) error {
		if err := s.mayEdit(ctx, actor, p.Unit); err != nil {
			return err
		}
		was, err := s.unitToEdit(ctx, tx, p.Unit, p.Version, p.On)
		if err != nil {
			return err
		}
		m, err := s.store.Map(ctx, tx, p.On)
		if err != nil {
			return err
		}
		if ids, err = s.splitOff(ctx, tx, actor, p, was, m); err != nil {
			return err
		}
		return s.moveParts(ctx, tx, p, ids, m)
	})
	return ids, err
}

// splitOff makes the new units.
func (s *Service) splitOff(ctx context.Context, tx *db.Tx, actor account.Actor, p Split, was Unit, m *Map) ([]string, error) {
	if len(p.Parts) == 0 {
		return nil, fault.WrongField("name", "form.required")
	}
	ids, others := make([]string, len(p.Parts)), make([]string, len(p.Parts))
	units := make([]Unit, len(p.Parts))
	for i, part := range p.Parts {
		part.From, part.ID = p.On, ""
		if part.Parent == "" {
			part.Parent = was.Parent
		}
		if err := part.check(m.tree); err != nil {
			return nil, err
		}
		units[i] = part.unit()
		units[i].ID, units[i].SplitFrom = db.NewID(), p.Unit
		ids[i], others[i] = units[i].ID, "unit:"+units[i].ID
	}
	if err := s.store.AddUnits(ctx, tx, units); err != nil {
		return nil, err
	}
	for _, u := range units {
		note := Noted{From: p.On, Decree: p.Decree, Changes: changed(nil, u.traits()), Others: []string{"unit:" + p.Unit}}
		if err := s.record(ctx, tx, actor, "org.unit.created", "unit:"+u.ID, note); err != nil {
			return nil, err
		}
	}
	return ids, s.record(ctx, tx, actor, "org.unit.split", "unit:"+p.Unit, Noted{From: p.On, Decree: p.Decree, Others: others})
}

// moveParts moves what the split says and ends the old unit when it is empty.
func (s *Service) moveParts(ctx context.Context, tx *db.Tx, p Split, ids []string, m *Map) error {
	var units []Unit
	var positions []Position
	left := 0
	for _, c := range m.tree.Children(p.Unit) {
		if i, moves := p.Moves[c.ID]; moves && i >= 0 && i < len(ids) {
			c.Parent = ids[i]
			units = append(units, c)
		} else {
			left++
		}
	}
	for _, q := range m.In(p.Unit) {
		if i, moves := p.Moves[q.ID]; moves && i >= 0 && i < len(ids) {
			q.Unit = ids[i]
			positions = append(positions, q)
		} else {
			left++
		}
	}
	if _, err := s.store.PutUnits(ctx, tx, p.On, units); err != nil {
		return err
	}
	if _, err := s.store.PutPositions(ctx, tx, p.On, positions); err != nil {
		return err
	}
	if left > 0 {
		return nil
	}
	return s.store.endUnits(ctx, tx, p.On, "", p.Unit)
}
