package participationweb

import (
	"testing"

	"github.com/gurindam/gurindam/participation"
)

// formerPortal is a dump with one service, one survey and one respondent.
type formerPortal map[string]map[string]string

func (d formerPortal) Rows(table string, fn func(int, func(string) string) error) error {
	row, ok := d[table]
	if !ok {
		return nil
	}
	return fn(1, func(column string) string { return row[column] })
}

func TestAddressesOfTheFormerPortalLeadHere(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		_, err := s.office.ImportPortal(t.Context(), staff["hr"], participation.PortalImport{Unit: "disduk", Dump: formerPortal{
			"indikators":      {"id": "1", "name": "Persyaratan"},
			"layanan_opd":     {"id": "7", "id_opd": "1", "name": "Akta Kelahiran"},
			"survey":          {"id": "9", "id_layanan_opd": "7", "start_date": "2025-01-01", "end_date": "2025-06-30"},
			"pertanyaan":      {"id": "3", "id_survey": "9", "id_indikator": "1"},
			"pilihan_jawaban": {"id": "4", "id_pertanyaan": "3", "bobot": "4"},
			"respondens":      {"id": "5", "id_survey": "9", "created_at": "2025-02-03 10:00:00"},
			"jawaban_survey":  {"id": "6", "id_responden": "5", "id_pilihan_jawaban": "4", "bobot": "4"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]string{
			"/data-responden?service_id=7":                    "/s/akta-kelahiran",
			"/data-responden/9":                               "/s/akta-kelahiran",
			"/data-responden/1?opd_name=X&service_id=7":       "/s/akta-kelahiran",
			"/data-responden/1?service_name=Kartu%20Keluarga": "/layanan?q=Kartu+Keluarga",
			"/data-responden":                                 "/layanan",
		} {
			p := s.get(t, path, "")
			if to := p.Header.Get("Location"); to != want || p.StatusCode/100 != 3 {
				t.Errorf("%s leads to %q with %d, want %q", path, to, p.StatusCode, want)
			}
		}
	})
}
