package complaint

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/rulebook"
)

// The kinds of tasks of reports.
const (
	taskAnswer = "complaint.task.answer" // on the desk of who was given a report
	taskLate   = "complaint.task.late"   // on the desk of the office
	taskRisen  = "complaint.task.risen"  // before the leader above
)

// Posts names what somebody holds. Without it owners are posts in words.
type Posts interface {
	// PostOf returns the post a person holds in a unit or below it, or an
	// Invalid fault.
	PostOf(ctx context.Context, unit, person string) (string, error)
}

func (c Complaint) subject() string { return "complaint:" + c.ID }
func (c Complaint) page() string    { return "/laporan/" + c.ID }

// desk keeps the desks in step with a report: who was given it has it on the
// own desk until it is answered or put aside; what was late has left them.
func (d *Desk) desk(ctx context.Context, tx *db.Tx, actor account.Actor, c Complaint) error {
	if err := task.Close(ctx, tx, task.Done{By: actor.ID, At: d.c.Now()}, c.subject()); err != nil {
		return err
	}
	if !c.Waiting() || c.OwnerPerson == "" {
		return nil
	}
	return task.File(ctx, tx, task.Task{
		Kind: taskAnswer, Subject: c.subject(), For: task.Person(c.OwnerPerson), From: actor.PersonID,
		Title: task.Say(taskAnswer+".title", c.Subject), Why: task.Say(taskAnswer+".why", c.Number, task.Day(c.ReceivedOn)),
		Await: task.Say(taskAnswer+".await", c.Owner, c.Subject), Button: taskAnswer + ".button", Link: c.page(), Due: c.DueOn, At: d.c.Now(),
	})
}

// Night puts what is past its deadline on the desk of its office, and what is
// long past before the leader above. It can be run again at any time.
func (d *Desk) Night(ctx context.Context) error {
	list, err := d.Late(ctx)
	if err != nil || len(list) == 0 {
		return err
	}
	b, err := d.c.Books.At(ctx, d.today())
	if err != nil {
		return err
	}
	rule, err := rulebook.Load[participation.FollowUpRule](b)
	if err != nil {
		return err
	}
	late := make([]participation.Late, len(list))
	for i, c := range list {
		late[i] = d.late(c)
	}
	tasks, err := rule.Raise(ctx, late, d.c.Desks, d.c.Calendar, d.today())
	if err != nil {
		return err
	}
	return d.c.DB.Tx(ctx, func(tx *db.Tx) error { return task.File(ctx, tx, tasks...) })
}

func (d *Desk) late(c Complaint) participation.Late {
	t := task.Task{
		Kind: taskLate, Subject: c.subject(), From: c.OwnerPerson,
		Title: task.Say(taskLate+".title", c.Subject), Why: task.Say(taskLate+".why", c.Number, task.Day(c.DueOn)),
		Button: taskLate + ".button", Link: c.page(), At: d.c.Now(),
	}
	above := t
	above.Kind, above.Title, above.Why = taskRisen, task.Say(taskRisen+".title", c.Subject), task.Say(taskRisen+".why", c.Number, task.Day(c.DueOn))
	l := participation.Late{Unit: c.UnitID, Due: c.DueOn, Above: above}
	if c.OwnerPerson == "" {
		l.Office = &t
	}
	return l
}
