package task

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
)

// desks is what is due for whom: by person, and by role for the places of the
// list, so that a letter keeps its order.
type desks struct {
	tree   account.Tree
	all    []dueTask
	person map[string][]int
	role   map[account.Role][]int
	within map[[2]string]bool // asked already: unit, ancestor
}

func desksOf(tree account.Tree, all []dueTask) *desks {
	d := &desks{tree: tree, all: all, person: map[string][]int{}, role: map[account.Role][]int{}, within: map[[2]string]bool{}}
	for i, t := range all {
		if t.For.Person != "" {
			d.person[t.For.Person] = append(d.person[t.For.Person], i)
		} else {
			d.role[t.For.Role] = append(d.role[t.For.Role], i)
		}
	}
	return d
}

// of returns what is due for a reader, in the order of the list: the own desk,
// and those of the roles held.
func (d *desks) of(ctx context.Context, r Reader) ([]dueTask, error) {
	var at []int
	if r.Person != "" {
		at = slices.Clone(d.person[r.Person])
	}
	for _, g := range r.Grants {
		for _, i := range d.role[g.Role] {
			in, err := d.reaches(ctx, g, d.all[i].For.Unit)
			if err != nil {
				return nil, err
			}
			if in {
				at = append(at, i)
			}
		}
	}
	slices.Sort(at)
	var out []dueTask
	for _, i := range slices.Compact(at) {
		out = append(out, d.all[i])
	}
	return out, nil
}

// reaches reports whether a grant sits at the desk of a role for a unit. A desk
// of the whole agency is that of grants for the whole agency.
func (d *desks) reaches(ctx context.Context, g account.Grant, unit string) (bool, error) {
	if g.Unit == "" || unit == "" || d.tree == nil {
		return g.Unit == "", nil
	}
	key := [2]string{unit, g.Unit}
	in, asked := d.within[key]
	if asked {
		return in, nil
	}
	in, err := d.tree.Within(ctx, unit, g.Unit)
	d.within[key] = in
	return in, err
}
