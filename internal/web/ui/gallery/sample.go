package main

import (
	"math"
	"net/url"

	"github.com/gurindam/gurindam/internal/chart"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/rulebook"
)

func phases() []ui.Phase {
	return []ui.Phase{
		{Name: "Perencanaan", Note: "Januari, selesai", Weight: 3, State: ui.Over},
		{Name: "Pelaksanaan", Note: "Februari sampai Desember, sepuluh bulan ditutup", Weight: 13, Pieces: 11, Done: 9, Part: 75, State: ui.Now},
		{Name: "Penilaian", Note: "Januari 2027", Weight: 3},
		{Name: "Tindak lanjut", Note: "Februari 2027", Weight: 4},
	}
}

func desk() []ui.DeskItem {
	return []ui.DeskItem{
		{Big: "26", Small: "November", Title: "Lengkapi bukti hasil kerja 2", Why: "Bu Rina meminta daftar hadir perekaman di Penyengat, 14 November.", Act: &ui.Act{Text: "Tambah bukti", To: "/form", Look: ui.Go}},
		{Big: "30", Small: "November", Title: "Isi kemajuan November", Why: "Dua dari lima indikator belum berangka.", Act: &ui.Act{Text: "Isi kemajuan", To: "/skp"}},
		{Big: "2", Small: "hari lewat", Late: true, Title: "Beri umpan balik untuk Arif Hidayat", Why: "Ia meminta pendapat Anda tentang pelatihan SIAK.", Act: &ui.Act{Text: "Tulis umpan balik", To: "/form"}},
	}
}

func waiting() []ui.DeskItem {
	return []ui.DeskItem{
		{Big: "3", Small: "hari", Title: "Perubahan target perekaman", Why: "Diajukan · menunggu Bu Rina"},
		{Big: "6", Small: "hari", Title: "Perbaikan unit kerja di peta jabatan", Why: "Diajukan · menunggu Pak Hendri, BKPSDM. Pekerjaan Anda tetap berjalan."},
	}
}

func bullets() []ui.Bullet {
	return []ui.Bullet{
		{Name: "Anomali data kependudukan dibersihkan", Value: "2.118", Target: "dari 2.400 data", Reached: 8825, Expected: 9000, To: "/skp"},
		{Name: "Perekaman KTP-el di Penyengat", Value: "341", Target: "dari 600 warga", Reached: 5683, Expected: 9000, Behind: true},
		{Name: "Petugas kelurahan terlatih SIAK", Value: "41", Target: "dari 36 orang", Reached: 11389, Expected: 9000},
	}
}

func folk() []ui.Person {
	return []ui.Person{
		{Name: "Dewi Rahmawati", To: "/person", Note: "Administrator Database Kependudukan Ahli Pertama", Flags: []ui.Flag{{Tone: ui.Waiting, Word: "Diajukan"}, {Tone: ui.Late, Word: "Bukti kurang"}}},
		{Name: "Arif Hidayat", To: "/person", Note: "Operator Layanan Operasional", Flags: []ui.Flag{{Tone: ui.Good, Word: "Disetujui"}}},
	}
}

func because() rulebook.Because {
	return rulebook.Because{
		{Key: "Predikat organisasi ditetapkan lebih dulu", Value: "Baik", Source: "SE MenPANRB 3/2023"},
		{Key: "Rating hasil kerja: tiga dari empat target tercapai", Value: rulebook.Word("sesuai"), Source: "PermenPANRB 6/2022 Pasal 25", Parts: rulebook.Because{
			{Key: "Target tercapai", Value: rulebook.Int(3)},
			{Key: "Target semua", Value: rulebook.Int(4)},
		}},
		{Key: "Hasil dan perilaku bertemu di satu sel", Value: rulebook.Word("baik"), Source: "PermenPANRB 6/2022, Lampiran"},
	}
}

func matrix() ui.Matrix {
	return ui.Matrix{
		Caption: "Matriks predikat. Sel yang berlaku: hasil sesuai, perilaku di atas, predikat Baik",
		Columns: []string{"Perilaku di bawah", "Perilaku sesuai", "Perilaku di atas"},
		Rows:    []string{"Hasil di atas", "Hasil sesuai", "Hasil di bawah"},
		Cells:   [][]string{{"Kurang", "Baik", "Sangat Baik"}, {"Kurang", "Baik", "Baik"}, {"Sangat Kurang", "Butuh Perbaikan", "Butuh Perbaikan"}},
		Row:     1, Column: 2,
	}
}

func people(at ui.Address) ui.Table {
	return ui.Table{
		Caption: "Pegawai menurut unit dan keadaan SKP", At: at, Sort: at.Get(ui.SortParam),
		Columns: []ui.Column{{Key: "name", Label: "Nama"}, {Key: "unit", Label: "Unit"}, {Key: "class", Label: "Kelas", Num: true}, {Label: "SKP"}, {Key: "value", Label: "TPP", Num: true}},
	}
}

func draft(wrong bool) ui.Draft {
	if !wrong {
		return ui.Draft{}
	}
	return ui.Draft{
		Values:   url.Values{"indicator": {"Melakukan pemutakhiran data tepat waktu"}, "target": {"dua"}, "unit": {"hari"}},
		Problems: map[string]string{"target": "Tulis angka, misalnya 1.234,5.", "direction": "Pilih salah satu.", "due": "Tulis tanggal seperti 23/11/2026."},
	}
}

func elements() chart.Bars {
	return chart.Bars{
		Name: chart.Head{ID: "un", Title: "Sembilan unsur", Desc: "Biaya tertinggi, waktu penyelesaian terendah."}, Columns: [3]string{"Unsur", "Nilai", "Selang"},
		Min: 25, Max: 100, Marks: []chart.Mark{{At: 65, Label: "C"}, {At: 76.61, Label: "B"}, {At: 88.31, Label: "A"}},
		Rows: []chart.Bar{
			{Label: "Biaya", At: 98.3, Low: 97.5, High: 99.1, Value: "98,3", Interval: "± 0,8"},
			{Label: "Perilaku petugas", At: 89.2, Low: 87.6, High: 90.8, Value: "89,2", Interval: "± 1,6"},
			{Label: "Waktu penyelesaian", At: 79.4, Low: 77, High: 81.8, Value: "79,4", Interval: "± 2,4", Strong: true},
		},
	}
}

func scale() chart.Scale {
	return chart.Scale{
		Name: chart.Head{ID: "ix", Title: "Indeks kepuasan", Desc: "Indeks 86,42 dengan selang 84,9 sampai 87,9 di dalam mutu B"}, Columns: [2]string{"Ukuran", "Nilai"},
		Min: 25, Max: 100, Low: 84.9, High: 87.9, Value: "86,42", Interval: "84,9 sampai 87,9",
		Grades: []chart.Grade{{From: 25, To: 65, Label: "D"}, {From: 65, To: 76.61, Label: "C"}, {From: 76.61, To: 88.31, Label: "B baik", On: true}, {From: 88.31, To: 100, Label: "A"}},
	}
}

func trend(p *i18n.Printer, id string, small bool) chart.Lines {
	return chart.Lines{
		Name: chart.Head{ID: id, Title: "Jawaban survei tiap bulan", Desc: "Naik dari 71 ke 86; Juli tanpa data."}, Corner: "Bulan", Small: small,
		X:      []string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov"},
		Series: []chart.Series{{Name: "Indeks", Values: []float64{71, 72.5, 74, 73, 76, 79, math.NaN(), 82, 84, 85, 86.4}}, {Name: "Kota", Values: []float64{75, 75, 76, 76, 77, 77, 78, 78, 79, 79, 80}}},
		Min:    65, Max: 95, Target: 88.31, TargetLbl: "A",
		Write: func(v float64) string { return p.Num(v, 1) },
	}
}

func distribution() chart.Columns {
	return chart.Columns{
		Name: chart.Head{ID: "di", Title: "Sebaran predikat", Desc: "Baik terbanyak, sesuai dengan predikat organisasi."}, Heads: []string{"Predikat", "Pegawai", "Seharusnya"},
		Columns: []chart.Column{
			{Label: "Sgt Kurang", At: 0, Value: "0"},
			{Label: "Kurang", At: 1, Value: "1"},
			{Label: "Butuh", At: 2, Value: "2"},
			{Label: "Baik", At: 14, Value: "14", Least: 10, Most: 18, Bounds: "10 sampai 18", Strong: true},
			{Label: "Sgt Baik", At: 3, Value: "3", Least: 0, Most: 4, Bounds: "paling banyak 4"},
		},
	}
}

func stacks() chart.Stacks {
	return chart.Stacks{
		Name: chart.Head{ID: "me", Title: "Di meja siapa", Desc: "Dinas Pendidikan terbanyak, sebagian besar pada pegawai."}, Corner: "Perangkat daerah", Parts: []string{"Pegawai", "Atasan", "Data"},
		Rows: []chart.Stack{
			{Label: "Dinas Pendidikan", Parts: []float64{71, 42, 5}, Written: []string{"71", "42", "5"}, Total: "118"},
			{Label: "Dinas Kesehatan, PPKB", Parts: []float64{30, 31, 3}, Written: []string{"30", "31", "3"}, Total: "64"},
		},
	}
}
