package policy

import (
	"context"
	"embed"
	"strconv"
	"sync"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of the agency's rules.
func Migrations() db.Migrations { return db.Migrations{Area: "policy", FS: migrations} }

// State says where a change stands.
type State string

// The states of a change.
const (
	Proposed  State = "proposed"
	InForce   State = "in_force"
	Withdrawn State = "withdrawn"
)

// Change is one override with its history.
type Change struct {
	ID           string
	Rule, Path   string
	Value        string // canonical JSON
	From, Until  string
	Decision     string // number and title of the decision
	Decided      string
	Reason       string
	State        State
	Known        string
	ProposedBy   string // account id
	ProposedName string
	ProposedAt   time.Time
	SettledName  string
	SettledAt    time.Time
}

// Draft is a change somebody proposes.
type Draft struct {
	Rule, Path, Value string // Value as JSON: 70, "heads", [1,2]
	From, Until       string // YYYY-MM-DD; Until may be empty
	Decision, Decided string
	Reason            string
}

// Service keeps the agency's rulebook. It is safe for concurrent use.
type Service struct {
	db     *db.DB
	access *account.Access
	base   *rulebook.Library
	now    func() time.Time

	mu       sync.Mutex
	revision string
	library  *rulebook.Library
	books    map[string]*rulebook.Book
}

// New returns the service over the national library, or over the library with
// an agency's rulebook file on top.
func New(d *db.DB, access *account.Access, base *rulebook.Library, now func() time.Time) *Service {
	return &Service{db: d, access: access, base: base, now: now}
}

// At returns the book in force on a day (YYYY-MM-DD) as known now. It costs one
// short query to see whether another process changed a rule.
func (s *Service) At(ctx context.Context, day string) (*rulebook.Book, error) {
	revision, err := s.currentRevision(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.library == nil || revision != s.revision {
		if err := s.load(ctx); err != nil {
			return nil, err
		}
		s.revision, s.books = revision, map[string]*rulebook.Book{}
	}
	if b := s.books[day]; b != nil {
		return b, nil
	}
	b, err := s.library.At(rulebook.Day(day), "")
	if err != nil {
		return nil, err
	}
	s.books[day] = b
	return b, nil
}

func (s *Service) currentRevision(ctx context.Context) (string, error) {
	return db.One(ctx, s.db, `SELECT count(*), COALESCE(max(settled_at), '') FROM policy_override WHERE state = 'in_force'`,
		func(r db.Row) (string, error) {
			var n int
			var last string
			err := r.Scan(&n, &last)
			return last + "/" + strconv.Itoa(n), err
		})
}

func (s *Service) load(ctx context.Context) error {
	changes, err := s.list(ctx, s.db, `WHERE state = 'in_force' ORDER BY from_day, settled_at, id`)
	if err != nil {
		return err
	}
	s.library, err = s.with(changes)
	return err
}

// with returns the base library with the changes on top.
func (s *Service) with(changes []Change) (*rulebook.Library, error) {
	if len(changes) == 0 {
		return s.base, nil
	}
	o := rulebook.Overlay{ID: "instansi", Version: strconv.Itoa(len(changes))}
	for _, c := range changes {
		v, err := rulebook.ParseJSON([]byte(c.Value))
		if err != nil {
			return nil, fault.WrongField("value", "policy.value").Because(err)
		}
		o.Overrides = append(o.Overrides, rulebook.Override{
			Rule: c.Rule, Path: c.Path, Set: v, From: rulebook.Day(c.From), Until: rulebook.Day(c.Until),
			Known: rulebook.Day(c.Known), Decision: c.Decision, Decided: rulebook.Day(c.Decided),
		})
	}
	return s.base.With(o)
}

// Try returns the book of a day as it would be with the draft in force: for
// simulating a change before it is signed.
func (s *Service) Try(ctx context.Context, d Draft, day string) (*rulebook.Book, error) {
	changes, err := s.list(ctx, s.db, `WHERE state = 'in_force' ORDER BY from_day, settled_at, id`)
	if err != nil {
		return nil, err
	}
	lib, err := s.with(append(changes, d.change()))
	if err != nil {
		return nil, err
	}
	return lib.At(rulebook.Day(day), "")
}

func (d Draft) change() Change {
	return Change{
		Rule: d.Rule, Path: d.Path, Value: d.Value, From: d.From, Until: d.Until,
		Decision: d.Decision, Decided: d.Decided, Reason: d.Reason, State: Proposed,
	}
}

// Propose notes a change for somebody else to put in force. It refuses what
// the rulebook would refuse: an unknown rule or value, another kind of value, and
// one with which the rule makes no sense.
func (s *Service) Propose(ctx context.Context, actor account.Actor, d Draft) (string, error) {
	if err := s.access.Can(ctx, actor, account.ActRulesEdit, account.Thing{}); err != nil {
		return "", err
	}
	var wrong fault.Fields
	wrong.Check(d.Decision != "", "decision", "form.required")
	wrong.Check(d.Decided != "", "decided", "form.required")
	wrong.Check(d.From != "", "from", "form.required")
	wrong.Check(d.Reason != "", "reason", "form.required")
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if err := s.sound(ctx, s.db, d.change()); err != nil {
		return "", err
	}
	id := db.NewID()
	now := s.now()
	return id, s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO policy_override
			(id, rule, path, value, from_day, until_day, decision, decided, reason, state, proposed_by, proposed_name, proposed_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'proposed', $10, $11, $12)`,
			id, d.Rule, d.Path, d.Value, d.From, d.Until, d.Decision, d.Decided, d.Reason, actor.ID, actor.Name, db.Time(now))
		if err != nil {
			return err
		}
		return ledger.Append(ctx, tx, ledger.Entry{Kind: "policy.proposed", Subject: "policy:" + id, Actor: actor.ID, Payload: d, At: now})
	})
}

// sound reports whether the rules make sense with one more change in force.
func (s *Service) sound(ctx context.Context, q db.Queryer, c Change) error {
	changes, err := s.list(ctx, q, `WHERE state = 'in_force' ORDER BY from_day, settled_at, id`)
	if err != nil {
		return err
	}
	lib, err := s.with(append(changes, c))
	if err != nil {
		return err
	}
	return lib.Sound()
}

// Confirm puts a proposed change in force. The one who proposed it cannot.
func (s *Service) Confirm(ctx context.Context, actor account.Actor, id string) error {
	return s.settle(ctx, actor, id, InForce)
}

// Withdraw ends a proposal that is not in force.
func (s *Service) Withdraw(ctx context.Context, actor account.Actor, id string) error {
	return s.settle(ctx, actor, id, Withdrawn)
}

func (s *Service) settle(ctx context.Context, actor account.Actor, id string, to State) error {
	if err := s.access.Can(ctx, actor, account.ActRulesEdit, account.Thing{}); err != nil {
		return err
	}
	now := s.now()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := db.One(ctx, tx, selectChange+` WHERE id = $1`, scanChange, id)
		if fault.Is(err, fault.NotFound) {
			return fault.Missing("policy.absent")
		}
		if err != nil {
			return err
		}
		if c.State != Proposed {
			return fault.Clash("policy.settled")
		}
		if to == InForce && c.ProposedBy == actor.ID {
			return fault.Denied("policy.same_person")
		}
		if to == InForce {
			if err := s.sound(ctx, tx, c); err != nil {
				return err
			}
		}
		if _, err := db.Exec(ctx, tx, `UPDATE policy_override SET state = $1, known = $2, settled_by = $3, settled_name = $4, settled_at = $5 WHERE id = $6`,
			string(to), now.Format(time.DateOnly), actor.ID, actor.Name, db.Time(now), id); err != nil {
			return err
		}
		return ledger.Append(ctx, tx, ledger.Entry{
			Kind: "policy." + string(to), Subject: "policy:" + id, Actor: actor.ID, Payload: map[string]string{"rule": c.Rule, "decision": c.Decision}, At: now,
		})
	})
}

// Changes returns the changes of one rule, or of all when rule is empty, the
// newest first.
func (s *Service) Changes(ctx context.Context, rule string) ([]Change, error) {
	return s.list(ctx, s.db, `WHERE rule = $1 OR $1 = '' ORDER BY proposed_at DESC, id DESC`, rule)
}

// Keep stores a book under its hash, so that a result computed with it can be
// computed again. Keeping it twice is keeping it once.
func (s *Service) Keep(ctx context.Context, tx *db.Tx, b *rulebook.Book) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO policy_book (hash, bytes, kept) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING`,
		b.Hash(), b.Bytes(), db.Time(s.now()))
	return err
}

// Kept returns a book by its hash, or a NotFound fault.
func (s *Service) Kept(ctx context.Context, hash string) (*rulebook.Book, error) {
	raw, err := db.One(ctx, s.db, `SELECT bytes FROM policy_book WHERE hash = $1`, func(r db.Row) ([]byte, error) {
		var b []byte
		err := r.Scan(&b)
		return b, err
	}, hash)
	if err != nil {
		return nil, err
	}
	return rulebook.ReadBook(raw)
}

const selectChange = `SELECT id, rule, path, value, from_day, until_day, decision, decided, reason, state, known,
	proposed_by, proposed_name, proposed_at, settled_name, settled_at FROM policy_override`

func (s *Service) list(ctx context.Context, q db.Queryer, tail string, args ...any) ([]Change, error) {
	return db.All(ctx, q, selectChange+" "+tail, scanChange, args...)
}

func scanChange(r db.Row) (Change, error) {
	var c Change
	err := r.Scan(&c.ID, &c.Rule, &c.Path, &c.Value, &c.From, &c.Until, &c.Decision, &c.Decided, &c.Reason, &c.State, &c.Known,
		&c.ProposedBy, &c.ProposedName, db.TimeTo(&c.ProposedAt), &c.SettledName, db.TimeTo(&c.SettledAt))
	return c, err
}
