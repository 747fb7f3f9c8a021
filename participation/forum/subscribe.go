package forum

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/mail"
)

// Subscription is somebody who wants to hear of a topic, or of all topics of a
// service, by mail. It holds from the moment its reader confirms it.
type Subscription struct {
	ID, Target, Address, Secret string
	Lang                        i18n.Lang
	AskedOn, ConfirmedOn        string
}

// Mailing reports whether letters can be sent at all.
func (h *Hall) Mailing() bool { return h.c.Mail.On() }

const selectSubscription = `SELECT s.id, s.target, s.address, s.secret, s.lang, s.asked_on, s.confirmed_on FROM forum_subscription s `

func scanSubscription(r db.Row) (Subscription, error) {
	var s Subscription
	err := r.Scan(&s.ID, &s.Target, &s.Address, &s.Secret, &s.Lang, &s.AskedOn, db.OrZero(&s.ConfirmedOn))
	return s, err
}

// Subscribe sends a letter that asks whether an address wants to hear of a
// topic shown, or of its service. Who subscribed already gets no second letter
// on the same day, and the answer tells nobody which addresses are known.
func (h *Hall) Subscribe(ctx context.Context, topicID string, service bool, address string, lang i18n.Lang) error {
	address = strings.ToLower(strings.TrimSpace(address))
	if !mail.Address(address) {
		return fault.WrongField("email", "forum.email")
	}
	t, err := h.Topic(ctx, topicID, account.Actor{}, Member{})
	if err != nil {
		return err
	}
	s := Subscription{ID: db.NewID(), Target: t.ID, Address: address, Secret: rand.Text(), Lang: lang, AskedOn: h.today()}
	if service && t.ServiceID != "" {
		s.Target = t.ServiceID
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		old, err := db.One(ctx, tx, selectSubscription+`WHERE s.target = $1 AND s.address = $2`, scanSubscription, s.Target, s.Address)
		switch {
		case errors.Is(err, db.ErrNone):
			err = db.Insert(ctx, tx, "forum_subscription", []string{"id", "target", "address", "lang", "secret", "asked_on"},
				[][]any{{s.ID, s.Target, s.Address, string(s.Lang), s.Secret, s.AskedOn}})
		case err == nil && (old.ConfirmedOn != "" || old.AskedOn == s.AskedOn):
			return nil
		case err == nil:
			_, err = db.Exec(ctx, tx, `UPDATE forum_subscription SET secret = $1, asked_on = $2 WHERE id = $3`, s.Secret, s.AskedOn, old.ID)
		}
		if err != nil {
			return err
		}
		return h.c.Mail.Send(ctx, tx, h.letter(s, "forum.mail.confirm", "/langganan/"+s.Secret, t.Title))
	})
}

// letter is a letter to a subscriber: the kind's subject, words and link.
func (h *Hall) letter(s Subscription, key, path, title string) mail.Letter {
	p := h.c.Words(s.Lang)
	return mail.Letter{
		To: s.Address, Subject: p.T(key+".subject", h.c.Name), Lang: string(p.Lang()), Paragraphs: []string{p.T(key+".words", title)},
		Links: []mail.Link{{Text: p.T(key + ".link"), URL: h.c.Site + path}}, Foot: p.T("forum.mail.foot", h.c.Name),
		Stop: p.T("forum.mail.stop"), Unsubscribe: h.c.Site + "/langganan/" + s.Secret + "/berhenti", OneClick: true,
	}
}

// Subscription finds a subscription by the secret of a letter, or NotFound.
func (h *Hall) Subscription(ctx context.Context, secret string) (Subscription, error) {
	s, err := db.One(ctx, h.c.DB, selectSubscription+`WHERE s.secret = $1`, scanSubscription, secret)
	if errors.Is(err, db.ErrNone) {
		return s, fault.Missing("forum.mail.none")
	}
	return s, err
}

// ConfirmSubscription is the reader's yes. Saying it twice changes nothing.
func (h *Hall) ConfirmSubscription(ctx context.Context, secret string) error {
	s, err := h.Subscription(ctx, secret)
	if err != nil || s.ConfirmedOn != "" {
		return err
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE forum_subscription SET confirmed_on = $1 WHERE id = $2 AND confirmed_on IS NULL`, h.today(), s.ID)
		return err
	})
}

// Unsubscribe ends a subscription and erases its address. It may be said again.
func (h *Hall) Unsubscribe(ctx context.Context, secret string) error {
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM forum_subscription WHERE secret = $1`, secret)
		return err
	})
}

// tell sends word of something new in a topic to its subscribers and those of
// its service: once a day, an official answer always.
func (h *Hall) tell(ctx context.Context, tx *db.Tx, t Topic, official bool) error {
	if !h.Mailing() || t.State != Shown {
		return nil
	}
	before := h.today()
	if official {
		before = "9999-12-31"
	}
	all, err := db.All(ctx, tx, selectSubscription+`WHERE (s.target = $1 OR s.target = $2) AND s.confirmed_on IS NOT NULL AND s.told_on < $3 ORDER BY s.id`,
		scanSubscription, t.ID, t.ServiceID, before)
	if err != nil || len(all) == 0 {
		return err
	}
	key := "forum.mail.post"
	if official {
		key = "forum.mail.answer"
	}
	seen := map[string]bool{}
	var letters []mail.Letter
	for _, s := range all {
		if !seen[s.Address] {
			letters = append(letters, h.letter(s, key, "/forum/topik/"+t.ID, t.Title))
		}
		seen[s.Address] = true
	}
	_, err = db.Exec(ctx, tx, `UPDATE forum_subscription SET told_on = $1 WHERE (target = $2 OR target = $3) AND confirmed_on IS NOT NULL AND told_on < $4`,
		h.today(), t.ID, t.ServiceID, h.today())
	if err != nil {
		return err
	}
	return h.c.Mail.Send(ctx, tx, letters...)
}

// askEmail sends a new member the letter that shows their address is theirs.
func (h *Hall) askEmail(ctx context.Context, tx *db.Tx, m Member, lang i18n.Lang) error {
	if m.Email == "" || !h.Mailing() {
		return nil
	}
	secret := rand.Text()
	if err := db.Insert(ctx, tx, "forum_confirm", []string{"secret", "member_id", "asked_on"}, [][]any{{secret, m.ID, h.today()}}); err != nil {
		return err
	}
	l := h.letter(Subscription{Address: m.Email, Lang: lang}, "forum.mail.member", "/forum/surel/"+secret, m.Name)
	l.Unsubscribe, l.Stop, l.OneClick = "", "", false
	return h.c.Mail.Send(ctx, tx, l)
}

// ConfirmEmail confirms the member whose letter held the secret and erases the
// address, which has done its work.
func (h *Hall) ConfirmEmail(ctx context.Context, secret string) error {
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		member, err := db.One(ctx, tx, `SELECT member_id FROM forum_confirm WHERE secret = $1`, db.Value[string], secret)
		if errors.Is(err, db.ErrNone) {
			return fault.Missing("forum.mail.none")
		}
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE forum_member SET confirmed_by = 'mail', email = '' WHERE id = $1 AND confirmed_by = ''`, member); err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `DELETE FROM forum_confirm WHERE secret = $1`, secret)
		return err
	})
}

// Night puts topics whose answer is late on desks and erases addresses that were
// never confirmed. It can be run again at any time.
func (h *Hall) Night(ctx context.Context) error {
	return errors.Join(h.raise(ctx), h.erase(ctx))
}

func (h *Hall) erase(ctx context.Context) error {
	rule, err := h.rules(ctx)
	if err != nil {
		return err
	}
	before := h.c.Now().In(h.c.Zone).AddDate(0, 0, -rule.SubscribeDays).Format("2006-01-02")
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM forum_subscription WHERE confirmed_on IS NULL AND asked_on < $1`, before); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `DELETE FROM forum_confirm WHERE asked_on < $1`, before)
		return err
	})
}
