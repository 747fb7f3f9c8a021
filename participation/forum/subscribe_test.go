package forum_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/mail"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/participation/forum"
	"github.com/gurindam/gurindam/participation/participationweb"
	"github.com/gurindam/gurindam/rulebook"
)

// mailed is a hall whose letters can be read.
type mailed struct {
	*forum.Hall
	t     *testing.T
	db    *db.DB
	dir   string
	jobs  *job.Runner
	clock *time.Time
}

func eachMailed(t *testing.T, fn func(m mailed)) {
	t.Helper()
	repotest.EachDB(t, append(tables, job.Migrations(), mail.Migrations()), func(t *testing.T, d *db.DB) {
		lib, err := rulebook.National()
		if err != nil {
			t.Fatal(err)
		}
		bundle, err := i18n.NewBundle(participationweb.Locale)
		if err != nil {
			t.Fatal(err)
		}
		clock := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		now := func() time.Time { return clock }
		m := mailed{t: t, db: d, dir: t.TempDir(), jobs: job.NewRunner(d, job.Config{Now: now}), clock: &clock}
		post, err := mail.New(d, mail.Config{Dir: m.dir}, now)
		if err != nil {
			t.Fatal(err)
		}
		post.Handle(m.jobs)
		m.Hall = forum.New(forum.Config{
			DB: d, Access: account.NewAccess(flat{}), Books: books{lib}, Calendar: &calendar.Calendar{}, Now: now,
			Mail: post, Words: bundle.Printer, Site: "https://kota.go.id", Name: "Sembang",
		})
		fn(m)
	})
}

// letters returns what was sent since the last call.
func (m mailed) letters() []string {
	m.t.Helper()
	if _, err := m.jobs.Drain(m.t.Context()); err != nil {
		m.t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(m.dir, "*.eml"))
	if err != nil {
		m.t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			m.t.Fatal(err)
		}
		out = append(out, strings.ReplaceAll(string(body), "=\r\n", ""))
		if err := os.Remove(f); err != nil {
			m.t.Fatal(err)
		}
	}
	return out
}

// addresses counts the addresses stored anywhere.
func (m mailed) addresses() int {
	m.t.Helper()
	n, err := db.One(m.t.Context(), m.db, `SELECT (SELECT count(*) FROM forum_subscription) + (SELECT count(*) FROM forum_member WHERE email <> '') + (SELECT count(*) FROM mail_letter)`, db.Value[int])
	if err != nil {
		m.t.Fatal(err)
	}
	return n
}

var secretIn = regexp.MustCompile(`https://kota\.go\.id/(?:langganan|forum/surel)/([A-Z2-7]+)`)

func (m mailed) secret(letter string) string {
	m.t.Helper()
	found := secretIn.FindStringSubmatch(letter)
	if found == nil {
		m.t.Fatalf("no link in\n%s", letter)
	}
	return found[1]
}

func (m mailed) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func TestASubscriptionHoldsOnlyOnceConfirmed(t *testing.T) {
	eachMailed(t, func(m mailed) {
		ctx := m.t.Context()
		topic, err := m.Open(ctx, moderator, forum.Topic{UnitID: "disduk", Title: "Jadwal Penyengat", Body: "Kapan petugas datang?"})
		m.must(err)
		if err := m.Subscribe(ctx, topic.ID, false, "bukan surel", i18n.Indonesian); !fault.Is(err, fault.Invalid) {
			t.Fatalf("a wrong address: %v", err)
		}
		m.must(m.Subscribe(ctx, topic.ID, false, "Warga@Contoh.id", i18n.Indonesian))
		m.must(m.Subscribe(ctx, topic.ID, false, "warga@contoh.id", i18n.Indonesian))
		sent := m.letters()
		if len(sent) != 1 {
			t.Fatalf("%d letters for asking twice", len(sent))
		}
		_, err = m.Reply(ctx, moderator, topic.ID, "", "Setiap Senin.")
		m.must(err)
		if got := m.letters(); len(got) != 0 {
			t.Fatalf("told before confirming: %v", got)
		}
		secret := m.secret(sent[0])
		m.must(m.ConfirmSubscription(ctx, secret))
		m.must(m.ConfirmSubscription(ctx, secret))
		_, err = m.Reply(ctx, moderator, topic.ID, "", "Mulai Desember.")
		m.must(err)
		got := m.letters()
		if len(got) != 1 || !strings.Contains(got[0], "/berhenti") || !strings.Contains(got[0], "List-Unsubscribe") || strings.Contains(got[0], "Mulai Desember") {
			t.Fatalf("an official answer told: %v", got)
		}
		m.must(m.Unsubscribe(ctx, secret))
		m.must(m.Unsubscribe(ctx, secret))
		if n := m.addresses(); n != 0 {
			t.Errorf("%d addresses are left", n)
		}
		if err := m.ConfirmSubscription(ctx, secret); !fault.Is(err, fault.NotFound) {
			t.Errorf("an erased subscription: %v", err)
		}
	})
}

func TestUnconfirmedAddressesAreErased(t *testing.T) {
	eachMailed(t, func(m mailed) {
		ctx := m.t.Context()
		topic, err := m.Open(ctx, moderator, forum.Topic{UnitID: "disduk", Title: "Jadwal", Body: "Kapan?"})
		m.must(err)
		m.must(m.Subscribe(ctx, topic.ID, false, "warga@contoh.id", i18n.English))
		if got := m.letters(); len(got) != 1 || !strings.Contains(got[0], "confirm your subscription") {
			t.Fatalf("letters: %v", got)
		}
		*m.clock = m.clock.AddDate(0, 0, 8)
		m.must(m.Night(ctx))
		if n := m.addresses(); n != 0 {
			t.Errorf("%d addresses are left", n)
		}
	})
}

func TestALetterConfirmsAMember(t *testing.T) {
	eachMailed(t, func(m mailed) {
		ctx := m.t.Context()
		who, err := m.Join(ctx, "Ibu Ani", "ani@contoh.id", i18n.Indonesian)
		m.must(err)
		sent := m.letters()
		if len(sent) != 1 {
			t.Fatalf("%d letters", len(sent))
		}
		m.must(m.ConfirmEmail(ctx, m.secret(sent[0])))
		back, err := m.Enter(ctx, string(who.Code))
		m.must(err)
		if !back.Confirmed || m.addresses() != 0 {
			t.Errorf("member %+v, %d addresses", back, m.addresses())
		}
		if err := m.ConfirmEmail(ctx, m.secret(sent[0])); !fault.Is(err, fault.NotFound) {
			t.Errorf("a used link: %v", err)
		}
	})
}
