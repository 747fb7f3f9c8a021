package pdf

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the expected text anew, and the sample as a PDF")

// chequered stands for a QR code.
type chequered int

func (c chequered) Size() int          { return int(c) }
func (c chequered) Dark(x, y int) bool { return x < int(c) && (x+y)%2 == 0 }

func config(title string) Config {
	return Config{
		Title: title, Author: "Pemerintah Kota Contoh", Lang: "id", Date: time.Date(2026, 1, 19, 9, 0, 0, 0, time.UTC),
		PageLine: "Halaman {0} dari {1}",
	}
}

// sample is an official form with everything in it.
func sample() *Doc {
	cfg := config("Dokumen Evaluasi Kinerja Pegawai")
	cfg.Attached = []File{{Name: "bukti.json", Note: "Bukti", Content: []byte(`{"predicate":"baik"}`)}}
	d := New(cfg)
	d.Letterhead("PEMERINTAH KOTA CONTOH", "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "Jalan Contoh 1")
	d.Title("Dokumen Evaluasi Kinerja Pegawai", "Periode 1 Januari sampai 31 Desember 2025")
	d.Pairs([2]string{"Nama", "Dewi Rahmawati, S.Kom."}, [2]string{"Jabatan", "Administrator Database Kependudukan Ahli Pertama pada Bidang Pelayanan Pendaftaran Penduduk, Dinas Kependudukan dan Pencatatan Sipil"})
	d.Heading("Hasil kerja")
	rows := [][]Cell{{{Text: "A. UTAMA", Bold: true, Span: 4}}}
	for i, name := range []string{"Anomali data yang dibersihkan", "Data ganda tersisa ≤ 0,50 %", "Rata-rata waktu pemutakhiran", "Perekaman KTP-el di Penyengat"} {
		rows = append(rows, []Cell{{Text: string(rune('1' + i)), Align: "C"}, {Text: name}, {Text: "2.200", Align: "R"}, {Text: "Terlampaui lewat cara kerja yang kini dipakai tiga rekan sebidang."}})
	}
	d.Table(Table{Widths: []float64{1, 6, 2, 6}, Head: [][]Cell{HeadCells("No", "Indikator", "Target", "Umpan balik")}, Rows: rows})
	d.Heading("Predikat")
	d.Matrix(Matrix{
		Columns: []string{"Perilaku di bawah", "Perilaku sesuai", "Perilaku di atas"}, Rows: []string{"Hasil di atas", "Hasil sesuai", "Hasil di bawah"},
		Cells: [][]string{{"Kurang", "Baik", "Sangat Baik"}, {"Kurang", "Baik", "Baik"}, {"Sangat Kurang", "Butuh Perbaikan", "Butuh Perbaikan"}}, Row: 1, Column: 2,
	})
	d.Heading("Sebaran predikat")
	d.Curve(Curve{Steps: []string{"Sangat Kurang", "Kurang", "Butuh Perbaikan", "Baik", "Sangat Baik"}, Lines: []CurveLine{{"Kenyataan", []float64{0, 1, 2, 14, 3}, false}, {"Harapan", []float64{0, 1, 4, 12, 4}, true}}})
	d.Checks(Check{true, "Dibahas bersama pegawai"}, Check{false, "Pegawai mengajukan keberatan"})
	d.Text("Catatan: jadwal cadangan perekaman pulau disusun sejak Januari 2026.")
	d.Note("PermenPANRB 6/2022, Pasal 25.")
	d.Signatures(Signature{Above: "Diterima 21 Januari 2026", Role: "Pegawai yang dinilai", How: "Ditandatangani secara elektronik", Name: "Dewi Rahmawati, S.Kom."}, Signature{Above: "Contoh, 19 Januari 2026", Role: "Pejabat penilai kinerja", Name: "Rina Marlina, S.Sos.", NIP: "19790322 200604 2 011"})
	d.Proof(chequered(29), "Pindai untuk memeriksa keaslian, atau buka", "kinerja.example.go.id/v/7KQ4-M2TD")
	return d
}

func output(t interface {
	Helper()
	Fatal(...any)
}, d *Doc,
) []byte {
	t.Helper()
	raw, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// tool runs one of poppler's programs on a document.
func tool(t *testing.T, raw []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed (poppler-utils)", name)
	}
	path := filepath.Join(t.TempDir(), "doc.pdf")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = path
		}
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestTheSameContentGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(output(t, sample()), output(t, sample())) {
		t.Error("two documents of the same content differ")
	}
}

func TestTheSampleReadsAsExpected(t *testing.T) {
	raw := output(t, sample())
	got := tool(t, raw, "pdftotext", "-layout", "FILE", "-")
	golden := filepath.Join("testdata", "sample.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(os.TempDir(), "sample.pdf"), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if squeeze(got) != squeeze(string(want)) {
		t.Errorf("the text changed (go test -update writes it anew):\n%s", got)
	}
}

// squeeze makes the comparison independent of how many spaces pdftotext puts.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestTheDocumentNamesItself(t *testing.T) {
	info := tool(t, output(t, sample()), "pdfinfo", "FILE")
	for _, part := range []string{"Dokumen Evaluasi Kinerja Pegawai", "Pemerintah Kota Contoh", "Gurindam", "595.28 x 841.89"} {
		if !strings.Contains(info, part) {
			t.Errorf("%q is missing in\n%s", part, info)
		}
	}
}

func TestFilesAreInside(t *testing.T) {
	if list := tool(t, output(t, sample()), "pdfdetach", "-list", "FILE"); !strings.Contains(list, "bukti.json") {
		t.Errorf("attachments: %s", list)
	}
	out := filepath.Join(t.TempDir(), "bukti.json")
	tool(t, output(t, sample()), "pdfdetach", "-save", "1", "-o", out, "FILE")
	raw, err := os.ReadFile(out)
	if err != nil || string(raw) != `{"predicate":"baik"}` {
		t.Errorf("the attached file came back as %q, %v", raw, err)
	}
}

func TestTablesRunOverPages(t *testing.T) {
	d := New(config("Daftar"))
	table := Table{Head: [][]Cell{HeadCells("Nama", "Unit")}}
	for range 130 {
		table.Rows = append(table.Rows, Cells("Pegawai", "Dinas Kependudukan dan Pencatatan Sipil"))
	}
	d.Table(table)
	text := tool(t, output(t, d), "pdftotext", "-layout", "FILE", "-")
	pages := d.Pages()
	if pages < 3 {
		t.Fatalf("130 rows on %d pages", pages)
	}
	if n := strings.Count(text, "Nama"); n != pages {
		t.Errorf("the head stands on %d of %d pages", n, pages)
	}
	if n := strings.Count(text, "Pegawai"); n != 130 {
		t.Errorf("%d of 130 rows", n)
	}
	if want := "Halaman 2 dari " + string(rune('0'+pages)); !strings.Contains(text, want) {
		t.Errorf("%q is missing in\n%s", want, text)
	}
}

func TestCellsThatGoOnKeepTheirColumnsOverPages(t *testing.T) {
	d := New(config("SKP"))
	table := Table{Head: [][]Cell{HeadCells("No", "Hasil", "Indikator")}, Rows: [][]Cell{Cells("1", "Hasil pertama", "Indikator awal")}}
	for range 60 {
		table.Rows = append(table.Rows, []Cell{{Joint: true}, {Joint: true}, {Text: "Indikator lain"}})
	}
	table.Rows = append(table.Rows, Cells("2", "Hasil kedua", "Indikator akhir"))
	d.Table(table)
	text := tool(t, output(t, d), "pdftotext", "-layout", "FILE", "-")
	if d.Pages() < 2 || strings.Count(text, "Indikator lain") != 60 || strings.Count(text, "Hasil pertama") != 1 {
		t.Errorf("%d pages:\n%s", d.Pages(), text)
	}
}

func TestPageNumbersOfMoreThanOneDigit(t *testing.T) {
	d := New(config("Panjang"))
	for range 18 {
		d.NewPage()
	}
	if text := tool(t, output(t, d), "pdftotext", "FILE", "-"); !strings.Contains(text, "Halaman 9 dari 19") {
		t.Errorf("page numbers are wrong:\n%s", text)
	}
}

func TestARowLongerThanAPageIsSplit(t *testing.T) {
	d := New(config("Panjang"))
	d.Table(Table{Head: [][]Cell{HeadCells("Uraian", "Catatan")}, Rows: [][]Cell{Cells(strings.Repeat("kata yang panjang ", 900), "awal"), Cells("akhir", "akhir")}})
	text := tool(t, output(t, d), "pdftotext", "FILE", "-")
	if n := strings.Count(squeeze(text), "kata"); n != 900 {
		t.Errorf("%d of 900 words were printed", n)
	}
	if n := strings.Count(text, "Uraian"); n != d.Pages() {
		t.Errorf("the head stands on %d of %d pages", n, d.Pages())
	}
}

func TestLandscapeAndA3(t *testing.T) {
	cfg := config("Peta jabatan")
	cfg.Paper, cfg.Landscape = A3, true
	if info := tool(t, output(t, New(cfg)), "pdfinfo", "FILE"); !strings.Contains(info, "1190.55 x 841.89") {
		t.Errorf("size: %s", info)
	}
}

// Whatever is typed, a document comes out and no line is wider than its place.
func TestAnyTextFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := New(config(rapid.String().Draw(t, "title")))
		text, width := rapid.String().Draw(t, "text"), rapid.Float64Range(5, 150).Draw(t, "width")
		d.font("", sizeText)
		letters := 0
		for _, line := range d.wrap(text, width) {
			if len([]rune(line)) > 1 && d.f.GetStringWidth(line) > width+0.01 {
				t.Fatalf("line %q is %.1f mm wide, the place %.1f", line, d.f.GetStringWidth(line), width)
			}
			letters += len(strings.Join(strings.FieldsFunc(line, breaksAt), ""))
		}
		if want := len(strings.Join(strings.FieldsFunc(clean(text), breaksAt), "")); letters != want {
			t.Fatalf("%d bytes of letters, want %d", letters, want)
		}
		d.Table(Table{Rows: [][]Cell{{{Text: text, Span: 9}}, Cells(text, text)}})
		d.Text(text)
		output(t, d)
	})
}

func BenchmarkForm(b *testing.B) {
	for b.Loop() {
		output(b, sample())
	}
}

// Signatures never stand on a page of their own: the last rows of the table
// before them come along, under the table's head.
func TestLastRowsGoWithTheSignatures(t *testing.T) {
	for rows := 1; rows < 120; rows++ {
		d := New(Config{Title: "Uji", Lang: "id", Date: time.Unix(0, 0)})
		table := Table{Head: [][]Cell{HeadCells("No", "Nilai")}, Then: Closing}
		for i := range rows {
			table.Rows = append(table.Rows, Cells(strconv.Itoa(i+1), "baris"))
		}
		d.Text("Sebelum tabel")
		d.Table(table)
		on, y := d.Pages(), d.f.GetY()
		d.Close()
		if d.Pages() != on {
			t.Fatalf("%d rows: the signatures went to a page of their own", rows)
		}
		if on > 1 && y < marginTop+3*(4.2+2*padY) {
			t.Fatalf("%d rows: fewer than two rows under the head on the last page (%.1f mm)", rows, y)
		}
	}
}
