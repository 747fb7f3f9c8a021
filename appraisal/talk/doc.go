// Package talk is the performance talk (dialog kinerja) between a person and
// the superior of a part: its agenda is made from the evidence, what was said
// and agreed is written together, and both sign the same wording.
//
//	dialog kinerja   Talk
//	agenda           Point    what the evidence brings up, or what one of the two adds
//	kesepakatan      Agreed   an agreed action with its owner and day
//	tindak lanjut    Action   the same once both have signed: a task, and a point of the next agenda
//	catatan dialog   Record   the wording that is signed, as exact bytes
//
// # A talk
//
//	disiapkan ──sign──► menunggu ──the other signs──► ditandatangani
//	    ▲  │                │
//	    │  └──cancel──► dibatalkan
//	    └───────reopen──────┘
//
// The agenda is computed whenever it is looked at ([Agenda]): indicators behind
// their target, feedback since the last talk, agreed actions still open and
// requests that wait. The first signature freezes it, with everything written,
// into a Record whose hash both sign; what differs from what the signer saw is
// refused. Only the two see a talk that is not signed.
package talk
