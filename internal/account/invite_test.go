package account

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

func (w *world) invite(o Order) (Batch, []Slip) {
	w.t.Helper()
	b, _, err := w.Invite(w.t.Context(), w.who["bkpsdm"], o)
	if err != nil {
		w.t.Fatal(err)
	}
	slips, err := w.Slips(w.t.Context(), w.who["bkpsdm"], b.ID, "")
	if err != nil {
		w.t.Fatal(err)
	}
	return b, slips
}

func TestBulkInvitation(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		hr := w.who["bkpsdm"]
		b, d, err := w.Invite(t.Context(), hr, Order{Unit: "office", Scheme: ByNIP})
		if err != nil {
			t.Fatal(err)
		}
		if b.Made != 5 || len(d.Skipped) != 3 || b.UnitName != "Dinas Contoh" {
			t.Errorf("made %d in %q, skipped %+v", b.Made, b.UnitName, d.Skipped)
		}
		_, _, err = w.Invite(t.Context(), hr, Order{Unit: "office", Scheme: ByNIP})
		wantKind(t, "nobody is left", err, fault.Conflict)
		again, err := w.Draft(t.Context(), hr, Order{Scheme: ByEmail})
		if err != nil || again.Has != 5 || len(again.New) != 7 {
			t.Errorf("a draft of the whole agency by e-mail: has %d, new %d, %v", again.Has, len(again.New), err)
		}
		only, err := w.Draft(t.Context(), hr, Order{Scheme: ByNIP, Kinds: []string{"pppk"}})
		if err != nil || len(only.New) != 4 {
			t.Errorf("only PPPK: %d, %v", len(only.New), err)
		}
		_, err = w.Draft(t.Context(), hr, Order{Scheme: "nama"})
		wantField(t, "no such scheme", err, "scheme")
		_, _, err = w.Invite(t.Context(), w.who["pegawai"], Order{Scheme: ByNIP})
		wantKind(t, "an employee invites", err, fault.Forbidden)
	})
}

func TestSlipsOpenAccountsOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		b, slips := w.invite(Order{Unit: "office", Scheme: ByNIP})
		if len(slips) != 5 || slips[0].Until != "2026-12-23" {
			t.Fatalf("slips %+v", slips)
		}
		s := slips[0]
		v, err := w.Invited(t.Context(), s.Username, strings.ToLower(strings.ReplaceAll(string(s.Code), "-", " ")), home)
		if err != nil || v.ID != s.InvitationID || v.Name != s.Name {
			t.Fatalf("typed: %+v, %v", v, err)
		}
		accept := func(pass string) (string, error) {
			return w.Accept(t.Context(), s.InvitationID, string(s.Code), pass, pass, home)
		}
		_, err = accept("pendek")
		wantField(t, "weak password", err, "password")
		token, err := accept("tujuh sampan kecil")
		if err != nil {
			t.Fatal(err)
		}
		if a := w.actor(token); a.Username != s.Username || a.PersonID == "" || a.MustChange {
			t.Errorf("actor %+v", a)
		}
		_, err = accept("delapan sampan kecil")
		wantField(t, "used twice", err, "code")
		batch, units, err := w.Batch(t.Context(), w.who["bkpsdm"], b.ID)
		if err != nil || batch.Accepted != 1 || len(units) != 1 || units[0].Accepted != 1 || units[0].Made != 5 {
			t.Errorf("batch %+v, units %+v, %v", batch, units, err)
		}
	})
}

func TestPrintingAgainVoidsOldSlips(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		b, old := w.invite(Order{Scheme: ByNIP})
		fresh, err := w.Slips(t.Context(), w.who["admin"], b.ID, "other")
		if err != nil || len(fresh) != 4 {
			t.Fatalf("%d slips, %v", len(fresh), err)
		}
		for i, s := range append(old, fresh...) {
			_, err := w.InvitedBy(t.Context(), s.InvitationID, string(s.Code), Device{Network: fmt.Sprint(i)})
			voided := i < len(old) && s.Unit == "Kelurahan Contoh"
			if voided != (err != nil) {
				t.Errorf("slip %d of %s: %v", i, s.Unit, err)
			}
		}
		_, err = w.Slips(t.Context(), w.who["admin"], "tidak-ada", "")
		wantKind(t, "unknown", err, fault.NotFound)
		_, err = w.Slips(t.Context(), w.who["pegawai"], b.ID, "")
		wantKind(t, "an employee prints", err, fault.Forbidden)
		w.clock.pass(InviteAge)
		_, err = w.InvitedBy(t.Context(), fresh[0].InvitationID, string(fresh[0].Code), home)
		wantField(t, "a month later", err, "code")
	})
}

func TestCodesCannotBeGuessed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, slips := w.invite(Order{Unit: "office", Scheme: ByNIP})
		for _, c := range []struct{ user, code string }{
			{slips[0].Username, string(slips[1].Code)}, {"siapa", string(slips[0].Code)}, {"\x00", string(slips[0].Code)}, {slips[0].Username, "' OR 1=1"}, {"", ""},
		} {
			_, err := w.Invited(t.Context(), c.user, c.code, Device{Network: c.user + c.code})
			wantField(t, fmt.Sprint(c), err, "code")
		}
		_, err := w.InvitedBy(t.Context(), slips[0].InvitationID, string(slips[1].Code), home)
		wantField(t, "the code of another", err, "code")
		_, err = w.InvitedBy(t.Context(), "\xff", "\xff", Device{Network: "n"})
		wantField(t, "naughty link", err, "code")
		for range freeTries {
			_, err = w.InvitedBy(t.Context(), slips[2].InvitationID, "AAAA", Device{Network: "z"})
			wantField(t, "a guess", err, "code")
		}
		_, err = w.InvitedBy(t.Context(), slips[2].InvitationID, string(slips[2].Code), Device{Network: "z"})
		wantKind(t, "after many guesses", err, fault.TooMany)
	})
}

func TestOfManyWhoAcceptAtOnceOneDoes(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, slips := w.invite(Order{Unit: "office", Scheme: ByNIP})
		s := slips[0]
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				pass := fmt.Sprintf("sandi orang ke-%d", i)
				_, errs[i] = w.Accept(t.Context(), s.InvitationID, string(s.Code), pass, pass, Device{Network: fmt.Sprint(i)})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !fault.Is(err, fault.Invalid) {
				t.Errorf("a loser was told %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d accepted, want 1", won)
		}
	})
}

func TestResetAtADesk(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		id := w.who["pegawai"].ID
		slip, err := w.AskReset(t.Context(), w.who["bkpsdm"], id)
		if err != nil || slip == nil {
			t.Fatalf("%+v, %v", slip, err)
		}
		w.signIn("pegawai", secret)
		newer, err := w.AskReset(t.Context(), w.who["admin"], id)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.InvitedBy(t.Context(), slip.InvitationID, string(slip.Code), home)
		wantField(t, "an older code", err, "code")
		old := w.signIn("pegawai", secret)
		token, err := w.Accept(t.Context(), newer.InvitationID, string(newer.Code), "sembilan jaring ikan", "sembilan jaring ikan", home)
		if err != nil || !w.actor(token).SignedIn() || w.actor(old).SignedIn() {
			t.Errorf("after the reset: %v", err)
		}
		seen, err := w.Resets(t.Context(), w.who["pegawai"])
		if err != nil || len(seen) != 2 || seen[0].UsedAt.IsZero() && seen[1].UsedAt.IsZero() || seen[0].AskedBy == "" || seen[0].IssuedBy == "" {
			t.Errorf("the holder sees %+v, %v", seen, err)
		}
		for _, k := range []string{"account.reset_asked", "account.reset_issued", "account.reset_used"} {
			w.recorded(id, k)
		}
		_, err = w.AskReset(t.Context(), w.who["bkpsdm"], w.who["bkpsdm"].ID)
		wantKind(t, "one's own", err, fault.Forbidden)
		_, err = w.AskReset(t.Context(), w.who["bkpsdm"], "tidak-ada")
		wantKind(t, "unknown", err, fault.NotFound)
		late, err := w.AskReset(t.Context(), w.who["bkpsdm"], id)
		if err != nil {
			t.Fatal(err)
		}
		w.clock.pass(ResetAge + time.Second)
		_, err = w.InvitedBy(t.Context(), late.InvitationID, string(late.Code), home)
		wantField(t, "a day later", err, "code")
	})
}

// One administrator alone cannot get into the account of somebody with a role.
func TestResetOfARoleHolderNeedsTwo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		id := w.who["wakil"].ID
		slip, err := w.AskReset(t.Context(), w.who["admin"], id)
		if err != nil || slip != nil {
			t.Fatalf("a code at once: %+v, %v", slip, err)
		}
		v, err := openInvitation(t.Context(), w.db, id)
		if err != nil || v.Issued() || !w.desk.waiting[v.ID] {
			t.Fatalf("%+v, %v", v, err)
		}
		_, err = w.ConfirmReset(t.Context(), w.who["admin"], id)
		wantKind(t, "by the same", err, fault.Forbidden)
		_, err = w.ConfirmReset(t.Context(), w.who["wakil"], id)
		wantKind(t, "by the holder", err, fault.Forbidden)
		slip, err = w.ConfirmReset(t.Context(), w.who["bkpsdm"], id)
		if err != nil || w.desk.waiting[v.ID] {
			t.Fatal(err)
		}
		_, err = w.ConfirmReset(t.Context(), w.who["bkpsdm"], id)
		wantKind(t, "twice", err, fault.Conflict)
		if _, err := w.InvitedBy(t.Context(), slip.InvitationID, string(slip.Code), home); err != nil {
			t.Error(err)
		}
		w.recorded(id, "account.denied")
	})
}

func TestThousandsAreInvitedAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var all people
		for i := range 4500 {
			all = append(all, Invitee{PersonID: fmt.Sprint("q", i), NIP: fmt.Sprintf("19900101202001%04d", i), Name: fmt.Sprint("Orang ", i), UnitID: "office", Unit: "Dinas"})
		}
		w.roster = all
		b, slips := w.invite(Order{Scheme: ByNIP})
		if b.Made != 4500 || len(slips) != 4500 {
			t.Errorf("made %d, slips %d", b.Made, len(slips))
		}
		n, err := db.One(t.Context(), w.db, `SELECT count(*) FROM account WHERE state = 'invited'`, db.Value[int])
		if err != nil || n != 4500 {
			t.Errorf("%d invited, %v", n, err)
		}
	})
}
