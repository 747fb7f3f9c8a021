// Package job does work beside the request that asked for it: imports, mail,
// digests, exports.
//
// A job is a row. [Enqueue] inserts it in the transaction of the change it
// belongs to, so that there is no change without its job and no job without its
// change. A [Runner] claims what is due, runs the handler of its kind and
// writes what became of it:
//
//	waiting ──claim──► running ──ok──► done
//	   ▲                  │
//	   └── error, later ──┤── wrong for good, or too often ──► failed
//	   └── runner died ───┘
//
// Two runners never hold the same job: the claim is one statement that asks for
// the state again where it changes it. A runner renews its lease while it works;
// when it dies, the job is claimed again after the lease ends. A handler that
// writes its results in [Run.Finish] does so exactly once even then; any other
// handler must bear being run again from the start.
//
// A fault of kind Invalid, NotFound, Conflict, Forbidden or Unauthenticated
// ends a job at once, because trying again changes nothing. Other errors are
// tried again after 10, 40, 90 … seconds.
//
// With a Key at most one job waits: enqueueing it again changes nothing, and two
// of one key never run side by side.
package job
