package account

import (
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

func TestSignInGivesAnActorWithItsRoles(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, name := range []string{"bkpsdm", " BKPSDM ", "ｂｋｐｓｄｍ"} {
			a := w.actor(w.signIn(name, secret))
			if a.Username != "bkpsdm" || a.PersonID != "hendri" || len(a.Grants) != 1 || !a.Has(HR) || a.MustChange {
				t.Errorf("as %q: %+v", name, a)
			}
		}
		w.recorded(w.who["bkpsdm"].ID, "account.signed_in")
	})
}

func TestWrongSignInsAreAllTheSame(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.add(NewAccount{Username: "diundang"})
		if err := w.Close(t.Context(), w.who["bkpsdm"], w.who["pegawai"].ID); err != nil {
			t.Fatal(err)
		}
		for _, c := range [][2]string{
			{"bkpsdm", "salah sandi"}, {"tidak-ada", secret}, {"diundang", ""}, {"pegawai", secret}, {"", ""}, {"bkpsdm", ""},
		} {
			_, err := w.SignIn(t.Context(), c[0], c[1], Device{Network: "10.1.1." + c[0]})
			if f, ok := err.(*fault.Error); !ok || f.Kind != fault.Unauthenticated || f.Key != "account.sign_in.wrong" {
				t.Errorf("%q: %v", c, err)
			}
		}
	})
}

// Whatever is typed is a wrong sign-in, never a failure of the program.
func TestNaughtyStringsAreOrdinaryMistakes(t *testing.T) {
	naughty := []string{
		"\x00", "\xff\xfe", "' OR 1=1 --", "admin'--", "${jndi:ldap://x}", "%00", "../../etc/passwd", "<script>alert(1)</script>",
		strings.Repeat("a", 100_000), "\u202eadmin", "ａｄｍｉｎ\x00", "🙈🙉🙊", "İ", "\r\nSet-Cookie: a=b", strings.Repeat("\u0301", 5000), " ", "null", "NaN",
	}
	eachWorld(t, func(t *testing.T, w *world) {
		for i, s := range naughty {
			device := Device{Network: s, Agent: s}
			if _, err := w.SignIn(t.Context(), s, secret, device); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("username %d %.20q: %v", i, s, err)
			}
			if _, err := w.SignIn(t.Context(), "admin", s, Device{Network: "n" + s}); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("password %d %.20q: %v", i, s, err)
			}
			if a, err := w.Actor(t.Context(), s, w.clock.Now()); err != nil || a.SignedIn() {
				t.Errorf("token %d %.20q: %+v, %v", i, s, a, err)
			}
		}
	})
}

// A password is taken as it is: any script, blanks at the ends, one form for
// what can be composed in two ways.
func TestPasswordsOfEveryScript(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i, p := range []string{"  ruang di ujung  ", "ᮘᮞ ᮞᮥᮔ᮪ᮓ ᮊᮥᮏᮀ", "kafe\u0301 pelabuhan", "🦀🐟🦐🐙🐚🦑🐠🐡🦞🐳"} {
			name := "orang" + string(rune('a'+i))
			w.add(NewAccount{Username: name, Password: p})
			w.signIn(name, p)
		}
		w.signIn("orangc", "kaf\u00e9 pelabuhan")
		_, err := w.SignIn(t.Context(), "oranga", "ruang di ujung", home)
		wantKind(t, "trimmed password", err, fault.Unauthenticated)
	})
}

func TestSessionsEndByThemselves(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		idle, busy := w.signIn("pegawai", secret), w.signIn("pegawai", secret)
		for range 6 {
			w.clock.pass(time.Hour)
			w.actor(busy)
		}
		if w.actor(idle).SignedIn() {
			t.Error("a session unused for six hours is still good")
		}
		if !w.actor(busy).SignedIn() {
			t.Error("a session in use was ended")
		}
		for range 6 {
			w.clock.pass(time.Hour)
			w.actor(busy)
		}
		if w.actor(busy).SignedIn() {
			t.Error("a session of twelve hours is still good")
		}
		if err := w.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		left, err := db.One(t.Context(), w.db, `SELECT count(*) FROM account_session`, db.Value[int])
		if err != nil || left != 0 {
			t.Errorf("%d sessions left, %v", left, err)
		}
	})
}

// What one server saw must reach the others.
func TestFlushTellsOtherServersThatASessionIsUsed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token := w.signIn("pegawai", secret)
		w.clock.pass(90 * time.Minute)
		w.actor(token)
		if err := w.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.clock.pass(90 * time.Minute)
		other := New(Config{DB: w.db, Access: w.access, Hash: cheap, Now: w.clock.Now})
		if a, err := other.Actor(t.Context(), token, w.clock.Now()); err != nil || !a.SignedIn() {
			t.Errorf("the other server knows %+v, %v", a, err)
		}
	})
}

func TestEndedSessionsEndAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a, b, c := w.signIn("pegawai", secret), w.signIn("pegawai", secret), w.signIn("pegawai", secret)
		me := w.actor(a)
		w.actor(b)
		w.actor(c)
		list, err := w.Sessions(t.Context(), me)
		if err != nil || len(list) != 4 {
			t.Fatalf("%d sessions, %v", len(list), err)
		}
		if err := w.SignOut(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if w.actor(b).SignedIn() {
			t.Error("signed out and still in")
		}
		if err := w.EndOtherSessions(t.Context(), me); err != nil {
			t.Fatal(err)
		}
		if w.actor(c).SignedIn() || !w.actor(a).SignedIn() {
			t.Error("ending the others ended the wrong ones")
		}
		if err := w.EndSessionsOf(t.Context(), w.who["admin"], me.ID); err != nil {
			t.Fatal(err)
		}
		if w.actor(a).SignedIn() {
			t.Error("ended by the administrator and still in")
		}
		w.recorded(me.ID, "account.sessions_ended")
	})
}

func TestSessionsOfOthersAreNobodysBusiness(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		victim := w.signIn("bkpsdm", secret)
		list, err := w.Sessions(t.Context(), w.who["bkpsdm"])
		if err != nil || len(list) == 0 {
			t.Fatal(list, err)
		}
		for _, s := range list {
			if err := w.EndSession(t.Context(), w.who["pegawai"], s.ID); err != nil {
				t.Fatal(err)
			}
		}
		if !w.actor(victim).SignedIn() {
			t.Error("an employee ended the session of another")
		}
		wantKind(t, "ending all of another", w.EndSessionsOf(t.Context(), w.who["pegawai"], w.who["bkpsdm"].ID), fault.Forbidden)
		w.recorded(w.who["bkpsdm"].ID, "account.denied")
	})
}

func TestChangePassword(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		here, there := w.signIn("pegawai", secret), w.signIn("pegawai", secret)
		me := w.actor(here)
		const better = "empat layang-layang"
		change := func(old, pass, again string) error { return w.ChangePassword(t.Context(), me, old, pass, again, home) }
		wantField(t, "wrong old one", change("bukan sandi", better, better), "old")
		wantField(t, "not repeated", change(secret, better, better+"x"), "again")
		wantField(t, "too short", change(secret, "pendek", "pendek"), "password")
		wantField(t, "the same", change(secret, secret, secret), "password")
		wantField(t, "own name", change(secret, "DewiRahmawati", "DewiRahmawati"), "password")
		wantField(t, "common", change(secret, "indonesia2026", "indonesia2026"), "password")
		if err := change(secret, better, better); err != nil {
			t.Fatal(err)
		}
		if !w.actor(here).SignedIn() || w.actor(there).SignedIn() {
			t.Error("the others must end, this one stay")
		}
		w.signIn("pegawai", better)
		_, err := w.SignIn(t.Context(), "pegawai", secret, home)
		wantKind(t, "old password", err, fault.Unauthenticated)
	})
}

func TestSetPasswordByTheMachine(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token := w.signIn("pegawai", secret)
		w.actor(token)
		set := func(user, pass string) error {
			return w.db.Tx(t.Context(), func(tx *db.Tx) error { return w.Machine().SetPassword(t.Context(), tx, user, pass, true) })
		}
		wantKind(t, "unknown", set("siapa", "lima burung camar"), fault.NotFound)
		wantField(t, "weak", set("pegawai", "pegawai"), "password")
		if err := set("pegawai", "lima burung camar"); err != nil {
			t.Fatal(err)
		}
		if w.actor(token).SignedIn() {
			t.Error("old sessions must end")
		}
		if !w.actor(w.signIn("pegawai", "lima burung camar")).MustChange {
			t.Error("the holder must choose another one")
		}
	})
}

func TestThrottleHoldsTheGuesserAndNotTheOwner(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		guess := func(network string) error {
			_, err := w.SignIn(t.Context(), "pegawai", "tebakan", Device{Network: network})
			return err
		}
		for i := range freeTries {
			wantKind(t, "free try", guess("10.9.9.9"), fault.Unauthenticated)
			_ = i
		}
		wantKind(t, "after the free tries", guess("10.9.9.9"), fault.TooMany)
		w.recorded(w.who["pegawai"].ID, "account.sign_in_held")
		_, err := w.SignIn(t.Context(), "pegawai", secret, Device{Network: "10.9.9.9"})
		wantKind(t, "even the right one waits", err, fault.TooMany)
		for i := range 2 * nameBurst {
			_ = guess("10.8.0." + strings.Repeat("1", i%30))
		}
		w.signIn("pegawai", secret)
		_, err = w.SignIn(t.Context(), "pegawai", secret, Device{Network: "172.16.0.1"})
		wantKind(t, "a new network during an attack", err, fault.TooMany)
		w.clock.pass(time.Hour)
		if _, err := w.SignIn(t.Context(), "pegawai", secret, Device{Network: "10.9.9.9"}); err != nil {
			t.Errorf("an hour later: %v", err)
		}
	})
}
