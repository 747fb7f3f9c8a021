package account

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
)

// Tree answers the one question access has about the map of units. org
// implements it.
type Tree interface {
	// Within reports whether unit is ancestor itself or lies below it today.
	Within(ctx context.Context, unit, ancestor string) (bool, error)
}

// Pinned is a Tree that can be held as it stands, to be asked many times for
// the price of once.
type Pinned interface {
	// Pin returns Within as it is now.
	Pin(ctx context.Context) (func(unit, ancestor string) bool, error)
}

// Access decides. It is safe for concurrent use.
type Access struct {
	tree  Tree
	rules map[Action]permission
}

// NewAccess returns the decider over a map of units.
func NewAccess(tree Tree) *Access {
	return &Access{tree: tree, rules: table()}
}

// Can returns nil when the actor may do act to the thing, an Unauthenticated
// fault when signing in could help, and a Forbidden one otherwise.
func (a *Access) Can(ctx context.Context, actor Actor, act Action, on Thing) error {
	rule, known := a.rules[act]
	if known && rule.public {
		return nil
	}
	if !actor.SignedIn() {
		return fault.New(fault.Unauthenticated, "account.sign_in_first")
	}
	if known && (rule.everyone || related(rule, actor, on)) {
		return nil
	}
	for _, g := range actor.Grants {
		if !slices.Contains(rule.roles, g.Role) {
			continue
		}
		if g.Unit == "" {
			return nil
		}
		if on.Unit == "" {
			continue
		}
		in, err := a.tree.Within(ctx, on.Unit, g.Unit)
		if err != nil {
			return err
		}
		if in {
			return nil
		}
	}
	return fault.Denied("account.denied")
}

func related(rule permission, actor Actor, on Thing) bool {
	p := actor.PersonID
	return p != "" && (rule.owner && p == on.Owner || rule.evaluator && p == on.Evaluator || rule.above && p == on.Above)
}

// Many returns the decider for one request that asks about many things: the map
// is looked at once instead of for every question. It is not to be kept.
func (a *Access) Many(ctx context.Context) (*Access, error) {
	tree, can := a.tree.(Pinned)
	if !can {
		return a, nil
	}
	within, err := tree.Pin(ctx)
	if err != nil {
		return nil, err
	}
	return &Access{tree: pin(within), rules: a.rules}, nil
}

// pin is a tree that is held.
type pin func(unit, ancestor string) bool

func (p pin) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return p(unit, ancestor), nil
}

// May reports whether the actor could do act to anything at all: what a route
// asks before its service looks at the thing itself, and what decides whether
// a menu entry is shown.
func (a *Access) May(actor Actor, act Action) bool {
	rule, known := a.rules[act]
	switch {
	case !known:
		return false
	case rule.public:
		return true
	case !actor.SignedIn():
		return false
	case rule.everyone:
		return true
	case actor.PersonID != "" && (rule.owner || rule.evaluator || rule.above):
		return true
	}
	return slices.ContainsFunc(actor.Grants, func(g Grant) bool { return slices.Contains(rule.roles, g.Role) })
}

// Units returns the units the actor's roles for act are bound to, and whether
// any of them reaches the whole agency: what a list must be filtered by.
func (a *Access) Units(actor Actor, act Action) (units []string, whole bool) {
	rule := a.rules[act]
	for _, g := range actor.Grants {
		if !slices.Contains(rule.roles, g.Role) {
			continue
		}
		if g.Unit == "" {
			return nil, true
		}
		units = append(units, g.Unit)
	}
	return units, false
}
