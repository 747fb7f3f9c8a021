package appraisal

import "time"

// PlanView is everything the page of one SKP shows, and what the person
// looking may do.
type PlanView struct {
	Period   Period
	Part     Part
	Siblings []Part // the person's other parts of the year
	Plan     Plan   // State NotMade and Version 0 when there is none
	InForce  *Revision
	Flaws    map[string][]Flaw // by indicator id, or result id for a result's own
	Superior []SupportChoice   // the evaluator's results to tie to
	Values   []Value           // BerAKHLAK, from the rulebook
	Previous *Part             // the latest earlier part with an approved plan, to copy from
	Acts     []PlanAct         // what the actor may do now
	Edit     bool              // the actor may change results, indicators, steps, annex
	Expect   bool              // the actor may write special expectations
	ReadOnly string            // translation key that says why nobody may edit; empty otherwise
}

// SupportChoice is a result of the evaluator one can tie one's own to.
type SupportChoice struct {
	Support
	Final bool // stands in an approved revision; a proposal otherwise
}

// Value is one BerAKHLAK value with its conduct guides, in both languages.
type Value struct {
	Code   string      `json:"code"`
	Name   Bilingual   `json:"name"`
	Guides []Bilingual `json:"guides"`
}

// Bilingual is a text in both languages.
type Bilingual struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// In returns the text of language "id" or "en".
func (b Bilingual) In(lang string) string {
	if lang == "en" && b.EN != "" {
		return b.EN
	}
	return b.ID
}

// Flaw is one thing that keeps an indicator from being measured.
type Flaw struct {
	Field string // text, target, unit, direction, face, target_text
	Key   string // translation key of the sentence that says how to mend it
	Args  []any
	Hard  bool // keeps the plan from being submitted; the others only advise
}

// ProgressView is everything the page of progress shows.
type ProgressView struct {
	Period   Period
	Part     Part
	Plan     Content // the revision in force, or the draft while there is none
	Approved bool
	Entries  []Progress          // latest month first
	Latest   map[string]Progress // latest with a value, by indicator id
	Reached  map[string]Reach    // by indicator id; missing while nothing is recorded
	Done     map[string]Progress // latest of each step, by step id
	Feedback []Feedback
	Months   []string // months of the part that can be written, YYYY-MM
	Write    bool
}

// Reach is how far an indicator has come.
type Reach struct {
	Value   string // realisation
	Percent int    // of the target, 0..; 0 where no percentage makes sense
	Met     bool   // the target is met in the indicator's direction
}

// EvaluationView is everything the page of one evaluation shows. Where the two
// write blind, the other side's words are empty until both have sent.
type EvaluationView struct {
	Period       Period
	Part         Part
	Besides      []Beside    // the person's parts in the window side by side, this one among them; nil when there is one
	Credit       *Credit     // of functional officials, in the part that decides; nil for others
	Suggestion   *Suggestion // weighed by days; nil unless the rulebook asks for it
	Windows      []Window
	Plan         Content
	Values       []Value
	Evaluation   Evaluation
	Organisation Organisation // Version 0 when not set
	Latest       map[string]Progress
	Evidence     map[string]int // pieces of evidence by indicator id
	Reached      map[string]Reach
	Feedback     []Feedback
	Citizens     map[string]CitizenTaken         // what citizens said, confirmed by the superior, by indicator id
	Blind        bool                            // the other side is hidden from the actor for now
	Missing      []string                        // translation keys of what is missing before a predicate can be set
	Matrix       map[Rating]map[Rating]Predicate // the rule's nine cells: results, then conduct
	Explained    *Explained                      // nil before both ratings are given or while the actor may not see them
	Acts         []EvaluationAct
	Advisers     []Adviser // of the performance team, for the evaluator and above; for the person once a predicate is set
	NameAdviser  bool      // the actor may name one
	WriteSelf    bool
	WriteRatings bool
	ReadOnly     string
	Contract     *ContractEnd // its end is in view; nil for others
}

// Desk says on whose desk something lies.
type Desk string

// The desks.
const (
	DeskNobody    Desk = ""
	DeskPerson    Desk = "pegawai"
	DeskEvaluator Desk = "penilai"
	DeskAbove     Desk = "atasan_penilai"
	DeskOrg       Desk = "organisasi" // the level above has not set the unit's predicate
)

// Row is one line of a list: a part with its states.
type Row struct {
	Part          Part
	Plan          PlanState
	PlanSince     time.Time // when the plan last changed
	Flaws         int       // places of the plan that keep it from being submitted
	Results       int
	Indicators    int
	Evaluation    EvaluationState
	SelfSent      bool
	SuperiorSent  bool
	RatedBoth     bool
	ResultsRating Rating // empty before the decision, except for the evaluator
	ConductRating Rating
	Predicate     Predicate             // empty before a decision
	Organisation  OrganisationPredicate // of the unit, empty while not set
	Desk          Desk
	DeskName      string // name of the person whose desk it is
}

// ListQuery asks for part of a list. The zero value is everything the actor
// may see in the current year.
type ListQuery struct {
	Window     Window // zero: the whole of the current year
	Unit       string // this unit and everything below it
	Elsewhere  bool   // only people who write in another application, each in the own post
	Evaluator  string // person id: those this person evaluates
	Text       string // in name, NIP, post
	Plan       PlanState
	Evaluation EvaluationState
	Desk       Desk
	Predicate  Predicate
	Sort       string // name (default), unit, plan, evaluation; "-" in front turns it round
	Page       int    // from 1
	Size       int    // rows a page, 50 when 0, at most 200
}

// List is one page of a list with the counts of the whole.
type List struct {
	Period      Period
	Window      Window
	Rows        []Row
	Total       int
	Plans       map[PlanState]int
	Evaluations map[EvaluationState]int
	Desks       map[Desk]int
}
