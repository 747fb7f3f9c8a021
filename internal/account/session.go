package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
)

// How long a session lives: a working day, or two hours without being used.
const (
	SessionAge  = 12 * time.Hour
	sessionIdle = 2 * time.Hour
	tokenBytes  = 32
)

// Session is one device that is signed in.
type Session struct {
	ID        string
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	Network   string // address it was signed in from
	Agent     string // what the browser calls itself
	Current   bool   // the one that asks
}

// Device is where a sign-in comes from.
type Device struct {
	Network string // address, as text
	Agent   string // User-Agent
}

const maxAgent = 200

func (d Device) clean() Device {
	if r := []rune(d.Agent); len(r) > maxAgent {
		d.Agent = string(r[:maxAgent])
	}
	return d
}

// hashToken returns what is stored of a session token.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// open makes a session and returns its token, which is stored nowhere.
func (s *Service) open(ctx context.Context, tx *db.Tx, accountID string, from Device) (string, error) {
	token := base64.RawURLEncoding.EncodeToString(random(tokenBytes))
	now, from := s.now(), from.clean()
	err := db.Insert(ctx, tx, "account_session",
		[]string{"hash", "id", "account_id", "created_at", "seen_at", "expires_at", "network", "agent"},
		[][]any{{hashToken(token), db.NewID(), accountID, now, now, now.Add(SessionAge), from.Network, from.Agent}})
	return token, err
}

// Actor returns the actor of a session token, or the zero Actor when the token
// is unknown, ended or too old. It implements web.Sessions. Within one process
// an ended session is nobody's at once; another process may take up to two
// seconds to notice.
func (s *Service) Actor(ctx context.Context, token string, now time.Time) (Actor, error) {
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return Actor{}, nil
	}
	hash := hashToken(token)
	if a, ok := s.cache.get(hash, now); ok {
		return a, nil
	}
	ticket := s.cache.ticket()
	live, err := s.lookUp(ctx, hash, now)
	if err != nil || !live.actor.SignedIn() {
		return Actor{}, err
	}
	s.cache.put(hash, live, ticket, now)
	return live.actor, nil
}

// live is a session as it was read.
type live struct {
	actor   Actor
	seen    time.Time
	expires time.Time
}

// lookUp reads the session, its account and the roles that hold today.
func (s *Service) lookUp(ctx context.Context, hash string, now time.Time) (live, error) {
	type row struct {
		live
		grant Grant
	}
	today := now.In(s.zone).Format(time.DateOnly)
	rows, err := db.All(ctx, s.db, `
		SELECT a.id, a.username, a.name, a.person_id, a.lang, a.must_change, s.seen_at, s.expires_at, g.role, g.unit_id
		FROM account_session s
		JOIN account a ON a.id = s.account_id AND a.state = 'active'
		LEFT JOIN role_grant g ON g.account_id = a.id AND g.state = 'active' AND g.from_on <= $1 AND (g.to_on IS NULL OR g.to_on >= $1)
		WHERE s.hash = $2 ORDER BY g.id`, func(r db.Row) (row, error) {
		var v row
		var lang, role string
		err := r.Scan(&v.actor.ID, &v.actor.Username, &v.actor.Name, db.OrZero(&v.actor.PersonID), &lang, &v.actor.MustChange,
			db.TimeTo(&v.seen), db.TimeTo(&v.expires), db.OrZero(&role), db.OrZero(&v.grant.Unit))
		v.actor.Lang, v.grant.Role = i18n.Lang(lang), Role(role)
		return v, err
	}, today, hash)
	if err != nil || len(rows) == 0 {
		return live{}, err
	}
	found := rows[0].live
	seen := s.cache.lastSeen(hash, found.seen)
	if !now.Before(found.expires) || now.Sub(seen) >= sessionIdle {
		return live{}, nil
	}
	found.actor.Session = hash
	for _, r := range rows {
		if r.grant.Role != "" {
			found.actor.Grants = append(found.actor.Grants, r.grant)
		}
	}
	found.actor.Grants, err = s.staff(ctx, found.actor)
	return found, err
}

// staff adds the role everybody has in the units they work in.
func (s *Service) staff(ctx context.Context, a Actor) ([]Grant, error) {
	if s.work == nil || a.PersonID == "" {
		return a.Grants, nil
	}
	units, err := s.work.WorkUnits(ctx, a.PersonID)
	for _, u := range units {
		a.Grants = append(a.Grants, Grant{Staff, u})
	}
	return a.Grants, err
}

// SignOut ends the session of a token.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.end(ctx, `hash = $1`, hashToken(token))
}

// Sessions returns the actor's own sessions, the newest first.
func (s *Service) Sessions(ctx context.Context, actor Actor) ([]Session, error) {
	return s.sessionsOf(ctx, actor.ID, actor.Session)
}

func (s *Service) sessionsOf(ctx context.Context, accountID, current string) ([]Session, error) {
	now := s.now()
	return db.All(ctx, s.db, `
		SELECT id, hash, created_at, seen_at, expires_at, network, agent FROM account_session
		WHERE account_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY created_at DESC, id`, func(r db.Row) (Session, error) {
		var v Session
		var hash string
		err := r.Scan(&v.ID, &hash, db.TimeTo(&v.CreatedAt), db.TimeTo(&v.SeenAt), db.TimeTo(&v.ExpiresAt), &v.Network, &v.Agent)
		v.Current = hash == current
		v.SeenAt = s.cache.lastSeen(hash, v.SeenAt)
		return v, err
	}, accountID, now, now.Add(-sessionIdle))
}

// EndSession ends one of the actor's own sessions; ending one that is gone
// changes nothing.
func (s *Service) EndSession(ctx context.Context, actor Actor, id string) error {
	return s.end(ctx, `account_id = $1 AND id = $2`, actor.ID, id)
}

// EndOtherSessions ends all of the actor's sessions but the one that asks.
func (s *Service) EndOtherSessions(ctx context.Context, actor Actor) error {
	return s.end(ctx, `account_id = $1 AND hash <> $2`, actor.ID, actor.Session)
}

// EndSessionsOf ends all sessions of another account.
func (s *Service) EndSessionsOf(ctx context.Context, actor Actor, accountID string) error {
	subject := Account{ID: accountID}.subject()
	if err := s.manages(ctx, actor, accountID); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := byID(ctx, tx, accountID); err != nil {
			return err
		}
		if err := s.endAll(ctx, tx, accountID); err != nil {
			return err
		}
		return s.record(ctx, tx, "account.sessions_ended", subject, actor.ID, nil)
	})
}

// endAll ends every session of an account in the caller's transaction.
func (s *Service) endAll(ctx context.Context, tx *db.Tx, accountID string) error {
	tx.AfterCommit(s.cache.clear)
	_, err := db.Exec(ctx, tx, `DELETE FROM account_session WHERE account_id = $1`, accountID)
	return err
}

func (s *Service) end(ctx context.Context, where string, args ...any) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		tx.AfterCommit(s.cache.clear)
		_, err := db.Exec(ctx, tx, `DELETE FROM account_session WHERE `+where, args...)
		return err
	})
}

// Flush writes down when sessions were last used and forgets those that are
// over.
func (s *Service) Flush(ctx context.Context) error {
	seen := s.cache.takeSeen()
	now := s.now()
	return s.db.TxReadCommitted(ctx, func(tx *db.Tx) error {
		for from := 0; from < len(seen); from += flushChunk {
			part := seen[from:min(from+flushChunk, len(seen))]
			args := []any{now}
			for _, hash := range part {
				args = append(args, hash)
			}
			if _, err := db.Exec(ctx, tx, `UPDATE account_session SET seen_at = $1 WHERE hash IN (`+db.In(2, len(part))+`)`, args...); err != nil {
				return err
			}
		}
		_, err := db.Exec(ctx, tx, `DELETE FROM account_session WHERE expires_at <= $1 OR seen_at <= $2`, now, now.Add(-sessionIdle))
		return err
	})
}

const (
	flushChunk = 500
	flushEvery = 30 * time.Second
)

// Run flushes from time to time until ctx ends.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.Flush(ctx); err != nil && ctx.Err() == nil && !fault.Is(err, fault.Unavailable) {
				slog.ErrorContext(ctx, "account: sessions not written", "err", err)
			}
		}
	}
}
