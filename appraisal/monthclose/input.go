package monthclose

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
)

// Bounds of what one person's month can hold.
const (
	mostMinutes = 100_000
	mostCount   = 1000
	mostEvents  = 400
)

// Event is something of a person's attendance: what, on which day, for how many
// minutes. Code is the kind of event, or the code of a deduction where a list
// has sorted it already. Day is empty where a list only tells how often.
type Event struct {
	Day     string `json:"d,omitempty"`
	Code    string `json:"k"`
	Minutes int64  `json:"m,omitempty"`
	Count   int64  `json:"n,omitempty"` // 1 when 0
}

func (e Event) times() int64 { return max(e.Count, 1) }

// Input is everything one person's allowance follows from: with the rulebook it
// gives the same rupiah again, without the database.
type Input struct {
	Format     string              `json:"format"`
	Class      int                 `json:"class"`
	Group      string              `json:"group"`      // staff group of the rulebook
	Employment string              `json:"employment"` // pns, pppk, …: which table of tax
	Rank       string              `json:"rank,omitempty"`
	Window     string              `json:"window,omitempty"` // that the predicate is of
	Predicate  appraisal.Predicate `json:"predicate,omitempty"`
	RatedBy    string              `json:"by,omitempty"`
	RatedOn    string              `json:"on,omitempty"`
	Minutes    *int64              `json:"minutes,omitempty"` // approved, where the basis is minutes
	Events     []Event             `json:"events,omitempty"`
	Withdrawn  []Withdrawn         `json:"withdrawn,omitempty"`
	Excluded   string              `json:"excluded,omitempty"` // why the person is left out
}

// Withdrawn is a cut that does not count: Key names it as Cut.Key does.
type Withdrawn struct {
	Key    string `json:"key"`
	Reason string `json:"reason,omitempty"`
	On     string `json:"on,omitempty"`
	By     string `json:"by,omitempty"`
}

// inputFormat names the shape of an Input; another shape gets another name.
const inputFormat = "tpp-1"

// tidy puts what has no order into one, so that equal months are equal bytes.
func (in *Input) tidy() {
	in.Format = inputFormat
	slices.SortFunc(in.Events, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Minutes, b.Minutes), cmp.Compare(a.Count, b.Count))
	})
	slices.SortFunc(in.Withdrawn, func(a, b Withdrawn) int { return cmp.Compare(a.Key, b.Key) })
}

// Bytes returns the exact bytes that are stored.
func (in Input) Bytes() ([]byte, error) {
	in.Events, in.Withdrawn = slices.Clone(in.Events), slices.Clone(in.Withdrawn)
	in.tidy()
	return json.Marshal(in)
}

// ReadInput reads what Bytes wrote.
func ReadInput(body []byte) (Input, error) {
	var in Input
	if err := json.Unmarshal(body, &in); err != nil {
		return in, fmt.Errorf("stored month of a person: %w", err)
	}
	if in.Format != inputFormat {
		return in, fmt.Errorf("stored month of a person: format %q", in.Format)
	}
	return in, nil
}
