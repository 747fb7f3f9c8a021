package appraisal

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/rulebook"
)

// office is a small map: a mayor who is no civil servant, a head of office, a
// superior and two staff.
type office struct{ postings []Posting }

func person(id, name, post, unit string) Identity {
	return Identity{PersonID: id, Name: name, NIP: "1990010120150410" + id[len(id)-2:], Rank: "Penata, III/c", PostID: "post-" + id, Post: post, UnitID: unit, Unit: "Unit " + unit}
}

var (
	mayor = Identity{PersonID: "p-00", Name: "Lis Hartati", Post: "Wali Kota", PostID: "post-p-00", UnitID: "kota", Unit: "Kota"}
	head  = person("p-01", "Hendri Saputra", "Kepala Dinas", "dinas")
	boss  = person("p-02", "Rina Marlina", "Kepala Bidang", "bidang")
	dewi  = person("p-03", "Dewi Rahmawati", "Analis Kependudukan", "bidang")
	andi  = person("p-04", "Andi Wijaya", "Analis Kependudukan", "bidang")
)

func newOffice(year int) *office {
	w := AnnualOf(year)
	at := func(who, eval, above Identity, kind, headOf string) Posting {
		return Posting{
			Who: who, TenureID: "t-" + who.PersonID, Tenure: definitive, Group: "pns", Kind: kind, UnitKind: who.UnitID, HeadOf: headOf, From: w.From(), To: w.To(),
			Evaluator: eval, EvalHow: HowDefinitive, Above: above, AboveHow: HowDefinitive,
		}
	}
	return &office{[]Posting{
		at(head, mayor, Identity{}, "jpt_pratama", "dinas"),
		at(boss, head, mayor, "administrator", "bidang"),
		at(dewi, boss, head, "fungsional", ""),
		at(andi, boss, head, "fungsional", ""),
	}}
}

func (o *office) Postings(_ context.Context, _ db.Queryer, from, to Day, people ...string) ([]Posting, error) {
	var all []Posting
	for _, p := range o.postings {
		if p.From <= to && from <= p.To && (len(people) == 0 || slices.Contains(people, p.Who.PersonID)) {
			all = append(all, p)
		}
	}
	return all, nil
}

func (o *office) Units(context.Context, db.Queryer, Day) ([]Unit, error) {
	return []Unit{{"kota", "", "Kota", "kota"}, {"dinas", "kota", "Dinas Kependudukan", "dinas"}, {"bidang", "dinas", "Bidang Pelayanan", "bidang"}}, nil
}

func (o *office) Who(_ context.Context, _ db.Queryer, id string, _ Day) (Identity, error) {
	for _, i := range []Identity{mayor, head, boss, dewi, andi} {
		if i.PersonID == id {
			return i, nil
		}
	}
	return Identity{}, fault.Missing("org.person.absent")
}

func (o *office) Within(_ context.Context, unit, ancestor string) (bool, error) {
	units, _ := o.Units(context.Background(), nil, "")
	return slices.Contains(newTree(units).path(unit), ancestor), nil
}

func actorOf(i Identity, grants ...account.Grant) account.Actor {
	return account.Actor{ID: "acc-" + i.PersonID, Name: i.Name, PersonID: i.PersonID, Grants: grants}
}

var (
	asMayor   = actorOf(mayor, account.Grant{Role: account.Leader})
	asHead    = actorOf(head)
	asBoss    = actorOf(boss)
	asDewi    = actorOf(dewi)
	asAndi    = actorOf(andi)
	asHR      = account.Actor{ID: "acc-hr", Name: "Siti", Grants: []account.Grant{{Role: account.HR}}}
	asAdmin   = account.Actor{ID: "acc-admin", Name: "Admin", Grants: []account.Grant{{Role: account.SysAdmin}}}
	asAudit   = account.Actor{ID: "acc-audit", Name: "Auditor", Grants: []account.Grant{{Role: account.Auditor}}}
	asOfficer = account.Actor{ID: "acc-officer", Name: "Pengelola", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "dinas"}}}
)

// world is a service on a database with a clock the test turns.
type world struct {
	*Service
	t      *testing.T
	ctx    context.Context
	office *office
	clock  *time.Time
}

func testMigrations() []db.Migrations {
	return []db.Migrations{ledger.Migrations(), task.Migrations(), policy.Migrations(), Migrations()}
}

func eachWorld(t *testing.T, fn func(w world)) {
	t.Helper()
	repotest.EachDB(t, testMigrations(), func(t *testing.T, d *db.DB) { fn(newWorld(t, d, 2025)) })
}

// newWorld opens a year in which plans are written here.
func newWorld(t *testing.T, d *db.DB, year int) world {
	t.Helper()
	library, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	clock := time.Date(year, 1, 6, 8, 0, 0, 0, time.UTC)
	now := func() time.Time { return clock }
	o := newOffice(year)
	access := account.NewAccess(o)
	w := world{
		Service: New(Config{
			DB: d, Access: access, Map: o, Books: policy.New(d, access, library, now), Now: now,
			Agency: Agency{Name: "Pemerintah Kota Tanjungpinang", City: "Tanjungpinang"}, Site: "https://contoh.go.id/v/",
		}),
		t: t, ctx: t.Context(), office: o, clock: &clock,
	}
	if _, err := w.OpenPeriod(w.ctx, asHR, NewPeriod{Year: year}); err != nil {
		t.Fatal(err)
	}
	return w
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

func (w world) on(day string) {
	t, err := time.Parse(time.DateOnly, day)
	w.must(err)
	*w.clock = t.Add(9 * time.Hour)
}

// part returns somebody's deciding part.
func (w world) part(i Identity) Part {
	w.t.Helper()
	parts, err := partsOfPerson(w.ctx, w.db, i.PersonID, 2025)
	w.must(err)
	if len(parts) == 0 {
		w.t.Fatalf("%s has no part", i.Name)
	}
	return parts[0]
}

// draft writes a plan with one good result and indicator.
func (w world) draft(as account.Actor, p Part) Plan {
	w.t.Helper()
	plan, err := w.StartPlan(w.ctx, as, p.ID, "")
	w.must(err)
	plan, r, err := w.SaveResult(w.ctx, as, p.ID, plan.Version, Result{Kind: Main, Text: "Data kependudukan kota mutakhir dan bersih", Supports: Support{Text: "Warga memiliki dokumen yang benar"}})
	w.must(err)
	plan, _, err = w.SaveIndicator(w.ctx, as, p.ID, plan.Version, r, Indicator{Text: "Anomali data yang dibersihkan", Target: "2200", Unit: "data", Direction: Up, Face: p.Form.Faces()[0]})
	w.must(err)
	return plan
}

// agreed brings a plan to approval.
func (w world) agreed(as, by account.Actor, p Part) Plan {
	w.t.Helper()
	plan := w.draft(as, p)
	plan, err := w.Act(w.ctx, as, p.ID, plan.Version, SubmitAct, "")
	w.must(err)
	plan, err = w.Act(w.ctx, by, p.ID, plan.Version, ApproveAct, "")
	w.must(err)
	return plan
}
