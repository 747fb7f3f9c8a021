package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/term"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
)

// UserCmd holds the commands about accounts. Whoever can run them holds the
// machine, so they ask nobody for permission: they make the first
// administrator, and count as the second person wherever two are needed.
type UserCmd struct {
	Add    UserAddCmd    `cmd:"" help:"Make an account; the password is asked for, or read from standard input."`
	Passwd UserPasswdCmd `cmd:"" help:"Set the password of an account and end its sessions."`
	List   UserListCmd   `cmd:"" help:"List accounts and the roles they hold."`
	Role   UserRoleCmd   `cmd:"" help:"Roles: give, confirm, end, list."`
}

// accounts opens the record for the commands about accounts.
func (s Store) accounts(ctx context.Context, open func(context.Context) (*db.DB, error)) (*db.DB, account.Machine, error) {
	d, err := open(ctx)
	if err != nil {
		return nil, account.Machine{}, err
	}
	if err := d.Migrate(ctx, app.Migrations()); err != nil {
		return nil, account.Machine{}, errors.Join(err, d.Close())
	}
	svc := account.New(account.Config{DB: d, Desk: task.Admin{}, Zone: time.Local})
	return d, svc.Machine(), nil
}

// UserAddCmd is `gurindam user add`.
type UserAddCmd struct {
	Store
	Username   string   `arg:"" help:"What one signs in with: letters, digits, dots, dashes."`
	Name       string   `help:"The name shown on pages; the username if left out." placeholder:"NAME"`
	Email      string   `help:"E-mail address." placeholder:"ADDRESS"`
	Person     string   `help:"Id of the person of the roster this account belongs to." placeholder:"ID"`
	Role       []string `help:"Role it holds at once, such as sysadmin or unit-admin@UNIT; repeat for several." placeholder:"ROLE[@UNIT]"`
	MustChange bool     `help:"Ask for a new password at the first sign-in."`
}

// Run makes the account, and the database when it is new.
func (c *UserAddCmd) Run(env *Env) error {
	n := account.NewAccount{Username: c.Username, Name: c.Name, Email: c.Email, PersonID: c.Person, MustChange: c.MustChange}
	for _, r := range c.Role {
		role, unit, _ := strings.Cut(r, "@")
		n.Roles = append(n.Roles, account.Grant{Role: account.Role(role), Unit: unit})
	}
	d, m, err := c.accounts(env.Ctx, c.Open)
	if err != nil {
		return err
	}
	n.Password, err = readPassword(env)
	if err == nil {
		err = d.Tx(env.Ctx, func(tx *db.Tx) error {
			_, err := m.Add(env.Ctx, tx, n)
			return err
		})
	}
	if err = errors.Join(err, d.Close()); err == nil {
		env.Say("account.cli.added", c.Username)
	}
	return err
}

// UserPasswdCmd is `gurindam user passwd`.
type UserPasswdCmd struct {
	Store
	Username   string `arg:"" help:"The account."`
	MustChange bool   `help:"Ask for a new password at the next sign-in."`
}

// Run sets the password. It is read before the transaction begins, so that
// nobody waits for a slow typist.
func (c *UserPasswdCmd) Run(env *Env) error {
	d, m, err := c.accounts(env.Ctx, c.Existing)
	if err != nil {
		return err
	}
	if err = errors.Join(c.set(env, d, m), d.Close()); err == nil {
		env.Say("account.cli.password_set", c.Username)
	}
	return err
}

func (c *UserPasswdCmd) set(env *Env, d *db.DB, m account.Machine) error {
	if err := m.Known(env.Ctx, d, c.Username); err != nil {
		return err
	}
	password, err := readPassword(env)
	if err != nil {
		return err
	}
	return d.Tx(env.Ctx, func(tx *db.Tx) error {
		return m.SetPassword(env.Ctx, tx, c.Username, password, c.MustChange)
	})
}

// readPassword asks for a password twice on a terminal, without showing it, and
// reads one line of anything else.
func readPassword(env *Env) (string, error) {
	f, isFile := env.In.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(env.In, 4096)).ReadString('\n')
		if err != nil && err != io.EOF {
			return "", fmt.Errorf("read password: %w", err)
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			return "", fault.WrongField("password", "account.cli.no_password")
		}
		return line, nil
	}
	var typed [2]string
	for i, key := range []string{"account.cli.type_password", "account.cli.type_again"} {
		fmt.Fprint(env.Err, env.P.T(key)+" ")
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(env.Err)
		if err != nil {
			return "", fmt.Errorf("read password: %w", err)
		}
		typed[i] = string(b)
	}
	if typed[0] != typed[1] {
		return "", fault.WrongField("password", "account.password.again")
	}
	return typed[0], nil
}

// UserListCmd is `gurindam user list`.
type UserListCmd struct {
	Store
	Search string `arg:"" optional:"" help:"Words of name, username or e-mail."`
	Role   string `help:"Only holders of this role." placeholder:"ROLE"`
	State  string `help:"Only accounts that are invited, active or closed." enum:"invited,active,closed," default:""`
	JSON   bool   `name:"json" help:"Print one JSON document."`
}

// listedUser is one account of `user list --json`.
type listedUser struct {
	ID       string     `json:"id"`
	Username string     `json:"username"`
	Name     string     `json:"name"`
	Person   string     `json:"person,omitempty"`
	State    string     `json:"state"`
	Roles    []roleLine `json:"roles"`
	SignedIn string     `json:"signed_in,omitempty"`
}

// roleLine is a role as the lists print it.
type roleLine struct {
	ID       string `json:"id"`
	Username string `json:"username,omitempty"`
	Role     string `json:"role"`
	Unit     string `json:"unit,omitempty"`
	From     string `json:"from"`
	To       string `json:"to,omitempty"`
	State    string `json:"state"`
}

func lineOf(g account.Granted) roleLine {
	return roleLine{g.ID, g.Username, string(g.Role), g.Unit, g.From, g.To, string(g.State)}
}

func (r roleLine) String() string {
	s := r.Role
	if r.Unit != "" {
		s += "@" + r.Unit
	}
	if r.State == string(account.Proposed) {
		s += "?"
	}
	return s
}

// Run prints the accounts.
func (c *UserListCmd) Run(env *Env) error {
	d, m, err := c.accounts(env.Ctx, c.Existing)
	if err != nil {
		return err
	}
	entries, _, err := m.Accounts(env.Ctx, account.Query{Text: c.Search, Role: account.Role(c.Role), State: account.State(c.State)})
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	users := []listedUser{}
	for _, e := range entries {
		u := listedUser{ID: e.ID, Username: e.Username, Name: e.Name, Person: e.PersonID, State: string(e.State), Roles: []roleLine{}}
		if !e.SignedInAt.IsZero() {
			u.SignedIn = e.SignedInAt.Local().Format(time.RFC3339)
		}
		for _, g := range e.Roles {
			u.Roles = append(u.Roles, lineOf(g))
		}
		users = append(users, u)
	}
	if c.JSON {
		return env.JSON(users)
	}
	w := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	for _, u := range users {
		var roles []string
		for _, r := range u.Roles {
			roles = append(roles, r.String())
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", u.Username, u.Name, env.P.T("account.state."+u.State), strings.Join(roles, ", "))
	}
	return w.Flush()
}
