package worklog

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/appraisal"
)

func TestPastedTextIsRead(t *testing.T) {
	text := `Senin, 16 Maret 2026
08.00-10.30 Memverifikasi berkas pindah, 12 berkas
- Rapat evaluasi mingguan
17/3 Menarik daftar anomali kecamatan https://drive.example/a
18-03-2026: pukul 13.00 s.d. 15.15 WIB Melatih petugas kelurahan 9 orang
2026-03-19 Menyusun laporan
`
	got := ReadText(text, "2026-03-10")
	want := []Entry{
		{Day: "2026-03-16", Starts: "08:00", Ends: "10:30", Text: "Memverifikasi berkas pindah", Output: "12 berkas"},
		{Day: "2026-03-16", Text: "Rapat evaluasi mingguan"},
		{Day: "2026-03-17", Text: "Menarik daftar anomali kecamatan", URL: "https://drive.example/a"},
		{Day: "2026-03-18", Starts: "13:00", Ends: "15:15", Text: "Melatih petugas kelurahan", Output: "9 orang"},
		{Day: "2026-03-19", Text: "Menyusun laporan"},
	}
	if len(got) != len(want) {
		t.Fatalf("%d lines: %+v", len(got), got)
	}
	for i := range want {
		if got[i].Entry != want[i] {
			t.Errorf("line %d:\ngot  %+v\nwant %+v", i, got[i].Entry, want[i])
		}
	}
}

func TestPastedCellsAreRead(t *testing.T) {
	got := ReadText("Tanggal\tJam\tUraian Kegiatan\tHasil\n16/03/2026\t08.00-09.00\tMenata arsip\t3 berkas\n\t21:00-07:00\tDinas malam\t\n32/03/2026\t\tx\t\n", "2026-03-10")
	if len(got) != 3 || got[0].Entry.Starts != "08:00" || got[1].Entry.Day != "2026-03-16" || got[1].Entry.Minutes() != 600 {
		t.Fatalf("%+v", got)
	}
	if got[2].Wrong == nil || got[2].Wrong.Key != "worklog.wrong.day" || got[2].Row != 4 {
		t.Fatalf("%+v", got[2])
	}
}

func TestLinesAreTiedToWhatTheyAreAbout(t *testing.T) {
	c := appraisal.Content{Results: []appraisal.Result{
		{ID: "data", Text: "Data kependudukan kota mutakhir dan bersih", Indicators: []appraisal.Indicator{{Text: "Anomali data yang dibersihkan"}}, Steps: []appraisal.Step{
			{ID: "tarik", Text: "Menarik daftar anomali tiap bulan"}, {ID: "padan", Text: "Memadankan data dengan kelurahan"},
		}},
		{ID: "ktp", Text: "Warga Penyengat dan Dompak terekam KTP-el", Steps: []appraisal.Step{{ID: "rekam", Text: "Merekam di Penyengat"}}},
		{ID: "latih", Text: "Berkas kelurahan diterima lengkap pada kunjungan pertama", Steps: []appraisal.Step{{ID: "siak", Text: "Melatih petugas 18 kelurahan"}}},
	}}
	history := []Entry{{Text: "Koordinasi pagi", Link: Link{"latih", ""}, State: Accepted}, {Text: "Salah", Link: Link{"ktp", ""}, State: Proposed}}
	l := newLiker(c, history)
	for text, want := range map[string]string{
		"Penarikan daftar anomali kecamatan Bukit Bestari": "data/tarik",
		"Pembersihan anomali data ganda":                   "data",
		"Perekaman KTP-el warga di Penyengat":              "ktp",
		"Pelatihan petugas kelurahan angkatan 2":           "latih/siak",
		"Koordinasi pagi":                                  "latih",
		"Mengikuti upacara hari jadi kota lama":            "",
		"":                                                 "",
	} {
		if got := l.propose(text).String(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// The same lines have the same marks, and no two lines of a log share one.
func TestMarksTellLinesApart(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var all []Entry
		for range rapid.IntRange(0, 12).Draw(rt, "lines") {
			all = append(all, Entry{
				Day:    appraisal.Day(rapid.SampledFrom([]string{"2026-03-16", "2026-03-17"}).Draw(rt, "day")),
				Starts: rapid.SampledFrom([]string{"", "08:00"}).Draw(rt, "starts"), Text: rapid.SampledFrom([]string{"Rapat", "rapat.", "Menata arsip"}).Draw(rt, "text"),
			})
		}
		first, seen := marks(all), map[string]bool{}
		for i, m := range marks(all) {
			if seen[m] || m != first[i] {
				rt.Fatalf("mark of line %d", i)
			}
			seen[m] = true
		}
	})
}

func FuzzReadText(f *testing.F) {
	f.Add("16/3 08.00-10.00 Rapat\nx")
	f.Add("tanggal\tkegiatan\n1/1\tx")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range ReadText(text, "2026-03-16") {
			if l.Wrong == nil && strings.TrimSpace(l.Entry.Text) == "" {
				t.Errorf("an empty line was kept: %+v", l)
			}
		}
	})
}
