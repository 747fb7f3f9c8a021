package account

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

// Workplaces tells in which units a person works today. org implements it.
type Workplaces interface {
	WorkUnits(ctx context.Context, personID string) ([]string, error)
}

// Desk puts what a second administrator has to confirm before them, and takes
// it away again. The inbox implements it.
type Desk interface {
	// GrantWaits files a proposed role; from is the person who waits for it.
	GrantWaits(ctx context.Context, tx *db.Tx, g Granted, from string, at time.Time) error
	// ResetWaits files a reset that needs a second administrator; from is the
	// person who asked for it.
	ResetWaits(ctx context.Context, tx *db.Tx, invitationID string, of Account, from string, at time.Time) error
	// Settled takes either away, by its id; by is the account that settled it.
	Settled(ctx context.Context, tx *db.Tx, id, by string, at time.Time) error
}

// Config is what a Service needs. DB and Access are required.
type Config struct {
	DB     *db.DB
	Access *Access
	Roster Roster     // nil: no bulk invitations
	Work   Workplaces // nil: nobody is staff of a unit
	Desk   Desk       // nil: nothing is filed
	Hash   HashCost
	Now    func() time.Time // time.Now when nil
	Zone   *time.Location   // the agency's zone; UTC when nil
}

// Service signs in, keeps sessions, and manages accounts and roles. Every act
// on somebody else's account is recorded. It is safe for concurrent use.
type Service struct {
	db       *db.DB
	access   *Access
	roster   Roster
	work     Workplaces
	desk     Desk
	now      func() time.Time
	zone     *time.Location
	hasher   *hasher
	throttle *throttle
	cache    *actorCache
	denials  *denials
}

// New returns the service.
func New(c Config) *Service {
	s := &Service{
		db: c.DB, access: c.Access, roster: c.Roster, work: c.Work, desk: c.Desk, now: c.Now, zone: c.Zone,
		hasher: newHasher(c.Hash), throttle: newThrottle(), cache: newActorCache(), denials: newDenials(),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.zone == nil {
		s.zone = time.UTC
	}
	if s.desk == nil {
		s.desk = noDesk{}
	}
	return s
}

func (s *Service) today() string { return s.now().In(s.zone).Format(time.DateOnly) }

// record enters what an account did to a subject.
func (s *Service) record(ctx context.Context, tx *db.Tx, kind, subject, actor string, payload any) error {
	return ledger.Append(ctx, tx, ledger.Entry{Kind: kind, Subject: subject, Actor: actor, Payload: payload, At: s.now()})
}

// can asks whether the actor may, and records a refusal.
func (s *Service) can(ctx context.Context, actor Actor, act Action, on Thing, subject string) error {
	err := s.access.Can(ctx, actor, act, on)
	if fault.Is(err, fault.Forbidden) {
		return s.denied(ctx, actor, act, subject, err)
	}
	return err
}

// denied records that somebody tried what they may not, at most once a minute
// for the same, and returns why.
func (s *Service) denied(ctx context.Context, actor Actor, act Action, subject string, why error) error {
	if !s.denials.first(actor.ID+" "+string(act)+" "+subject, s.now()) {
		return why
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		return s.record(ctx, tx, "account.denied", subject, actor.ID, map[string]string{"action": string(act)})
	})
	if err != nil {
		return err
	}
	return why
}

// noDesk files nothing.
type noDesk struct{}

func (noDesk) GrantWaits(context.Context, *db.Tx, Granted, string, time.Time) error { return nil }

func (noDesk) ResetWaits(context.Context, *db.Tx, string, Account, string, time.Time) error {
	return nil
}

func (noDesk) Settled(context.Context, *db.Tx, string, string, time.Time) error { return nil }
