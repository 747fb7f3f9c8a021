package forum

import (
	"context"
	"embed"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/mail"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/rulebook"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of the forum. They refer to units and services.
func Migrations() db.Migrations { return db.Migrations{Area: "participation", FS: migrations} }

// Books gives the rulebook in force on a day.
type Books interface {
	At(ctx context.Context, day string) (*rulebook.Book, error)
}

// Config is what a Hall needs. Calendar, Desks, Now, Zone and what letters need
// may be left out: then members are confirmed at a desk and nobody can subscribe.
type Config struct {
	DB       *db.DB
	Access   *account.Access
	Books    Books
	Calendar *calendar.Calendar
	Desks    participation.Desks // where late topics lie; nil: with the unit's administrators
	Mail     *mail.Post
	Words    func(i18n.Lang) *i18n.Printer // of the letters
	Site     string                        // address of the site without a slash at the end
	Name     string                        // what the agency calls its forum
	Now      func() time.Time
	Zone     *time.Location
}

// Hall is the forum. It is safe for concurrent use.
type Hall struct{ c Config }

// New returns the forum.
func New(c Config) *Hall {
	if c.Calendar == nil {
		c.Calendar = &calendar.Calendar{}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	return &Hall{c}
}

func (h *Hall) today() string { return h.c.Now().In(h.c.Zone).Format(time.DateOnly) }

// Rules is the rule of the forum.
type Rules struct {
	rulebook.Head `json:"-"`
	AnswerDays    int `json:"answer_days"`    // working days for an official answer
	FlagsHide     int `json:"flags_hide"`     // flags of confirmed members that hold a post
	FirstPosts    int `json:"first_posts"`    // posts shown before a member is trusted
	DayPosts      int `json:"day_posts"`      // posts of a member a day
	SubscribeDays int `json:"subscribe_days"` // an address that was not confirmed is erased after
}

// RuleID names the rule.
func (Rules) RuleID() string { return "forum" }

// Check refuses limits that would silence everybody.
func (r Rules) Check() error {
	if min(r.AnswerDays, r.FlagsHide, r.DayPosts, r.SubscribeDays) < 1 || r.FirstPosts < 0 {
		return fault.WrongField("answer_days", "rulebook.value.broken", "answer_days")
	}
	return nil
}

func (h *Hall) rules(ctx context.Context) (Rules, error) {
	b, err := h.c.Books.At(ctx, h.today())
	if err != nil {
		return Rules{}, err
	}
	return rulebook.Load[Rules](b)
}

// record enters an official act in the ledger. What members write has no entry:
// a forum is talk, and talk may be taken back.
func (h *Hall) record(ctx context.Context, tx *db.Tx, actor account.Actor, kind, subject string, payload any) error {
	return ledger.Append(ctx, tx, ledger.Entry{Kind: "forum." + kind, Subject: subject, Actor: actor.ID, Payload: payload, At: h.c.Now()})
}
