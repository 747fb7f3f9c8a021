package appraisal

import "time"

// PeriodState is the stage a performance year is in.
type PeriodState string

// The stages, in their order.
const (
	InPlanning  PeriodState = "perencanaan"
	InExecution PeriodState = "pelaksanaan"
	InRating    PeriodState = "penilaian"
	Closed      PeriodState = "ditutup"
)

// PeriodStates lists the stages in their order.
func PeriodStates() []PeriodState { return []PeriodState{InPlanning, InExecution, InRating, Closed} }

// Period is a performance year. HR opens it, moves it from stage to stage and
// closes it; a stage can be taken back one step until the year is closed.
type Period struct {
	ID       string
	Year     int
	State    PeriodState
	Cadence  Cadence // of staff groups the rulebook gives none
	From, To Day
	// The days the rulebook set when the period was opened.
	PlanBy     Day    // SKP agreed
	SelfBy     Day    // both have sent their words for the year
	EvaluateBy Day    // predicates set
	Book       string // hash of the book the days were taken from
	OpenedAt   time.Time
	OpenedBy   string // account id
	Version    int64
}

// Annual returns the window of the whole year.
func (p Period) Annual() Window { return AnnualOf(p.Year) }

// Open reports whether anything may still be written.
func (p Period) Open() bool { return p.State != Closed }

// NewPeriod is what HR says when opening a year.
type NewPeriod struct {
	Year    int
	Cadence Cadence // empty: as the rulebook says
	// Pens overrides, for this year, where a staff group writes its plan; a
	// group left out stays as the rulebook says.
	Pens map[Group]Pen
}
