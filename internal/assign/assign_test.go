package assign

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// all lists every plan by trying everything.
func all(score [][]int64, positions int) []Plan {
	var out []Plan
	of := make([]int, len(score))
	used := make([]bool, positions)
	var walk func(c, filled int, total int64)
	walk = func(c, filled int, total int64) {
		if c == len(score) {
			out = append(out, Plan{slices.Clone(of), filled, total})
			return
		}
		of[c] = -1
		walk(c+1, filled, total)
		for p := range positions {
			if !used[p] && score[c][p] != None {
				used[p], of[c] = true, p
				walk(c+1, filled+1, total+score[c][p])
				used[p] = false
			}
		}
	}
	walk(0, 0, 0)
	slices.SortFunc(out, func(a, b Plan) int {
		switch {
		case better(a, b):
			return -1
		case better(b, a):
			return 1
		}
		return 0
	})
	return out
}

func TestBestIsWhatTryingEverythingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		candidates, positions := rapid.IntRange(0, 5).Draw(t, "candidates"), rapid.IntRange(0, 5).Draw(t, "positions")
		score := make([][]int64, candidates)
		for c := range score {
			score[c] = make([]int64, positions)
			for p := range score[c] {
				score[c][p] = rapid.Int64Range(-3, 9).Draw(t, "score")
				if rapid.IntRange(0, 3).Draw(t, "possible") == 0 {
					score[c][p] = None
				}
			}
		}
		best, second, err := Best(score, positions)
		if err != nil {
			t.Fatal(err)
		}
		want := all(score, positions)
		if best.Filled != want[0].Filled || best.Total != want[0].Total {
			t.Fatalf("best %+v, want %+v", best, want[0])
		}
		if len(want) == 1 {
			if second != nil {
				t.Fatalf("there is no second plan, got %+v", second)
			}
			return
		}
		if second == nil || second.Filled != want[1].Filled || second.Total != want[1].Total || slices.Equal(second.Of, best.Of) {
			t.Fatalf("second %+v, want %+v (best %+v)", second, want[1], best)
		}
	})
}

func TestBadMatrices(t *testing.T) {
	if _, _, err := Best([][]int64{{1}, {1, 2}}, 1); err == nil {
		t.Error("a ragged matrix must be refused")
	}
	if _, _, err := Best([][]int64{{Largest + 1}}, 1); err == nil {
		t.Error("a score beyond the largest must be refused")
	}
}

func BenchmarkBest200(b *testing.B) {
	score := make([][]int64, 200)
	for c := range score {
		score[c] = make([]int64, 200)
		for p := range score[c] {
			score[c][p] = int64((c*7919 + p*104729) % 10007)
		}
	}
	for b.Loop() {
		if _, _, err := Best(score, 200); err != nil {
			b.Fatal(err)
		}
	}
}
