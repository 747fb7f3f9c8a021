package stat

import "math"

// Moments are the exact integer sums over respondents that every mean,
// variance and covariance of their answers follows from, with unanswered
// questions allowed. A tally of 100,000 respondents is a few hundred bytes;
// tallies can be merged (days into a quarter) and taken away (quarantine).
type Moments struct {
	elements int
	n        int64   // respondents
	both     []int64 // [e][f] respondents who answered e and f
	sum      []int64 // [e][f] sum of the answers to e among those
	cross    []int64 // [e][f] sum of the products
}

// NewMoments returns empty moments for a questionnaire of the given number of
// elements.
func NewMoments(elements int) *Moments {
	size := elements * elements
	return &Moments{
		elements: elements,
		both:     make([]int64, size), sum: make([]int64, size), cross: make([]int64, size),
	}
}

// Elements returns the number of elements.
func (m *Moments) Elements() int { return m.elements }

// Respondents returns the number of respondents added.
func (m *Moments) Respondents() int { return int(m.n) }

// Count returns how many respondents answered element e.
func (m *Moments) Count(e int) int { return int(m.both[e*m.elements+e]) }

// Sum returns the sum of the answers to element e.
func (m *Moments) Sum(e int) int64 { return m.sum[e*m.elements+e] }

// Add counts one respondent; 0 is an unanswered element. Answers beyond the
// number of elements are ignored.
func (m *Moments) Add(answers []uint8) { m.tally(answers, 1) }

// Remove takes one respondent away again.
func (m *Moments) Remove(answers []uint8) { m.tally(answers, -1) }

func (m *Moments) tally(answers []uint8, sign int64) {
	m.n += sign
	k := min(m.elements, len(answers))
	for e := range k {
		x := int64(answers[e])
		if x == 0 {
			continue
		}
		row := e * m.elements
		for f := range k {
			y := int64(answers[f])
			if y == 0 {
				continue
			}
			m.both[row+f] += sign
			m.sum[row+f] += sign * x
			m.cross[row+f] += sign * x * y
		}
	}
}

// Merge adds the respondents of o; both must have the same number of elements.
func (m *Moments) Merge(o *Moments) { m.combine(o, 1) }

// Subtract takes the respondents of o away.
func (m *Moments) Subtract(o *Moments) { m.combine(o, -1) }

func (m *Moments) combine(o *Moments, sign int64) {
	m.n += sign * o.n
	for i := range m.both {
		m.both[i] += sign * o.both[i]
		m.sum[i] += sign * o.sum[i]
		m.cross[i] += sign * o.cross[i]
	}
}

// Element estimates the mean answer to element e among those who answered it.
func (m *Moments) Element(e, population int) Estimate {
	i := e*m.elements + e
	n := float64(m.both[i])
	if n == 0 {
		return Estimate{}
	}
	mean := float64(m.sum[i]) / n
	est := Estimate{Mean: mean, N: int(m.both[i]), Effective: n}
	if n > 1 {
		v := (float64(m.cross[i]) - n*mean*mean) / (n - 1)
		est.SE = math.Sqrt(spread(max(0, v), int(n), 1) / n * FiniteCorrection(int(n), population))
	}
	return est
}

// Index estimates the weighted mean of the elements' means. weights has one
// entry an element and sums to one; nil means equal weights. Respondents are
// the units: the variance is that of each respondent's contribution (Taylor
// linearisation), so unanswered elements are allowed. An element nobody
// answered makes the index unknown: the estimate is zero with N = 0.
func (m *Moments) Index(weights []float64, population int) Estimate {
	n := float64(m.n)
	if m.n == 0 {
		return Estimate{}
	}
	mean := make([]float64, m.elements)
	var index float64
	for e := range m.elements {
		i := e*m.elements + e
		if m.both[i] == 0 {
			return Estimate{}
		}
		mean[e] = float64(m.sum[i]) / float64(m.both[i])
		index += weightOf(weights, e, m.elements) * mean[e]
	}
	est := Estimate{Mean: index, N: int(m.n), Effective: n}
	if m.n > 1 {
		v := m.contribution(weights, mean) / (n - 1)
		est.SE = math.Sqrt(spread(max(0, v), int(m.n), 1) / n * FiniteCorrection(int(m.n), population))
	}
	return est
}

// contribution returns the sum of the squares of the respondents'
// contributions to the index.
func (m *Moments) contribution(weights, mean []float64) float64 {
	n := float64(m.n)
	var total float64
	for e := range m.elements {
		for f := range m.elements {
			share := n * n * weightOf(weights, e, m.elements) * weightOf(weights, f, m.elements) /
				(float64(m.Count(e)) * float64(m.Count(f)))
			total += share * m.covariation(e, f, mean[e], mean[f])
		}
	}
	return total
}

// covariation is the sum of (x−a)(y−b) over those who answered e and f.
func (m *Moments) covariation(e, f int, a, b float64) float64 {
	ef, fe := e*m.elements+f, f*m.elements+e
	return float64(m.cross[ef]) - b*float64(m.sum[ef]) - a*float64(m.sum[fe]) + a*b*float64(m.both[ef])
}

// ElementsDiffer reports whether the means of two elements can be told apart
// at the given confidence. The same people answered both, so the test is
// paired: it looks at those who answered both.
func (m *Moments) ElementsDiffer(e, f int, confidence float64) bool {
	ef, fe := e*m.elements+f, f*m.elements+e
	n := float64(m.both[ef])
	if n < 2 {
		return false
	}
	d := float64(m.sum[ef]-m.sum[fe]) / n
	squares := m.squares(e, f) + m.squares(f, e) - 2*float64(m.cross[ef])
	v := spread(max(0, (squares-n*d*d)/(n-1)), int(n), 1)
	return math.Abs(d) > TQuantile(n-1, confidence)*math.Sqrt(v/n)
}

// squares approximates the sum of squared answers to e among those who also
// answered f; it is exact when the same people answered both.
func (m *Moments) squares(e, f int) float64 {
	own := e*m.elements + e
	both := m.both[e*m.elements+f]
	if m.both[own] == both {
		return float64(m.cross[own])
	}
	return float64(m.cross[own]) * float64(both) / float64(m.both[own])
}

func weightOf(weights []float64, e, elements int) float64 {
	if weights == nil {
		return 1 / float64(elements)
	}
	return weights[e]
}
