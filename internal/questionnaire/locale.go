package questionnaire

import "embed"

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS
