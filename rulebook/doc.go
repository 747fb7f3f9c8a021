// Package rulebook holds the rules of the civil service as dated data and
// knows nothing of the areas that use them.
//
// A rule (aturan) has an identifier, a title, and one or more versions. A
// version says from which day it holds, which regulation and article it comes
// from, how sure we are of it (Certainty), what it says in words, and its
// values: weights, tables, thresholds, roundings. The national rules are the
// TOML files of national/, one file a rule. An agency changes single values
// from a day on by a numbered decision (Override); several overrides together
// with an identifier and a version are an Overlay, read from a file such as
// sample.toml or from the agency's database.
//
//	national/*.toml ─┐
//	                 ├─► Library ──At(day, knownAt)──► Book ──Load──► typed values of one rule
//	overlay ─────────┘
//
// A Book is what is in force on one day as it was known at one time. It is
// immutable, and its Hash is the SHA-256 of its canonical bytes, so that a
// result can name the very book it was computed with and be computed again.
//
// The areas keep the functions: each has a struct for the values of its rule
// (see Load), a pure function that uses it, and a Rule that reads one JSON
// object for it. Every result carries a Because: the steps from the input to
// the value, each with its source.
//
// # A file of national/
//
// It is named after the rule it holds:
//
//	id = "objection"
//	title = { id = "…", en = "…" }
//	open = ["presets"]            # tables an agency may add entries to; mostly left out
//
//	[[version]]                   # one for each text of the rule, oldest first
//	from = "2019-04-30"           # first day it holds
//	known = "2019-05-10"          # day it could be known; from if left out
//	certainty = "primary"         # primary, secondary, unverified
//	regulation = "PP 30/2019"
//	article = "Pasal 59"
//	note = { id = "…", en = "…" }  # what is unsure about it
//	words = { id = "…", en = "…" } # the rule in words
//	[version.values]
//	days = 14
//
// Values are numbers, texts, true and false, lists and tables. An entry of a
// list that has a code is named by it, so that overrides find it whatever its
// place. A new code word needs its translation rulebook.word.…, a new name of
// a value rulebook.name.… in locale/.
//
// Numbers are exact (Num) and rounded once, where the rule says so.
package rulebook
