package orgimport

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// unitFinder finds the units of the map that a file names.
type unitFinder struct {
	tree   *org.Tree
	ids    map[string]string   // by the source's number
	byName map[string][]string // folded names of the units of the day
	seen   map[string]found    // what was looked for, offices repeat themselves
	added  map[string]string   // names of units made by this load
	made   int
	own    string // the unit Belum terpetakan, once it is needed
}

// finding says how a unit was found; the others are codes of warnings.
type finding string

const (
	foundUnit   finding = ""
	noUnit      finding = "no_unit"      // the row names none
	unknownUnit finding = "unknown_unit" // nobody knows it
	manyUnits   finding = "many_units"   // several have that name
)

func (f finding) ok() bool { return f == foundUnit }

type found struct {
	unit string
	how  finding
}

// unmappedSource is the number of the unit Belum terpetakan.
const unmappedSource = "gurindam:unmapped"

func (t *task) unitFinder(ctx context.Context) (*unitFinder, error) {
	f := &unitFinder{byName: map[string][]string{}, seen: map[string]found{}, added: map[string]string{}}
	var err error
	if f.ids, err = t.Store.UnitIDs(ctx, t.tx); err != nil {
		return nil, err
	}
	if f.tree, err = t.tree(ctx); err != nil {
		return nil, err
	}
	for _, u := range f.tree.All() {
		keepIn(f.ids, u.ID) // what has no number of its own is exported under ours
		f.byName[fold(u.Name)] = append(f.byName[fold(u.Name)], u.ID)
	}
	return f, nil
}

// keepIn makes our own id known as a number, unless another has it.
func keepIn(ids map[string]string, id string) {
	if ids[id] == "" {
		ids[id] = id
	}
}

// find returns the unit of a number, else the one of a name. Where several have
// the name, the one that lies below the office named counts.
func (f *unitFinder) find(source, name, office string) (string, finding) {
	key := source + "\x00" + name + "\x00" + office
	x, known := f.seen[key]
	if !known {
		x.unit, x.how = f.look(source, name, office)
		f.seen[key] = x
	}
	return x.unit, x.how
}

func (f *unitFinder) look(source, name, office string) (string, finding) {
	for _, number := range []string{source, name} {
		if id := f.tree.Now(f.ids[number]); number != "" && id != "" {
			return id, foundUnit
		}
	}
	if source == "" && name == "" {
		return "", noUnit
	}
	same := f.byName[fold(name)]
	if len(same) > 1 && office != "" {
		same = f.below(same, fold(office))
	}
	switch {
	case name == "" || len(same) == 0:
		return "", unknownUnit
	case len(same) > 1:
		return "", manyUnits
	}
	return same[0], foundUnit
}

// below returns those of some units that lie below an office of that name.
func (f *unitFinder) below(units []string, office string) []string {
	var all []string
	for _, u := range units {
		for _, above := range f.tree.Path(u) {
			if fold(above.Name) == office {
				all = append(all, u)
				break
			}
		}
	}
	return all
}

// name is what a unit is called.
func (f *unitFinder) name(id string) string {
	if n := f.added[id]; n != "" {
		return n
	}
	return f.tree.Name(id)
}

// unmapped returns the unit Belum terpetakan, and makes it the first time.
func (f *unitFinder) unmapped(ctx context.Context, t *task) (string, error) {
	if f.own != "" {
		return f.own, nil
	}
	id := f.ids[unmappedSource]
	if _, live := f.tree.Unit(id); live {
		f.own = id
		return id, nil
	}
	keep(&id, db.NewID())
	err := f.make(ctx, t, org.Unit{ID: id, SourceID: unmappedSource, Name: "Belum terpetakan", Kind: org.Unmapped, From: t.order.Since})
	f.own = id
	return id, err
}

// make puts a unit on the map that the file only names.
func (f *unitFinder) make(ctx context.Context, t *task, units ...org.Unit) error {
	if _, err := t.Store.PutUnits(ctx, t.tx, t.order.At, units); err != nil {
		return err
	}
	for _, u := range units {
		f.added[u.ID] = u.Name
		f.made++
	}
	return nil
}
