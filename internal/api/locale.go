package api

import "embed"

// Locale holds the shell's own sentence.
//
//go:embed locale/*.toml
var Locale embed.FS
