// Package kindly gives a gentle hint when feedback judges the person and not
// the task, with a better sentence to start from.
//
// It works by rules, in Indonesian and English, on this machine: the words are
// in words/id.toml and words/en.toml, the sentences it was measured on in
// testdata/labelled.tsv. It never blocks and never stores anything: words that
// hurt can be true, and a list of words does not know.
//
// A text is cut into sentences and clauses. A word of judgement counts when the
// clause speaks of a person ("Anda malas"), or of nobody where the word is only
// ever said of people ("Ceroboh sekali"). It does not count when it is denied
// ("Anda bukan pemalas"), quoted, said of oneself, or said of a thing
// ("aplikasinya lambat"). "Always" and "never" count with something bad behind
// them: "selalu terlambat", not "selalu tepat waktu".
package kindly
