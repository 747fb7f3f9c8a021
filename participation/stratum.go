package participation

import (
	"slices"
	"strings"
)

// Stratum says how an answer came in. Answers of different strata are never
// mixed silently: an index names those it stands on.
type Stratum string

// The strata. A visit-bound answer carried a single-use token of the counter;
// an open one came without proof; one from the counter's own registered network
// is open but not suspicious for its address.
const (
	Visit    Stratum = "visit"
	Open     Stratum = "open"
	Counter  Stratum = "counter"
	Kiosk    Stratum = "kiosk"
	Paper    Stratum = "paper"
	Assisted Stratum = "assisted"
	Imported Stratum = "import"
)

// Strata lists every stratum in the order of pages.
func Strata() []Stratum {
	return []Stratum{Visit, Kiosk, Paper, Assisted, Counter, Open, Imported}
}

// Proven reports whether somebody of the office or a token vouches that the
// respondent was a user of the service.
func (s Stratum) Proven() bool {
	return s == Visit || s == Kiosk || s == Paper || s == Assisted
}

// Basis is the set of strata an index stands on.
type Basis []Stratum

// String writes the basis as stored: "visit,paper".
func (b Basis) String() string {
	words := make([]string, len(b))
	for i, s := range b {
		words[i] = string(s)
	}
	return strings.Join(words, ",")
}

// ParseBasis reads String and drops what is no stratum; the order is that of
// Strata.
func ParseBasis(s string) Basis {
	words := strings.Split(s, ",")
	var b Basis
	for _, st := range Strata() {
		if slices.Contains(words, string(st)) {
			b = append(b, st)
		}
	}
	return b
}

// Has reports whether the basis contains the stratum.
func (b Basis) Has(s Stratum) bool { return slices.Contains(b, s) }

// Proven reports whether every stratum of the basis is.
func (b Basis) Proven() bool {
	return len(b) > 0 && !slices.ContainsFunc(b, func(s Stratum) bool { return !s.Proven() })
}
