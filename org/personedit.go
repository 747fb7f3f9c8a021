package org

import (
	"context"
	"net/mail"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// PersonEdit is a person as somebody wants the record to be. Names and numbers
// are corrected for good; the rest holds from a day on. The period of the
// embedded person is ignored.
type PersonEdit struct {
	Person
	From   Day
	Decree string
}

func (e *PersonEdit) trim() {
	for _, t := range []*string{&e.Name, &e.Front, &e.Back, &e.Birthplace, &e.Email, &e.Phone, &e.Study, &e.Rank, &e.Decree} {
		*t = strings.TrimSpace(*t)
	}
	e.NIP = strings.Join(strings.Fields(e.NIP), "")
	e.Person.From, e.Person.To = e.From, ""
}

func (e PersonEdit) check(nip NIPRule) error {
	var wrong fault.Fields
	p := e.Person
	text(&wrong, "name", p.Name, MaxName, true)
	for name, value := range map[string]string{
		"front": p.Front, "back": p.Back, "birthplace": p.Birthplace, "phone": p.Phone, "rank": p.Rank, "decree": e.Decree,
	} {
		text(&wrong, name, value, MaxDecree, false)
	}
	text(&wrong, "study", p.Study, MaxName, false)
	wrong.Check(p.Sex == "" || p.Sex == "L" || p.Sex == "P", "sex", "form.choose")
	wrong.Check(p.Born == "" || isDay(p.Born), "born", "form.date")
	wrong.Check(p.ContractEnd == "" || isDay(p.ContractEnd), "contract_end", "form.date")
	wrong.Check(slices.Contains(Employments(), p.Employment), "employment", "form.choose")
	wrong.Check(p.Education == "" || slices.Contains(Educations(), p.Education), "education", "form.choose")
	wrong.Check(p.LegalStatus != "", "legal_status", "form.choose")
	if p.Email != "" {
		_, err := mail.ParseAddress(p.Email)
		wrong.Check(err == nil, "email", "org.email")
	}
	checkNIP(&wrong, nip, p)
	return wrong.Err()
}

// checkNIP notes a NIP that cannot be one or contradicts the record.
func checkNIP(wrong *fault.Fields, rule NIPRule, p Person) {
	if p.NIP == "" {
		wrong.Check(p.Employment == Politician || p.Employment == OtherWorker, "nip", "form.required")
		return
	}
	n, err := rule.Parse(p.NIP, p.Sex)
	if err != nil {
		wrong.Add("nip", "org.nip")
		return
	}
	wrong.Check(p.Born == "" || n.Born == p.Born, "nip", "org.nip_born")
	wrong.Check(!slices.Contains(n.Problems, SexDiffers), "nip", "org.nip_sex")
}

// SavePerson makes a person (empty ID), or corrects one's record. It returns
// the person's id.
func (s *Service) SavePerson(ctx context.Context, actor account.Actor, e PersonEdit) (string, error) {
	if err := goodDay("from", e.From); err != nil {
		return "", err
	}
	e.trim()
	book, err := s.books.At(ctx, string(e.From))
	if err != nil {
		return "", err
	}
	nip, err := rulebook.Load[NIPRule](book)
	if err != nil {
		return "", err
	}
	if err := e.check(nip); err != nil {
		return "", err
	}
	err = s.change(ctx, func(tx *db.Tx) error {
		m, err := s.store.Map(ctx, tx, e.From)
		if err != nil {
			return err
		}
		if err := s.mayEdit(ctx, actor, m.UnitFor(e.ID)); err != nil {
			return err
		}
		if err := nipIsFree(ctx, tx, e.NIP, e.ID); err != nil {
			return err
		}
		if e.ID == "" {
			return s.createPerson(ctx, tx, actor, &e)
		}
		return s.changePerson(ctx, tx, actor, e)
	})
	return e.ID, err
}

func nipIsFree(ctx context.Context, q db.Queryer, nip, person string) error {
	if nip == "" {
		return nil
	}
	taken, err := db.Exists(ctx, q, `SELECT 1 FROM person WHERE nip = $1 AND id <> $2`, nip, person)
	if err != nil {
		return err
	}
	if taken {
		return fault.WrongField("nip", "org.nip_taken")
	}
	return nil
}

func (s *Service) createPerson(ctx context.Context, tx *db.Tx, actor account.Actor, e *PersonEdit) error {
	e.ID = db.NewID()
	if err := s.store.AddPeople(ctx, tx, []Person{e.Person}); err != nil {
		return err
	}
	return s.record(ctx, tx, actor, "org.person.created", "person:"+e.ID, Noted{From: e.From, Decree: e.Decree, Changes: changed(nil, e.traits())})
}

func (s *Service) changePerson(ctx context.Context, tx *db.Tx, actor account.Actor, e PersonEdit) error {
	periods, err := s.store.PersonPeriods(ctx, tx, e.ID)
	switch {
	case err != nil:
		return err
	case len(periods) == 0:
		return fault.Missing("org.no_person")
	case periods[0].Version != e.Version:
		return errChanged()
	}
	e.SourceID = periods[0].SourceID
	if _, err := s.store.PutPeople(ctx, tx, e.From, []Person{e.Person}); err != nil {
		return err
	}
	changes := changed(asOf(periods, e.From).traits(), e.traits())
	if len(changes) == 0 {
		return nil
	}
	return s.record(ctx, tx, actor, "org.person.changed", "person:"+e.ID, Noted{From: e.From, Decree: e.Decree, Changes: changes})
}

// SetOverride names another evaluator for a person than the map does, from a
// day on, with a reason. An override that holds then ends.
func (s *Service) SetOverride(ctx context.Context, actor account.Actor, o Override) error {
	var wrong fault.Fields
	wrong.Check(o.Evaluator != "", "evaluator", "form.required")
	wrong.Check(o.Evaluator == "" || o.Evaluator != o.Person, "evaluator", "org.own_evaluator")
	wrong.Check(isDay(o.From), "from", "form.date")
	wrong.Check(o.To == "" || isDay(o.To) && o.To > o.From, "to", "org.ends_before_it_begins")
	text(&wrong, "reason", o.Reason, MaxNote, true)
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(tx *db.Tx) error {
		if err := s.overridable(ctx, tx, actor, o); err != nil {
			return err
		}
		if err := s.store.endOverrides(ctx, tx, o.Person, o.From); err != nil {
			return err
		}
		if err := s.store.AddOverrides(ctx, tx, []Override{o}); err != nil {
			if db.IsForeign(err) {
				return fault.WrongField("evaluator", "org.no_person").Because(err)
			}
			return err
		}
		note := Noted{From: o.From, Reason: o.Reason, Changes: []FieldChange{{"evaluator", "", o.Evaluator}}}
		return s.record(ctx, tx, actor, "org.evaluator.named", "person:"+o.Person, note)
	})
}

// overridable asks whether the actor may name an evaluator for a person.
func (s *Service) overridable(ctx context.Context, tx *db.Tx, actor account.Actor, o Override) error {
	m, err := s.store.Map(ctx, tx, o.From)
	if err != nil {
		return err
	}
	if err := s.mayEdit(ctx, actor, m.UnitFor(o.Person)); err != nil {
		return err
	}
	if _, working := m.Post(o.Evaluator); !working {
		return fault.WrongField("evaluator", "org.evaluator_has_no_post")
	}
	return nil
}

// DropOverride lets the map decide again from a day on.
func (s *Service) DropOverride(ctx context.Context, actor account.Actor, person string, on Day) error {
	if err := goodDay("on", on); err != nil {
		return err
	}
	return s.change(ctx, func(tx *db.Tx) error {
		m, err := s.store.Map(ctx, tx, on)
		if err != nil {
			return err
		}
		if err := s.mayEdit(ctx, actor, m.UnitFor(person)); err != nil {
			return err
		}
		if err := s.store.endOverrides(ctx, tx, person, on); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "org.evaluator.dropped", "person:"+person, Noted{From: on})
	})
}

// endOverrides ends a person's overrides on a day; those that begin later
// never were.
func (s *Store) endOverrides(ctx context.Context, tx *db.Tx, person string, on Day) error {
	return editStaff(ctx, tx, func() error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM evaluator_override WHERE person_id = $1 AND valid_from >= $2`, person, string(on)); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `
			UPDATE evaluator_override SET valid_to = $1, version = version + 1
			WHERE person_id = $2 AND (valid_to IS NULL OR valid_to > $1)`, string(on), person)
		return err
	})
}
