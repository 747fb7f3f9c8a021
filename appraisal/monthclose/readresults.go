package monthclose

import (
	"strings"

	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
)

// resultFields are the columns of a list of results by the names e-Kinerja's
// download and the lists of offices give them.
func resultFields() []sheet.Field {
	return []sheet.Field{
		{Name: "nip", Aliases: []string{"nip baru", "nip pegawai", "nip/nik"}},
		{Name: "nama", Aliases: []string{"nama pegawai", "nama lengkap"}},
		{Name: "jabatan", Aliases: []string{"nama jabatan", "jabatan pegawai"}},
		{Name: "unit", Aliases: []string{"unit kerja", "unor", "nama unor", "satuan kerja"}},
		{Name: "hasil kerja", Aliases: []string{"rating hasil kerja", "hasil kinerja"}},
		{Name: "perilaku", Aliases: []string{"rating perilaku", "perilaku kerja", "rating perilaku kerja"}},
		{Name: "hasil akhir", Aliases: []string{"predikat", "predikat kinerja", "predikat kinerja pegawai", "kuadran kinerja"}},
		{Name: "status", Aliases: []string{"status penilaian", "keterangan", "catatan"}},
		{Name: "menit", Aliases: []string{"menit disetujui", "menit aktivitas", "capaian menit"}},
		{Name: "penilai", Aliases: []string{"nama penilai", "pejabat penilai", "nama atasan", "atasan"}},
		{Name: "tanggal", Aliases: []string{"tanggal penilaian", "tanggal dinilai", "tgl penilaian"}},
	}
}

// resultRow is one row of a list of results.
type resultRow struct {
	number int
	who
	result
}

// readResults reads a list of results. A row that cannot be understood is noted
// in the report.
func readResults(body []byte, rep *intake.Report) ([]resultRow, error) {
	t, err := intake.Read(body, resultFields())
	if err != nil {
		return nil, err
	}
	if !t.Has("hasil akhir") || !t.Has("nip") && !t.Has("nama") {
		return nil, fault.WrongField("file", "monthclose.import.no_result_columns")
	}
	rep.Rows = len(t.Rows)
	rows := make([]resultRow, 0, len(t.Rows))
	for _, row := range t.Rows {
		r, bad := readResult(row)
		if bad.key != "" {
			rep.Reject(row.Number, bad.column, bad.value, bad.key)
			continue
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// badCell is what keeps a row from being loaded.
type badCell struct{ column, value, key string }

// whoOf reads whom a row is about.
func whoOf(row intake.Row) (who, badCell) {
	w := who{NIP: listed.NIP(row.Get("nip")), Name: shorten(row.Get("nama")), Post: shorten(row.Get("jabatan")), Unit: shorten(row.Get("unit"))}
	if w.NIP == "" {
		w.Told = shorten(row.Get("nip"))
	}
	if w.NIP == "" && w.Name == "" {
		return w, badCell{"nip", row.Get("nip"), "monthclose.wrong.nobody"}
	}
	return w, badCell{}
}

// shorten keeps a cell within what a column of a page can hold.
func shorten(cell string) string {
	r := []rune(cell)
	return string(r[:min(len(r), 200)])
}

func readResult(row intake.Row) (resultRow, badCell) {
	r := resultRow{number: row.Number}
	var bad badCell
	if r.who, bad = whoOf(row); bad.key != "" {
		return r, bad
	}
	if bad := r.readMinutes(row.Get("menit")); bad.key != "" {
		return r, bad
	}
	results, conduct, final := row.Get("hasil kerja"), row.Get("perilaku"), row.Get("hasil akhir")
	r.results, r.conduct, r.predicate = listed.Rating(results), listed.Rating(conduct), listed.Predicate(final)
	switch {
	case r.results == "" && !unmade(results):
		return r, badCell{"hasil kerja", results, "monthclose.wrong.word"}
	case r.conduct == "" && !unmade(conduct):
		return r, badCell{"perilaku", conduct, "monthclose.wrong.word"}
	case r.predicate == "" && !unmade(final):
		return r, badCell{"hasil akhir", final, "monthclose.wrong.word"}
	}
	r.by = shorten(row.Get("penilai"))
	if day := row.Get("tanggal"); day != "" {
		iso, err := sheet.Date(day, sheet.DayFirst)
		if err != nil {
			return r, badCell{"tanggal", day, "monthclose.wrong.day"}
		}
		r.on = Day(iso)
	}
	if r.predicate == "" {
		r.desk, r.lack = deskTold(row.Get("status"), r.results != "" || r.conduct != "")
	}
	return r, badCell{}
}

func (r *resultRow) readMinutes(cell string) badCell {
	if cell == "" {
		return badCell{}
	}
	n, err := sheet.Int(cell)
	if err != nil || n < 0 || n > mostMinutes {
		return badCell{"menit", cell, "monthclose.wrong.minutes"}
	}
	r.minutes = &n
	return badCell{}
}

// unmade reports whether a cell says that nothing is there yet. An empty cell
// says so too.
func unmade(text string) bool { return search.Fold(text) == "" || listed.NotMade(text) }

// deskTold reads from a list's own words on whose desk it lies; half says that
// one of the two ratings is there already.
func deskTold(status string, half bool) (Desk, Lack) {
	word := search.Fold(status)
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(word, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("tidak ada", "belum ada", "salah", "tidak sesuai", "tidak ditemukan") && has("penilai", "atasan", "unor", "unit", "jabatan", "data", "siasn"):
		return DataDesk, LacksEvaluator
	case has("penilai", "atasan", "menunggu penilaian", "belum dinilai"):
		return SuperiorDesk, LacksRating
	case has("skp", "rencana"):
		return PersonDesk, LacksPlan
	case has("realisasi", "bukti", "pegawai"):
		return PersonDesk, LacksSelf
	case half:
		return SuperiorDesk, LacksRating
	}
	return PersonDesk, LacksAnswer
}
