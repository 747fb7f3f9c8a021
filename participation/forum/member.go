package forum

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"strings"
	"unicode"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/mail"
	"github.com/gurindam/gurindam/internal/token"
)

// Member is a citizen who writes under a name of their choice.
type Member struct {
	ID        string
	Name      string
	Code      token.Code // known only when joining; otherwise empty
	Email     string
	Confirmed bool
	Blocked   bool
	JoinedOn  string
}

// Known reports whether there is a member at all.
func (m Member) Known() bool { return m.ID != "" }

const (
	minName = 3
	maxName = 30
)

func codeHash(code token.Code) []byte {
	sum := sha256.Sum256([]byte("gurindam member\x00" + string(code)))
	return sum[:]
}

// Join makes a member and gives the code that is their key; it is shown once.
// With an address a letter in lang asks to confirm it.
// The name must be free, and must not pass itself off as an office.
func (h *Hall) Join(ctx context.Context, name, email string, lang i18n.Lang) (Member, error) {
	name = strings.Join(strings.Fields(name), " ")
	email = strings.TrimSpace(email)
	var f fault.Fields
	f.Check(len([]rune(name)) >= minName && len([]rune(name)) <= maxName && plain(name), "name", "forum.name_form", minName, maxName)
	f.Check(!official(name), "name", "forum.name_official")
	if email != "" {
		f.Check(mail.Address(email), "email", "forum.email")
	}
	if err := f.Err(); err != nil {
		return Member{}, err
	}
	m := Member{ID: db.NewID(), Name: name, Email: email, JoinedOn: h.today()}
	var err error
	if m.Code, err = token.NewCode(rand.Reader); err != nil {
		return m, err
	}
	err = h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `INSERT INTO forum_member (id, name, name_key, code_hash, email, joined_on) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (name_key) DO NOTHING`, m.ID, m.Name, nameKey(m.Name), codeHash(m.Code), m.Email, m.JoinedOn)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.WrongField("name", "forum.name_taken")
		}
		return h.askEmail(ctx, tx, m, lang)
	})
	return m, err
}

// plain allows letters of any script, digits, spaces, dots, dashes.
func plain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .-_'", r)
	})
}

// official reports whether a name pretends to be an office.
func official(name string) bool {
	low := nameKey(name)
	for _, word := range []string{"admin", "moderator", "dinas", "pemko", "pemerintah", "walikota", "resmi", "official"} {
		if strings.Contains(low, word) {
			return true
		}
	}
	return false
}

// nameKey makes names that look alike the same.
func nameKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '.', '-', '_', '\'':
			return -1
		case '0':
			return 'o'
		case '1':
			return 'l'
		}
		return unicode.ToLower(r)
	}, s)
}

const selectMember = `SELECT m.id, m.name, m.email, m.confirmed_by, m.blocked_on, m.joined_on FROM forum_member m `

func scanMember(r db.Row) (Member, error) {
	var m Member
	var by, blocked string
	err := r.Scan(&m.ID, &m.Name, &m.Email, &by, db.OrZero(&blocked), &m.JoinedOn)
	m.Confirmed, m.Blocked = by != "", blocked != ""
	return m, err
}

// Enter finds the member of a code as typed; a wrong one is an Unauthenticated
// fault.
func (h *Hall) Enter(ctx context.Context, typed string) (Member, error) {
	code, err := token.ParseCode(typed)
	if err != nil {
		return Member{}, fault.New(fault.Forbidden, "forum.code")
	}
	m, err := db.One(ctx, h.c.DB, selectMember+`WHERE m.code_hash = $1`, scanMember, codeHash(code))
	if errors.Is(err, db.ErrNone) {
		return m, fault.New(fault.Forbidden, "forum.code")
	}
	return m, err
}

// Unconfirmed returns members who wait to be confirmed, the oldest first.
func (h *Hall) Unconfirmed(ctx context.Context, actor account.Actor) ([]Member, error) {
	if err := h.c.Access.Can(ctx, actor, account.ActForumModerate, account.Thing{}); err != nil {
		return nil, err
	}
	return db.All(ctx, h.c.DB, selectMember+`WHERE m.confirmed_by = '' AND m.blocked_on IS NULL ORDER BY m.joined_on, m.id LIMIT 100`, scanMember)
}

// Vouch confirms a member at a desk, who showed that they are somebody.
func (h *Hall) Vouch(ctx context.Context, actor account.Actor, memberID string) error {
	return h.moderateMember(ctx, actor, memberID, "member_confirmed", `UPDATE forum_member SET confirmed_by = $1 WHERE id = $2 AND confirmed_by = ''`, actor.ID)
}

// Block shuts a member out; what they wrote stays as it is.
func (h *Hall) Block(ctx context.Context, actor account.Actor, memberID string) error {
	return h.moderateMember(ctx, actor, memberID, "member_blocked", `UPDATE forum_member SET blocked_on = $1 WHERE id = $2 AND blocked_on IS NULL`, h.today())
}

func (h *Hall) moderateMember(ctx context.Context, actor account.Actor, memberID, kind, query, value string) error {
	if err := h.c.Access.Can(ctx, actor, account.ActForumModerate, account.Thing{}); err != nil {
		return err
	}
	return h.c.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, query, value, memberID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("forum.member_settled")
		}
		return h.record(ctx, tx, actor, kind, "forum-member:"+memberID, map[string]string{"value": value})
	})
}
