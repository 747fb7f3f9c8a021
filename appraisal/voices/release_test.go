package voices

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/questionnaire"
)

func noShuffle(int, func(i, j int)) error { return nil }

func testSheet() questionnaire.Sheet {
	return questionnaire.Sheet{
		Items:     []questionnaire.Item{{Code: "a", Value: "v"}, {Code: "b", Value: "v"}, {Code: "c", Value: "w", Groups: []string{"bawahan"}}},
		Questions: []questionnaire.Item{{Code: "lanjutkan"}, {Code: "ubah"}}, Scale: 4, Letters: 600,
	}
}

var testLimits = limits{least: 5, spread: 10}

// drawAnswers makes answers of up to three buckets, with items left out.
func drawAnswers(t *rapid.T) ([]GroupCode, []Answer) {
	buckets := []GroupCode{Subordinates, Peers, Merged}[:rapid.IntRange(1, 3).Draw(t, "buckets")]
	var all []Answer
	for _, b := range buckets {
		for range rapid.IntRange(0, 12).Draw(t, "answers") {
			a := Answer{Bucket: b, Answers: questionnaire.Answers{Marks: map[string]int{}}}
			for _, code := range []string{"a", "b", "c"} {
				if m := rapid.IntRange(0, 4).Draw(t, code); m > 0 && (code != "c" || b == Subordinates) {
					a.Marks[code] = m
				}
			}
			all = append(all, a)
		}
	}
	return buckets, all
}

func figureOf(p Part, code string) Figure {
	i := slices.IndexFunc(p.Items, func(f Figure) bool { return f.Code == code })
	return p.Items[i]
}

// What is shown of an item is its total and the figures of some groups. Taking
// the shown groups off the total must leave nobody, or as many as a release
// needs.
func TestNothingBelowTheLeastNotEvenBySubtraction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		buckets, all := drawAnswers(t)
		r, ok, err := release(testSheet(), buckets, all, testLimits, noShuffle)
		if err != nil {
			t.Fatal(err)
		}
		if ok != (len(all) >= 5) {
			t.Fatalf("%d answers released: %v", len(all), ok)
		}
		if !ok {
			if r.Answers != 0 || r.Parts != nil || r.Words != nil {
				t.Fatalf("something is shown: %+v", r)
			}
			return
		}
		rest := r.Answers
		for _, p := range r.Parts[1:] {
			rest -= p.Answers
			if p.Answers < 5 {
				t.Fatalf("%s is shown with %d answers", p.Group, p.Answers)
			}
		}
		if len(r.Parts) > 1 && rest != 0 && rest < 5 {
			t.Fatalf("%d are left of the total", rest)
		}
		for _, item := range testSheet().Items {
			f := figureOf(r.Parts[0], item.Code)
			left, shown := f.Answers, 0
			for _, p := range r.Parts[1:] {
				g := figureOf(p, item.Code)
				if g.Answers > 0 && g.Answers < 5 || g.Spread != nil && g.Answers < 10 {
					t.Fatalf("%s of %s: %+v", item.Code, p.Group, g)
				}
				left -= g.Answers
				if g.Answers > 0 {
					shown++
				}
			}
			if shown > 0 && left != 0 && left < 5 {
				t.Fatalf("%s: %d are left after subtraction", item.Code, left)
			}
		}
	})
}

func TestFiguresAreWhatWasMarked(t *testing.T) {
	var all []Answer
	for i := range 12 {
		all = append(all, Answer{Bucket: Subordinates, Answers: questionnaire.Answers{Marks: map[string]int{"a": 1 + i%4, "b": 4}, Words: map[string]string{"ubah": string(rune('A' + i))}}})
	}
	r, ok, err := release(testSheet(), []GroupCode{Subordinates}, all, testLimits, noShuffle)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	a := figureOf(r.Parts[0], "a")
	if a.Answers != 12 || a.Mean != 250 || !slices.Equal(a.Spread, questionnaire.Tally{3, 3, 3, 3}) {
		t.Errorf("%+v", a)
	}
	if r.Values["v"] != 325 || r.Values["w"] != 0 || len(r.Parts) != 1 {
		t.Errorf("%+v", r)
	}
	if len(r.Words[1].Words) != 12 || len(r.Words[0].Words) != 0 {
		t.Errorf("words %+v", r.Words)
	}
}

func TestSmallGroupsAreMergedBeforeAnybodyAnswers(t *testing.T) {
	for _, c := range []struct {
		drawn []int
		want  []GroupCode
		ok    bool
	}{
		{[]int{7, 9}, []GroupCode{Subordinates, Peers}, true},
		{[]int{3, 9}, []GroupCode{Merged, Merged}, true},
		{[]int{0, 9}, []GroupCode{Subordinates, Peers}, true},
		{[]int{2, 2}, []GroupCode{Merged, Merged}, false},
	} {
		groups := []Group{{Code: Subordinates, Drawn: c.drawn[0]}, {Code: Peers, Drawn: c.drawn[1]}}
		if ok := assign(groups, 5); ok != c.ok || groups[0].Bucket != c.want[0] || groups[1].Bucket != c.want[1] {
			t.Errorf("%v: %+v %v", c.drawn, groups, ok)
		}
	}
}
