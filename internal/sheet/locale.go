package sheet

import "embed"

// Locale holds the sentences of this package in both languages.
//
//go:embed locale/*.toml
var Locale embed.FS
