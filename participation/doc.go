// Package participation is where citizens are heard: services and their
// promise, the satisfaction survey, what is done about its results, complaints,
// forums and consultations.
//
// Words: layanan (service), standar pelayanan (its promise), survei kepuasan
// masyarakat, SKM (satisfaction survey), IKM (its index), unsur (element, one of
// the nine questions), masa (wave, one period of a survey), kupon (slip with a
// single-use code), disisihkan (held: stored, counted, not in the index),
// tindak lanjut (follow-up), sembang (forum), FKP (consultation forum).
//
// # The survey (PermenPANRB 14/2017)
//
//	wave:      planned ─► open ─► ended ─► closed and sealed ─► published
//	answer:    stored ◄─► held                (never deleted, never changed)
//	follow-up: planned ─► running ─► reported ─► done (by those who raised it)
//	              └──────────┴─────────┴─► declined, with the reason
//
// An answer is anonymous: a random id, the day, the marks, what the respondent
// chose to tell. Which way it came in, its stratum, is kept and shown, because
// answers with proof of a visit and answers from anywhere are never mixed
// silently. The marks are added up as they are stored (stat.Moments), so that
// an index with its interval costs the same for ten answers and for a hundred
// thousand.
//
// The index is the rule "skm" (SKMRule): exact, rounded once. A published
// result is stored whole, hashed into the ledger, and can be computed again by
// anybody from the safe answers: marks only, in an order that says nothing.
//
// What it defends and what it cannot is written in docs/security.md; how it
// stands up to stuffing in docs/survey-attacks.md.
package participation
