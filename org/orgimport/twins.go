package orgimport

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
)

// twins finds rows that share an identity. Rows that say the same count once;
// where they differ nobody can know which is right.
type twins struct {
	seed maphash.Seed
	seen map[string]*family
}

// family is the rows of one identity.
type family struct {
	row    int   // the first that came
	more   []int // the others
	sum    uint64
	differ bool
}

func newTwins() *twins { return &twins{seed: maphash.MakeSeed(), seen: map[string]*family{}} }

// add notes a row of an identity and the sum of what it says.
func (t *twins) add(id string, row int, sum uint64) {
	f := t.seen[id]
	if f == nil {
		t.seen[id] = &family{row: row, sum: sum}
		return
	}
	f.more = append(f.more, row)
	f.differ = f.differ || f.sum != sum
}

// sum returns a sum of texts.
func (t *twins) sum(texts ...string) uint64 {
	var h maphash.Hash
	h.SetSeed(t.seed)
	for _, s := range texts {
		_, _ = h.WriteString(s) // never fails
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

// families calls fn with every identity that several rows have, those that
// differ first, in order.
func (t *twins) families(fn func(id string, f *family)) {
	var ids []string
	for id, f := range t.seen {
		if len(f.more) > 0 {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		if t.seen[a].differ != t.seen[b].differ {
			if t.seen[a].differ {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	for _, id := range ids {
		fn(id, t.seen[id])
	}
}

// rows returns the rows of a family in order.
func (f *family) rows() []int {
	return slices.Sorted(slices.Values(append(slices.Clone(f.more), f.row)))
}

// others names the rows of a family but one, at most ten.
func (f *family) others(row int) string {
	var all []string
	for _, r := range f.rows() {
		if r != row && len(all) < 10 {
			all = append(all, strconv.Itoa(r))
		}
	}
	return strings.Join(all, ", ")
}
