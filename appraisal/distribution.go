package appraisal

import (
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// DistributionRule says how the predicates of a unit's people may spread,
// given the unit's own predicate (SE MenPANRB 3/2023). It advises; the
// evaluator decides.
type DistributionRule struct {
	rulebook.Head `json:"-"`
	Limits        SpreadLimits   `json:"limits"`
	TieIsLargest  bool           `json:"tie_is_largest"`
	HeadCounts    bool           `json:"head_counts"`
	Decimals      int            `json:"decimals"`
	Demands       []SpreadDemand `json:"demands"`
}

// SpreadLimits says how a percentage bounds whole people.
type SpreadLimits string

// ExactLimits compares shares as they are; HeadLimits turns each limit into
// whole people to the unit's advantage.
const (
	ExactLimits SpreadLimits = "exact"
	HeadLimits  SpreadLimits = "heads"
)

// SpreadDemand is one thing asked of a unit with a predicate. Predicates named
// together are counted together.
type SpreadDemand struct {
	Code         string                `json:"code"`
	Organisation OrganisationPredicate `json:"organisation"`
	Demand       string                `json:"demand"`
	Predicates   []Predicate           `json:"predicates"`
	Percent      *rulebook.Num         `json:"percent,omitempty"` // of DemandMin and DemandMax only
}

// The demands.
const (
	DemandLargest = "largest" // most people have it
	DemandMin     = "min"     // at least so many percent
	DemandMax     = "max"     // at most so many percent
	DemandPresent = "present" // somebody has one of them
	DemandBarred  = "barred"  // nobody has it
)

// PredicateCounts is how many people have each predicate.
type PredicateCounts map[Predicate]int64

// Spread says whether counts fit the pattern, and where not.
type Spread struct {
	Fits       bool        `json:"fits"`
	Violations []Violation `json:"violations"`
}

// The codes of violations.
const (
	AboveMax   = "above_max"
	BelowMin   = "below_min"
	NotPresent = "missing"
	NotLargest = "not_largest"
	NotAllowed = "not_allowed"
)

// Violation is one demand of the pattern that is not met. Where several
// predicates count together the first is Predicate and the rest is With.
type Violation struct {
	Code      string       `json:"code"`
	Predicate Predicate    `json:"predicate"`
	With      []Predicate  `json:"with,omitempty"`
	Limit     rulebook.Num `json:"limit"`
	Actual    rulebook.Num `json:"actual"`
	Unit      string       `json:"unit"` // percent or people
}

// RuleID names the rule.
func (DistributionRule) RuleID() string { return "distribution" }

// Check reports an organisation predicate of which nothing is asked, and a
// demand that names no predicate or no share.
func (r DistributionRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.Limits == ExactLimits || r.Limits == HeadLimits, "limits", "rulebook.value.word")
	wrong.Check(r.Decimals >= 0, "decimals", "rulebook.value.positive")
	for _, o := range AllOrganisationPredicates() {
		asked := slices.ContainsFunc(r.Demands, func(d SpreadDemand) bool { return d.Organisation == o })
		wrong.Check(asked, "demands."+string(o), "rulebook.value.missing")
	}
	for _, d := range r.Demands {
		at := "demands." + d.Code
		unknown := slices.ContainsFunc(d.Predicates, func(p Predicate) bool { return !p.known() })
		wrong.Check(len(d.Predicates) > 0 && !unknown, at, "rulebook.value.word")
		switch d.Demand {
		case DemandMin, DemandMax:
			ok := d.Percent != nil && d.Percent.Sign() >= 0 && !rulebook.Int(100).Less(*d.Percent)
			wrong.Check(ok, at, "rulebook.value.share")
		case DemandLargest, DemandPresent, DemandBarred:
			wrong.Check(d.Percent == nil, at, "rulebook.value.share")
		default:
			wrong.Add(at, "rulebook.value.word")
		}
	}
	return wrong.Err()
}

// Total returns how many people are counted.
func (c PredicateCounts) Total() int64 { return c.of(AllPredicates()) }

func (c PredicateCounts) of(predicates []Predicate) (n int64) {
	for _, p := range predicates {
		n += c[p]
	}
	return n
}

// Spread compares counts with what is asked of a unit with an organisation
// predicate. It needs at least one person: of nobody there is no distribution.
func (r DistributionRule) Spread(o OrganisationPredicate, counts PredicateCounts) (Spread, rulebook.Because) {
	s := spreading{rule: r, counts: counts, total: counts.Total(), result: Spread{Violations: []Violation{}}}
	s.step("organisation", rulebook.Word(o))
	s.step("people", s.total)
	for _, d := range r.Demands {
		if d.Organisation == o {
			s.judge(d)
		}
	}
	s.result.Fits = len(s.result.Violations) == 0
	s.step("fits", s.result.Fits)
	return s.result, s.because
}

// spreading is one comparison under way.
type spreading struct {
	rule    DistributionRule
	counts  PredicateCounts
	total   int64
	result  Spread
	because rulebook.Because
}

func (s *spreading) step(name string, value any, args ...any) {
	s.because = append(s.because, rulebook.Step{
		Key: "rulebook.step.distribution." + name, Args: args, Value: value, Source: s.rule.Cite(),
	})
}

// judge compares the counts with one demand.
func (s *spreading) judge(d SpreadDemand) {
	n := s.counts.of(d.Predicates)
	names := rulebook.WordsOf(d.Predicates...)
	switch d.Demand {
	case DemandLargest:
		most := s.mostBesides(d.Predicates)
		s.step(d.Demand, n, names, most)
		s.demand(n > most || n == most && s.rule.TieIsLargest, NotLargest, d, people(most, n))
	case DemandMin:
		s.step(d.Demand, s.percent(n), names, *d.Percent)
		s.demand(!rulebook.Int(n).Less(s.heads(d)), BelowMin, d, s.share(d, n))
	case DemandMax:
		s.step(d.Demand, s.percent(n), names, *d.Percent)
		s.demand(!s.heads(d).Less(rulebook.Int(n)), AboveMax, d, s.share(d, n))
	case DemandPresent:
		s.step(d.Demand, n, names)
		s.demand(n > 0, NotPresent, d, people(1, n))
	case DemandBarred:
		s.step(d.Demand, n, names)
		s.demand(n == 0, NotAllowed, d, people(0, n))
	}
}

// demand notes a violation of d unless it is met; v holds its figures.
func (s *spreading) demand(met bool, code string, d SpreadDemand, v Violation) {
	if met {
		return
	}
	v.Code, v.Predicate, v.With = code, d.Predicates[0], d.Predicates[1:]
	s.result.Violations = append(s.result.Violations, v)
}

func people(limit, actual int64) Violation {
	return Violation{Limit: rulebook.Int(limit), Actual: rulebook.Int(actual), Unit: "people"}
}

func (s *spreading) share(d SpreadDemand, n int64) Violation {
	return Violation{Limit: *d.Percent, Actual: s.percent(n), Unit: "percent"}
}

// percent returns n of all people in percent, rounded for showing.
func (s *spreading) percent(n int64) rulebook.Num {
	return rulebook.Ratio(100*n, s.total).Round(s.rule.Decimals)
}

// heads returns the people a limit in percent stands for; a limit in whole
// people is rounded to the unit's advantage.
func (s *spreading) heads(d SpreadDemand) rulebook.Num {
	limit := d.Percent.Mul(rulebook.Ratio(s.total, 100))
	switch {
	case s.rule.Limits == ExactLimits:
		return limit
	case d.Demand == DemandMin:
		return limit.Floor()
	}
	return limit.Ceil()
}

// mostBesides returns how many people the most frequent other predicate has.
func (s *spreading) mostBesides(predicates []Predicate) (most int64) {
	for _, p := range AllPredicates() {
		if !slices.Contains(predicates, p) {
			most = max(most, s.counts[p])
		}
	}
	return most
}

// maxPeople keeps a mistyped count from overflowing; no unit is near it.
const maxPeople = 1_000_000_000

func evalDistribution(r DistributionRule, in *rulebook.Input) (any, rulebook.Because, error) {
	o := OrganisationPredicate(in.Word("organisation", words(AllOrganisationPredicates())))
	group := in.Object("counts")
	counts := PredicateCounts{}
	for _, p := range AllPredicates() {
		counts[p] = group.Int(string(p), 0, maxPeople)
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	if counts.Total() == 0 {
		return nil, nil, fault.WrongField("counts", "rulebook.fault.distribution.nobody")
	}
	spread, because := r.Spread(o, counts)
	return spread, because, nil
}
