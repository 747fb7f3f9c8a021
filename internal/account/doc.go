// Package account knows who is asking and what they may do.
//
// An account signs in (password, argon2id) and becomes an Actor: a person of
// the roster, a role holder, or both. What an actor may do is decided in one
// place, Access.Can, from one table (permission.go) of actions: an action on a
// thing is allowed to the public, to everybody signed in, to the people the
// thing names (its owner, the evaluator, the evaluator's superior), or to roles
// whose unit scope contains the thing. Everything else is denied.
//
// Words: peran (role), wilayah kerja (unit scope), pemilik (owner), pejabat
// penilai kinerja (evaluator), atasan pejabat penilai (evaluator's superior).
//
// A role is granted by one administrator and confirmed by another; nobody can
// grant a role to themself. The system administrator runs the machine and
// reads no appraisal.
package account
