// Package i18n turns translation keys into sentences of one language.
//
// Each package that speaks keeps two files beside its code, locale/id.toml and
// locale/en.toml, and the application adds them all to one Bundle. A Printer is
// one language of a bundle; it is plain data that pages carry along, never a
// per-request template function, so that no response can be rendered in
// another request's language.
//
// A text may hold positional placeholders {0}, {1} …; a table with the entries
// "one" and "other" is chosen by its first argument, as English needs and
// Indonesian does not. Numbers are grouped the language's way, dates written
// out: 23 November 2026 and 1.234,5 in Indonesian.
package i18n
