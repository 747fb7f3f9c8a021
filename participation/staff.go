package participation

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
)

// Staff is who answers for a service by name; appraisal is behind it. Without
// one, owners are posts written in words.
type Staff interface {
	// Holders returns who holds a post today in a unit and below it.
	Holders(ctx context.Context, unit string) ([]Holder, error)
	// PassOn puts a citizen's words, cleared by a moderator, into the feedback
	// of a holder. Words of one source reach a post once.
	PassOn(ctx context.Context, tx *db.Tx, actor account.Actor, source, holder, text string) error
	// Promise makes a deed a result of the actor's own SKP and returns the page
	// it stands on. due is its last day.
	Promise(ctx context.Context, actor account.Actor, deed, agreedIn, due string) (page string, err error)
}

// Holder is somebody who holds a post. ID is what PassOn wants.
type Holder struct{ ID, Person, Post, Name string }

// The kinds of tasks of this area.
const (
	taskDo   = "participation.follow.do"
	taskLate = "participation.follow.late"
)

// Holders returns who can own a deed of a unit, for who manages its surveys.
func (o *Office) Holders(ctx context.Context, actor account.Actor, unit string) ([]Holder, error) {
	if o.staff == nil {
		return nil, nil
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, account.Thing{Unit: unit}); err != nil {
		return nil, err
	}
	return o.staff.Holders(ctx, unit)
}

// own finds the holder a deed is given to and names the owner by the post.
func (o *Office) own(ctx context.Context, unit, person string, owner *string) error {
	if person == "" {
		return nil
	}
	if o.staff == nil {
		return fault.WrongField("owner_person", "form.choose")
	}
	all, err := o.staff.Holders(ctx, unit)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(h Holder) bool { return h.Person == person })
	if i < 0 {
		return fault.WrongField("owner_person", "form.choose")
	}
	if *owner == "" {
		*owner = all[i].Post
	}
	return nil
}

// PassOn passes words of a citizen on to somebody of the unit of a service:
// praise or a complaint that names a post. source names where they stand:
// "quote:…", "post:…", "complaint:…".
func (o *Office) PassOn(ctx context.Context, actor account.Actor, serviceID, source, holder, text string) error {
	s, err := o.serviceByID(ctx, serviceID)
	if err != nil {
		return err
	}
	all, err := o.Holders(ctx, actor, s.UnitID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(h Holder) bool { return h.ID == holder }) {
		return fault.WrongField("holder", "form.choose")
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		if err := o.staff.PassOn(ctx, tx, actor, source, holder, text); err != nil {
			return err
		}
		return o.record(ctx, tx, actor, "passed_on", "service:"+s.ID, map[string]string{"source": source})
	})
}

func (f FollowUp) subject() string { return "follow-up:" + f.ID }

// page is where its owner works on a follow-up.
func (f FollowUp) page() string { return "/tindak-lanjut/" + f.ID }

// thing is the follow-up for access.
func (f FollowUp) thing() account.Thing { return account.Thing{Unit: f.UnitID, Owner: f.OwnerPerson} }

// desk puts an open follow-up on its owner's desk, or takes it off.
func (o *Office) desk(ctx context.Context, tx *db.Tx, actor account.Actor, f FollowUp) error {
	if f.State == FollowPlanned || f.State == FollowRunning {
		if f.OwnerPerson == "" {
			return nil
		}
		return task.File(ctx, tx, task.Task{
			Kind: taskDo, Subject: f.subject(), For: task.Person(f.OwnerPerson), From: actor.PersonID,
			Title: task.Say(taskDo+".title", f.Deed), Why: task.Say(taskDo+".why", f.Said), Await: task.Say(taskDo+".await", f.Owner, f.Deed),
			Button: taskDo + ".button", Link: f.page(), Due: f.DueOn, At: o.now(),
		})
	}
	return task.Close(ctx, tx, task.Done{By: actor.ID, At: o.now()}, f.subject())
}

// escalate puts what is overdue before the agency's leaders, once; what was
// reported or declined since has left their desk already.
func (o *Office) escalate(ctx context.Context) error {
	late, err := o.OverdueFollowUps(ctx)
	if err != nil || len(late) == 0 {
		return err
	}
	tasks := make([]task.Task, len(late))
	for i, f := range late {
		tasks[i] = task.Task{
			Kind: taskLate, Subject: f.subject(), For: task.Role(account.Leader, ""), From: f.OwnerPerson,
			Title: task.Say(taskLate+".title", f.Service, f.Deed), Why: task.Say(taskLate+".why", f.Owner, task.Day(f.DueOn)),
			Await: task.Say(taskLate+".title", f.Service, f.Deed), Button: taskLate + ".button", Link: f.page(), Due: f.DueOn, At: o.now(),
		}
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error { return task.File(ctx, tx, tasks...) })
}

// OwnFollowUp returns a follow-up for its owner and for who sees the unit's
// results.
func (o *Office) OwnFollowUp(ctx context.Context, actor account.Actor, id string) (FollowUp, error) {
	f, err := o.FollowUp(ctx, id)
	if err != nil {
		return f, err
	}
	return f, o.access.Can(ctx, actor, account.ActFollowUp, f.thing())
}

// Promise makes a follow-up a result (RHK) of its owner's own SKP, once.
func (o *Office) Promise(ctx context.Context, actor account.Actor, id, agreedIn string) (string, error) {
	f, err := o.OwnFollowUp(ctx, actor, id)
	if err != nil {
		return "", err
	}
	switch {
	case o.staff == nil || actor.PersonID == "" || f.OwnerPerson != actor.PersonID:
		return "", fault.Denied("survey.follow.not_owner")
	case f.Promise != "":
		return "", fault.Clash("survey.follow.promised")
	case f.State != FollowPlanned && f.State != FollowRunning:
		return "", fault.Clash("survey.follow.order")
	}
	page, err := o.staff.Promise(ctx, actor, f.Deed, agreedIn, f.DueOn)
	if err != nil {
		return "", err
	}
	return page, o.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE follow_up SET promise = $1, version = version + 1 WHERE id = $2 AND promise = ''`, page, f.ID)
		if err != nil {
			return err
		}
		return o.record(ctx, tx, actor, "follow_up_promised", f.subject(), map[string]string{"page": page})
	})
}
