package account

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
)

// ChangePassword sets the actor's own password. The old one is asked for and
// guessing it is slowed down like a sign-in; all other sessions end.
func (s *Service) ChangePassword(ctx context.Context, actor Actor, old, password, again string, from Device) error {
	a, err := byID(ctx, s.db, actor.ID)
	if err != nil {
		return err
	}
	var wrong fault.Fields
	newPassword(&wrong, a, password, again)
	wrong.Check(password != old, "password", "account.password.same")
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := s.held(ctx, usernameKey(a.Username), from.Network); err != nil {
		return err
	}
	ok, _, err := s.hasher.verify(ctx, a.password, old)
	if err != nil {
		return err
	}
	if !ok {
		s.throttle.failed(usernameKey(a.Username), from.Network, s.now())
		return fault.WrongField("old", "account.password.old")
	}
	phc, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.storePassword(ctx, tx, a.ID, phc, actor.ID, false); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM account_session WHERE account_id = $1 AND hash <> $2`, a.ID, actor.Session); err != nil {
			return err
		}
		return s.record(ctx, tx, "account.password_changed", a.subject(), actor.ID, nil)
	})
}

// storePassword writes a password and voids every open code to choose one.
func (s *Service) storePassword(ctx context.Context, tx *db.Tx, accountID, phc, by string, mustChange bool) error {
	tx.AfterCommit(s.cache.clear)
	now := s.now()
	_, err := db.Exec(ctx, tx, `
		UPDATE account SET password = $1, must_change = $2, password_at = $3, password_by = $4,
		state = CASE WHEN state = 'invited' THEN 'active' ELSE state END WHERE id = $5`, phc, mustChange, now, by, accountID)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `UPDATE account_invitation SET void_at = $1 WHERE account_id = $2 AND used_at IS NULL AND void_at IS NULL`, now, accountID)
	return err
}

// SetLang remembers the language the actor reads.
func (s *Service) SetLang(ctx context.Context, actor Actor, l i18n.Lang) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		tx.AfterCommit(s.cache.clear)
		_, err := db.Exec(ctx, tx, `UPDATE account SET lang = $1 WHERE id = $2`, string(l), actor.ID)
		return err
	})
}

// Own returns the actor's own account.
func (s *Service) Own(ctx context.Context, actor Actor) (Account, error) {
	return byID(ctx, s.db, actor.ID)
}

// Close shuts an account: its sessions end and it cannot sign in any more. What
// it did stays. Nobody closes their own.
func (s *Service) Close(ctx context.Context, actor Actor, id string) error {
	return s.setState(ctx, actor, id, Closed, "account.closed")
}

// Reopen lets a closed account sign in again; one that never chose a password
// is invited again.
func (s *Service) Reopen(ctx context.Context, actor Actor, id string) error {
	return s.setState(ctx, actor, id, Active, "account.reopened")
}

func (s *Service) setState(ctx context.Context, actor Actor, id string, to State, kind string) error {
	subject := Account{ID: id}.subject()
	if err := s.manages(ctx, actor, id); err != nil {
		return err
	}
	if id == actor.ID {
		return s.denied(ctx, actor, ActAccounts, subject, fault.Denied("account.not_own"))
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		a, err := byID(ctx, tx, id)
		if err != nil {
			return err
		}
		if (a.State == Closed) == (to == Closed) {
			return fault.Clash("account.state_already")
		}
		if to == Active && a.password == "" {
			to = Invited
		}
		if _, err := db.Exec(ctx, tx, `UPDATE account SET state = $1 WHERE id = $2`, string(to), id); err != nil {
			return err
		}
		if err := s.endAll(ctx, tx, id); err != nil {
			return err
		}
		return s.record(ctx, tx, kind, subject, actor.ID, nil)
	})
}
