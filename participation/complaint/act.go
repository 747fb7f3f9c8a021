package complaint

import (
	"context"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Assign gives a report to somebody who holds a post (person), or to a post in
// words, or corrects its class; another class gives another deadline, counted
// from the day it was received.
func (d *Desk) Assign(ctx context.Context, actor account.Actor, id string, version int, owner, person string, class Class) error {
	owner = strings.TrimSpace(owner)
	return d.change(ctx, actor, account.ActSurveyManage, id, version, "assigned", func(c *Complaint) error {
		if !c.Waiting() {
			return fault.Clash("complaint.order")
		}
		if person != "" && d.c.Posts != nil {
			post, err := d.c.Posts.PostOf(ctx, c.UnitID, person)
			if err != nil {
				return err
			}
			owner, c.OwnerPerson = post, person
		} else {
			c.OwnerPerson = ""
		}
		if owner == "" || len([]rune(owner)) > maxSubject {
			return fault.WrongField("owner", "form.required")
		}
		due, err := d.due(ctx, class, c.ReceivedOn)
		if err != nil {
			return err
		}
		c.Owner, c.Class, c.DueOn, c.State = owner, class, due, Working
		return nil
	})
}

// Answer answers a report, by its office or by who was given it; the clock
// stops.
func (d *Desk) Answer(ctx context.Context, actor account.Actor, id string, version int, words string) error {
	words = strings.TrimSpace(words)
	if words == "" || len([]rune(words)) > maxText {
		return fault.WrongField("answer", "form.required")
	}
	return d.change(ctx, actor, account.ActFollowUpMove, id, version, "answered", func(c *Complaint) error {
		if !c.Waiting() {
			return fault.Clash("complaint.order")
		}
		c.Answer, c.AnsweredOn, c.State = words, d.today(), Answered
		return nil
	})
}

// Archive puts aside a report that cannot be acted on, with the reason.
func (d *Desk) Archive(ctx context.Context, actor account.Actor, id string, version int, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" || len([]rune(reason)) > maxText {
		return fault.WrongField("reason", "form.required")
	}
	return d.change(ctx, actor, account.ActSurveyManage, id, version, "archived", func(c *Complaint) error {
		if !c.Waiting() {
			return fault.Clash("complaint.order")
		}
		c.Reason, c.State = reason, Archived
		return nil
	})
}

// Close ends an answered report of SP4N-LAPOR! as it was ended there, with the
// citizen's rating if one was given.
func (d *Desk) Close(ctx context.Context, actor account.Actor, id string, version, rating int) error {
	return d.change(ctx, actor, account.ActSurveyManage, id, version, "closed", func(c *Complaint) error { return c.end(rating) })
}

// Reopen takes up a report again because the citizen is not content.
func (d *Desk) Reopen(ctx context.Context, actor account.Actor, id string, version int) error {
	return d.change(ctx, actor, account.ActSurveyManage, id, version, "reopened", func(c *Complaint) error { return c.again() })
}

func (c *Complaint) end(rating int) error {
	if c.State != Answered {
		return fault.Clash("complaint.order")
	}
	if rating < 0 || rating > 4 {
		return fault.WrongField("rating", "form.choose")
	}
	c.State, c.Rating = Closed, rating
	return nil
}

func (c *Complaint) again() error {
	if c.State != Answered && c.State != Closed {
		return fault.Clash("complaint.order")
	}
	c.State = Working
	c.Reopened++
	return nil
}

// Rate is the word of the citizen who has the code: content, or not. Not
// content takes the report up again.
func (d *Desk) Rate(ctx context.Context, typed string, rating int) (Complaint, error) {
	if rating < 1 || rating > 4 {
		return Complaint{}, fault.WrongField("rating", "form.choose")
	}
	c, err := d.Followed(ctx, typed)
	if err != nil {
		return c, err
	}
	if err := c.end(rating); err != nil {
		return c, err
	}
	if rating <= 2 {
		if err := c.again(); err != nil {
			return c, err
		}
	}
	return c, d.c.DB.Tx(ctx, func(tx *db.Tx) error { return d.store(ctx, tx, account.Actor{}, "rated", c) })
}

// change runs one act of the office on a report.
func (d *Desk) change(ctx context.Context, actor account.Actor, may account.Action, id string, version int, kind string, act func(*Complaint) error) error {
	c, err := d.Complaint(ctx, actor, id)
	if err != nil {
		return err
	}
	if err := d.c.Access.Can(ctx, actor, may, c.Thing()); err != nil {
		return err
	}
	if c.Version != version {
		return fault.Clash("survey.changed_meanwhile")
	}
	if err := act(&c); err != nil {
		return err
	}
	return d.c.DB.Tx(ctx, func(tx *db.Tx) error { return d.store(ctx, tx, actor, kind, c) })
}

func (d *Desk) store(ctx context.Context, tx *db.Tx, actor account.Actor, kind string, c Complaint) error {
	n, err := db.Exec(ctx, tx, `UPDATE complaint SET class = $1, due_on = $2, owner = $3, owner_person = $4, state = $5, answer = $6, answered_on = $7, reason = $8,
			reopened = $9, rating = $10, version = version + 1 WHERE id = $11 AND version = $12`,
		string(c.Class), c.DueOn, c.Owner, c.OwnerPerson, string(c.State), c.Answer, db.Null(c.AnsweredOn), c.Reason, c.Reopened, db.Null(c.Rating), c.ID, c.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Clash("survey.changed_meanwhile")
	}
	if err := d.desk(ctx, tx, actor, c); err != nil {
		return err
	}
	return d.record(ctx, tx, actor, kind, c, map[string]any{"state": string(c.State), "class": string(c.Class), "due": c.DueOn, "rating": c.Rating})
}
