// Package ledgerweb shows the record (catatan): what was entered, newest first,
// each entry in words, and whether all of it still agrees with its signed
// checkpoints.
//
// Who may read the record sees that something happened, when, and by whom. What
// an entry says is shown only to who may read the thing itself: an entry about
// somebody's appraisal needs the permission to read that appraisal, and reading
// it leaves the same trace. Kinds that are in no list are closed.
package ledgerweb
