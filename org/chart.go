package org

import (
	"cmp"
	"slices"

	"github.com/gurindam/gurindam/internal/search"
)

// Chart is the positions of one day in their tree of units. It is immutable
// and safe for concurrent use.
type Chart struct {
	tree      *Tree
	positions map[string]Position
	last      map[string]Position // of positions that have ended
	inUnit    map[string][]string
	heads     map[string]string // unit → the position that leads it
	superior  map[string]string
	below     map[string][]string
	homeless  []string
}

// NewChart returns the chart of a tree's day from the periods of all
// positions.
func NewChart(tree *Tree, periods []Position) *Chart {
	c := &Chart{
		tree: tree, positions: map[string]Position{}, last: map[string]Position{}, inUnit: map[string][]string{},
		heads: map[string]string{}, superior: map[string]string{}, below: map[string][]string{},
	}
	for _, p := range periods {
		switch {
		case holds(p.From, p.To, tree.on):
			c.positions[p.ID] = p
		case p.To != "" && p.To <= tree.on && p.To > c.last[p.ID].To:
			c.last[p.ID] = p
		}
	}
	c.settle()
	for id := range c.positions {
		if s := c.findSuperior(id); s != "" {
			c.superior[id] = s
			c.below[s] = append(c.below[s], id)
		}
	}
	for _, ids := range c.below {
		c.sort(ids)
	}
	return c
}

// settle puts every position into the unit it is in on the day.
func (c *Chart) settle() {
	for id, p := range c.positions {
		if home := c.tree.Now(p.Unit); home != "" {
			c.inUnit[home] = append(c.inUnit[home], id)
		} else {
			c.homeless = append(c.homeless, id)
		}
	}
	c.sort(c.homeless)
	for unit, ids := range c.inUnit {
		c.sort(ids)
		for _, id := range ids {
			if p := c.positions[id]; p.Head && c.headHere(unit, p) {
				c.heads[unit] = id
				break
			}
		}
	}
}

// headHere keeps the head of a unit that was merged away from leading the unit
// it went into while that one has a head of its own.
func (c *Chart) headHere(unit string, p Position) bool {
	if p.Unit == unit {
		return true
	}
	return !slices.ContainsFunc(c.inUnit[unit], func(id string) bool {
		o := c.positions[id]
		return o.Head && o.Unit == unit
	})
}

// findSuperior returns the position another answers to on the day, which may
// lead back to itself where the map is wrong: Line stops there.
func (c *Chart) findSuperior(id string) string {
	p := c.positions[id]
	if s := c.standing(p.AnswersTo); s != "" && s != id {
		return s
	}
	unit := c.tree.Now(p.Unit)
	if head := c.heads[unit]; head != "" && head != id {
		return head
	}
	return c.headAbove(unit, id)
}

// headAbove returns the nearest head above a unit.
func (c *Chart) headAbove(unit, not string) string {
	for up := c.tree.Parent(unit); up != ""; up = c.tree.Parent(up) {
		if head := c.heads[up]; head != "" && head != not {
			return head
		}
	}
	return ""
}

// standing returns the position that stands on the day for one that may have
// ended: for a head whose unit was merged the head of the new unit, otherwise
// what the ended one answered to.
func (c *Chart) standing(id string) string {
	for range len(c.last) + 1 {
		if _, live := c.positions[id]; live || id == "" {
			return id
		}
		gone, known := c.last[id]
		if !known {
			return ""
		}
		unit := c.tree.Now(gone.Unit)
		if head := c.heads[unit]; head != "" && (gone.Head || gone.AnswersTo == "") {
			return head
		}
		if gone.AnswersTo == "" {
			return c.headAbove(unit, "")
		}
		id = gone.AnswersTo
	}
	return ""
}

func (c *Chart) sort(ids []string) {
	keys := make(map[string]string, len(ids))
	for _, id := range ids {
		keys[id] = search.Key(c.positions[id].Title)
	}
	slices.SortFunc(ids, func(a, b string) int {
		p, o := c.positions[a], c.positions[b]
		return cmp.Or(
			compareBool(o.Head, p.Head), cmp.Compare(p.Kind.order(), o.Kind.order()), cmp.Compare(o.Class, p.Class),
			cmp.Compare(keys[a], keys[b]), cmp.Compare(a, b))
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Tree returns the units of the day.
func (c *Chart) Tree() *Tree { return c.tree }

// Position returns a position of the day; ok is false when it is not there.
func (c *Chart) Position(id string) (p Position, ok bool) {
	p, ok = c.positions[id]
	return p, ok
}

// Was returns a position as it is on the day or as it last was before.
func (c *Chart) Was(id string) (p Position, ok bool) {
	if p, ok = c.positions[id]; !ok {
		p, ok = c.last[id]
	}
	return p, ok
}

// In returns the positions of one unit: its head first, then by kind, class
// and title.
func (c *Chart) In(unit string) []Position { return c.list(c.inUnit[unit]) }

// Head returns the position that leads a unit.
func (c *Chart) Head(unit string) (p Position, ok bool) {
	p, ok = c.positions[c.heads[unit]]
	return p, ok
}

// UnitOf returns the unit a position is in on the day, also when the one it
// was made for has been merged; empty when there is none.
func (c *Chart) UnitOf(position string) string {
	p, ok := c.Was(position)
	if !ok {
		return ""
	}
	return c.tree.Now(p.Unit)
}

// Superior returns the position another one answers to, empty at the top.
func (c *Chart) Superior(position string) string { return c.superior[position] }

// Under returns the positions that answer to a position.
func (c *Chart) Under(position string) []Position { return c.list(c.below[position]) }

// Line returns the superiors of a position, the nearest first. It ends where
// the map would go round in circles.
func (c *Chart) Line(position string) []string {
	var line []string
	seen := map[string]bool{position: true}
	for s := c.superior[position]; s != "" && !seen[s]; s = c.superior[s] {
		seen[s] = true
		line = append(line, s)
	}
	return line
}

// Homeless returns the positions whose unit is not there on the day.
func (c *Chart) Homeless() []Position { return c.list(c.homeless) }

// All returns every position, unit by unit from the top down.
func (c *Chart) All() []Position {
	all := make([]Position, 0, len(c.positions))
	for _, u := range c.tree.order {
		all = append(all, c.In(u)...)
	}
	return append(all, c.Homeless()...)
}

func (c *Chart) list(ids []string) []Position {
	all := make([]Position, len(ids))
	for i, id := range ids {
		all[i] = c.positions[id]
	}
	return all
}
