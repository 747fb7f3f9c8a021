package account

import (
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// How long a code to choose a password is good for.
const (
	InviteAge = 30 * 24 * time.Hour
	ResetAge  = 24 * time.Hour
)

// Order is what an administrator asks for: accounts for the people of a unit.
type Order struct {
	Unit   string // and below; empty for the whole agency
	Kinds  []string
	Scheme Scheme
}

// Skipped is a person who got no account, and the key of the reason.
type Skipped struct {
	Invitee
	Reason string
}

// Draft is what an order would make.
type Draft struct {
	New     []Invitee
	Has     int // have an account already
	Skipped []Skipped
}

// Batch is many accounts made at once.
type Batch struct {
	ID        string
	UnitID    string
	UnitName  string // empty for the whole agency
	Scheme    Scheme
	Made      int
	Accepted  int // chose a password
	CreatedAt time.Time
	By        string // name of the administrator
}

// Draft returns what the order would make, and changes nothing.
func (s *Service) Draft(ctx context.Context, actor Actor, o Order) (Draft, error) {
	if err := s.can(ctx, actor, ActAccounts, Thing{Unit: o.Unit}, "accounts"); err != nil {
		return Draft{}, err
	}
	return s.draft(ctx, s.db, o)
}

// draft sorts the people of an order into new, known and impossible.
func (s *Service) draft(ctx context.Context, q db.Queryer, o Order) (Draft, error) {
	var d Draft
	if s.roster == nil {
		return d, fault.New(fault.Unavailable, "account.invite.no_roster")
	}
	if !slices.Contains(Schemes(), o.Scheme) {
		return d, fault.WrongField("scheme", "form.choose")
	}
	people, err := s.roster.Invitable(ctx, q, o.Unit)
	if err != nil {
		return d, err
	}
	taken, persons, err := takenNames(ctx, q)
	if err != nil {
		return d, err
	}
	for _, p := range people {
		username := o.Scheme.username(p)
		switch {
		case len(o.Kinds) > 0 && !slices.Contains(o.Kinds, p.Kind):
		case persons[p.PersonID]:
			d.Has++
		case username == "":
			d.Skipped = append(d.Skipped, Skipped{p, "account.invite.no_" + string(o.Scheme)})
		case !goodUsername(username):
			d.Skipped = append(d.Skipped, Skipped{p, "account.invite.bad_username"})
		case taken[username]:
			d.Skipped = append(d.Skipped, Skipped{p, "account.invite.taken"})
		default:
			taken[username], persons[p.PersonID] = true, true
			d.New = append(d.New, p)
		}
	}
	return d, nil
}

// takenNames returns every username and every person that has an account.
func takenNames(ctx context.Context, q db.Queryer) (names, persons map[string]bool, err error) {
	names, persons = map[string]bool{}, map[string]bool{}
	err = db.Each(ctx, q, `SELECT username_key, person_id FROM account`, func(r db.Row) error {
		var name, person string
		err := r.Scan(&name, db.OrZero(&person))
		names[name] = true
		if person != "" {
			persons[person] = true
		}
		return err
	})
	return names, persons, err
}

// Invite makes the accounts of an order, all or none. Nobody can use one before
// its slip is printed.
func (s *Service) Invite(ctx context.Context, actor Actor, o Order) (Batch, Draft, error) {
	var b Batch
	var d Draft
	if err := s.can(ctx, actor, ActAccounts, Thing{Unit: o.Unit}, "accounts"); err != nil {
		return b, d, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		var err error
		if d, err = s.draft(ctx, tx, o); err != nil {
			return err
		}
		if len(d.New) == 0 {
			return fault.Clash("account.invite.nobody")
		}
		b = Batch{ID: db.NewID(), UnitID: o.Unit, Scheme: o.Scheme, Made: len(d.New), CreatedAt: s.now()}
		for _, p := range d.New {
			if p.UnitID == o.Unit {
				b.UnitName = p.Unit
				break
			}
		}
		return s.storeBatch(ctx, tx, actor, b, d.New)
	})
	return b, d, err
}

func (s *Service) storeBatch(ctx context.Context, tx *db.Tx, actor Actor, b Batch, people []Invitee) error {
	err := db.Insert(ctx, tx, "account_batch", []string{"id", "unit_id", "unit_name", "scheme", "made", "created_at", "created_by"},
		[][]any{{b.ID, b.UnitID, b.UnitName, string(b.Scheme), b.Made, b.CreatedAt, actor.ID}})
	if err != nil {
		return err
	}
	accounts := make([][]any, len(people))
	invitations := make([][]any, len(people))
	ids := make([]string, len(people))
	for i, p := range people {
		a := Account{ID: db.NewID(), Username: b.Scheme.username(p), Name: p.Name, PersonID: p.PersonID, Email: p.Email, State: Invited, CreatedAt: b.CreatedAt}
		accounts[i], ids[i] = a.row(actor.ID), a.ID
		invitations[i] = []any{db.NewID(), a.ID, string(ForInvite), b.ID, p.UnitID, p.Unit, b.CreatedAt, actor.ID}
	}
	if err := db.Insert(ctx, tx, "account", accountColumns, accounts); err != nil {
		return err
	}
	columns := []string{"id", "account_id", "purpose", "batch_id", "unit_id", "unit_name", "created_at", "created_by"}
	if err := db.Insert(ctx, tx, "account_invitation", columns, invitations); err != nil {
		return err
	}
	return s.record(ctx, tx, "account.invited", "batch:"+b.ID, actor.ID, map[string]any{"unit": b.UnitID, "accounts": ids})
}

const selectBatch = `SELECT b.id, b.unit_id, b.unit_name, b.scheme, b.made, b.created_at, a.name,
	(SELECT count(*) FROM account_invitation i WHERE i.batch_id = b.id AND i.used_at IS NOT NULL)
	FROM account_batch b LEFT JOIN account a ON a.id = b.created_by `

func scanBatch(r db.Row) (Batch, error) {
	var b Batch
	var scheme string
	err := r.Scan(&b.ID, &b.UnitID, &b.UnitName, &scheme, &b.Made, db.TimeTo(&b.CreatedAt), db.OrZero(&b.By), &b.Accepted)
	b.Scheme = Scheme(scheme)
	return b, err
}

// Batches returns the bulk invitations the actor may see, newest first: all of
// them with a role for the whole agency, else those of the own units.
func (s *Service) Batches(ctx context.Context, actor Actor) ([]Batch, error) {
	units, whole := s.access.Units(actor, ActAccounts)
	if !whole && len(units) == 0 {
		return nil, s.can(ctx, actor, ActAccounts, Thing{}, "accounts")
	}
	all, err := db.All(ctx, s.db, selectBatch+`ORDER BY b.created_at DESC, b.id`, scanBatch)
	if err != nil || whole {
		return all, err
	}
	var own []Batch
	for _, b := range all {
		err := s.access.Can(ctx, actor, ActAccounts, Thing{Unit: b.UnitID})
		switch {
		case err == nil:
			own = append(own, b)
		case !fault.Is(err, fault.Forbidden):
			return nil, err
		}
	}
	return own, nil
}

// InviteUnits returns the units whose people the actor may invite, and whether
// that is the whole agency.
func (s *Service) InviteUnits(actor Actor) (units []string, whole bool) {
	return s.access.Units(actor, ActAccounts)
}
