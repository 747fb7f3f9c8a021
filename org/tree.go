package org

import (
	"cmp"
	"slices"

	"github.com/gurindam/gurindam/internal/search"
)

// Tree is the units of one day. It is immutable and safe for concurrent use.
//
// A unit stands under its parent of that day; where the parent has ended by
// then, under the unit the parent was merged into. Units that cannot be
// reached from a top are kept as loose fragments: see Loose.
type Tree struct {
	on       Day
	units    map[string]Unit
	last     map[string]Unit // of units that have ended: their last period
	parent   map[string]string
	children map[string][]string
	roots    []string
	loose    []Loose
	span     map[string][2]int // first and last number below, in pre-order
	order    []string
}

// Loose is the top of a fragment that no path connects to the map, and why.
type Loose struct {
	Unit   Unit
	Reason LooseReason
}

// LooseReason says why a unit hangs from nothing.
type LooseReason string

// The reasons.
const (
	ParentUnknown LooseReason = "parent_unknown" // its parent is not on the map that day
	ParentItself  LooseReason = "parent_itself"
	ParentBelow   LooseReason = "parent_below" // its parent lies below it
)

// NewTree returns the tree of a day from the periods of all units.
func NewTree(periods []Unit, on Day) *Tree {
	t := &Tree{
		on: on, units: map[string]Unit{}, last: map[string]Unit{},
		parent: map[string]string{}, children: map[string][]string{}, span: map[string][2]int{},
	}
	for _, u := range periods {
		switch {
		case holds(u.From, u.To, on):
			t.units[u.ID] = u
		case u.To != "" && u.To <= on && u.To > t.last[u.ID].To:
			t.last[u.ID] = u
		}
	}
	why := t.hang()
	for _, list := range t.children {
		t.sort(list)
	}
	t.sort(t.roots)
	for _, r := range t.roots {
		t.number(r)
	}
	t.collectLoose(why)
	return t
}

// hang gives every unit its parent and returns why some have none.
func (t *Tree) hang() map[string]LooseReason {
	why := map[string]LooseReason{}
	for id, u := range t.units {
		p := t.Now(u.Parent)
		switch {
		case u.Parent == "" && u.ParentSource == "":
			t.roots = append(t.roots, id)
			continue
		case u.Parent == id:
			why[id] = ParentItself
			continue
		case p == "" || p == id:
			why[id] = ParentUnknown
			continue
		}
		t.parent[id] = p
		t.children[p] = append(t.children[p], id)
	}
	return why
}

// collectLoose numbers what no top reaches: first the fragments whose top has
// no parent, then what is left, which goes round in circles.
func (t *Tree) collectLoose(why map[string]LooseReason) {
	var tops, circles []string
	for id := range t.units {
		if _, reached := t.span[id]; reached {
			continue
		}
		if why[id] != "" {
			tops = append(tops, id)
		} else {
			circles = append(circles, id)
		}
	}
	t.sort(tops)
	t.sort(circles)
	for _, id := range tops {
		t.loose = append(t.loose, Loose{t.units[id], why[id]})
		t.number(id)
	}
	for _, id := range circles {
		if _, reached := t.span[id]; reached {
			continue
		}
		id = t.onCircle(id)
		above := t.parent[id]
		t.children[above] = slices.DeleteFunc(slices.Clone(t.children[above]), func(c string) bool { return c == id })
		delete(t.parent, id)
		t.loose = append(t.loose, Loose{t.units[id], ParentBelow})
		t.number(id)
	}
}

// onCircle climbs from a unit until a parent comes round again.
func (t *Tree) onCircle(id string) string {
	seen := map[string]bool{}
	for !seen[id] {
		seen[id] = true
		id = t.parent[id]
	}
	return id
}

// number gives a unit and everything below it consecutive numbers.
func (t *Tree) number(id string) {
	first := len(t.order)
	t.order = append(t.order, id)
	t.span[id] = [2]int{first, first}
	for _, c := range t.children[id] {
		if _, seen := t.span[c]; !seen {
			t.number(c)
		}
	}
	t.span[id] = [2]int{first, len(t.order) - 1}
}

func (t *Tree) sort(ids []string) {
	keys := make(map[string]string, len(ids))
	for _, id := range ids {
		keys[id] = search.Key(t.units[id].Name)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(t.units[a].Kind.order(), t.units[b].Kind.order()), cmp.Compare(keys[a], keys[b]), cmp.Compare(t.units[a].SourceID, t.units[b].SourceID), cmp.Compare(a, b))
	})
}

// On returns the tree's day.
func (t *Tree) On() Day { return t.on }

// Len returns the number of units.
func (t *Tree) Len() int { return len(t.units) }

// Unit returns a unit of the day; ok is false when it is not there.
func (t *Tree) Unit(id string) (u Unit, ok bool) {
	u, ok = t.units[id]
	return u, ok
}

// Name returns a unit's name that day, or its last one when it has ended.
func (t *Tree) Name(id string) string {
	if u, ok := t.units[id]; ok {
		return u.Name
	}
	return t.last[id].Name
}

// Now returns where a unit is on the tree's day: itself, or the unit it was
// merged into, however often; empty when nothing of it is left.
func (t *Tree) Now(id string) string {
	for range len(t.last) + 1 {
		if _, live := t.units[id]; live {
			return id
		}
		id = t.last[id].MergedInto
		if id == "" {
			return ""
		}
	}
	return ""
}

// Root returns the first unit without a parent: the agency itself.
func (t *Tree) Root() (u Unit, ok bool) {
	if len(t.roots) == 0 {
		return Unit{}, false
	}
	return t.units[t.roots[0]], true
}

// Roots returns all units without a parent.
func (t *Tree) Roots() []Unit { return t.list(t.roots) }

// Children returns the units right below a unit, in order.
func (t *Tree) Children(id string) []Unit { return t.list(t.children[id]) }

// Parent returns the unit right above; empty at the top of the tree or of a
// loose fragment.
func (t *Tree) Parent(id string) string { return t.parent[id] }

// Path returns the way from the top down to a unit, the unit last; empty when
// it is not there.
func (t *Tree) Path(id string) []Unit {
	var up []Unit
	for u, ok := t.units[id]; ok; u, ok = t.units[t.parent[u.ID]] {
		up = append(up, u)
	}
	slices.Reverse(up)
	return up
}

// Within reports whether a unit is the ancestor itself or lies below it. An
// ended unit counts where it is now.
func (t *Tree) Within(unit, ancestor string) bool {
	u, ok := t.span[t.Now(unit)]
	a, there := t.span[ancestor]
	return ok && there && a[0] <= u[0] && u[0] <= a[1]
}

// Below returns a unit and everything below it, from the top down; nil when it
// is not there.
func (t *Tree) Below(id string) []string {
	s, ok := t.span[id]
	if !ok {
		return nil
	}
	return slices.Clone(t.order[s[0] : s[1]+1])
}

// All returns every unit from the top down, loose fragments last.
func (t *Tree) All() []Unit { return t.list(t.order) }

// Loose returns the tops of the fragments that hang from nothing.
func (t *Tree) Loose() []Loose { return slices.Clone(t.loose) }

// Unreachable returns every unit that no path connects to the top: the loose
// fragments with all that is below them.
func (t *Tree) Unreachable() []Unit {
	var all []Unit
	for _, l := range t.loose {
		all = append(all, t.list(t.Below(l.Unit.ID))...)
	}
	return all
}

func (t *Tree) list(ids []string) []Unit {
	all := make([]Unit, len(ids))
	for i, id := range ids {
		all[i] = t.units[id]
	}
	return all
}
