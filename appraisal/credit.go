package appraisal

import (
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// CreditRule turns a predicate into credit points (angka kredit) of a
// functional position.
type CreditRule struct {
	rulebook.Head `json:"-"`
	MonthsAYear   int64                      `json:"months_a_year"`
	Decimals      int                        `json:"decimals"`
	Coefficient   map[string]rulebook.Num    `json:"coefficient"` // points a year, by level
	Percent       map[Predicate]rulebook.Num `json:"percent"`
}

// RuleID names the rule.
func (CreditRule) RuleID() string { return "credit" }

// Check reports a predicate without a percentage, a negative figure, or a
// year without months.
func (r CreditRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.MonthsAYear > 0, "months_a_year", "rulebook.value.positive")
	wrong.Check(r.Decimals >= 0, "decimals", "rulebook.value.positive")
	for level, c := range r.Coefficient {
		wrong.Check(c.Sign() > 0, "coefficient."+level, "rulebook.value.positive")
	}
	for _, p := range AllPredicates() {
		percent, has := r.Percent[p]
		wrong.Check(has && percent.Sign() >= 0, "percent."+string(p), "rulebook.value.positive")
	}
	return wrong.Err()
}

// Points returns the credit points of months (1 to MonthsAYear) served at
// level with predicate p, rounded once, and the way to them.
func (r CreditRule) Points(level string, p Predicate, months int64) (rulebook.Num, rulebook.Because) {
	coefficient, percent := r.Coefficient[level], r.Percent[p]
	year := coefficient.Mul(percent).Quo(rulebook.Int(100))
	points := year.Mul(rulebook.Ratio(months, r.MonthsAYear)).Round(r.Decimals)
	return points, rulebook.Because{
		{Key: "rulebook.step.credit.coefficient", Args: []any{rulebook.Word(level)}, Value: coefficient, Source: r.Cite()},
		{Key: "rulebook.step.credit.percent", Args: []any{rulebook.Word(p)}, Value: percent, Source: r.Cite()},
		{Key: "rulebook.step.credit.year", Value: year, Source: r.Cite()},
		{Key: "rulebook.step.credit.points", Args: []any{months, r.MonthsAYear, r.Decimals}, Value: points, Source: r.Cite()},
	}
}

func evalCredit(r CreditRule, in *rulebook.Input) (any, rulebook.Because, error) {
	level := in.Word("level", rulebook.Codes(r.Coefficient))
	p := Predicate(in.Word("predicate", words(AllPredicates())))
	months := r.MonthsAYear
	if in.Has("months") {
		months = in.Int("months", 1, r.MonthsAYear)
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	points, because := r.Points(level, p, months)
	return points, because, nil
}
