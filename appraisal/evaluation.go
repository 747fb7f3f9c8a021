package appraisal

import "time"

// EvaluationState is the state of an evaluation.
type EvaluationState string

// The states of an evaluation. Running covers everything before a predicate.
const (
	Running  EvaluationState = "berjalan"
	Decided  EvaluationState = "ditetapkan"
	Received EvaluationState = "diterima"
	Objected EvaluationState = "keberatan"
	Settled  EvaluationState = "diputus"
)

// Say is what one side says about one indicator or one value.
type Say struct {
	Value string `json:"value,omitempty"` // realisation, exact decimal; only the person gives it
	Text  string `json:"text,omitempty"`
	Mark  Rating `json:"mark,omitempty"` // against the expectation; only the superior gives it
}

// Words is everything one side says: by indicator id and by code of a value.
type Words struct {
	Indicators map[string]Say `json:"indicators,omitempty"`
	Values     map[string]Say `json:"values,omitempty"`
	Note       string         `json:"note,omitempty"`
}

// Side is one of the two who speak.
type Side struct {
	Words   Words
	SentAt  time.Time // zero while it is being written
	Version int64
}

// Sent reports whether the side has handed over its words.
func (s Side) Sent() bool { return !s.SentAt.IsZero() }

// Ratings are the superior's two ratings with their reasons.
type Ratings struct {
	Results       Rating
	ResultsReason string
	Conduct       Rating
	ConductReason string
	Note          string // catatan and rekomendasi, printed on the document
}

// Evaluation is the evaluation of one part in one window.
type Evaluation struct {
	ID          string
	PartID      string
	Window      Window
	State       EvaluationState
	Self        Side // "Menurut saya"
	Superior    Side // "Menurut atasan"
	Ratings     Ratings
	RatedAt     time.Time
	RatedBy     Signer
	Outcome     *Outcome // the result in force, nil before the first
	Earlier     []Outcome
	ReceivedAt  time.Time
	ObjectUntil Day // last day of an objection, once received
	Objection   *Objection
	Version     int64 // of the superior's side and the state
}

// Outcome is one result of an evaluation. Outcomes are only added: a decision
// on an objection stands beside the result it replaces.
type Outcome struct {
	ID           string
	EvaluationID string
	Number       int // 1 for the first
	Predicate    Predicate
	Results      Rating
	Conduct      Rating
	BookHash     string
	Inputs       []byte // exact bytes of Inputs
	Code         string // for the verification page: 7KQ4-M2TD
	At           time.Time
	By           Signer
}

// Objection is a keberatan against an evaluation.
type Objection struct {
	ID           string
	EvaluationID string
	Text         string
	FiledAt      time.Time
	DecideBy     Day    // last day for the decision; empty when none was fixed
	Evaluator    string // the evaluator's explanation
	EvaluatorAt  time.Time
	Person       string // what the person adds in the hearing
	PersonAt     time.Time
	Changed      bool // the decision changed the result
	Decision     string
	DecidedAt    time.Time
	DecidedBy    Signer
}

// Organisation is a unit's organisation predicate in a window, set by the
// level above. Setting it again adds a row and keeps the old.
type Organisation struct {
	ID        string
	UnitID    string
	Unit      string
	Window    Window
	Predicate OrganisationPredicate
	Reason    string
	Evidence  string // link or words
	At        time.Time
	By        Signer
	Version   int64 // counts settings; 0 when none
}
