package account

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// scope returns the people whose accounts the actor manages. whole is true for
// those who manage every account; others manage the accounts of who works
// today in the units their role is bound to, and none without a person.
func (s *Service) scope(ctx context.Context, actor Actor) (people []string, whole bool, err error) {
	units, whole := s.access.Units(actor, ActAccounts)
	if whole || len(units) == 0 || s.roster == nil {
		return nil, whole, nil
	}
	for _, unit := range units {
		found, err := s.roster.Invitable(ctx, s.db, unit)
		if err != nil {
			return nil, false, err
		}
		for _, p := range found {
			people = append(people, p.PersonID)
		}
	}
	slices.Sort(people)
	return slices.Compact(people), false, nil
}

// manages returns nil when the actor may see and change the account: every
// account with a role for the whole agency, else those of the own units.
func (s *Service) manages(ctx context.Context, actor Actor, id string) error {
	people, whole, err := s.scope(ctx, actor)
	if err != nil {
		return err
	}
	subject := Account{ID: id}.subject()
	if whole || len(people) == 0 {
		return s.can(ctx, actor, ActAccounts, Thing{}, subject)
	}
	a, err := byID(ctx, s.db, id)
	if err != nil {
		return err
	}
	if _, own := slices.BinarySearch(people, a.PersonID); !own {
		return s.denied(ctx, actor, ActAccounts, subject, fault.Denied("account.denied"))
	}
	return nil
}

// only keeps the accounts of these people.
func (c *clauses) only(people []string) {
	args := make([]any, len(people))
	for i, p := range people {
		args[i] = p
	}
	c.where = append(c.where, `a.person_id IN (`+db.In(len(c.args)+1, len(args))+`)`)
	c.args = append(c.args, args...)
}
