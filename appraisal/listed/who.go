package listed

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Who is how a row of a list calls somebody. NIP is empty or eighteen digits.
type Who struct {
	NIP, Name, Unit string
}

// Key is how a list calls somebody, to remember by once HR has said who is
// meant.
func (w Who) Key() string {
	if w.NIP != "" {
		return "nip:" + w.NIP
	}
	return "nama:" + PlainName(w.Name) + "|" + search.Fold(w.Unit)
}

// NIP reads a NIP: eighteen digits. Anything else, also what a spreadsheet has
// turned into 1.98E+17, is no number to go by, and empty.
func NIP(cell string) string {
	id, err := sheet.ID(cell)
	if err != nil || len(id) != 18 || strings.Trim(id, "0123456789") != "" {
		return ""
	}
	return id
}

// titles stand before a name.
var titles = []string{"dr", "drs", "dra", "drg", "ir", "hj", "h", "prof", "apt", "ns", "kh"}

// PlainName returns a name without titles, in folded words: what follows the
// first comma is dropped, and the titles that stand before a name.
func PlainName(name string) string {
	name, _, _ = strings.Cut(name, ",")
	words := strings.Fields(search.Fold(name))
	for len(words) > 1 && slices.Contains(titles, words[0]) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// Alike reports whether two names, titles aside, may be one person's: spelt
// alike, whatever the order of their words.
func Alike(a, b string) bool {
	return shared(pairs(PlainName(a)), pairs(PlainName(b))) >= leastAlike
}

// pairs returns the pairs of neighbouring letters of each word, in order.
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
	slices.Sort(all)
	return all
}

// shared says how many pairs of letters two names share, 0 to 100.
func shared(a, b []string) int {
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
