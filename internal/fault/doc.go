// Package fault is the one vocabulary of errors.
//
// An area returns a fault when something a person can act on went wrong: it
// says what kind of trouble it is, which sentence explains it (a translation
// key with arguments, never a ready sentence) and, for forms and imports,
// which fields are meant. Everything else stays an ordinary wrapped error and
// is shown as an internal fault without details. Only the shells (internal/web,
// internal/api, cmd) turn a kind into a status code and a key into a sentence.
package fault
