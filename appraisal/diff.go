package appraisal

import (
	"slices"
	"strings"
)

// The kinds of differences.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// Compare tells how plan now differs from plan before, in the order of now,
// what was removed last. A result or indicator is the same one when its id is,
// or when its text is; a copied plan keeps the ids.
func Compare(before, now Content) []Difference {
	var d differ
	used := map[string]bool{}
	for _, r := range now.Results {
		old := counterpart(before.Results, r.ID, r.Text, used, resultKey)
		if old == nil {
			d.add(Added, "result", r.ID, "", r.Text)
			continue
		}
		d.text("result", r.ID, old.Text, r.Text)
		d.indicators(*old, r)
		d.steps(*old, r)
	}
	for _, r := range before.Results {
		if !used[r.ID] {
			d.add(Removed, "result", r.ID, r.Text, "")
		}
	}
	d.annex("resources", before.Annex.Resources, now.Annex.Resources)
	d.annex("accountability", before.Annex.Accountability, now.Annex.Accountability)
	d.annex("consequences", before.Annex.Consequences, now.Annex.Consequences)
	d.expectations(before.Expectations, now.Expectations)
	return d.all
}

type differ struct{ all []Difference }

func (d *differ) add(kind, what, id, before, after string) {
	d.all = append(d.all, Difference{Kind: kind, What: what, ID: id, Before: before, After: after})
}

func (d *differ) text(what, id, before, after string) {
	switch {
	case before == after:
	case before == "":
		d.add(Added, what, id, "", after)
	case after == "":
		d.add(Removed, what, id, before, "")
	default:
		d.add(Changed, what, id, before, after)
	}
}

func (d *differ) indicators(before, now Result) {
	used := map[string]bool{}
	for _, in := range now.Indicators {
		old := counterpart(before.Indicators, in.ID, in.Text, used, indicatorKey)
		if old == nil {
			d.add(Added, "indicator", in.ID, "", in.Text)
			continue
		}
		d.text("indicator", in.ID, old.Text, in.Text)
		d.text("target", in.ID, old.goal(), in.goal())
		d.text("direction", in.ID, string(old.Direction), string(in.Direction))
	}
	for _, in := range before.Indicators {
		if !used[in.ID] {
			d.add(Removed, "indicator", in.ID, in.Text, "")
		}
	}
}

// goal is what an indicator aims at, as one text.
func (in Indicator) goal() string {
	if in.TargetText != "" {
		return in.TargetText
	}
	return strings.TrimSpace(in.Target + " " + in.Unit)
}

func (d *differ) steps(before, now Result) {
	line := func(steps []Step) []string {
		var all []string
		for _, s := range steps {
			all = append(all, s.Text)
		}
		return all
	}
	d.lines("step", now.ID, line(before.Steps), line(now.Steps))
}

func (d *differ) annex(what string, before, now []string) { d.lines(what, "", before, now) }

func (d *differ) lines(what, id string, before, now []string) {
	for _, l := range now {
		if !slices.Contains(before, l) {
			d.add(Added, what, id, "", l)
		}
	}
	for _, l := range before {
		if !slices.Contains(now, l) {
			d.add(Removed, what, id, l, "")
		}
	}
}

func (d *differ) expectations(before, now map[string]string) {
	codes := map[string]bool{}
	for c := range before {
		codes[c] = true
	}
	for c := range now {
		codes[c] = true
	}
	all := make([]string, 0, len(codes))
	for c := range codes {
		all = append(all, c)
	}
	slices.Sort(all)
	for _, c := range all {
		d.text("expectation", c, before[c], now[c])
	}
}

func resultKey(r Result) (id, text string)        { return r.ID, r.Text }
func indicatorKey(in Indicator) (id, text string) { return in.ID, in.Text }

// counterpart finds the piece with the same id, else with the same text, that
// was not taken yet, and marks it as taken.
func counterpart[T any](all []T, id, text string, used map[string]bool, key func(T) (id, text string)) *T {
	for _, same := range []func(i, t string) bool{
		func(i, _ string) bool { return i == id },
		func(_, t string) bool { return t == text },
	} {
		for k := range all {
			i, t := key(all[k])
			if !used[i] && same(i, t) {
				used[i] = true
				return &all[k]
			}
		}
	}
	return nil
}
