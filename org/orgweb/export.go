package orgweb

import "github.com/gurindam/gurindam/internal/sheet"

// columns makes text columns whose headers are what an import looks for, in
// whatever language the page is.
func columns(headers ...string) []sheet.Column {
	all := make([]sheet.Column, len(headers))
	for i, h := range headers {
		all[i] = sheet.Column{Key: h, Label: h}
	}
	return all
}
