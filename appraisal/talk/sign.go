package talk

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
)

// Sign signs a talk for the actor's side. hash is that of the wording as it was
// shown: when anything has changed since, signing is a Conflict. The first
// signature freezes the wording; with the second the agreed actions become
// tasks of their owners.
func (s *Service) Sign(ctx context.Context, actor account.Actor, id, hash string) error {
	shown, err := s.Talk(ctx, actor, id)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, id, func(ctx context.Context, tx *db.Tx, v *View) (string, any, error) {
		t := &v.Talk
		switch {
		case !t.Open():
			return "", nil, fault.Clash("talk.not_now." + string(t.State))
		case !t.Written.said():
			return "", nil, fault.Clash("talk.nothing_said")
		case shown.Hash != hash || shown.Talk.Version != t.Version:
			return "", nil, fault.Clash("talk.changed")
		case !t.signedBy(v.Side).IsZero():
			return "", nil, fault.Clash("talk.signed_already")
		case v.Side == Superior && shown.Record.Superior.PersonID != actor.PersonID:
			return "", nil, fault.Clash("talk.other_superior")
		}
		if err := s.put(t, v.Side, shown.Record); err != nil {
			return "", nil, err
		}
		payload := map[string]string{"side": string(v.Side), "hash": t.Hash, "name": actor.Name}
		if t.State == Signed {
			return "appraisal.talk.signed", payload, s.settle(ctx, tx, actor, *t, v.Part, shown.Record)
		}
		return "appraisal.talk.signed", payload, s.signDesk(ctx, tx, actor, *t, v.Part, v.Side)
	})
}

// put sets one signature, and freezes the wording with the first.
func (s *Service) put(t *Talk, side Side, r Record) error {
	now := s.Now()
	if t.Wording == nil {
		var err error
		if t.Wording, t.Hash, err = r.bytes(); err != nil {
			return err
		}
		t.SuperiorID = r.Superior.PersonID
	}
	if side == Superior {
		t.SuperiorSignedAt = now
	} else {
		t.PersonSignedAt = now
	}
	t.State = HalfSaid
	if !t.PersonSignedAt.IsZero() && !t.SuperiorSignedAt.IsZero() {
		t.State, t.SignedAt = Signed, now
	}
	return nil
}

// Reopen takes the first signature back, so that both can write again.
func (s *Service) Reopen(ctx context.Context, actor account.Actor, id string) error {
	return s.change(ctx, actor, id, func(ctx context.Context, tx *db.Tx, v *View) (string, any, error) {
		t := &v.Talk
		if t.State != HalfSaid {
			return "", nil, fault.Clash("talk.not_now." + string(t.State))
		}
		was := t.Hash
		t.State, t.Wording, t.Hash, t.PersonSignedAt, t.SuperiorSignedAt = Prepared, nil, "", time.Time{}, time.Time{}
		if err := s.closeDesks(ctx, tx, actor, *t); err != nil {
			return "", nil, err
		}
		return "appraisal.talk.reopened", map[string]string{"hash": was}, s.holdDesk(ctx, tx, *t, v.Part)
	})
}

// settle turns what was agreed into actions and tasks.
func (s *Service) settle(ctx context.Context, tx *db.Tx, actor account.Actor, t Talk, p appraisal.Part, r Record) error {
	if err := s.closeDesks(ctx, tx, actor, t); err != nil {
		return err
	}
	var rows [][]any
	var tasks []task.Task
	for i, a := range r.Actions {
		owner := Face{PersonID: r.Person.PersonID, Name: r.Person.Name}
		other := r.Superior
		if a.Owner == Superior {
			owner, other = r.Superior, r.Person
		}
		action := Action{
			ID: a.ID, TalkID: t.ID, PartID: t.PartID, PersonID: t.PersonID, Place: i, OwnerID: owner.PersonID, Owner: owner.Name, Text: a.Text, Due: a.Due, At: t.SignedAt,
		}
		rows = append(rows, action.row())
		tasks = append(tasks, s.taskFor(kindAction, actionSubject(a.ID), owner.PersonID, other.PersonID, t, a.Due, short(a.Text), other.Name))
	}
	if err := db.Insert(ctx, tx, "appraisal_talk_action", actionColumns, rows); err != nil {
		return err
	}
	return task.File(ctx, tx, tasks...)
}

// Verify reports whether the stored wording of a talk is the one that was
// signed.
func (t Talk) Verify() bool {
	var r Record
	return t.Wording != nil && hashOf(t.Wording) == t.Hash && json.Unmarshal(t.Wording, &r) == nil && r.Talk == t.ID
}
