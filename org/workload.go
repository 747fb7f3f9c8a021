package org

import (
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// WorkloadRule is the workload analysis (ABK): how many people the tasks of a
// position need.
type WorkloadRule struct {
	rulebook.Head `json:"-"`
	Decimals      int                     `json:"decimals"`
	Effective     map[string]rulebook.Num `json:"effective"` // working minutes in a year, month, week, day
}

// Task is one task of a position: how often it is done in a period, how many
// minutes it takes, and the effective working minutes of that period.
type Task struct {
	Volume    rulebook.Num
	Minutes   rulebook.Num
	Effective rulebook.Num // greater than zero
}

// Workload is the need for each task, their sum, and the people that makes.
type Workload struct {
	Need      []rulebook.Num `json:"need"`
	Total     rulebook.Num   `json:"total"`
	Headcount rulebook.Num   `json:"headcount"`
}

// RuleID names the rule.
func (WorkloadRule) RuleID() string { return "workload" }

// Check reports a period without working time.
func (r WorkloadRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.Decimals >= 0, "decimals", "rulebook.value.positive")
	for period, minutes := range r.Effective {
		wrong.Check(minutes.Sign() > 0, "effective."+period, "rulebook.value.positive")
	}
	return wrong.Err()
}

// Need returns the people a position's tasks need and the way there. The
// needs and their total are rounded for showing; the total adds the exact
// needs, and the headcount is the exact total rounded up, so that no rounding
// adds or loses a person.
func (r WorkloadRule) Need(tasks []Task) (Workload, rulebook.Because) {
	w := Workload{Need: make([]rulebook.Num, 0, len(tasks))}
	because := rulebook.Because{}
	var total rulebook.Num
	for i, t := range tasks {
		need := t.Volume.Mul(t.Minutes).Quo(t.Effective)
		total = total.Add(need)
		w.Need = append(w.Need, need.Round(r.Decimals))
		because = append(because, rulebook.Step{
			Key: "rulebook.step.workload.task", Args: []any{i + 1, t.Volume, t.Minutes, t.Effective},
			Value: w.Need[i], Source: r.Cite(),
		})
	}
	w.Total, w.Headcount = total.Round(r.Decimals), total.Ceil()
	return w, append(because,
		rulebook.Step{Key: "rulebook.step.workload.total", Value: w.Total, Source: r.Cite()},
		rulebook.Step{Key: "rulebook.step.workload.headcount", Value: w.Headcount, Source: r.Cite()})
}

func evalWorkload(r WorkloadRule, in *rulebook.Input) (any, rulebook.Because, error) {
	var tasks []Task
	for _, row := range in.Objects("rows") {
		t := Task{Volume: row.NumFrom("volume", rulebook.Int(0)), Minutes: row.NumFrom("minutes", rulebook.Int(0))}
		if row.Has("per") {
			t.Effective = r.Effective[row.Word("per", rulebook.Codes(r.Effective))]
		} else {
			t.Effective = row.NumOver("effective", rulebook.Int(0))
		}
		tasks = append(tasks, t)
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	w, because := r.Need(tasks)
	return w, because, nil
}
