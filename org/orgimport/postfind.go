package orgimport

import (
	"cmp"
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// postFinder finds the positions people of a roster hold, and makes those that
// nobody knew. A position is known by its unit and title, or by its number.
type postFinder struct {
	ids     map[string]string // by the source's number
	byTitle map[string]string // unit and folded title → position
	unit    map[string]string // of a position
	title   map[string]string // of a position
	waiting []org.Position    // to be saved before somebody is put on them
	fresh   map[string]org.Position
	since   org.Day
}

func (t *task) postFinder(ctx context.Context) (*postFinder, error) {
	f := &postFinder{
		byTitle: map[string]string{}, unit: map[string]string{}, title: map[string]string{}, fresh: map[string]org.Position{}, since: t.order.Since,
	}
	var err error
	if f.ids, err = t.Store.PositionIDs(ctx, t.tx); err != nil {
		return nil, err
	}
	return f, t.Store.EachPosition(ctx, t.tx, t.order.At, func(p org.Position) error {
		f.note(p)
		return nil
	})
}

func (f *postFinder) note(p org.Position) {
	key := p.Unit + "\x00" + fold(p.Title)
	if _, taken := f.byTitle[key]; !taken { // positions come in order of id
		f.byTitle[key] = p.ID
	}
	f.unit[p.ID], f.title[p.ID] = p.Unit, p.Title
}

// untitled is what a position is called of which the file says nothing.
const untitled = "Jabatan belum terpetakan"

// of returns the position of a row in a unit. One that is not there is made
// with what the rows say of it; one that is there stays as it is.
func (f *postFinder) of(unit string, x *person) string {
	title := x.Title
	keep(&title, untitled)
	key := unit + "\x00" + fold(title)
	id := f.byTitle[key]
	if made, ours := f.fresh[id]; ours {
		f.refine(made, title, x)
		return id
	}
	if id != "" {
		return id
	}
	source := "jabatan:" + hashOf(unit, fold(title))
	id = f.ids[source]
	if _, live := f.unit[id]; live {
		return id // it has another title by now
	}
	keep(&id, db.NewID())
	f.ids[source] = id
	f.keep(f.position(org.Position{ID: id, SourceID: source, From: f.since, Unit: unit}, title, x))
	return id
}

// position fills in what a row says of a position.
func (f *postFinder) position(p org.Position, title string, x *person) org.Position {
	p.Title, p.Kind, p.Level, p.Group, p.Head = title, x.Kind, x.Level, x.Group, x.Head
	if x.Title == "" {
		p.Kind, p.Level, p.Head = org.Pelaksana, "", false
	}
	return p
}

// refine takes over what another row says of a position made by this load, if
// that goes before: so the order of rows leaves no trace.
func (f *postFinder) refine(made org.Position, title string, x *person) {
	p := f.position(made, title, x)
	words := func(p org.Position) string { return p.Title + "\x00" + p.Level + "\x00" + p.Group }
	rank := func(p org.Position) int { return slices.Index(org.PositionKinds(), p.Kind) }
	if cmp.Or(cmp.Compare(rank(p), rank(made)), cmp.Compare(words(p), words(made))) < 0 {
		f.keep(p)
	}
}

// keep holds a position until it is saved.
func (f *postFinder) keep(p org.Position) {
	f.note(p)
	f.title[p.ID], f.fresh[p.ID] = p.Title, p
	f.waiting = slices.DeleteFunc(f.waiting, func(w org.Position) bool { return w.ID == p.ID })
	f.waiting = append(f.waiting, p)
}

// save stores the positions that were made.
func (f *postFinder) save(ctx context.Context, t *task) error {
	if len(f.waiting) == 0 {
		return nil
	}
	_, err := t.Store.PutPositions(ctx, t.tx, t.order.At, f.waiting)
	f.waiting = f.waiting[:0]
	return err
}

// name is what the preview calls a position.
func (f *postFinder) name(id string, units *unitFinder) string {
	if f.title[id] == "" {
		return ""
	}
	return f.title[id] + ", " + units.name(f.unit[id])
}
