package questionnaire

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
)

func sheet() Sheet {
	return Sheet{
		Items:     []Item{{Code: "a", Groups: []string{"x", "y"}}, {Code: "b", Groups: []string{"x"}}, {Code: "c"}},
		Questions: []Item{{Code: "w"}}, Scale: 4, Letters: 10,
	}
}

func TestEachGroupIsAskedItsOwn(t *testing.T) {
	if n := len(sheet().For("x").Items); n != 3 {
		t.Errorf("x is asked %d", n)
	}
	s := sheet().For("y")
	if len(s.Items) != 2 || s.Items[0].Code != "a" || s.Items[1].Code != "c" || len(s.Questions) != 1 || s.Scale != 4 {
		t.Errorf("y: %+v", s)
	}
}

func TestWhatDoesNotBelongIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		a     Answers
		field string
	}{
		"beyond the scale": {Answers{Marks: map[string]int{"a": 5}}, "a"},
		"below":            {Answers{Marks: map[string]int{"a": 0}}, "a"},
		"unknown item":     {Answers{Marks: map[string]int{"z": 1}}, "z"},
		"unknown question": {Answers{Words: map[string]string{"a": "x"}}, "a"},
		"too long":         {Answers{Words: map[string]string{"w": strings.Repeat("é", 11)}}, "w"},
		"nothing":          {Answers{Words: map[string]string{"w": "  "}}, ""},
	} {
		_, err := sheet().Clean(c.a)
		if f, ok := err.(*fault.Error); !ok || f.Kind != fault.Invalid || len(f.Fields) == 0 || f.Fields[0].Name != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	a, err := sheet().Clean(Answers{Marks: map[string]int{"a": 4}, Words: map[string]string{"w": " ya "}})
	if err != nil || a.Words["w"] != "ya" || a.Marks["a"] != 4 {
		t.Errorf("%+v %v", a, err)
	}
}

func TestATallyIsWhatWasMarked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		marks := rapid.SliceOfN(rapid.IntRange(1, 4), 0, 40).Draw(t, "marks")
		var all []Answers
		sum := 0
		for _, m := range marks {
			all = append(all, Answers{Marks: map[string]int{"a": m}})
			sum += m
		}
		tally := sheet().Count(all)["a"]
		if tally.Answered() != len(marks) {
			t.Fatalf("%d answered, want %d", tally.Answered(), len(marks))
		}
		if n := len(marks); n > 0 {
			// half up: mean − ½ hundredth < exact ≤ …
			if d := 2*tally.Mean()*n - 200*sum; d > n || d <= -n {
				t.Fatalf("mean %d of sum %d over %d", tally.Mean(), sum, n)
			}
		} else if tally.Mean() != 0 {
			t.Fatal("a mean of nothing")
		}
	})
}
