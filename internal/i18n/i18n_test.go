package i18n

import (
	"testing"
	"testing/fstest"
	"time"
)

func bundle(t *testing.T) *Bundle {
	t.Helper()
	b, err := NewBundle(fstest.MapFS{
		"locale/id.toml": {Data: []byte("a.count = \"{0} jawaban\"\n[a.nested]\nwho = \"oleh {1}, {0}\"\n")},
		"locale/en.toml": {Data: []byte("a.count = {one = \"{0} answer\", other = \"{0} answers\"}\n[a.nested]\nwho = \"by {1}, {0}\"\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTFillsAndCounts(t *testing.T) {
	id, en := bundle(t).Printer(Indonesian), bundle(t).Printer(English)
	for _, c := range []struct{ got, want string }{
		{id.T("a.count", 1234), "1.234 jawaban"},
		{en.T("a.count", 1), "1 answer"},
		{en.T("a.count", 1234), "1,234 answers"},
		{id.T("a.nested.who", "x", Key("a.count")), "oleh {0} jawaban, x"},
		{id.T("missing"), "[missing]"},
		{id.T("a.count"), "{0} jawaban"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestTheSameKeyTwiceIsAnError(t *testing.T) {
	src := fstest.MapFS{"locale/id.toml": {Data: []byte("k = \"x\"")}, "locale/en.toml": {Data: []byte("k = \"x\"")}}
	if _, err := NewBundle(src, src); err == nil {
		t.Fatal("a repeated key must be refused")
	}
}

func TestNumbersAndDates(t *testing.T) {
	id, en := bundle(t).Printer(Indonesian), bundle(t).Printer(English)
	for _, c := range []struct{ got, want string }{
		{id.Num("1234.5"), "1.234,5"},
		{en.Num("1234.5"), "1,234.5"},
		{id.Num("18.7", 2), "18,70"},
		{id.Num(-5), "−5"},
		{id.Num("abc"), "abc"},
		{id.Num(0.25), "0,25"},
		{id.Rupiah(1250000), "Rp1.250.000"},
		{id.Percent("81.48"), "81,48 %"},
		{en.Percent("81.48"), "81.48%"},
		{id.Date("2026-11-23"), "23 November 2026"},
		{id.Date(""), "–"},
		{id.Date("soon"), "soon"},
		{id.LongDate("2026-11-23"), "Senin, 23 November 2026"},
		{id.Month("2026-05"), "Mei 2026"},
		{id.Period("2026-10"), "Oktober 2026"},
		{en.Period("2026-Q3"), "Quarter III 2026"},
		{id.Period("2026"), "2026"},
		{id.Moment(time.Date(2026, 11, 27, 16, 0, 0, 0, time.UTC)), "27 November 2026 pukul 16.00"},
		{id.DayMonth("2026-08-01"), "1 Agustus"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
