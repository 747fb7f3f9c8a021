package complaint

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/rulebook"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of reports. They refer to units and services.
func Migrations() db.Migrations { return db.Migrations{Area: "participation", FS: migrations} }

// Books gives the rulebook in force on a day.
type Books interface {
	At(ctx context.Context, day string) (*rulebook.Book, error)
}

// Config is what a Desk needs. All but DB, Access and Books may be left out.
type Config struct {
	DB       *db.DB
	Access   *account.Access
	Books    Books
	Calendar *calendar.Calendar
	Posts    Posts
	Desks    participation.Desks
	Now      func() time.Time
	Zone     *time.Location
}

// Desk keeps reports. It is safe for concurrent use.
type Desk struct{ c Config }

// New returns the desk.
func New(c Config) *Desk {
	if c.Calendar == nil {
		c.Calendar = &calendar.Calendar{}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	return &Desk{c}
}

func (d *Desk) today() string { return d.c.Now().In(d.c.Zone).Format(time.DateOnly) }

// record enters an act in the ledger. What a citizen wrote is not repeated
// there: it may have to be erased.
func (d *Desk) record(ctx context.Context, tx *db.Tx, actor account.Actor, kind string, c Complaint, payload any) error {
	return ledger.Append(ctx, tx, ledger.Entry{Kind: "complaint." + kind, Subject: "complaint:" + c.ID, Actor: actor.ID, Payload: payload, At: d.c.Now()})
}

const selectComplaint = `SELECT c.id, c.unit_id, c.service_id, c.channel, c.number, c.class, c.subject, c.body, c.received_on, c.due_on, c.owner,
	c.owner_person, c.state, c.answer, c.answered_on, c.reason, c.reopened, c.rating, c.version FROM complaint c `

func scanComplaint(r db.Row) (Complaint, error) {
	var c Complaint
	err := r.Scan(&c.ID, &c.UnitID, db.OrZero(&c.ServiceID), &c.Channel, &c.Number, &c.Class, &c.Subject, &c.Body, &c.ReceivedOn, &c.DueOn, &c.Owner,
		&c.OwnerPerson, &c.State, &c.Answer, db.OrZero(&c.AnsweredOn), &c.Reason, &c.Reopened, db.OrZero(&c.Rating), &c.Version)
	return c, err
}

// Register notes a report that came through SP4N-LAPOR!, with the deadline its
// class gives it from the day it was received.
func (d *Desk) Register(ctx context.Context, actor account.Actor, c Complaint) (Complaint, error) {
	c.Channel = Lapor
	if err := c.check(); err != nil {
		return c, err
	}
	if err := d.c.Access.Can(ctx, actor, account.ActSurveyManage, c.Thing()); err != nil {
		return c, err
	}
	if _, err := time.Parse(time.DateOnly, c.ReceivedOn); err != nil || c.ReceivedOn > d.today() {
		return c, fault.WrongField("received_on", "form.date")
	}
	err := d.insert(ctx, &c, nil, func(tx *db.Tx) error {
		return d.record(ctx, tx, actor, "registered", c, map[string]string{"number": c.Number, "class": string(c.Class), "due": c.DueOn})
	})
	return c, err
}

// Receive takes a report of own intake and gives the citizen a code to follow
// it with. Nobody's name is asked.
func (d *Desk) Receive(ctx context.Context, c Complaint) (Complaint, token.Code, error) {
	c.Channel, c.ReceivedOn = Own, d.today()
	if c.Class == Oversight {
		c.Class = Ordinary // what needs an inspection is for the office to see
	}
	if err := c.check(); err != nil {
		return c, "", err
	}
	code, err := token.NewCode(rand.Reader)
	if err != nil {
		return c, "", err
	}
	id := db.NewID()
	c.Number = "L-" + strings.ToUpper(id[len(id)-8:])
	err = d.insert(ctx, &c, codeHash(code), func(tx *db.Tx) error {
		return d.record(ctx, tx, account.Actor{}, "received", c, map[string]string{"number": c.Number, "due": c.DueOn})
	})
	return c, code, err
}

func codeHash(code token.Code) []byte {
	sum := sha256.Sum256([]byte("gurindam complaint\x00" + string(code)))
	return sum[:]
}

func (d *Desk) insert(ctx context.Context, c *Complaint, code []byte, and func(*db.Tx) error) error {
	due, err := d.due(ctx, c.Class, c.ReceivedOn)
	if err != nil {
		return err
	}
	c.ID, c.DueOn, c.State, c.Version = db.NewID(), due, Received, 1
	var hash any
	if code != nil {
		hash = code
	}
	return d.c.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `INSERT INTO complaint (id, unit_id, service_id, channel, number, code_hash, class, subject, body, received_on, due_on, owner, state)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (number) DO NOTHING`,
			c.ID, c.UnitID, db.Null(c.ServiceID), c.Channel, c.Number, hash, string(c.Class), c.Subject, c.Body, c.ReceivedOn, c.DueOn, c.Owner, string(c.State))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.WrongField("number", "complaint.number_taken")
		}
		return and(tx)
	})
}

// due is the last day on which an answer is in time.
func (d *Desk) due(ctx context.Context, class Class, from string) (string, error) {
	b, err := d.c.Books.At(ctx, d.today())
	if err != nil {
		return "", err
	}
	rule, err := rulebook.Load[Deadlines](b)
	if err != nil {
		return "", err
	}
	due, err := d.c.Calendar.AddWorking(from, rule.Days(class))
	if err != nil {
		return "", fmt.Errorf("deadline of a report: %w", err)
	}
	return due, nil
}

// Complaint returns one report for its unit and for who was given it, or a
// NotFound fault.
func (d *Desk) Complaint(ctx context.Context, actor account.Actor, id string) (Complaint, error) {
	c, err := db.One(ctx, d.c.DB, selectComplaint+`WHERE c.id = $1`, scanComplaint, id)
	if errors.Is(err, db.ErrNone) {
		return c, fault.Missing("complaint.none")
	}
	if err != nil {
		return c, err
	}
	return c, d.c.Access.Can(ctx, actor, account.ActFollowUp, c.Thing())
}

// Followed returns the report of a citizen's code as typed, or NotFound.
func (d *Desk) Followed(ctx context.Context, typed string) (Complaint, error) {
	code, err := token.ParseCode(typed)
	if err != nil {
		return Complaint{}, fault.Missing("complaint.none")
	}
	c, err := db.One(ctx, d.c.DB, selectComplaint+`WHERE c.code_hash = $1`, scanComplaint, codeHash(code))
	if errors.Is(err, db.ErrNone) {
		err = fault.Missing("complaint.none")
	}
	return c, err
}

// List returns the reports received from..to in the units the actor may see,
// those that wait longest first.
func (d *Desk) List(ctx context.Context, actor account.Actor, from, to string) ([]Complaint, error) {
	all, err := db.All(ctx, d.c.DB, selectComplaint+`WHERE c.received_on >= $1 AND c.received_on <= $2
		ORDER BY CASE WHEN c.state IN ('received', 'working') THEN 0 ELSE 1 END, c.due_on, c.id`, scanComplaint, from, to)
	if err != nil {
		return nil, err
	}
	var out []Complaint
	for _, c := range all {
		err := d.c.Access.Can(ctx, actor, account.ActSurveyView, c.Thing())
		if err == nil {
			out = append(out, c)
		} else if !fault.Is(err, fault.Forbidden) {
			return nil, err
		}
	}
	return out, nil
}

// Late returns the reports past their deadline in the whole agency, the oldest
// first: what rises to the leader.
func (d *Desk) Late(ctx context.Context) ([]Complaint, error) {
	return db.All(ctx, d.c.DB, selectComplaint+`WHERE c.state IN ('received', 'working') AND c.due_on < $1 ORDER BY c.due_on, c.id`, scanComplaint, d.today())
}

// Figures computes the figures of a list.
func (d *Desk) Figures(list []Complaint) (Figures, error) { return Sum(list, d.c.Calendar, d.today()) }

// Load writes reports with their past as they are, for the sample city and for
// moving from another system. Deadlines are computed from the class.
func (d *Desk) Load(ctx context.Context, actor account.Actor, list []Complaint) error {
	rows := make([][]any, len(list))
	for i, c := range list {
		if err := d.c.Access.Can(ctx, actor, account.ActSurveyManage, c.Thing()); err != nil {
			return err
		}
		due, err := d.due(ctx, c.Class, c.ReceivedOn)
		if err != nil {
			return err
		}
		rows[i] = []any{
			db.NewID(), c.UnitID, db.Null(c.ServiceID), c.Channel, c.Number, string(c.Class), c.Subject, c.Body, c.ReceivedOn, due, c.Owner,
			string(c.State), c.Answer, db.Null(c.AnsweredOn), c.Reason, c.Reopened, db.Null(c.Rating),
		}
	}
	return d.c.DB.Tx(ctx, func(tx *db.Tx) error {
		return db.Insert(ctx, tx, "complaint", []string{
			"id", "unit_id", "service_id", "channel", "number", "class", "subject", "body", "received_on", "due_on", "owner",
			"state", "answer", "answered_on", "reason", "reopened", "rating",
		}, rows)
	})
}
