package voices_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/rulebook"
)

// circle is an office in which everybody stands in the middle of the same
// colleagues.
type circle struct{ subordinates, peers int }

func (c circle) Around(_ context.Context, _ db.Queryer, person string, _ voices.Day) (voices.Circle, error) {
	out := voices.Circle{
		About:  voices.About{PersonID: person, Name: "Rina Marlina", Post: "Kepala Bidang", UnitID: "bidang", Unit: "Bidang Pelayanan", EvaluatorID: "kepala", AboveID: "sekda"},
		People: map[voices.GroupCode][]string{},
	}
	for i := range c.subordinates {
		out.People[voices.Subordinates] = append(out.People[voices.Subordinates], fmt.Sprintf("b%d", i))
	}
	for i := range c.peers {
		out.People[voices.Peers] = append(out.People[voices.Peers], fmt.Sprintf("r%d", i))
	}
	return out, nil
}

func (circle) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return unit == ancestor, nil
}

// keys hands out a few signing keys again and again: making one takes a tenth
// of a second, and nothing here depends on them being different.
func keys(t testing.TB) func() (token.Key, error) {
	t.Helper()
	var made []token.Key
	for range 2 {
		k, err := token.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, k)
	}
	n := 0
	return func() (token.Key, error) {
		n++
		return made[n%len(made)], nil
	}
}

func actor(person string) account.Actor {
	return account.Actor{ID: "acc-" + person, PersonID: person, Name: person}
}

var (
	rina   = actor("rina")
	hr     = account.Actor{ID: "acc-hr", PersonID: "siti", Name: "Siti", Grants: []account.Grant{{Role: account.HR}}}
	boss   = actor("kepala")
	admin  = account.Actor{ID: "acc-admin", Name: "Admin", Grants: []account.Grant{{Role: account.SysAdmin}}}
	audit  = account.Actor{ID: "acc-audit", PersonID: "aud", Name: "Auditor", Grants: []account.Grant{{Role: account.Auditor}}}
	anyone = actor("orang-lain")
)

// world is a service on a database with a clock the test turns.
type world struct {
	*voices.Service
	t     testing.TB
	ctx   context.Context
	db    *db.DB
	clock *time.Time
}

func newWorld(t testing.TB, d *db.DB, c circle, newKey func() (token.Key, error)) world {
	t.Helper()
	library, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	clock := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	now := func() time.Time { return clock }
	access := account.NewAccess(c)
	svc := voices.New(voices.Config{DB: d, Access: access, People: c, Books: policy.New(d, access, library, now), Now: now, NewKey: newKey})
	return world{svc, t, t.Context(), d, &clock}
}

func testMigrations() []db.Migrations {
	return []db.Migrations{ledger.Migrations(), task.Migrations(), policy.Migrations(), token.Migrations(), voices.Migrations()}
}

func eachWorld(t *testing.T, c circle, fn func(w world)) {
	t.Helper()
	newKey := keys(t)
	repotest.EachDB(t, testMigrations(), func(t *testing.T, d *db.DB) { fn(newWorld(t, d, c, newKey)) })
}

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w world) refused(err error, kind fault.Kind, what string) {
	w.t.Helper()
	if !fault.Is(err, kind) {
		w.t.Fatalf("%s: got %v, want %s", what, err, kind)
	}
}

func (w world) on(day voices.Day) {
	t, err := time.Parse(time.DateOnly, string(day))
	w.must(err)
	*w.clock = t.Add(9 * time.Hour)
	w.must(w.Turn(w.ctx))
}

func (w world) open(groups ...voices.GroupCode) voices.Round {
	w.t.Helper()
	r, err := w.Open(w.ctx, rina, voices.Ask{Person: "rina", Purpose: "Bahan dialog kinerja triwulan IV.", Groups: groups})
	w.must(err)
	return r
}

// draw is what the browser does: blind, have signed, unblind.
func (w world) draw(r voices.Round, person string) string {
	w.t.Helper()
	v, err := w.View(w.ctx, actor(person), r.ID)
	w.must(err)
	wallet, err := token.NewWallet(rand.Reader, v.Public)
	w.must(err)
	signature, err := w.Draw(w.ctx, actor(person), r.ID, wallet.Blinded)
	w.must(err)
	again, err := w.Draw(w.ctx, actor(person), r.ID, wallet.Blinded)
	w.must(err)
	if string(again) != string(signature) {
		w.t.Fatal("asking again gave another signature")
	}
	b, err := wallet.Finish(signature)
	w.must(err)
	return voices.Coupon(v.Group, b.Text())
}

func mark(n int, words string) questionnaire.Answers {
	return questionnaire.Answers{
		Marks: map[string]int{"pelayanan": n, "akuntabel": n, "kompeten": n},
		Words: map[string]string{"lanjutkan": words, "ubah": words + " ubah"},
	}
}
