package account

import (
	"context"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
)

// Query chooses accounts.
type Query struct {
	Text   string // words of name, username, e-mail; all must occur
	State  State
	Role   Role   // held today
	Sort   string // "name" (also when empty), "username", "seen"
	Desc   bool
	Limit  int // 0 means all
	Offset int

	people []string // of these only, everybody when nil
}

// Entry is an account in a list, with the roles it holds or is proposed for.
type Entry struct {
	Account
	Roles []Granted
}

// SortKeys are the words Query.Sort understands.
func SortKeys() []string { return []string{"name", "username", "seen"} }

var sortColumns = map[string]string{"name": "a.sort_key", "username": "a.username_key", "seen": "a.signed_in_at"}

// clauses builds the conditions of a statement with numbered arguments.
type clauses struct {
	where []string
	args  []any
}

// add notes a condition in which every ? stands for the next argument.
func (c *clauses) add(condition string, args ...any) {
	for _, a := range args {
		c.args = append(c.args, a)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(c.args)), 1)
	}
	c.where = append(c.where, condition)
}

// words asks that every word of the text begins a word of the search column.
func (c *clauses) words(column, text string) {
	terms := search.Terms(text)
	if len(terms) == 0 {
		return
	}
	condition, args := search.Where(column, len(c.args)+1, terms)
	c.where, c.args = append(c.where, condition), append(c.args, args...)
}

func (c *clauses) String() string {
	if len(c.where) == 0 {
		return ""
	}
	return ` WHERE ` + strings.Join(c.where, ` AND `)
}

// List returns the accounts the actor manages and how many there are in all.
func (s *Service) List(ctx context.Context, actor Actor, q Query) ([]Entry, int, error) {
	people, whole, err := s.scope(ctx, actor)
	if err != nil {
		return nil, 0, err
	}
	if !whole && len(people) == 0 {
		if units, _ := s.access.Units(actor, ActAccounts); len(units) > 0 {
			return nil, 0, nil // nobody works in the own units yet
		}
		return nil, 0, s.can(ctx, actor, ActAccounts, Thing{}, "accounts")
	}
	q.people = people
	return s.list(ctx, q)
}

// States counts, by state, the accounts the actor manages that a query matches
// in any state.
func (s *Service) States(ctx context.Context, actor Actor, q Query) (map[State]int, error) {
	all := map[State]int{}
	people, whole, err := s.scope(ctx, actor)
	if err != nil || !whole && len(people) == 0 {
		return all, err
	}
	q.State, q.people = "", people
	c := s.conditions(q)
	return all, db.Each(ctx, s.db, `SELECT a.state, count(*) FROM account a`+c.String()+` GROUP BY a.state`, func(r db.Row) error {
		var state State
		var n int
		err := r.Scan(&state, &n)
		all[state] = n
		return err
	}, c.args...)
}

// conditions are what an account must meet to be listed.
func (s *Service) conditions(q Query) clauses {
	var c clauses
	c.words("a.search", q.Text)
	if q.State != "" {
		c.add(`a.state = ?`, string(q.State))
	}
	if q.Role != "" {
		today := s.today()
		c.add(`EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = a.id AND g.state = 'active' AND g.role = ? AND g.from_on <= ?
			AND (g.to_on IS NULL OR g.to_on >= ?))`, string(q.Role), today, today)
	}
	if q.people != nil {
		c.only(q.people)
	}
	return c
}

func (s *Service) list(ctx context.Context, q Query) ([]Entry, int, error) {
	c := s.conditions(q)
	total, err := db.One(ctx, s.db, `SELECT count(*) FROM account a`+c.String(), db.Value[int], c.args...)
	if err != nil || total == 0 {
		return nil, total, err
	}
	text := strings.Replace(selectAccount, "FROM account ", "FROM account a", 1) + c.String() + q.order() + limit(q.Limit, q.Offset)
	accounts, err := db.All(ctx, s.db, text, scanAccount, c.args...)
	if err != nil {
		return nil, 0, err
	}
	entries := make([]Entry, len(accounts))
	for i, a := range accounts {
		entries[i].Account = a
	}
	return entries, total, s.withRoles(ctx, entries)
}

func (q Query) order() string {
	column := sortColumns[q.Sort]
	if column == "" {
		column = sortColumns["name"]
	}
	direction := ``
	if q.Desc {
		direction = ` DESC`
	}
	return ` ORDER BY ` + column + direction + ` NULLS LAST, a.id`
}

func limit(n, offset int) string {
	if n <= 0 {
		return ""
	}
	return ` LIMIT ` + strconv.Itoa(n) + ` OFFSET ` + strconv.Itoa(max(offset, 0))
}

// withRoles fills the roles of a page of accounts; of a whole list it reads all
// open grants at once.
func (s *Service) withRoles(ctx context.Context, entries []Entry) error {
	at := map[string]int{}
	ids := make([]any, len(entries))
	for i, e := range entries {
		at[e.ID], ids[i] = i, e.ID
	}
	text := selectGrant + `WHERE g.state IN ('proposed', 'active')`
	if len(ids) <= chunk {
		text += ` AND g.account_id IN (` + db.In(1, len(ids)) + `)`
	} else {
		ids = nil
	}
	grants, err := db.All(ctx, s.db, text+` ORDER BY g.proposed_at, g.id`, scanGrant, ids...)
	if err != nil {
		return err
	}
	for _, g := range grants {
		if i, shown := at[g.AccountID]; shown {
			entries[i].Roles = append(entries[i].Roles, g)
		}
	}
	return nil
}

// chunk is how many ids one statement names.
const chunk = 500

// Details is everything an administrator sees of an account.
type Details struct {
	Account
	Roles      []Granted
	Sessions   []Session
	Invitation *Invitation // the open one, if any
	Own        bool        // it is the actor's own
}

// Get returns an account with its roles, sessions and open code.
func (s *Service) Get(ctx context.Context, actor Actor, id string) (Details, error) {
	d := Details{Own: id == actor.ID}
	if err := s.manages(ctx, actor, id); err != nil {
		return d, err
	}
	var err error
	if d.Account, err = byID(ctx, s.db, id); err != nil {
		return d, err
	}
	if d.Roles, err = db.All(ctx, s.db, selectGrant+`WHERE g.account_id = $1 ORDER BY g.proposed_at DESC, g.id`, scanGrant, id); err != nil {
		return d, err
	}
	if d.Sessions, err = s.sessionsOf(ctx, id, actor.Session); err != nil {
		return d, err
	}
	d.Invitation, err = openInvitation(ctx, s.db, id)
	return d, err
}

// Roles returns the roles given to the actor's own account, proposed ones
// included.
func (s *Service) Roles(ctx context.Context, actor Actor) ([]Granted, error) {
	return db.All(ctx, s.db, selectGrant+`WHERE g.account_id = $1 AND g.state IN ('proposed', 'active') ORDER BY g.proposed_at, g.id`, scanGrant, actor.ID)
}

// GrantQuery chooses grants.
type GrantQuery struct {
	Text   string // words of the holder's name or username
	State  GrantState
	Role   Role
	Limit  int // 0 means all
	Offset int
}

// Grants returns the grants of the whole agency and how many there are in all.
func (s *Service) Grants(ctx context.Context, actor Actor, q GrantQuery) ([]Granted, int, error) {
	if err := s.can(ctx, actor, ActGrant, Thing{}, "roles"); err != nil {
		return nil, 0, err
	}
	return s.listGrants(ctx, q)
}

func (s *Service) listGrants(ctx context.Context, q GrantQuery) ([]Granted, int, error) {
	var c clauses
	c.words("a.search", q.Text)
	if q.State != "" {
		c.add(`g.state = ?`, string(q.State))
	}
	if q.Role != "" {
		c.add(`g.role = ?`, string(q.Role))
	}
	total, err := db.One(ctx, s.db, `SELECT count(*) FROM role_grant g JOIN account a ON a.id = g.account_id`+c.String(), db.Value[int], c.args...)
	if err != nil || total == 0 {
		return nil, total, err
	}
	all, err := db.All(ctx, s.db, selectGrant+c.String()+` ORDER BY g.proposed_at DESC, g.id`+limit(q.Limit, q.Offset), scanGrant, c.args...)
	return all, total, err
}

// IDOf returns the account of a username to somebody who may propose roles, or
// a NotFound fault.
func (s *Service) IDOf(ctx context.Context, actor Actor, username string) (string, error) {
	if err := s.can(ctx, actor, ActGrant, Thing{}, "roles"); err != nil {
		return "", err
	}
	a, err := byUsername(ctx, s.db, username)
	return a.ID, err
}
