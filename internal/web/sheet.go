package web

import (
	"bytes"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// Sheet answers with a table as a file called name and the format's ending.
// The format comes from the address: what is neither [sheet.CSV] nor
// [sheet.XLSX] is a fault of the reader's.
func (q *Request) Sheet(name, format string, doc sheet.Doc) error {
	if format != sheet.CSV && format != sheet.XLSX {
		return fault.Wrong("sheet.format", format)
	}
	var b bytes.Buffer
	if err := sheet.Write(&b, format, doc); err != nil {
		return err
	}
	return q.Download(name+"."+format, sheet.MediaType(format), b.Bytes())
}
