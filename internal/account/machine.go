package account

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
)

// Machine acts for whoever sits at the machine: the command line, which is how
// the first administrator comes to be, and the sample city. It asks nobody for
// permission, counts as the second person wherever two are needed, and leaves
// entries without an actor in the record.
type Machine struct{ s *Service }

// Machine returns the machine's own hand.
func (s *Service) Machine() Machine { return Machine{s} }

// NewAccount is an account to be made. Without a password it is invited.
type NewAccount struct {
	Username   string
	Name       string // Username when empty
	PersonID   string
	Email      string
	Lang       i18n.Lang
	Password   string
	MustChange bool
	Roles      []Grant // held at once
}

// Add makes accounts in the caller's transaction. It returns an Invalid fault
// on the field "username", "name", "email", "password" or "role", and a
// Conflict when a username or person has an account already.
func (m Machine) Add(ctx context.Context, tx *db.Tx, all ...NewAccount) ([]Account, error) {
	accounts := make([]Account, len(all))
	rows := make([][]any, len(all))
	for i, n := range all {
		var err error
		if accounts[i], err = m.s.prepare(ctx, tx, n); err != nil {
			return nil, err
		}
		rows[i] = accounts[i].row("")
	}
	if err := db.Insert(ctx, tx, "account", accountColumns, rows); err != nil {
		if db.IsDuplicate(err) {
			return nil, errTaken
		}
		return nil, err
	}
	for i, a := range accounts {
		if err := m.s.record(ctx, tx, "account.added", a.subject(), "", map[string]string{"username": a.Username, "person": a.PersonID}); err != nil {
			return nil, err
		}
		for _, g := range all[i].Roles {
			if _, err := m.Grant(ctx, tx, a.Username, Granted{Role: g.Role, Unit: g.Unit}); err != nil {
				return nil, err
			}
		}
	}
	return accounts, nil
}

var errTaken = fault.Clash("account.username_taken")

// prepare checks a new account and hashes its password.
func (s *Service) prepare(ctx context.Context, q db.Queryer, n NewAccount) (Account, error) {
	a := Account{
		ID: db.NewID(), Username: usernameKey(n.Username), Name: n.Name, PersonID: n.PersonID, Email: n.Email, Lang: n.Lang,
		State: Invited, MustChange: n.MustChange, CreatedAt: s.now(),
	}
	if a.Name == "" {
		a.Name = a.Username
	}
	var wrong fault.Fields
	wrong.Check(goodUsername(a.Username), "username", "account.username.bad", minUsername, maxUsername)
	wrong.Check(len([]rune(a.Name)) <= maxName, "name", "form.too_long", maxName)
	wrong.Check(len([]rune(a.Email)) <= maxEmail, "email", "form.too_long", maxEmail)
	if n.Password != "" {
		newPassword(&wrong, a, n.Password, n.Password)
	}
	for _, g := range n.Roles {
		wrong.Check(slices.Contains(Roles(), g.Role), "role", "account.role.unknown", string(g.Role), roleCodes())
	}
	if err := wrong.Err(); err != nil {
		return a, err
	}
	taken, err := db.Exists(ctx, q, `SELECT 1 FROM account WHERE username_key = $1 OR person_id = $2`, a.Username, db.Null(a.PersonID))
	if err != nil {
		return a, err
	}
	if taken {
		return a, errTaken
	}
	if n.Password == "" {
		return a, nil
	}
	a.State, a.PasswordAt = Active, s.now()
	a.password, err = s.hasher.hash(ctx, n.Password)
	return a, err
}

// SetPassword gives an account a new password, ends its sessions and voids its
// open codes. With mustChange the holder has to choose another one first.
func (m Machine) SetPassword(ctx context.Context, tx *db.Tx, username, password string, mustChange bool) error {
	a, err := byUsername(ctx, tx, username)
	if err != nil {
		return err
	}
	var wrong fault.Fields
	newPassword(&wrong, a, password, password)
	if err := wrong.Err(); err != nil {
		return err
	}
	phc, err := m.s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	if err := m.s.storePassword(ctx, tx, a.ID, phc, "", mustChange); err != nil {
		return err
	}
	if err := m.s.endAll(ctx, tx, a.ID); err != nil {
		return err
	}
	return m.s.record(ctx, tx, "account.password_set", a.subject(), "", nil)
}

// Grant gives a role that holds from its first day on, without a second
// administrator.
func (m Machine) Grant(ctx context.Context, tx *db.Tx, username string, g Granted) (Granted, error) {
	a, err := byUsername(ctx, tx, username)
	if err != nil {
		return g, err
	}
	tx.AfterCommit(m.s.cache.clear)
	now := m.s.now()
	g.AccountID, g.State, g.ProposedAt, g.SettledAt = a.ID, GrantActive, now, now
	if err := g.check(m.s.today()); err != nil {
		return g, err
	}
	if err := m.s.storeGrant(ctx, tx, &g); err != nil {
		return g, err
	}
	return g, m.s.record(ctx, tx, "account.role_confirmed", g.subject(), "", g.payload())
}

// Confirm makes a proposed role hold: the machine is the second person.
func (m Machine) Confirm(ctx context.Context, tx *db.Tx, id string) (Granted, error) {
	g, err := grantByID(ctx, tx, id)
	if err != nil {
		return g, err
	}
	return g, m.s.settleIn(ctx, tx, g, "", GrantActive, "account.role_confirmed")
}

// End takes a role away.
func (m Machine) End(ctx context.Context, tx *db.Tx, id string) (Granted, error) {
	g, err := grantByID(ctx, tx, id)
	if err != nil {
		return g, err
	}
	return g, m.s.endGrantIn(ctx, tx, g, "")
}

// Accounts lists accounts and how many there are in all.
func (m Machine) Accounts(ctx context.Context, q Query) ([]Entry, int, error) {
	return m.s.list(ctx, q)
}

// Grants lists roles given and how many there are in all.
func (m Machine) Grants(ctx context.Context, q GrantQuery) ([]Granted, int, error) {
	return m.s.listGrants(ctx, q)
}

// Known returns a NotFound fault when there is no account of the username.
func (m Machine) Known(ctx context.Context, q db.Queryer, username string) error {
	_, err := byUsername(ctx, q, username)
	return err
}

// roleCodes names every role for a message that says what may be written.
func roleCodes() string {
	codes := make([]string, 0, len(Roles()))
	for _, r := range Roles() {
		codes = append(codes, string(r))
	}
	return strings.Join(codes, ", ")
}
