package org

import "embed"

// Locale holds the words of the map and the sentences of its faults.
//
//go:embed locale/*.toml
var Locale embed.FS
