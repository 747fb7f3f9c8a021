package ui

import "embed"

// Locale holds the words of the parts themselves.
//
//go:embed locale/*.toml
var Locale embed.FS
