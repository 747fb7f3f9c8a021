// Package ledger is the append-only record of everything that counts: decisions,
// evaluations, rules, corrections. It shows afterwards that nothing was changed,
// left out or put in between.
//
// # Life of an entry
//
//	Append (in the decision's own transaction) ──► waiting ──Sequence──► numbered, in the tree
//	                                                            └──► checkpoint: size, root, signature
//	Erase (payload gone, commitment stays, an entry "ledger.erased" says why)
//
// [Append] inserts the entry without a number, so that decisions do not wait
// for each other. The one [Sequencer] numbers what is waiting, extends a Merkle
// tree (RFC 6962) and signs a checkpoint, all in one transaction. [Verify]
// recomputes everything from the rows.
//
// # Exact bytes, fixed from the first day
//
// The payload is JSON, stored as the bytes that were hashed. The commitment
// hides it and binds it:
//
//	commitment = SHA-256(salt || payload)        salt: 32 random bytes
//
// The leaf is this text, each line ended by one newline (0x0A):
//
//	gurindam-ledger-1
//	<id>              UUIDv7
//	<kind>            such as appraisal.decided
//	<subject>         what it is about, such as part:0198…
//	<actor>           who did it, an account id, empty for the system
//	<at>              2026-11-23T08:15:00.000000Z
//	<commitment>      64 lower-case hexadecimal digits
//
//	leaf hash = SHA-256(0x00 || leaf)            node = SHA-256(0x01 || left || right)
//
// Kind, subject and actor stay for ever: they are code words and ids, never
// names, NIPs or free text. What a person may have erased (UU 27/2022) belongs
// in the payload. Erasing removes the salt too, without which a payload cannot
// be guessed from its commitment.
//
// A checkpoint is a signed note (golang.org/x/mod/sumdb/note, Ed25519) whose
// text is four lines: the key's name, the number of entries, the root in
// base64, and "time " with the moment of signing.
//
// # What it proves
//
// Whoever holds the database but not the key cannot change, remove, reorder or
// insert a numbered entry without [Verify] noticing. Whoever holds both can
// write a new history; that is noticed by anybody who kept a checkpoint from
// before, so checkpoints are published and the latest is kept beside the key.
// An entry that is still waiting (about a second) is not protected yet.
package ledger
