package appraisal

import (
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// CalendarRule holds the days of the performance year.
type CalendarRule struct {
	rulebook.Head `json:"-"`
	PlanBy        string `json:"plan_by"`      // MM-DD of the year
	OfficerBy     string `json:"officer_from"` // MM-DD of the year
	SelfBy        string `json:"self_by"`      // MM-DD of the following year
	EvaluateBy    string `json:"evaluate_by"`  // MM-DD of the following year
	NewPostDays   int    `json:"new_post_days"`
	PeriodicDays  int    `json:"periodic_days"`
}

// RuleID names the rule.
func (CalendarRule) RuleID() string { return "calendar" }

// Check reports a day that is none, and days out of order.
func (r CalendarRule) Check() error {
	var wrong fault.Fields
	for _, d := range []struct{ name, day string }{{"plan_by", r.PlanBy}, {"officer_from", r.OfficerBy}, {"self_by", r.SelfBy}, {"evaluate_by", r.EvaluateBy}} {
		_, err := time.Parse(time.DateOnly, "2025-"+d.day) // 29 February is in no plain year
		wrong.Check(err == nil, d.name, "rulebook.value.word")
	}
	wrong.Check(r.SelfBy <= r.EvaluateBy, "evaluate_by", "rulebook.value.rising")
	wrong.Check(r.NewPostDays >= 0, "new_post_days", "rulebook.value.positive")
	wrong.Check(r.PeriodicDays >= 0, "periodic_days", "rulebook.value.positive")
	return wrong.Err()
}

// Days returns the last day for the SKP, for both sides' words and for the
// predicate of a year.
func (r CalendarRule) Days(year int) (planBy, selfBy, evaluateBy Day) {
	next := AnnualOf(year + 1).Code()
	return Day(AnnualOf(year).Code() + "-" + r.PlanBy), Day(next + "-" + r.SelfBy), Day(next + "-" + r.EvaluateBy)
}

// OfficerFrom returns the day from which the performance officer of an office
// may draft for somebody without a plan: the year's, or as long after a later
// start.
func (r CalendarRule) OfficerFrom(p Part) Day {
	year := AnnualOf(p.Year)
	day := Day(year.Code() + "-" + r.OfficerBy)
	if p.From > year.From() {
		return addDays(p.From, daysBetween(year.From(), day))
	}
	return day
}

// PlanDue returns the last day for the SKP of a part: the year's, or so many
// days after a later start.
func (r CalendarRule) PlanDue(p Part) Day {
	planBy, _, _ := r.Days(p.Year)
	if own := addDays(p.From, r.NewPostDays); own > planBy {
		return own
	}
	return planBy
}

// RateDue returns the last day for the predicate of a window.
func (r CalendarRule) RateDue(w Window) Day {
	if !w.Annual() {
		return addDays(w.To(), r.PeriodicDays)
	}
	_, _, by := r.Days(w.Year)
	return by
}

// SelfDue returns the last day for both sides' words about a window.
func (r CalendarRule) SelfDue(w Window) Day {
	if !w.Annual() {
		return addDays(w.To(), r.PeriodicDays)
	}
	_, by, _ := r.Days(w.Year)
	return by
}

// ObjectionRule says how long a result can be objected to.
type ObjectionRule struct {
	rulebook.Head `json:"-"`
	Days          int `json:"days"`        // calendar days after receipt
	DecideDays    int `json:"decide_days"` // calendar days after filing
}

// RuleID names the rule.
func (ObjectionRule) RuleID() string { return "objection" }

// Check reports a negative number of days.
func (r ObjectionRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.Days >= 0, "days", "rulebook.value.positive")
	wrong.Check(r.DecideDays >= 0, "decide_days", "rulebook.value.positive")
	return wrong.Err()
}

// DecideBy returns the last day for the decision on an objection filed on a
// day.
func (r ObjectionRule) DecideBy(filed Day) Day { return addDays(filed, r.DecideDays) }

// Until returns the last day of an objection to a result received on a day.
func (r ObjectionRule) Until(received Day) Day { return addDays(received, r.Days) }

// OrderRule says for which windows a person's predicate waits for the
// organisation's.
type OrderRule struct {
	rulebook.Head `json:"-"`
	Required      map[WindowKind]bool `json:"required"`
}

// RuleID names the rule.
func (OrderRule) RuleID() string { return "organisation-order" }

// Check reports a kind of window the rule does not speak of.
func (r OrderRule) Check() error {
	var wrong fault.Fields
	for _, k := range []WindowKind{Year, Quarter, Month} {
		_, has := r.Required[k]
		wrong.Check(has, "required."+string(k), "rulebook.value.missing")
	}
	return wrong.Err()
}

// GroupsRule says where each staff group writes its plan and how often it is
// evaluated.
type GroupsRule struct {
	rulebook.Head `json:"-"`
	Groups        map[Group]GroupRule `json:"groups"`
}

// GroupRule is what holds for one staff group.
type GroupRule struct {
	Pen     Pen     `json:"pen"`
	Cadence Cadence `json:"cadence"`
}

// RuleID names the rule.
func (GroupsRule) RuleID() string { return "staff-groups" }

// Check reports a pen or a cadence that is none.
func (r GroupsRule) Check() error {
	var wrong fault.Fields
	for g, v := range r.Groups {
		wrong.Check(v.Pen.known(), "groups."+string(g)+".pen", "rulebook.value.word")
		wrong.Check(v.Cadence.known(), "groups."+string(g)+".cadence", "rulebook.value.word")
	}
	return wrong.Err()
}

// Of returns what holds for a group; one the rule does not know writes in
// Gurindam, at the given cadence.
func (r GroupsRule) Of(g Group, otherwise Cadence) GroupRule {
	if v, has := r.Groups[g]; has {
		return v
	}
	return GroupRule{PenGurindam, otherwise}
}

func (p Pen) known() bool {
	return slices.Contains([]Pen{PenGurindam, PenEKinerja, PenRuangGTK}, p)
}

// ValuesRule holds the BerAKHLAK values.
type ValuesRule struct {
	rulebook.Head `json:"-"`
	Values        []Value `json:"values"`
}

// RuleID names the rule.
func (ValuesRule) RuleID() string { return "berakhlak" }

// Check reports a value without a code or a name.
func (r ValuesRule) Check() error {
	var wrong fault.Fields
	wrong.Check(len(r.Values) > 0, "values", "rulebook.value.missing")
	for _, v := range r.Values {
		wrong.Check(v.Code != "" && v.Name.ID != "" && v.Name.EN != "", "values."+v.Code, "rulebook.value.missing")
	}
	return wrong.Err()
}

// addDays returns the day n calendar days later.
func addDays(d Day, n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Day(t.AddDate(0, 0, n).Format(time.DateOnly))
}

// daysBetween returns how many days the second day is after the first; of a
// text that is no day, 0.
func daysBetween(from, to Day) int {
	a, errA := time.Parse(time.DateOnly, string(from))
	b, errB := time.Parse(time.DateOnly, string(to))
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// dayTime returns nine in the morning of a day, UTC.
func dayTime(d Day) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return t, fault.WrongField("day", "rulebook.input.day", string(d)).Because(err)
	}
	return t.Add(9 * time.Hour), nil
}

// FormRule says which posts plan by perspective.
type FormRule struct {
	rulebook.Head `json:"-"`
	Positions     []string `json:"positions"` // kinds of position
	Units         []string `json:"units"`     // kinds of unit
}

// RuleID names the rule.
func (FormRule) RuleID() string { return "plan-form" }

// Check reports a rule that knows no leader.
func (r FormRule) Check() error {
	if len(r.Positions) == 0 {
		return fault.WrongField("positions", "rulebook.value.missing")
	}
	return nil
}

// Of returns the form of a post: the leader's for who leads a unit by such a
// position or such a unit.
func (r FormRule) Of(o Posting) Form {
	if o.HeadOf != "" && (slices.Contains(r.Positions, o.Kind) || slices.Contains(r.Units, o.UnitKind)) {
		return LeaderForm
	}
	return StaffForm
}
