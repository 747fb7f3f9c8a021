package account

import (
	"slices"

	"github.com/gurindam/gurindam/internal/i18n"
)

// Role is a function a person holds in the system, beyond being themself.
type Role string

// The roles. Superior and evaluator's superior are no roles: they follow from
// the map of positions and are checked against the thing itself.
const (
	Staff              Role = "staff"
	UnitAdmin          Role = "unit-admin"
	PerformanceOfficer Role = "performance-officer"
	HR                 Role = "hr"
	Leader             Role = "leader"
	Auditor            Role = "auditor"
	SysAdmin           Role = "sysadmin"
)

// Roles lists every role that can be granted.
func Roles() []Role {
	return []Role{Staff, UnitAdmin, PerformanceOfficer, HR, Leader, Auditor, SysAdmin}
}

// Grant is a role within a unit and everything below it; an empty unit is the
// whole agency.
type Grant struct {
	Role Role
	Unit string
}

// Actor is who asks. The zero Actor is the public: a citizen without account.
type Actor struct {
	ID         string // account id, empty for the public
	Username   string
	Name       string // as shown on pages
	PersonID   string // empty when the account is nobody of the roster
	Grants     []Grant
	Lang       i18n.Lang
	MustChange bool   // the password was set by somebody else
	Session    string // hash of the session, to list and end it
}

// SignedIn reports whether the actor has an account.
func (a Actor) SignedIn() bool { return a.ID != "" }

// Has reports whether the actor holds the role anywhere.
func (a Actor) Has(r Role) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == r })
}

// Thing is what an action is done to. Leave empty what does not apply: a thing
// without a unit belongs to the whole agency and is reached only by grants
// without a unit.
type Thing struct {
	Unit      string // unit the thing belongs to
	Owner     string // person it is about
	Evaluator string // person who evaluates the owner
	Above     string // superior of the evaluator
}
