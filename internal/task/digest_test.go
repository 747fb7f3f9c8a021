package task

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/mail"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/rulebook"
)

// people are two readers, one without an address.
type people struct{}

func (people) Readers(context.Context) ([]Reader, error) {
	return []Reader{
		{"acc-dewi", "dewi", "dewi@contoh.id", i18n.Indonesian, nil},
		{"acc-rina", "rina", "", i18n.English, nil},
		{"acc-hr", "", "hr@contoh.id", i18n.Indonesian, []account.Grant{{Role: account.HR}}},
		{"acc-capil", "", "capil@contoh.id", i18n.Indonesian, []account.Grant{{Role: account.HR, Unit: "capil"}, {Role: account.PerformanceOfficer, Unit: "capil"}}},
	}, nil
}

// tree has one office with a field in it.
type tree struct{}

func (tree) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return unit == ancestor || unit == "daftar" && ancestor == "capil", nil
}

type national struct{ lib *rulebook.Library }

func (n national) At(_ context.Context, day string) (*rulebook.Book, error) {
	return n.lib.At(rulebook.Day(day), "")
}

// words are the texts of the letters.
func words(t *testing.T) *i18n.Bundle {
	t.Helper()
	b, err := i18n.NewBundle(fstest.MapFS{
		"locale/id.toml": {Data: []byte(`"task.notice.subject" = "{0} hal menunggu Anda"
"task.notice.words" = "Ada {0} hal."
"task.notice.by" = "{0}, paling lambat {1}"
"task.notice.foot" = "{0}"
"task.notice.more" = "{0} lagi"
"task.notice.settings" = "Atur"
"org.task.button" = "Buka SKP"
"org.task.title" = "Setujui SKP {0}"`)},
		"locale/en.toml": {Data: []byte(`"task.notice.subject" = "{0} wait"
"task.notice.words" = "{0}"
"task.notice.by" = "{0} by {1}"
"task.notice.foot" = "{0}"
"task.notice.more" = "{0} more"
"task.notice.settings" = "Settings"
"org.task.button" = "Open"
"org.task.title" = "Agree to the SKP of {0}"`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// letterbox is notices whose letters can be read.
type letterbox struct {
	*Notices
	t     *testing.T
	dir   string
	jobs  *job.Runner
	clock *time.Time
}

func eachLetterbox(t *testing.T, fn func(l letterbox)) {
	t.Helper()
	repotest.EachDB(t, []db.Migrations{job.Migrations(), mail.Migrations(), Migrations()}, func(t *testing.T, d *db.DB) {
		lib, err := rulebook.National()
		if err != nil {
			t.Fatal(err)
		}
		clock := time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)
		now := func() time.Time { return clock }
		l := letterbox{t: t, dir: t.TempDir(), jobs: job.NewRunner(d, job.Config{Now: now}), clock: &clock}
		post, err := mail.New(d, mail.Config{Dir: l.dir}, now)
		if err != nil {
			t.Fatal(err)
		}
		post.Handle(l.jobs)
		l.Notices = NewNotices(NoticeConfig{
			DB: d, Books: national{lib}, Readers: people{}, Tree: tree{}, Mail: post, Words: words(t).Printer, Site: "https://kota.go.id", Agency: "Kota", Now: now, Zone: time.UTC,
		})
		fn(l)
	})
}

// on runs the letter of a day and returns what was sent.
func (l letterbox) on(day string) []string {
	l.t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		l.t.Fatal(err)
	}
	*l.clock = at.Add(6 * time.Hour)
	if err := l.Digest(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	if _, err := l.jobs.Drain(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(l.dir, "*.eml"))
	if err != nil {
		l.t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			l.t.Fatal(err)
		}
		out = append(out, string(body))
		if err := os.Remove(f); err != nil {
			l.t.Fatal(err)
		}
	}
	return out
}

func (l letterbox) file(kind, subject, person, due string) {
	l.t.Helper()
	l.fileFor(kind, subject, Person(person), due)
}

func (l letterbox) fileFor(kind, subject string, desk Desk, due string) {
	l.t.Helper()
	err := l.c.DB.Tx(l.t.Context(), func(tx *db.Tx) error {
		return File(l.t.Context(), tx, Task{
			Kind: kind, Subject: subject, For: desk, Title: Say("org.task.title", "Andi Wijaya"), Button: "org.task.button",
			Link: "/skp/" + subject, Due: due, At: *l.clock,
		})
	})
	if err != nil {
		l.t.Fatal(err)
	}
}

func TestOneLetterADayAtEachStep(t *testing.T) {
	eachLetterbox(t, func(l letterbox) {
		l.file("appraisal.plan.agree", "p1", "dewi", "2026-12-15")
		l.file("appraisal.plan.agree", "p2", "rina", "2026-12-15")
		for _, c := range []struct {
			day  string
			want int
		}{
			{"2026-11-10", 0}, {"2026-11-15", 1}, {"2026-11-15", 0}, {"2026-11-20", 0}, {"2026-12-08", 1}, {"2026-12-14", 1}, {"2026-12-15", 0}, {"2026-12-16", 1}, {"2026-12-17", 0},
		} {
			if got := l.on(c.day); len(got) != c.want {
				l.t.Fatalf("%s: %d letters, want %d", c.day, len(got), c.want)
			}
		}
	})
}

func TestALetterLeadsThereAndNamesNobody(t *testing.T) {
	eachLetterbox(t, func(l letterbox) {
		l.file("appraisal.plan.agree", "p1", "dewi", "2026-11-20")
		l.file("org.unit.decide", "u1", "dewi", "")
		got := l.on("2026-11-01")
		if len(got) != 1 {
			l.t.Fatalf("%d letters", len(got))
		}
		for _, want := range []string{"https://kota.go.id/skp/p1", "https://kota.go.id/skp/u1", "https://kota.go.id/pemberitahuan", "2 hal menunggu Anda"} {
			if !strings.Contains(got[0], want) {
				l.t.Errorf("the letter lacks %q:\n%s", want, got[0])
			}
		}
		if strings.Contains(got[0], "Andi") {
			l.t.Errorf("the letter names somebody:\n%s", got[0])
		}
	})
}

func TestKindsCanBeSwitchedOff(t *testing.T) {
	eachLetterbox(t, func(l letterbox) {
		dewi := account.Actor{ID: "acc-dewi", PersonID: "dewi"}
		l.file("appraisal.plan.agree", "p1", "dewi", "2026-11-20")
		l.file("org.unit.decide", "u1", "dewi", "")
		groups, err := l.Groups(l.t.Context())
		if err != nil || len(groups) != 2 || groups[0].Kind != "appraisal.plan" {
			l.t.Fatalf("groups %+v, %v", groups, err)
		}
		if err := l.SetQuiet(l.t.Context(), dewi, []string{"appraisal.plan"}); err != nil {
			l.t.Fatal(err)
		}
		got := l.on("2026-11-01")
		if len(got) != 1 || strings.Contains(got[0], "/skp/p1") || !strings.Contains(got[0], "/skp/u1") {
			l.t.Errorf("with one kind off: %v", got)
		}
		if err := l.SetQuiet(l.t.Context(), dewi, []string{""}); err != nil {
			l.t.Fatal(err)
		}
		if got := l.on("2026-11-14"); len(got) != 0 {
			l.t.Errorf("with all off: %v", got)
		}
		if err := l.SetQuiet(l.t.Context(), account.Actor{}, nil); err == nil {
			l.t.Error("nobody may keep a choice")
		}
	})
}

// What waits for a role reaches everybody who holds it for the unit, once.
func TestARolesDeskIsToldOfToo(t *testing.T) {
	eachLetterbox(t, func(l letterbox) {
		l.fileFor("org.unit.decide", "whole", Role(account.HR, ""), "")
		l.fileFor("org.unit.decide", "field", Role(account.HR, "daftar"), "")
		l.fileFor("appraisal.plan.draft", "office", Role(account.PerformanceOfficer, "capil"), "")
		l.fileFor("appraisal.plan.draft", "elsewhere", Role(account.PerformanceOfficer, "rsud"), "")
		l.fileFor("ledger.check", "audit", Role(account.Auditor, ""), "")
		var hr, capil string
		got := l.on("2026-11-01")
		for _, letter := range got {
			switch {
			case strings.Contains(letter, "hr@contoh.id"):
				hr = letter
			case strings.Contains(letter, "capil@contoh.id"):
				capil = letter
			}
		}
		for _, x := range []struct {
			letter, subject string
			has             bool
		}{
			{hr, "whole", true},
			{hr, "field", true},
			{hr, "office", false},
			{capil, "whole", false},
			{capil, "field", true},
			{capil, "office", true},
			{capil, "elsewhere", false},
			{capil, "audit", false},
		} {
			if strings.Contains(x.letter, "/skp/"+x.subject) != x.has {
				l.t.Errorf("%s: want %v in\n%s", x.subject, x.has, x.letter)
			}
		}
		if again := l.on("2026-11-02"); len(got) != 2 || len(again) != 0 {
			l.t.Errorf("%d letters, then %d", len(got), len(again))
		}
	})
}

func TestARolesLettersCanBeSwitchedOff(t *testing.T) {
	eachLetterbox(t, func(l letterbox) {
		l.fileFor("org.unit.decide", "whole", Role(account.HR, ""), "")
		l.fileFor("appraisal.plan.draft", "other", Role(account.HR, ""), "")
		if err := l.SetQuiet(l.t.Context(), account.Actor{ID: "acc-hr"}, []string{"org.unit"}); err != nil {
			l.t.Fatal(err)
		}
		got := l.on("2026-11-01")
		if len(got) != 1 || strings.Contains(got[0], "/skp/whole") || !strings.Contains(got[0], "/skp/other") {
			l.t.Errorf("%v", got)
		}
	})
}
