package org

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Appointment is somebody who is to hold a position from a day on.
type Appointment struct {
	Person   string
	Position string
	Kind     TenureKind
	From, To Day // an empty To is open
	Decree   string
	Note     string
}

func (a Appointment) check() error {
	var wrong fault.Fields
	wrong.Check(a.Person != "", "person", "form.required")
	wrong.Check(slices.Contains(TenureKinds(), a.Kind), "kind", "form.choose")
	wrong.Check(isDay(a.From), "from", "form.date")
	wrong.Check(a.To == "" || isDay(a.To), "to", "form.date")
	wrong.Check(a.To == "" || a.To > a.From, "to", "org.ends_before_it_begins")
	text(&wrong, "decree", a.Decree, MaxDecree, true)
	text(&wrong, "note", a.Note, MaxNote, false)
	return wrong.Err()
}

func (a Appointment) tenure() Tenure {
	return Tenure{
		ID: db.NewID(), Person: a.Person, Position: a.Position, Kind: a.Kind, From: a.From, To: a.To,
		Decree: strings.TrimSpace(a.Decree), Note: strings.TrimSpace(a.Note),
	}
}

// Appoint makes somebody hold a position. A definitive appointment ends the
// one before on the same day; the other kinds leave the own post alone. It
// returns the tenure's id.
func (s *Service) Appoint(ctx context.Context, actor account.Actor, a Appointment) (string, error) {
	if err := a.check(); err != nil {
		return "", err
	}
	begun := a.tenure()
	err := s.change(ctx, func(tx *db.Tx) error {
		p, err := s.positionOn(ctx, tx, a.Position, a.From)
		if err != nil {
			return err
		}
		if err := s.mayEdit(ctx, actor, p.Unit); err != nil {
			return err
		}
		known, err := tenuresOfPeople(ctx, tx, []string{a.Person})
		if err != nil {
			return err
		}
		ended, err := a.fits(known[a.Person])
		if err != nil {
			return err
		}
		if err := s.nobodyElseActs(ctx, tx, a); err != nil {
			return err
		}
		return s.appoint(ctx, tx, actor, begun, ended)
	})
	return begun.ID, err
}

// positionOn returns a position on a day for an appointment, a wrong day when
// it is not there then.
func (s *Service) positionOn(ctx context.Context, tx *db.Tx, id string, on Day) (Position, error) {
	periods, err := s.store.PositionPeriods(ctx, tx, id)
	if err != nil {
		return Position{}, err
	}
	if len(periods) == 0 {
		return Position{}, fault.Missing("org.no_position")
	}
	p, there := at(periods, on)
	if !there {
		return Position{}, fault.WrongField("from", "org.not_there_then", periods[0].From)
	}
	return p, nil
}

// fits returns the tenures of the person that end for an appointment, or why
// it cannot be.
func (a Appointment) fits(own []Tenure) (ended []Tenure, err error) {
	for _, t := range own {
		if !meets(t.From, t.To, a.From, a.To) {
			continue
		}
		if t.Position == a.Position && t.Kind == a.Kind {
			return nil, fault.WrongField("person", "org.holds_already")
		}
		if a.Kind != Definitive || t.Kind != Definitive {
			continue
		}
		if t.From >= a.From {
			return nil, fault.WrongField("from", "org.later_post", t.From)
		}
		t.To = a.From
		ended = append(ended, t)
	}
	return ended, nil
}

// nobodyElseActs refuses a second Plt, Pj or Plh of a position at one time.
func (s *Service) nobodyElseActs(ctx context.Context, tx *db.Tx, a Appointment) error {
	if !a.Kind.Acting() {
		return nil
	}
	held, err := s.store.HoldersEver(ctx, tx, a.Position)
	if err != nil {
		return err
	}
	for _, t := range held {
		if t.Kind == a.Kind && meets(t.From, t.To, a.From, a.To) {
			return fault.WrongField("kind", "org.somebody_acts", t.From)
		}
	}
	return nil
}

func (s *Service) appoint(ctx context.Context, tx *db.Tx, actor account.Actor, begun Tenure, ended []Tenure) error {
	if err := editStaff(ctx, tx, func() error { return saveTenures(ctx, tx, ended) }); err != nil {
		return err
	}
	if err := s.store.AddTenures(ctx, tx, []Tenure{begun}); err != nil {
		if db.IsForeign(err) {
			return fault.WrongField("person", "org.no_person").Because(err)
		}
		return err
	}
	for _, t := range ended {
		if err := s.noteTenure(ctx, tx, actor, "org.tenure.ended", t, Noted{From: t.To, Decree: begun.Decree}); err != nil {
			return err
		}
	}
	return s.noteTenure(ctx, tx, actor, "org.tenure.begun", begun, Noted{From: begun.From, Decree: begun.Decree, Changes: changed(nil, begun.traits())})
}

// noteTenure records a change of a tenure with the person and with the
// position.
func (s *Service) noteTenure(ctx context.Context, tx *db.Tx, actor account.Actor, kind string, t Tenure, n Noted) error {
	n.Others = []string{"position:" + t.Position}
	if err := s.record(ctx, tx, actor, kind, "person:"+t.Person, n); err != nil {
		return err
	}
	n.Others = []string{"person:" + t.Person}
	return s.record(ctx, tx, actor, kind, "position:"+t.Position, n)
}

// tenureToEdit returns a tenure whose version is the one shown.
func (s *Service) tenureToEdit(ctx context.Context, tx *db.Tx, actor account.Actor, id string, version int64) (Tenure, error) {
	t, err := s.store.Tenure(ctx, tx, id)
	if err != nil {
		return t, err
	}
	p, err := s.positionOn(ctx, tx, t.Position, t.From)
	if err != nil {
		return t, err
	}
	if err := s.mayEdit(ctx, actor, p.Unit); err != nil {
		return t, err
	}
	if t.Version != version {
		return t, errChanged()
	}
	return t, nil
}

// EndTenure ends a tenure: on is the first day on which it no longer holds.
func (s *Service) EndTenure(ctx context.Context, actor account.Actor, id string, version int64, on Day, decree, note string) error {
	var wrong fault.Fields
	wrong.Check(isDay(on), "on", "form.date")
	text(&wrong, "decree", decree, MaxDecree, false)
	text(&wrong, "note", note, MaxNote, false)
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(tx *db.Tx) error {
		t, err := s.tenureToEdit(ctx, tx, actor, id, version)
		if err != nil {
			return err
		}
		if on <= t.From {
			return fault.WrongField("on", "org.ends_before_it_begins")
		}
		was := t
		t.To = on
		if note = strings.TrimSpace(note); note != "" {
			t.Note = note
		}
		if err := editStaff(ctx, tx, func() error { return saveTenures(ctx, tx, []Tenure{t}) }); err != nil {
			return err
		}
		return s.noteTenure(ctx, tx, actor, "org.tenure.ended", t, Noted{From: on, Decree: decree, Changes: changed(was.traits(), t.traits())})
	})
}

// ExtendTenure extends an acting tenure, which the rule allows once.
func (s *Service) ExtendTenure(ctx context.Context, actor account.Actor, id string, version int64, on Day, decree string) error {
	var wrong fault.Fields
	wrong.Check(isDay(on), "on", "form.date")
	text(&wrong, "decree", decree, MaxDecree, true)
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(tx *db.Tx) error {
		t, err := s.tenureToEdit(ctx, tx, actor, id, version)
		switch {
		case err != nil:
			return err
		case !t.Kind.Acting() || t.To != "" && t.To <= on:
			return fault.Clash("org.not_acting")
		case t.ExtendedOn != "":
			return fault.Clash("org.extended_already")
		}
		was := t
		t.ExtendedOn, t.ExtensionDecree = on, strings.TrimSpace(decree)
		if err := editStaff(ctx, tx, func() error { return saveTenures(ctx, tx, []Tenure{t}) }); err != nil {
			return err
		}
		return s.noteTenure(ctx, tx, actor, "org.tenure.extended", t, Noted{From: on, Decree: decree, Changes: changed(was.traits(), t.traits())})
	})
}

// endTenures ends tenures on a day.
func (s *Store) endTenures(ctx context.Context, tx *db.Tx, on Day, tenures []Tenure) error {
	if len(tenures) == 0 {
		return nil
	}
	ended := slices.Clone(tenures)
	for i := range ended {
		if ended[i].From >= on {
			return fault.WrongField("from", "org.ends_before_it_begins")
		}
		ended[i].To = on
	}
	return editStaff(ctx, tx, func() error { return saveTenures(ctx, tx, ended) })
}
