package forum

import (
	"context"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Queue is what waits for moderators.
type Queue struct {
	Topics  []Topic // opened by members, not shown yet
	Posts   []Post  // not shown yet, or held after flags
	Flagged []Post  // shown, and a member finds something wrong
	Appeals []Post  // hidden, and the author objects
}

// Queue returns what waits in the units the actor moderates.
func (h *Hall) Queue(ctx context.Context, actor account.Actor) (Queue, error) {
	var q Queue
	topics, err := db.All(ctx, h.c.DB, selectTopic+`WHERE t.state = 'waiting' ORDER BY t.id`, scanTopic)
	if err != nil {
		return q, err
	}
	posts, err := db.All(ctx, h.c.DB, selectPost+`WHERE p.state = 'waiting' OR (p.appeal <> '' AND p.appeal_by = '')
		OR (p.state = 'shown' AND NOT p.official AND EXISTS (SELECT 1 FROM forum_flag f WHERE f.post_id = p.id AND f.settled_by = '')) ORDER BY p.id`, scanPost)
	if err != nil {
		return q, err
	}
	if err := h.complaints(ctx, posts); err != nil {
		return q, err
	}
	for _, t := range topics {
		if mine, err := h.mine(ctx, actor, t.UnitID); err != nil {
			return q, err
		} else if mine {
			q.Topics = append(q.Topics, t)
		}
	}
	for _, p := range posts {
		mine, err := h.mine(ctx, actor, p.UnitID)
		if err != nil {
			return q, err
		}
		switch {
		case mine && p.Appealed():
			q.Appeals = append(q.Appeals, p)
		case mine && p.State == Shown:
			q.Flagged = append(q.Flagged, p)
		case mine:
			q.Posts = append(q.Posts, p)
		}
	}
	return q, nil
}

// complaints fills in what members find wrong with posts.
func (h *Hall) complaints(ctx context.Context, posts []Post) error {
	type flag struct{ post, reason string }
	all, err := db.All(ctx, h.c.DB, `SELECT f.post_id, f.reason FROM forum_flag f
		WHERE f.settled_by = '' ORDER BY f.flagged_on, f.member_id`, func(r db.Row) (flag, error) {
		var x flag
		err := r.Scan(&x.post, &x.reason)
		return x, err
	})
	if err != nil {
		return err
	}
	by := map[string][]string{}
	for _, x := range all {
		by[x.post] = append(by[x.post], x.reason)
	}
	for i := range posts {
		posts[i].Complaints = by[posts[i].ID]
	}
	return nil
}

func (h *Hall) mine(ctx context.Context, actor account.Actor, unit string) (bool, error) {
	err := h.c.Access.Can(ctx, actor, account.ActForumModerate, account.Thing{Unit: unit})
	if fault.Is(err, fault.Forbidden) {
		return false, nil
	}
	return err == nil, err
}

// Flag tells moderators about a post. Enough flags of confirmed members hold it
// until it is looked at; official answers are never held.
func (h *Hall) Flag(ctx context.Context, m Member, postID, reason string) error {
	if !m.Known() || m.Blocked {
		return fault.New(fault.Forbidden, "forum.join_first")
	}
	if reason = strings.TrimSpace(reason); reason == "" || len([]rune(reason)) > 300 {
		return fault.WrongField("reason", "form.required")
	}
	rule, err := h.rules(ctx)
	if err != nil {
		return err
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := h.post(ctx, tx, postID)
		if err != nil {
			return err
		}
		err = db.Upsert(ctx, tx, "forum_flag", []string{"post_id", "member_id"}, []string{"post_id", "member_id", "reason", "flagged_on"},
			[][]any{{p.ID, m.ID, reason, h.today()}})
		if err != nil {
			return err
		}
		serious, err := db.One(ctx, tx, `SELECT count(*) FROM forum_flag f JOIN forum_member c ON c.id = f.member_id AND c.confirmed_by <> ''
			WHERE f.post_id = $1 AND f.settled_by = ''`, db.Value[int], p.ID)
		if err != nil || serious < rule.FlagsHide || p.Official || p.State != Shown || p.DecidedBy != "" {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE forum_post SET state = 'waiting' WHERE id = $1`, p.ID)
		return err
	})
}

// Decide shows or hides a post. Hiding needs a reason, which stands in its
// place. A post decided once is not held by flags again.
func (h *Hall) Decide(ctx context.Context, actor account.Actor, postID string, show bool, reason string) error {
	if reason = strings.TrimSpace(reason); !show && reason == "" {
		return fault.WrongField("reason", "forum.reason")
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := h.post(ctx, tx, postID)
		if err != nil {
			return err
		}
		if err := h.c.Access.Can(ctx, actor, account.ActForumModerate, account.Thing{Unit: p.UnitID}); err != nil {
			return err
		}
		if p.Official {
			return fault.Clash("forum.official")
		}
		state := Hidden
		if show {
			state, reason = Shown, ""
		}
		_, err = db.Exec(ctx, tx, `UPDATE forum_post SET state = $1, reason = $2, decided_by = $3 WHERE id = $4`, string(state), reason, actor.ID, p.ID)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE forum_flag SET settled_by = $1 WHERE post_id = $2 AND settled_by = ''`, actor.ID, p.ID); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE forum_topic SET last_on = $1 WHERE id = $2`, h.today(), p.TopicID); err != nil {
			return err
		}
		if show && p.State == Waiting {
			t, err := db.One(ctx, tx, selectTopic+`WHERE t.id = $1`, scanTopic, p.TopicID)
			if err != nil {
				return err
			}
			if err := h.tell(ctx, tx, t, false); err != nil {
				return err
			}
		}
		return h.record(ctx, tx, actor, "post_"+string(state), "post:"+p.ID, map[string]string{"reason": reason})
	})
}

// DecideTopic shows or hides a topic that a member opened.
func (h *Hall) DecideTopic(ctx context.Context, actor account.Actor, topicID string, show bool) error {
	t, err := h.Topic(ctx, topicID, actor, Member{})
	if err != nil {
		return err
	}
	if err := h.c.Access.Can(ctx, actor, account.ActForumModerate, t.Thing()); err != nil {
		return err
	}
	state := Hidden
	if show {
		state = Shown
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `UPDATE forum_topic SET state = $1, version = version + 1 WHERE id = $2`, string(state), t.ID); err != nil {
			return err
		}
		if !show {
			if err := h.settled(ctx, tx, actor, t.ID); err != nil {
				return err
			}
		}
		return h.record(ctx, tx, actor, "topic_"+string(state), t.subject(), map[string]string{"title": t.Title})
	})
}

// Object appeals against the hiding of one's own post, once.
func (h *Hall) Object(ctx context.Context, m Member, postID, words string) error {
	if words = strings.TrimSpace(words); words == "" || len([]rune(words)) > 1000 {
		return fault.WrongField("words", "form.required")
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := h.post(ctx, tx, postID)
		if err != nil {
			return err
		}
		if !m.Known() || p.MemberID != m.ID {
			return fault.Missing("forum.no_post")
		}
		if p.State != Hidden || p.Appeal != "" {
			return fault.Clash("forum.appeal_once")
		}
		_, err = db.Exec(ctx, tx, `UPDATE forum_post SET appeal = $1, appealed_on = $2 WHERE id = $3`, words, h.today(), p.ID)
		return err
	})
}

// Settle decides an appeal. It must be somebody else than who hid the post.
func (h *Hall) Settle(ctx context.Context, actor account.Actor, postID string, show bool) error {
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := h.post(ctx, tx, postID)
		if err != nil {
			return err
		}
		if err := h.c.Access.Can(ctx, actor, account.ActForumModerate, account.Thing{Unit: p.UnitID}); err != nil {
			return err
		}
		if !p.Appealed() {
			return fault.Clash("forum.appeal_once")
		}
		if p.DecidedBy == actor.ID {
			return fault.Denied("forum.appeal_other")
		}
		state := Hidden
		if show {
			state = Shown
		}
		_, err = db.Exec(ctx, tx, `UPDATE forum_post SET state = $1, appeal_by = $2 WHERE id = $3`, string(state), actor.ID, p.ID)
		if err != nil {
			return err
		}
		return h.record(ctx, tx, actor, "appeal_"+string(state), "post:"+p.ID, map[string]string{"by": p.DecidedBy})
	})
}
