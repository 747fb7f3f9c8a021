package talk

import (
	"context"
	"unicode/utf8"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/task"
)

// The kinds of tasks of this package.
const (
	kindHold   = "talk.hold"
	kindSign   = "talk.sign"
	kindAction = "talk.act"
)

func subject(t Talk) string { return "talk:" + t.ID }

func actionSubject(id string) string { return "talk-action:" + id }

func (s *Service) taskFor(kind, subject, to, from string, t Talk, due Day, args ...any) task.Task {
	return task.Task{
		Kind: kind, Subject: subject, For: task.Person(to), From: from,
		Title: task.Say(kind+".title", args...), Why: task.Say(kind+".why", args...), Await: task.Say(kind+".await", args...),
		Button: kind + ".button", Link: "/dialog/" + t.ID, Due: string(due), At: s.Now(),
	}
}

// holdDesk asks both to prepare a talk for its day.
func (s *Service) holdDesk(ctx context.Context, tx *db.Tx, t Talk, p appraisal.Part) error {
	var tasks []task.Task
	for _, side := range []Side{Person, Superior} {
		me, other := names(p, side), names(p, side.Other())
		hold := s.taskFor(kindHold, subject(t), me.PersonID, "", t, t.Day, other.Name, task.Day(t.Day))
		tasks = append(tasks, hold)
	}
	return task.File(ctx, tx, tasks...)
}

// signDesk closes the own task of who has signed and asks the other to sign.
func (s *Service) signDesk(ctx context.Context, tx *db.Tx, actor account.Actor, t Talk, p appraisal.Part, by Side) error {
	if err := s.closeDesks(ctx, tx, actor, t); err != nil {
		return err
	}
	me, other := names(p, by), names(p, by.Other())
	return task.File(ctx, tx, s.taskFor(kindSign, subject(t), other.PersonID, me.PersonID, t, "", me.Name, other.Name))
}

// closeDesks takes everything about a talk off the desks.
func (s *Service) closeDesks(ctx context.Context, tx *db.Tx, actor account.Actor, t Talk) error {
	return task.Close(ctx, tx, task.Done{By: actor.ID, At: s.Now()}, subject(t))
}

func (s *Service) closeAction(ctx context.Context, tx *db.Tx, actor account.Actor, id string) error {
	return task.Close(ctx, tx, task.Done{Kind: kindAction, By: actor.ID, At: s.Now()}, actionSubject(id))
}

// short cuts an action's words to what a task's title bears.
func short(text string) string {
	const most = 90
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
