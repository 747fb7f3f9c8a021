package talent

import (
	"strconv"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Performance is the rating of performance on the vertical axis.
type Performance string

// The ratings of performance.
const (
	Above Performance = "di_atas"
	Meets Performance = "sesuai"
	Below Performance = "di_bawah"
)

// Potential is the level of potential on the horizontal axis.
type Potential string

// The levels of potential.
const (
	High   Potential = "tinggi"
	Medium Potential = "menengah"
	Low    Potential = "rendah"
)

// BoxRule is the grid of the nine talent boxes and what is recommended for
// each.
type BoxRule struct {
	rulebook.Head      `json:"-"`
	Succession         []int                             `json:"succession"`
	NationalSuccession []int                             `json:"national_succession"`
	Matrix             map[Performance]map[Potential]int `json:"matrix"`
	Treatment          map[string][]rulebook.Word        `json:"treatment"`
}

// boxes is how many boxes there are.
const boxes = 9

// RuleID names the rule.
func (BoxRule) RuleID() string { return "talent-box" }

// Check reports a cell without a box, two cells with the same box, and a box
// without a treatment.
func (r BoxRule) Check() error {
	var wrong fault.Fields
	seen := map[int]bool{}
	for _, y := range []Performance{Above, Meets, Below} {
		for _, x := range []Potential{High, Medium, Low} {
			box := r.Matrix[y][x]
			wrong.Check(box >= 1 && box <= boxes && !seen[box], "matrix."+string(y)+"."+string(x), "rulebook.value.word")
			seen[box] = true
		}
	}
	for box := 1; box <= boxes; box++ {
		code := strconv.Itoa(box)
		wrong.Check(len(r.Treatment[code]) > 0, "treatment."+code, "rulebook.value.missing")
	}
	return wrong.Err()
}

// Of returns the box, 1 to 9, or 0 when one of the words is unknown.
func (r BoxRule) Of(performance Performance, potential Potential) int {
	return r.Matrix[performance][potential]
}

// TreatmentOf returns what is recommended for a box.
func (r BoxRule) TreatmentOf(box int) []rulebook.Word { return r.Treatment[strconv.Itoa(box)] }

// Explain returns the box and the way to it.
func (r BoxRule) Explain(performance Performance, potential Potential) (int, rulebook.Because) {
	box := r.Of(performance, potential)
	return box, rulebook.Because{
		{Key: "rulebook.step.talent_box.performance", Value: rulebook.Word(performance), Source: r.Cite()},
		{Key: "rulebook.step.talent_box.potential", Value: rulebook.Word(potential), Source: r.Cite()},
		{Key: "rulebook.step.talent_box.box", Value: box, Source: r.Cite()},
	}
}

func evalBox(r BoxRule, in *rulebook.Input) (any, rulebook.Because, error) {
	performance := Performance(in.Word("performance", []string{string(Above), string(Meets), string(Below)}))
	potential := Potential(in.Word("potential", []string{string(High), string(Medium), string(Low)}))
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	box, because := r.Explain(performance, potential)
	return box, because, nil
}
