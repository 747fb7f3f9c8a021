package account

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// GrantState is where a role grant stands.
type GrantState string

// The states of a grant.
//
//	proposed ──another administrator──► active ──► ended
//	    └───────────────────────────► refused
const (
	Proposed    GrantState = "proposed"
	GrantActive GrantState = "active"
	Refused     GrantState = "refused"
	Ended       GrantState = "ended"
)

// Granted is a role given to an account: by whom, confirmed by whom, where and
// for how long. An empty account stands for the machine's command line.
type Granted struct {
	ID          string
	AccountID   string
	Username    string // of the holder, filled when read
	Name        string
	Role        Role
	Unit        string // empty for the whole agency
	From        string // first day
	To          string // last day, empty without an end
	Reason      string
	State       GrantState
	ProposedBy  string
	ProposedAt  time.Time
	ProposerIs  string // name, filled when read
	SettledBy   string // who confirmed or refused
	SettledAt   time.Time
	SettlerIs   string
	EndedAt     time.Time
	holderState State
}

// Holds reports whether the grant gives its role on the day.
func (g Granted) Holds(day string) bool {
	return g.State == GrantActive && g.From <= day && (g.To == "" || g.To >= day)
}

func (g Granted) thing() Thing { return Thing{Unit: g.Unit} }

func (g Granted) subject() string { return "account:" + g.AccountID }

const maxReason = 500

func (g *Granted) check(today string) error {
	var wrong fault.Fields
	wrong.Check(slices.Contains(Roles(), g.Role), "role", "form.choose")
	if g.From == "" {
		g.From = today
	}
	for field, day := range map[string]string{"from": g.From, "to": g.To} {
		_, err := time.Parse(time.DateOnly, day)
		wrong.Check(day == "" || err == nil, field, "form.date")
	}
	wrong.Check(g.To == "" || g.To >= g.From, "to", "account.grant.to_before_from")
	wrong.Check(g.To == "" || g.To >= today, "to", "account.grant.past")
	wrong.Check(len([]rune(g.Reason)) <= maxReason, "reason", "form.too_long", maxReason)
	return wrong.Err()
}

const selectGrant = `SELECT g.id, g.account_id, a.username, a.name, a.state, g.role, g.unit_id, g.from_on, g.to_on, g.reason, g.state,
	g.proposed_by, g.proposed_at, p.name, g.settled_by, g.settled_at, c.name, g.ended_at
	FROM role_grant g JOIN account a ON a.id = g.account_id
	LEFT JOIN account p ON p.id = g.proposed_by LEFT JOIN account c ON c.id = g.settled_by `

func scanGrant(r db.Row) (Granted, error) {
	var g Granted
	var role, state, holder string
	err := r.Scan(&g.ID, &g.AccountID, &g.Username, &g.Name, &holder, &role, &g.Unit, &g.From, db.OrZero(&g.To), &g.Reason, &state,
		&g.ProposedBy, db.TimeTo(&g.ProposedAt), db.OrZero(&g.ProposerIs), &g.SettledBy, db.TimeTo(&g.SettledAt), db.OrZero(&g.SettlerIs), db.TimeTo(&g.EndedAt))
	g.Role, g.State, g.holderState = Role(role), GrantState(state), State(holder)
	return g, err
}

func grantByID(ctx context.Context, q db.Queryer, id string) (Granted, error) {
	g, err := db.One(ctx, q, selectGrant+`WHERE g.id = $1`, scanGrant, id)
	if errors.Is(err, db.ErrNone) {
		return g, fault.Missing("account.grant.unknown")
	}
	return g, err
}

// Propose asks for a role for an account; it holds once another administrator
// has confirmed it. Nobody proposes one for themself.
func (s *Service) Propose(ctx context.Context, actor Actor, g Granted) (Granted, error) {
	if err := s.can(ctx, actor, ActGrant, g.thing(), g.subject()); err != nil {
		return g, err
	}
	if g.AccountID == actor.ID {
		return g, s.denied(ctx, actor, ActGrant, g.subject(), fault.Denied("account.grant.self"))
	}
	if err := g.check(s.today()); err != nil {
		return g, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		g.State, g.ProposedBy, g.ProposedAt = Proposed, actor.ID, s.now()
		if err := s.storeGrant(ctx, tx, &g); err != nil {
			return err
		}
		if err := s.desk.GrantWaits(ctx, tx, g, actor.PersonID, s.now()); err != nil {
			return err
		}
		return s.record(ctx, tx, "account.role_proposed", g.subject(), actor.ID, g.payload())
	})
	if db.IsDuplicate(err) {
		return g, errGrantTwice
	}
	return g, err
}

var errGrantTwice = fault.Clash("account.grant.twice")

func (g Granted) payload() map[string]string {
	return map[string]string{"grant": g.ID, "role": string(g.Role), "unit": g.Unit, "from": g.From, "to": g.To, "reason": g.Reason}
}

// storeGrant inserts a grant after checking that its account can hold one and
// has no open one like it.
func (s *Service) storeGrant(ctx context.Context, tx *db.Tx, g *Granted) error {
	a, err := byID(ctx, tx, g.AccountID)
	if err != nil {
		return err
	}
	if a.State == Closed {
		return fault.Clash("account.grant.closed")
	}
	twice, err := db.Exists(ctx, tx, `SELECT 1 FROM role_grant WHERE account_id = $1 AND role = $2 AND unit_id = $3
		AND state IN ('proposed', 'active') AND (to_on IS NULL OR to_on >= $4)
		AND ($5 = '' OR from_on <= $5)`, g.AccountID, string(g.Role), g.Unit, g.From, g.To)
	if err != nil {
		return err
	}
	if twice {
		return errGrantTwice
	}
	g.ID, g.Username, g.Name = db.NewID(), a.Username, a.Name
	return db.Insert(ctx, tx, "role_grant",
		[]string{"id", "account_id", "role", "unit_id", "from_on", "to_on", "reason", "state", "proposed_by", "proposed_at", "settled_by", "settled_at"},
		[][]any{{
			g.ID, g.AccountID, string(g.Role), g.Unit, g.From, db.Null(g.To), g.Reason, string(g.State),
			g.ProposedBy, g.ProposedAt, g.SettledBy, db.NullTime(g.SettledAt),
		}})
}

// Confirm makes a proposed role hold. Only somebody else than the one who
// proposed it and the one who gets it can.
func (s *Service) Confirm(ctx context.Context, actor Actor, id string) (Granted, error) {
	return s.settle(ctx, actor, id, GrantActive, "account.role_confirmed")
}

// Refuse turns a proposed role down; the one who proposed it may take it back
// this way.
func (s *Service) Refuse(ctx context.Context, actor Actor, id string) (Granted, error) {
	return s.settle(ctx, actor, id, Refused, "account.role_refused")
}

func (s *Service) settle(ctx context.Context, actor Actor, id string, to GrantState, kind string) (Granted, error) {
	g, err := grantByID(ctx, s.db, id)
	if err != nil {
		return g, err
	}
	if err := s.can(ctx, actor, ActGrant, g.thing(), g.subject()); err != nil {
		return g, err
	}
	if err := s.secondPerson(ctx, actor, g, to); err != nil {
		return g, err
	}
	return g, s.db.Tx(ctx, func(tx *db.Tx) error {
		return s.settleIn(ctx, tx, g, actor.ID, to, kind)
	})
}

func (s *Service) secondPerson(ctx context.Context, actor Actor, g Granted, to GrantState) error {
	switch {
	case actor.ID == g.AccountID:
		return s.denied(ctx, actor, ActGrant, g.subject(), fault.Denied("account.grant.self"))
	case to == GrantActive && actor.ID == g.ProposedBy:
		return s.denied(ctx, actor, ActGrant, g.subject(), fault.Denied("account.grant.second"))
	}
	return nil
}

// settleIn changes a grant that is still proposed; of two who settle it at the
// same time one is told that it is settled.
func (s *Service) settleIn(ctx context.Context, tx *db.Tx, g Granted, by string, to GrantState, kind string) error {
	tx.AfterCommit(s.cache.clear)
	n, err := db.Exec(ctx, tx, `UPDATE role_grant SET state = $1, settled_by = $2, settled_at = $3 WHERE id = $4 AND state = 'proposed'`,
		string(to), by, s.now(), g.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Clash("account.grant.settled")
	}
	if err := s.desk.Settled(ctx, tx, g.ID, by, s.now()); err != nil {
		return err
	}
	return s.record(ctx, tx, kind, g.subject(), by, g.payload())
}

// EndGrant takes a role away at once; one administrator is enough, and the
// holder may lay it down.
func (s *Service) EndGrant(ctx context.Context, actor Actor, id string) (Granted, error) {
	g, err := grantByID(ctx, s.db, id)
	if err != nil {
		return g, err
	}
	if actor.ID != g.AccountID || !actor.SignedIn() {
		if err := s.can(ctx, actor, ActGrant, g.thing(), g.subject()); err != nil {
			return g, err
		}
	}
	return g, s.db.Tx(ctx, func(tx *db.Tx) error { return s.endGrantIn(ctx, tx, g, actor.ID) })
}

func (s *Service) endGrantIn(ctx context.Context, tx *db.Tx, g Granted, by string) error {
	tx.AfterCommit(s.cache.clear)
	n, err := db.Exec(ctx, tx, `UPDATE role_grant SET state = 'ended', ended_by = $1, ended_at = $2 WHERE id = $3 AND state = 'active'`, by, s.now(), g.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Clash("account.grant.settled")
	}
	return s.record(ctx, tx, "account.role_ended", g.subject(), by, g.payload())
}
