package rulebook

import "embed"

// Locale holds the names of the rules' code words, the labels of their steps
// and the sentences about wrong input.
//
//go:embed locale/*.toml
var Locale embed.FS
