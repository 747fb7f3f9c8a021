package cascade

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/rulebook"
)

// State is the state of an agreement.
type State string

// The states. None is never stored: a unit without an agreement is in it.
const (
	None     State = "belum_ada"
	Draft    State = "draf"
	HalfDone State = "diteken" // one of the two has signed
	Signed   State = "ditandatangani"
)

// States lists the states in their order.
func States() []State { return []State{None, Draft, HalfDone, Signed} }

// Source says where an agreement came from.
type Source string

// The sources.
const (
	Entered  Source = "isian"
	Imported Source = "impor"
)

// Agreement (perjanjian kinerja) is what the head of a unit has promised for a
// year. Every change makes a new Version, every signing a Revision that stays.
type Agreement struct {
	ID       string
	Year     int
	UnitID   string
	State    State
	Revision int // counts signings; 0 before the first
	Source   Source
	Version  int64
	Terms
	UpdatedAt time.Time
	UpdatedBy string
}

// Terms is what an agreement says: what is entered, signed, hashed and printed.
type Terms struct {
	Unit     string             `json:"unit"`
	Level    string             `json:"level"`  // kind of the head's post: jpt_pratama, administrator, …
	First    appraisal.Identity `json:"first"`  // pihak pertama, who promises
	Second   appraisal.Identity `json:"second"` // pihak kedua, who receives the promise; nobody above a mayor
	Number   string             `json:"number,omitempty"`
	Goals    []Goal             `json:"goals,omitempty"`
	Programs []Program          `json:"programs,omitempty"`
	SignedOn appraisal.Day      `json:"signed_on,omitempty"`
	Paper    bool               `json:"paper,omitempty"` // signed on paper, and recorded here
	FirstAt  time.Time          `json:"first_at,omitzero"`
	SecondAt time.Time          `json:"second_at,omitzero"`
}

// Goal (sasaran) is one goal of an agreement. Its id becomes the id of the
// result it becomes in the SKP.
type Goal struct {
	ID       string    `json:"id"`
	Text     string    `json:"text"`
	Measures []Measure `json:"measures,omitempty"`
}

// Measure (indikator kinerja) is how a goal is measured.
type Measure struct {
	ID        string              `json:"id"`
	Text      string              `json:"text"`
	Target    string              `json:"target,omitempty"` // exact decimal, "." as point
	Unit      string              `json:"unit,omitempty"`
	Direction appraisal.Direction `json:"direction,omitempty"`
	Face      string              `json:"face,omitempty"` // perspective of the leader's form
}

// Program is a programme with its budget.
type Program struct {
	Text   string `json:"text"`
	Budget int64  `json:"budget"` // rupiah
	Note   string `json:"note,omitempty"`
}

// Measures counts the measures of all goals.
func (t Terms) Measures() (n int) {
	for _, g := range t.Goals {
		n += len(g.Measures)
	}
	return n
}

// Total is the budget of all programmes, in rupiah.
func (t Terms) Total() (sum int64) {
	for _, p := range t.Programs {
		sum += p.Budget
	}
	return sum
}

// The most of everything, far beyond what anybody needs.
const (
	mostGoals    = 60
	mostMeasures = 20
	mostPrograms = 60
	mostText     = 1000
	mostShort    = 200
	mostBudget   = 1_000_000_000_000_000
)

func checkLength(wrong *fault.Fields, name, s string, most int) {
	wrong.Check(utf8.RuneCountInString(s) <= most, name, "form.too_long", most)
}

// check reports what cannot be stored.
func (t Terms) check() error {
	var wrong fault.Fields
	checkLength(&wrong, "number", t.Number, mostShort)
	wrong.Check(len(t.Goals) <= mostGoals, "goals", "cascade.too_many", mostGoals)
	wrong.Check(len(t.Programs) <= mostPrograms, "programs", "cascade.too_many", mostPrograms)
	for _, g := range t.Goals {
		wrong.Check(g.Text != "", "goal", "form.required")
		checkLength(&wrong, "goal", g.Text, mostText)
		wrong.Check(len(g.Measures) <= mostMeasures, "measures", "cascade.too_many", mostMeasures)
		for _, m := range g.Measures {
			m.check(&wrong)
		}
	}
	for _, p := range t.Programs {
		wrong.Check(p.Text != "", "program", "form.required")
		checkLength(&wrong, "program", p.Text, mostText)
		checkLength(&wrong, "note", p.Note, mostText)
		wrong.Check(p.Budget >= 0 && p.Budget <= mostBudget, "budget", "cascade.wrong.budget")
	}
	return wrong.Err()
}

func (m Measure) check(wrong *fault.Fields) {
	wrong.Check(m.Text != "", "measure", "form.required")
	checkLength(wrong, "measure", m.Text, mostText)
	checkLength(wrong, "unit", m.Unit, mostShort)
	if m.Target != "" {
		_, err := rulebook.ParseNum(m.Target)
		wrong.Check(err == nil, "target", "cascade.target_bad")
	}
	wrong.Check(m.Direction == "" || slices.Contains(appraisal.Directions(), m.Direction), "direction", "form.choose")
	wrong.Check(m.Face == "" || slices.Contains(appraisal.Perspectives(), m.Face), "face", "form.choose")
}

// signable reports what keeps an agreement from being signed.
func (t Terms) signable() error {
	var wrong fault.Fields
	wrong.Check(len(t.Goals) > 0, "goals", "cascade.no_goal")
	for _, g := range t.Goals {
		wrong.Check(len(g.Measures) > 0, "goals", "cascade.no_measure", g.Text)
		for _, m := range g.Measures {
			wrong.Check(m.Target != "" && m.Unit != "", "goals", "cascade.no_target", m.Text)
		}
	}
	return wrong.Err()
}

// goal returns the goal with an id, or nil.
func (t *Terms) goal(id string) *Goal {
	for i := range t.Goals {
		if t.Goals[i].ID == id {
			return &t.Goals[i]
		}
	}
	return nil
}

// like reports whether two texts say the same but for case, blanks and
// punctuation.
func like(a, b string) bool { return search.Fold(a) == search.Fold(b) }
