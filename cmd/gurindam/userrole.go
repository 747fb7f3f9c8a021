package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

// change runs fn in one transaction on an existing record.
func (s Store) change(ctx context.Context, fn func(m account.Machine, tx *db.Tx) error) error {
	d, m, err := s.accounts(ctx, s.Existing)
	if err != nil {
		return err
	}
	err = d.Tx(ctx, func(tx *db.Tx) error { return fn(m, tx) })
	return errors.Join(err, d.Close())
}

// UserRoleCmd holds the commands about roles.
type UserRoleCmd struct {
	Grant   UserRoleGrantCmd   `cmd:"" help:"Give a role; it holds at once."`
	Confirm UserRoleConfirmCmd `cmd:"" help:"Confirm a role an administrator proposed on the pages."`
	End     UserRoleEndCmd     `cmd:"" help:"Take a role away."`
	List    UserRoleListCmd    `cmd:"" help:"List roles given."`
}

// UserRoleGrantCmd is `gurindam user role grant`.
type UserRoleGrantCmd struct {
	Store
	Username string `arg:"" help:"The account."`
	Role     string `arg:"" help:"staff, unit-admin, performance-officer, hr, leader, auditor or sysadmin."`
	Unit     string `help:"Id of the unit it is bound to; the whole agency if left out." placeholder:"ID"`
	From     string `help:"First day, YYYY-MM-DD; today if left out." placeholder:"DATE"`
	To       string `help:"Last day, YYYY-MM-DD; without an end if left out." placeholder:"DATE"`
	Reason   string `help:"Number of the decision or another reason, for the record." placeholder:"TEXT"`
}

// Run gives the role.
func (c *UserRoleGrantCmd) Run(env *Env) error {
	g := account.Granted{Role: account.Role(c.Role), Unit: c.Unit, From: c.From, To: c.To, Reason: c.Reason}
	return c.change(env.Ctx, func(m account.Machine, tx *db.Tx) error {
		given, err := m.Grant(env.Ctx, tx, c.Username, g)
		if err == nil {
			fmt.Fprintln(env.Out, given.ID)
		}
		return err
	})
}

// UserRoleConfirmCmd is `gurindam user role confirm`.
type UserRoleConfirmCmd struct {
	Store
	ID string `arg:"" help:"The grant, as role list names it."`
}

// Run confirms the role.
func (c *UserRoleConfirmCmd) Run(env *Env) error {
	return c.change(env.Ctx, func(m account.Machine, tx *db.Tx) error {
		_, err := m.Confirm(env.Ctx, tx, c.ID)
		return err
	})
}

// UserRoleEndCmd is `gurindam user role end`.
type UserRoleEndCmd struct {
	Store
	ID string `arg:"" help:"The grant, as role list names it."`
}

// Run takes the role away.
func (c *UserRoleEndCmd) Run(env *Env) error {
	return c.change(env.Ctx, func(m account.Machine, tx *db.Tx) error {
		_, err := m.End(env.Ctx, tx, c.ID)
		return err
	})
}

// UserRoleListCmd is `gurindam user role list`.
type UserRoleListCmd struct {
	Store
	Pending bool `help:"Only those that wait for a second person."`
	JSON    bool `name:"json" help:"Print one JSON document."`
}

// Run prints the roles given.
func (c *UserRoleListCmd) Run(env *Env) error {
	d, m, err := c.accounts(env.Ctx, c.Existing)
	if err != nil {
		return err
	}
	q := account.GrantQuery{}
	if c.Pending {
		q.State = account.Proposed
	}
	grants, _, err := m.Grants(env.Ctx, q)
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	lines := []roleLine{}
	for _, g := range grants {
		lines = append(lines, lineOf(g))
	}
	if c.JSON {
		return env.JSON(lines)
	}
	w := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	for _, l := range lines {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", l.ID, l.Username, l, env.P.T("account.grant_state."+l.State), l.From, l.To)
	}
	return w.Flush()
}
