// Package cascade leads what an office has promised down to every person: the
// Perjanjian Kinerja becomes the SKP of its head, and the role-result matrix
// spreads the head's results over people and teams (PermenPANRB 53/2014 on the
// agreement; PermenPANRB 6/2022, annex, on the matrix).
//
//	perjanjian kinerja (PK)  Agreement  what the head of a unit has promised for a year: goals with their measures, programmes with their budget
//	sasaran, indikator       Goal, Measure
//	matriks peran hasil      Board      people (rows) by the leader's results (columns)
//	peran hasil              Role       the result somebody has in a cell, proposed until the person takes it into the SKP
//	tim                      Team       people a result is given to together
//	celah                    Gap        a result nobody supports, a person with no tie upwards
//
// # An agreement
//
//	draf ──sign (one)──► diteken ──sign (the other)──► ditandatangani ──revise──► draf (a new revision; the old one stays)
//	  └──────────────record (signed on paper)──────────────┘
//
// # A role
//
//	usulan ──accept──► diterima: a result of the person's SKP, tied to the leader's
//	   └────decline──► ditolak
//
// A tie is a proposal until the leader's SKP with that result is approved; then
// it is a link, without anybody doing anything. Where the leader has no SKP
// here, as a mayor, the goals of the unit's agreement are the columns.
//
// Nothing here overwrites an SKP: what differs is shown and chosen.
package cascade
