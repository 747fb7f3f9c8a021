package voices

import (
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/rulebook"
)

// Day is a calendar date YYYY-MM-DD.
type Day = rulebook.Day

// GroupCode names a group of people who are asked.
type GroupCode string

// The groups, what becomes of groups too small to stand alone, and everybody.
const (
	Subordinates GroupCode = "bawahan"
	Peers        GroupCode = "rekan"
	Merged       GroupCode = "gabungan"
	Everybody    GroupCode = "semua"
)

// Groups lists those who can be asked.
func Groups() []GroupCode { return []GroupCode{Subordinates, Peers} }

// State is where a round stands.
type State string

// The states.
const (
	Drawing   State = "kupon"   // tokens are drawn
	Answering State = "isi"     // tokens are spent
	Released  State = "dirilis" // results are there
	TooFew    State = "kurang"  // not enough took part; nothing was kept
)

// Ended reports whether nothing can be answered any more.
func (s State) Ended() bool { return s == Released || s == TooFew }

// About is whom a round is about.
type About struct {
	PersonID, Name, Post string
	UnitID, Unit         string
	EvaluatorID, AboveID string
}

// Group is one group of a round.
type Group struct {
	Code        GroupCode `json:"code"`
	Invited     int       `json:"invited"`
	Drawn       int       `json:"drawn"`            // fixed when drawing ends
	Bucket      GroupCode `json:"bucket,omitempty"` // what its answers count for, fixed when drawing ends
	Fingerprint string    `json:"fingerprint"`      // of the signing key, published
}

// Round is a round of feedback about one person.
type Round struct {
	ID                     string
	About                  About
	Purpose                string
	Sheet                  questionnaire.Sheet
	Groups                 []Group
	Least, SpreadFrom      int
	State                  State
	OpenedOn               Day
	DrawUntil, AnswerUntil Day // last days
	ClosedOn               Day
	AskedBy, AskedName     string
	Release                *Release
	ReadOn                 Day // the person has read the release
}

// group returns the group of a code, or nil.
func (r *Round) group(code GroupCode) *Group {
	i := slices.IndexFunc(r.Groups, func(g Group) bool { return g.Code == code })
	if i < 0 {
		return nil
	}
	return &r.Groups[i]
}

// Invited returns how many people were asked.
func (r Round) Invited() int {
	n := 0
	for _, g := range r.Groups {
		n += g.Invited
	}
	return n
}

// Drawn returns how many tokens were drawn, 0 while they still are.
func (r Round) Drawn() int {
	n := 0
	for _, g := range r.Groups {
		n += g.Drawn
	}
	return n
}

// buckets lists what answers count for, in the order of the groups.
func (r Round) buckets() []GroupCode {
	var all []GroupCode
	for _, g := range r.Groups {
		if g.Bucket != "" && !slices.Contains(all, g.Bucket) {
			all = append(all, g.Bucket)
		}
	}
	return all
}

func (r Round) subject() string { return "voices:" + r.ID }

// tokens names the batch of tokens of a group.
func (r Round) tokens(g GroupCode) string { return r.subject() + ":" + string(g) }

func (r Round) thing() account.Thing { return r.About.thing() }

func (a About) thing() account.Thing {
	return account.Thing{Unit: a.UnitID, Owner: a.PersonID, Evaluator: a.EvaluatorID, Above: a.AboveID}
}
