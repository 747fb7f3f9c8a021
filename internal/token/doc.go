// Package token hands out rights to speak once, without a record of who spoke.
//
// A batch (angkatan) belongs to one thing people answer: a survey wave, a round
// of feedback. Two kinds of tokens prove that an answer comes from somebody who
// was there:
//
//   - a code (kupon) is random, printed or shown at the counter and typed or
//     scanned once. Nobody writes down who got which, so an answer is unlinked
//     from a person; but whoever noted the code could find that it was used.
//   - a blind token is a random number that the visitor's browser has signed
//     without showing it (RSA blind signatures, RFC 9474, variant
//     RSABSSA-SHA384-PSS-Randomized). It costs one code. Even the holder of the
//     whole database cannot say which signing became which answer.
//
// Tokens are kept as hashes while their batch is open. They carry neither time
// nor visit, and Shuffle rewrites them in random order, so that the order of
// rows tells nothing either. The signing key of a batch has a fingerprint that
// is published when the batch opens, because signing some people with another
// key would be a way to mark them. When the batch closes, its key and every
// hash are erased and only the counts remain.
//
// What this does not hide: see docs/security.md.
package token
