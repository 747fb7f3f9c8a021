package org

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// AttachMost is how many units one decision attaches at most: enough for a
// region, few enough for one transaction.
const AttachMost = 5000

// Attachment hangs loose units under a parent from a day on.
type Attachment struct {
	Units  []string
	Parent string
	From   Day
	Decree string
}

func (a Attachment) check(t *Tree) error {
	var wrong fault.Fields
	wrong.Check(len(a.Units) > 0, "unit", "org.attach_none")
	wrong.Check(len(a.Units) <= AttachMost, "unit", "org.attach_many", AttachMost)
	text(&wrong, "decree", a.Decree, MaxDecree, false)
	_, live := t.Unit(a.Parent)
	wrong.Check(live, "parent", "org.parent_absent")
	for _, id := range a.Units {
		if live && t.Within(a.Parent, id) {
			wrong.Check(false, "parent", "org.parent_below")
			break
		}
	}
	return wrong.Err()
}

// AttachUnits hangs units that no path connects to the map under a parent, all
// or none, and returns how many. A unit that somebody else has attached
// meanwhile is refused with a clash: what is in its place is never moved here.
func (s *Service) AttachUnits(ctx context.Context, actor account.Actor, a Attachment) (int, error) {
	if err := goodDay("from", a.From); err != nil {
		return 0, err
	}
	err := s.change(ctx, func(tx *db.Tx) error {
		t, err := s.store.Units(ctx, tx, a.From)
		if err != nil {
			return err
		}
		if err := s.mayEditAll(ctx, actor, append([]string{a.Parent}, a.Units...)...); err != nil {
			return err
		}
		if err := a.check(t); err != nil {
			return err
		}
		return s.attach(ctx, tx, actor, a, t)
	})
	return len(a.Units), err
}

func (s *Service) attach(ctx context.Context, tx *db.Tx, actor account.Actor, a Attachment, t *Tree) error {
	loose := map[string]Unit{}
	for _, l := range t.Loose() {
		loose[l.Unit.ID] = l.Unit
	}
	units, noted := make([]Unit, 0, len(a.Units)), make([]ledger.Entry, 0, len(a.Units))
	for _, id := range a.Units {
		u, ok := loose[id]
		if !ok {
			return errChanged()
		}
		was := u.traits()
		u.Parent = a.Parent
		units = append(units, u)
		noted = append(noted, ledger.Entry{
			Kind: "org.unit.changed", Subject: "unit:" + id, Actor: actor.ID, At: s.now(),
			Payload: Noted{By: actor.Name, From: a.From, Decree: a.Decree, Changes: changed(was, u.traits())},
		})
	}
	if _, err := s.store.PutUnits(ctx, tx, a.From, units); err != nil {
		return err
	}
	return ledger.AppendAll(ctx, tx, noted)
}
