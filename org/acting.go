package org

import (
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// ActingRule is how long somebody may act for a position (Plt).
type ActingRule struct {
	rulebook.Head   `json:"-"`
	Months          int `json:"months"`
	ExtensionMonths int `json:"extension_months"`
}

// RuleID names the rule.
func (ActingRule) RuleID() string { return "acting" }

// Check reports a length that cannot be.
func (r ActingRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.Months > 0, "months", "rulebook.value.positive")
	wrong.Check(r.ExtensionMonths >= 0, "extension_months", "rulebook.value.positive")
	return wrong.Err()
}

// Limit returns the first day on which an acting tenure that began on a day is
// beyond its limit.
func (r ActingRule) Limit(from Day, extended bool) Day {
	months := r.Months
	if extended {
		months += r.ExtensionMonths
	}
	return plusMonths(from, months)
}

// Explain returns the way to the limit of an acting tenure.
func (r ActingRule) Explain(from Day, extended bool) rulebook.Because {
	because := rulebook.Because{
		{Key: "rulebook.step.acting.from", Value: from},
		{Key: "rulebook.step.acting.months", Value: r.Months, Source: r.Cite()},
	}
	if extended {
		because = append(because, rulebook.Step{Key: "rulebook.step.acting.extension", Value: r.ExtensionMonths, Source: r.Cite()})
	}
	return append(because, rulebook.Step{Key: "rulebook.step.acting.limit", Value: r.Limit(from, extended), Source: r.Cite()})
}

// ActingLimit is the result of the rule "acting".
type ActingLimit struct {
	Limit rulebook.Day `json:"limit"`
}

func evalActing(r ActingRule, in *rulebook.Input) (any, rulebook.Because, error) {
	from := in.Day("from")
	extended := in.Has("extended") && in.Bool("extended")
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	return ActingLimit{r.Limit(from, extended)}, r.Explain(from, extended), nil
}

// HorizonRule is how far ahead the list of positions to decide about looks.
type HorizonRule struct {
	rulebook.Head    `json:"-"`
	RetirementMonths int `json:"retirement_months"`
	ContractMonths   int `json:"contract_months"`
}

// RuleID names the rule.
func (HorizonRule) RuleID() string { return "decision-horizon" }

// Check reports a distance that cannot be.
func (r HorizonRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.RetirementMonths >= 0 && r.RetirementMonths <= 120, "retirement_months", "rulebook.value.positive")
	wrong.Check(r.ContractMonths >= 0 && r.ContractMonths <= 120, "contract_months", "rulebook.value.positive")
	return wrong.Err()
}
