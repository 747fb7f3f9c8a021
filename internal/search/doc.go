// Package search makes the columns by which things are found and sorted.
//
// SQLite and PostgreSQL disagree about case, accents and patterns, so what is
// compared is made here: text in lower case, without diacritics, its words
// each after one space (" hj ratna wulandari"). A search term matches the
// beginning of a word, which [Where] asks of both engines in the same SQL and
// [Match] of a text in memory.
package search
