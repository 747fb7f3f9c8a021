package org

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
)

// roll is everybody of one day, by name: what a list is filtered and sorted
// by. It is immutable.
type roll struct{ people []rolled }

type rolled struct {
	id, nip, search string
	rank, status    string
	employment      Employment
	left            bool // is not there any more, or not yet
}

// readRoll reads the roll of a day.
func readRoll(ctx context.Context, q db.Queryer, _ stamp, on Day) (*roll, error) {
	r := &roll{}
	err := db.Each(ctx, q, `
		SELECT p.id, p.nip, p.search, s.valid_from, s.valid_to, s.rank, s.legal_status, s.employment
		FROM person p JOIN person_state s ON s.person_id = p.id
		ORDER BY p.sort_key, p.id, s.valid_from`, func(row db.Row) error {
		var e rolled
		var from, to Day
		if err := row.Scan(&e.id, db.OrZero(&e.nip), &e.search, &from, db.OrZero((*string)(&to)), &e.rank, &e.status, &e.employment); err != nil {
			return err
		}
		e.left = !holds(from, to, on)
		last := len(r.people) - 1
		switch {
		case last < 0 || r.people[last].id != e.id:
			r.people = append(r.people, e)
		case r.people[last].left && from <= on: // a later period that has begun says it better
			r.people[last] = e
		}
		return nil
	})
	return r, err
}

// choose returns the ids a filter leaves, in its order. in says whether a
// person's post is wanted.
func (r *roll) choose(f Filter, m *Map, in func(person string) bool) []string {
	digits := ""
	if f.ByNIP {
		digits = nipDigits(f.Query)
	}
	terms := search.Terms(f.Query)
	chosen := make([]*rolled, 0, len(r.people))
	for i := range r.people {
		e := &r.people[i]
		named := search.Match(e.search, terms)
		if digits != "" {
			named = strings.HasPrefix(e.nip, digits)
		}
		if named && e.left == f.Left && (f.Employment == "" || e.employment == f.Employment) &&
			(f.Status == "" || e.status == f.Status) && in(e.id) {
			chosen = append(chosen, e)
		}
	}
	sortRolled(chosen, f.Sort, m)
	return idsOf(chosen, func(e *rolled) string { return e.id })
}

// nipDigits returns what was typed if it is the beginning of a NIP.
func nipDigits(query string) string {
	digits := strings.Join(strings.Fields(query), "")
	if len(digits) < 3 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return digits
}

// sortRolled sorts people who are in order of name. What is empty stands last
// either way.
func sortRolled(list []*rolled, sort string, m *Map) {
	key, down := strings.CutPrefix(sort, "-")
	var by func(a, b *rolled) int
	switch key {
	case "nip":
		by = emptyLast(func(e *rolled) string { return e.nip }, down)
	case "rank":
		by = emptyLast(func(e *rolled) string { return e.rank }, down)
	case "employment":
		by = emptyLast(func(e *rolled) string { return string(e.employment) }, down)
	case "unit":
		by = m.byUnit(down)
	default:
		if key == "name" && down {
			slices.Reverse(list)
		}
		return
	}
	slices.SortStableFunc(list, by)
}

func emptyLast(text func(*rolled) string, down bool) func(a, b *rolled) int {
	return func(a, b *rolled) int {
		x, y := text(a), text(b)
		switch {
		case x == "" || y == "":
			return compareBool(x == "", y == "")
		case down:
			return cmp.Compare(y, x)
		}
		return cmp.Compare(x, y)
	}
}

// byUnit puts people in the order of the tree, those without a unit last.
func (m *Map) byUnit(down bool) func(a, b *rolled) int {
	return func(a, b *rolled) int {
		x, inX := m.tree.span[m.UnitFor(a.id)]
		y, inY := m.tree.span[m.UnitFor(b.id)]
		switch {
		case !inX || !inY:
			return compareBool(!inX, !inY)
		case down:
			return cmp.Compare(y[0], x[0])
		}
		return cmp.Compare(x[0], y[0])
	}
}
