// Package org is the map everything else stands on: units, positions, people,
// and who holds which position when.
//
// # Words
//
// A unit (unit kerja) stands in a tree; a position (jabatan) is in a unit, has
// a class (kelas jabatan) and a need (kebutuhan), and may be held by several
// people. A tenure (penugasan) says who holds it, how and from when:
// definitive, or acting for it as Plt, Plh or Pj, or as an additional duty
// (tugas tambahan) beside the own post. The evaluator (pejabat penilai
// kinerja) follows from the map: the superior is a position, and who evaluates
// is its definitive holder, else who acts for it, else the next above; HR can
// name another one with a reason (Override).
//
// # Time
//
// Everything is true for a period that begins on From and ends before To; an
// empty To is open. Identities (unit, position, person) last, their periods
// follow each other without overlap. So the map of any past day can be shown:
// Store.Map gives it whole, in memory, and Store.Stretches tells who held what
// under whom over a time. A unit that was merged points to where it went; what
// hung from it hangs from there.
//
//	periods ──NewTree──► Tree ──NewChart──► Chart ──NewMap──► Map ──► Evaluator, Holders, Decisions
//
// What is wrong in a source (parents that are missing, or go round in circles)
// is shown as loose fragments and never dropped.
//
// # Reading and writing
//
// Store reads with any db.Queryer and writes in the caller's transaction; its
// Put functions take the snapshot of a day and change only what differs.
// Service is what pages call: permission, rule, store and ledger in one
// transaction. Changes of the map are stamped, so that a picture kept in
// memory is never taken for a newer one.
//
// # Rules
//
// The rules read a NIP (the 18-digit number of an employee), say when somebody
// retires (batas usia pensiun), classify a position by its job evaluation,
// compute the people a position needs from its workload (analisis beban
// kerja), and limit how long somebody may act. Their values are in the
// rulebook.
package org
