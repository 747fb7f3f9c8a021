package taskweb

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/web/ui"
)

func printer(t *testing.T, l i18n.Lang) *i18n.Printer {
	t.Helper()
	b, err := i18n.NewBundle(Locale, account.Locale)
	if err != nil {
		t.Fatal(err)
	}
	return b.Printer(l)
}

func TestFirstName(t *testing.T) {
	for name, want := range map[string]string{
		"Dewi Rahmawati":                 "Dewi",
		"Dr. Hj. RAJA SITI AMINAH, M.Si": "Raja",
		"drg. Ani":                       "Ani",
		"H Hasan Basri":                  "Hasan",
		"M. Arif Hidayat, S.Kom.":        "Arif",
		"IR SUTAMI":                      "Sutami",
		"Ö":                              "Ö",
		"":                               "",
		"admin":                          "admin",
		"Dr.":                            "Dr.",
		"李小龍 Bruce":                      "李小龍",
	} {
		if got := firstName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestFirstNameNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { _ = len(firstName(rapid.String().Draw(t, "name"))) })
}

func TestGreetingFollowsTheClock(t *testing.T) {
	p := printer(t, i18n.Indonesian)
	for hour, want := range map[int]string{
		3: "Selamat malam, Dewi", 4: "Selamat pagi, Dewi", 10: "Selamat pagi, Dewi", 11: "Selamat siang, Dewi",
		15: "Selamat sore, Dewi", 18: "Selamat sore, Dewi", 19: "Selamat malam, Dewi",
	} {
		if got := greeting(p, time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC), "Dewi Rahmawati"); got != want {
			t.Errorf("%d o'clock: %q", hour, got)
		}
	}
}

func TestSummary(t *testing.T) {
	due := func(days ...string) []task.Task {
		var all []task.Task
		for _, d := range days {
			all = append(all, task.Task{Due: d})
		}
		return all
	}
	for _, c := range []struct {
		total  int
		first  []task.Task
		id, en string
	}{
		{0, nil, "Tidak ada yang menunggu Anda.", "Nothing waits for you."},
		{1, due("2026-11-01"), "Satu hal menunggu Anda, dan sudah lewat waktunya.", "One thing waits for you, and is overdue."},
		{3, due("2026-11-01"), "Tiga hal menunggu Anda, ada yang sudah lewat waktunya.", "Three things wait for you, one is overdue."},
		{3, due("2026-11-26"), "Tiga hal menunggu Anda, yang pertama Kamis ini.", "Three things wait for you, the first is due this Thursday."},
		{2, due("2026-11-23"), "Dua hal menunggu Anda, yang pertama hari ini.", "Two things wait for you, the first is due today."},
		{2, due("2026-11-24"), "Dua hal menunggu Anda, yang pertama besok.", "Two things wait for you, the first is due tomorrow."},
		{1234, due("2026-12-31"), "1.234 hal menunggu Anda, yang pertama 31 Desember.", "1,234 things wait for you, the first is due on 31 December."},
		{2, due(""), "Dua hal menunggu Anda.", "Two things wait for you."},
	} {
		for l, want := range map[i18n.Lang]string{"id": "Senin, 23 November 2026 · " + c.id, "en": "Monday, 23 November 2026 · " + c.en} {
			if got := summary(printer(t, l), "2026-11-23", c.total, c.first); got != want {
				t.Errorf("%s: %q, want %q", l, got, want)
			}
		}
	}
}

func TestDesksAreNamed(t *testing.T) {
	p := printer(t, i18n.Indonesian)
	for _, c := range []struct {
		desks []task.Desk
		want  string
	}{
		{[]task.Desk{{Person: "r", Name: "Rina"}}, "menunggu Rina"},
		{[]task.Desk{{Role: account.HR}}, "menunggu Kepegawaian"},
		{[]task.Desk{{Role: account.PerformanceOfficer, Unit: "u", Name: "Disdukcapil"}}, "menunggu Pengelola kinerja, Disdukcapil"},
		{[]task.Desk{{Person: "r"}}, "menunggu jawaban"},
		{[]task.Desk{{Person: "r"}, {Person: "s"}}, "menunggu 2 orang"},
		{[]task.Desk{{Role: account.HR}, {Role: account.SysAdmin}}, "menunggu Kepegawaian atau Administrator sistem"},
		{nil, ""},
	} {
		if got := desks(p, c.desks); got != c.want {
			t.Errorf("%+v: %q, want %q", c.desks, got, c.want)
		}
	}
}

func TestRibbon(t *testing.T) {
	p := printer(t, i18n.Indonesian)
	at := func(today string) []ui.Phase { return phases(p, today, "2026-01-31", "2027-01-31") }
	autumn := at("2026-11-23")
	if len(autumn) != 4 || autumn[0].State != ui.Over || autumn[1].State != ui.Now || autumn[1].Pieces != 11 || autumn[1].Done != 9 || autumn[1].Part != 76 {
		t.Errorf("in November: %+v", autumn)
	}
	if autumn[1].Note != "Februari sampai Desember" || autumn[2].Note != "Januari 2027" || autumn[3].Note != "Februari 2027" || autumn[0].Note != "Januari, selesai" {
		t.Errorf("notes: %+v", autumn)
	}
	winter := at("2026-01-10")
	if winter[0].State != ui.Now || winter[0].Part != 32 || winter[1].State != ui.Ahead {
		t.Errorf("in January: %+v", winter)
	}
	if phases(p, "2026-11-23", "", "x") != nil {
		t.Error("a ribbon without days")
	}
}

// Whatever the day and the rules' days, exactly one phase is now, and no more
// months are behind than it has.
func TestRibbonHasOneNow(t *testing.T) {
	p := printer(t, i18n.English)
	rapid.Check(t, func(t *rapid.T) {
		day := func(label string, year, most int) string {
			return time.Date(year, 1, 1+rapid.IntRange(0, most).Draw(t, label), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		now := 0
		for _, ph := range phases(p, day("today", 2026, 364), day("plan", 2026, 300), day("evaluate", 2027, 200)) {
			if ph.State == ui.Now {
				now++
			}
			if ph.Done > max(ph.Pieces, 1) || ph.Part < 0 || ph.Part > 100 {
				t.Fatalf("phase %+v", ph)
			}
		}
		if now != 1 {
			t.Fatalf("%d phases are now", now)
		}
	})
}
