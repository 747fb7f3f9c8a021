package stat

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"gonum.org/v1/gonum/stat/distuv"
)

// Median returns the middle value, or 0 of nothing.
func Median(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(xs))
	mid := len(s) / 2
	if len(s)%2 == 1 {
		return s[mid]
	}
	return (s[mid-1] + s[mid]) / 2
}

// Jump returns how far x lies from the median of the earlier values, measured
// in robust standard deviations (1.4826 × the median absolute deviation, never
// less than floor, so that a quiet past does not make a whisper a jump). With
// fewer than three earlier values there is no past to speak of and it is 0.
func Jump(earlier []float64, x, floor float64) float64 {
	if len(earlier) < 3 || floor <= 0 {
		return 0
	}
	med := Median(earlier)
	dev := make([]float64, len(earlier))
	for i, v := range earlier {
		dev[i] = math.Abs(v - med)
	}
	return (x - med) / max(1.4826*Median(dev), floor)
}

// Bursts returns the positions of the counts (answers an hour, a day) that are
// too high for chance: the probability of as many under a negative binomial
// distribution with the median as mean and the given clumping (0: Poisson; 0.5:
// the variance is mean + 0.5·mean²) is below alpha divided by the number of
// counts.
func Bursts(counts []int, clumping, alpha float64) []int {
	xs := make([]float64, len(counts))
	for i, c := range counts {
		xs[i] = float64(c)
	}
	mean := max(Median(xs), 1)
	var out []int
	for i, c := range counts {
		if c > 0 && tail(c, mean, clumping) < alpha/float64(len(counts)) {
			out = append(out, i)
		}
	}
	return out
}

// tail is the probability of at least c events.
func tail(c int, mean, clumping float64) float64 {
	if clumping <= 0 {
		return 1 - distuv.Poisson{Lambda: mean}.CDF(float64(c-1))
	}
	r := 1 / clumping
	p := r / (r + mean)
	// The distribution function of the negative binomial is a regularised
	// incomplete beta function: the beta distribution's own.
	return 1 - distuv.Beta{Alpha: r, Beta: float64(c)}.CDF(p)
}

// StraightLine reports whether a respondent ticked the same answer throughout,
// at least least elements being answered.
func StraightLine(answers []uint8, least int) bool {
	var first uint8
	answered := 0
	for _, a := range answers {
		if a == 0 {
			continue
		}
		answered++
		if first == 0 {
			first = a
		}
		if a != first {
			return false
		}
	}
	return answered >= least
}

// Similarity returns how alike two texts are, from 0 to 1: the share of common
// three-letter pieces (Jaccard), after case, punctuation and spaces are evened
// out. Two empty texts are not alike: silence is no copy.
func Similarity(a, b string) float64 {
	x, y := pieces(a), pieces(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	common := 0
	for p := range x {
		if y[p] {
			common++
		}
	}
	return float64(common) / float64(len(x)+len(y)-common)
}

func pieces(s string) map[string]bool {
	letters := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	runes := []rune(strings.Join(letters, " "))
	out := make(map[string]bool, len(runes))
	for i := 0; i+3 <= len(runes); i++ {
		out[string(runes[i:i+3])] = true
	}
	if len(out) == 0 && len(runes) > 0 {
		out[string(runes)] = true
	}
	return out
}
