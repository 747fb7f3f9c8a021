package pdftext

import (
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf"
)

func TestAPrintedTableComesOutInColumns(t *testing.T) {
	d := pdf.New(pdf.Config{Title: "SKP", Lang: "id", Date: time.Date(2026, 1, 20, 0, 0, 0, 0, time.UTC), Landscape: true})
	d.Title("SASARAN KINERJA PEGAWAI", "")
	d.Table(pdf.Table{
		Widths: []float64{5, 25, 25, 12, 20, 13},
		Head:   [][]pdf.Cell{pdf.HeadCells("No", "RHK pimpinan", "RHK", "Aspek", "Indikator", "Target")},
		Rows:   [][]pdf.Cell{pdf.Cells("1", "Warga terlayani", "Data mutakhir", "Kuantitas", "Anomali dibersihkan", "2.400 data")},
	})
	body, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	text, err := Read(body)
	if err != nil {
		t.Fatal(err)
	}
	row := ""
	for _, line := range strings.Split(text, "\n") {
		if strings.Contains(line, "Kuantitas") {
			row = line
		}
	}
	cells := 0
	for _, c := range []string{"1  ", "  Warga terlayani  ", "  Data mutakhir  ", "  Kuantitas  ", "  Anomali dibersihkan  ", "  2.400 data"} {
		if strings.Contains(row, c) {
			cells++
		}
	}
	if cells != 6 || !strings.Contains(text, "SASARAN KINERJA PEGAWAI") {
		t.Fatalf("%d cells in %q\n%s", cells, row, text)
	}
}

func TestWhatIsNoPDFIsRefused(t *testing.T) {
	for _, body := range []string{"", "%PDF-1.7", "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF", "hello"} {
		if _, err := Read([]byte(body)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("%PDF-1.4\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		text, err := Read(body)
		if err == nil && strings.TrimSpace(text) == "" {
			t.Error("neither text nor error")
		}
	})
}
