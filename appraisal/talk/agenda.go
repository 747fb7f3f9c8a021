package talk

import (
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Rule says what the evidence brings up in a talk.
type Rule struct {
	rulebook.Head `json:"-"`
	BehindPercent int `json:"behind_percent"` // points of per cent an indicator may lag behind the days gone by
	RemindMonths  int `json:"remind_months"`  // months without a talk after which the page says so
}

// RuleID names the rule.
func (Rule) RuleID() string { return "performance-talk" }

// Check reports a negative figure.
func (r Rule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.BehindPercent >= 0 && r.BehindPercent <= 100, "behind_percent", "rulebook.value.percent")
	wrong.Check(r.RemindMonths > 0, "remind_months", "rulebook.value.positive")
	return wrong.Err()
}

// Evidence is what an agenda is made from.
type Evidence struct {
	Progress appraisal.ProgressView
	Actions  []Action  // of the person's talks, still open
	Since    time.Time // when the last talk was signed; zero when there was none
	Today    Day
	InZone   func(time.Time) Day
}

// Agenda returns what the evidence brings up: open actions by day, indicators
// behind, feedback since the last talk in its order, and requests that wait.
func (r Rule) Agenda(e Evidence) []Point {
	all := openActions(e)
	all = append(all, r.behind(e)...)
	var said, asked []Point
	for _, f := range e.Progress.Feedback {
		switch {
		case f.Text == "":
			asked = append(asked, Point{Key: "minta/" + f.ID, Source: Requested, Text: f.Question, On: e.InZone(f.CreatedAt)})
		case f.CreatedAt.After(e.Since):
			said = append(said, Point{Key: "kata/" + f.ID, Source: Said, Text: f.Text, By: f.Author.Name, On: e.InZone(f.CreatedAt)})
		}
	}
	byDay := func(a, b Point) int { return compare(a.On, b.On) }
	slices.SortStableFunc(said, byDay)
	slices.SortStableFunc(asked, byDay)
	return append(append(all, said...), asked...)
}

func compare(a, b Day) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func openActions(e Evidence) []Point {
	var all []Point
	for _, a := range e.Actions {
		if a.Open() {
			all = append(all, Point{Key: "janji/" + a.ID, Source: OpenAction, Text: a.Text, By: a.Owner, On: a.Due})
		}
	}
	slices.SortStableFunc(all, func(a, b Point) int { return compare(a.On, b.On) })
	return all
}

// behind returns the indicators that lag behind the share of the part's days
// gone by, the furthest first. Where less is better, or a value must be kept,
// days say nothing: there an indicator counts when its latest value misses the
// target.
func (r Rule) behind(e Evidence) []Point {
	p := e.Progress
	expected := gone(p.Part.From, p.Part.To, e.Today)
	var all []Point
	for _, placed := range p.Plan.Indicators() {
		in := placed.Indicator
		reach, known := p.Reached[in.ID]
		if in.Target == "" || known && reach.Met {
			continue
		}
		point := Point{
			Key: "capaian/" + in.ID, Source: Behind, Text: in.Text, Value: reach.Value, Target: in.Target, Unit: in.Unit, Reached: reach.Percent, Expected: expected,
		}
		switch {
		case in.Direction == appraisal.Up && reach.Percent+r.BehindPercent < expected:
			all = append(all, point)
		case in.Direction != appraisal.Up && known:
			point.Expected = 0
			all = append(all, point)
		}
	}
	slices.SortStableFunc(all, func(a, b Point) int { return (b.Expected - b.Reached) - (a.Expected - a.Reached) })
	return all
}

// gone returns how much of a stretch is behind a day, in whole per cent.
func gone(from, to, today Day) int {
	a, errA := time.Parse(time.DateOnly, string(from))
	b, errB := time.Parse(time.DateOnly, string(to))
	t, errT := time.Parse(time.DateOnly, string(today))
	if errA != nil || errB != nil || errT != nil || t.Before(a) {
		return 0
	}
	whole := int(b.Sub(a).Hours()/24) + 1
	return min(100*(int(t.Sub(a).Hours()/24)+1)/max(whole, 1), 100)
}

// points puts the agenda together: what the evidence brings up, then what the
// two have added, each with its note.
func points(evidence []Point, w Written) []Point {
	all := append(slices.Clone(evidence), w.Points...)
	for i := range all {
		all[i].Note = w.Notes[all[i].Key]
	}
	return all
}
