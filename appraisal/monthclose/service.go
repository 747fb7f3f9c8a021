package monthclose

import (
	"context"
	"embed"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// Locale holds the sentences of this package's faults, tasks and documents.
//
//go:embed locale/*.toml
var Locale embed.FS

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "appraisal-monthclose", FS: migrations} }

// Books gives the rulebook in force on a day and keeps every book a closed
// month was made with. *policy.Service is one.
type Books interface {
	At(ctx context.Context, day string) (*rulebook.Book, error)
	Keep(ctx context.Context, tx *db.Tx, b *rulebook.Book) error
	Kept(ctx context.Context, hash string) (*rulebook.Book, error)
}

// Appraisals is what is asked of the evaluations. *appraisal.Service is one.
type Appraisals interface {
	Parts(ctx context.Context, q db.Queryer, year int) ([]appraisal.Part, error)
	EvaluateAll(ctx context.Context, w appraisal.Window) (appraisal.Batch, error)
	TakeOver(ctx context.Context, tx *db.Tx, actor account.Actor, all []appraisal.Elsewhere) ([]appraisal.TakenOver, error)
}

// Config is what a Service needs. Now, Zone, Words and Agency may be left out.
type Config struct {
	DB         *db.DB
	Access     *account.Access
	Org        *org.Store
	Appraisals Appraisals
	Books      Books
	Now        func() time.Time // time.Now when nil
	Zone       *time.Location   // the agency's zone; UTC when nil
	Words      *i18n.Printer    // Indonesian texts of the printed lists; only this package's and the rulebook's when nil
	Agency     appraisal.Agency // letterhead of the printed lists
}

// Service closes months: every method checks the permission, applies the rule,
// stores and records in one transaction. It is safe for concurrent use.
type Service struct {
	Config
	shelf shelf
	rules ruleCache
	live  live
}

// New returns the service.
func New(c Config) *Service {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	if c.Words == nil {
		b, err := i18n.NewBundle(Locale, rulebook.Locale)
		if err != nil {
			panic("the texts of the month's close do not fit together: " + err.Error())
		}
		c.Words = b.Printer(i18n.Indonesian)
	}
	return &Service{Config: c}
}

// Today returns the agency's day.
func (s *Service) Today() Day { return s.day(s.Now()) }

func (s *Service) day(t time.Time) Day { return Day(t.In(s.Zone).Format(time.DateOnly)) }

// tx is a write transaction that gives every fault its way out and forgets
// nothing that was read before.
func (s *Service) tx(ctx context.Context, fn func(tx *db.Tx) error) error { return s.DB.Tx(ctx, fn) }

// may asks for the whole agency: loading, closing, deciding.
func (s *Service) may(ctx context.Context, actor account.Actor) error {
	return s.Access.Can(ctx, actor, account.ActMonthClose, account.Thing{})
}

// sees asks for reading the whole agency's month.
func (s *Service) sees(ctx context.Context, actor account.Actor) error {
	return s.Access.Can(ctx, actor, account.ActMonthView, account.Thing{})
}

// reach is the part of the agency an actor reads months of, or closes them for.
type reach struct {
	whole bool
	tree  *org.Tree
	units []string
}

// has reports whether a unit lies within.
func (r reach) has(unit string) bool {
	if r.whole {
		return true
	}
	for _, u := range r.units {
		if r.tree.Within(unit, u) {
			return true
		}
	}
	return false
}

// reachOf returns what an actor sees: nothing at all is a Forbidden fault.
func (s *Service) reachOf(ctx context.Context, actor account.Actor) (reach, error) {
	return s.reachFor(ctx, actor, account.ActMonthView)
}

func (s *Service) reachFor(ctx context.Context, actor account.Actor, act account.Action) (reach, error) {
	units, whole := s.Access.Units(actor, act)
	if whole {
		return reach{whole: true}, nil
	}
	if len(units) == 0 {
		if err := s.Access.Can(ctx, actor, act, account.Thing{}); err != nil {
			return reach{}, err
		}
		return reach{}, fault.Denied("account.denied")
	}
	tree, err := s.Org.Units(ctx, s.DB, s.Today())
	return reach{tree: tree, units: units}, err
}
