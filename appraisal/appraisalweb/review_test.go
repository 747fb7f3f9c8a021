package appraisalweb

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/gurindam/gurindam/appraisal"
)

func TestASuperiorConfirmsManyOnOnePage(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		d, _ := s.agreed("dewi", "rina")
		a, _ := s.agreed("arif", "rina")
		const path = "/tim/konfirmasi?w=2025-Q1"
		page := s.get("rina", path).want(t, "the page", 200, "Dewi Rahmawati", "Arif Setiawan", "tidak ada catatan kemajuan", "2 pegawai belum dinilai")
		if n := len(regexp.MustCompile(`type="radio"[^>]*value="(di_atas|sesuai|di_bawah)" checked`).FindAllString(page.body, -1)); n != 0 {
			t.Fatalf("%d ratings are filled in beforehand", n)
		}
		ratings := func(results, conduct string, more ...string) []string {
			return append([]string{
				"window", "2025-Q1", "part", d.ID, "version_" + d.ID, "0", "results_" + d.ID, results, "conduct_" + d.ID, conduct,
				"part", a.ID, "version_" + a.ID, "0", "results_" + a.ID, "", "conduct_" + a.ID, "",
			}, more...)
		}
		s.post("rina", path, ratings("", "")...).want(t, "nobody chosen", http.StatusUnprocessableEntity, "Isi rating paling sedikit satu orang")
		s.post("rina", path, ratings("di_bawah", "", "conduct_reason_"+d.ID, "tetap ada")...).want(t, "half given", http.StatusUnprocessableEntity,
			"Dewi Rahmawati: Tulis alasannya", "Dewi Rahmawati: Rating perilaku kerja belum ada", "tetap ada", `value="di_bawah" checked`)
		s.post("rina", path, ratings("sesuai", "sesuai")...).want(t, "one of two sent", 303)
		s.get("rina", path).want(t, "afterwards", 200, "rating sudah dikirim", "1 dari 1 target")
		s.post("rina", path, ratings("sesuai", "sesuai")...).want(t, "the old page again", http.StatusConflict, "berubah sejak halaman ini dibuka")

		_, err := s.SetOrganisation(t.Context(), badgeOf("raja"), appraisal.Organisation{UnitID: "capil", Window: appraisal.Window{Year: 2025, Kind: appraisal.Quarter, N: 1}, Predicate: appraisal.OrganisationGood})
		s.Must(err)
		both := []string{"window", "2025-Q1"}
		for id, version := range map[string]string{d.ID: "1", a.ID: "0"} {
			both = append(both, "part", id, "version_"+id, version, "results_"+id, "sesuai", "conduct_"+id, "sesuai")
		}
		for who, code := range map[string]int{"nurhayati": 403, "dewi": 403, "auditor": 403, "": 303} {
			s.post(who, path, both...).want(t, "by "+who, code)
		}
		s.post("rina", path, both...).want(t, "both", 303)
		s.get("rina", path).want(t, "can be undone", 200, "Tarik 2 hasil hari ini", "Sampai tengah malam")
		for who, code := range map[string]int{"nurhayati": 403, "dewi": 403, "": 303} {
			s.post(who, "/tim/konfirmasi/tarik", "window", "2025-Q1", "part", d.ID).want(t, "undone by "+who, code)
		}
		s.post("rina", "/tim/konfirmasi/tarik", "window", "2025-Q1", "part", d.ID, "part", a.ID).want(t, "undone", 303)
		s.get("dewi", "/evaluasi/"+d.ID+"?w=2025-Q1").without(t, "taken back", "Predikat: Baik")
		ticks := []string{"window", "2025-Q1"}
		for id, version := range map[string]string{d.ID: "3", a.ID: "2"} {
			ticks = append(ticks, "part", id, "version_"+id, version, "both_"+id, "1", "results_"+id, "", "conduct_"+id, "")
		}
		s.post("rina", path, ticks...).want(t, "one tick for both ratings", 303)
		s.get("rina", path).want(t, "all done", 200, "Semua pegawai pada periode ini sudah dinilai", "2 pegawai").without(t, "no form is left", "<form method=\"post\" action=\"/tim/konfirmasi\"")
		s.get("dewi", "/evaluasi/"+d.ID+"?w=2025-Q1").want(t, "what dewi sees", 200, "Predikat: Baik", "Terima hasil")
		s.get("rina", "/tim/konfirmasi?w=x").want(t, "an address that is none", http.StatusUnprocessableEntity)
		s.get("dewi", "/tim/konfirmasi").want(t, "who evaluates nobody", 200, "Tidak ada yang perlu dikonfirmasi")
	})
}
