package appraisal

import "time"

// Progress is what was achieved on one indicator, or done on one step, as of a
// month, with its evidence. Value is the achievement reached so far, not the
// month's addition, so the latest one is the realisation.
type Progress struct {
	ID          string
	PartID      string
	ResultID    string
	IndicatorID string // empty for a step
	StepID      string // empty for an indicator
	Month       string // YYYY-MM
	Value       string // exact decimal, or empty
	Note        string
	Evidence    []Evidence
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Version     int64
}

// Evidence is a link or a file that shows what was achieved.
type Evidence struct {
	ID    string
	Label string
	URL   string // http or https; empty for a file
	File  string // id of the stored file; empty for a link
	Size  int64
	Type  string // media type of a file
}

// About says what a feedback is tied to.
type About string

// What feedback can be about.
const (
	AboutResult  About = "hasil"
	AboutValue   About = "nilai"
	AboutGeneral About = "umum"
)

// Relation is how the writer of a feedback stands to the person.
type Relation string

// The relations. The service finds them from the map.
const (
	FromSuperior    Relation = "atasan"
	FromPeer        Relation = "rekan"
	FromSubordinate Relation = "bawahan"
	FromOther       Relation = "lain"
	FromSelf        Relation = "sendiri"
)

// Feedback is an umpan balik berkelanjutan: words tied to a result or a value,
// given at any time. A request for feedback is a Feedback without text whose
// AskedOf still has to answer.
type Feedback struct {
	ID        string
	PartID    string
	About     About
	Ref       string // result id, or code of a value
	Text      string
	Author    Signer
	Relation  Relation
	AskedOf   string // person who was asked; empty when nobody asked
	Question  string // what the person asked
	CreatedAt time.Time
	ReadAt    time.Time // by the person it is for; zero while unread
}
