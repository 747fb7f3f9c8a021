package sheet

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
)

// styled is a style sheet whose cell styles have the number formats given:
// built-in numbers, or codes.
func styled(formats ...string) map[string]string {
	var custom, cells strings.Builder
	for i, f := range formats {
		id := f
		if !allDigits(f) || len(f) > 2 {
			id = "2" + string(rune('0'+i/10)) + string(rune('0'+i%10))
			custom.WriteString(`<numFmt numFmtId="` + id + `" formatCode="` + strings.ReplaceAll(f, `"`, "&quot;") + `"/>`)
		}
		cells.WriteString(`<xf numFmtId="` + id + `"/>`)
	}
	return map[string]string{"xl/styles.xml": `<styleSheet ` + mainNS + `><numFmts>` + custom.String() + `</numFmts><cellXfs>` + cells.String() + `</cellXfs></styleSheet>`}
}

// cellText reads a workbook of one cell in A2 under the header "x".
func cellText(t *testing.T, cell string, parts map[string]string) string {
	t.Helper()
	g := readBytes(t, workbookOf(t, sheetOf(`<row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="2">`+cell+`</row>`, ""), parts), Options{Fields: []Field{{Name: "x"}}})
	if len(g.rows) == 0 {
		return ""
	}
	return g.rows[0][0]
}

func TestNumberCellsComeOutAsTheirFormatMeansThem(t *testing.T) {
	for _, c := range []struct{ format, value, want string }{
		{"0", "42", "42"},
		{"0", "0.55000000000000004", "0.55"},
		{"0", "-1234.5", "-1234.5"},
		{"0", "1E-3", "0.001"},
		{"0", "100000000000000", "100000000000000"},
		{"0", "1.98609262015051E+17", "1.98609262015051E+17"},
		{"1", "198609262015051008", "1.98609262015051E+17"}, // the binary number spelt out
		{"1", "198609262015051000", "1.98609262015051E+17"}, // fifteen digits and zeros
		{"1", "198609262015051010", "1.98609262015051E+17"}, // seventeen digits
		{"0", "198609262015051001", "198609262015051001"},   // more than arithmetic knows
		{"49", "198609262015051001", "198609262015051001"},  //
		{"14", "31681", "1986-09-26"},                       // m/d/yyyy
		{"14", "1", "1900-01-01"},                           //
		{"14", "59", "1900-02-28"},                          //
		{"14", "60", "60"},                                  // a day that never was
		{"14", "61", "1900-03-01"},                          //
		{"14", "-5", "-5"},                                  //
		{"14", "3000000", "3000000"},                        // beyond the year 9999
		{"14", "45292.75", "2024-01-01"},                    // the format shows no time
		{"22", "45292.75", "2024-01-01 18:00:00"},           //
		{"22", "45292", "2024-01-01"},                       //
		{"22", "45292.999999999", "2024-01-02"},             // rounded to the second
		{"20", "0.3125", "07:30:00"},                        // h:mm
		{"46", "1.5", "36:00:00"},                           // [h]:mm:ss
		{"dd/mm/yyyy;@", "31681", "1986-09-26"},             //
		{"[$-421]dd mmmm yyyy;@", "31681", "1986-09-26"},    //
		{`d" bulan "mmmm`, "31681", "1986-09-26"},           //
		{"mmm-yy", "45292", "2024-01-01"},                   //
		{"mm:ss.0", "0.5", "12:00:00"},                      //
		{"[hh]:mm", "2", "48:00:00"},                        //
		{`"Rp"#,##0`, "31681", "31681"},                     //
		{`_("Rp"* #,##0.00_)`, "31681", "31681"},            //
		{`[Red]0.00 "hari"`, "31681", "31681"},              //
		{`0 \d\a\y`, "31681", "31681"},                      //
		{"General", "31681", "31681"},                       //
		{"9", "0.63", "63%"},                                //
		{"10", "0.55000000000000004", "55%"},                //
		{"0.0%", "0.7987", "79.87%"},                        //
		{"00000", "812", "00812"},                           //
		{"00000", "8.5", "8.5"},                             //
		{"000000000000000000", "812", "000000000000000812"}, //
		{"0", "12,5", "12,5"},                               // no number: as it stands
		{"0", "NaN", "NaN"},                                 //
		{"0", "123456789012345678901234567890", "123456789012345678901234567890"},
	} {
		if got := cellText(t, `<c r="A2" s="0"><v>`+c.value+`</v></c>`, styled(c.format)); got != c.want {
			t.Errorf("%s as %s: %q, want %q", c.value, c.format, got, c.want)
		}
	}
}

func TestDatesOf1904(t *testing.T) {
	parts := styled("14")
	parts["xl/workbook.xml"] = strings.Replace(minimalParts("Data", false)["xl/workbook.xml"], "<workbookPr/>", `<workbookPr date1904="1"/>`, 1)
	for value, want := range map[string]string{"0": "1904-01-01", "30219": "1986-09-26", "60": "1904-03-01"} {
		if got := cellText(t, `<c r="A2" s="0"><v>`+value+`</v></c>`, parts); got != want {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
	}
}

func TestEveryKindOfCell(t *testing.T) {
	parts := map[string]string{"xl/sharedStrings.xml": `<sst ` + mainNS + `><si><t>biasa</t></si>` +
		`<si><r><t xml:space="preserve">te</t></r><r><rPr><b/></rPr><t>bal</t></r></si>` +
		`<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si/><si><t>a_x000D__x000A_b_x005F_x0041_</t></si></sst>`}
	for cell, want := range map[string]string{
		`<c r="A2" t="s"><v>0</v></c>`:                                                      "biasa",
		`<c r="A2" t="s"><v> 1 </v></c>`:                                                    "tebal",
		`<c r="A2" t="s"><v>2</v></c>`:                                                      "東京",
		`<c r="A2" t="s"><v>3</v></c>`:                                                      "",
		`<c r="A2" t="s"><v>4</v></c>`:                                                      "a\nb_x0041_",
		`<c r="A2" t="inlineStr"><is><t>di </t></is></c>`:                                   "di",
		`<c r="A2" t="inlineStr"><is><r><t>di</t></r><r><t> sini</t></r></is></c>`:          "di sini",
		`<c r="A2" t="str"><f>A1&amp;"x"</f><v>hasil</v></c>`:                               "hasil",
		`<c r="A2" t="b"><v>1</v></c>`:                                                      "TRUE",
		`<c r="A2" t="b"><v>0</v></c>`:                                                      "FALSE",
		`<c r="A2" t="e"><v>#N/A</v></c>`:                                                   "#N/A",
		`<c r="A2" t="d"><v>2024-01-01T00:00:00</v></c>`:                                    "2024-01-01",
		`<c r="A2" t="d"><v>2024-01-01T07:30:00</v></c>`:                                    "2024-01-01 07:30:00",
		`<c r="A2" t="n"><f>1+1</f><v>2</v></c>`:                                            "2",
		`<c r="A2"><f>SUM(B1:B9)</f></c>`:                                                   "=SUM(B1:B9)",
		`<c r="A2"><f t="shared" si="0"/><v></v></c>`:                                       "=",
		`<c r="A2" t="str"><f>""</f><v></v></c>`:                                            "",
		`<c><v>7</v></c>`:                                                                   "7",
		`<x:c xmlns:x="urn:x" r="A2"><x:v>8</x:v></x:c>`:                                    "8",
		`<c r="A2" t="str"><v>a &lt;b&gt; &amp; c</v></c>`:                                  "a <b> & c",
		`<c r="A2" t="str"><v><![CDATA[a<b]]></v></c>`:                                      "a<b",
		`<c r="A2" s="99"><v>5</v></c>`:                                                     "5",
		`<c r="A2" s="x"><v>5</v></c>`:                                                      "5",
		`<c r="a2"><v>9</v></c>`:                                                            "9",
		`<c r="A2" t="inlineStr"><is><t xml:space="preserve">'0812</t></is></c><c r="B2"/>`: "0812",
	} {
		if got := cellText(t, cell, parts); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
}

func TestRowsAndCellsWithoutReferences(t *testing.T) {
	g := readBytes(t, workbookOf(t, sheetOf(`<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row/><row><c/><c><v>2</v></c></row><row r="9"><c r="B9"><v>3</v></c></row>`, ""), nil), Options{})
	wantRows(t, g, []string{"a", "b"}, [][]string{{"", "2"}, {"", "3"}}, []int{3, 9})
}

// textRow is a row of text cells; an empty text leaves its cell out.
func textRow(row int, cells ...string) string {
	var b strings.Builder
	b.WriteString(`<row r="` + itoa(row) + `">`)
	for i, c := range cells {
		if c != "" {
			b.WriteString(`<c r="` + columnName(i) + itoa(row) + `" t="str"><v>` + c + `</v></c>`)
		}
	}
	return b.String() + `</row>`
}

func itoa(n int) string {
	return strings.TrimLeft(string([]byte{byte('0' + n/10), byte('0' + n%10)}), "0")
}

func TestMergedHeadersGiveOneName(t *testing.T) {
	xml := sheetOf(
		textRow(1, "DAFTAR NILAI PEGAWAI")+
			textRow(3, "No", "Nama", "Nilai", "", "", "Unit")+
			textRow(4, "", "", "Hasil", "Perilaku", "Akhir")+
			textRow(5, "1", "Budi", "baik", "baik", "baik", "Dinas A")+
			textRow(6, "2", "Susi", "baik", "cukup", "baik")+
			textRow(7, "3", "Tono", "baik", "cukup", "baik", "Dinas B"),
		`<mergeCells><mergeCell ref="A1:F1"/><mergeCell ref="A3:A4"/><mergeCell ref="B3:B4"/><mergeCell ref="C3:E3"/><mergeCell ref="F3:F4"/><mergeCell ref="F5:F6"/></mergeCells>`)
	for _, fields := range [][]Field{nil, {{Name: "Nama"}, {Name: "Perilaku"}, {Name: "Unit"}}} {
		g := readBytes(t, workbookOf(t, xml, nil), Options{Fields: fields})
		wantRows(t, g, []string{"No", "Nama", "Nilai › Hasil", "Nilai › Perilaku", "Nilai › Akhir", "Unit"}, [][]string{
			{"1", "Budi", "baik", "baik", "baik", "Dinas A"},
			{"2", "Susi", "baik", "cukup", "baik", "Dinas A"},
			{"3", "Tono", "baik", "cukup", "baik", "Dinas B"},
		}, []int{5, 6, 7})
		if g.HeaderRow != 4 || g.Index("Perilaku") != 3 || g.Index("Nilai Akhir") != 4 {
			t.Errorf("header %d, Perilaku at %d", g.HeaderRow, g.Index("Perilaku"))
		}
	}
}

// A merged cell in the header that spans two columns of data only for its looks
// must not make the first row of data a header.
func TestAWideHeaderCellSwallowsNoData(t *testing.T) {
	xml := sheetOf(textRow(1, "Nama", "", "Agama")+textRow(2, "Budi", "Santoso", "Islam")+textRow(3, "Susi", "", "Hindu"),
		`<mergeCells><mergeCell ref="A1:B1"/></mergeCells>`)
	g := readBytes(t, workbookOf(t, xml, nil), Options{Fields: []Field{{Name: "Nama"}, {Name: "Agama"}}})
	wantRows(t, g, []string{"Nama", "Nama (2)", "Agama"}, [][]string{{"Budi", "Santoso", "Islam"}, {"Susi", "", "Hindu"}}, []int{2, 3})
}

func TestATitleMergedOverTheTableIsNoHeader(t *testing.T) {
	xml := sheetOf(textRow(1, "DAFTAR PEGAWAI")+textRow(2, "Keadaan Desember")+textRow(3, "NIP", "Nama", "Unit")+textRow(4, "1", "Budi", "Dinas"),
		`<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="A2:B2"/></mergeCells>`)
	g := readBytes(t, workbookOf(t, xml, nil), Options{})
	wantRows(t, g, []string{"NIP", "Nama", "Unit"}, [][]string{{"1", "Budi", "Dinas"}}, []int{4})
}

func TestARowThatOnlyAMergedCellReachesIsBlank(t *testing.T) {
	xml := sheetOf(textRow(1, "Unit", "Nama")+textRow(2, "Dinas", "Budi")+`<row r="3"/>`+`<row r="4"><c r="A4"/></row>`+textRow(5, "", "Susi"),
		`<mergeCells><mergeCell ref="A2:A5"/></mergeCells>`)
	g := readBytes(t, workbookOf(t, xml, nil), Options{})
	wantRows(t, g, []string{"Unit", "Nama"}, [][]string{{"Dinas", "Budi"}, {"Dinas", "Susi"}}, []int{2, 5})
}

// threeSheets is a workbook with a cover, a hidden sheet and two tables.
func threeSheets(t *testing.T) []byte {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	parts := map[string]string{
		"xl/workbook.xml": `<workbook ` + mainNS + ` xmlns:r="` + office + `"><sheets><sheet name="Petunjuk" r:id="a"/><sheet name="Arsip" state="hidden" r:id="b"/>` +
			`<sheet name="Grafik" r:id="e"/><sheet name="Data" r:id="c"/><sheet name="Acuan" r:id="d"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="x"><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="b" Type="x/worksheet" Target="/xl/worksheets/b.xml"/><Relationship Id="c" Type="x/worksheet" Target="worksheets/c.xml"/>` +
			`<Relationship Id="d" Type="x/worksheet" Target="worksheets/../worksheets/D.xml"/><Relationship Id="e" Type="x/chartsheet" Target="chartsheets/e.xml"/></Relationships>`,
		"xl/worksheets/b.xml": sheetOf(textRow(1, "NIP", "Nama", "Unit", "Agama")+textRow(2, "1", "x", "y", "z")+textRow(3, "1", "x", "y", "z"), ""),
		"xl/worksheets/c.xml": sheetOf(textRow(1, "NIP", "Nama")+textRow(2, "9", "Budi"), ""),
		"xl/worksheets/d.xml": sheetOf(textRow(1, "Kode", "Arti", "Ket")+textRow(2, "a", "b", "c")+textRow(3, "a", "b", "c"), ""),
	}
	return workbookOf(t, sheetOf(textRow(1, "Isilah lembar Data"), ""), parts)
}

func TestChoosesTheSheet(t *testing.T) {
	data := threeSheets(t)
	for _, c := range []struct {
		opts Options
		want string
	}{
		{Options{}, "Acuan"},
		{Options{Fields: []Field{{Name: "NIP"}, {Name: "Nama"}}}, "Data"},
		{Options{Sheet: " arsip "}, "Arsip"},
	} {
		g := readBytes(t, data, c.opts)
		if g.Sheet != c.want || !slices.Equal(g.Sheets, []string{"Petunjuk", "Arsip", "Data", "Acuan"}) {
			t.Errorf("%+v: chose %q of %q, want %q", c.opts, g.Sheet, g.Sheets, c.want)
		}
	}
	if _, err := tryRead(data, Options{Sheet: "Grafik"}); codeOf(err) != "sheet.sheet_missing" {
		t.Errorf("a chart was read: %v", err)
	}
}

func TestSharedTextsBeyondMemoryWaitInAFile(t *testing.T) {
	s := &sharedTexts{}
	defer s.close()
	long := []byte(strings.Repeat("0123456789abcdef", 1<<16)) // 1 MiB
	count := textsInMemory/len(long) + 5
	for i := range count {
		if err := s.add(append([]byte(columnName(i)+" "), long...)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.flush(); err != nil {
		t.Fatal(err)
	}
	if s.file == nil || len(s.memory) > textsInMemory {
		t.Fatalf("%d bytes in memory, file %v", len(s.memory), s.file)
	}
	for _, i := range []int{0, count - 1, 3, count - 4, count / 2} {
		text, ok := s.get(i)
		if !ok || text != columnName(i)+" "+string(long) {
			t.Errorf("text %d: %d bytes, found %v", i, len(text), ok)
		}
	}
	if _, ok := s.get(count); ok {
		t.Error("found a text behind the last")
	}
}

func TestNoRoomForTheTemporaryFileIsNotTheFilesFault(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	s := &sharedTexts{}
	err := s.add(make([]byte, textsInMemory+1))
	if codeOf(err) != "sheet.no_space" || !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}

func TestColumnNames(t *testing.T) {
	for col, name := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 701: "ZZ", 702: "AAA", maxColumns - 1: "XFD"} {
		if got := columnName(col); got != name {
			t.Errorf("column %d is %s, want %s", col, got, name)
		}
		if got, ok := columnOf(name + "12"); !ok || got != col {
			t.Errorf("%s is column %d, want %d", name, got, col)
		}
	}
	for _, bad := range []string{"", "12", "A", "XFE1", "AAAA1", "$A$1"} {
		if col, ok := columnOf(bad); ok {
			t.Errorf("%q is column %d", bad, col)
		}
	}
}
