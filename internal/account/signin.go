package account

import (
	"context"
	"math"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

var errSignIn = fault.New(fault.Unauthenticated, "account.sign_in.wrong")

// SignIn returns the token of a new session. It returns an Unauthenticated
// fault when username and password do not fit together, whatever the reason,
// and a TooMany fault whose first argument is the seconds to wait when it was
// tried too often. An unknown username costs as much as a known one.
func (s *Service) SignIn(ctx context.Context, username, password string, from Device) (string, error) {
	key := usernameKey(username)
	if err := s.held(ctx, key, from.Network); err != nil {
		return "", err
	}
	a, err := s.authenticate(ctx, username, password)
	if fault.Is(err, fault.Unauthenticated) {
		s.throttle.failed(key, from.Network, s.now())
	}
	if err != nil {
		return "", err
	}
	s.throttle.succeeded(key, from.Network, s.now())
	var token string
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		token, err = s.start(ctx, tx, a, from)
		return err
	})
	return token, err
}

// maxTyped bounds what is looked up and hashed of a sign-in form.
const maxTyped = 4 * maxPassword

// authenticate returns the account whose username and password these are.
func (s *Service) authenticate(ctx context.Context, username, password string) (Account, error) {
	if len(username) > maxTyped || len(password) > maxTyped {
		return Account{}, errSignIn
	}
	var a Account
	if goodUsername(usernameKey(username)) {
		var err error
		if a, err = byUsername(ctx, s.db, username); err != nil && !fault.Is(err, fault.NotFound) {
			return a, err
		}
	}
	ok, stale, err := s.hasher.verify(ctx, a.password, password)
	if err != nil {
		return a, err
	}
	if !ok || a.State != Active {
		return a, errSignIn
	}
	if stale {
		a.better, err = s.hasher.hash(ctx, password)
	}
	return a, err
}

// start opens a session and records it, unless the account was closed or its
// password changed since it was checked.
func (s *Service) start(ctx context.Context, tx *db.Tx, a Account, from Device) (string, error) {
	n, err := db.Exec(ctx, tx, `UPDATE account SET signed_in_at = $1, password = CASE WHEN $2 = '' THEN password ELSE $2 END
		WHERE id = $3 AND state = 'active' AND password = $4`, s.now(), a.better, a.ID, a.password)
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "", errSignIn
	}
	token, err := s.open(ctx, tx, a.ID, from)
	if err != nil {
		return "", err
	}
	return token, s.record(ctx, tx, "account.signed_in", a.subject(), a.ID, map[string]string{"network": from.Network})
}

// held returns a TooMany fault when this must wait, and records that somebody
// was held for a known account, at most once a minute.
func (s *Service) held(ctx context.Context, key, network string) error {
	wait := s.throttle.wait(key, network, s.now())
	if wait <= 0 {
		return nil
	}
	err := s.recordHeld(ctx, key, network)
	if err != nil {
		return err
	}
	return TooOften(wait)
}

// TooOften returns the fault of an attempt that must wait.
func TooOften(wait time.Duration) error {
	return fault.New(fault.TooMany, "account.sign_in.wait", int(math.Ceil(wait.Seconds())))
}

func (s *Service) recordHeld(ctx context.Context, key, network string) error {
	if !goodUsername(key) || !s.denials.first("held "+key+" "+network, s.now()) {
		return nil
	}
	a, err := byUsername(ctx, s.db, key)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return s.record(ctx, tx, "account.sign_in_held", a.subject(), "", map[string]string{"network": network})
	})
}
