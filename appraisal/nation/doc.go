// Package nation evaluates the year of very many people at once: the predicate
// of everybody by the rule "predicate", their order inside their unit, and how
// far each unit's predicates spread as the rule "distribution" asks.
//
// It is the proof that the layout carries: 4,700,000 people in 10,000 units on
// two cores. No page stands on it.
//
// # Layout
//
// What a unit's evaluation needs lies in one row: a header and one record of
// fixed width for each person ([Person], 34 bytes). The result of a unit is one
// row too: a predicate and a place for each person in the same order. Rows and
// words for one person are made from them on demand. A database reads ten
// thousand such rows in the time it needs for some hundred thousand rows of one
// person each.
//
// Everything is whole numbers, so both engines and every machine come to the
// same bytes; [Summary] carries their digest.
//
// # Order inside a unit (peringkat)
//
// The better predicate first, then the higher sum of the twelve months'
// achievement. Who cannot be told apart shares a place, and the place after
// them is left out: 1, 2, 2, 4.
package nation
