package forum

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/rulebook"
)

// The kinds of tasks of topics whose official answer is late.
const (
	taskLate  = "forum.task.late"  // on the desk of the office
	taskRisen = "forum.task.risen" // before the leader above
)

func (t Topic) subject() string { return "topic:" + t.ID }

// raise puts topics past their deadline on the desk of their office, and what
// is long past before the leader above.
func (h *Hall) raise(ctx context.Context) error {
	list, err := h.LateTopics(ctx)
	if err != nil || len(list) == 0 {
		return err
	}
	b, err := h.c.Books.At(ctx, h.today())
	if err != nil {
		return err
	}
	rule, err := rulebook.Load[participation.FollowUpRule](b)
	if err != nil {
		return err
	}
	late := make([]participation.Late, len(list))
	for i, t := range list {
		late[i] = h.late(t)
	}
	tasks, err := rule.Raise(ctx, late, h.c.Desks, h.c.Calendar, h.today())
	if err != nil {
		return err
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error { return task.File(ctx, tx, tasks...) })
}

func (h *Hall) late(t Topic) participation.Late {
	office := task.Task{
		Kind: taskLate, Subject: t.subject(), Title: task.Say(taskLate+".title", t.Title), Why: task.Say(taskLate+".why", h.c.Name, task.Day(t.OpenedOn)),
		Button: taskLate + ".button", Link: "/forum/topik/" + t.ID, At: h.c.Now(),
	}
	above := office
	above.Kind, above.Title, above.Why = taskRisen, task.Say(taskRisen+".title", t.Title), task.Say(taskRisen+".why", task.Day(t.DueOn))
	return participation.Late{Unit: t.UnitID, Due: t.DueOn, Office: &office, Above: above}
}

// settled takes a topic off every desk: it was answered, closed or hidden.
func (h *Hall) settled(ctx context.Context, tx *db.Tx, actor account.Actor, id string) error {
	return task.Close(ctx, tx, task.Done{By: actor.ID, At: h.c.Now()}, Topic{ID: id}.subject())
}
