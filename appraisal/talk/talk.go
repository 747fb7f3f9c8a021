package talk

import (
	"time"

	"github.com/gurindam/gurindam/appraisal"
)

// Day is a date YYYY-MM-DD.
type Day = appraisal.Day

// State is the state of a talk.
type State string

// The states: both may write; one has signed and the other is awaited; both
// have signed; given up.
const (
	Prepared  State = "disiapkan"
	HalfSaid  State = "menunggu"
	Signed    State = "ditandatangani"
	Cancelled State = "dibatalkan"
)

// Side is one of the two of a talk.
type Side string

// The sides. A reader who is neither has none.
const (
	NoSide   Side = ""
	Person   Side = "pegawai"
	Superior Side = "atasan"
)

// Other returns the side across the table.
func (s Side) Other() Side {
	switch s {
	case Person:
		return Superior
	case Superior:
		return Person
	}
	return NoSide
}

// Source says where a point of the agenda comes from.
type Source string

// The sources, in the order of the agenda.
const (
	OpenAction Source = "tindak_lanjut" // an agreed action that is not done
	Behind     Source = "tertinggal"    // an indicator behind its target
	Said       Source = "umpan_balik"   // feedback since the last talk
	Requested  Source = "permintaan"    // a request for feedback nobody has answered
	Added      Source = "tambahan"      // added by one of the two
)

// Sources lists the sources in the order of the agenda.
func Sources() []Source { return []Source{OpenAction, Behind, Said, Requested, Added} }

// Point is one point of the agenda with what was said about it. Text is what
// it is about, in the words of whoever wrote it.
type Point struct {
	Key      string `json:"key"` // stays the same while the talk is prepared
	Source   Source `json:"source"`
	Text     string `json:"text"`
	By       string `json:"by,omitempty"`       // who said, asks or owes it
	On       Day    `json:"on,omitempty"`       // when it was said, or is due
	Value    string `json:"value,omitempty"`    // of an indicator: reached so far, exact decimal
	Target   string `json:"target,omitempty"`   // its target
	Unit     string `json:"unit,omitempty"`     // of both
	Reached  int    `json:"reached,omitempty"`  // per cent of the target
	Expected int    `json:"expected,omitempty"` // per cent that the days gone by would ask for
	Note     string `json:"note,omitempty"`
}

// Agreed is an agreed action: what, whose, until when.
type Agreed struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Owner Side   `json:"owner"`
	Due   Day    `json:"due"`
}

// Face is how one of the two was called when the talk was signed.
type Face struct {
	PersonID string `json:"person"`
	Name     string `json:"name"`
	NIP      string `json:"nip,omitempty"`
	Post     string `json:"post"`
	Unit     string `json:"unit"`
}

// Record is the wording both sign.
type Record struct {
	Format   string   `json:"format"`
	Talk     string   `json:"talk"`
	Part     string   `json:"part"`
	Year     int      `json:"year"`
	Day      Day      `json:"day"`
	Person   Face     `json:"person"`
	Superior Face     `json:"superior"`
	Points   []Point  `json:"points"`
	Notes    string   `json:"notes"`
	Actions  []Agreed `json:"actions"`
}

// recordFormat names the shape of a Record.
const recordFormat = "gurindam-talk-1"

// Talk is one performance talk.
type Talk struct {
	ID               string
	PartID           string
	Year             int
	PersonID         string
	SuperiorID       string // the evaluator, as named when it was opened or frozen
	Day              Day
	State            State
	Written          Written
	Wording          []byte // exact bytes of the Record, nil before the first signature
	Hash             string // of Wording, hexadecimal SHA-256
	PersonSignedAt   time.Time
	SuperiorSignedAt time.Time
	SignedAt         time.Time // by both
	OpenedAt         time.Time
	OpenedBy         Side
	Version          int64
}

// Open reports whether the talk is still being prepared or signed.
func (t Talk) Open() bool { return t.State == Prepared || t.State == HalfSaid }

// signedBy returns when a side signed; zero when it has not.
func (t Talk) signedBy(s Side) time.Time {
	if s == Superior {
		return t.SuperiorSignedAt
	}
	return t.PersonSignedAt
}

// Written is what the two write before they sign.
type Written struct {
	Points  []Point           `json:"points,omitempty"` // those added by hand
	Notes   map[string]string `json:"notes,omitempty"`  // by key of a point
	Text    string            `json:"text,omitempty"`   // what was said beside the agenda
	Actions []Agreed          `json:"actions,omitempty"`
}

// said reports whether anything was written.
func (w Written) said() bool {
	if w.Text != "" || len(w.Actions) > 0 {
		return true
	}
	for _, note := range w.Notes {
		if note != "" {
			return true
		}
	}
	return false
}

// Action is an agreed action of a signed talk.
type Action struct {
	ID       string
	TalkID   string
	PartID   string
	PersonID string // whose talk it was
	Place    int
	OwnerID  string
	Owner    string // name
	Text     string
	Due      Day
	Note     string // what was done
	At       time.Time
	DoneAt   time.Time // zero while open
	DoneBy   string    // account
}

// Open reports whether the action is still to be done.
func (a Action) Open() bool { return a.DoneAt.IsZero() }

// Late reports whether it is overdue on a day.
func (a Action) Late(today Day) bool { return a.Open() && a.Due < today }
