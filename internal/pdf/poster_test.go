package pdf

import (
	"strings"
	"testing"
	"time"
)

func TestAPosterIsOnePageWithItsWords(t *testing.T) {
	d := New(Config{Title: "Poster", Lang: "id", Date: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), PageLine: "Halaman {0} dari {1}"})
	d.Poster(Poster{
		Above: "Dinas Kependudukan", Title: "KTP-el dan Kartu Keluarga dengan nama yang panjang sekali untuk satu baris", Lines: []string{"Janji kami: 1 hari kerja", "gratis"},
		Call: "Beri pendapat, satu menit", Code: chequered(29), Address: "https://gurindam.example/s/ktp-el", Below: []string{"Tanpa nama, tanpa akun."},
	})
	raw := output(t, d)
	text := squeeze(tool(t, raw, "pdftotext", "-layout", "FILE", "-"))
	for _, part := range []string{"Dinas Kependudukan", "Kartu Keluarga", "satu menit", "https://gurindam.example/s/ktp-el", "Tanpa nama"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in %s", part, text)
		}
	}
	if d.Pages() != 1 {
		t.Errorf("%d pages", d.Pages())
	}
}

func TestBarsStayOnOnePage(t *testing.T) {
	d := New(Config{Title: "Bars", Lang: "id", Date: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), PageLine: "{0}/{1}"})
	d.Space(0)
	for range 50 {
		d.Text("Baris")
	}
	var rows []BarRow
	for i := range 9 {
		rows = append(rows, BarRow{Label: "Unsur pelayanan dengan nama panjang", Value: "80,1", At: 60 + float64(i)*5, Lo: 58, Hi: 102, Strong: i < 3})
	}
	d.Bars(Bars{Least: 25, Most: 100, Marks: []float64{65, 76.61, 88.31}, Rows: rows})
	d.Text("Setelahnya")
	raw := output(t, d)
	last := tool(t, raw, "pdftotext", "-f", "2", "-layout", "FILE", "-")
	if d.Pages() != 2 || strings.Count(last, "Unsur") != 9 || !strings.Contains(last, "Setelahnya") {
		t.Errorf("%d pages, the last says %s", d.Pages(), last)
	}
}
