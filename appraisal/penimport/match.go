package penimport

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/search"
)

// plainName returns a name without titles, in folded words: what follows the
// first comma is dropped, and the titles that stand before a name.
func plainName(name string) string {
	name, _, _ = strings.Cut(name, ",")
	words := strings.Fields(search.Fold(name))
	for len(words) > 1 && slices.Contains([]string{"dr", "drs", "dra", "drg", "ir", "hj", "h", "prof", "apt", "ns", "kh"}, words[0]) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// alike says how alike two names are, 0 to 100: the share of letter pairs they
// have in common, whatever the order of the words.
func alike(a, b string) int {
	x, y := pairs(a), pairs(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	common := 0
	left := map[string]int{}
	for _, p := range x {
		left[p]++
	}
	for _, p := range y {
		if left[p] > 0 {
			left[p]--
			common++
		}
	}
	return 200 * common / (len(x) + len(y))
}

// pairs returns the pairs of neighbouring letters of each word.
func pairs(name string) []string {
	var all []string
	for _, w := range strings.Fields(name) {
		r := []rune(w)
		for i := 0; i+1 < len(r); i++ {
			all = append(all, string(r[i:i+2]))
		}
		if len(r) == 1 {
			all = append(all, w)
		}
	}
	return all
}

// A proposal must be this much alike, and this much more than the next one.
const (
	leastAlike = 65 // names alone
	leastSure  = 75 // with what else speaks for it
	leastAhead = 8
	sameUnit   = 12 // what working in the unit the file names adds
	sameNIP    = 25 // what a NIP that differs in few digits adds
)

// candidate is a person of the map with the part of the window.
type candidate struct {
	part  appraisal.Part
	plain string
	unit  string
}

// roll finds people by number and by name.
type roll struct {
	byNIP  map[string]int
	byName map[string][]int
	byID   map[string]int
	all    []candidate
}

// rollOf makes the roll of a window's deciding parts, one a person.
func rollOf(parts []appraisal.Part) *roll {
	r := &roll{byNIP: map[string]int{}, byName: map[string][]int{}, byID: map[string]int{}}
	for _, p := range parts {
		c := candidate{p, plainName(p.Who.Name), search.Fold(p.Who.Unit)}
		i, known := r.byID[p.Who.PersonID]
		if known {
			if later(p, r.all[i].part) {
				r.all[i] = c
			}
			continue
		}
		i = len(r.all)
		r.all = append(r.all, c)
		r.byID[p.Who.PersonID] = i
		if p.Who.NIP != "" {
			r.byNIP[p.Who.NIP] = i
		}
		r.byName[c.plain] = append(r.byName[c.plain], i)
	}
	return r
}

const definitive = "definitive"

func later(a, b appraisal.Part) bool {
	if own := a.Tenure == definitive; own != (b.Tenure == definitive) {
		return own
	}
	return a.To > b.To || a.To == b.To && a.From > b.From
}

// find returns the person a row is surely about: by NIP, else by a name that
// one person only has and that works in the unit the row names.
func (r *roll) find(row Row) (appraisal.Part, bool) {
	if row.NIP != "" {
		i, has := r.byNIP[row.NIP]
		if has {
			return r.all[i].part, true
		}
		return appraisal.Part{}, false
	}
	same := r.byName[plainName(row.Name)]
	if len(same) == 1 && row.Unit != "" && r.all[same[0]].unit == search.Fold(row.Unit) {
		return r.all[same[0]].part, true
	}
	return appraisal.Part{}, false
}

// proposal is somebody who may be meant, and how sure that is, 0 to 100.
type proposal struct {
	part appraisal.Part
	sure int
}

// propose returns who a row nobody was found for most likely means. taken are
// the people other rows of the file are surely about: they are not meant.
// Nobody is proposed who is not clearly ahead of the next.
func (r *roll) propose(row Row, taken map[string]bool) (best proposal, ok bool) {
	plain, unit := plainName(row.Name), search.Fold(row.Unit)
	next := 0
	for _, c := range r.all {
		if taken[c.part.Who.PersonID] {
			continue
		}
		sure := alike(plain, c.plain)
		if sure < leastAlike {
			continue
		}
		if unit != "" && c.unit == unit {
			sure += sameUnit
		}
		if row.NIP != "" && nearNIP(row.NIP, c.part.Who.NIP) {
			sure += sameNIP
		}
		if sure > best.sure {
			best, next = proposal{c.part, sure}, best.sure
		} else {
			next = max(next, sure)
		}
	}
	if best.sure < leastSure || best.sure-next < leastAhead {
		return proposal{}, false
	}
	best.sure = min(best.sure, 100)
	return best, true
}

// nearNIP reports whether two numbers differ in at most three digits: one was
// mistyped, or a spreadsheet has rounded it.
func nearNIP(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	differ := 0
	for i := range len(a) {
		if a[i] != b[i] {
			differ++
		}
	}
	return differ <= 3
}

// otherRater reports whether a row names another evaluator than the map does.
func otherRater(row Row, p appraisal.Part) bool {
	if row.RaterNIP != "" && p.Evaluator.NIP != "" {
		return row.RaterNIP != p.Evaluator.NIP
	}
	if row.RaterNIP != "" {
		return true
	}
	return row.RaterName != "" && alike(plainName(row.RaterName), plainName(p.Evaluator.Name)) < leastAlike
}
