package appraisal

import (
	"cmp"
	"slices"

	"github.com/gurindam/gurindam/rulebook"
)

// Standing is somebody as the pattern of a unit sees them: the predicate the
// ratings lead to and what was recorded, from which follows who is nearest to
// the next predicate.
type Standing struct {
	PartID    string
	Name      string
	Post      string
	UnitID    string
	Unit      string
	Evaluator Identity
	Predicate Predicate
	Fixed     bool // set, and no longer the evaluator's to change
	Met, Of   int  // indicators that were met, of all
	Values    int  // values above expectation less those below
}

// strength orders people of one predicate by what was recorded, the weakest
// first. Equal ones cannot be told apart.
func (s Standing) strength(o Standing) int {
	return cmp.Or(cmp.Compare(s.Met*max(o.Of, 1), o.Met*max(s.Of, 1)), cmp.Compare(s.Values, o.Values))
}

// Cut is one demand of the pattern that is not met: how many people would have
// to have another predicate, and who is nearest to that line.
type Cut struct {
	Violation
	People int        // how many would have to differ; 0 when nobody could
	Down   bool       // towards a lower predicate
	On     []Standing // nearest first: as many as differ, and those who cannot be told apart from the last of them
}

// Cuts returns, for each demand of the pattern that is not met, who stands at
// the line. It is advice: who differs from whom is for the evaluator to judge.
func (r DistributionRule) Cuts(o OrganisationPredicate, all []Standing) []Cut {
	counts := countStandings(all)
	if counts.Total() == 0 {
		return nil
	}
	spread, _ := r.Spread(o, counts)
	cuts := make([]Cut, 0, len(spread.Violations))
	for _, v := range spread.Violations {
		cuts = append(cuts, r.cut(v, counts, all))
	}
	return cuts
}

func countStandings(all []Standing) PredicateCounts {
	counts := PredicateCounts{}
	for _, s := range all {
		if s.Predicate != "" {
			counts[s.Predicate]++
		}
	}
	return counts
}

// cut finds who stands at the line of one violation.
func (r DistributionRule) cut(v Violation, counts PredicateCounts, all []Standing) Cut {
	c := Cut{Violation: v}
	named := append([]Predicate{v.Predicate}, v.With...)
	have, total := counts.of(named), counts.Total()
	var from []Predicate // whose people would differ
	switch v.Code {
	case AboveMax:
		limit := v.Limit.Mul(rulebook.Ratio(total, 100))
		if r.Limits == HeadLimits {
			limit = limit.Ceil()
		}
		allowed, _ := limit.Floor().Int64()
		c.People, c.Down, from = int(have-allowed), true, named
	case NotAllowed:
		c.People, c.Down, from = int(have), true, named
	case BelowMin:
		limit := v.Limit.Mul(rulebook.Ratio(total, 100))
		needed, _ := limit.Ceil().Int64()
		if r.Limits == HeadLimits {
			needed, _ = limit.Floor().Int64()
		}
		c.People = int(needed - have)
		from, c.Down = nearest(named, counts)
	case NotPresent:
		c.People = 1
		from, c.Down = nearest(named, counts)
	case NotLargest:
		other, most := largestBesides(named, counts)
		c.People, from = int(most-have+1)/2, []Predicate{other}
		if !r.TieIsLargest {
			c.People = int(most-have)/2 + 1
		}
		c.Down = better(other, named[0])
	}
	c.On = onTheCut(all, from, c.People, c.Down)
	return c
}

// nearest returns the predicates of whoever could come to a named one: the
// better ones, else the lower.
func nearest(named []Predicate, counts PredicateCounts) (from []Predicate, down bool) {
	order := AllPredicates() // the best first
	first := slices.Index(order, named[0])
	for i := first - 1; i >= 0; i-- {
		if counts[order[i]] > 0 {
			return []Predicate{order[i]}, true
		}
	}
	for _, p := range order[first+1:] {
		if counts[p] > 0 && !slices.Contains(named, p) {
			return []Predicate{p}, false
		}
	}
	return nil, true
}

func largestBesides(named []Predicate, counts PredicateCounts) (other Predicate, most int64) {
	for _, p := range AllPredicates() {
		if !slices.Contains(named, p) && counts[p] > most {
			other, most = p, counts[p]
		}
	}
	return other, most
}

func better(a, b Predicate) bool {
	return slices.Index(AllPredicates(), a) < slices.Index(AllPredicates(), b)
}

// onTheCut returns the people of some predicates who are nearest to leaving
// them, with whoever cannot be told apart from the last. Who is fixed is not
// among them.
func onTheCut(all []Standing, from []Predicate, people int, down bool) []Standing {
	var on []Standing
	for _, s := range all {
		if slices.Contains(from, s.Predicate) && !s.Fixed {
			on = append(on, s)
		}
	}
	slices.SortStableFunc(on, func(a, b Standing) int {
		if down {
			return a.strength(b)
		}
		return b.strength(a)
	})
	n := min(max(people, 0), len(on))
	for n > 0 && n < len(on) && on[n].strength(on[n-1]) == 0 {
		n++
	}
	return on[:n]
}

// MostEnumerated is up to how many people every way of spreading is tried:
// beyond, whole people hardly ever stand in the way of a percentage.
const MostEnumerated = 12

// Ways returns every way in which so many people can have predicates that fit
// the pattern, fixed ones among them, those nearest to the counts as they stand
// first. For more than MostEnumerated people it returns nil and false.
func (r DistributionRule) Ways(o OrganisationPredicate, people int, fixed, now PredicateCounts) (ways []PredicateCounts, tried bool) {
	if people < 1 || people > MostEnumerated {
		return nil, false
	}
	order := AllPredicates()
	counts := PredicateCounts{}
	var place func(i, left int)
	place = func(i, left int) {
		if i == len(order)-1 {
			counts[order[i]] = int64(left)
			if int64(left) >= fixed[order[i]] {
				if spread, _ := r.Spread(o, counts); spread.Fits {
					ways = append(ways, cloneCounts(counts))
				}
			}
			return
		}
		for n := int(fixed[order[i]]); n <= left; n++ {
			counts[order[i]] = int64(n)
			place(i+1, left-n)
		}
	}
	place(0, people)
	slices.SortStableFunc(ways, func(a, b PredicateCounts) int { return cmp.Compare(apart(a, now), apart(b, now)) })
	return ways, true
}

func cloneCounts(c PredicateCounts) PredicateCounts {
	out := PredicateCounts{}
	for p, n := range c {
		if n > 0 {
			out[p] = n
		}
	}
	return out
}

// apart counts how far two spreads lie apart: a step from one predicate to the
// next counts once for each person.
func apart(a, b PredicateCounts) (steps int64) {
	var carried int64
	for _, p := range AllPredicates() {
		carried += a[p] - b[p]
		steps += max(carried, -carried)
	}
	return steps
}
