// Package repotest holds what tests of other packages share and the tests about
// the repository itself.
//
// # Databases
//
// [EachDB] runs a test on SQLite and on PostgreSQL, each time with a fresh,
// migrated database. PostgreSQL comes from GURINDAM_TEST_POSTGRES (the URL of a
// server on which databases may be made and dropped) or else from a throw-away
// cluster made with the machine's own PostgreSQL programs. The cluster is shared
// by all test programs of a user, flushes nothing to disk, listens on a Unix
// socket only, and is stopped and removed by a sitter some seconds after the
// last user is gone, however that one ended.
//
// A machine without PostgreSQL fails the tests with a sentence that says so;
// GURINDAM_SKIP_POSTGRES=1 skips them knowingly.
//
// # The repository
//
// The tests of this package check the rules of the house that a compiler does
// not: who may import whom, package comments, the words SQL must not use, the
// two languages, and the length of files and functions.
package repotest
