package forum

import (
	"context"
	"errors"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Post is what somebody said in a topic.
type Post struct {
	ID, TopicID, ReplyTo string
	MemberID, Author     string // Author is the member's name; empty: the unit
	Official             bool
	Body                 string
	WrittenOn            string
	State                State
	Reason               string
	DecidedBy            string
	Appeal, AppealedOn   string
	AppealBy             string
	Votes, Flags         int      // flags nobody has looked at
	Complaints           []string // what they say, for moderators
	UnitID, TopicTitle   string
}

// Appealed reports whether an appeal waits to be decided.
func (p Post) Appealed() bool { return p.Appeal != "" && p.AppealBy == "" }

const selectPost = `SELECT p.id, p.topic_id, p.reply_to, p.member_id, m.name, p.official, p.body, p.written_on, p.state, p.reason, p.decided_by,
	p.appeal, p.appealed_on, p.appeal_by, t.unit_id, t.title,
	(SELECT count(*) FROM forum_vote v JOIN forum_member c ON c.id = v.member_id AND c.confirmed_by <> '' WHERE v.target = p.id),
	(SELECT count(*) FROM forum_flag f WHERE f.post_id = p.id AND f.settled_by = '')
	FROM forum_post p JOIN forum_topic t ON t.id = p.topic_id LEFT JOIN forum_member m ON m.id = p.member_id `

func scanPost(r db.Row) (Post, error) {
	var p Post
	err := r.Scan(&p.ID, &p.TopicID, db.OrZero(&p.ReplyTo), db.OrZero(&p.MemberID), db.OrZero(&p.Author), &p.Official, &p.Body, &p.WrittenOn,
		&p.State, &p.Reason, &p.DecidedBy, &p.Appeal, db.OrZero(&p.AppealedOn), &p.AppealBy, &p.UnitID, &p.TopicTitle, &p.Votes, &p.Flags)
	return p, err
}

// Posts returns a topic's posts in their order: those shown, hidden ones as a
// mark with the reason, and the member's own that wait.
func (h *Hall) Posts(ctx context.Context, topicID string, m Member) ([]Post, error) {
	list, err := db.All(ctx, h.c.DB, selectPost+`WHERE p.topic_id = $1 AND (p.state <> 'waiting' OR p.member_id = $2) ORDER BY p.id`, scanPost, topicID, m.ID)
	for i := range list {
		if list[i].State == Hidden && (!m.Known() || list[i].MemberID != m.ID) {
			list[i].Body = ""
		}
	}
	return list, err
}

func (h *Hall) post(ctx context.Context, q db.Queryer, id string) (Post, error) {
	p, err := db.One(ctx, q, selectPost+`WHERE p.id = $1`, scanPost, id)
	if errors.Is(err, db.ErrNone) {
		err = fault.Missing("forum.no_post")
	}
	return p, err
}

// judge decides whether what a member writes is shown at once or looked at
// first, and refuses who is blocked or writes too much.
func (h *Hall) judge(ctx context.Context, rule Rules, m Member) (State, error) {
	if !m.Known() {
		return "", fault.New(fault.Forbidden, "forum.join_first")
	}
	if m.Blocked {
		return "", fault.Denied("forum.blocked")
	}
	type counts struct{ today, shown int }
	c, err := db.One(ctx, h.c.DB, `SELECT
		(SELECT count(*) FROM forum_post WHERE member_id = $1 AND written_on = $2) + (SELECT count(*) FROM forum_topic WHERE member_id = $3 AND opened_on = $4),
		(SELECT count(*) FROM forum_post WHERE member_id = $5 AND state = 'shown') + (SELECT count(*) FROM forum_topic WHERE member_id = $6 AND state = 'shown')`,
		func(r db.Row) (counts, error) {
			var x counts
			err := r.Scan(&x.today, &x.shown)
			return x, err
		}, m.ID, h.today(), m.ID, h.today(), m.ID, m.ID)
	if err != nil {
		return "", err
	}
	if c.today >= rule.DayPosts {
		return "", fault.New(fault.TooMany, "forum.too_many", rule.DayPosts)
	}
	if m.Confirmed && c.shown >= rule.FirstPosts {
		return Shown, nil
	}
	return Waiting, nil
}

// Say writes a member's post, as an answer to another when replyTo is given.
func (h *Hall) Say(ctx context.Context, m Member, topicID, replyTo, body string) (Post, error) {
	rule, err := h.rules(ctx)
	if err != nil {
		return Post{}, err
	}
	p := Post{TopicID: topicID, ReplyTo: replyTo, MemberID: m.ID, Body: body}
	if p.State, err = h.judge(ctx, rule, m); err != nil {
		return p, err
	}
	t, err := h.Topic(ctx, topicID, account.Actor{}, m)
	if err != nil {
		return p, err
	}
	return p, h.insertPost(ctx, t, &p, "", func(tx *db.Tx) error {
		if p.State != Shown {
			return nil
		}
		return h.tell(ctx, tx, t, false)
	})
}

// Reply writes an official answer for the topic's unit and stops its clock.
func (h *Hall) Reply(ctx context.Context, actor account.Actor, topicID, replyTo, body string) (Post, error) {
	t, err := h.Topic(ctx, topicID, actor, Member{})
	if err != nil {
		return Post{}, err
	}
	if err := h.c.Access.Can(ctx, actor, account.ActForumAnswer, t.Thing()); err != nil {
		return Post{}, err
	}
	p := Post{TopicID: topicID, ReplyTo: replyTo, Official: true, Body: body, State: Shown}
	err = h.insertPost(ctx, t, &p, actor.ID, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `UPDATE forum_topic SET answered_on = $1 WHERE id = $2 AND answered_on IS NULL`, h.today(), topicID); err != nil {
			return err
		}
		if err := h.settled(ctx, tx, actor, topicID); err != nil {
			return err
		}
		if err := h.tell(ctx, tx, t, true); err != nil {
			return err
		}
		return h.record(ctx, tx, actor, "answered", "topic:"+topicID, map[string]string{"post": p.ID})
	})
	return p, err
}

func (h *Hall) insertPost(ctx context.Context, t Topic, p *Post, accountID string, and func(*db.Tx) error) error {
	p.Body = strings.TrimSpace(p.Body)
	if p.Body == "" {
		return fault.WrongField("body", "form.required")
	}
	if len([]rune(p.Body)) > maxBody {
		return fault.WrongField("body", "form.too_long", maxBody)
	}
	if t.ClosedOn != "" {
		return fault.Clash("forum.closed")
	}
	p.ID, p.WrittenOn = db.NewID(), h.today()
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		if p.ReplyTo != "" {
			to, err := h.post(ctx, tx, p.ReplyTo)
			if err != nil || to.TopicID != t.ID {
				return fault.Missing("forum.no_post")
			}
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO forum_post (id, topic_id, reply_to, member_id, account_id, official, body, written_on, state)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			p.ID, t.ID, db.Null(p.ReplyTo), db.Null(p.MemberID), accountID, p.Official, p.Body, p.WrittenOn, string(p.State))
		if err != nil {
			return err
		}
		if p.State == Shown {
			if _, err := db.Exec(ctx, tx, `UPDATE forum_topic SET last_on = $1 WHERE id = $2`, h.today(), t.ID); err != nil {
				return err
			}
		}
		return and(tx)
	})
}

// Support gives a member's support to a topic or post, or takes it back. It
// counts once the member is confirmed.
func (h *Hall) Support(ctx context.Context, m Member, target string) error {
	if !m.Known() || m.Blocked {
		return fault.New(fault.Forbidden, "forum.join_first")
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		there, err := db.Exists(ctx, tx, `SELECT 1 FROM forum_topic WHERE id = $1 AND state = 'shown'
			UNION ALL SELECT 1 FROM forum_post WHERE id = $2 AND state = 'shown'`, target, target)
		if err != nil {
			return err
		}
		if !there {
			return fault.Missing("forum.no_post")
		}
		n, err := db.Exec(ctx, tx, `DELETE FROM forum_vote WHERE target = $1 AND member_id = $2`, target, m.ID)
		if err != nil || n > 0 {
			return err
		}
		return db.Insert(ctx, tx, "forum_vote", []string{"target", "member_id"}, [][]any{{target, m.ID}})
	})
}

// Follow lets a member hear of a topic, or no longer.
func (h *Hall) Follow(ctx context.Context, m Member, topicID string) error {
	if !m.Known() || m.Blocked {
		return fault.New(fault.Forbidden, "forum.join_first")
	}
	t, err := h.Topic(ctx, topicID, account.Actor{}, m)
	if err != nil {
		return err
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `DELETE FROM forum_follow WHERE topic_id = $1 AND member_id = $2`, t.ID, m.ID)
		if err != nil || n > 0 {
			return err
		}
		return db.Insert(ctx, tx, "forum_follow", []string{"topic_id", "member_id"}, [][]any{{t.ID, m.ID}})
	})
}
