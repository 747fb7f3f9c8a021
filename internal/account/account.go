package account

import (
	"context"
	"embed"
	"errors"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/search"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Locale holds the sentences of this package's faults and the names of roles
// and actions.
//
//go:embed locale/*.toml
var Locale embed.FS

// Migrations returns the tables of accounts.
func Migrations() db.Migrations { return db.Migrations{Area: "account", FS: migrations} }

// State is where an account stands.
type State string

// The states: an invited account has no password yet, a closed one cannot sign
// in any more.
const (
	Invited State = "invited"
	Active  State = "active"
	Closed  State = "closed"
)

// States lists the states in the order of an account's life.
func States() []State { return []State{Invited, Active, Closed} }

// Account is one that can sign in.
type Account struct {
	ID         string
	Username   string
	Name       string
	PersonID   string // empty when it is nobody of the roster
	Email      string
	Lang       i18n.Lang // empty for the default
	State      State
	MustChange bool // the password was chosen by somebody else
	PasswordAt time.Time
	PasswordBy string // account that set it; the own one, another, or "" for the machine
	SignedInAt time.Time
	CreatedAt  time.Time

	password string // PHC string, empty without one
	better   string // the same password hashed at today's cost, if it was cheaper
}

func (a Account) subject() string { return "account:" + a.ID }

// Lengths of an account's texts, in characters.
const (
	minUsername = 2
	maxUsername = 64
	maxName     = 120
	maxEmail    = 200
)

// usernameKey returns what tells usernames apart: case and width do not count,
// and the spaces people write into a NIP do not either.
func usernameKey(s string) string {
	s = strings.ToLower(strings.TrimSpace(norm.NFKC.String(s)))
	packed := strings.ReplaceAll(s, " ", "")
	if packed != "" && strings.Trim(packed, "0123456789") == "" {
		return packed
	}
	return s
}

// goodUsername reports whether s can be a username: letters a to z, digits and
// . _ - @, so that it can be printed on a slip and typed on any keyboard.
func goodUsername(s string) bool {
	ok := len(s) >= minUsername && len(s) <= maxUsername
	for _, r := range s {
		ok = ok && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("._-@", r))
	}
	return ok
}

const selectAccount = `SELECT id, username, name, person_id, email, lang, state, password, must_change, password_at, password_by, signed_in_at, created_at FROM account `

func scanAccount(r db.Row) (Account, error) {
	var a Account
	var lang, state string
	err := r.Scan(&a.ID, &a.Username, &a.Name, db.OrZero(&a.PersonID), &a.Email, &lang, &state, &a.password, &a.MustChange,
		db.TimeTo(&a.PasswordAt), &a.PasswordBy, db.TimeTo(&a.SignedInAt), db.TimeTo(&a.CreatedAt))
	a.Lang, a.State = i18n.Lang(lang), State(state)
	return a, err
}

var errUnknown = fault.Missing("account.unknown")

// byID returns an account, or a NotFound fault.
func byID(ctx context.Context, q db.Queryer, id string) (Account, error) {
	a, err := db.One(ctx, q, selectAccount+`WHERE id = $1`, scanAccount, id)
	if errors.Is(err, db.ErrNone) {
		return a, errUnknown
	}
	return a, err
}

// byUsername returns an account, or a NotFound fault.
func byUsername(ctx context.Context, q db.Queryer, username string) (Account, error) {
	a, err := db.One(ctx, q, selectAccount+`WHERE username_key = $1`, scanAccount, usernameKey(username))
	if errors.Is(err, db.ErrNone) {
		return a, errUnknown
	}
	return a, err
}

var accountColumns = []string{
	"id", "username", "username_key", "name", "person_id", "email", "lang", "state", "password", "must_change",
	"password_at", "password_by", "sort_key", "search", "created_at", "created_by",
}

func (a Account) row(by string) []any {
	return []any{
		a.ID, a.Username, usernameKey(a.Username), a.Name, db.Null(a.PersonID), a.Email, string(a.Lang), string(a.State),
		a.password, a.MustChange, db.NullTime(a.PasswordAt), a.PasswordBy, search.Key(a.Name),
		search.Column(a.Name, a.Username, a.Email), db.Time(a.CreatedAt), by,
	}
}
