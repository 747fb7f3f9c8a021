package org

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// UnitEdit is a unit as somebody wants it to be from a day on.
type UnitEdit struct {
	ID          string // empty for a new one
	Version     int64  // as it was shown; 0 for a new one
	From        Day
	Name, Short string
	Kind        UnitKind
	Code        string
	Parent      string
	Decree      string // the decision behind the change
}

// Limits of what can be typed, in characters.
const (
	MaxName   = 200
	MaxShort  = 60
	MaxDecree = 200
	MaxNote   = 1000
)

func (e UnitEdit) unit() Unit {
	return Unit{ID: e.ID, From: e.From, Name: strings.TrimSpace(e.Name), Short: strings.TrimSpace(e.Short), Kind: e.Kind, Code: strings.TrimSpace(e.Code), Parent: e.Parent}
}

// check notes what is wrong with an edit on the tree of its day.
func (e UnitEdit) check(t *Tree) error {
	var wrong fault.Fields
	text(&wrong, "name", e.Name, MaxName, true)
	text(&wrong, "short", e.Short, MaxShort, false)
	text(&wrong, "code", e.Code, MaxShort, false)
	text(&wrong, "decree", e.Decree, MaxDecree, false)
	wrong.Check(slices.Contains(UnitKinds(), e.Kind), "kind", "form.choose")
	if e.Parent != "" {
		_, live := t.Unit(e.Parent)
		wrong.Check(live, "parent", "org.parent_absent")
		wrong.Check(e.ID == "" || !t.Within(e.Parent, e.ID), "parent", "org.parent_below")
	}
	return wrong.Err()
}

// text notes a text that is missing or too long.
func text(wrong *fault.Fields, name, value string, most int, required bool) {
	value = strings.TrimSpace(value)
	wrong.Check(!required || value != "", name, "form.required")
	wrong.Check(len([]rune(value)) <= most, name, "form.too_long", most)
}

// goodDay notes a day that is none.
func goodDay(name string, d Day) error {
	var wrong fault.Fields
	wrong.Check(d != "", name, "form.required")
	wrong.Check(d == "" || isDay(d), name, "form.date")
	return wrong.Err()
}

// SaveUnit makes a unit (empty ID), or changes one from a day on: another
// name, kind or code, or another place in the tree. It returns the unit's id.
func (s *Service) SaveUnit(ctx context.Context, actor account.Actor, e UnitEdit) (string, error) {
	if err := goodDay("from", e.From); err != nil {
		return "", err
	}
	err := s.change(ctx, func(tx *db.Tx) error {
		t, err := s.store.Units(ctx, tx, e.From)
		if err != nil {
			return err
		}
		if err := s.mayPlace(ctx, actor, e.ID, e.Parent); err != nil {
			return err
		}
		if err := e.check(t); err != nil {
			return err
		}
		if e.ID == "" {
			return s.createUnit(ctx, tx, actor, &e)
		}
		return s.changeUnit(ctx, tx, actor, e)
	})
	return e.ID, err
}

// mayPlace asks whether an actor may change a unit and put it under a parent;
// at the top only whoever may change the whole agency.
func (s *Service) mayPlace(ctx context.Context, actor account.Actor, unit, parent string) error {
	if unit != "" {
		if err := s.mayEdit(ctx, actor, unit); err != nil {
			return err
		}
	}
	return s.mayEdit(ctx, actor, parent)
}

func (s *Service) createUnit(ctx context.Context, tx *db.Tx, actor account.Actor, e *UnitEdit) error {
	u := e.unit()
	u.ID = db.NewID()
	if err := s.store.AddUnits(ctx, tx, []Unit{u}); err != nil {
		return err
	}
	e.ID = u.ID
	return s.record(ctx, tx, actor, "org.unit.created", "unit:"+u.ID, Noted{From: e.From, Decree: e.Decree, Changes: changed(nil, u.traits())})
}

func (s *Service) changeUnit(ctx context.Context, tx *db.Tx, actor account.Actor, e UnitEdit) error {
	was, err := s.unitToEdit(ctx, tx, e.ID, e.Version, e.From)
	if err != nil {
		return err
	}
	u := e.unit()
	if u.Parent == "" {
		u.ParentSource = was.ParentSource
	}
	if _, err := s.store.PutUnits(ctx, tx, e.From, []Unit{u}); err != nil {
		return err
	}
	changes := changed(was.traits(), u.traits())
	if len(changes) == 0 {
		return nil
	}
	return s.record(ctx, tx, actor, "org.unit.changed", "unit:"+e.ID, Noted{From: e.From, Decree: e.Decree, Changes: changes})
}

// unitToEdit returns a unit as it is on a day, or a fault: it is not there
// that day, or somebody else has changed it.
func (s *Service) unitToEdit(ctx context.Context, tx *db.Tx, id string, version int64, on Day) (Unit, error) {
	periods, err := s.store.UnitPeriods(ctx, tx, id)
	if err != nil {
		return Unit{}, err
	}
	if len(periods) == 0 {
		return Unit{}, fault.Missing("org.no_unit")
	}
	return editable(periods, periods[0].Version == version, on)
}

// CloseUnit ends a unit on a day. It is refused while units or positions hang
// from it that day: move or close those first.
func (s *Service) CloseUnit(ctx context.Context, actor account.Actor, id string, version int64, on Day, decree string) error {
	if err := goodDay("from", on); err != nil {
		return err
	}
	return s.change(ctx, func(tx *db.Tx) error {
		if err := s.mayEdit(ctx, actor, id); err != nil {
			return err
		}
		if _, err := s.unitToEdit(ctx, tx, id, version, on); err != nil {
			return err
		}
		m, err := s.store.Map(ctx, tx, on)
		if err != nil {
			return err
		}
		if children, posts := len(m.tree.Children(id)), len(m.In(id)); children+posts > 0 {
			return fault.Clash("org.unit_in_use", children, posts)
		}
		if err := s.store.endUnits(ctx, tx, on, "", id); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "org.unit.closed", "unit:"+id, Noted{From: on, Decree: decree})
	})
}

// endUnits ends units on a day and says where they went.
func (s *Store) endUnits(ctx context.Context, tx *db.Tx, on Day, into string, ids ...string) error {
	return edit(ctx, tx, func() error {
		known, err := unitTable().load(ctx, tx, ids)
		if err != nil {
			return err
		}
		var changes []change[Unit]
		for _, id := range ids {
			after := cut(known[id], on)
			if len(after) == 0 {
				return fault.WrongField("from", "org.ends_before_it_begins")
			}
			after[len(after)-1].MergedInto = into
			changes = append(changes, change[Unit]{id, known[id], after})
		}
		return unitTable().save(ctx, tx, changes)
	})
}
