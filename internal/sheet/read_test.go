package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"github.com/gurindam/gurindam/internal/fault"
)

// got is what reading a table gives: its description and its rows.
type got struct {
	*Table
	rows    [][]string
	numbers []int
}

func readBytes(t testing.TB, data []byte, opts Options) got {
	t.Helper()
	g, err := tryRead(data, opts)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return g
}

func tryRead(data []byte, opts Options) (got, error) {
	table, err := OpenReader(bytes.NewReader(data), int64(len(data)), opts)
	if err != nil {
		return got{}, err
	}
	defer func() { _ = table.Close() }()
	g := got{Table: table}
	err = table.Rows(func(row int, cells []string) error {
		g.rows = append(g.rows, slices.Clone(cells))
		g.numbers = append(g.numbers, row)
		return nil
	})
	return g, err
}

// codeOf is the key of the fault in err, or "" when err is none.
func codeOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Key
	}
	return ""
}

func wantRows(t *testing.T, g got, columns []string, rows [][]string, numbers []int) {
	t.Helper()
	if !slices.Equal(g.Columns, columns) {
		t.Errorf("columns %q, want %q", g.Columns, columns)
	}
	if !reflect.DeepEqual(g.rows, rows) {
		t.Errorf("rows %q, want %q", g.rows, rows)
	}
	if numbers != nil && !slices.Equal(g.numbers, numbers) {
		t.Errorf("row numbers %v, want %v", g.numbers, numbers)
	}
}

func encodeUTF16(s string, big bool) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func encode1252(t *testing.T, s string) []byte {
	t.Helper()
	out, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Every encoding with every delimiter and line end must give the same table.
func TestReadsEveryEncodingDelimiterAndLineEnd(t *testing.T) {
	encodings := map[string]func(string) []byte{
		utf8Plain:            func(s string) []byte { return []byte(s) },
		utf8BOM:              func(s string) []byte { return []byte("\uFEFF" + s) },
		utf16Little:          func(s string) []byte { return encodeUTF16("\uFEFF"+s, false) },
		utf16Big:             func(s string) []byte { return encodeUTF16("\uFEFF"+s, true) },
		utf16Little + " raw": func(s string) []byte { return encodeUTF16(s, false) },
		utf16Big + " raw":    func(s string) []byte { return encodeUTF16(s, true) },
		windows1252:          func(s string) []byte { return encode1252(t, s) },
	}
	for name, encode := range encodings {
		for _, delimiter := range []string{",", ";", "\t", "|"} {
			for _, eol := range []string{"\n", "\r\n", "\r"} {
				text := strings.ReplaceAll("NIP~NAMA~UNIT\n'198609262015051001~\"Ré~nï, S.Kom\"~Dinas Caf\u00e9\n2~\"dua\nbaris\"~\n", "~", delimiter)
				g := readBytes(t, encode(strings.ReplaceAll(text, "\n", eol)), Options{})
				if want := strings.TrimSuffix(name, " raw"); g.Encoding != want || g.Delimiter != delimiter {
					t.Errorf("%s %q %q: seen as %s %q", name, delimiter, eol, g.Encoding, g.Delimiter)
				}
				wantRows(t, g, []string{"NIP", "NAMA", "UNIT"}, [][]string{
					{"198609262015051001", "Ré" + delimiter + "nï, S.Kom", "Dinas Café"},
					{"2", "dua\nbaris", ""},
				}, []int{2, 3})
			}
		}
	}
}

func TestRowNumbersAreThoseOfASpreadsheet(t *testing.T) {
	csv := "Daftar Pegawai\n\nNIP,NAMA\n1,satu\n\n,\n2,\"dua\nbaris\nlagi\"\n3,tiga\n"
	g := readBytes(t, []byte(csv), Options{})
	if g.HeaderRow != 3 {
		t.Errorf("header in row %d", g.HeaderRow)
	}
	wantRows(t, g, []string{"NIP", "NAMA"}, [][]string{{"1", "satu"}, {"2", "dua\nbaris\nlagi"}, {"3", "tiga"}}, []int{4, 7, 8})
}

func TestHeaderInAnyOfTheFirstTwentyRows(t *testing.T) {
	fields := []Field{{Name: "NIP BARU", Aliases: []string{"NIP"}}, {Name: "NAMA", Aliases: []string{"NAMA LENGKAP"}}, {Name: "UNOR NAMA"}}
	for before := range 20 {
		var b strings.Builder
		for i := range before {
			fmt.Fprintf(&b, "Baris judul %d;;\n", i+1)
		}
		b.WriteString("NAMA LENGKAP;nip_baru *;Unor  Nama\nBudi;198609262015051001;Dinas A\n")
		g := readBytes(t, []byte(b.String()), Options{Fields: fields})
		if g.HeaderRow != before+1 || len(g.rows) != 1 || g.numbers[0] != before+2 {
			t.Fatalf("with %d rows before: header %d, rows %v at %v", before, g.HeaderRow, g.rows, g.numbers)
		}
		if g.Index("NIP BARU") != 1 || g.Index("NAMA") != 0 || g.Index("unor nama") != 2 || g.Index("GAJI") != -1 {
			t.Fatalf("columns %q found at %d %d %d", g.Columns, g.Index("NIP BARU"), g.Index("NAMA"), g.Index("unor nama"))
		}
	}
}

func TestFieldNamesWinOverTheirAliases(t *testing.T) {
	fields := []Field{{Name: "NIP BARU", Aliases: []string{"NIP", "NIP LAMA"}}, {Name: "NAMA"}}
	g := readBytes(t, []byte("NIP LAMA,NIP,NAMA,NIP BARU\n1,2,a,3\n"), Options{Fields: fields})
	if g.Index("NIP BARU") != 3 {
		t.Errorf("found at %d", g.Index("NIP BARU"))
	}
}

func TestColumnsWithoutNameAndWithTheSameName(t *testing.T) {
	g := readBytes(t, []byte("NAMA,,NAMA,P\nBudi,x,Susi,L,lebih\n"), Options{})
	wantRows(t, g, []string{"NAMA", "[B]", "NAMA (2)", "P", "[E]"}, [][]string{{"Budi", "x", "Susi", "L", "lebih"}}, []int{2})
	if g.Index("P") != 3 || g.Index("B") != -1 {
		t.Errorf("P at %d, B at %d", g.Index("P"), g.Index("B"))
	}
}

func TestARowLongerThanTheHeaderKeepsItsCells(t *testing.T) {
	var b strings.Builder
	b.WriteString("a,b\n")
	for range headRows + 10 {
		b.WriteString("x,y\n")
	}
	b.WriteString("x,y,z\n")
	g := readBytes(t, []byte(b.String()), Options{})
	if last := g.rows[len(g.rows)-1]; !slices.Equal(last, []string{"x", "y", "z"}) {
		t.Errorf("last row %q", last)
	}
}

func TestTablesWithoutHeaderKeepTheirFirstRow(t *testing.T) {
	g := readBytes(t, []byte("1,2015-01-02,0\n2,2015-01-03,5\n"), Options{})
	wantRows(t, g, []string{"[A]", "[B]", "[C]"}, [][]string{{"1", "2015-01-02", "0"}, {"2", "2015-01-03", "5"}}, []int{1, 2})
}

func TestARowThatNumbersTheColumnsIsNoData(t *testing.T) {
	g := readBytes(t, []byte("No,NIP,Nama,Pangkat,Jabatan,Unit\n(1),(2),(3),(4),(5),(6)\n1,9,Budi,III/a,Analis,Dinas\n"), Options{})
	if g.HeaderRow != 2 || len(g.rows) != 1 || g.Columns[1] != "NIP" {
		t.Errorf("header %d, columns %q, rows %q", g.HeaderRow, g.Columns, g.rows)
	}
}

func TestExcelsOwnDelimiterLineIsNoRow(t *testing.T) {
	g := readBytes(t, []byte("sep=;\nNama;Nilai\nBudi, S.H.;1,5\nSusi, M.M.;2,5\n"), Options{})
	wantRows(t, g, []string{"Nama", "Nilai"}, [][]string{{"Budi, S.H.", "1,5"}, {"Susi, M.M.", "2,5"}}, []int{2, 3})
}

func TestDelimiterIsNotTheDecimalComma(t *testing.T) {
	for text, want := range map[string]string{
		"nama;nilai;bobot\na;1,5;2,5\nb;2,5;3,5\n":                   ";",
		"nama,nilai\n\"a; b; c\",1\n\"d; e; f\",2\n":                 ",",
		"Laporan, tahun 2024\nnama\tnilai\na\t1,25\nb\t2,50\nc\t3\n": "\t",
		"satu kolom\na\nb\n":                                         ",",
	} {
		if g := readBytes(t, []byte(text), Options{}); g.Delimiter != want {
			t.Errorf("%q: delimiter %q, want %q", text, g.Delimiter, want)
		}
	}
}

func TestUTF8WithAFewForeignBytesIsMended(t *testing.T) {
	text := strings.Repeat("Réni;Café;naïve\n", 20) + "Ren\xe9;x;y\n"
	g := readBytes(t, []byte("a;b;c\n"+text), Options{})
	if g.Encoding != utf8Plain || g.Mended != 1 || g.rows[20][0] != "René" || g.rows[0][1] != "Café" {
		t.Errorf("%s, %d mended, last %q", g.Encoding, g.Mended, g.rows[20])
	}
}

func TestApostropheOfEveryCellIsTakenAway(t *testing.T) {
	g := readBytes(t, []byte("NIP,NAMA,SEKOLAH\n'198609262015051001,'BUDI,'Aisyiyah 1\n'198609262015051002,'SUSI,SDN 4\n"), Options{})
	wantRows(t, g, []string{"NIP", "NAMA", "SEKOLAH"}, [][]string{
		{"198609262015051001", "BUDI", "'Aisyiyah 1"},
		{"198609262015051002", "SUSI", "SDN 4"},
	}, nil)
}

func TestRowsStopsAtTheFirstErrorAndCanBeginAgain(t *testing.T) {
	table, err := OpenReader(strings.NewReader("a,b\n1,2\n3,4\n"), 12, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = table.Close() }()
	stop := errors.New("enough")
	for range 2 {
		calls := 0
		err := table.Rows(func(row int, cells []string) error {
			calls++
			if row != 2 || cells[0] != "1" {
				t.Errorf("row %d %q", row, cells)
			}
			return stop
		})
		if !errors.Is(err, stop) || calls != 1 {
			t.Errorf("%d calls, error %v", calls, err)
		}
	}
}

func TestOpenReadsFixtures(t *testing.T) {
	for _, name := range []string{"roster.csv", "roster-1252.csv", "roster-utf16.tsv", "roster.xlsx"} {
		table, err := Open(filepath.Join("testdata", name), Options{Fields: []Field{{Name: "NIP BARU"}, {Name: "NAMA"}}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var rows []string
		err = table.Rows(func(row int, c []string) error {
			rows = append(rows, fmt.Sprint(row, " ", c[table.Index("NIP BARU")], " ", c[table.Index("NAMA")], " ", c[table.Index("TANGGAL LAHIR")]))
			return nil
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		want := []string{"5 198609262015051001 André Nababan 1986-09-26", "6 199001012020122002 Siti Nurhaliza Café 1990-01-01", "8 197912312005011003 'Abdullah 1979-12-31"}
		for i := range rows {
			rows[i] = strings.Replace(rows[i], "26/09/1986", "1986-09-26", 1)
			rows[i] = strings.Replace(rows[i], "01/01/1990", "1990-01-01", 1)
			rows[i] = strings.Replace(rows[i], "31/12/1979", "1979-12-31", 1)
		}
		if !slices.Equal(rows, want) {
			t.Errorf("%s: %q, want %q", name, rows, want)
		}
		if table.HeaderRow != 4 {
			t.Errorf("%s: header in row %d", name, table.HeaderRow)
		}
		if err := table.Close(); err != nil {
			t.Errorf("%s: close: %v", name, err)
		}
	}
}

func TestOpenOfAMissingFileOrAFolder(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "none.csv"), t.TempDir()} {
		if _, err := Open(path, Options{}); codeOf(err) != "sheet.not_found" {
			t.Errorf("%s: %v", path, err)
		}
	}
}
