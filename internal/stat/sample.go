package stat

import "math"

// KrejcieMorgan returns the sample size for a population by the formula of
// Krejcie and Morgan (1970), rounded to the nearest respondent as their
// printed table is: chi is the chi-square value of one degree of freedom for
// the confidence wanted (3.841 for 95 %), share the expected proportion (0.5)
// and error the margin (0.05). It is 0 for an empty population and never more
// than the population.
func KrejcieMorgan(population int, chi, share, margin float64) int {
	if population <= 0 {
		return 0
	}
	n := float64(population)
	pq := chi * share * (1 - share)
	return min(population, int(math.Round(pq*n/(margin*margin*(n-1)+pq))))
}

// Slovin returns the sample size N/(1+N·e²), rounded up: a respondent cannot
// be asked in part.
func Slovin(population int, margin float64) int {
	if population <= 0 {
		return 0
	}
	n := float64(population)
	// The tiny amount keeps 44.00000000000001 from becoming 45.
	return min(population, int(math.Ceil(n/(1+n*margin*margin)-1e-9)))
}
