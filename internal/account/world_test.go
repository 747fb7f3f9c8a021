package account

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
)

const secret = "tiga perahu biru"

// clock is a time that tests move by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// people is a roster written down in a test.
type people []Invitee

func (p people) Invitable(_ context.Context, _ db.Queryer, unit string) ([]Invitee, error) {
	var in []Invitee
	for _, i := range p {
		if unit == "" || i.UnitID == unit {
			in = append(in, i)
		}
	}
	return in, nil
}

// pile is a desk that remembers what lies on it.
type pile struct {
	mu      sync.Mutex
	waiting map[string]bool
}

func (p *pile) set(id string, waits bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting[id] = waits
	return nil
}

func (p *pile) GrantWaits(_ context.Context, _ *db.Tx, g Granted, _ string, _ time.Time) error {
	return p.set(g.ID, true)
}

func (p *pile) ResetWaits(_ context.Context, _ *db.Tx, id string, _ Account, _ string, _ time.Time) error {
	return p.set(id, true)
}

func (p *pile) Settled(_ context.Context, _ *db.Tx, id, _ string, _ time.Time) error {
	return p.set(id, false)
}

// world is a service with three administrators and one employee.
type world struct {
	*Service
	t     *testing.T
	db    *db.DB
	clock *clock
	desk  *pile
	who   map[string]Actor
}

// cheap hashes keep the tests quick; the code is the same.
var cheap = HashCost{MemoryKiB: 64, Passes: 1}

func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	repotest.EachDB(t, []db.Migrations{Migrations(), ledger.Migrations()}, func(t *testing.T, d *db.DB) {
		fn(t, newWorld(t, d))
	})
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, db: d, clock: &clock{now: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)}, desk: &pile{waiting: map[string]bool{}}, who: map[string]Actor{}}
	w.Service = New(Config{
		DB: d, Access: NewAccess(line{}), Roster: roster(), Desk: w.desk, Hash: cheap,
		Now: w.clock.Now, Zone: time.FixedZone("WIB", 7*3600),
	})
	w.add(NewAccount{Username: "admin", Password: secret, Roles: []Grant{{SysAdmin, ""}}})
	w.add(NewAccount{Username: "bkpsdm", Name: "Hendri", PersonID: "hendri", Password: secret, Roles: []Grant{{HR, ""}}})
	w.add(NewAccount{Username: "wakil", Password: secret, Roles: []Grant{{HR, ""}}})
	w.add(NewAccount{Username: "pegawai", Name: "Dewi Rahmawati", PersonID: "dewi", Password: secret})
	for _, name := range []string{"admin", "bkpsdm", "wakil", "pegawai"} {
		w.who[name] = w.actor(w.signIn(name, secret))
	}
	return w
}

func roster() people {
	var all people
	for i := range 12 {
		p := Invitee{
			PersonID: fmt.Sprintf("p%d", i), NIP: fmt.Sprintf("1986092620150510%02d", i), Name: fmt.Sprintf("Pegawai %d", i),
			Email: fmt.Sprintf("p%d@contoh.id", i), UnitID: "office", Unit: "Dinas Contoh", Kind: "pns",
		}
		if i >= 8 {
			p.UnitID, p.Unit, p.Kind = "other", "Kelurahan Contoh", "pppk"
		}
		all = append(all, p)
	}
	all[3].NIP = ""
	all[4].NIP = all[5].NIP
	all[6].NIP = "'1986 0926'; DROP TABLE account"
	return all
}

func (w *world) add(n NewAccount) Account {
	w.t.Helper()
	var made []Account
	err := w.db.Tx(w.t.Context(), func(tx *db.Tx) error {
		var err error
		made, err = w.Machine().Add(w.t.Context(), tx, n)
		return err
	})
	if err != nil {
		w.t.Fatalf("add %s: %v", n.Username, err)
	}
	return made[0]
}

var home = Device{Network: "10.0.0.7", Agent: "test"}

func (w *world) signIn(username, password string) string {
	w.t.Helper()
	token, err := w.SignIn(w.t.Context(), username, password, home)
	if err != nil {
		w.t.Fatalf("sign in as %s: %v", username, err)
	}
	return token
}

func (w *world) actor(token string) Actor {
	w.t.Helper()
	a, err := w.Actor(w.t.Context(), token, w.clock.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// kinds returns the record's entries of an account, oldest first.
func (w *world) kinds(accountID string) []string {
	w.t.Helper()
	all, err := ledger.Of(w.t.Context(), w.db, "account:"+accountID)
	if err != nil {
		w.t.Fatal(err)
	}
	var kinds []string
	for _, r := range all {
		kinds = append(kinds, r.Kind)
	}
	return kinds
}

func (w *world) recorded(accountID, kind string) {
	w.t.Helper()
	if all := w.kinds(accountID); !slices.Contains(all, kind) {
		w.t.Errorf("record of %s has %v, want %s", accountID, all, kind)
	}
}

func wantKind(t *testing.T, what string, err error, want fault.Kind) {
	t.Helper()
	if !fault.Is(err, want) {
		t.Errorf("%s: got %v, want a fault of kind %v", what, err, want)
	}
}

func wantField(t *testing.T, what string, err error, field string) {
	t.Helper()
	if err == nil || fault.KindOf(err) != fault.Invalid || !slices.ContainsFunc(fieldsOf(err), func(f fault.Field) bool { return f.Name == field }) {
		t.Errorf("%s: got %v, want a wrong field %s", what, err, field)
	}
}

func fieldsOf(err error) []fault.Field {
	f, ok := err.(*fault.Error)
	if !ok {
		return nil
	}
	return f.Fields
}
