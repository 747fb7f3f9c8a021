// Package mailsink is an SMTP server for tests: it takes every letter, keeps it
// in memory, and can be told to be away for a while or to refuse a reader.
package mailsink
