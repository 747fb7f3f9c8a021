package sheet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/apd/v3"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func rowsOf(rows ...[]string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func written(t require, format string, doc Doc) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, format, doc); err != nil {
		t.Fatalf("write %s: %v", format, err)
	}
	return out.Bytes()
}

// require is what testing.T and rapid.T have in common.
type require interface {
	Helper()
	Fatalf(format string, args ...any)
}

func jsonStrings(t testing.TB, name string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// What Write writes, Open reads: every text but for what no table can hold,
// every number and date as the value it was.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	hostile := slices.Concat(jsonStrings(t, "naughty.json"), jsonStrings(t, "injection.json"),
		[]string{"'", "''", "'Aisyiyah", "-", "--", "=", `="x"`, "0812", "198609262015051001", "+62812-345", " padded ", "a\r\nb", "_x0041_", "sep=;", "\x00", "tab\there"})
	rapid.Check(t, func(t *rapid.T) {
		kinds := rapid.SliceOfN(rapid.SampledFrom([]Kind{Text, Whole, Exact, Day}), 2, 6).Draw(t, "kinds")
		doc := Doc{Title: rapid.StringN(0, 40, -1).Draw(t, "title")}
		for i, k := range kinds {
			doc.Columns = append(doc.Columns, Column{Key: "k" + strconv.Itoa(i), Label: "Kolom " + columnName(i), Kind: k})
		}
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) []string { return drawRow(t, kinds, hostile) }), 0, 8).Draw(t, "rows")
		doc.Rows = rowsOf(rows...)
		for _, format := range []string{CSV, XLSX} {
			checkReadBack(t, written(t, format, doc), format, doc, rows)
		}
	})
}

// drawRow draws a row whose first cell is never blank.
func drawRow(t *rapid.T, kinds []Kind, hostile []string) []string {
	row := make([]string, len(kinds))
	for i, k := range kinds {
		switch {
		case rapid.IntRange(0, 4).Draw(t, "kind of value") == 0:
			row[i] = rapid.SampledFrom(hostile).Draw(t, "hostile")
		case k == Whole:
			row[i] = strconv.FormatInt(rapid.Int64Range(-1e16, 1e16).Draw(t, "whole"), 10)
		case k == Exact:
			row[i] = apd.New(rapid.Int64Range(-1e14, 1e14).Draw(t, "coefficient"), rapid.Int32Range(-8, 0).Draw(t, "exponent")).Text('f')
		case k == Day:
			row[i] = rapid.StringMatching(`(18|19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`).Draw(t, "day")
		default:
			row[i] = rapid.String().Draw(t, "text")
		}
	}
	if trim(printable(row[0])) == "" {
		row[0] = "isi"
	}
	return row
}

func checkReadBack(t *rapid.T, data []byte, format string, doc Doc, rows [][]string) {
	opts := Options{}
	for _, c := range doc.Columns {
		opts.Fields = append(opts.Fields, Field{Name: c.Label})
	}
	g, err := tryRead(data, opts)
	if err != nil {
		t.Fatalf("read %s: %v", format, err)
	}
	if len(g.rows) != len(rows) || g.HeaderRow != 1 {
		t.Fatalf("%s: %d rows under header %d, want %d: %q", format, len(g.rows), g.HeaderRow, len(rows), g.rows)
	}
	for r, row := range rows {
		if g.numbers[r] != r+2 {
			t.Fatalf("%s: row %d is numbered %d", format, r, g.numbers[r])
		}
		for c, cell := range row {
			want := trim(printable(cell))
			if got := g.rows[r][c]; got != want && !(fits(cell, doc.Columns[c].Kind) && sameValue(got, want)) {
				t.Fatalf("%s: cell %q came back as %q, want %q", format, cell, got, want)
			}
		}
	}
}

func sameValue(a, b string) bool {
	x, _, err1 := apd.NewFromString(a)
	y, _, err2 := apd.NewFromString(b)
	return err1 == nil && err2 == nil && x.Cmp(y) == 0
}

// No cell of a text column may begin so that a spreadsheet runs it.
func TestHostileTextsAreNeutralised(t *testing.T) {
	hostile := slices.Concat(jsonStrings(t, "injection.json"), []string{"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00A0=1", "＝1", "-5", "+62812", "=\"x\""})
	var rows [][]string
	for _, h := range hostile {
		if !strings.HasPrefix(h, "DDE ") && h != "–" { // begins with a letter; a lone dash: no formulas
			rows = append(rows, []string{h})
		}
	}
	if len(rows) < 20 {
		t.Fatalf("only %d texts", len(rows))
	}
	doc := Doc{Columns: []Column{{Label: "=Label"}}, Rows: rowsOf(rows...)}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(written(t, CSV, doc)), "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(written(t, XLSX, doc)))
	if err != nil {
		t.Fatal(err)
	}
	sheetRows, err := book.GetRows("Data")
	if err != nil {
		t.Fatal(err)
	}
	for i, cells := range [][][]string{records, sheetRows} {
		if len(cells) != len(rows)+1 {
			t.Fatalf("format %d has %d rows, want %d", i, len(cells), len(rows)+1)
		}
		for _, row := range cells {
			if !strings.HasPrefix(row[0], "'") {
				t.Errorf("format %d: %q is not marked as text", i, row[0])
			}
		}
	}
}

func TestTypedCellsStayValues(t *testing.T) {
	doc := Doc{Title: "Nilai: [2026]/I", Columns: []Column{{Label: "NIP"}, {Label: "Jumlah", Kind: Whole}, {Label: "Nilai", Kind: Exact}, {Label: "Tanggal", Kind: Day}}}
	doc.Rows = rowsOf([]string{"198609262015051001", "-5", "-1234.50", "2026-12-31"}, []string{"2", "=1", "1e5", "31/12/2026"})
	want := "\uFEFFNIP,Jumlah,Nilai,Tanggal\r\n'198609262015051001,-5,-1234.50,2026-12-31\r\n2,'=1,1e5,31/12/2026\r\n"
	if got := string(written(t, CSV, doc)); got != want {
		t.Errorf("CSV %q, want %q", got, want)
	}
	book, err := excelize.OpenReader(bytes.NewReader(written(t, XLSX, doc)))
	if err != nil {
		t.Fatal(err)
	}
	if names := book.GetSheetList(); !slices.Equal(names, []string{"Nilai 2026 I"}) {
		t.Errorf("sheets %q", names)
	}
	for cell, want := range map[string]struct {
		kind  excelize.CellType
		shown string
	}{
		"A2": {excelize.CellTypeInlineString, "'198609262015051001"},
		"B2": {excelize.CellTypeUnset, "-5"},
		"C2": {excelize.CellTypeUnset, "-1234.50"},
		"D2": {excelize.CellTypeUnset, "2026-12-31"},
		"B3": {excelize.CellTypeInlineString, "'=1"},
		"C3": {excelize.CellTypeInlineString, "1e5"},
		"D3": {excelize.CellTypeInlineString, "31/12/2026"},
	} {
		kind, err := book.GetCellType("Nilai 2026 I", cell)
		shown, err2 := book.GetCellValue("Nilai 2026 I", cell)
		if err != nil || err2 != nil || kind != want.kind || shown != want.shown {
			t.Errorf("%s is %v %q, want %v %q (%v, %v)", cell, kind, shown, want.kind, want.shown, err, err2)
		}
		if formula, _ := book.GetCellFormula("Nilai 2026 I", cell); formula != "" {
			t.Errorf("%s is a formula", cell)
		}
	}
}

func TestTheWorkbookIsMadeToBeWorkedWith(t *testing.T) {
	doc := Doc{Title: "Pegawai", Columns: []Column{{Label: "Nama"}, {Label: "Unit kerja dan tempat tugas"}}, Rows: rowsOf([]string{"a", "b"}, []string{"c", "d"})}
	data := written(t, XLSX, doc)
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	panes, err := book.GetPanes("Pegawai")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	id, err := book.GetCellStyle("Pegawai", "B1")
	if err != nil {
		t.Fatal(err)
	}
	if style, err := book.GetStyle(id); err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("header style %+v, %v", style, err)
	}
	if width, err := book.GetColWidth("Pegawai", "B"); err != nil || width < 25 {
		t.Errorf("width %v, %v", width, err)
	}
	if !bytes.Contains(partOf(t, data, "xl/worksheets/sheet1.xml"), []byte(`<autoFilter ref="$A$1:$B$3"`)) {
		t.Error("no filter over the table")
	}
}

func partOf(t *testing.T, data []byte, name string) []byte {
	t.Helper()
	w, err := openWorkbook(bytes.NewReader(data), int64(len(data)), Limits{}.withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	part, err := w.readAll(w.parts[name])
	if err != nil {
		t.Fatal(err)
	}
	return part
}

func TestWriteReportsWhatStopsIt(t *testing.T) {
	broken := errors.New("the database is gone")
	doc := Doc{Columns: []Column{{Label: "a"}}, Rows: func(yield func([]string, error) bool) {
		_ = yield([]string{"1"}, nil) && yield(nil, broken)
	}}
	for _, format := range []string{CSV, XLSX} {
		if err := Write(&bytes.Buffer{}, format, doc); !errors.Is(err, broken) {
			t.Errorf("%s: %v", format, err)
		}
		if err := Write(full{}, format, Doc{Columns: doc.Columns, Rows: rowsOf([]string{"1"})}); !errors.Is(err, errFull) {
			t.Errorf("%s to a full disk: %v", format, err)
		}
	}
	if err := Write(&bytes.Buffer{}, "pdf", doc); codeOf(err) != "sheet.format" {
		t.Errorf("pdf: %v", err)
	}
	long := Doc{Columns: doc.Columns, Rows: rowsOf([]string{strings.Repeat("é", excelize.TotalCellChars+1)})}
	if err := Write(&bytes.Buffer{}, XLSX, long); codeOf(err) != "sheet.cell_over" {
		t.Errorf("a cell beyond Excel's limit: %v", err)
	}
	if err := Write(&bytes.Buffer{}, CSV, long); err != nil {
		t.Errorf("the same as CSV: %v", err)
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestSheetNames(t *testing.T) {
	for title, want := range map[string]string{
		"":                            "Data",
		"Peta Jabatan":                "Peta Jabatan",
		"a/b\\c?d*e[f]g:h":            "a b c d e f g h",
		"'kutip'":                     "kutip",
		strings.Repeat("panjang ", 9): "panjang panjang panjang panjang",
		strings.Repeat("😀", 20):       strings.Repeat("😀", 15),
		"\x00\n":                      "Data",
	} {
		if got := sheetName(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}
