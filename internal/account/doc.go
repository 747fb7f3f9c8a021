// Package account knows who is asking and what they may do.
//
// An account signs in and becomes an Actor: a person of the roster, a role
// holder, or both. What an actor may do is decided in one place, Access.Can,
// from one table (permission.go) of actions: an action on a thing is allowed to
// the public, to everybody signed in, to the people the thing names (its owner,
// the evaluator, the evaluator's superior), or to roles whose unit scope
// contains the thing. Everything else is denied.
//
// Words: peran (role), wilayah kerja (unit scope), pemilik (owner), pejabat
// penilai kinerja (evaluator), atasan pejabat penilai (evaluator's superior),
// undangan (invitation), slip (the printed one-time code).
//
// # Signing in
//
// A password is kept as an argon2id hash; an unknown username costs as much as
// a known one. Guessing is slowed down without locking anybody out (throttle).
// A session is a row that knows its token only by hash; it ends after twelve
// hours, after two without use, or when its owner or an administrator says so.
//
//	invited ──slip: code, own password──► active ◄──reopened── closed
//	                                        │  └──────────────────►
//	                                        └── forgotten password: a code at the
//	                                            desk; for role holders a second
//	                                            administrator issues it
//
// # Roles
//
// A role is granted by one administrator and confirmed by another; nobody can
// grant a role to themself. The machine's command line counts as the second
// person and makes the first administrator (Machine). The system administrator
// runs the machine and reads no appraisal.
//
// # Record
//
// Signing in, every act on somebody else's account, every step of a role and
// every refused attempt is entered in the ledger; single requests are not.
package account
