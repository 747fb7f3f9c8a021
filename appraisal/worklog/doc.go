// Package worklog is the daily record of work (catatan harian): written once,
// tied to what the SKP promises, and handed over to e-Kinerja by copying.
//
//	catatan     Entry     what was done on a day, from when to when, with what came of it
//	tautan      Link      the result or step of the action plan an entry belongs to
//	usulan      Proposed  a tie that was found by the likeness of words and nobody has accepted yet
//	jadwal      Roster    who has which shift on which day
//	templat     Shift     what a shift is called, its hours, and the entry it makes
//	rekap       Recap     a week or a month, by result and by day
//
// A log can be pasted from a spreadsheet or a text, or loaded from CSV and
// XLSX. Lines are known by their day, hour, words and how often the same stands
// on one day, so that loading a file twice loads it once. Work can begin before
// the superior's plan is final: ties are to the SKP in force, or to the draft
// while there is none.
//
// Each result has one lasting address of evidence for a month: what is behind
// it grows, the address that was copied stays.
package worklog
