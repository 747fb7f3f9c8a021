package org

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
)

// Correction is what somebody says is wrong about a person's place on the map
// or record. HR decides; work goes on meanwhile.
type Correction struct {
	ID           string
	Person       string
	About        string // one of CorrectionSubjects
	Text         string
	State        CorrectionState
	ProposedName string
	ProposedAt   time.Time
	Answer       string
	DecidedName  string
	DecidedAt    time.Time
	Version      int64
}

// CorrectionState says where a correction stands.
type CorrectionState string

// The states.
const (
	OpenCorrection    CorrectionState = "open"
	AcceptedCorrected CorrectionState = "accepted" // the map was or will be mended
	RefusedCorrection CorrectionState = "refused"
)

// CorrectionSubjects lists what can be wrong.
func CorrectionSubjects() []string { return []string{"superior", "unit", "post", "identity", "other"} }

const correctionTask = "org.correction.decide"

const selectCorrection = `
	SELECT id, person_id, about, text, state, proposed_name, proposed_at, answer, decided_name, decided_at, version
	FROM correction `

func scanCorrection(r db.Row) (Correction, error) {
	var c Correction
	err := r.Scan(&c.ID, &c.Person, &c.About, &c.Text, &c.State, &c.ProposedName, db.TimeTo(&c.ProposedAt), &c.Answer,
		&c.DecidedName, db.TimeTo(&c.DecidedAt), &c.Version)
	return c, err
}

// CorrectionsOf returns what was said to be wrong about a person, the latest
// first.
func (s *Store) CorrectionsOf(ctx context.Context, q db.Queryer, person string) ([]Correction, error) {
	return db.All(ctx, q, selectCorrection+`WHERE person_id = $1 ORDER BY proposed_at DESC, id DESC`, scanCorrection, person)
}

// Propose says that something about a person is wrong. It puts the matter on
// HR's desk and changes nothing else.
func (s *Service) Propose(ctx context.Context, actor account.Actor, person, about, words string) error {
	var wrong fault.Fields
	wrong.Check(slices.Contains(CorrectionSubjects(), about), "about", "form.choose")
	text(&wrong, "text", words, MaxNote, true)
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(tx *db.Tx) error {
		m, err := s.store.Map(ctx, tx, s.Today())
		if err != nil {
			return err
		}
		if err := s.access.Can(ctx, actor, account.ActPerson, m.Thing(person)); err != nil {
			return err
		}
		names, err := s.store.Names(ctx, tx, person)
		if err != nil {
			return err
		}
		id := db.NewID()
		if _, err := db.Exec(ctx, tx, `
			INSERT INTO correction (id, person_id, about, text, state, proposed_by, proposed_name, proposed_at)
			VALUES ($1, $2, $3, $4, 'open', $5, $6, $7)`,
			id, person, about, strings.TrimSpace(words), actor.ID, actor.Name, db.Time(s.now())); err != nil {
			return err
		}
		if err := task.File(ctx, tx, s.correctionTask(id, m.UnitFor(person), actor.PersonID, names[person], about)); err != nil {
			return err
		}
		note := Noted{From: s.Today(), Reason: words, Changes: []FieldChange{{"about", "", about}}}
		return s.record(ctx, tx, actor, "org.correction.proposed", "person:"+person, note)
	})
}

func (s *Service) correctionTask(id, unit, from, name, about string) task.Task {
	return task.Task{
		Kind: correctionTask, Subject: "correction:" + id, For: task.Role(account.HR, unit), From: from,
		Title: task.Say("org.correction.task", name), Why: task.Say("org.correction.task_why." + about),
		Await: task.Say("org.correction.await"), Button: "org.correction.task_button", Link: "/koreksi/" + id, At: s.now(),
	}
}

// Correction returns one correction for whoever decides about it.
func (s *Service) Correction(ctx context.Context, actor account.Actor, id string) (Correction, error) {
	return s.correction(ctx, s.store.db, actor, id)
}

func (s *Service) correction(ctx context.Context, q db.Queryer, actor account.Actor, id string) (Correction, error) {
	c, err := db.One(ctx, q, selectCorrection+`WHERE id = $1`, scanCorrection, id)
	if err == db.ErrNone {
		return c, fault.Missing("org.no_correction")
	}
	if err != nil {
		return c, err
	}
	m, err := s.store.Map(ctx, q, s.Today())
	if err != nil {
		return c, err
	}
	return c, s.mayEdit(ctx, actor, m.UnitFor(c.Person))
}

// OpenCorrections returns what waits for a decision within the actor's reach,
// the oldest first.
func (s *Service) OpenCorrections(ctx context.Context, actor account.Actor) ([]Correction, error) {
	reach, err := s.reach(actor, account.ActOrgEdit)
	if err != nil {
		return nil, err
	}
	m, err := s.store.Map(ctx, s.store.db, s.Today())
	if err != nil {
		return nil, err
	}
	all, err := db.All(ctx, s.store.db, selectCorrection+`WHERE state = 'open' ORDER BY proposed_at, id`, scanCorrection)
	if err != nil || reach == nil {
		return all, err
	}
	return slices.DeleteFunc(all, func(c Correction) bool {
		unit := m.UnitFor(c.Person)
		return !slices.ContainsFunc(reach, func(u string) bool { return m.tree.Within(unit, u) })
	}), nil
}

// Decide answers a correction. Accepting it does not change the map by itself:
// the answer says what was or will be done.
func (s *Service) Decide(ctx context.Context, actor account.Actor, id string, version int64, accept bool, answer string) error {
	var wrong fault.Fields
	text(&wrong, "answer", answer, MaxNote, true)
	if err := wrong.Err(); err != nil {
		return err
	}
	state := RefusedCorrection
	if accept {
		state = AcceptedCorrected
	}
	return s.change(ctx, func(tx *db.Tx) error {
		c, err := s.correction(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, `
			UPDATE correction SET state = $1, answer = $2, decided_by = $3, decided_name = $4, decided_at = $5, version = version + 1
			WHERE id = $6 AND version = $7 AND state = 'open'`,
			string(state), strings.TrimSpace(answer), actor.ID, actor.Name, db.Time(s.now()), id, version)
		if err != nil {
			return err
		}
		if n == 0 {
			return errChanged()
		}
		if err := task.Close(ctx, tx, task.Done{Kind: correctionTask, By: actor.ID, At: s.now()}, "correction:"+id); err != nil {
			return err
		}
		note := Noted{From: s.Today(), Reason: answer, Changes: []FieldChange{{"correction", string(c.State), string(state)}}}
		return s.record(ctx, tx, actor, "org.correction.decided", "person:"+c.Person, note)
	})
}
