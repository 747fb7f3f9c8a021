package cascade

import (
	"context"
	"embed"
	"sync/atomic"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/org"
)

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "appraisal-cascade", FS: migrations} }

// Config is what a Service needs. Now and Zone may be left out.
type Config struct {
	DB        *db.DB
	Access    *account.Access
	Appraisal *appraisal.Service
	Org       *org.Store
	People    appraisal.Map
	Words     *i18n.Printer // Indonesian: the agreement is
	Agency    appraisal.Agency
	Now       func() time.Time
	Zone      *time.Location
}

// Service is the cascade. It is safe for concurrent use.
type Service struct {
	Config
	kept   appraisal.Kept[[]surveyed]
	writes atomic.Uint64 // transactions of this package that were committed
}

// New returns the service.
func New(c Config) *Service {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	return &Service{Config: c}
}

func (s *Service) today() appraisal.Day {
	return appraisal.Day(s.Now().In(s.Zone).Format(time.DateOnly))
}

// tx runs a write of this package; what was counted before is counted again.
func (s *Service) tx(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		tx.AfterCommit(func() { s.writes.Add(1) })
		return fn(tx)
	})
}

// day is the day of a year on which the map is asked: today, or the year's
// first or last day.
func (s *Service) day(y appraisal.Period) appraisal.Day {
	return min(y.To, max(y.From, s.today()))
}

func (s *Service) record(ctx context.Context, tx *db.Tx, actor account.Actor, kind, subject string, payload any) error {
	return ledger.Append(ctx, tx, ledger.Entry{Kind: kind, Subject: subject, Actor: actor.ID, At: s.Now(), Payload: payload})
}

// Office is a unit with its head: who can have an agreement.
type Office struct {
	UnitID, Unit  string
	Level         string // kind of the head's post
	First, Second appraisal.Identity
	PartID        string // of the head's SKP; empty for a mayor
	Depth         int
}

// offices returns the units of a year that somebody leads, in the order of the
// map.
func (s *Service) offices(ctx context.Context, q db.Queryer, y appraisal.Period) ([]Office, error) {
	day := org.Day(s.day(y))
	m, err := s.Org.Map(ctx, q, day)
	if err != nil {
		return nil, err
	}
	parts, err := s.Appraisal.HeadParts(ctx, q, y.Year)
	if err != nil {
		return nil, err
	}
	head := map[string]appraisal.Part{}
	for _, p := range parts {
		if _, known := head[p.HeadOf]; !known {
			head[p.HeadOf] = p
		}
	}
	var all []Office
	for _, u := range m.Tree().All() {
		o := Office{UnitID: u.ID, Unit: u.Name, Depth: len(m.Tree().Path(u.ID)) - 1}
		if p, led := head[u.ID]; led {
			post, _ := m.Was(p.Who.PostID)
			o.Level, o.First, o.Second, o.PartID = string(post.Kind), p.Who, p.Evaluator, p.ID
			all = append(all, o)
			continue
		}
		political, err := s.political(ctx, q, m, u.ID, day)
		if err != nil {
			return nil, err
		}
		if political.PersonID != "" {
			o.Level, o.First = string(org.Political), political
			all = append(all, o)
		}
	}
	return all, nil
}

// political returns the mayor of a unit at the top of the map: who leads it and
// has no SKP.
func (s *Service) political(ctx context.Context, q db.Queryer, m *org.Map, unit string, on org.Day) (appraisal.Identity, error) {
	if m.Tree().Parent(unit) != "" {
		return appraisal.Identity{}, nil
	}
	posts, err := s.Org.Positions(ctx, q, unit, on)
	if err != nil {
		return appraisal.Identity{}, err
	}
	for _, p := range posts {
		if p.Head && p.Kind == org.Political {
			for _, t := range m.Regular(p.ID) {
				return s.People.Who(ctx, q, t.Person, appraisal.Day(on))
			}
		}
	}
	return appraisal.Identity{}, nil
}

// may reports whether an actor may enter and import what a unit has promised:
// its head, its performance officer, HR.
func (s *Service) may(ctx context.Context, actor account.Actor, o Office) bool {
	if actor.PersonID != "" && actor.PersonID == o.First.PersonID {
		return true
	}
	return s.official(ctx, actor, o.UnitID)
}

// official reports whether an actor writes for a unit without being its head.
func (s *Service) official(ctx context.Context, actor account.Actor, unit string) bool {
	return s.Access.Can(ctx, actor, account.ActAppraisalDraft, account.Thing{Unit: unit}) == nil ||
		s.Access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}) == nil
}

// office returns a unit that somebody leads, or NotFound.
func (s *Service) office(ctx context.Context, q db.Queryer, y appraisal.Period, unit string) (Office, error) {
	all, err := s.offices(ctx, q, y)
	if err != nil {
		return Office{}, err
	}
	for _, o := range all {
		if o.UnitID == unit {
			return o, nil
		}
	}
	return Office{}, fault.Missing("cascade.no_head")
}
