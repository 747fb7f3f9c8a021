package appraisal

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// nationalRule returns a rule of the national book, with an override if one is
// given.
func nationalRule[V rulebook.Values](t testing.TB, overrides ...rulebook.Override) (V, error) {
	t.Helper()
	l, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	if len(overrides) > 0 {
		for i := range overrides {
			overrides[i].From, overrides[i].Decided, overrides[i].Decision = "2026-01-01", "2026-01-01", "SK 1/2026"
		}
		if l, err = l.With(rulebook.Overlay{ID: "uji", Version: "1", Overrides: overrides}); err != nil {
			t.Fatal(err)
		}
	}
	b, err := l.At("2026-11-23", "")
	if err != nil {
		t.Fatal(err)
	}
	return rulebook.Load[V](b)
}

func mustRule[V rulebook.Values](t testing.TB, overrides ...rulebook.Override) V {
	t.Helper()
	v, err := nationalRule[V](t, overrides...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// jsonValue reads a value for an override.
func jsonValue(t testing.TB, text string) *rulebook.Value {
	t.Helper()
	v, err := rulebook.ParseJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestABetterRatingNeverMakesAWorsePredicate(t *testing.T) {
	r := mustRule[PredicateRule](t)
	rank := map[Predicate]int{VeryGood: 5, Good: 4, NeedsImprovement: 3, Poor: 2, VeryPoor: 1}
	for i, results := range AllRatings() {
		for j, conduct := range AllRatings() {
			p, because := r.Explain(results, conduct)
			if p != r.Of(results, conduct) || because[len(because)-1].Value != rulebook.Word(p) {
				t.Errorf("%s and %s: %s explained as %v", results, conduct, p, because)
			}
			for _, better := range AllRatings()[:i] {
				if rank[r.Of(better, conduct)] < rank[p] {
					t.Errorf("results %s instead of %s with conduct %s lower %s", better, results, conduct, p)
				}
			}
			for _, better := range AllRatings()[:j] {
				if rank[r.Of(results, better)] < rank[p] {
					t.Errorf("conduct %s instead of %s with results %s lower %s", better, conduct, results, p)
				}
			}
		}
	}
	if r.Of("", Meets) != "" {
		t.Error("no rating, no predicate")
	}
}

func TestABrokenOverrideIsRefused(t *testing.T) {
	word := func(s string) *rulebook.Value { return jsonValue(t, `"`+s+`"`) }
	if _, err := nationalRule[PredicateRule](t, rulebook.Override{Rule: "predicate", Path: "matrix.sesuai.sesuai", Set: word("cukup")}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown predicate in the matrix: %v", err)
	}
	if _, err := nationalRule[LeaderResultsRule](t, rulebook.Override{Rule: "leader-results", Path: "results.baik", Set: word("baik")}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown rating: %v", err)
	}
	for path, value := range map[string]string{"months_a_year": "0", "coefficient.pemula": "0", "percent.baik": "-1", "decimals": "-1"} {
		if _, err := nationalRule[CreditRule](t, rulebook.Override{Rule: "credit", Path: path, Set: jsonValue(t, value)}); !fault.Is(err, fault.Invalid) {
			t.Errorf("credit %s = %s: %v", path, value, err)
		}
	}
	for path, value := range map[string]string{
		"limits": `"some"`, "demands.baik_baik.percent": "101", "demands.baik_baik.demand": `"few"`, "demands.baik_baik.predicates": `[]`,
		"demands.baik_puncak.demand": `"max"`, "demands.baik_baik.organisation": `"kurang"`,
	} {
		_, err := nationalRule[DistributionRule](t, rulebook.Override{Rule: "distribution", Path: path, Set: jsonValue(t, value)})
		if path == "demands.baik_baik.organisation" { // others still ask something of "baik"
			if err != nil {
				t.Errorf("%s = %s: %v", path, value, err)
			}
			continue
		}
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("distribution %s = %s: %v", path, value, err)
		}
	}
}

func TestAnAgencyCanChangeHowLimitsAreRead(t *testing.T) {
	three := PredicateCounts{Good: 3}
	exact := mustRule[DistributionRule](t)
	heads := mustRule[DistributionRule](t, rulebook.Override{Rule: "distribution", Path: "limits", Set: jsonValue(t, `"heads"`)})
	// 70 percent of three people are 2.1: exact limits allow two, whole heads three.
	if s, _ := exact.Spread(OrganisationGood, three); len(s.Violations) != 2 {
		t.Errorf("exact: %+v", s)
	}
	if s, _ := heads.Spread(OrganisationGood, three); len(s.Violations) != 1 || s.Violations[0].Code != NotPresent {
		t.Errorf("heads: %+v", s)
	}
	// 60 percent of one person is 0.6: exact needs one, whole heads none.
	if s, _ := heads.Spread(OrganisationNeedsImprovement, PredicateCounts{Good: 1}); !s.Fits {
		t.Errorf("heads: %+v", s)
	}
	strict := mustRule[DistributionRule](t, rulebook.Override{Rule: "distribution", Path: "tie_is_largest", Set: jsonValue(t, "false")})
	tied := PredicateCounts{VeryGood: 2, Good: 2}
	if s, because := strict.Spread(OrganisationExcellent, tied); s.Fits || s.Violations[0].Code != NotLargest || because[0].Source != exact.Cite()+"; SK 1/2026" {
		t.Errorf("a tie: %+v %v", s, because[0])
	}
}

func TestASpreadDependsOnSharesOnly(t *testing.T) {
	r := mustRule[DistributionRule](t)
	rapid.Check(t, func(t *rapid.T) {
		counts, twice := PredicateCounts{}, PredicateCounts{}
		for _, p := range AllPredicates() {
			counts[p] = rapid.Int64Range(0, 40).Draw(t, string(p))
			twice[p] = 2 * counts[p]
		}
		if counts.Total() == 0 {
			return
		}
		o := rapid.SampledFrom(AllOrganisationPredicates()).Draw(t, "organisation")
		one, because := r.Spread(o, counts)
		two, _ := r.Spread(o, twice)
		if one.Fits != two.Fits || len(one.Violations) != len(two.Violations) || one.Fits != (len(one.Violations) == 0) {
			t.Fatalf("%v: %+v and of twice as many %+v", counts, one, two)
		}
		if because[len(because)-1].Value != one.Fits {
			t.Fatalf("explained as %v", because)
		}
	})
}

func TestCreditPointsGrowWithMonthsAndPredicate(t *testing.T) {
	r := mustRule[CreditRule](t)
	for _, level := range rulebook.Codes(r.Coefficient) {
		for month := int64(1); month <= 12; month++ {
			var last rulebook.Num
			for i := len(AllPredicates()) - 1; i >= 0; i-- {
				points, _ := r.Points(level, AllPredicates()[i], month)
				if points.Less(last) {
					t.Errorf("%s, %d months, %s: %s after %s", level, month, AllPredicates()[i], points, last)
				}
				last = points
			}
			if before, _ := r.Points(level, Good, max(1, month-1)); month > 1 && !before.Less(mustPoints(r, level, month)) {
				t.Errorf("%s: month %d adds nothing", level, month)
			}
		}
	}
}

func mustPoints(r CreditRule, level string, months int64) rulebook.Num {
	points, _ := r.Points(level, Good, months)
	return points
}
