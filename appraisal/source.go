package appraisal

import "time"

// Source is a file that a plan or a result was taken from, where the pen is
// elsewhere.
type Source struct {
	File string // its name
	By   string // who sent it
	At   time.Time
}
