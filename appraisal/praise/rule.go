package praise

import (
	"cmp"
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/rulebook"
)

// Rule is "recognition" of the rulebook.
type Rule struct {
	rulebook.Head   `json:"-"`
	MostPercent     int      `json:"most_percent"`     // an indicator counts at most
	LeastGain       int      `json:"least_gain"`       // points of per cent on the own last year
	LeastPeers      int      `json:"least_peers"`      // members of a group, else it is not compared
	LeastPeople     int      `json:"least_people"`     // of a unit
	LeastIndicators int      `json:"least_indicators"` // of a person
	UnitKinds       []string `json:"unit_kinds"`
}

// RuleID names the rule.
func (Rule) RuleID() string { return "recognition" }

// Check reports limits that would compare nobody with anybody.
func (r Rule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.MostPercent >= 100, "most_percent", "rulebook.value.positive")
	wrong.Check(r.LeastGain >= 0, "least_gain", "rulebook.value.positive")
	wrong.Check(r.LeastPeers >= 2, "least_peers", "rulebook.value.positive")
	wrong.Check(r.LeastPeople >= 1, "least_people", "rulebook.value.positive")
	wrong.Check(r.LeastIndicators >= 1, "least_indicators", "rulebook.value.positive")
	return wrong.Err()
}

// What is compared.
type What string

// Units and people.
const (
	Units  What = "unit"
	People What = "orang"
)

// Row is one of a group, with the group's middle. Values are hundredths of a
// per cent; 10000 is exactly on course.
type Row struct {
	What      What
	SubjectID string
	Name      string
	Note      string // of a person: the unit
	Kind      string // the group: kind of unit, or title of the post
	Praised   bool
	Now       int
	Last      int // the own last year, 0 when there was none
	Middle    int
	Compared  int // members of the group
	Size      int // people of a unit, indicators of a person
}

// Gain is how much was gained on the own last year.
func (r Row) Gain() int { return r.Now - r.Last }

// Compare puts the rows of each group beside its middle and marks who is
// recognised. Rows too thin, and groups too small, are left out altogether. The
// rows come back by kind and name.
func (r Rule) Compare(rows []Row) []Row {
	groups := map[string][]Row{}
	for _, x := range rows {
		least := r.LeastIndicators
		if x.What == Units {
			least = r.LeastPeople
		}
		if x.Size >= least {
			key := string(x.What) + " " + x.Kind
			groups[key] = append(groups[key], x)
		}
	}
	var all []Row
	for _, g := range groups {
		if len(g) < r.LeastPeers {
			continue
		}
		middle := median(g)
		for _, x := range g {
			x.Middle, x.Compared = middle, len(g)
			x.Praised = x.Last > 0 && x.Now >= middle && x.Gain() >= r.LeastGain*100
			all = append(all, x)
		}
	}
	slices.SortFunc(all, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(search.Key(a.Name), search.Key(b.Name)), cmp.Compare(a.SubjectID, b.SubjectID))
	})
	return all
}

// median returns the middle value of a group, the mean of the two middle ones
// of an even number, rounded down.
func median(g []Row) int {
	values := make([]int, len(g))
	for i, x := range g {
		values[i] = x.Now
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
