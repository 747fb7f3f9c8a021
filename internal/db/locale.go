package db

import "embed"

// Locale holds the sentences of this package's faults.
//
//go:embed locale/*.toml
var Locale embed.FS
