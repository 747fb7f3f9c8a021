package appraisal

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/rulebook"
)

func standings(p Predicate, met ...int) (all []Standing) {
	for i, m := range met {
		all = append(all, Standing{PartID: fmt.Sprintf("%s-%d", p, i), Name: fmt.Sprintf("%s %d", p, i), Predicate: p, Met: m, Of: 10})
	}
	return all
}

func TestWhoStandsOnTheCut(t *testing.T) {
	rule := mustRule[DistributionRule](t)
	all := append(standings(Good, 9, 3, 5, 5, 8, 9, 9, 9), standings(VeryGood, 10, 10)...)
	cuts := rule.Cuts(OrganisationGood, all)
	if len(cuts) != 2 || cuts[0].Code != AboveMax || cuts[1].Code != NotPresent {
		t.Fatalf("%+v", cuts)
	}
	// Eight of ten are one too many for 70 %, and the weakest is nearest.
	if c := cuts[0]; c.People != 1 || !c.Down || len(c.On) != 1 || c.On[0].Met != 3 {
		t.Errorf("above the limit: %+v", c)
	}
	all[1].Fixed = true
	// Two that cannot be told apart both stand on the line.
	if c := rule.Cuts(OrganisationGood, all)[0]; len(c.On) != 2 || c.On[0].Met != 5 || c.On[1].Met != 5 {
		t.Errorf("who is fixed is no choice, equals stand together: %+v", c.On)
	}
	low := append(standings(Good, 5, 9), standings(NeedsImprovement, 1)...)
	if c := rule.Cuts(OrganisationNeedsImprovement, low)[0]; c.Code != BelowMin || c.People != 1 || c.On[0].Met != 5 {
		t.Errorf("below the least: %+v", c)
	}
	top := append(standings(Good, 5, 9, 7), standings(VeryGood, 9)...)
	if c := rule.Cuts(OrganisationExcellent, top)[0]; c.Code != NotLargest || c.Down || c.People != 1 || c.On[0].Met != 9 {
		t.Errorf("not the largest: %+v", c)
	}
	if c := rule.Cuts(OrganisationVeryPoor, top)[0]; len(c.On) == 0 || !c.Down {
		t.Errorf("nobody has it: %+v", c)
	}
	if got := rule.Cuts(OrganisationGood, nil); got != nil {
		t.Errorf("of nobody there is no cut: %v", got)
	}
}

func TestWhichSmallUnitsCannotFit(t *testing.T) {
	national := mustRule[DistributionRule](t)
	strict := mustRule[DistributionRule](t, rulebook.Override{Rule: "distribution", Path: "tie_is_largest", Set: jsonValue(t, "false")})
	for _, c := range []struct {
		rule   DistributionRule
		org    OrganisationPredicate
		people int
		ways   int
	}{
		{national, OrganisationGood, 1, 0},
		{national, OrganisationGood, 2, 2},
		{strict, OrganisationGood, 2, 0}, // a unit of three: its head is not among them
		{strict, OrganisationGood, 3, 2},
		{national, OrganisationExcellent, 1, 0},
		{national, OrganisationPoor, 1, 0},
	} {
		ways, tried := c.rule.Ways(c.org, c.people, nil, nil)
		if !tried || len(ways) != c.ways {
			t.Errorf("%d people, %s: %d ways %v, want %d", c.people, c.org, len(ways), ways, c.ways)
		}
	}
	if ways, _ := strict.Ways(OrganisationGood, 3, PredicateCounts{Good: 3}, nil); len(ways) != 0 {
		t.Errorf("three who are set: %v", ways)
	}
	near, _ := national.Ways(OrganisationGood, 6, nil, PredicateCounts{Good: 6})
	if len(near) == 0 || near[0][Good] != 4 || apart(near[0], PredicateCounts{Good: 6}) != 2 {
		t.Errorf("the nearest way comes first: %v", near)
	}
	if _, tried := national.Ways(OrganisationGood, MostEnumerated+1, nil, nil); tried {
		t.Error("large units are not tried")
	}
}

// Every way that is offered fits, and holds everybody and whoever is fixed.
func TestWaysFit(t *testing.T) {
	rule := mustRule[DistributionRule](t)
	rapid.Check(t, func(t *rapid.T) {
		o := rapid.SampledFrom(AllOrganisationPredicates()).Draw(t, "organisation")
		people := rapid.IntRange(1, 8).Draw(t, "people")
		fixed := PredicateCounts{rapid.SampledFrom(AllPredicates()).Draw(t, "fixed"): int64(rapid.IntRange(0, people).Draw(t, "n"))}
		ways, _ := rule.Ways(o, people, fixed, fixed)
		for _, w := range ways {
			spread, _ := rule.Spread(o, w)
			if !spread.Fits || w.Total() != int64(people) {
				t.Fatalf("%v does not fit %s", w, o)
			}
			for p, n := range fixed {
				if w[p] < n {
					t.Fatalf("%v lost who is fixed: %v", w, fixed)
				}
			}
		}
	})
}
