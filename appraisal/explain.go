package appraisal

import "github.com/gurindam/gurindam/rulebook"

// Explained is a predicate with the way to it.
type Explained struct {
	Predicate Predicate
	Results   Rating // as used: of a unit's head the unit's own
	Conduct   Rating
	Because   rulebook.Because
	Changes   []Change
	Book      string // hash of the rulebook used
}

// Change is one thing that would have led to another predicate.
type Change struct {
	Results   Rating    `json:"results,omitempty"` // the rating of results instead, or empty when it stays
	Conduct   Rating    `json:"conduct,omitempty"` // the rating of conduct instead, or empty when it stays
	Predicate Predicate `json:"predicate"`
}

// Difference is one difference between two plans.
type Difference struct {
	Kind   string // added, removed, changed
	What   string // result, indicator, target, unit, step, annex, expectation
	ID     string // of the result or indicator in the newer plan, or the older when removed
	Before string
	After  string
}

// Verification is what the public page behind a document's code says: no
// personal data.
type Verification struct {
	Code       string
	Kind       string // "skp" or "evaluasi"
	Unit       string
	Window     string
	At         Day
	InForce    bool   // false when a later revision or decision replaced it
	Hash       string // SHA-256 of what was signed
	Book       string // hash of the rulebook used; empty for an SKP
	Recomputed bool   // the stored inputs lead to the stored predicate
}

// Teller turns keys into the words of one language; *i18n.Printer is one.
type Teller interface {
	T(key string, args ...any) string
	Has(key string) bool
	Num(x any, decimals ...int) string
	Date(iso string) string
}
