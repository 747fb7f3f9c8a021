package sheet

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// FuzzText opens any bytes.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"NIP;NAMA\n'198609262015051001;\"Budi; S.Kom\"\n", "sep=|\na|b\n1|2\n", "\uFEFFa,b\r\n1,\"x\ny\"\r\n", "a\tb\r1\t2\r",
		"a,b\n\"open", "Judul\n\n\nNo,Nama,Unit,Pangkat,Agama,Kota\n(1),(2),(3),(4),(5),(6)\n", "=\"1\",'2\n", "\xFF\xFEa\x00,\x00b\x00\n\x00", "caf\xe9;na\xefve\n1;2\n",
	} {
		f.Add([]byte(seed))
	}
	for _, name := range []string{"roster.csv", "roster-1252.csv", "roster-utf16.tsv", "roster.xlsx"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkOpened(t, data)
	})
}

// FuzzWorkbook opens workbooks of any sheet, shared texts, styles and structure.
func FuzzWorkbook(f *testing.F) {
	styles := styled("14", "0.0%", "[h]:mm", "00000")["xl/styles.xml"]
	book := minimalParts("Data", true)["xl/workbook.xml"]
	f.Add(sheetOf(textRow(1, "No", "Nama", "Nilai")+textRow(2, "", "", "a")+`<row r="3"><c r="A3" t="s"><v>0</v></c><c s="1"><v>0.5</v></c><c s="0"><v>45000</v></c></row>`, `<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="C1:D1"/></mergeCells>`),
		`<sst><si><t>a_x000D_b</t></si><si><r><t>c</t></r><rPh><t>d</t></rPh></si></sst>`, styles, book)
	f.Add(`<worksheet><sheetData/><mergeCells><mergeCell ref="B2:A1"/></mergeCells></worksheet>`, "", "", book)
	f.Add(`<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`, "<sst/>", "<styleSheet/>", book)
	f.Fuzz(func(t *testing.T, sheet, texts, styles, book string) {
		checkOpened(t, workbookOf(t, sheet, map[string]string{"xl/sharedStrings.xml": texts, "xl/styles.xml": styles, "xl/workbook.xml": book}))
	})
}

// checkOpened asserts what holds for every file: it is refused with a fault or
// read alike twice, in ascending rows that are never blank nor shorter than the
// header, under names that are unique.
func checkOpened(t *testing.T, data []byte) {
	t.Helper()
	first, err := tryRead(data, Options{})
	second, err2 := tryRead(data, Options{})
	if codeOrNone(err) != codeOrNone(err2) {
		t.Fatalf("refused as %v, then as %v", err, err2)
	}
	if err != nil {
		if codeOf(err) == "" {
			t.Fatalf("refused without a sentence: %v", err)
		}
		return
	}
	if !slices.Equal(first.numbers, second.numbers) {
		t.Fatalf("rows %v, then %v", first.numbers, second.numbers)
	}
	seen := map[string]bool{}
	for _, c := range first.Columns {
		if c == "" || seen[c] {
			t.Fatalf("columns %q", first.Columns)
		}
		seen[c] = true
	}
	last := first.HeaderRow
	for i, row := range first.rows {
		if first.numbers[i] <= last || len(row) < len(first.Columns) || blank(row) {
			t.Fatalf("row %d after %d: %q of %d columns", first.numbers[i], last, row, len(first.Columns))
		}
		last = first.numbers[i]
	}
}

func codeOrNone(err error) string {
	if err == nil {
		return "read"
	}
	return codeOrText(err)
}
