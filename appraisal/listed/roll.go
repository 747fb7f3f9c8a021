package listed

import "github.com/gurindam/gurindam/internal/search"

// A proposal must be this much alike, and this much surer than the next one.
const (
	leastAlike = 65 // names alone
	leastSure  = 75 // with what else speaks for it
	leastAhead = 8
	unitCounts = 12 // the unit the row names is the person's
	nipCounts  = 25 // the number differs in few digits
	nearDigits = 3
)

// Person is somebody a row may mean.
type Person struct {
	ID, NIP, Name, Unit string
}

// Match is whom a row most likely means, what speaks for it (nip, name or
// unit), and how sure that is, 0 to 100.
type Match struct {
	PersonID string
	Why      string
	Sure     int
}

// Roll finds people by number and by name.
type Roll struct {
	byNIP  map[string]string
	byName map[string][]int
	all    []candidate
}

type candidate struct {
	id, nip, unit string
	pairs         []string
}

// NewRoll makes the roll of people, each listed once.
func NewRoll(people []Person) *Roll {
	r := &Roll{byNIP: make(map[string]string, len(people)), byName: map[string][]int{}, all: make([]candidate, 0, len(people))}
	for i, p := range people {
		if p.NIP != "" {
			r.byNIP[p.NIP] = p.ID
		}
		plain := PlainName(p.Name)
		r.byName[plain] = append(r.byName[plain], i)
		r.all = append(r.all, candidate{p.ID, p.NIP, search.Fold(p.Unit), pairs(plain)})
	}
	return r
}

// ByNIP returns the person with a number.
func (r *Roll) ByNIP(nip string) (personID string, ok bool) {
	personID, ok = r.byNIP[nip]
	return personID, ok
}

// Find returns the person a row is surely about: by NIP, else by a name that
// one person only has and that works in the unit the row names.
func (r *Roll) Find(w Who) (personID string, ok bool) {
	if w.NIP != "" {
		return r.ByNIP(w.NIP)
	}
	same := r.byName[PlainName(w.Name)]
	if len(same) == 1 && w.Unit != "" && r.all[same[0]].unit == search.Fold(w.Unit) {
		return r.all[same[0]].id, true
	}
	return "", false
}

// Propose returns whom a row nobody was found for most likely means. taken are
// the people other rows of the list are about: they are not meant. Nobody is
// proposed who is not clearly ahead of the next.
func (r *Roll) Propose(w Who, taken map[string]bool) (best Match, ok bool) {
	name, unit := pairs(PlainName(w.Name)), search.Fold(w.Unit)
	next := 0
	for _, c := range r.all {
		m := Match{PersonID: c.id, Why: "name", Sure: shared(name, c.pairs)}
		if taken[c.id] || m.Sure < leastAlike {
			continue
		}
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
