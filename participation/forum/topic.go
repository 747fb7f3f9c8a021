package forum

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Phase is how far a topic has come.
type Phase string

// The phases: what is planned, what is said, what came of it, and the answer.
const (
	Plan    Phase = "plan"
	Content Phase = "content"
	Outcome Phase = "result"
	Answer  Phase = "answer"
)

// Phases lists the phases in their order.
func Phases() []Phase { return []Phase{Plan, Content, Outcome, Answer} }

// State says who sees a topic or post.
type State string

// The states.
const (
	Waiting State = "waiting" // to be looked at
	Shown   State = "shown"
	Hidden  State = "hidden"
)

// Topic is what is talked about.
type Topic struct {
	ID, UnitID, ServiceID string
	Title, Body           string
	Phase                 Phase
	MemberID, Author      string // Author is the member's name, empty for the unit
	OpenedOn, LastOn      string
	DueOn, AnsweredOn     string
	ClosedOn              string
	State                 State
	Version               int
	Posts, Votes          int
}

// Late reports whether the official answer is overdue.
func (t Topic) Late(today string) bool {
	return t.DueOn != "" && t.AnsweredOn == "" && t.ClosedOn == "" && t.DueOn < today
}

// Thing is the topic for access: it belongs to its unit.
func (t Topic) Thing() account.Thing { return account.Thing{Unit: t.UnitID} }

const (
	maxTitle = 150
	maxBody  = 5000
)

const selectTopic = `SELECT t.id, t.unit_id, t.service_id, t.title, t.body, t.phase, t.member_id, m.name, t.opened_on, t.last_on, t.due_on, t.answered_on,
	t.closed_on, t.state, t.version,
	(SELECT count(*) FROM forum_post p WHERE p.topic_id = t.id AND p.state = 'shown'),
	(SELECT count(*) FROM forum_vote v JOIN forum_member c ON c.id = v.member_id AND c.confirmed_by <> '' WHERE v.target = t.id)
	FROM forum_topic t LEFT JOIN forum_member m ON m.id = t.member_id `

func scanTopic(r db.Row) (Topic, error) {
	var t Topic
	err := r.Scan(&t.ID, &t.UnitID, db.OrZero(&t.ServiceID), &t.Title, &t.Body, &t.Phase, db.OrZero(&t.MemberID), db.OrZero(&t.Author),
		&t.OpenedOn, &t.LastOn, &t.DueOn, db.OrZero(&t.AnsweredOn), db.OrZero(&t.ClosedOn), &t.State, &t.Version, &t.Posts, &t.Votes)
	return t, err
}

// Topics returns the topics shown, the latest first, whose words contain find.
func (h *Hall) Topics(ctx context.Context, find string) ([]Topic, error) {
	list, err := db.All(ctx, h.c.DB, selectTopic+`WHERE t.state = 'shown' ORDER BY t.last_on DESC, t.id DESC LIMIT 500`, scanTopic)
	if err != nil {
		return nil, err
	}
	find = strings.ToLower(strings.TrimSpace(find))
	return slices.DeleteFunc(list, func(t Topic) bool {
		return !strings.Contains(strings.ToLower(t.Title+"\n"+t.Body), find)
	}), nil
}

// LateTopics returns the topics whose official answer is overdue.
func (h *Hall) LateTopics(ctx context.Context) ([]Topic, error) {
	return db.All(ctx, h.c.DB, selectTopic+`WHERE t.state = 'shown' AND t.due_on <> '' AND t.answered_on IS NULL AND t.closed_on IS NULL AND t.due_on < $1
		ORDER BY t.due_on, t.id`, scanTopic, h.today())
}

// Topic returns a topic that the reader may see: shown to all, otherwise to its
// author and to moderators of its unit; else NotFound.
func (h *Hall) Topic(ctx context.Context, id string, actor account.Actor, m Member) (Topic, error) {
	t, err := db.One(ctx, h.c.DB, selectTopic+`WHERE t.id = $1`, scanTopic, id)
	if errors.Is(err, db.ErrNone) {
		return t, fault.Missing("forum.no_topic")
	}
	if err != nil || t.State == Shown || m.Known() && t.MemberID == m.ID {
		return t, err
	}
	if h.c.Access.Can(ctx, actor, account.ActForumModerate, t.Thing()) != nil {
		return Topic{}, fault.Missing("forum.no_topic")
	}
	return t, nil
}

func (t *Topic) check() error {
	t.Title, t.Body = strings.TrimSpace(t.Title), strings.TrimSpace(t.Body)
	var f fault.Fields
	f.Check(t.Title != "", "title", "form.required")
	f.Check(len([]rune(t.Title)) <= maxTitle, "title", "form.too_long", maxTitle)
	f.Check(t.Body != "", "body", "form.required")
	f.Check(len([]rune(t.Body)) <= maxBody, "body", "form.too_long", maxBody)
	f.Check(t.UnitID != "", "unit", "form.choose")
	return f.Err()
}

// Open opens a topic for a unit, by somebody who may answer for it.
func (h *Hall) Open(ctx context.Context, actor account.Actor, t Topic) (Topic, error) {
	if err := t.check(); err != nil {
		return t, err
	}
	if err := h.c.Access.Can(ctx, actor, account.ActForumAnswer, t.Thing()); err != nil {
		return t, err
	}
	t.Phase, t.State, t.MemberID = Plan, Shown, ""
	err := h.insertTopic(ctx, &t, func(tx *db.Tx) error {
		return h.record(ctx, tx, actor, "topic_opened", "topic:"+t.ID, map[string]string{"title": t.Title, "unit": t.UnitID})
	})
	return t, err
}

// Ask opens a topic by a member; the clock for the official answer begins.
func (h *Hall) Ask(ctx context.Context, m Member, t Topic) (Topic, error) {
	if err := t.check(); err != nil {
		return t, err
	}
	rule, err := h.rules(ctx)
	if err != nil {
		return t, err
	}
	if t.State, err = h.judge(ctx, rule, m); err != nil {
		return t, err
	}
	if t.DueOn, err = h.c.Calendar.AddWorking(h.today(), rule.AnswerDays); err != nil {
		return t, err
	}
	t.Phase, t.MemberID = Content, m.ID
	return t, h.insertTopic(ctx, &t, func(*db.Tx) error { return nil })
}

func (h *Hall) insertTopic(ctx context.Context, t *Topic, and func(*db.Tx) error) error {
	t.ID, t.OpenedOn, t.LastOn, t.Version = db.NewID(), h.today(), h.today(), 1
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO forum_topic (id, unit_id, service_id, title, body, phase, member_id, opened_on, last_on, due_on, state, search)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			t.ID, t.UnitID, db.Null(t.ServiceID), t.Title, t.Body, string(t.Phase), db.Null(t.MemberID), t.OpenedOn, t.LastOn, t.DueOn, string(t.State), strings.ToLower(t.Title))
		if err != nil {
			return err
		}
		return and(tx)
	})
}

// Move brings a topic into its next phase, or closes it after the last.
func (h *Hall) Move(ctx context.Context, actor account.Actor, id string, version int, to Phase) error {
	t, err := h.Topic(ctx, id, actor, Member{})
	if err != nil {
		return err
	}
	if err := h.c.Access.Can(ctx, actor, account.ActForumAnswer, t.Thing()); err != nil {
		return err
	}
	if slices.Index(Phases(), to) != slices.Index(Phases(), t.Phase)+1 {
		return fault.Clash("forum.phase_order")
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE forum_topic SET phase = $1, version = version + 1 WHERE id = $2 AND version = $3`, string(to), id, version)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("survey.changed_meanwhile")
		}
		return h.record(ctx, tx, actor, "phase", "topic:"+id, map[string]string{"phase": string(to)})
	})
}

// Close ends a topic: it stays readable and takes no more posts.
func (h *Hall) Close(ctx context.Context, actor account.Actor, id string) error {
	t, err := h.Topic(ctx, id, actor, Member{})
	if err != nil {
		return err
	}
	if err := h.c.Access.Can(ctx, actor, account.ActForumAnswer, t.Thing()); err != nil {
		return err
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE forum_topic SET closed_on = $1, version = version + 1 WHERE id = $2 AND closed_on IS NULL`, h.today(), id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("forum.closed")
		}
		if err := h.settled(ctx, tx, actor, id); err != nil {
			return err
		}
		return h.record(ctx, tx, actor, "topic_closed", "topic:"+id, map[string]string{"on": h.today()})
	})
}
