package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/token"
)

// Code is what stands on a slip: three groups of four, read in any case.
type Code = token.Code

func newCode() (Code, error) { return token.NewCode(rand.Reader) }

// hashCode binds the code to its invitation.
func hashCode(invitationID string, c Code) []byte {
	sum := sha256.Sum256([]byte("gurindam invitation\x00" + invitationID + "\x00" + string(c)))
	return sum[:]
}

// Purpose is why somebody may choose a password.
type Purpose string

// The purposes.
const (
	ForInvite Purpose = "invite" // the first password
	ForReset  Purpose = "reset"  // a forgotten one, at a desk
)

// Invitation is the right to choose a password once.
type Invitation struct {
	ID        string
	AccountID string
	Username  string
	Name      string
	UnitID    string
	Unit      string
	Purpose   Purpose
	CreatedAt time.Time
	CreatedBy string
	ExpiresAt time.Time // zero while no code was drawn
	codeHash  []byte
	state     State
}

// Issued reports whether there is a code.
func (v Invitation) Issued() bool { return len(v.codeHash) > 0 }

func (v Invitation) age() time.Duration {
	if v.Purpose == ForReset {
		return ResetAge
	}
	return InviteAge
}

const selectInvitation = `SELECT i.id, i.account_id, a.username, a.name, a.state, i.unit_id, i.unit_name, i.purpose, i.created_at, i.created_by, i.expires_at, i.code_hash
	FROM account_invitation i JOIN account a ON a.id = i.account_id `

func scanInvitation(r db.Row) (Invitation, error) {
	var v Invitation
	var purpose, state string
	err := r.Scan(&v.ID, &v.AccountID, &v.Username, &v.Name, &state, &v.UnitID, &v.Unit, &purpose, db.TimeTo(&v.CreatedAt), &v.CreatedBy, db.TimeTo(&v.ExpiresAt), &v.codeHash)
	v.Purpose, v.state = Purpose(purpose), State(state)
	return v, err
}

const stillOpen = `i.used_at IS NULL AND i.void_at IS NULL`

// openInvitation returns the newest open one of an account, nil without one.
func openInvitation(ctx context.Context, q db.Queryer, accountID string) (*Invitation, error) {
	v, err := db.One(ctx, q, selectInvitation+`WHERE i.account_id = $1 AND `+stillOpen+` ORDER BY i.created_at DESC, i.id DESC`, scanInvitation, accountID)
	if errors.Is(err, db.ErrNone) {
		return nil, nil
	}
	return &v, err
}

// errCode is the same for every reason, so that codes cannot be told from
// usernames.
var errCode = fault.WrongField("code", "account.code.wrong")

// Invited returns the invitation that a username and a typed code belong to.
// Guessing is slowed down like a sign-in.
func (s *Service) Invited(ctx context.Context, username, code string, from Device) (Invitation, error) {
	key := usernameKey(username)
	if err := s.held(ctx, key, from.Network); err != nil {
		return Invitation{}, err
	}
	v, err := s.findInvitation(ctx, key, code)
	if fault.Is(err, fault.Invalid) {
		s.throttle.failed(key, from.Network, s.now())
	}
	return v, err
}

func (s *Service) findInvitation(ctx context.Context, key, code string) (Invitation, error) {
	c, err := token.ParseCode(code)
	if err != nil {
		return Invitation{}, fault.WrongField("code", "account.code.malformed")
	}
	if !goodUsername(key) {
		return Invitation{}, errCode
	}
	open, err := db.All(ctx, s.db, selectInvitation+`WHERE a.username_key = $1 AND `+stillOpen+` ORDER BY i.id`, scanInvitation, key)
	if err != nil {
		return Invitation{}, err
	}
	for _, v := range open {
		if s.opens(v, c) {
			return v, nil
		}
	}
	return Invitation{}, errCode
}

// InvitedBy returns the invitation of a link: its id and the code.
func (s *Service) InvitedBy(ctx context.Context, id, code string, from Device) (Invitation, error) {
	if err := s.held(ctx, "invitation:"+id, from.Network); err != nil {
		return Invitation{}, err
	}
	v, err := s.checkLink(ctx, s.db, id, code)
	if fault.Is(err, fault.Invalid) {
		s.throttle.failed("invitation:"+id, from.Network, s.now())
	}
	return v, err
}

func (s *Service) checkLink(ctx context.Context, q db.Queryer, id, code string) (Invitation, error) {
	c, err := token.ParseCode(code)
	if err != nil {
		return Invitation{}, errCode
	}
	v, err := db.One(ctx, q, selectInvitation+`WHERE i.id = $1 AND `+stillOpen, scanInvitation, id)
	if errors.Is(err, db.ErrNone) {
		return v, errCode
	}
	if err == nil && !s.opens(v, c) {
		return v, errCode
	}
	return v, err
}

// opens reports whether the code is the invitation's and still good.
func (s *Service) opens(v Invitation, c Code) bool {
	same := subtle.ConstantTimeCompare(hashCode(v.ID, c), v.codeHash) == 1
	return same && s.now().Before(v.ExpiresAt) && v.state != Closed
}

// Accept sets the password of an invitation and returns the token of a new
// session. The code is used up, and all other sessions of the account end.
func (s *Service) Accept(ctx context.Context, id, code, password, again string, from Device) (string, error) {
	v, err := s.InvitedBy(ctx, id, code, from)
	if err != nil {
		return "", err
	}
	a, err := byID(ctx, s.db, v.AccountID)
	if err != nil {
		return "", err
	}
	var wrong fault.Fields
	newPassword(&wrong, a, password, again)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	phc, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	var session string
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		session, err = s.accept(ctx, tx, v, code, phc, from)
		return err
	})
	return session, err
}

func (s *Service) accept(ctx context.Context, tx *db.Tx, v Invitation, code, phc string, from Device) (string, error) {
	if _, err := s.checkLink(ctx, tx, v.ID, code); err != nil {
		return "", err
	}
	if _, err := db.Exec(ctx, tx, `UPDATE account_invitation SET used_at = $1, code_hash = NULL WHERE id = $2`, s.now(), v.ID); err != nil {
		return "", err
	}
	if err := s.storePassword(ctx, tx, v.AccountID, phc, v.AccountID, false); err != nil {
		return "", err
	}
	if err := s.endAll(ctx, tx, v.AccountID); err != nil {
		return "", err
	}
	kind := "account.accepted"
	if v.Purpose == ForReset {
		kind = "account.reset_used"
	}
	if err := s.record(ctx, tx, kind, Account{ID: v.AccountID}.subject(), v.AccountID, map[string]string{"invitation": v.ID}); err != nil {
		return "", err
	}
	return s.start(ctx, tx, Account{ID: v.AccountID, password: phc}, from)
}
