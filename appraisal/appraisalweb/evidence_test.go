package appraisalweb

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/file"
)

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

func TestEvidenceFilesFromUploadToRemoval(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		p, plan := s.agreed("dewi", "rina")
		in := plan.Results[0].Indicators[0].ID
		path := "/kemajuan/" + p.ID
		s.get("dewi", path+"?buka="+in).want(t, "the form", 200, `enctype="multipart/form-data"`, `type="file"`, `data-most="10485760"`, "paling besar 10 MB")
		s.send("dewi", path, []upload{{"files", "../../foto <loket>.php", png}, {"files", "rekap.pdf", "%PDF-1.7\n"}},
			"indicator", in, "month", "2025-02", "value", "1.200", "links", "Rekap https://berkas.contoh.invalid/r").want(t, "saved", 303)
		page := s.get("dewi", path+"?buka="+in).want(t, "the entry", 200, "foto loket.png", "rekap.pdf", "Rekap", "1.200 data")
		picture := page.find(t, `href="(/berkas/[^"]+)"[^>]*>[^<]*<svg[^>]*>.*?</svg><span>foto loket`)

		got := s.get("dewi", picture)
		if got.body != png || got.header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("the file came as %q with %v", got.body, got.header)
		}
		for who, code := range map[string]int{"rina": 200, "nurhayati": 200, "auditor": 200, "hr": 200, "arif": 403, "admin": 403, "": 303} {
			s.get(who, picture).want(t, "the file for "+who, code)
		}
		s.get("dewi", "/berkas/0197a2b0-0000-7000-8000-000000000000").want(t, "a file that is none", 404)

		side := s.get("rina", path+"/bukti/"+in).want(t, "beside the evaluation", 200, "Februari 2025", `<img class="shot" src="`+picture+`"`, "rekap.pdf")
		side.without(t, "the superior's view", "/hapus")
		s.get("rina", path+"/bukti/none").want(t, "an indicator that is none", 404)

		entry := page.find(t, `isian=([^#"]+)#catat`)
		edit := s.get("dewi", path+"?isian="+entry).want(t, "the entry to change", 200, `name="file"`, "checked")
		id := strings.TrimPrefix(picture, "/berkas/")
		version := edit.find(t, `name="version" value="(\d+)"`)
		s.send("dewi", path, nil, "id", entry, "version", version, "indicator", in, "month", "2025-02", "value", "1.250", "file", id).want(t, "one file kept", 303)
		s.get("dewi", path+"?buka="+in).want(t, "after", 200, "foto loket.png", "1.250 data").without(t, "what was not ticked", "rekap.pdf", "berkas.contoh")

		off := s.get("dewi", path+"?buka="+in).find(t, `action="(/kemajuan/[^"]+/bukti/[^"]+/hapus)"`)
		s.post("rina", off, "version", "2").want(t, "by the superior", 403)
		s.post("dewi", off, "version", "1").want(t, "from an old page", 409)
		s.post("dewi", off, "version", "2").want(t, "taken off", 303)
		s.get("dewi", path+"?buka="+in).want(t, "after it was taken off", 200, "1.250 data").without(t, "the file", "foto loket")
		s.get("dewi", picture).want(t, "a file that is evidence of nothing", 404)
	})
}

func TestAFileThatCannotBeKeptLosesNothing(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		p, plan := s.agreed("dewi", "rina")
		in, path := plan.Results[0].Indicators[0].ID, "/kemajuan/"+p.ID
		long := strings.Repeat("x", 100) + ".exe"
		again := s.send("dewi", path, []upload{
			{"files", "baik.png", png},
			{"files", "<b>virus.exe", "MZ\x90\x00"},
			{"files", long, "MZ"},
			{"files", "kosong.txt", ""},
			{"files", "besar.png", png + strings.Repeat("0", file.MostBytes)},
		}, "indicator", in, "month", "2025-02", "value", "12", "note", "Jangan hilang", "links", "Rekap https://berkas.contoh.invalid/r")
		again.want(t, "refused", http.StatusUnprocessableEntity, "Jangan hilang", "https://berkas.contoh.invalid/r", `value="12"`, "Berkas ini kosong", "&lt;b&gt;virus.exe", `type="file"`)
		if s.entries(t, p) != 0 {
			t.Fatal("an entry was stored although a file was refused")
		}
		kept := again.find(t, `name="file" value="([^"]+)" checked`)
		label := again.find(t, `name="label_`+kept+`" value="([^"]+)"`)
		s.send("dewi", path, nil, "indicator", in, "month", "2025-02", "value", "12", "file", kept, "label_"+kept, label).want(t, "sent again", 303)
		s.get("dewi", path+"?buka="+in).want(t, "the good one is there", 200, "baik.png")

		for what, id := range map[string]string{"unknown": "none", "somebody else's": s.foreign(t)} {
			s.send("dewi", path, nil, "indicator", in, "month", "2025-02", "value", "12", "file", id).want(t, what+" file", http.StatusUnprocessableEntity, "Bukti itu tidak ditemukan")
		}
		s.send("dewi", path, []upload{{"files", "huge.png", png + strings.Repeat("0", mostUpload)}}, "indicator", in, "month", "2025-02").want(t, "a form beyond every limit", http.StatusRequestEntityTooLarge)
		if n := s.entries(t, p); n != 1 {
			t.Fatalf("%d entries", n)
		}
	})
}

func (s *site) entries(t *testing.T, p appraisal.Part) int {
	t.Helper()
	v, err := s.Progress(t.Context(), badgeOf("dewi"), p.ID)
	s.Must(err)
	return len(v.Entries)
}

// foreign is a file of arif's.
func (s *site) foreign(t *testing.T) string {
	t.Helper()
	p, _ := s.agreed("arif", "rina")
	e, err := s.Attach(t.Context(), badgeOf("arif"), p.ID, "punya arif.png", strings.NewReader(png))
	s.Must(err)
	return e.File
}

func TestTheLastEvidenceOfAnEntryStaysWithIt(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		p, plan := s.agreed("dewi", "rina")
		in, path := plan.Results[0].Indicators[0].ID, "/kemajuan/"+p.ID
		s.send("dewi", path, []upload{{"files", "a.png", png}}, "indicator", in, "month", "2025-02").want(t, "only a file", 303)
		off := s.get("dewi", path+"?buka="+in).find(t, `action="(/kemajuan/[^"]+/bukti/[^"]+/hapus)"`)
		s.post("dewi", off, "version", "1").want(t, "the only thing it says", 409, "satu-satunya")
		s.post("dewi", off+"x", "version", "1").want(t, "an address that is none", 404)
	})
}
