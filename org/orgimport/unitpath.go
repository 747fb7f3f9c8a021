package orgimport

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// path returns the unit that a way of names leads to, each a level below the
// one before; empty when it leads nowhere.
func (f *unitFinder) path(names []string) string {
	if len(names) == 0 {
		return ""
	}
	id := f.ids[pathSource(names)]
	if f.name(id) != "" && f.isThere(id) {
		return id
	}
	same := f.byName[fold(names[0])]
	if len(same) != 1 {
		return ""
	}
	id = same[0]
	for _, name := range names[1:] {
		if id = f.childOf(id, name); id == "" {
			return ""
		}
	}
	return id
}

func (f *unitFinder) isThere(id string) bool {
	_, live := f.tree.Unit(id)
	return live || f.added[id] != ""
}

func (f *unitFinder) childOf(parent, name string) string {
	for _, c := range f.tree.Children(parent) {
		if fold(c.Name) == fold(name) {
			return c.ID
		}
	}
	return ""
}

// pathSource is the number of a unit that a file only names by its way.
func pathSource(names []string) string {
	folded := make([]string, len(names))
	for i, n := range names {
		folded[i] = fold(n)
	}
	return "path:" + hashOf(folded...)
}

// makeUnits makes the units the rows name and nobody knows, from the top down.
func (p *posting) makeUnits(ctx context.Context) error {
	var units []org.Unit
	seen := map[string]bool{}
	for _, r := range p.posts {
		for n := 1; n <= len(r.unit); n++ {
			way := r.unit[:n]
			source := pathSource(way)
			if seen[source] || p.units.path(way) != "" {
				continue
			}
			seen[source] = true
			id := p.units.ids[source]
			keep(&id, db.NewID())
			p.units.ids[source] = id
			units = append(units, org.Unit{
				ID: id, SourceID: source, From: p.order.Since, Name: way[n-1], Kind: p.words.unitKind("", way[n-1]), Parent: p.parentOf(way),
			})
		}
	}
	if len(units) == 0 {
		return nil
	}
	return p.units.make(ctx, p.task, units...)
}

// parentOf returns the unit above the last name of a way: one of the map, or
// one that is about to be made.
func (p *posting) parentOf(way []string) string {
	above := way[:len(way)-1]
	if len(above) == 0 {
		return ""
	}
	if id := p.units.path(above); id != "" {
		return id
	}
	return p.units.ids[pathSource(above)]
}
