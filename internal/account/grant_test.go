package account

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

func (w *world) propose(by, holder string, g Granted) Granted {
	w.t.Helper()
	g.AccountID = w.who[holder].ID
	got, err := w.Propose(w.t.Context(), w.who[by], g)
	if err != nil {
		w.t.Fatalf("%s proposes %s for %s: %v", by, g.Role, holder, err)
	}
	return got
}

func TestARoleNeedsTwoOthers(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token := w.signIn("pegawai", secret)
		g := w.propose("bkpsdm", "pegawai", Granted{Role: PerformanceOfficer, Unit: "office", Reason: "SK 12/2026"})
		if !w.desk.waiting[g.ID] {
			t.Error("nothing waits for a second administrator")
		}
		if w.actor(token).Has(PerformanceOfficer) {
			t.Error("a proposed role holds")
		}
		_, err := w.Confirm(t.Context(), w.who["bkpsdm"], g.ID)
		wantKind(t, "confirmed by the one who proposed it", err, fault.Forbidden)
		_, err = w.Confirm(t.Context(), w.who["pegawai"], g.ID)
		wantKind(t, "confirmed by an employee", err, fault.Forbidden)
		if _, err := w.Confirm(t.Context(), w.who["admin"], g.ID); err != nil {
			t.Fatal(err)
		}
		if a := w.actor(token); len(a.Grants) != 1 || a.Grants[0] != (Grant{PerformanceOfficer, "office"}) {
			t.Errorf("holds %v", a.Grants)
		}
		if w.desk.waiting[g.ID] {
			t.Error("it still waits")
		}
		_, err = w.Confirm(t.Context(), w.who["wakil"], g.ID)
		wantKind(t, "confirmed twice", err, fault.Conflict)
		for _, kind := range []string{"account.role_proposed", "account.role_confirmed", "account.denied"} {
			w.recorded(w.who["pegawai"].ID, kind)
		}
	})
}

func TestNobodyGivesThemselfARole(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, err := w.Propose(t.Context(), w.who["bkpsdm"], Granted{AccountID: w.who["bkpsdm"].ID, Role: Leader})
		wantKind(t, "proposing for oneself", err, fault.Forbidden)
		g := w.propose("bkpsdm", "wakil", Granted{Role: Leader})
		_, err = w.Confirm(t.Context(), w.who["wakil"], g.ID)
		wantKind(t, "confirming for oneself", err, fault.Forbidden)
		_, err = w.Propose(t.Context(), w.who["pegawai"], Granted{AccountID: w.who["wakil"].ID, Role: Leader})
		wantKind(t, "an employee proposing", err, fault.Forbidden)
		_, err = w.Propose(t.Context(), Actor{}, Granted{AccountID: w.who["wakil"].ID, Role: Leader})
		wantKind(t, "nobody proposing", err, fault.Unauthenticated)
	})
}

func TestOfManyWhoSettleAtOnceOneDoes(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		g := w.propose("bkpsdm", "pegawai", Granted{Role: Auditor})
		var wg sync.WaitGroup
		results := make([]error, 8)
		for i := range results {
			wg.Go(func() {
				who := w.who[[]string{"admin", "wakil"}[i%2]]
				if i%3 == 0 {
					_, results[i] = w.Refuse(t.Context(), who, g.ID)
				} else {
					_, results[i] = w.Confirm(t.Context(), who, g.ID)
				}
			})
		}
		wg.Wait()
		won := 0
		for _, err := range results {
			if err == nil {
				won++
			} else if !fault.Is(err, fault.Conflict) {
				t.Errorf("a loser was told %v", err)
			}
		}
		settled := 0
		for _, k := range w.kinds(w.who["pegawai"].ID) {
			if k == "account.role_confirmed" || k == "account.role_refused" {
				settled++
			}
		}
		if won != 1 || settled != 1 {
			t.Errorf("%d settled it and the record says %d, want 1", won, settled)
		}
	})
}

func TestARoleHoldsOnItsDaysOnly(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		g := w.propose("bkpsdm", "pegawai", Granted{Role: Auditor, From: "2026-11-25", To: "2026-11-26"})
		if _, err := w.Confirm(t.Context(), w.who["wakil"], g.ID); err != nil {
			t.Fatal(err)
		}
		for day := range 5 {
			token := w.signIn("pegawai", secret)
			if got, want := w.actor(token).Has(Auditor), day == 2 || day == 3; got != want {
				t.Errorf("on day %d the role holds: %v", day, got)
			}
			w.clock.pass(24 * time.Hour)
		}
	})
}

func TestWrongProposals(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		id := w.who["pegawai"].ID
		propose := func(g Granted) error { _, err := w.Propose(t.Context(), w.who["bkpsdm"], g); return err }
		wantField(t, "no such role", propose(Granted{AccountID: id, Role: "raja"}), "role")
		wantField(t, "no date", propose(Granted{AccountID: id, Role: Auditor, From: "besok"}), "from")
		wantField(t, "backwards", propose(Granted{AccountID: id, Role: Auditor, From: "2027-01-02", To: "2027-01-01"}), "to")
		wantField(t, "over already", propose(Granted{AccountID: id, Role: Auditor, From: "2025-01-01", To: "2025-12-31"}), "to")
		wantKind(t, "no account", propose(Granted{AccountID: "tidak-ada", Role: Auditor}), fault.NotFound)
		if err := propose(Granted{AccountID: id, Role: Auditor, To: "2026-12-31"}); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "twice", propose(Granted{AccountID: id, Role: Auditor, From: "2026-12-31"}), fault.Conflict)
		if err := propose(Granted{AccountID: id, Role: Auditor, From: "2027-01-01"}); err != nil {
			t.Errorf("the year after: %v", err)
		}
		_, err := w.Confirm(t.Context(), w.who["wakil"], "tidak-ada")
		wantKind(t, "confirming nothing", err, fault.NotFound)
	})
}

func TestARoleIsTakenAwayAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token := w.signIn("wakil", secret)
		grants, err := w.Roles(t.Context(), w.actor(token))
		if err != nil || len(grants) != 1 {
			t.Fatal(grants, err)
		}
		_, err = w.EndGrant(t.Context(), w.who["pegawai"], grants[0].ID)
		wantKind(t, "by an employee", err, fault.Forbidden)
		if _, err := w.EndGrant(t.Context(), w.who["wakil"], grants[0].ID); err != nil {
			t.Fatalf("laid down by the holder: %v", err)
		}
		if w.actor(token).Has(HR) {
			t.Error("the role still holds")
		}
		_, err = w.EndGrant(t.Context(), w.who["admin"], grants[0].ID)
		wantKind(t, "twice", err, fault.Conflict)
	})
}

func TestTheMachineIsTheSecondPerson(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		g := w.propose("bkpsdm", "pegawai", Granted{Role: Auditor})
		err := w.db.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := w.Machine().Confirm(t.Context(), tx, g.ID)
			return err
		})
		if err != nil || !w.actor(w.signIn("pegawai", secret)).Has(Auditor) {
			t.Errorf("confirmed by the machine: %v", err)
		}
	})
}

func TestLists(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.propose("bkpsdm", "pegawai", Granted{Role: Auditor})
		admin := w.who["admin"]
		for _, c := range []struct {
			q     Query
			first string
			total int
		}{
			{Query{}, "admin", 4},
			{Query{Desc: true}, "wakil", 4},
			{Query{Sort: "username", Limit: 1, Offset: 1}, "bkpsdm", 4},
			{Query{Text: "RAHMA dewi"}, "pegawai", 1},
			{Query{Text: "100%_'"}, "", 0},
			{Query{Text: "%"}, "admin", 4},
			{Query{Role: HR, Sort: "username"}, "bkpsdm", 2},
			{Query{Role: Auditor}, "", 0},
			{Query{State: Invited}, "", 0},
			{Query{Sort: "seen", Desc: true, State: Active}, "", 4},
		} {
			list, total, err := w.List(t.Context(), admin, c.q)
			if err != nil || total != c.total {
				t.Errorf("%+v: %d, %v", c.q, total, err)
			}
			if c.first != "" && (len(list) == 0 || list[0].Username != c.first) {
				t.Errorf("%+v: %+v", c.q, list)
			}
		}
		list, _, err := w.List(t.Context(), admin, Query{Text: "dewi"})
		if err != nil || len(list[0].Roles) != 1 || list[0].Roles[0].State != Proposed || list[0].Roles[0].ProposerIs != "Hendri" {
			t.Errorf("roles %+v, %v", list, err)
		}
		waiting, total, err := w.Grants(t.Context(), admin, GrantQuery{State: Proposed, Text: "dewi", Limit: 5})
		if err != nil || total != 1 || waiting[0].Name != "Dewi Rahmawati" {
			t.Errorf("waiting %+v, %d, %v", waiting, total, err)
		}
		_, _, err = w.List(t.Context(), w.who["pegawai"], Query{})
		wantKind(t, "an employee lists accounts", err, fault.Forbidden)
		d, err := w.Get(t.Context(), admin, w.who["pegawai"].ID)
		if err != nil || d.Name != "Dewi Rahmawati" || len(d.Sessions) != 1 || d.Invitation != nil {
			t.Errorf("details %+v, %v", d, err)
		}
		_, err = w.Get(t.Context(), admin, "tidak-ada")
		wantKind(t, "unknown", err, fault.NotFound)
	})
}

func TestAddRefusesWhatCannotBe(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		add := func(n NewAccount) error {
			return w.db.Tx(t.Context(), func(tx *db.Tx) error { _, err := w.Machine().Add(t.Context(), tx, n); return err })
		}
		for _, name := range []string{"", "a", "dua kata", "<b>", "ünal", "\x00\x01", "🦀🦀", "../x", string(make([]byte, 80))} {
			wantField(t, "username "+name, add(NewAccount{Username: name}), "username")
		}
		wantField(t, "weak password", add(NewAccount{Username: "baru", Password: "1234567890"}), "password")
		wantField(t, "no such role", add(NewAccount{Username: "baru", Roles: []Grant{{"raja", ""}}}), "role")
		wantKind(t, "taken", add(NewAccount{Username: "ADMIN"}), fault.Conflict)
		wantKind(t, "person taken", add(NewAccount{Username: "baru", PersonID: "dewi"}), fault.Conflict)
		if _, err := byUsername(t.Context(), w.db, "baru"); !errors.Is(err, errUnknown) {
			t.Errorf("a refused account was made: %v", err)
		}
	})
}

func TestCloseAndReopen(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token := w.signIn("pegawai", secret)
		id := w.who["pegawai"].ID
		hr := w.who["bkpsdm"]
		wantKind(t, "one's own", w.Close(t.Context(), hr, hr.ID), fault.Forbidden)
		wantKind(t, "by an employee", w.Close(t.Context(), w.who["pegawai"], hr.ID), fault.Forbidden)
		if err := w.Close(t.Context(), hr, id); err != nil {
			t.Fatal(err)
		}
		if w.actor(token).SignedIn() {
			t.Error("closed and still in")
		}
		wantKind(t, "twice", w.Close(t.Context(), hr, id), fault.Conflict)
		if err := w.Reopen(t.Context(), hr, id); err != nil {
			t.Fatal(err)
		}
		w.signIn("pegawai", secret)
	})
}
