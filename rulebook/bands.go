package rulebook

import "github.com/gurindam/gurindam/internal/fault"

// Band is one step of a scale: it holds from a number up to the next band.
type Band struct {
	Code string `json:"code"`
	From Num    `json:"from"`
}

// Bands is a scale, highest band first. A number between two printed bands
// (80.5 where the regulation prints 71-80 and 81-90) belongs to the lower one.
type Bands []Band

// Of returns the code of the band n lies in; what is below every band belongs
// to the lowest.
func (b Bands) Of(n Num) string {
	for _, band := range b {
		if !n.Less(band.From) {
			return band.Code
		}
	}
	return b[len(b)-1].Code
}

// Check reports a scale that is empty or not in falling order; name is the
// scale's place among the rule's values.
func (b Bands) Check(name string) error {
	if len(b) == 0 {
		return fault.WrongField(name, "rulebook.value.bands")
	}
	for i := 1; i < len(b); i++ {
		if !b[i].From.Less(b[i-1].From) {
			return fault.WrongField(join(name, b[i].Code), "rulebook.value.bands")
		}
	}
	return nil
}
