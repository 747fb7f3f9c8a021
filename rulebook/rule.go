package rulebook

import (
	"github.com/gurindam/gurindam/internal/fault"
)

// Result is what a rule made of an input.
type Result struct {
	Rule    string  `json:"rule"`
	Value   any     `json:"value"`
	Because Because `json:"because"`
	Book    string  `json:"rulebook"`
	Hash    string  `json:"hash"`
	Source  string  `json:"source"`
}

// Rule is one rule as the outside uses it: a name, and a function from one
// JSON object to a result. The areas return theirs from a function Rules.
type Rule struct {
	Name string
	eval func(*Book, *Input) (any, Because, string, error)
}

// New returns the rule whose values are V. eval reads its fields from the
// input, calls Done, and returns the value and the steps that led to it.
func New[V Values](eval func(V, *Input) (any, Because, error)) Rule {
	var v V
	return Rule{
		Name: v.RuleID(),
		eval: func(b *Book, in *Input) (any, Because, string, error) {
			v, err := Load[V](b)
			if err != nil {
				return nil, nil, "", err
			}
			value, because, err := eval(v, in)
			if err != nil {
				return nil, nil, "", err
			}
			head, err := b.Head(v.RuleID())
			return value, because, head.Cite(), err
		},
	}
}

// Eval applies the rule to one JSON object. preset names a set of values
// within the rule and is empty for the rule's default. Wrong input gives an
// Invalid fault that names the field.
func (r Rule) Eval(b *Book, preset string, input []byte) (Result, error) {
	in, err := readInput(b, preset, input)
	if err != nil {
		return Result{}, err
	}
	value, because, source, err := r.eval(b, in)
	if err != nil {
		return Result{}, err
	}
	if err := in.Done(); err != nil {
		return Result{}, err
	}
	return Result{Rule: r.Name, Value: value, Because: because, Book: b.String(), Hash: b.Hash(), Source: source}, nil
}

// Named returns the rule of that name among rules, or a NotFound fault.
func Named(rules []Rule, name string) (Rule, error) {
	for _, r := range rules {
		if r.Name == name {
			return r, nil
		}
	}
	return Rule{}, fault.Missing("rulebook.rule.unknown", name)
}
