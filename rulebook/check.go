package rulebook

import (
	"slices"
	"time"
)

// Check looks at the values of one rule with the eyes of the area that uses
// them: whether they are all there, of the right kind, and do not contradict
// each other.
type Check struct {
	RuleID string
	On     func(*Book) error // an Invalid or NotFound fault says what is wrong
}

// CheckOf returns the check of the rule whose values are V.
func CheckOf[V Values]() Check {
	var v V
	return Check{v.RuleID(), func(b *Book) error {
		_, err := Load[V](b)
		return err
	}}
}

// Checked returns the library with the checks [Library.Sound] asks.
func (l *Library) Checked(checks []Check) *Library {
	n := *l
	n.checks = checks
	return &n
}

// Sound reports whether every rule that is overridden makes sense on every day
// on which one of its overrides begins or has just ended. It returns the Invalid
// fault of the first that does not; nil without checks.
func (l *Library) Sound() error {
	for _, c := range l.checks {
		for _, day := range l.turns(c.RuleID) {
			b, err := l.At(day, "")
			if err != nil {
				return err
			}
			if err := c.On(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// turns returns the days on which the overrides of a rule begin or have just
// ended, in order.
func (l *Library) turns(rule string) []Day {
	var days []Day
	for _, o := range l.overrides {
		if o.Rule != rule {
			continue
		}
		days = append(days, o.From)
		if last, err := time.Parse(time.DateOnly, string(o.Until)); err == nil {
			days = append(days, Day(last.AddDate(0, 0, 1).Format(time.DateOnly)))
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}
