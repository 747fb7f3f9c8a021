package org

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// File is everything the map knows about one person, as far as the reader may
// see it.
type File struct {
	Person      Person
	Whole       bool // the reader may see the record; otherwise only name and posts are filled
	May         struct{ Edit, Propose bool }
	Map         *Map // of the day
	Tenures     []Tenure
	Evaluator   Evaluator
	Above       Evaluator
	Staff       []string // whom the person evaluates
	Names       map[string]string
	Overrides   []Override
	Corrections []Correction
	Retirement  *Retirement // nil when the rule has no age for the post
	RetireWhy   rulebook.Because
	Periods     []Person
	Looks       []Look // who has read the record; for the person only
	History     []Entry
}

// Look is a reading of a person's record by somebody else.
type Look struct {
	Reader string
	Day    Day
}

type look struct {
	day            Day
	person, reader string
}

// File returns a person's file as of a day. Whoever is signed in sees a name
// and what the person holds; whoever may read the record sees all, and leaves
// a trace the person can see.
func (s *Service) File(ctx context.Context, actor account.Actor, person string, on Day) (*File, error) {
	m, err := s.Map(ctx, actor, on)
	if err != nil {
		return nil, err
	}
	f := &File{Map: m}
	thing := m.Thing(person)
	f.Whole = s.access.Can(ctx, actor, account.ActPerson, thing) == nil
	f.May.Edit = s.MayEdit(ctx, actor, thing.Unit)
	f.May.Propose = f.Whole
	err = s.store.db.View(ctx, func(tx *db.Tx) error { return s.fillFile(ctx, tx, f, person, on, actor.PersonID == person) })
	if err != nil {
		return nil, err
	}
	if !f.Whole {
		p := f.Person
		f.Person = Person{ID: p.ID, Name: p.Name, Front: p.Front, Back: p.Back, Employment: p.Employment, Version: p.Version}
		return f, nil
	}
	if err := s.retireOf(ctx, f, on); err != nil {
		return nil, err
	}
	if actor.PersonID != person {
		return f, s.leaveTrace(ctx, actor, person)
	}
	return f, nil
}

func (s *Service) fillFile(ctx context.Context, tx *db.Tx, f *File, person string, on Day, own bool) (err error) {
	if f.Periods, err = s.store.PersonPeriods(ctx, tx, person); err != nil {
		return err
	}
	if len(f.Periods) == 0 {
		return fault.Missing("org.no_person")
	}
	f.Person = asOf(f.Periods, on)
	if f.Tenures, err = s.store.TenuresOf(ctx, tx, person, "", ""); err != nil {
		return err
	}
	f.Evaluator = f.Map.Evaluator(person)
	f.Above = f.Map.Above(person, f.Evaluator)
	ids := []string{f.Evaluator.PersonID, f.Above.PersonID}
	if f.Whole {
		f.Staff = f.Map.Subordinates(person)
		ids = append(ids, f.Staff...)
		if f.Overrides, err = s.store.OverridesOf(ctx, tx, person); err != nil {
			return err
		}
		for _, o := range f.Overrides {
			ids = append(ids, o.Evaluator)
		}
		if f.Corrections, err = s.store.CorrectionsOf(ctx, tx, person); err != nil {
			return err
		}
		if f.History, err = entries(ctx, tx, "person:"+person); err != nil {
			return err
		}
	} else {
		f.Periods = nil
		f.Tenures = slices.DeleteFunc(f.Tenures, func(t Tenure) bool { return !holds(t.From, t.To, on) })
	}
	if own {
		if f.Looks, err = looksAt(ctx, tx, person); err != nil {
			return err
		}
	}
	f.Names, err = s.store.Names(ctx, tx, ids...)
	return err
}

// retireOf fills when the person retires from the main post.
func (s *Service) retireOf(ctx context.Context, f *File, on Day) error {
	post, _ := f.Map.Post(f.Person.ID)
	p, held := f.Map.Position(post.Position)
	if !held || f.Person.Born == "" {
		return nil
	}
	rules, err := s.rules(ctx, on)
	if err != nil {
		return err
	}
	if r, ok := rules.Retirement.Of(f.Person.Born, p.RetirementKind()); ok {
		f.Retirement, f.RetireWhy = &r, rules.Retirement.Explain(f.Person.Born, p.RetirementKind(), r)
	}
	return nil
}

// Trace notes that the actor has read about a person elsewhere than in the
// person's file, once a day. People reading about themselves leave none.
func (s *Service) Trace(ctx context.Context, actor account.Actor, person string) error {
	if actor.PersonID == person {
		return nil
	}
	return s.leaveTrace(ctx, actor, person)
}

// leaveTrace notes once a day that somebody has read a person's record.
func (s *Service) leaveTrace(ctx context.Context, actor account.Actor, person string) error {
	l := look{s.Today(), person, actor.ID}
	if _, noted := s.looks.get(l); noted {
		return nil
	}
	err := s.store.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `
			INSERT INTO person_look (person_id, reader, day, reader_name) VALUES ($1, $2, $3, $4)
			ON CONFLICT (person_id, day, reader) DO NOTHING`, person, actor.ID, string(l.day), actor.Name)
		return err
	})
	if err == nil {
		s.looks.put(l, true)
	}
	return err
}

// maxLooks is how many readings are shown.
const maxLooks = 100

func looksAt(ctx context.Context, q db.Queryer, person string) ([]Look, error) {
	return db.All(ctx, q, `SELECT reader_name, day FROM person_look WHERE person_id = $1 ORDER BY day DESC, reader_name LIMIT $2`,
		func(r db.Row) (Look, error) {
			var l Look
			err := r.Scan(&l.Reader, &l.Day)
			return l, err
		}, person, maxLooks)
}

// UnitHistory returns what was recorded about a unit, newest first, and its
// periods.
func (s *Service) UnitHistory(ctx context.Context, actor account.Actor, id string) ([]Unit, []Entry, error) {
	return history(ctx, s, actor, "unit:"+id, id, s.store.UnitPeriods)
}

// PositionHistory returns what was recorded about a position, newest first,
// and its periods.
func (s *Service) PositionHistory(ctx context.Context, actor account.Actor, id string) ([]Position, []Entry, error) {
	return history(ctx, s, actor, "position:"+id, id, s.store.PositionPeriods)
}

func history[T any](ctx context.Context, s *Service, actor account.Actor, subject, id string, read func(context.Context, db.Queryer, string) ([]T, error)) (periods []T, log []Entry, err error) {
	if err := s.access.Can(ctx, actor, account.ActOrgView, account.Thing{}); err != nil {
		return nil, nil, err
	}
	err = s.store.db.View(ctx, func(tx *db.Tx) error {
		if periods, err = read(ctx, tx, id); err != nil {
			return err
		}
		log, err = entries(ctx, tx, subject)
		return err
	})
	return periods, log, err
}
