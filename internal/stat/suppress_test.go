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

func TestSuppressTableLeavesNothingExposed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cols := rapid.IntRange(1, 5).Draw(t, "columns")
		row := rapid.SliceOfN(rapid.IntRange(0, 20), cols, cols)
		counts := rapid.SliceOfN(row, 1, 5).Draw(t, "counts")
		hidden := SuppressTable(counts, 5)
		for r := range counts {
			for c, n := range counts[r] {
				if n > 0 && n < 5 && !hidden[r][c] {
					t.Fatalf("cell of %d is shown", n)
				}
				if hidden[r][c] && n == 0 {
					t.Fatal("an empty cell is hidden")
				}
			}
		}
		if Exposed(hidden) && coverable(counts) {
			t.Fatalf("%v hidden as %v can be worked out", counts, hidden)
		}
	})
}

// coverable reports whether the table has no row and no column with a single
// filled cell; with one, its total says it anyway.
func coverable(counts [][]int) bool {
	cols := make([]int, len(counts[0]))
	for _, row := range counts {
		filled := 0
		for c, n := range row {
			if n > 0 {
				filled++
				cols[c]++
			}
		}
		if filled < 2 {
			return false
		}
	}
	return !slices.Contains(cols, 1) && !slices.Contains(cols, 0) && full(counts)
}

func full(counts [][]int) bool {
	for _, row := range counts {
		if slices.Contains(row, 0) {
			return false
		}
	}
	return len(counts) > 1 && len(counts[0]) > 1
}

func TestOneSmallCellHidesThreeMore(t *testing.T) {
	hidden := SuppressTable([][]int{{3, 20, 30}, {25, 18, 40}, {50, 60, 70}}, 5)
	want := [][]bool{{true, true, false}, {true, true, false}, {false, false, false}}
	for r := range want {
		if !slices.Equal(hidden[r], want[r]) {
			t.Fatalf("got %v", hidden)
		}
	}
}
