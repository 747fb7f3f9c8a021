package rulebook

import (
	"bytes"
	"os"
	"testing"
	"testing/fstest"

	"github.com/gurindam/gurindam/internal/fault"
)

// speed is a rule made for these tests.
type speed struct {
	Head  `json:"-"`
	Limit Num            `json:"limit"`
	Town  map[string]Num `json:"town"`
	Bands Bands          `json:"bands"`
}

func (speed) RuleID() string { return "speed" }

func (s speed) Check() error { return s.Bands.Check("bands") }

const speedFile = `
id = "speed"
title = { id = "Kecepatan", en = "Speed" }
open = ["town"]

[[version]]
from = "2020-01-01"
certainty = "primary"
regulation = "UU 1/2020"
article = "Pasal 2"
words = { id = "Batas kecepatan.", en = "The speed limit." }
[version.values]
limit = 50
town = { harbour = 30.5 }
bands = [{ code = "fast", from = 80 }, { code = "slow", from = 0 }]

[[version]]
from = "2024-07-01"
known = "2024-08-15"
certainty = "secondary"
regulation = "UU 9/2024"
words = { id = "Batas baru.", en = "A new limit." }
[version.values]
limit = 60
town = { harbour = 20 }
bands = [{ code = "fast", from = 90 }, { code = "slow", from = 0 }]
`

func speedLibrary(t *testing.T) *Library {
	t.Helper()
	l, err := readLibrary(fstest.MapFS{
		"book.toml":  {Data: []byte("id = \"uji\"\nversion = \"1\"\n")},
		"speed.toml": {Data: []byte(speedFile)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func overlay(t *testing.T, text string) Overlay {
	t.Helper()
	o, err := ParseOverlay([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

const harbour = `
id = "kota"
version = "7"

[[override]]
rule = "speed"
value = "town.harbour"
set = 10
from = "2023-01-01"
until = "2023-12-31"
known = "2023-03-01"
decision = "Perwako 4/2022"
decided = "2022-12-20"

[[override]]
rule = "speed"
value = "bands.fast.from"
set = 70
from = "2023-06-01"
decision = "Perwako 9/2023"
decided = "2023-05-30"

[[override]]
rule = "speed"
value = "town.school"
set = 5
from = "2023-06-01"
decision = "Perwako 9/2023"
decided = "2023-05-30"
`

func TestAVersionHoldsFromItsDayAndAnOverrideOnTopOfIt(t *testing.T) {
	l, err := speedLibrary(t).With(overlay(t, harbour))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		day, known           Day
		limit, harbour, fast string
		cite                 string
	}{
		{"2020-01-01", "", "50", "30.5", "80", "UU 1/2020, Pasal 2"},
		{"2022-12-31", "", "50", "30.5", "80", "UU 1/2020, Pasal 2"},
		{"2023-01-01", "", "50", "10", "80", "UU 1/2020, Pasal 2; Perwako 4/2022"},
		{"2023-02-01", "2023-02-01", "50", "30.5", "80", "UU 1/2020, Pasal 2"}, // decided, not yet entered
		{"2023-02-01", "2023-03-01", "50", "10", "80", "UU 1/2020, Pasal 2; Perwako 4/2022"},
		{"2023-12-31", "", "50", "10", "70", "UU 1/2020, Pasal 2; Perwako 4/2022; Perwako 9/2023"},
		{"2024-01-01", "", "50", "30.5", "70", "UU 1/2020, Pasal 2; Perwako 9/2023"},
		{"2024-07-01", "2024-07-31", "50", "30.5", "70", "UU 1/2020, Pasal 2; Perwako 9/2023"},
		{"2024-07-01", "2024-08-15", "60", "20", "70", "UU 9/2024; Perwako 9/2023"}, // the override outlives the version
	} {
		b, err := l.At(c.day, c.known)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Load[speed](b)
		if err != nil {
			t.Fatal(err)
		}
		if s.Limit.String() != c.limit || s.Town["harbour"].String() != c.harbour || s.Bands[0].From.String() != c.fast || s.Cite() != c.cite {
			t.Errorf("%s as known %s: %s %s %s %q", c.day, c.known, s.Limit, s.Town["harbour"], s.Bands[0].From, s.Cite())
		}
	}
}

func TestARuleIsAbsentBeforeItsFirstVersion(t *testing.T) {
	b, err := speedLibrary(t).At("2019-12-31", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load[speed](b); !fault.Is(err, fault.NotFound) {
		t.Fatalf("got %v", err)
	}
	if _, err := speedLibrary(t).At("31-12-2019", ""); !fault.Is(err, fault.Invalid) {
		t.Fatalf("got %v", err)
	}
}

func TestABookIsItsBytes(t *testing.T) {
	national := speedLibrary(t)
	own, err := national.With(overlay(t, harbour))
	if err != nil {
		t.Fatal(err)
	}
	book := func(l *Library, day, known Day) *Book {
		b, err := l.At(day, known)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	first, same := book(own, "2023-06-01", ""), book(own, "2023-12-31", "")
	if first.Hash() != same.Hash() || !bytes.Equal(first.Bytes(), same.Bytes()) {
		t.Error("the same rules on two days must be the same book")
	}
	for _, other := range []*Book{book(own, "2024-01-01", ""), book(own, "2024-07-01", ""), book(national, "2023-06-01", "")} {
		if other.Hash() == first.Hash() {
			t.Errorf("another book has the same hash: %s", other.Bytes())
		}
	}
	back, err := ReadBook(first.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	a, errA := Load[speed](first)
	b, errB := Load[speed](back)
	if back.Hash() != first.Hash() || back.String() != "uji+kota 1+7" || errA != nil || errB != nil || a.Cite() != b.Cite() || !a.Town["school"].Equal(b.Town["school"]) {
		t.Errorf("the book changed on its way: %s", back.Bytes())
	}
	if len(b.Changes) != 3 || b.Changes[2].Was != nil || b.Changes[1].Was.String() != "80" {
		t.Errorf("changes: %v", b.Changes)
	}
}

func TestReadBookRefusesWhatBytesNeverWrote(t *testing.T) {
	b, err := speedLibrary(t).At("2023-01-01", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{
		nil, []byte("{}"), []byte("[1]"), append(b.Bytes(), ' '), bytes.Replace(b.Bytes(), []byte(`"rules"`), []byte(`"rulez"`), 1),
		bytes.Replace(b.Bytes(), []byte(`"limit":50`), []byte(`"limit":5e1`), 1),
	} {
		if _, err := ReadBook(data); !fault.Is(err, fault.Invalid) {
			t.Errorf("%.60s: got %v", data, err)
		}
	}
}

func TestTheNationalRulesReadBack(t *testing.T) {
	l, err := National()
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.At("2026-11-23", "")
	if err != nil {
		t.Fatal(err)
	}
	back, err := ReadBook(b.Bytes())
	if err != nil || back.Hash() != b.Hash() || len(back.RuleIDs()) == 0 {
		t.Fatalf("got %v %v", back, err)
	}
}

func TestTheSampleIsReadAndHolds(t *testing.T) {
	data, err := os.ReadFile("sample.toml")
	if err != nil {
		t.Fatal(err)
	}
	national, err := National()
	if err != nil {
		t.Fatal(err)
	}
	l, err := national.With(overlay(t, string(data)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.At("2026-11-23", "")
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Values("workload").Map["effective"].Map["year"].String(); got != "72000" {
		t.Errorf("effective minutes: %s", got)
	}
	if b.Values("talent-score").Map["presets"].Map["kota-contoh"] == nil {
		t.Error("the sample's own preset is missing")
	}
}
