package penimport

import (
	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
)

// resultFields are the columns of a list of results, by the names they have in
// e-Kinerja's download and in lists of schools.
func resultFields() []sheet.Field {
	return []sheet.Field{
		{Name: "nip", Aliases: []string{"nip baru", "nip pegawai", "nip/nik"}},
		{Name: "nama", Aliases: []string{"nama pegawai", "nama lengkap", "nama guru"}},
		{Name: "jabatan", Aliases: []string{"nama jabatan", "jabatan pegawai"}},
		{Name: "unit", Aliases: []string{"unit kerja", "unor", "nama unor", "satuan kerja", "sekolah", "satuan pendidikan"}},
		{Name: "hasil kerja", Aliases: []string{"rating hasil kerja", "hasil kinerja"}},
		{Name: "perilaku", Aliases: []string{"rating perilaku", "perilaku kerja", "rating perilaku kerja"}},
		{Name: "hasil akhir", Aliases: []string{"predikat", "predikat kinerja", "predikat kinerja pegawai", "kuadran kinerja"}},
		{Name: "nip penilai", Aliases: []string{"nip atasan", "nip pejabat penilai", "penilai nip"}},
		{Name: "nama penilai", Aliases: []string{"penilai", "atasan", "nama atasan", "pejabat penilai", "pejabat penilai kinerja"}},
	}
}

// readResults reads a list of results. Of who is rated as the head of a unit
// the words of the unit's predicate are read by leader.
func readResults(body []byte, leader map[appraisal.OrganisationPredicate]appraisal.Rating) (File, error) {
	t, err := intake.Read(body, resultFields())
	if err != nil {
		return File{}, err
	}
	if !t.Has("hasil akhir") || !t.Has("nip") && !t.Has("nama") {
		return File{}, fault.WrongField("file", "penimport.no_columns")
	}
	f := File{Kind: Results, Lines: len(t.Rows)}
	for _, row := range t.Rows {
		r, bad := resultRow(row, leader)
		if bad != nil {
			f.Rejected = append(f.Rejected, *bad)
			continue
		}
		f.Rows = append(f.Rows, r)
	}
	return f, nil
}

func resultRow(row intake.Row, leader map[appraisal.OrganisationPredicate]appraisal.Rating) (Row, *intake.Rejected) {
	r, bad := personOf(row)
	if bad != nil {
		return r, bad
	}
	result, conduct, final := row.Get("hasil kerja"), row.Get("perilaku"), row.Get("hasil akhir")
	if listed.NotMade(final) || final == "" && (listed.NotMade(result) || result == "" && conduct == "") {
		r.NotMade = true
		return r, nil
	}
	r.Results, r.Conduct, r.Predicate = rating(result, leader), rating(conduct, leader), listed.Predicate(final)
	wrong := func(column, value string) (Row, *intake.Rejected) {
		return r, &intake.Rejected{Row: row.Number, Column: column, Value: value, Key: "penimport.wrong.word"}
	}
	switch {
	case r.Predicate == "":
		return wrong("hasil akhir", final)
	case result != "" && !r.Results.Known():
		return wrong("hasil kerja", result)
	case conduct != "" && !r.Conduct.Known():
		return wrong("perilaku", conduct)
	}
	return r, nil
}

// personOf reads who a row is about. A NIP that a spreadsheet has spoilt is
// dropped when there is a name to go by.
func personOf(row intake.Row) (Row, *intake.Rejected) {
	r := Row{Numbers: []int{row.Number}, Name: row.Get("nama"), Post: row.Get("jabatan"), Unit: row.Get("unit"), RaterName: row.Get("nama penilai")}
	r.NIP = nip(row.Get("nip"))
	r.RaterNIP = nip(row.Get("nip penilai"))
	if r.NIP == "" && r.Name == "" {
		return r, &intake.Rejected{Row: row.Number, Column: "nip", Value: row.Get("nip"), Key: "penimport.wrong.nobody"}
	}
	return r, nil
}

// nip returns a number of eighteen digits, empty when the cell holds none.
func nip(cell string) string {
	id, err := sheet.ID(cell)
	if err != nil || len(id) != 18 {
		return ""
	}
	return id
}
