package account

import (
	"context"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
)

func TestHashIsArgon2idOfTodaysCost(t *testing.T) {
	h := newHasher(HashCost{})
	phc, err := h.hash(t.Context(), secret)
	if err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s, %v", phc, err)
	}
	if ok, stale, err := h.verify(t.Context(), phc, secret); !ok || stale || err != nil {
		t.Errorf("right password: %v %v %v", ok, stale, err)
	}
	if ok, _, err := h.verify(t.Context(), phc, secret+" "); ok || err != nil {
		t.Errorf("wrong password: %v %v", ok, err)
	}
}

// Where there is no password the same work is done with the same cost.
func TestNoPasswordCostsTheSame(t *testing.T) {
	h := newHasher(HashCost{})
	cost, _, _, err := readPHC(h.blind)
	if err != nil || cost != h.cost {
		t.Errorf("blind costs %+v, real %+v, %v", cost, h.cost, err)
	}
	if ok, _, err := newHasher(cheap).verify(t.Context(), "", ""); ok || err != nil {
		t.Errorf("an empty password matched nothing: %v %v", ok, err)
	}
}

func TestOldHashesAreMadeAnew(t *testing.T) {
	old := newHasher(cheap)
	phc, err := old.hash(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	ok, stale, err := newHasher(HashCost{MemoryKiB: 128, Passes: 1}).verify(t.Context(), phc, secret)
	if !ok || !stale || err != nil {
		t.Errorf("%v %v %v", ok, stale, err)
	}
}

func TestRehashIsStoredAtSignIn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		dearer := New(Config{DB: w.db, Access: w.access, Hash: HashCost{MemoryKiB: 128, Passes: 1}, Now: w.clock.Now})
		if _, err := dearer.SignIn(t.Context(), "pegawai", secret, home); err != nil {
			t.Fatal(err)
		}
		a, err := byUsername(t.Context(), w.db, "pegawai")
		if err != nil || !strings.Contains(a.password, "m=128,") {
			t.Errorf("stored %s, %v", a.password, err)
		}
		w.signIn("pegawai", secret)
	})
}

func TestBrokenStoredPasswordsAreAnError(t *testing.T) {
	for _, s := range []string{"x", "$argon2i$v=19$m=1,t=1,p=1$YQ$YQ", "$argon2id$v=19$m=4294967295,t=1,p=1$YQ$YQ", "$argon2id$v=19$m=64,t=1,p=1$!$!"} {
		if _, _, err := newHasher(cheap).verify(t.Context(), s, secret); err == nil {
			t.Errorf("%q was verified", s)
		}
	}
}

func TestTooManySignInsAtOnceAreToldToWait(t *testing.T) {
	h := newHasher(cheap)
	for range maxQueue {
		h.queue <- struct{}{}
	}
	if _, err := h.hash(context.Background(), secret); !fault.Is(err, fault.TooMany) {
		t.Errorf("got %v", err)
	}
}

func TestPasswordRules(t *testing.T) {
	for password, want := range map[string]string{
		"tiga perahu biru":          "",
		"gurindam-demo":             "",
		"ᮘᮞ ᮞᮥᮔ᮪ᮓ ᮊᮥᮏᮀ":             "",
		"sembilan9":                 "account.password.short",
		"":                          "account.password.short",
		"🦀🦀🦀":                       "account.password.short",
		"aaaaaaaaaaaa":              "account.password.common",
		"1234567890":                "account.password.common",
		"31121990 17081945":         "account.password.common",
		"Password123!":              "account.password.common",
		"Gurindam2026":              "account.password.common",
		"198609262015051001":        "account.password.own_name",
		"1986 0926 2015 0510 01":    "account.password.own_name",
		"dewi rahmawati":            "account.password.own_name",
		strings.Repeat("ab9 ", 200): "account.password.long",
	} {
		if got, _ := checkPassword(password, "198609262015051001", "Dewi Rahmawati"); got != want {
			t.Errorf("%.30q: %q, want %q", password, got, want)
		}
	}
}

func TestUsernameKey(t *testing.T) {
	for in, want := range map[string]string{
		" Dewi ": "dewi", "1986 0926 201505 1 001": "198609262015051001", "ＡＤＭＩＮ": "admin", "dua kata": "dua kata", "": "",
	} {
		if got := usernameKey(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// However somebody tries, the wait is never longer than the cap, and after the
// memory has passed nothing is held against them.
func TestThrottleAlwaysForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := newThrottle()
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		for range rapid.IntRange(0, 400).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "gap")) * time.Millisecond)
			if th.wait("a", "n", now) == 0 {
				th.failed("a", "n", now)
			}
			if w := th.wait("a", "n", now); w > 2*netBurst*netDrip {
				t.Fatalf("waits %v", w)
			}
		}
		if w := th.wait("a", "n", now.Add(2*time.Hour)); w != 0 {
			t.Fatalf("two hours later it still waits %v", w)
		}
	})
}
