package stat

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSuppress(t *testing.T) {
	for _, c := range []struct {
		counts []int
		want   []bool
	}{
		{[]int{20, 30, 40}, []bool{false, false, false}},
		{[]int{20, 3, 40}, []bool{true, true, false}},
		{[]int{2, 2, 40, 9}, []bool{true, true, false, true}},
		{[]int{4, 4, 40}, []bool{true, true, true}},
		{[]int{0, 3, 8, 40}, []bool{false, true, true, false}},
		{[]int{3}, []bool{true}},
		{nil, []bool{}},
	} {
		got := Suppress(c.counts, 10)
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.counts, got, c.want)
		}
	}
}

func TestSuppressNeverLeavesOneHiddenGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOf(rapid.IntRange(0, 30)).Draw(t, "counts")
		hidden := Suppress(counts, 5)
		var groups, people, filled int
		for i, n := range counts {
			if n > 0 {
				filled++
			}
			if n > 0 && n < 5 && !hidden[i] {
				t.Fatalf("group of %d is shown", n)
			}
			if hidden[i] {
				groups++
				people += n
			}
		}
		if groups == 1 && filled > 1 || groups > 0 && people < 5 && groups < filled {
			t.Fatalf("%v hidden as %v can be undone", counts, hidden)
		}
	})
}
