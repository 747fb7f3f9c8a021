package rulebook

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRoundingIsHalfUpAndHappensOnce(t *testing.T) {
	for _, c := range []struct {
		in     string
		places int
		want   string
	}{
		{"9.375", 2, "9.38"},
		{"3.125", 2, "3.13"},
		{"2.8125", 2, "2.81"},
		{"5.625", 2, "5.63"},
		{"1.875", 2, "1.88"},
		{"0.9375", 2, "0.94"},
		{"2.5", 0, "3"},
		{"-2.5", 0, "-3"},
		{"1.4449", 2, "1.44"},
		{"0.005", 2, "0.01"},
		{"0.0049999", 2, "0"},
		{"100", 2, "100"},
	} {
		n, err := ParseNum(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := n.Round(c.places).String(); got != c.want {
			t.Errorf("%s to %d places: got %s, want %s", c.in, c.places, got, c.want)
		}
	}
}

func TestNumbersAreExact(t *testing.T) {
	third := Ratio(1, 3)
	if sum := third.Add(third).Add(third); sum.String() != "1" {
		t.Errorf("three thirds are %s", sum)
	}
	if got := Ratio(125, 9).String(); got != "125/9" {
		t.Errorf("what no decimal can hold must stay a fraction, got %s", got)
	}
	if got, _ := json.Marshal([]any{Ratio(125, 9), Ratio(1, 8), Int(7).Figure(2), Num{}}); string(got) != `["125/9",0.125,7.00,0]` {
		t.Errorf("got %s", got)
	}
}

func TestCeilAndFloor(t *testing.T) {
	for in, want := range map[string][2]string{
		"1": {"1", "1"}, "1.00001": {"2", "1"}, "0.9999": {"1", "0"}, "0": {"0", "0"}, "-1.5": {"-1", "-2"},
	} {
		n, _ := ParseNum(in)
		if n.Ceil().String() != want[0] || n.Floor().String() != want[1] {
			t.Errorf("%s: got %s and %s, want %v", in, n.Ceil(), n.Floor(), want)
		}
	}
}

func TestParseNumRefusesWhatIsNoNumber(t *testing.T) {
	for _, s := range []string{
		"", " ", "NaN", "Inf", "-", "+1", ".5", "1/3", "0x10", "1_000", "1,5", "1e", "e5", "1e999999999", "1e16",
		"1e-16", "--1", "1.2.3", strings.Repeat("9", 41), "１",
	} {
		if n, err := ParseNum(s); err == nil {
			t.Errorf("%q was read as %s", s, n)
		}
	}
}

func TestAWrittenNumberIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := Ratio(rapid.Int64Range(-1e12, 1e12).Draw(t, "units"), 10000)
		back, err := ParseNum(n.String())
		if err != nil || !back.Equal(n) {
			t.Fatalf("%s came back as %s (%v)", n, back, err)
		}
		if !n.Add(Int(5)).Sub(Int(5)).Equal(n) || !n.Mul(Int(9)).Quo(Int(9)).Equal(n) {
			t.Fatalf("%s changed on the way", n)
		}
		rounded := n.Round(2)
		if half := Ratio(1, 200); half.Less(rounded.Sub(n)) || half.Less(n.Sub(rounded)) {
			t.Fatalf("%s was rounded to %s", n, rounded)
		}
	})
}
