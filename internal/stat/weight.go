package stat

import (
	"fmt"
	"math"
)

// Kish returns the effective number of respondents under the given weights:
// (Σw)²/Σw². It is 0 when there are none.
func Kish(weights []float64) float64 {
	var sum, squares float64
	for _, w := range weights {
		sum += w
		squares += w * w
	}
	if squares == 0 {
		return 0
	}
	return sum * sum / squares
}

// Margin is one known total to fit weights to: for each respondent the
// category he or she is in (−1: not told), and for each category the number of
// people it has in truth (visitors by sex, by place …).
type Margin struct {
	Name     string
	Category []int
	Total    []float64
}

// EmptyCategoryError says that a margin knows people of a category in which
// nobody answered; no weight can mend that, categories must be joined.
type EmptyCategoryError struct {
	Margin   string
	Category int
}

// Error names the margin and the category, for logs.
func (e *EmptyCategoryError) Error() string {
	return fmt.Sprintf("stat: margin %s: nobody answered in category %d", e.Margin, e.Category)
}

// Raking is the outcome of Rake.
type Raking struct {
	Weights   []float64 // mean 1
	Rounds    int
	Converged bool
	Cut       int // respondents whose weight the ceiling cut
}

const (
	rakeRounds    = 200
	rakeTolerance = 1e-9
)

// Rake fits weights to margins by iterative proportional fitting, beginning
// with equal ones. Only the proportions of a margin count. At the end weights
// above ceiling times the mean are cut (0: no ceiling) and the rest is raised
// in proportion: one lonely respondent must not speak for a hundred, at the
// price of missing the margin. Respondents who did not tell their category
// keep their weight in that margin.
func Rake(respondents int, margins []Margin, ceiling float64) (Raking, error) {
	r := Raking{Weights: make([]float64, respondents)}
	for i := range r.Weights {
		r.Weights[i] = 1
	}
	for _, m := range margins {
		if err := m.check(respondents); err != nil {
			return Raking{}, err
		}
	}
	for r.Rounds < rakeRounds && !r.Converged && len(margins) > 0 {
		r.Rounds++
		var change float64
		for _, m := range margins {
			change = max(change, m.fit(r.Weights))
		}
		r.Converged = change < rakeTolerance
	}
	r.Cut = cut(r.Weights, ceiling)
	return r, nil
}

func (m Margin) check(respondents int) error {
	if len(m.Category) != respondents {
		return fmt.Errorf("stat: margin %s has %d categories for %d respondents", m.Name, len(m.Category), respondents)
	}
	seen := make([]bool, len(m.Total))
	for _, c := range m.Category {
		if c >= len(m.Total) {
			return fmt.Errorf("stat: margin %s has no category %d", m.Name, c)
		}
		if c >= 0 {
			seen[c] = true
		}
	}
	for c, total := range m.Total {
		if total > 0 && !seen[c] {
			return &EmptyCategoryError{m.Name, c}
		}
	}
	return nil
}

// fit scales the weights of each category to its share and returns the
// largest relative change.
func (m Margin) fit(weights []float64) float64 {
	have := make([]float64, len(m.Total))
	var told, total float64
	for i, c := range m.Category {
		if c >= 0 {
			have[c] += weights[i]
			told += weights[i]
		}
	}
	for _, t := range m.Total {
		total += t
	}
	if told == 0 || total == 0 {
		return 0
	}
	var change float64
	factor := make([]float64, len(m.Total))
	for c, t := range m.Total {
		factor[c] = 1
		if have[c] > 0 {
			factor[c] = t / total * told / have[c]
			change = max(change, math.Abs(factor[c]-1))
		}
	}
	for i, c := range m.Category {
		if c >= 0 {
			weights[i] *= factor[c]
		}
	}
	return change
}

// cut lowers weights above ceiling (times the mean of 1) and raises the others
// until none is above; it returns how many were cut.
func cut(weights []float64, ceiling float64) int {
	if ceiling <= 1 {
		return 0
	}
	capped := make([]bool, len(weights))
	for {
		var free, held float64
		again := false
		for i, w := range weights {
			if !capped[i] && w > ceiling {
				capped[i], again = true, true
			}
			if capped[i] {
				held += ceiling
			} else {
				free += w
			}
		}
		if !again {
			return count(capped)
		}
		factor := (float64(len(weights)) - held) / free
		for i := range weights {
			if capped[i] {
				weights[i] = ceiling
			} else {
				weights[i] *= factor
			}
		}
	}
}

func count(flags []bool) int {
	n := 0
	for _, f := range flags {
		if f {
			n++
		}
	}
	return n
}

// WeightedIndex is Moments.Index for respondents of unequal weight: answers
// holds one row a respondent, 0 for an unanswered element.
func WeightedIndex(answers [][]uint8, respondent, element []float64, population int) Estimate {
	if len(answers) == 0 {
		return Estimate{}
	}
	k := len(answers[0])
	sum, weight := make([]float64, k), make([]float64, k)
	var all float64
	for i, row := range answers {
		all += respondent[i]
		for e, x := range row {
			if x > 0 {
				sum[e] += respondent[i] * float64(x)
				weight[e] += respondent[i]
			}
		}
	}
	est := Estimate{N: len(answers), Effective: Kish(respondent)}
	for e := range k {
		if weight[e] == 0 {
			return Estimate{}
		}
		est.Mean += weightOf(element, e, k) * sum[e] / weight[e]
	}
	if est.Known() {
		est.SE = weightedError(answers, respondent, element, sum, weight, all, population)
	}
	return est
}

func weightedError(answers [][]uint8, respondent, element, sum, weight []float64, all float64, population int) float64 {
	n, k := len(answers), len(sum)
	var squares float64
	for i, row := range answers {
		var z float64
		for e, x := range row {
			if x > 0 {
				z += weightOf(element, e, k) * all / weight[e] * (float64(x) - sum[e]/weight[e])
			}
		}
		z *= respondent[i] / all * float64(n)
		squares += z * z
	}
	v := spread(squares/float64(n-1), n, 1)
	return math.Sqrt(v / float64(n) * FiniteCorrection(n, population))
}
