package orgweb

import (
	"bytes"
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
)

// columns makes text columns whose headers are what an import looks for, in
// whatever language the page is.
func columns(headers ...string) []sheet.Column {
	all := make([]sheet.Column, len(headers))
	for i, h := range headers {
		all[i] = sheet.Column{Key: h, Label: h}
	}
	return all
}

// export answers with a table as a file.
func export(q *web.Request, name, format string, doc sheet.Doc) error {
	if !slices.Contains([]string{sheet.CSV, sheet.XLSX}, format) {
		return fault.Wrong("sheet.format", format)
	}
	var b bytes.Buffer
	if err := sheet.Write(&b, format, doc); err != nil {
		return err
	}
	return q.Download(name+"."+format, sheet.MediaType(format), b.Bytes())
}
