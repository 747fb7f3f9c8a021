// Package policy keeps the agency's own rules: values of the rulebook that a
// numbered decision replaces from a day on.
//
// A change is proposed by one person and put in force by another; until then
// it can be tried out and withdrawn. Nothing is ever changed in place: an
// override that no longer holds is followed by a later one, so the book of any
// past day, as it was known then, can be made again. Every book a result was
// computed with is kept under its hash.
//
//	usulan (proposed) ──confirm──► berlaku (in_force)
//	      └────────withdraw──────► ditarik (withdrawn)
//
// The package hands the pure rulebook.Book to the areas and knows none of
// them.
package policy
