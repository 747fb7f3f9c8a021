// Package appraisal is the performance of people (PermenPANRB 6/2022): what
// they promise, what they achieve, what others say about it, and the predicate
// that follows.
//
// # Words
//
//	tahun kinerja      Period      a performance year
//	bagian             Part        the piece of it one person spends in one post under one evaluator
//	periode penilaian  Window      the year, a quarter or a month that is evaluated
//	SKP                Plan        Sasaran Kinerja Pegawai, the agreement
//	RHK                Result      rencana hasil kerja, main or additional
//	IKI                Indicator   indikator kinerja individu
//	rencana aksi       Step
//	realisasi, bukti   Progress, Evidence
//	umpan balik        Feedback
//	predikat organisasi  Organisation
//	rating             Rating      of results and of conduct
//	predikat kinerja   Predicate
//	keberatan          Objection
//
// # An SKP
//
//	belum_dibuat ──start──► draf ──submit──► diajukan ──approve──► disetujui
//	                         ▲  ▲               │  │                   │
//	                         │  └──withdraw─────┘  └──return──► dikembalikan ──submit──► diajukan
//	                         └──────────revise (a new revision; the old one stays)──┘
//
// # An evaluation
//
//	         ◄─take back─ (within the day)
//	berjalan ──decide──► ditetapkan ──receive──► diterima
//	                         └──────object (within the days of the rulebook)──┴──► keberatan ──settle──► diputus
//
// In the yearly evaluation both sides write blind and see each other's words
// when both have sent. Nobody's predicate is set before the organisation's.
//
// # How a result explains itself
//
// [Recompute] is the one way from inputs to a predicate: deciding, simulating
// and verifying all use it. What is decided keeps its complete inputs as exact
// bytes and the hash of its rulebook, so it can be computed again for ever. The
// values of every rule are in the rulebook: predicate, leader-results,
// distribution, credit (the rules on the command line), calendar, objection,
// organisation-order, staff-groups, berakhlak and indicator.
//
// # How it is stored
//
// A plan is one row whose content is one document, versioned as a whole; what
// lists need stands beside it. Approved plans and results are only added.
package appraisal
