package appraisal

import (
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Rules returns the rules of this area.
func Rules() []rulebook.Rule {
	return []rulebook.Rule{
		rulebook.New(evalPredicate),
		rulebook.New(evalLeaderResults),
		rulebook.New(evalDistribution),
		rulebook.New(evalCredit),
	}
}

// PredicateRule is the matrix of PermenPANRB 6/2022: rating of results by
// rating of conduct.
type PredicateRule struct {
	rulebook.Head `json:"-"`
	Matrix        map[Rating]map[Rating]Predicate `json:"matrix"`
}

// RuleID names the rule.
func (PredicateRule) RuleID() string { return "predicate" }

// Check reports a cell of the matrix that is missing or holds no predicate.
func (r PredicateRule) Check() error {
	var wrong fault.Fields
	for _, results := range AllRatings() {
		for _, conduct := range AllRatings() {
			wrong.Check(r.Matrix[results][conduct].known(), "matrix."+string(results)+"."+string(conduct), "rulebook.value.word")
		}
	}
	return wrong.Err()
}

// Of returns the predicate of two ratings, or the empty predicate when one of
// them is no rating.
func (r PredicateRule) Of(results, conduct Rating) Predicate { return r.Matrix[results][conduct] }

// Explain returns the predicate of two ratings and the way to it.
func (r PredicateRule) Explain(results, conduct Rating) (Predicate, rulebook.Because) {
	p := r.Of(results, conduct)
	return p, rulebook.Because{
		{Key: "rulebook.step.predicate.results", Value: rulebook.Word(results), Source: r.Cite()},
		{Key: "rulebook.step.predicate.conduct", Value: rulebook.Word(conduct), Source: r.Cite()},
		{
			Key: "rulebook.step.predicate.matrix", Args: []any{rulebook.Word(results), rulebook.Word(conduct)},
			Value: rulebook.Word(p), Source: r.Cite(),
		},
	}
}

func evalPredicate(r PredicateRule, in *rulebook.Input) (any, rulebook.Because, error) {
	results := Rating(in.Word("results", words(AllRatings())))
	conduct := Rating(in.Word("conduct", words(AllRatings())))
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	p, because := r.Explain(results, conduct)
	return p, because, nil
}

// LeaderResultsRule says which rating of results the head of a unit has from
// the unit's own predicate.
type LeaderResultsRule struct {
	rulebook.Head `json:"-"`
	Results       map[OrganisationPredicate]Rating `json:"results"`
}

// RuleID names the rule.
func (LeaderResultsRule) RuleID() string { return "leader-results" }

// Check reports an organisation predicate without a rating.
func (r LeaderResultsRule) Check() error {
	var wrong fault.Fields
	for _, o := range AllOrganisationPredicates() {
		wrong.Check(r.Results[o].Known(), "results."+string(o), "rulebook.value.word")
	}
	return wrong.Err()
}

// Explain returns the head's rating of results and the way to it.
func (r LeaderResultsRule) Explain(unit OrganisationPredicate) (Rating, rulebook.Because) {
	rating := r.Results[unit]
	return rating, rulebook.Because{
		{Key: "rulebook.step.leader_results.unit", Value: rulebook.Word(unit), Source: r.Cite()},
		{Key: "rulebook.step.leader_results.rating", Value: rulebook.Word(rating), Source: r.Cite()},
	}
}

func evalLeaderResults(r LeaderResultsRule, in *rulebook.Input) (any, rulebook.Because, error) {
	unit := OrganisationPredicate(in.Word("organisation", words(AllOrganisationPredicates())))
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	rating, because := r.Explain(unit)
	return rating, because, nil
}

// known reports whether p is one of the five.
func (p Predicate) known() bool {
	for _, known := range AllPredicates() {
		if p == known {
			return true
		}
	}
	return false
}

func words[W ~string](codes []W) []string {
	texts := make([]string, len(codes))
	for i, c := range codes {
		texts[i] = string(c)
	}
	return texts
}
