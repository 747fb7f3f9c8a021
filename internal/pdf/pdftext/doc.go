// Package pdftext reads the text of a PDF as it stands on the page: words in
// their lines, columns apart by blanks. It reads what programs have printed;
// of a scanned page it finds nothing.
package pdftext

import "embed"

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS
