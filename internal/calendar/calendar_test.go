package calendar

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func nationalCalendar(t *testing.T) *Calendar {
	t.Helper()
	c, err := National()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAddWorking(t *testing.T) {
	c := nationalCalendar(t)
	for _, k := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-23", 5, "2026-11-30"},  // Monday to Monday
		{"2026-11-20", 1, "2026-11-23"},  // over a weekend
		{"2026-03-17", 1, "2026-03-25"},  // Nyepi and Lebaran with collective leave
		{"2026-12-23", 1, "2026-12-28"},  // Christmas
		{"2026-08-15", 0, "2026-08-18"},  // Saturday, Sunday, Independence Day
		{"2026-11-24", 0, "2026-11-24"},  // already a working day
		{"2026-11-23", -1, "2026-11-20"}, // backwards
		{"2025-08-15", 1, "2025-08-19"},  // the leave that was added later
		{"2026-09-01", 14, "2026-09-21"}, // an ordinary complaint
		{"2026-09-01", 60, "2026-11-24"}, // one of oversight grade
		{"2026-12-30", 2, "2027-01-04"},  // over the year's end
		{"2026-05-26", 3, "2026-06-03"},  // Iduladha, Waisak, Pancasila
		{"2026-02-13", 1, "2026-02-18"},  // Imlek
		{"2026-06-15", 1, "2026-06-17"},  // Muharam
		{"2025-12-24", 1, "2025-12-29"},  // Christmas 2025
		{"2025-03-27", 1, "2025-04-08"},  // Lebaran 2025
	} {
		got, err := c.AddWorking(k.from, k.n)
		if err != nil || got != k.want {
			t.Errorf("%s + %d: %s %v, want %s", k.from, k.n, got, err, k.want)
		}
	}
}

func TestWrongDatesAreRefused(t *testing.T) {
	c := nationalCalendar(t)
	if _, err := c.AddWorking("23/11/2026", 1); err == nil {
		t.Error("a date in another form must be refused")
	}
	if _, err := c.WorkingBetween("2026-11-23", "soon"); err == nil {
		t.Error("no date must be refused")
	}
	if _, err := Days("x", "2026-11-23"); err == nil {
		t.Error("no date must be refused")
	}
	if c.Working("2026-02-30") {
		t.Error("30 February is no working day")
	}
}

func TestAddAndCountAgree(t *testing.T) {
	c := nationalCalendar(t)
	start := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		from := start.AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, "day")).Format(time.DateOnly)
		n := rapid.IntRange(1, 60).Draw(t, "n")
		to, err := c.AddWorking(from, n)
		if err != nil {
			t.Fatal(err)
		}
		if !c.Working(to) {
			t.Fatalf("%s is not worked", to)
		}
		back, err := c.WorkingBetween(from, to)
		if err != nil || back != n {
			t.Fatalf("%s + %d = %s, counted %d", from, n, to, back)
		}
		if rev, _ := c.WorkingBetween(to, from); rev > 0 {
			t.Fatalf("backwards counts %d", rev)
		}
	})
}

func TestCertaintySaysWhenADeadlineMayMove(t *testing.T) {
	c := nationalCalendar(t)
	if got := c.Certainty("2026-01-01", "2026-12-31"); got != "secondary" {
		t.Errorf("2026 is %s", got)
	}
	if got := c.Certainty("2026-12-01", "2027-02-01"); got != Unverified {
		t.Errorf("into 2027 is %s", got)
	}
	if got := c.Certainty("2031-12-01", "2031-12-02"); got != Unverified {
		t.Errorf("2031 is %s", got)
	}
}

func TestReadRefusesContradictions(t *testing.T) {
	for name, text := range map[string]string{
		"year twice":     "[[year]]\nyear = 2030\n[[year]]\nyear = 2030\n",
		"other year":     "[[year]]\nyear = 2030\ndays = [{date = \"2031-01-01\", kind = \"libur\"}]\n",
		"day twice":      "[[year]]\nyear = 2030\ndays = [{date = \"2030-01-01\", kind = \"libur\"}, {date = \"2030-01-01\", kind = \"cuti\"}]\n",
		"unknown kind":   "[[year]]\nyear = 2030\ndays = [{date = \"2030-01-01\", kind = \"party\"}]\n",
		"no such date":   "[[year]]\nyear = 2030\ndays = [{date = \"2030-02-30\", kind = \"libur\"}]\n",
		"not even TOML":  "[[year",
		"date of a word": "[[year]]\nyear = 2030\ndays = [{date = \"soon\", kind = \"libur\"}]\n",
	} {
		if _, err := Read(strings.NewReader(text)); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestOffAndDays(t *testing.T) {
	c := nationalCalendar(t)
	if d, ok := c.Off("2026-08-17"); !ok || d.Kind != Holiday {
		t.Errorf("17 August is %+v", d)
	}
	if _, ok := c.Off("2026-08-18"); ok {
		t.Error("18 August 2026 is worked")
	}
	if n, err := Days("2026-11-23", "2026-12-23"); err != nil || n != 30 {
		t.Errorf("a month has %d days", n)
	}
	var none Calendar
	if !none.Working("2026-08-17") || none.Working("2026-08-15") {
		t.Error("the zero calendar knows weekends only")
	}
}
