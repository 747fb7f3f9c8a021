package competency

import (
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Rules returns the rules of this area.
func Rules() []rulebook.Rule {
	return []rulebook.Rule{rulebook.New(evalMatch)}
}

// MatchRule says how an assessment and the standard of a position become a job
// person match.
type MatchRule struct {
	rulebook.Head `json:"-"`
	Decimals      int            `json:"decimals"`
	Capped        bool           `json:"capped_at_hundred"`
	Selection     rulebook.Bands `json:"selection"`
	Mapping       rulebook.Bands `json:"mapping"`
}

// Match is a job person match with its two categories.
type Match struct {
	Percent   rulebook.Num `json:"percent"`
	Selection string       `json:"selection"`
	Mapping   string       `json:"mapping"`
}

// RuleID names the rule.
func (MatchRule) RuleID() string { return "job-person-match" }

// Check reports categories out of order.
func (r MatchRule) Check() error {
	if r.Decimals < 0 {
		return fault.WrongField("decimals", "rulebook.value.positive")
	}
	if err := r.Selection.Check("selection"); err != nil {
		return err
	}
	return r.Mapping.Check("mapping")
}

// Of returns the match of the sum achieved (not negative) with the sum of the
// standard (greater than zero), and the way to it. The categories are read
// from the rounded percentage, the one that is shown.
func (r MatchRule) Of(achieved, standard rulebook.Num) (Match, rulebook.Because) {
	percent := achieved.Quo(standard).Mul(rulebook.Int(100)).Round(r.Decimals)
	if hundred := rulebook.Int(100); r.Capped && hundred.Less(percent) {
		percent = hundred
	}
	m := Match{Percent: percent, Selection: r.Selection.Of(percent), Mapping: r.Mapping.Of(percent)}
	return m, rulebook.Because{
		{Key: "rulebook.step.jpm.achieved", Value: achieved},
		{Key: "rulebook.step.jpm.standard", Value: standard},
		{Key: "rulebook.step.jpm.percent", Value: percent, Source: r.Cite()},
		{Key: "rulebook.step.jpm.selection", Value: rulebook.Word(m.Selection), Source: r.Cite()},
		{Key: "rulebook.step.jpm.mapping", Value: rulebook.Word(m.Mapping), Source: r.Cite()},
	}
}

func evalMatch(r MatchRule, in *rulebook.Input) (any, rulebook.Because, error) {
	achieved := in.NumFrom("achieved", rulebook.Int(0))
	standard := in.NumOver("standard", rulebook.Int(0))
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	m, because := r.Of(achieved, standard)
	return m, because, nil
}
