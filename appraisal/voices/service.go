package voices

import (
	"context"
	"embed"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/rulebook"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "voices", FS: migrations} }

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

// Books gives the rulebook in force on a day.
type Books interface {
	At(ctx context.Context, day string) (*rulebook.Book, error)
}

// Config is what a Service needs. Now, Zone and NewKey may be left out.
type Config struct {
	DB     *db.DB
	Access *account.Access
	People People
	Books  Books
	Now    func() time.Time
	Zone   *time.Location
	NewKey func() (token.Key, error) // token.NewKey when nil
}

// Service runs the rounds. It is safe for concurrent use.
type Service struct {
	db     *db.DB
	access *account.Access
	people People
	books  Books
	now    func() time.Time
	zone   *time.Location
	newKey func() (token.Key, error)
	habits habits
}

// habits are what keeps answers apart from people. They are replaced only by
// the test that shows what the attacks find without them.
type habits struct {
	shuffle shuffler
	seal    func(key []byte, round string, s slots) ([]byte, error)
	unseal  func(key []byte, round string, box []byte) (slots, error)
	answer  func(ctx context.Context, tx *db.Tx, r Round, coupon string, a Answer) error // after an answer was put away; nil
	draw    func(ctx context.Context, tx *db.Tx, r Round, person string, coupon string) error
}

// New returns the service.
func New(c Config) *Service {
	s := &Service{
		db: c.DB, access: c.Access, people: c.People, books: c.Books, now: c.Now, zone: c.Zone, newKey: c.NewKey,
		habits: habits{shuffle: shuffle, seal: seal, unseal: unseal},
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.zone == nil {
		s.zone = time.UTC
	}
	if s.newKey == nil {
		s.newKey = token.NewKey
	}
	return s
}

func (s *Service) today() Day { return Day(s.now().In(s.zone).Format(time.DateOnly)) }

func (s *Service) rule(ctx context.Context, day Day) (Rule, error) {
	book, err := s.books.At(ctx, string(day))
	if err != nil {
		return Rule{}, err
	}
	return rulebook.Load[Rule](book)
}

// mayAsk returns nil when the actor may open a round about the person: the
// person, or HR.
func (s *Service) mayAsk(ctx context.Context, actor account.Actor, about About) error {
	if s.access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}) == nil {
		return nil
	}
	return s.access.Can(ctx, actor, account.ActAppraisalOwn, about.thing())
}

// mayRead returns nil when the actor may see the figures of a round: the
// person, the superiors, and whoever may read the person's appraisal.
func (s *Service) mayRead(ctx context.Context, actor account.Actor, r Round) error {
	return s.access.Can(ctx, actor, account.ActAppraisalView, r.thing())
}

// mayReadWords is narrower: what was written is for the person and the one who
// will talk about it.
func (s *Service) mayReadWords(ctx context.Context, actor account.Actor, r Round) bool {
	return s.access.Can(ctx, actor, account.ActAppraisalOwn, r.thing()) == nil ||
		s.access.Can(ctx, actor, account.ActAppraisalReview, r.thing()) == nil
}

func (s *Service) record(ctx context.Context, tx *db.Tx, actor account.Actor, kind string, r Round, payload any) error {
	return ledger.Append(ctx, tx, ledger.Entry{Kind: "appraisal.voices." + kind, Subject: r.subject(), Actor: actor.ID, Payload: payload, At: s.now()})
}

// member returns nil when the actor is somebody of the roster.
func member(actor account.Actor) error {
	if !actor.SignedIn() {
		return fault.New(fault.Unauthenticated, "account.sign_in_first")
	}
	if actor.PersonID == "" {
		return fault.Denied("voices.not_asked")
	}
	return nil
}
