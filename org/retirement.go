package org

import (
	"time"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// RetirementRule is the retirement age (batas usia pensiun) of each kind of
// position.
type RetirementRule struct {
	rulebook.Head `json:"-"`
	MonthsAfter   int            `json:"months_after"` // first day of the month this many after the birthday's
	Age           map[string]int `json:"age"`
}

// Retirement is when somebody retires.
type Retirement struct {
	Age  int          `json:"age"`
	Date rulebook.Day `json:"date"` // first day of retirement (TMT pensiun)
}

// RuleID names the rule.
func (RetirementRule) RuleID() string { return "retirement" }

// maxAge keeps a mistyped age from making a date nobody can read.
const maxAge = 120

// Check reports an age or a delay that cannot be.
func (r RetirementRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.MonthsAfter >= 0, "months_after", "rulebook.value.positive")
	for position, age := range r.Age {
		wrong.Check(age > 0 && age <= maxAge, "age."+position, "rulebook.value.positive")
	}
	return wrong.Err()
}

// Of returns when somebody born on a day retires from a kind of position; ok
// is false when the rule has no age for it or the calendar ends before. A
// birthday on 29 February counts in February of every year.
func (r RetirementRule) Of(born rulebook.Day, position string) (_ Retirement, ok bool) {
	age, has := r.Age[position]
	t, err := time.Parse(time.DateOnly, string(born))
	if !has || err != nil {
		return Retirement{}, false
	}
	first := time.Date(t.Year()+age, t.Month()+time.Month(r.MonthsAfter), 1, 0, 0, 0, 0, time.UTC)
	date, ok := rulebook.ParseDay(first.Format(time.DateOnly))
	return Retirement{Age: age, Date: date}, ok
}

func evalRetirement(r RetirementRule, in *rulebook.Input) (any, rulebook.Because, error) {
	born := in.Day("born")
	position := in.Word("position", rulebook.Codes(r.Age))
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	result, ok := r.Of(born, position)
	if !ok {
		return nil, nil, fault.WrongField("born", "rulebook.fault.retirement.born")
	}
	return result, r.Explain(born, position, result), nil
}

// Explain returns the way to a day of retirement.
func (r RetirementRule) Explain(born rulebook.Day, position string, result Retirement) rulebook.Because {
	return rulebook.Because{
		{Key: "rulebook.step.retirement.born", Value: born, Source: ""},
		{Key: "rulebook.step.retirement.age", Args: []any{rulebook.Word(position)}, Value: result.Age, Source: r.Cite()},
		{Key: "rulebook.step.retirement.date", Value: result.Date, Source: r.Cite()},
	}
}
