package org

import (
	"cmp"
	"slices"
	"sync"
)

// Map is the whole map of one day in memory: units, positions, and who holds
// what, without personal data. It is immutable and safe for concurrent use;
// Store.Map hands it out and keeps it until something changes.
type Map struct {
	*Chart
	on         Day
	byPosition map[string][]Tenure
	byPerson   map[string][]Tenure
	overrides  map[string]Override

	counting sync.Once
	counts   map[string]Count

	once       sync.Once
	evaluators map[string]Evaluator
	staff      map[string][]string
}

// NewMap returns the map of a chart's day. Tenures and overrides of other days
// are left out.
func NewMap(c *Chart, tenures []Tenure, overrides []Override) *Map {
	return newMap(c, c.tree.on, tenures, overrides)
}

// newMap returns the map of a day on which units and positions are as on the
// chart's.
func newMap(c *Chart, on Day, tenures []Tenure, overrides []Override) *Map {
	m := &Map{Chart: c, on: on, byPosition: map[string][]Tenure{}, byPerson: map[string][]Tenure{}, overrides: map[string]Override{}}
	for _, t := range tenures {
		if holds(t.From, t.To, on) {
			m.byPosition[t.Position] = append(m.byPosition[t.Position], t)
			m.byPerson[t.Person] = append(m.byPerson[t.Person], t)
		}
	}
	for _, group := range []map[string][]Tenure{m.byPosition, m.byPerson} {
		for _, list := range group {
			slices.SortFunc(list, byRank)
		}
	}
	for _, o := range overrides {
		if holds(o.From, o.To, on) {
			m.overrides[o.Person] = o
		}
	}
	return m
}

func byRank(a, b Tenure) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID))
}

// On returns the map's day.
func (m *Map) On() Day { return m.on }

// Holders returns who holds a position that day, the regular holders first,
// then Pj, Plt and Plh.
func (m *Map) Holders(position string) []Tenure { return slices.Clone(m.byPosition[position]) }

// Regular returns the regular holders of a position: those who fill it.
func (m *Map) Regular(position string) []Tenure {
	kind := m.positions[position].Kind
	var out []Tenure
	for _, t := range m.byPosition[position] {
		if t.regular(kind) {
			out = append(out, t)
		}
	}
	return out
}

// ActingHolder returns who stands in for the holder of a position.
func (m *Map) ActingHolder(position string) (t Tenure, ok bool) {
	for _, t := range m.byPosition[position] {
		if t.Kind.Acting() {
			return t, true
		}
	}
	return Tenure{}, false
}

// Held returns what a person holds that day, the main post first.
func (m *Map) Held(person string) []Tenure { return slices.Clone(m.byPerson[person]) }

// Post returns a person's main post: the definitive one, else an additional
// duty, else what they act for. ok is false for somebody without any.
func (m *Map) Post(person string) (t Tenure, ok bool) {
	if held := m.byPerson[person]; len(held) > 0 {
		return held[0], true
	}
	return Tenure{}, false
}

// UnitFor returns the unit a person works in that day: that of the main post.
func (m *Map) UnitFor(person string) string {
	t, ok := m.Post(person)
	if !ok {
		return ""
	}
	return m.UnitOf(t.Position)
}

// People returns everybody who holds a position that day, in order of id.
func (m *Map) People() []string {
	all := make([]string, 0, len(m.byPerson))
	for id := range m.byPerson {
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}

// Override returns the evaluator HR has named for a person.
func (m *Map) Override(person string) (o Override, ok bool) {
	o, ok = m.overrides[person]
	return o, ok
}

// Count is how many people a set of positions wants and has.
type Count struct {
	Need, Filled int // Filled counts regular holders
	Vacant       int // seats wanted and not filled
	Acting       int // positions somebody acts for
}

// Count adds up positions. A surplus in one does not fill another.
func (m *Map) Count(positions ...Position) Count {
	var n Count
	for _, p := range positions {
		filled := len(m.Regular(p.ID))
		n.Need += p.Wanted()
		n.Filled += filled
		n.Vacant += max(p.Wanted()-filled, 0)
		if _, acting := m.ActingHolder(p.ID); acting {
			n.Acting++
		}
	}
	return n
}

// CountBelow adds up a unit and everything below it.
func (m *Map) CountBelow(unit string) Count {
	m.counting.Do(func() {
		order := m.tree.order
		m.counts = make(map[string]Count, len(order))
		for i := len(order) - 1; i >= 0; i-- { // what is below comes later in the order
			u := order[i]
			sum := m.counts[u].plus(m.Count(m.In(u)...))
			m.counts[u] = sum
			if up := m.tree.parent[u]; up != "" {
				m.counts[up] = m.counts[up].plus(sum)
			}
		}
	})
	return m.counts[unit]
}

func (n Count) plus(o Count) Count {
	return Count{n.Need + o.Need, n.Filled + o.Filled, n.Vacant + o.Vacant, n.Acting + o.Acting}
}

// Below returns the positions of a unit and of everything below it.
func (m *Map) Below(unit string) []Position {
	var all []Position
	for _, u := range m.tree.Below(unit) {
		all = append(all, m.In(u)...)
	}
	return all
}
