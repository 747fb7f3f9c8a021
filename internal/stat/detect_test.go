package stat

import (
	"slices"
	"testing"
)

func TestMedianAndJump(t *testing.T) {
	near(t, "median of none", Median(nil), 0, 0)
	near(t, "median", Median([]float64{3, 1, 2, 10}), 2.5, 0)
	past := []float64{78, 79, 78.5, 80, 77.5}
	if j := Jump(past, 79.5, 1); j > 2 {
		t.Errorf("an ordinary quarter jumps by %v", j)
	}
	if j := Jump(past, 99, 1); j < 10 {
		t.Errorf("from 79 to 99 is only %v", j)
	}
	if j := Jump(past[:2], 99, 1); j != 0 {
		t.Errorf("two quarters are no past, got %v", j)
	}
	near(t, "a quiet past is measured by the floor", Jump([]float64{80, 80, 80}, 82, 1), 2, 1e-12)
}

func TestBursts(t *testing.T) {
	day := []int{4, 6, 5, 3, 7, 5, 60, 4, 6}
	if got := Bursts(day, 0.3, 0.001); !slices.Equal(got, []int{6}) {
		t.Errorf("got %v", got)
	}
	if got := Bursts([]int{4, 6, 5, 3, 9, 5}, 0, 0.001); got != nil {
		t.Errorf("an ordinary week bursts at %v", got)
	}
	if got := Bursts(nil, 0, 0.01); got != nil {
		t.Errorf("nothing bursts at %v", got)
	}
}

func TestStraightLine(t *testing.T) {
	for _, c := range []struct {
		answers []uint8
		want    bool
	}{
		{[]uint8{4, 4, 4, 4, 4, 4, 4, 4, 4}, true},
		{[]uint8{4, 4, 0, 4, 4, 4, 4, 4, 4}, true},
		{[]uint8{4, 4, 3, 4, 4, 4, 4, 4, 4}, false},
		{[]uint8{4, 0, 0, 0, 0, 0, 0, 0, 0}, false},
	} {
		if got := StraightLine(c.answers, 5); got != c.want {
			t.Errorf("%v: %v", c.answers, got)
		}
	}
}

func TestSimilarity(t *testing.T) {
	near(t, "same words", Similarity("Antre lama sekali!", "antre  lama sekali"), 1, 0)
	near(t, "silence", Similarity("", ""), 0, 0)
	if s := Similarity("Petugas ramah dan cepat", "Ruang tunggu panas"); s > 0.3 {
		t.Errorf("different texts are alike by %v", s)
	}
	if s := Similarity("Pelayanan sangat memuaskan sekali", "Pelayanan sangat memuaskan"); s < 0.7 {
		t.Errorf("near copies are alike by only %v", s)
	}
	near(t, "short", Similarity("ok", "OK."), 1, 0)
}
