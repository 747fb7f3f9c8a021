package account

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// AskReset lets somebody who forgot the password choose a new one. For an
// ordinary account the slip with the code comes back at once. For one that
// holds a role beyond staff it is only asked for, and a second administrator
// issues the code: otherwise one administrator could take over another's role.
// The old password stays good until the code is used.
func (s *Service) AskReset(ctx context.Context, actor Actor, accountID string) (*Slip, error) {
	subject := Account{ID: accountID}.subject()
	if err := s.manages(ctx, actor, accountID); err != nil {
		return nil, err
	}
	if accountID == actor.ID {
		return nil, s.denied(ctx, actor, ActAccounts, subject, fault.Denied("account.not_own"))
	}
	var slip *Slip
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		slip = nil
		v, err := s.newReset(ctx, tx, actor, accountID)
		if err != nil {
			return err
		}
		strong, err := s.strong(ctx, tx, accountID)
		if err != nil {
			return err
		}
		if err := s.record(ctx, tx, "account.reset_asked", subject, actor.ID, map[string]string{"invitation": v.ID}); err != nil {
			return err
		}
		if strong {
			return s.desk.ResetWaits(ctx, tx, v.ID, Account{ID: accountID, Name: v.Name, Username: v.Username}, actor.PersonID, s.now())
		}
		slip, err = s.issueReset(ctx, tx, actor, v)
		return err
	})
	return slip, err
}

// newReset voids older codes and makes a reset without one.
func (s *Service) newReset(ctx context.Context, tx *db.Tx, actor Actor, accountID string) (Invitation, error) {
	a, err := byID(ctx, tx, accountID)
	if err != nil {
		return Invitation{}, err
	}
	if a.State == Closed {
		return Invitation{}, fault.Clash("account.grant.closed")
	}
	now := s.now()
	old, err := openInvitation(ctx, tx, accountID)
	if err != nil {
		return Invitation{}, err
	}
	if old != nil {
		if _, err := db.Exec(ctx, tx, `UPDATE account_invitation SET void_at = $1 WHERE account_id = $2 AND used_at IS NULL AND void_at IS NULL`, now, accountID); err != nil {
			return Invitation{}, err
		}
		if err := s.desk.Settled(ctx, tx, old.ID, actor.ID, now); err != nil {
			return Invitation{}, err
		}
	}
	v := Invitation{ID: db.NewID(), AccountID: a.ID, Username: a.Username, Name: a.Name, Purpose: ForReset, CreatedAt: now, CreatedBy: actor.ID}
	return v, db.Insert(ctx, tx, "account_invitation", []string{"id", "account_id", "purpose", "created_at", "created_by"},
		[][]any{{v.ID, v.AccountID, string(v.Purpose), now, actor.ID}})
}

// strong reports whether the account holds a role beyond staff.
func (s *Service) strong(ctx context.Context, q db.Queryer, accountID string) (bool, error) {
	grants, err := db.All(ctx, q, selectGrant+`WHERE g.account_id = $1 AND g.state = 'active'`, scanGrant, accountID)
	today := s.today()
	return slices.ContainsFunc(grants, func(g Granted) bool { return g.Role != Staff && (g.To == "" || g.To >= today) }), err
}

func (s *Service) issueReset(ctx context.Context, tx *db.Tx, actor Actor, v Invitation) (*Slip, error) {
	slips, err := s.issue(ctx, tx, actor, []Invitation{v})
	if err != nil {
		return nil, err
	}
	return &slips[0], s.record(ctx, tx, "account.reset_issued", Account{ID: v.AccountID}.subject(), actor.ID, map[string]string{"invitation": v.ID})
}

// ConfirmReset issues the code of a reset that another administrator asked for.
func (s *Service) ConfirmReset(ctx context.Context, actor Actor, accountID string) (*Slip, error) {
	subject := Account{ID: accountID}.subject()
	if err := s.manages(ctx, actor, accountID); err != nil {
		return nil, err
	}
	var slip *Slip
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		v, err := openInvitation(ctx, tx, accountID)
		switch {
		case err != nil:
			return err
		case v == nil || v.Purpose != ForReset || v.Issued():
			return fault.Clash("account.reset.none")
		case v.CreatedBy == actor.ID || accountID == actor.ID:
			return errSecond
		}
		if err := s.desk.Settled(ctx, tx, v.ID, actor.ID, s.now()); err != nil {
			return err
		}
		slip, err = s.issueReset(ctx, tx, actor, *v)
		return err
	})
	if errors.Is(err, errSecond) {
		return nil, s.denied(ctx, actor, ActAccounts, subject, err)
	}
	return slip, err
}

var errSecond = fault.Denied("account.reset.second")

// ResetNote is what somebody sees of the codes that administrators issued for
// their account.
type ResetNote struct {
	AskedBy  string // name
	IssuedBy string // name, empty while a second administrator is waited for
	AskedAt  time.Time
	UsedAt   time.Time // zero when it was not used
}

// maxResets is how many codes a person sees.
const maxResets = 5

// Resets returns the latest codes for a new password of the actor's own
// account: nobody's password is changed behind their back.
func (s *Service) Resets(ctx context.Context, actor Actor) ([]ResetNote, error) {
	return db.All(ctx, s.db, `SELECT a.name, b.name, i.created_at, i.used_at FROM account_invitation i
		LEFT JOIN account a ON a.id = i.created_by LEFT JOIN account b ON b.id = i.issued_by
		WHERE i.account_id = $1 AND i.purpose = 'reset' ORDER BY i.created_at DESC, i.id LIMIT $2`, func(r db.Row) (ResetNote, error) {
		var n ResetNote
		err := r.Scan(db.OrZero(&n.AskedBy), db.OrZero(&n.IssuedBy), db.TimeTo(&n.AskedAt), db.TimeTo(&n.UsedAt))
		return n, err
	}, actor.ID, maxResets)
}
