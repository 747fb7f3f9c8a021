// Package calibration lets the leaders of a unit lay the ratings of several
// superiors side by side before predicates are set, so that equal work gets
// equal words.
//
// # Words
//
//	kalibrasi        Session  one unit in one window, opened by its head or the level above
//	pegawai 07       Case     somebody, known by a number until the names are shown
//	usulan           Change   other ratings for a case, with its reason and direction
//	persetujuan      Consent  a member's word on a proposal
//
// # A proposal
//
//	diusulkan ──the evaluator and another member agree──► diterapkan
//	     └──────the evaluator, or two others, refuse──────► ditolak
//
// Names are hidden first; who shows them is noted. The evaluator decides on the
// own staff (PermenPANRB 6/2022), but nobody calibrates the own staff alone: a
// proposal needs the evaluator's consent and that of somebody who does not
// evaluate the person. What is applied changes ratings that were handed over
// and not yet decided, in one transaction with the ledger.
package calibration
