package worklog

import (
	"context"
	"embed"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "appraisal-worklog", FS: migrations} }

// People finds people by their numbers. *org.Store is one.
type People interface {
	PersonIDs(ctx context.Context, q db.Queryer) (bySource, byNIP map[string]string, err error)
}

// Config is what a Service needs. Now, Zone and Site may be left out.
type Config struct {
	DB        *db.DB
	Access    *account.Access
	Appraisal *appraisal.Service
	People    People
	Now       func() time.Time
	Zone      *time.Location
	Site      string // address of the site without a slash at the end
	Agency    string
}

// Service keeps the daily record. It is safe for concurrent use.
type Service struct{ Config }

// New returns the service.
func New(c Config) *Service {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	return &Service{c}
}

// Today is the agency's date.
func (s *Service) Today() appraisal.Day {
	return appraisal.Day(s.Now().In(s.Zone).Format(time.DateOnly))
}

// Log is a stretch of somebody's record with what it can be tied to.
type Log struct {
	Part     appraisal.Part
	From, To appraisal.Day
	Entries  []Entry // by day and hour
	Targets  []Target
	Approved bool // the ties are to the SKP in force, not to a draft
	Mine     bool
	Roster   map[appraisal.Day]Shift // the shifts of the stretch
}

// Log returns what somebody did from one day to another. Needs appraisal.view;
// somebody else's look leaves a trace.
func (s *Service) Log(ctx context.Context, actor account.Actor, part string, from, to appraisal.Day) (Log, error) {
	v, err := s.Appraisal.Progress(ctx, actor, part)
	if err != nil {
		return Log{}, err
	}
	l := Log{
		Part: v.Part, From: from, To: to, Targets: Targets(v.Plan), Approved: v.Approved,
		Mine: actor.PersonID != "" && actor.PersonID == v.Part.Who.PersonID,
	}
	if l.Entries, err = entriesOf(ctx, s.DB, part, from, to); err != nil {
		return l, err
	}
	l.Roster, err = s.rosterOf(ctx, v.Part, from, to)
	return l, err
}

// own returns the actor's part and its plan, open for writing. Where the SKP
// itself is written does not matter here.
func (s *Service) own(ctx context.Context, actor account.Actor, part string) (appraisal.Part, appraisal.Content, error) {
	v, err := s.Appraisal.Progress(ctx, actor, part)
	if err != nil {
		return v.Part, v.Plan, err
	}
	if err := s.Access.Can(ctx, actor, account.ActAppraisalOwn, account.Thing{Unit: v.Part.Who.UnitID, Owner: v.Part.Who.PersonID}); err != nil {
		return v.Part, v.Plan, err
	}
	if !v.Period.Open() {
		return v.Part, v.Plan, fault.Clash("appraisal.closed")
	}
	return v.Part, v.Plan, nil
}

// Save adds an entry (empty ID) or changes one. Without a tie one is proposed.
func (s *Service) Save(ctx context.Context, actor account.Actor, e Entry) (Entry, error) {
	p, plan, err := s.own(ctx, actor, e.PartID)
	if err != nil {
		return e, err
	}
	if err := e.check(p, s.Today()); err != nil {
		return e, err
	}
	history, err := s.history(ctx, s.DB, p.ID)
	if err != nil {
		return e, err
	}
	tie(&e, plan, newLiker(plan, history))
	return e, s.DB.Tx(ctx, func(tx *db.Tx) error {
		if e.ID != "" {
			return s.change(ctx, tx, &e)
		}
		rep, err := s.add(ctx, tx, p.ID, []Line{{Row: 1, Entry: e}}, true)
		if err != nil {
			return err
		}
		e.ID = rep.ids[0]
		return nil
	})
}

// tie accepts the tie an entry came with, when the plan knows it, and else
// proposes one.
func tie(e *Entry, plan appraisal.Content, l *liker) {
	known := slices.ContainsFunc(l.targets, func(t Target) bool { return t.Link == e.Link })
	switch {
	case !e.Link.None() && known && e.State != Proposed:
		e.State = Accepted
	case !e.Link.None() && known:
	default:
		e.Link, e.State = l.propose(e.Text), Proposed
		if e.Link.None() {
			e.State = Untied
		}
	}
}

// Propose fills in the ties of lines that are shown before they are loaded.
func (s *Service) Propose(ctx context.Context, actor account.Actor, part string, lines []Line) ([]Target, error) {
	p, plan, err := s.own(ctx, actor, part)
	if err != nil {
		return nil, err
	}
	history, err := s.history(ctx, s.DB, p.ID)
	if err != nil {
		return nil, err
	}
	l := newLiker(plan, history)
	for i := range lines {
		x := &lines[i]
		if x.Wrong == nil {
			tie(&x.Entry, plan, l)
			x.Wrong = wrongOf(x, p, s.Today())
		}
	}
	return l.targets, nil
}

// wrongOf returns why a line cannot be loaded.
func wrongOf(x *Line, p appraisal.Part, today appraisal.Day) *intake.Rejected {
	err := x.Entry.check(p, today)
	if err == nil {
		return nil
	}
	r := &intake.Rejected{Row: x.Row, Key: "worklog.wrong.line"}
	if f, ok := err.(*fault.Error); ok && len(f.Fields) > 0 {
		r.Column, r.Key, r.Args = f.Fields[0].Name, f.Fields[0].Key, f.Fields[0].Args
	}
	return r
}

// Import loads lines in one transaction; what is there already stays as it is.
func (s *Service) Import(ctx context.Context, actor account.Actor, part string, lines []Line) (intake.Report, error) {
	var rep intake.Report
	if _, err := s.Propose(ctx, actor, part, lines); err != nil {
		return rep, err
	}
	return rep, s.DB.Tx(ctx, func(tx *db.Tx) error {
		added, err := s.add(ctx, tx, part, lines, false)
		if err != nil {
			return err
		}
		rep = added.Report
		return ledger.Append(ctx, tx, ledger.Entry{
			Kind: "appraisal.worklog.imported", Subject: "part:" + part, Actor: actor.ID, At: s.Now(),
			Payload: map[string]int{"rows": rep.Rows, "created": rep.Created, "rejected": len(rep.Rejected)},
		})
	})
}

// Remove removes an entry.
func (s *Service) Remove(ctx context.Context, actor account.Actor, part, id string, version int64) error {
	if _, _, err := s.own(ctx, actor, part); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `DELETE FROM worklog_entry WHERE id = $1 AND part_id = $2 AND version = $3`, id, part, version)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.Clash("worklog.changed")
		}
		return nil
	})
}

// Accept accepts the ties that are proposed in a stretch and returns how many.
func (s *Service) Accept(ctx context.Context, actor account.Actor, part string, from, to appraisal.Day) (int, error) {
	if _, _, err := s.own(ctx, actor, part); err != nil {
		return 0, err
	}
	var n int64
	err := s.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		n, err = db.Exec(ctx, tx, `UPDATE worklog_entry SET link = 'diterima', updated_at = $1, version = version + 1
			WHERE part_id = $2 AND day >= $3 AND day <= $4 AND link = 'usulan'`, s.Now(), part, string(from), string(to))
		return err
	})
	return int(n), err
}

// Week returns Monday and Sunday of the week of a day.
func Week(day appraisal.Day) (from, to appraisal.Day) {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return day, day
	}
	back := (int(t.Weekday()) + 6) % 7
	monday := t.AddDate(0, 0, -back)
	return appraisal.Day(monday.Format(time.DateOnly)), appraisal.Day(monday.AddDate(0, 0, 6).Format(time.DateOnly))
}

// Month returns the first and the last day of the month of a day.
func Month(day appraisal.Day) (from, to appraisal.Day) {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return day, day
	}
	first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	return appraisal.Day(first.Format(time.DateOnly)), appraisal.Day(first.AddDate(0, 1, -1).Format(time.DateOnly))
}

// Days lists the days of a stretch in order, at most so many.
func Days(from, to appraisal.Day, most int) []appraisal.Day {
	t, err := time.Parse(time.DateOnly, string(from))
	if err != nil {
		return nil
	}
	var all []appraisal.Day
	for d := from; d <= to && len(all) < most; {
		all = append(all, d)
		t = t.AddDate(0, 0, 1)
		d = appraisal.Day(t.Format(time.DateOnly))
	}
	return all
}
