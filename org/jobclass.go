package org

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// JobClassRule is the job evaluation by factors: points of each level of each
// factor, and the points from which each class begins.
type JobClassRule struct {
	rulebook.Head `json:"-"`
	Structural    []Factor         `json:"struktural"`
	Functional    []Factor         `json:"fungsional"`
	Classes       map[string]int64 `json:"classes"` // class → least points
}

// Factor is one factor of the job evaluation; Points[0] is level 1.
type Factor struct {
	Code   string        `json:"code"`
	Name   rulebook.Word `json:"name"`
	Points []int64       `json:"points"`
}

// The kinds of position the evaluation tells apart.
const (
	StructuralKind = "struktural"
	FunctionalKind = "fungsional"
)

// JobClass is a position's class and the points that gave it.
type JobClass struct {
	Points int64 `json:"points"`
	Class  int   `json:"class"`
}

// RuleID names the rule.
func (JobClassRule) RuleID() string { return "job-class" }

// Check reports a factor whose points do not rise with its levels, and classes
// whose limits do not.
func (r JobClassRule) Check() error {
	var wrong fault.Fields
	for kind, factors := range map[string][]Factor{StructuralKind: r.Structural, FunctionalKind: r.Functional} {
		wrong.Check(len(factors) > 0, kind, "rulebook.value.missing")
		for _, f := range factors {
			wrong.Check(len(f.Points) > 0 && rising(f.Points), kind+"."+f.Code, "rulebook.value.rising")
		}
	}
	var limits []int64
	for _, c := range r.classes() {
		limits = append(limits, c.from)
	}
	wrong.Check(len(limits) == len(r.Classes) && len(limits) > 0 && rising(limits), "classes", "rulebook.value.rising")
	return wrong.Err()
}

func rising(points []int64) bool {
	for i := 1; i < len(points); i++ {
		if points[i] <= points[i-1] {
			return false
		}
	}
	return true
}

type classLimit struct {
	class int
	from  int64
}

// classes returns the classes in order; a key that is no number is left out.
func (r JobClassRule) classes() []classLimit {
	var all []classLimit
	for key, from := range r.Classes {
		if class, err := strconv.Atoi(key); err == nil {
			all = append(all, classLimit{class, from})
		}
	}
	slices.SortFunc(all, func(a, b classLimit) int { return cmp.Compare(a.class, b.class) })
	return all
}

// Factors returns the factors of a kind of position, nil for an unknown kind.
func (r JobClassRule) Factors(kind string) []Factor {
	switch kind {
	case StructuralKind:
		return r.Structural
	case FunctionalKind:
		return r.Functional
	}
	return nil
}

// Class returns the class of so many points; ok is false when they are below
// the lowest class.
func (r JobClassRule) Class(points int64) (class int, ok bool) {
	for _, c := range r.classes() {
		if points >= c.from {
			class, ok = c.class, true
		}
	}
	return class, ok
}

// Evaluate adds the points of the levels given for each factor of a kind of
// position and returns the class and the way to it. A factor without a level,
// or with one it does not have, gives an Invalid fault.
func (r JobClassRule) Evaluate(kind string, levels map[string]int64) (JobClass, rulebook.Because, error) {
	var wrong fault.Fields
	var because rulebook.Because
	var sum int64
	for _, f := range r.Factors(kind) {
		level, has := levels[f.Code]
		if !has {
			wrong.Add("levels."+f.Code, "rulebook.input.missing")
			continue
		}
		if level < 1 || level > int64(len(f.Points)) {
			wrong.Add("levels."+f.Code, "rulebook.input.range", 1, len(f.Points))
			continue
		}
		points := f.Points[level-1]
		sum += points
		because = append(because, rulebook.Step{
			Key: "rulebook.step.job_class.factor", Args: []any{f.Code, f.Name, level}, Value: points, Source: r.Cite(),
		})
	}
	if err := wrong.Err(); err != nil {
		return JobClass{}, nil, err
	}
	result, steps, err := r.classify(sum)
	return result, append(because, steps...), err
}

func (r JobClassRule) classify(points int64) (JobClass, rulebook.Because, error) {
	class, ok := r.Class(points)
	if !ok {
		return JobClass{}, nil, fault.WrongField("points", "rulebook.fault.job_class.low", points, r.classes()[0].from)
	}
	return JobClass{Points: points, Class: class}, rulebook.Because{
		{Key: "rulebook.step.job_class.points", Value: points, Source: r.Cite()},
		{Key: "rulebook.step.job_class.class", Args: []any{r.Classes[strconv.Itoa(class)]}, Value: class, Source: r.Cite()},
	}, nil
}

func evalJobClass(r JobClassRule, in *rulebook.Input) (any, rulebook.Because, error) {
	if in.Has("points") {
		points := in.IntFrom("points", 0)
		if err := in.Done(); err != nil {
			return nil, nil, err
		}
		result, because, err := r.classify(points)
		return result, because, err
	}
	kind := in.Word("kind", []string{StructuralKind, FunctionalKind})
	given := in.Object("levels")
	levels := map[string]int64{}
	for _, f := range r.Factors(kind) {
		levels[f.Code] = given.Int(f.Code, 1, int64(len(f.Points)))
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	return evaluated(r.Evaluate(kind, levels))
}

func evaluated(c JobClass, because rulebook.Because, err error) (any, rulebook.Because, error) {
	return c, because, err
}
