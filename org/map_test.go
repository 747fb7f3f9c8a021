package org

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func names(units []Unit) string {
	return strings.Join(idsOf(units, func(u Unit) string { return u.ID }), " ")
}

func TestTree(t *testing.T) {
	tree := NewTree(smallUnits(), today)
	if root, ok := tree.Root(); !ok || root.ID != "kota" {
		t.Errorf("root is %v", root)
	}
	if got := names(tree.Path("daftar")); got != "kota capil daftar" {
		t.Errorf("path: %s", got)
	}
	if got := names(tree.Children("capil")); got != "sipil daftar" {
		t.Errorf("children: %s", got)
	}
	for _, c := range []struct {
		unit, above string
		want        bool
	}{{"daftar", "kota", true}, {"daftar", "daftar", true}, {"daftar", "dinkes", false}, {"kota", "daftar", false}, {"nowhere", "kota", false}} {
		if got := tree.Within(c.unit, c.above); got != c.want {
			t.Errorf("%s within %s: %v", c.unit, c.above, got)
		}
	}
	if tree := NewTree(smallUnits(), "2020-01-01"); tree.Len() != 0 {
		t.Errorf("before the map begins there are %d units", tree.Len())
	}
}

// What is wrong in a source is shown, never dropped.
func TestTreeKeepsWhatHangsFromNothing(t *testing.T) {
	units := append(smallUnits(),
		Unit{ID: "self", Parent: "self", From: longAgo},
		Unit{ID: "under-self", Parent: "self", From: longAgo},
		Unit{ID: "lost", ParentSource: "4711", From: longAgo},
		Unit{ID: "a", Parent: "c", From: longAgo},
		Unit{ID: "b", Parent: "a", From: longAgo},
		Unit{ID: "c", Parent: "b", From: longAgo},
		Unit{ID: "twig", Parent: "b", From: longAgo},
		Unit{ID: "closed-parent", Parent: "gone", From: longAgo},
		Unit{ID: "gone", Parent: "kota", From: longAgo, To: "2025-01-01"},
	)
	tree := NewTree(units, today)
	why := map[string]LooseReason{}
	for _, l := range tree.Loose() {
		why[l.Unit.ID] = l.Reason
	}
	if why["self"] != ParentItself || why["lost"] != ParentUnknown || why["closed-parent"] != ParentUnknown {
		t.Errorf("reasons: %v", why)
	}
	circles := 0
	for _, r := range why {
		if r == ParentBelow {
			circles++
		}
	}
	if circles != 1 {
		t.Errorf("a circle of three is one fragment, got %v", why)
	}
	if got := len(tree.Unreachable()); got != 8 {
		t.Errorf("unreachable: %s", names(tree.Unreachable()))
	}
	if got := len(tree.All()); got != tree.Len() || got != len(units)-1 {
		t.Errorf("%d units shown of %d", got, tree.Len())
	}
}

func TestUnitsOfAMergedOfficeGoOnUnderTheNewOne(t *testing.T) {
	units := smallUnits()
	units[1].To, units[1].MergedInto = "2026-07-01", "dinkes" // the office of civil registration
	before, after := NewTree(units, "2026-06-30"), NewTree(units, "2026-07-01")
	if before.Parent("daftar") != "capil" || after.Parent("daftar") != "dinkes" {
		t.Errorf("before %s, after %s", before.Parent("daftar"), after.Parent("daftar"))
	}
	if !after.Within("capil", "dinkes") || after.Within("capil", "pkm") {
		t.Error("an ended unit counts where it is now")
	}
	positions := smallPositions()
	positions[3].AnswersTo = "kadis"
	m := NewMap(NewChart(after, positions), smallTenures(), nil)
	if e := m.Evaluator("rina"); e.PersonID != "nurhayati" {
		t.Errorf("a post that goes on is still the superior: %+v", e)
	}
	positions[1].To = "2026-07-01"
	m = NewMap(NewChart(after, positions), smallTenures(), nil)
	if got := m.Superior("kabid-daftar"); got != "kadinkes" {
		t.Errorf("the head of the new office is the superior, got %q", got)
	}
}

func TestEvaluator(t *testing.T) {
	m := smallMap(today)
	for _, c := range []struct {
		person, want, position string
		how                    How
	}{
		{"dewi", "rina", "kabid-daftar", ByPost},
		{"rina", "nurhayati", "kadis", ByPost},
		{"nurhayati", "raja", "walikota", ByPost},
		{"raja", "", "", ByNobody},
		{"fadli", "nurhayati", "kadis", ByNextAbove}, // acts for his own superior's post
		{"budi", "lia", "kapus", ByPost},             // an additional duty is the regular way to hold that post
		{"lia", "raja", "walikota", ByNextAbove},     // is her own head; the post above is vacant
		{"nobody", "", "", ByNobody},
	} {
		e := m.Evaluator(c.person)
		if e.PersonID != c.want || e.PositionID != c.position || e.How != c.how {
			t.Errorf("%s: got %+v", c.person, e)
		}
	}
	if e := m.EvaluatorIn("fadli", "kabid-sipil"); e.PersonID != "nurhayati" || e.How != ByPost {
		t.Errorf("in the post he acts for: %+v", e)
	}
	if a := m.Above("dewi", m.Evaluator("dewi")); a.PersonID != "nurhayati" {
		t.Errorf("above: %+v", a)
	}
	if a := m.Above("nurhayati", m.Evaluator("nurhayati")); a.How != ByNobody {
		t.Errorf("nobody is above the mayor: %+v", a)
	}
	if got := m.Subordinates("nurhayati"); !slices.Equal(got, []string{"fadli", "rina"}) {
		t.Errorf("subordinates: %v", got)
	}
}

func TestAPltEvaluatesWhoAnswersToThePost(t *testing.T) {
	tenures := append(smallTenures(), Tenure{ID: "x", Person: "siti", Position: "analis-sipil", Kind: Definitive, From: longAgo})
	m := NewMap(NewChart(NewTree(smallUnits(), today), smallPositions()), tenures, nil)
	if e := m.Evaluator("siti"); e.PersonID != "fadli" || e.How != ByActing || e.Tenure != Plt {
		t.Errorf("got %+v", e)
	}
	m = NewMap(NewChart(NewTree(smallUnits(), "2026-05-11"), smallPositions()), tenures, nil)
	if e := m.Evaluator("siti"); e.PersonID != "nurhayati" || e.How != ByNextAbove || !slices.Equal(e.Skipped, []string{"kabid-sipil"}) {
		t.Errorf("the day before the Plt began: %+v", e)
	}
}

func TestOverride(t *testing.T) {
	overrides := []Override{
		{ID: "1", Person: "dewi", Evaluator: "fadli", From: "2026-01-01", Reason: "bekerja di bidang sipil"},
		{ID: "2", Person: "arif", Evaluator: "fadli", From: "2026-01-01", To: "2026-06-01"},
	}
	m := NewMap(NewChart(NewTree(smallUnits(), today), smallPositions()), smallTenures(), overrides)
	e := m.Evaluator("dewi")
	if e.PersonID != "fadli" || e.How != ByOverride || e.Reason == "" || e.PositionID != "analis-sipil" {
		t.Errorf("got %+v", e)
	}
	if a := m.Above("dewi", e); a.PersonID != "nurhayati" {
		t.Errorf("above: %+v", a)
	}
	if e := m.Evaluator("arif"); e.PersonID != "rina" {
		t.Errorf("an override that has ended: %+v", e)
	}
}

func TestCountLeavesASurplusWhereItIs(t *testing.T) {
	m := smallMap(today)
	got := m.Count(m.Below("capil")...)
	if want := (Count{Need: 9, Filled: 5, Vacant: 4, Acting: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestStretchesFollowMovesAndChangesAbove(t *testing.T) {
	h := History{Units: smallUnits(), Positions: smallPositions(), Tenures: smallTenures()}
	for i := range h.Tenures { // Dewi moves in June; Rina leaves in September
		switch h.Tenures[i].ID {
		case "dewi@analis":
			h.Tenures[i].To = "2026-06-01"
		case "rina@kabid-daftar":
			h.Tenures[i].To = "2026-09-01"
		}
	}
	h.Tenures = append(h.Tenures, Tenure{ID: "dewi@sipil", Person: "dewi", Position: "analis-sipil", Kind: Definitive, From: "2026-06-01"})
	for person, want := range map[string]string{
		"dewi": "2026-01-01…2026-06-01 analis rina, 2026-06-01…2027-01-01 analis-sipil fadli",
		"arif": "2026-01-01…2026-09-01 analis rina, 2026-09-01…2027-01-01 analis nurhayati",
		"fadli": "2026-01-01…2027-01-01 analis-sipil nurhayati, " +
			"2026-05-12…2027-01-01 kabid-sipil nurhayati",
	} {
		if got := tell(h.Stretches("2026-01-01", "2027-01-01", person)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", person, got, want)
		}
	}
}

func tell(list []Stretch) string {
	var parts []string
	for _, s := range list {
		parts = append(parts, fmt.Sprintf("%s…%s %s %s", s.From, s.To, s.Position.ID, s.Evaluator.PersonID))
	}
	return strings.Join(parts, ", ")
}

// drawHistory draws a small, wild map: circles, vacancies, merged units.
func drawHistory(t *rapid.T) History {
	id := func(prefix string, n int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string { return fmt.Sprint(prefix, rapid.IntRange(0, n).Draw(t, "n")) })
	}
	day := rapid.Custom(func(t *rapid.T) Day {
		return Day(fmt.Sprintf("2026-%02d-01", rapid.IntRange(1, 12).Draw(t, "month")))
	})
	var h History
	for i := range 6 {
		u := Unit{ID: fmt.Sprint("u", i), From: longAgo, Parent: rapid.OneOf(rapid.Just(""), id("u", 6)).Draw(t, "parent")}
		if rapid.IntRange(0, 4).Draw(t, "ends") == 0 {
			u.To, u.MergedInto = day.Draw(t, "to"), rapid.OneOf(rapid.Just(""), id("u", 5)).Draw(t, "into")
		}
		h.Units = append(h.Units, u)
	}
	for i := range 8 {
		p := Position{
			ID: fmt.Sprint("p", i), From: longAgo, Unit: id("u", 5).Draw(t, "unit"), Head: rapid.Bool().Draw(t, "head"),
			AnswersTo: rapid.OneOf(rapid.Just(""), id("p", 8)).Draw(t, "superior"), Need: "1", Kind: Functional,
		}
		if rapid.IntRange(0, 5).Draw(t, "ends") == 0 {
			p.To = day.Draw(t, "to")
		}
		h.Positions = append(h.Positions, p)
	}
	for i := range 8 {
		tenure := Tenure{
			ID: fmt.Sprint("t", i), Person: fmt.Sprint("x", i%5), Position: id("p", 7).Draw(t, "position"), From: longAgo,
			Kind: rapid.SampledFrom(TenureKinds()).Draw(t, "kind"),
		}
		if rapid.Bool().Draw(t, "later") {
			tenure.From = day.Draw(t, "from")
		}
		h.Tenures = append(h.Tenures, tenure)
	}
	return h
}

// However wrong the map: every unit and position is shown once, nobody
// evaluates themself, and a stretch says of every day what that day's map says.
func TestAnyMapHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		on := Day(fmt.Sprintf("2026-%02d-15", rapid.IntRange(1, 12).Draw(t, "month")))
		tree := NewTree(h.Units, on)
		m := NewMap(NewChart(tree, h.Positions), h.Tenures, nil)
		if len(tree.All()) != tree.Len() || len(m.All()) != len(m.positions) {
			t.Fatalf("%d of %d units, %d of %d positions", len(tree.All()), tree.Len(), len(m.All()), len(m.positions))
		}
		for person, e := range m.Evaluators() {
			above := m.Above(person, e)
			if e.PersonID == person || above.PersonID == person || above.PersonID != "" && above.PersonID == e.PersonID {
				t.Fatalf("%s, evaluator %+v, above %+v", person, e, above)
			}
		}
		for _, u := range tree.All() {
			if got, want := m.CountBelow(u.ID), m.Count(m.Below(u.ID)...); got != want {
				t.Fatalf("%s: counted %+v, want %+v", u.ID, got, want)
			}
		}
		all := h.Stretches("2026-01-01", "2027-01-01")
		seen := 0
		for _, s := range all {
			if holds(s.From, s.To, on) {
				seen++
				if e := m.EvaluatorIn(s.Tenure.Person, s.Tenure.Position); !e.same(s.Evaluator) {
					t.Fatalf("on %s the map says %+v, the stretch %+v", on, e, s)
				}
			}
		}
		if today := m.stretches(on, nil); seen != len(today) {
			t.Fatalf("%d stretches hold on %s, want %d", seen, on, len(today))
		}
		person := fmt.Sprint("x", rapid.IntRange(0, 4).Draw(t, "person"))
		alone := slices.DeleteFunc(all, func(s Stretch) bool { return s.Tenure.Person != person })
		if got := h.Stretches("2026-01-01", "2027-01-01", person); tell(got) != tell(alone) {
			t.Fatalf("%s alone: %s, among all: %s", person, tell(got), tell(alone))
		}
	})
}
