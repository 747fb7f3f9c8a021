package cascade

import "github.com/gurindam/gurindam/appraisal/intake"

// Rejected is a row of a file that was not taken, or something worth knowing
// about it.
type Rejected = intake.Rejected

// FileReport accounts for every row of a file.
type FileReport = intake.Report

// MostBytes is the largest file that is taken.
const MostBytes = intake.MostBytes
