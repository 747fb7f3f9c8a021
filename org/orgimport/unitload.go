package orgimport

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// load puts the tree on the map.
func (l *unitLoader) load(ctx context.Context, t *task) error {
	ids, err := t.Store.UnitIDs(ctx, t.tx)
	if err != nil {
		return err
	}
	before, err := t.tree(ctx)
	if err != nil {
		return err
	}
	for _, u := range before.All() {
		keepIn(ids, u.ID)
	}
	for _, r := range l.units {
		if ids[r.source] == "" {
			ids[r.source] = db.NewID()
		}
	}
	names := l.byName(ids)
	units := make([]org.Unit, len(l.units))
	called := make(map[string]string, len(l.units))
	for i, r := range l.units {
		was, _ := before.Unit(ids[r.source])
		units[i] = l.unit(t, r, ids, names, was)
		called[units[i].ID] = r.name
	}
	t.order.tell(Loading, 0, int64(len(units)))
	outcomes, err := t.Store.PutUnits(ctx, t.tx, t.order.At, units)
	if err != nil {
		return err
	}
	for i, u := range units {
		t.report.count(outcomes[i])
		if outcomes[i] != org.Unchanged && t.journal.wants() {
			was, _ := before.Unit(u.ID)
			t.journal.changed(Change{l.units[i].row, u.Name, outcomes[i] == org.Created, differ(unitTraits(was, before, nil), unitTraits(u, before, called))})
		}
	}
	t.report.Unchanged += l.copies + len(l.asleep)
	l.sleep(t, ids, before)
	t.order.tell(Loading, int64(len(units)), int64(len(units)))
	return l.unreachable(ctx, t, ids)
}

// byName returns the units of the file whose name no other has, for files that
// name the parent instead of numbering it.
func (l *unitLoader) byName(ids map[string]string) map[string]string {
	names := map[string]string{}
	for _, r := range l.units {
		name := fold(r.name)
		if _, twice := names[name]; twice {
			names[name] = ""
			continue
		}
		names[name] = ids[r.source]
	}
	return names
}

// unit makes a unit of a row. What the row does not say stays as it was.
func (l *unitLoader) unit(t *task, r unitRow, ids, names map[string]string, was org.Unit) org.Unit {
	u := org.Unit{ID: ids[r.source], SourceID: r.source, From: r.from, Name: r.name, Short: r.short, Code: r.code}
	if u.From == "" || u.From > t.order.At {
		u.From = t.order.Since
	}
	switch {
	case r.kind != "" || was.ID == "":
		u.Kind = t.words.unitKind(r.kind, r.name)
	default:
		u.Kind = was.Kind
	}
	keep(&u.Short, was.Short)
	keep(&u.Code, was.Code)
	u.Parent, u.ParentSource = l.parent(t, r, ids, names)
	if broken := u.ParentSource != "" || u.Parent == u.ID; broken && was.Parent != "" && was.Parent != u.ID {
		u.Parent, u.ParentSource = was.Parent, was.ParentSource // somebody has mended it here
		t.journal.warn(Warning{Code: "parent_kept", Row: r.row, Column: l.column, Value: r.source, Args: []any{r.name, r.parent}})
	}
	return u
}

// parent returns the unit above, or what the file calls it when nobody knows
// it. A unit may be its own parent: the map shows it as hanging from nothing.
func (l *unitLoader) parent(t *task, r unitRow, ids, names map[string]string) (id, unknown string) {
	tops := t.topUnits()
	switch id := ids[r.parent]; {
	case slices.Contains(tops, r.source):
		if r.parent != "" {
			t.journal.warn(Warning{Code: "top_unit", Row: r.row, Column: l.column, Value: r.parent, Args: []any{r.name}})
		}
		return "", ""
	case r.parent == "" && len(tops) > 0:
		return "", "-"
	case r.parent == "" || id != "":
		return id, ""
	}
	if id := names[fold(r.parent)]; id != "" {
		return id, ""
	}
	return "", r.parent
}

// topUnits are the units a mapping puts at the top.
func (t *task) topUnits() []string {
	if t.order.Mapping == nil {
		return nil
	}
	return t.order.Mapping.Top
}

// keep leaves what was where a file says nothing.
func keep[T ~string](now *T, was T) {
	if *now == "" {
		*now = was
	}
}

// sleep warns of units that the file calls inactive and the map still has.
func (l *unitLoader) sleep(t *task, ids map[string]string, before *org.Tree) {
	for _, r := range l.asleep {
		if _, live := before.Unit(ids[r.source]); live {
			t.journal.warn(Warning{Code: "inactive_here", Row: r.row, Column: l.idName, Value: r.source, Args: []any{r.name}})
		} else {
			t.journal.warn(Warning{Code: "inactive", Row: r.row, Args: []any{}})
		}
	}
}

// unreachable warns of every unit of the file that hangs from nothing.
func (l *unitLoader) unreachable(ctx context.Context, t *task, ids map[string]string) error {
	tree, err := t.tree(ctx)
	if err != nil {
		return err
	}
	rows := map[string]unitRow{}
	for _, r := range l.units {
		rows[ids[r.source]] = r
	}
	for _, loose := range tree.Loose() {
		r, ours := rows[loose.Unit.ID]
		if !ours {
			continue
		}
		below := len(tree.Below(loose.Unit.ID)) - 1
		w := Warning{Row: r.row, Column: l.column, Value: r.source, Args: []any{r.name, r.parent, below}}
		switch loose.Reason {
		case org.ParentItself:
			w.Code = "parent_itself"
		case org.ParentBelow:
			w.Code = "parent_below"
		default:
			w.Code = "parent_unknown"
			if r.parent == "" {
				w.Code = "parent_missing"
			}
		}
		t.journal.warn(w)
	}
	return nil
}

// tree returns the units of the snapshot's day as the transaction has them.
func (t *task) tree(ctx context.Context) (*org.Tree, error) {
	periods, err := t.Store.EveryUnit(ctx, t.tx)
	if err != nil {
		return nil, err
	}
	return org.NewTree(periods, t.order.At), nil
}

// count adds the outcome of a row.
func (r *Report) count(o org.Outcome) {
	switch o {
	case org.Created:
		r.Created++
	case org.Updated:
		r.Updated++
	default:
		r.Unchanged++
	}
}

// unitTraits are what the preview compares; called names units of the file.
func unitTraits(u org.Unit, tree *org.Tree, called map[string]string) []Field {
	parent := called[u.Parent]
	keep(&parent, tree.Name(u.Parent))
	return []Field{{Name: "name", Now: u.Name}, {Name: "short", Now: u.Short}, {Name: "kind", Now: string(u.Kind)}, {Name: "code", Now: u.Code}, {Name: "parent", Now: parent}}
}

// differ returns the traits that are not the same.
func differ(was, now []Field) []Field {
	var all []Field
	for i, n := range now {
		if was[i].Now != n.Now {
			all = append(all, Field{n.Name, was[i].Now, n.Now})
		}
	}
	return all
}
