package org

import (
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
)

// period is one stretch of what is true of a thing.
type period[T any] interface {
	*T
	bounds() (from, to *Day)
	sameAs(T) bool
}

func (u *Unit) bounds() (from, to *Day)     { return &u.From, &u.To }
func (u *Unit) sameAs(o Unit) bool          { return u.same(o) }
func (p *Position) bounds() (from, to *Day) { return &p.From, &p.To }
func (p *Position) sameAs(o Position) bool  { return p.same(o) }
func (p *Person) bounds() (from, to *Day)   { return &p.From, &p.To }
func (p *Person) sameAs(o Person) bool      { return p.same(o) }

// splice makes value hold from a day on, until the period that covers the day
// ends or, where none does, until the next one begins. list is in order and
// without overlap, and so is what comes back; neighbours that say the same
// become one. list itself is not changed.
func splice[T any, P period[T]](list []T, at Day, value T) []T {
	from, to := P(&value).bounds()
	*from, *to = at, ""
	var out []T
	for _, old := range list {
		oldFrom, oldTo := P(&old).bounds()
		switch {
		case holds(*oldFrom, *oldTo, at):
			*to = *oldTo
			if *oldFrom == at {
				continue
			}
			*oldTo = at
		case *oldFrom > at:
			*to = earlier(*to, *oldFrom)
		}
		out = append(out, old)
	}
	i := slices.IndexFunc(out, func(o T) bool { f, _ := P(&o).bounds(); return *f > at })
	if i < 0 {
		i = len(out)
	}
	return join[T, P](slices.Insert(out, i, value))
}

// cut ends everything on a day: what begins later never was.
func cut[T any, P period[T]](list []T, at Day) []T {
	var out []T
	for _, p := range list {
		from, to := P(&p).bounds()
		if *from >= at {
			continue
		}
		*to = earlier(*to, at)
		out = append(out, p)
	}
	return out
}

// join makes one period of neighbours that say the same.
func join[T any, P period[T]](list []T) []T {
	var out []T
	for _, p := range list {
		from, to := P(&p).bounds()
		if n := len(out); n > 0 {
			_, end := P(&out[n-1]).bounds()
			if *end == *from && P(&out[n-1]).sameAs(p) {
				*end = *to
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// at returns the period that covers a day.
func at[T any, P period[T]](list []T, on Day) (value T, ok bool) {
	for _, p := range list {
		if from, to := P(&p).bounds(); holds(*from, *to, on) {
			return p, true
		}
	}
	return value, false
}

// editable returns the period that covers the day of an edit, or a fault:
// somebody else has changed it since the form was made, or it is not there then.
func editable[T any, P period[T]](list []T, same bool, on Day) (T, error) {
	if !same {
		return *new(T), errChanged()
	}
	value, there := at[T, P](list, on)
	if !there {
		from, _ := P(&list[0]).bounds()
		return value, fault.WrongField("from", "org.not_there_then", *from)
	}
	return value, nil
}

// difference returns the periods of after that are not in before, and the
// first days of those of before that are gone.
func difference[T any, P period[T]](before, after []T) (write []T, remove []Day) {
	equal := func(a, b T) bool {
		af, at := P(&a).bounds()
		bf, bt := P(&b).bounds()
		return *af == *bf && *at == *bt && P(&a).sameAs(b)
	}
	for _, a := range after {
		if !slices.ContainsFunc(before, func(b T) bool { return equal(a, b) }) {
			write = append(write, a)
		}
	}
	for _, b := range before {
		from, _ := P(&b).bounds()
		if !slices.ContainsFunc(after, func(a T) bool { f, _ := P(&a).bounds(); return *f == *from }) {
			remove = append(remove, *from)
		}
	}
	return write, remove
}
