package calibration

import (
	"time"

	"github.com/gurindam/gurindam/appraisal"
)

// Session is one calibration.
type Session struct {
	ID       string
	UnitID   string
	Unit     string
	Window   appraisal.Window
	OpenedAt time.Time
	OpenerID string // person
	Opener   string
	ClosedAt time.Time // zero while it runs
	Closer   string
}

// Open reports whether the session runs.
func (s Session) Open() bool { return s.ClosedAt.IsZero() }

// Direction says whether a proposal raises or lowers somebody.
type Direction string

// The directions.
const (
	Up    Direction = "naik"
	Down  Direction = "turun"
	Level Direction = "tetap" // one rating up, the other down
)

// ChangeState is the state of a proposal.
type ChangeState string

// The states.
const (
	Proposed ChangeState = "diusulkan"
	Applied  ChangeState = "diterapkan"
	Refused  ChangeState = "ditolak"
)

// Change is other ratings proposed for a case.
type Change struct {
	ID          string
	SessionID   string
	PartID      string
	EvaluatorID string
	Version     int64 // of the ratings it is about
	From, To    Pair
	Direction   Direction
	Reason      string
	State       ChangeState
	At          time.Time
	ProposerID  string
	Proposer    string
	SettledAt   time.Time
	Consents    []Consent
}

// Pair is the two ratings of somebody.
type Pair struct{ Results, Conduct appraisal.Rating }

// Consent is a member's word on a proposal.
type Consent struct {
	PersonID string
	Name     string
	Agrees   bool
	At       time.Time
}

// height orders ratings from below up.
func height(r appraisal.Rating) int {
	switch r {
	case appraisal.Above:
		return 1
	case appraisal.Below:
		return -1
	}
	return 0
}

// direction compares two pairs.
func direction(from, to Pair) Direction {
	results, conduct := height(to.Results)-height(from.Results), height(to.Conduct)-height(from.Conduct)
	switch {
	case results >= 0 && conduct >= 0:
		return Up
	case results <= 0 && conduct <= 0:
		return Down
	}
	return Level
}

// verdict says what the consents on a proposal lead to: it is applied once the
// evaluator and somebody else agree, and refused by the evaluator or by two
// others.
func (c Change) verdict() ChangeState {
	evaluator, others, against := false, 0, 0
	for _, k := range c.Consents {
		switch {
		case k.PersonID == c.EvaluatorID && !k.Agrees:
			return Refused
		case k.PersonID == c.EvaluatorID:
			evaluator = true
		case k.Agrees:
			others++
		default:
			against++
		}
	}
	switch {
	case against >= refusing:
		return Refused
	case evaluator && others > 0:
		return Applied
	}
	return Proposed
}

// refusing is how many members beside the evaluator refuse a proposal for good.
const refusing = 2

// Case is somebody under a number.
type Case struct {
	appraisal.CalibrationCase
	Number    int    // stable within a session, says nothing about the person
	Evaluator int    // 1 for "Atasan A"
	Mine      bool   // the reader evaluates this person
	Change    string // id of the proposal that is open
}

// View is a session as one reader sees it.
type View struct {
	Session
	Cases    []Case
	Changes  []Change // the latest first
	Names    bool     // the reader has shown the names
	Shown    []Consent
	Superior []Superior
	Close    bool // the reader may close it
	Write    bool // the reader may propose and consent
}

// Superior is one of those whose people lie side by side.
type Superior struct {
	Number int
	Name   string // empty while names are hidden
	Mine   bool
	Counts appraisal.PredicateCounts
	Total  int
}
