package participation

import (
	"strconv"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
)

// tablesOf is a dump in memory: the first row of a table names its columns.
type tablesOf map[string][][]string

func (d tablesOf) Rows(table string, fn func(int, func(string) string) error) error {
	rows, ok := d[table]
	if !ok {
		return fault.Wrong("import.sql.table", table)
	}
	for i, cells := range rows[1:] {
		err := fn(i+2, func(column string) string {
			for at, name := range rows[0] {
				if name == column {
					return cells[at]
				}
			}
			return ""
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// cityPortal is a small portal as the city's own program keeps it: two offices,
// one of them unknown to the map, three surveys, two of them of the same days.
func cityPortal() tablesOf {
	d := tablesOf{
		"master_opd":        {{"id", "name"}, {"1", "Dinas Kependudukan dan Pencatatan Sipil"}, {"2", "Dinas Antariksa"}},
		"master_pendidikan": {{"id", "name", "singkatan"}, {"1", "S1", "S1"}, {"2", "SMA/SMK", "SMA"}},
		"master_pekerjaan":  {{"id", "name"}, {"1", "Wiraswasta"}, {"2", "PNS"}},
		"indikators": {
			{"id", "name"},
			{"1", "Persyaratan"},
			{"2", "Sistem, Mekanisme, dan Prosedur"},
			{"3", "Waktu Penyelesaian"},
			{"4", "Biaya/Tarif"},
			{"5", "Produk Spesifikasi Jenis Pelayanan"},
			{"6", "Kompetensi Pelaksana"},
			{"7", "Perilaku Pelaksana"},
			{"8", "Sarana dan Prasarana"},
			{"9", "Penanganan Pengaduan, Saran dan Masukan"},
			{"10", "Keramahan robot"},
		},
		"layanan_opd":     {{"id", "id_opd", "name"}, {"11", "1", "Akta Kelahiran"}, {"12", "2", "Peluncuran"}},
		"survey":          {{"id", "id_layanan_opd", "name", "start_date", "end_date"}, {"21", "11", "SKM 2025", "2025-01-01", "2025-06-30"}, {"22", "11", "SKM 2025 lagi", "2025-01-01", "2025-06-30"}, {"23", "12", "Roket", "2025-01-01", "2025-06-30"}},
		"pertanyaan":      {{"id", "id_survey", "id_indikator", "name"}},
		"pilihan_jawaban": {{"id", "id_pertanyaan", "name", "bobot"}},
		"respondens":      {{"id", "id_survey", "id_pendidikan", "id_pekerjaan", "name", "umur", "gender", "keterangan", "created_at"}},
		"jawaban_survey":  {{"id", "id_responden", "id_survey", "id_pilihan_jawaban", "bobot"}},
	}
	for i := 1; i <= 10; i++ {
		q := strconv.Itoa(i)
		d["pertanyaan"] = append(d["pertanyaan"], []string{q, "21", q, "?"})
		for v := 1; v <= 5; v++ {
			d["pilihan_jawaban"] = append(d["pilihan_jawaban"], []string{strconv.Itoa(i*10 + v), q, "", strconv.Itoa(v)})
		}
	}
	return d
}

// person adds a respondent with a mark for each of the first elements.
func (d tablesOf) person(id, survey, day, words string, marks ...int) {
	d["respondens"] = append(d["respondens"], []string{id, survey, "1", "1", "Siti Aminah", "34", "perempuan", words, day + " 09:10:11"})
	for i, v := range marks {
		d["jawaban_survey"] = append(d["jawaban_survey"], []string{id + "-" + strconv.Itoa(i), id, survey, strconv.Itoa((i+1)*10 + v), strconv.Itoa(v)})
	}
}

func TestACitysPortalIsLoadedOnceAndWhole(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		d := cityPortal()
		for i := range 30 {
			d.person(strconv.Itoa(100+i), "21", "2025-03-04", "", 3, 3, 4, 4, 3, 3, 3, 3, 3)
		}
		d.person("200", "22", "2025-05-06", "Antre lama", 1, 2, 3, 4, 1, 2, 3, 4, 1)
		d.person("201", "22", "2025-08-09", "", 4, 4, 4, 4, 4, 4, 4, 4, 4)    // after its survey's end
		d.person("202", "21", "2025-03-04", "", 5, 4, 4, 4, 4, 4, 4, 4, 4)    // five
		d.person("203", "21", "2025-03-04", "", 3, 3, 3, 3, 3, 3, 3, 3, 3, 3) // an indicator that is no element
		d.person("204", "23", "2025-03-04", "", 3, 3, 3, 3, 3, 3, 3, 3, 3)    // an office that is not on the map
		d.person("205", "21", "2025-03-04", "")                               // nothing
		d.person("206", "99", "2025-03-04", "", 3, 3, 3, 3, 3, 3, 3, 3, 3)    // a survey that is not there
		try, err := h.ImportPortal(t.Context(), officer, PortalImport{Dump: d, DryRun: true})
		if err != nil || try.Created != 32 {
			t.Fatalf("a dry run: %+v, %v", try, err)
		}
		first, err := h.ImportPortal(t.Context(), officer, PortalImport{Dump: d})
		if err != nil {
			t.Fatal(err)
		}
		if first.Rows != 37 || first.Created != 32 || first.Services != 1 || len(first.Rejected) != 5 || len(first.Waves) != 1 || len(first.Left) != 1 {
			t.Errorf("%+v", first)
		}
		again, err := h.ImportPortal(t.Context(), officer, PortalImport{Dump: d})
		if err != nil || again.Created != 0 || again.Unchanged != 32 || again.Services != 0 || len(again.Rejected) != 5 {
			t.Errorf("loaded again: %+v, %v", again, err)
		}
		s, err := h.OldAddress(t.Context(), "11", "")
		if err != nil || s.Code != "akta-kelahiran" {
			t.Errorf("the service's old address leads to %q, %v", s.Code, err)
		}
		if s, err := h.OldAddress(t.Context(), "", "22"); err != nil || s.Code != "akta-kelahiran" {
			t.Errorf("the survey's old address leads to %q, %v", s.Code, err)
		}
		if _, err := h.OldAddress(t.Context(), "12", ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("an address of what was not loaded: %v", err)
		}
		list, err := answers(t.Context(), h.db, first.Waves[0].ID)
		if err != nil || len(list) != 32 {
			t.Fatalf("%d answers, %v", len(list), err)
		}
		for _, a := range list {
			if a.Stratum != Imported || a.Day < "2025-01-01" || a.Day > "2025-06-30" || a.Profile.Sex != "f" || a.Profile.Age != "30-44" || a.Profile.Work != "business" || a.Profile.Education != "s1" {
				t.Errorf("loaded as %+v", a)
			}
		}
		// The questionnaire numbers facilities 8 and complaints 9; they are told
		// apart by name.
		if want := "123412314"; list[indexOfMarks(list, want)].Words != "Antre lama" {
			t.Errorf("the elements are mixed up: no %s", want)
		}
	})
}

func indexOfMarks(list []Answer, marks string) int {
	for i, a := range list {
		if a.Marks.String() == marks {
			return i
		}
	}
	return 0
}

func TestAPortalOfAnotherUnitIsRefused(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		d := cityPortal()
		d.person("1", "21", "2025-03-04", "", 3, 3, 4, 4, 3, 3, 3, 3, 3)
		if _, err := h.ImportPortal(t.Context(), stranger, PortalImport{Dump: d}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("got %v", err)
		}
		delete(d, "respondens")
		if _, err := h.ImportPortal(t.Context(), officer, PortalImport{Dump: d}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a dump without respondents: %v", err)
		}
	})
}
