package org

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// spell writes periods short: "a 01-05, b 05-".
func spell(list []Unit) string {
	var parts []string
	for _, u := range list {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %s-%s", u.Name, u.From, u.To)))
	}
	return strings.Join(parts, ", ")
}

func TestSplice(t *testing.T) {
	for _, c := range []struct {
		list []Unit
		at   Day
		name string
		want string
	}{
		{nil, "05", "a", "a 05-"},
		{[]Unit{{Name: "a", From: "01"}}, "05", "b", "a 01-05, b 05-"},
		{[]Unit{{Name: "a", From: "01"}}, "01", "b", "b 01-"},
		{[]Unit{{Name: "a", From: "01"}}, "05", "a", "a 01-"},
		{[]Unit{{Name: "a", From: "03"}}, "01", "b", "b 01-03, a 03-"},
		{[]Unit{{Name: "a", From: "03"}}, "01", "a", "a 01-"},
		{[]Unit{{Name: "a", From: "01", To: "03"}}, "05", "b", "a 01-03, b 05-"},
		{[]Unit{{Name: "a", From: "01", To: "05"}, {Name: "b", From: "05"}}, "03", "c", "a 01-03, c 03-05, b 05-"},
		{[]Unit{{Name: "a", From: "01", To: "05"}, {Name: "b", From: "05"}}, "03", "b", "a 01-03, b 03-"},
		{[]Unit{{Name: "a", From: "01", To: "05"}, {Name: "b", From: "05"}}, "05", "a", "a 01-"},
		{[]Unit{{Name: "a", From: "01", To: "03"}, {Name: "b", From: "07"}}, "05", "c", "a 01-03, c 05-07, b 07-"},
	} {
		before := spell(c.list)
		if got := spell(splice(c.list, c.at, Unit{Name: c.name})); got != c.want {
			t.Errorf("%s from %s in [%s]: got [%s], want [%s]", c.name, c.at, before, got, c.want)
		}
		if spell(c.list) != before {
			t.Errorf("the list itself was changed: [%s]", before)
		}
	}
}

func TestCut(t *testing.T) {
	list := []Unit{{Name: "a", From: "01", To: "05"}, {Name: "b", From: "05"}}
	for on, want := range map[Day]string{"07": "a 01-05, b 05-07", "05": "a 01-05", "03": "a 01-03", "01": ""} {
		if got := spell(cut(list, on)); got != want {
			t.Errorf("cut at %s: got [%s], want [%s]", on, got, want)
		}
	}
}

// Whatever is said in whatever order, periods never overlap, what was said
// last of a day is true of it, and what difference writes makes the old rows
// the new ones.
func TestSpliceKeepsPeriodsApart(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) Day { return Day(fmt.Sprintf("%02d", rapid.IntRange(1, 20).Draw(t, "day"))) })
	rapid.Check(t, func(t *rapid.T) {
		var list []Unit
		for range rapid.IntRange(1, 12).Draw(t, "edits") {
			on, name := day.Draw(t, "at"), rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name")
			before := slices.Clone(list)
			if rapid.IntRange(0, 5).Draw(t, "cut") == 0 {
				list = cut(list, on)
			} else {
				list = splice(list, on, Unit{Name: name})
				if u, ok := at(list, on); !ok || u.Name != name {
					t.Fatalf("%s said of %s, but [%s]", name, on, spell(list))
				}
			}
			for i := 1; i < len(list); i++ {
				if list[i-1].To == "" || list[i-1].To > list[i].From {
					t.Fatalf("overlap in [%s]", spell(list))
				}
			}
			write, remove := difference(before, list)
			if got := replay(before, write, remove); spell(got) != spell(list) {
				t.Fatalf("[%s] with %v and -%v is [%s], want [%s]", spell(before), spell(write), remove, spell(got), spell(list))
			}
		}
	})
}

// replay does what the database does with a difference.
func replay(rows, write []Unit, remove []Day) []Unit {
	byDay := map[Day]Unit{}
	for _, r := range rows {
		byDay[r.From] = r
	}
	for _, d := range remove {
		delete(byDay, d)
	}
	for _, w := range write {
		byDay[w.From] = w
	}
	var out []Unit
	for _, r := range byDay {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Unit) int { return strings.Compare(string(a.From), string(b.From)) })
	return out
}
