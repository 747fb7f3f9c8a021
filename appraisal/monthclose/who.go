package monthclose

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// who is how a row of a list calls somebody.
type who struct {
	NIP  string `json:"nip,omitempty"`
	Name string `json:"name,omitempty"`
	Post string `json:"post,omitempty"`
	Unit string `json:"unit,omitempty"`
	Told string `json:"told,omitempty"` // the number as the file has it, where it is none
}

// ask is how a list calls somebody, as it is remembered once HR has said who
// is meant.
func (w who) ask() string {
	if w.NIP != "" {
		return "nip:" + w.NIP
	}
	return "nama:" + plainName(w.Name) + "|" + search.Fold(w.Unit)
}

// nipOf reads a NIP: eighteen digits. Anything else, also what a spreadsheet
// has turned into 1.98E+17, is no number to go by.
func nipOf(cell string) string {
	id, err := sheet.ID(cell)
	if err != nil || len(id) != 18 || strings.Trim(id, "0123456789") != "" {
		return ""
	}
	return id
}

// plainName returns a name in folded words without the titles around it.
func plainName(name string) string {
	name, _, _ = strings.Cut(name, ",")
	words := strings.Fields(search.Fold(name))
	for len(words) > 1 && slices.Contains([]string{"dr", "drs", "dra", "drg", "ir", "hj", "h", "prof", "apt", "ns", "kh"}, words[0]) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// Match is whom a row most likely means, why, and how sure that is (0 to 100).
type Match struct {
	PersonID string
	Why      string // nip, name or unit: what speaks for it
	Sure     int
}

// roll finds people by number and by name.
type roll struct {
	byNIP map[string]string
	all   []candidate
}

type candidate struct {
	id, nip, plain, unit string
	pairs                []string
}

func rollOf(people []staff) roll {
	r := roll{byNIP: make(map[string]string, len(people)), all: make([]candidate, 0, len(people))}
	for _, p := range people {
		if p.NIP != "" {
			r.byNIP[p.NIP] = p.ID
		}
		plain := plainName(p.Name)
		r.all = append(r.all, candidate{p.ID, p.NIP, plain, search.Fold(p.Unit), pairs(plain)})
	}
	return r
}

// A match must be at least this sure, and this much surer than the next.
const (
	leastSure  = 62
	leastAhead = 8
	unitCounts = 12 // the unit the row names is the person's
	nipCounts  = 25 // the number differs in few digits
	nearDigits = 3
)

// propose returns whom a row most likely means among people no other row of the
// file is about. Nobody is proposed who is not clearly ahead of the next.
func (r roll) propose(w who, taken map[string]bool) (best Match, ok bool) {
	name, unit := pairs(plainName(w.Name)), search.Fold(w.Unit)
	next := 0
	for _, c := range r.all {
		if taken[c.id] {
			continue
		}
		m := Match{PersonID: c.id, Why: "name", Sure: alike(name, c.pairs)}
		if unit != "" && unit == c.unit {
			m.Sure, m.Why = m.Sure+unitCounts, "unit"
		}
		if w.NIP != "" && near(w.NIP, c.nip) {
			m.Sure, m.Why = m.Sure+nipCounts, "nip"
		}
		if m.Sure > best.Sure {
			best, next = m, best.Sure
		} else {
			next = max(next, m.Sure)
		}
	}
	if best.Sure < leastSure || best.Sure-next < leastAhead {
		return Match{}, false
	}
	best.Sure = min(best.Sure, 100)
	return best, true
}

// near reports whether two numbers differ in a few digits: one was mistyped, or
// a spreadsheet has rounded it.
func near(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	differ := 0
	for i := range len(a) {
		if a[i] != b[i] {
			differ++
		}
	}
	return differ <= nearDigits
}

// pairs returns the pairs of neighbouring letters of each word, in order.
func pairs(name string) []string {
	var all []string
	for _, w := range strings.Fields(name) {
		r := []rune(w)
		for i := 0; i+1 < len(r); i++ {
			all = append(all, string(r[i:i+2]))
		}
	}
	slices.Sort(all)
	return all
}

// alike says how many pairs of letters two names share, 0 to 100, whatever the
// order of their words.
func alike(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch strings.Compare(a[i], b[j]) {
		case 0:
			common++
			i++
			j++
		case -1:
			i++
		default:
			j++
		}
	}
	return 200 * common / (len(a) + len(b))
}
