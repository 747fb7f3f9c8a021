package stat

import (
	"errors"
	"testing"
)

func TestKish(t *testing.T) {
	near(t, "equal weights", Kish([]float64{2, 2, 2, 2}), 4, 1e-12)
	near(t, "one speaks for nearly all", Kish([]float64{1000, 1, 1}), 1.004, 1e-3)
	near(t, "nobody", Kish(nil), 0, 0)
}

func TestRakeMeetsBothMargins(t *testing.T) {
	sex := []int{0, 0, 0, 0, 0, 0, 1, 1, -1}
	place := []int{0, 0, 0, 1, 1, 0, 0, 1, 1}
	margins := []Margin{{"sex", sex, []float64{500, 500}}, {"place", place, []float64{900, 100}}}
	r, err := Rake(len(sex), margins, 0)
	if err != nil || !r.Converged {
		t.Fatalf("%+v %v", r, err)
	}
	var men, women, town, all float64
	for i, w := range r.Weights {
		all += w
		switch sex[i] {
		case 0:
			men += w
		case 1:
			women += w
		}
		if place[i] == 0 {
			town += w
		}
	}
	near(t, "men to women", men/women, 1, 1e-6)
	near(t, "share of the town", town/all, 0.9, 1e-6)
}

func TestRakeSaysWhatItCannotDo(t *testing.T) {
	_, err := Rake(2, []Margin{{"sex", []int{0, 0}, []float64{1, 1}}}, 0)
	var empty *EmptyCategoryError
	if !errors.As(err, &empty) || empty.Category != 1 {
		t.Fatalf("got %v", err)
	}
	if _, err := Rake(2, []Margin{{"sex", []int{0}, []float64{1}}}, 0); err == nil {
		t.Fatal("a margin of another length must be refused")
	}
	if _, err := Rake(1, []Margin{{"sex", []int{3}, []float64{1}}}, 0); err == nil {
		t.Fatal("an unknown category must be refused")
	}
}

func TestRakeKeepsTheCeiling(t *testing.T) {
	cat := make([]int, 100)
	cat[0] = 1
	r, err := Rake(100, []Margin{{"place", cat, []float64{50, 50}}}, 5)
	if err != nil {
		t.Fatal(err)
	}
	var sum float64
	for _, w := range r.Weights {
		sum += w
	}
	if r.Weights[0] > 5 || r.Cut != 1 {
		t.Fatalf("the lonely respondent weighs %v, %d cut", r.Weights[0], r.Cut)
	}
	near(t, "mean weight", sum/100, 1, 1e-9)
}

func TestWeightsMoveTheIndexAndWidenTheInterval(t *testing.T) {
	var answers [][]uint8
	var weights []float64
	for i := range 100 {
		if i < 90 {
			answers, weights = append(answers, []uint8{4, uint8(3 + i%2)}), append(weights, 0.5)
		} else {
			answers, weights = append(answers, []uint8{2, uint8(2 + i%2)}), append(weights, 5.5)
		}
	}
	equal := make([]float64, 100)
	for i := range equal {
		equal[i] = 1
	}
	plain, weighed := WeightedIndex(answers, equal, nil, 0), WeightedIndex(answers, weights, nil, 0)
	if weighed.Mean >= plain.Mean || weighed.SE <= plain.SE || weighed.Effective >= 50 {
		t.Fatalf("plain %+v, weighed %+v", plain, weighed)
	}
	if e := WeightedIndex([][]uint8{{4, 0}, {3, 0}}, []float64{1, 1}, nil, 0); e.N != 0 {
		t.Fatalf("an element nobody answered leaves no index, got %+v", e)
	}
}
