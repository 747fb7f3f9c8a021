package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is a two-sided confidence interval.
type Interval struct{ Lo, Hi float64 }

// Half returns half the width of the interval, the figure after ±.
func (i Interval) Half() float64 { return (i.Hi - i.Lo) / 2 }

// Scale returns the interval with both ends multiplied by factor > 0.
func (i Interval) Scale(factor float64) Interval {
	return Interval{i.Lo * factor, i.Hi * factor}
}

// Within returns the interval cut to [lo, hi], the ends of the scale: no
// index lies above 100.
func (i Interval) Within(lo, hi float64) Interval {
	return Interval{min(max(i.Lo, lo), hi), max(min(i.Hi, hi), lo)}
}

// Overlaps reports whether two intervals have a point in common.
func (i Interval) Overlaps(o Interval) bool { return i.Lo <= o.Hi && o.Lo <= i.Hi }

// Estimate is a mean with what is known about its precision.
type Estimate struct {
	Mean      float64
	SE        float64 // standard error of Mean, finite population included
	N         int     // respondents
	Effective float64 // effective number of respondents, N when unweighted
}

// Known reports whether the estimate has an interval at all: one respondent
// says nothing about others.
func (e Estimate) Known() bool { return e.N >= 2 && e.Effective > 1 }

// Interval returns the t interval of the given confidence (0.95) with
// Effective − 1 degrees of freedom; ok is false when there are fewer than two
// respondents.
func (e Estimate) Interval(confidence float64) (i Interval, ok bool) {
	if !e.Known() {
		return Interval{}, false
	}
	h := TQuantile(e.Effective-1, confidence) * e.SE
	return Interval{e.Mean - h, e.Mean + h}, true
}

// Differs reports whether two independent estimates can be told apart at the
// given confidence (Welch's test). Estimates without an interval never can.
func (e Estimate) Differs(o Estimate, confidence float64) bool {
	if !e.Known() || !o.Known() {
		return false
	}
	v1, v2 := e.SE*e.SE, o.SE*o.SE
	if v1+v2 == 0 {
		return e.Mean != o.Mean
	}
	df := (v1 + v2) * (v1 + v2) / (v1*v1/(e.Effective-1) + v2*v2/(o.Effective-1))
	return math.Abs(e.Mean-o.Mean) > TQuantile(df, confidence)*math.Sqrt(v1+v2)
}

// spread returns the variance to reckon with: never less than if one more
// respondent had answered one step differently. Twenty people who all tick the
// same column do not prove that nobody thinks otherwise, and an interval of
// width zero would say so.
func spread(variance float64, n int, step float64) float64 {
	return max(variance, step*step/float64(n+1))
}

// FiniteCorrection returns 1 − n/N, the share by which the variance of a mean
// shrinks because the sample is part of a finite population: 1 when the
// population is unknown (0), and 0 when everybody answered. A sample larger
// than its population (the count was wrong) counts as everybody.
func FiniteCorrection(n, population int) float64 {
	if population <= 0 {
		return 1
	}
	return max(0, 1-float64(n)/float64(population))
}

// TQuantile returns t such that Student's t with df degrees of freedom lies
// within ±t with the given probability; df below 1 counts as 1.
func TQuantile(df, confidence float64) float64 {
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: max(df, 1)}
	return t.Quantile(1 - (1-confidence)/2)
}
