package participation

import (
	"crypto/rand"
	"encoding/hex"

	"github.com/gurindam/gurindam/internal/fault"
)

// Answer is one anonymous questionnaire. It knows neither who gave it nor from
// where, and no time but the day.
type Answer struct {
	ID      string // 128 random bits, hexadecimal
	Stratum Stratum
	Day     string
	Marks   Marks
	Profile Profile
	Words   string // what the citizen wrote, as written
	Held    Reason // why it is set aside; empty: it counts
}

// Reason says why an answer is set aside.
type Reason string

// The reasons. Held answers are counted and shown beside the others, and can be
// put back.
const (
	HeldNone    Reason = ""
	HeldDouble  Reason = "double"  // sent twice within seconds
	HeldNetwork Reason = "network" // one of many alike from one network
	HeldFast    Reason = "fast"    // faster than anybody reads
	HeldBurst   Reason = "burst"   // part of a burst
	HeldCopied  Reason = "copied"  // the same words again and again
	HeldManual  Reason = "manual"  // by decision of an officer
)

// MaxWords is the length of what a citizen may write, in characters.
const MaxWords = 1000

func (a Answer) check(w Wave) error {
	if len(a.Marks) != len(w.Elements) {
		return fault.Wrong("survey.marks")
	}
	if len([]rune(a.Words)) > MaxWords {
		return fault.WrongField("words", "form.too_long", MaxWords)
	}
	return a.Marks.some()
}

// newAnswerID draws the random id of an answer. It carries no time, unlike the
// ids of everything else.
func newAnswerID() string {
	var raw [16]byte
	rand.Read(raw[:]) // never fails
	return hex.EncodeToString(raw[:])
}
