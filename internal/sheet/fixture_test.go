package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"testing"
)

const mainNS = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

// minimalParts are the parts every workbook of one sheet needs, but the sheet
// and the shared texts.
func minimalParts(sheet string, shared bool) map[string]string {
	const types = "http://schemas.openxmlformats.org/package/2006/content-types"
	const rels = "http://schemas.openxmlformats.org/package/2006/relationships"
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	list := `<Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + office + `/styles" Target="styles.xml"/>`
	if shared {
		list += `<Relationship Id="rId3" Type="` + office + `/sharedStrings" Target="sharedStrings.xml"/>`
	}
	return map[string]string{
		"[Content_Types].xml":        `<Types xmlns="` + types + `"/>`,
		"_rels/.rels":                `<Relationships xmlns="` + rels + `"><Relationship Id="r" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook ` + mainNS + ` xmlns:r="` + office + `"><workbookPr/><sheets><sheet name="` + sheet + `" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + rels + `">` + list + `</Relationships>`,
	}
}

func writePart(z *zip.Writer, name string, write func(*bufio.Writer)) error {
	p, err := z.Create(name)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(p)
	write(b)
	return b.Flush()
}

// workbookOf packs a workbook of one sheet with the XML given; parts replace or
// add to the minimal ones, and an empty part is left out.
func workbookOf(t testing.TB, sheetXML string, parts map[string]string) []byte {
	t.Helper()
	all := minimalParts("Data", parts["xl/sharedStrings.xml"] != "")
	all["xl/worksheets/sheet1.xml"] = sheetXML
	for name, text := range parts {
		all[name] = text
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range all {
		if text == "" {
			continue
		}
		if err := writePart(z, name, func(b *bufio.Writer) { fmt.Fprint(b, text) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sheetOf wraps rows of XML as a sheet; tail follows the rows.
func sheetOf(rows, tail string) string {
	return `<worksheet ` + mainNS + `><sheetData>` + rows + `</sheetData>` + tail + `</worksheet>`
}
