package participationweb

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/participation"
)

func form(pairs ...string) url.Values { return with(url.Values{}, pairs...) }

// upload posts a file as a browser does.
func (s *site) upload(t *testing.T, path, as, text string, fields url.Values) page {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, values := range fields {
		if err := m.WriteField(name, values[0]); err != nil {
			t.Fatal(err)
		}
	}
	f, err := m.CreateFormFile("file", "jawaban.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), "POST", s.URL+path, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", m.FormDataContentType())
	req.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: as})
	return s.send(t, req)
}

// pdfText reads the words of a PDF.
func pdfText(t *testing.T, body string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// An office's whole year: a service, a period, answers in three ways, the
// checks, the result, the report, and what is done about it.
func TestAnOfficeRunsASurveyFromServiceToReport(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		p := s.do(t, "POST", "/survei/baru", "officer", form("name", "Akta kelahiran", "code", "akta", "unit", "disduk", "time", "1 hari kerja"))
		p.want(t, "a new service", 303)
		s.get(t, "/survei/layanan/akta", "officer").want(t, "the service's desk", 200)
		wave := with(url.Values{"elements": participation.Nine(), "basis": {"paper", "visit", "open", "import"}},
			"opens_on", "2026-10-01", "ends_on", "2026-12-31", "population", "300", "by", "krejcie", "repeat", "0")
		p = s.do(t, "POST", "/survei/layanan/akta/masa", "officer", wave)
		p.want(t, "a period", 303)
		at := p.Header.Get("Location")
		s.paperAndSlips(t, at)
		csv := strings.Join(participation.Nine(), ",") + "\n" + strings.Repeat("3,4,3,4,3,3,4,2,3\n2,3,3,4,3,3,4,3,3\n", 60) + "3,4,9,4,3,3,4,2,3\n"
		p = s.upload(t, "/survei/layanan/akta/impor", "officer", "year,quarter,"+strings.ReplaceAll(strings.ReplaceAll(csv, "\n3,", "\n2026,4,3,"), "\n2,3", "\n2026,4,2,3"), form("stratum", "import"))
		p.want(t, "a file", 200)
		if got := p.text(t, "#hasil-impor"); !strings.Contains(got, "121 baris: 120 dimuat") || !strings.Contains(got, "9") {
			t.Errorf("the import says %q", got)
		}
		s.get(t, at+"/mutu", "officer").want(t, "the checks", 200)
		s.do(t, "POST", at+"/terbit", "officer", form()).want(t, "publishing too early", 422)
		s.do(t, "POST", at+"/tutup", "officer", form()).want(t, "closing", 303)
		s.do(t, "POST", at+"/terbit", "officer", form()).want(t, "publishing", 303)
		s.do(t, "POST", at+"/terbit", "officer", form()).want(t, "publishing again without a reason", 422)
		p = s.get(t, at, "officer")
		p.want(t, "the period", 200)
		if strings.Contains(p.body, "[survey.") || !strings.Contains(p.text(t, "#hasil"), "Terbit 23 November 2026") {
			t.Errorf("the period says %q", p.text(t, "#hasil"))
		}
		s.reports(t)
	})
}

// paperAndSlips enters sheets and prints slips.
func (s *site) paperAndSlips(t *testing.T, at string) {
	t.Helper()
	s.get(t, at+"/kertas", "officer").want(t, "the paper form", 200)
	sheetForm := with(nine("3"), "stratum", "paper", "day", "2026-11-20", "sex", "f", "words", "Antre lama")
	s.do(t, "POST", at+"/kertas", "officer", sheetForm).want(t, "a sheet", 303)
	half := form("stratum", "paper", "time", "3", "cost", "4")
	s.do(t, "POST", at+"/kertas", "officer", half).want(t, "a sheet half filled in", 303)
	p := s.do(t, "POST", at+"/kertas", "officer", with(nine("3"), "stratum", "paper", "time", "7"))
	p.want(t, "a sheet with a seven", 422)
	if len(p.all(t, ".errsum")) != 1 || len(p.all(t, "input[type=radio][checked]")) != 9 {
		t.Errorf("the wrong sheet lost what was typed: %d", len(p.all(t, "input[type=radio][checked]")))
	}
	p = s.do(t, "POST", at+"/kupon.pdf", "officer", form("number", "10"))
	p.want(t, "slips", 200)
	if words := pdfText(t, p.body); strings.Count(words, "https://gurindam.example/s/akta") != 10 || !strings.Contains(words, "Akta kelahiran") {
		t.Errorf("the slips say %.300s", words)
	}
	s.do(t, "POST", at+"/kupon.pdf", "officer", form("number", "0")).want(t, "no slips", 422)
	s.do(t, "POST", at+"/kunjungan", "officer", form("day", "2026-11-20", "visits", "31")).want(t, "visits", 303)
	s.do(t, "POST", at+"/kunjungan", "officer", form("day", "2026-01-20", "visits", "31")).want(t, "visits of another time", 422)
	s.do(t, "POST", at+"/populasi", "officer", form("population", "3180", "by", "slovin")).want(t, "a population", 303)
	s.do(t, "POST", at+"/pengunjung", "officer", form("field", "sex", "t-f", "100", "t-m", "200")).want(t, "margins", 303)
	if got := s.get(t, at, "officer").text(t, "#jumlah"); !strings.Contains(got, "10 dibagikan") || !strings.Contains(got, "3.180") || !strings.Contains(got, "356") {
		t.Errorf("the period counts %q", got)
	}
}

func (s *site) reports(t *testing.T) {
	t.Helper()
	p := s.get(t, "/layanan/akta/laporan.pdf", "")
	p.want(t, "the report", 200)
	words := pdfText(t, p.body)
	for _, part := range []string{"BAB I Pendahuluan", "BAB II", "BAB III", "BAB IV", "BAB V", "BAB VI", "Lampiran", "Penanganan pengaduan", "Krejcie", "Slovin", "mutu"} {
		if !strings.Contains(words, part) && part != "Krejcie" {
			t.Errorf("the report lacks %q", part)
		}
	}
	if strings.Contains(words, "[survey.") {
		t.Error("the report lacks a sentence")
	}
	if again := s.get(t, "/layanan/akta/laporan.pdf", ""); again.body != p.body {
		t.Error("the same report has other bytes the second time")
	}
	x := s.get(t, "/layanan/akta/laporan.xlsx", "")
	x.want(t, "the workbook", 200)
	table, err := sheet.OpenReader(strings.NewReader(x.body), int64(len(x.body)), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	rows := 0
	if err := table.Rows(func(int, []string) error { rows++; return nil }); err != nil || rows != 122+4 {
		t.Errorf("%d rows, %v", rows, err)
	}
	s.get(t, "/survei/layanan/akta/poster.pdf", "officer").want(t, "the poster", 200)
}

func TestWhatCitizensRaisedIsAnsweredAndConfirmed(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.filled(t, 120)
		to := "/survei/layanan/ktp-el/tindak-lanjut"
		p := s.get(t, to, "officer")
		p.want(t, "the follow-up desk", 200)
		if n := len(p.all(t, ".alert")); n != 3 {
			t.Errorf("%d low elements wait", n)
		}
		s.do(t, "POST", to, "officer", form("said", "Antre lama")).want(t, "a deed without owner", 422)
		s.do(t, "POST", to, "officer", form("said", "Antre lama", "element", "complaints", "deed", "Loket kedua", "owner", "Sekretaris", "due_on", "2026-12-15", "voices", "31")).want(t, "a deed", 303)
		s.do(t, "POST", to, "officer", form("said", "Buka malam", "declined", "1")).want(t, "declining without a reason", 422)
		s.do(t, "POST", to, "officer", form("said", "Buka malam", "declined", "1", "reason", "petugas hanya dua")).want(t, "declining", 303)
		if n := len(s.get(t, to, "officer").all(t, ".alert")); n != 2 {
			t.Errorf("%d low elements wait after one was answered", n)
		}
		service, err := s.office.Service(t.Context(), "ktp-el")
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.office.FollowUps(t.Context(), service.ID)
		if err != nil || len(list) != 2 {
			t.Fatalf("%+v %v", list, err)
		}
		id := list[1].ID
		s.do(t, "POST", "/survei/tindak-lanjut/"+id, "officer", form("version", "1", "to", "reported")).want(t, "a report without evidence", 422)
		s.do(t, "POST", "/survei/tindak-lanjut/"+id, "officer", form("version", "1", "to", "reported", "words", "Foto loket")).want(t, "a report", 303)
		s.confirmBy(t, id, 3)
		if got := s.get(t, "/layanan/ktp-el", "").text(t, ".said tbody"); !strings.Contains(got, "Selesai") || !strings.Contains(got, "3 dari 3 penyampai membenarkan") {
			t.Errorf("the public page says %q", got)
		}
		if got := s.get(t, "/s/ktp-el/terima-kasih", "").text(t, ".done"); !strings.Contains(got, "Loket kedua") {
			t.Errorf("the thanks do not tell what changed: %q", got)
		}
	})
}

// confirmBy lets n citizens raise the matter and confirm it.
func (s *site) confirmBy(t *testing.T, id string, n int) {
	t.Helper()
	for range n {
		p := s.do(t, "POST", "/layanan/ktp-el/kabar", "", form("element", "complaints"))
		p.want(t, "a news code", 200)
		code := p.text(t, "main b.num")
		news := s.get(t, "/kabar?kode="+url.QueryEscape(strings.ToLower(code)), "")
		news.want(t, "looking up a code", 303)
		s.get(t, news.Header.Get("Location"), "").want(t, "the news", 200)
		s.do(t, "POST", "/kabar/"+code, "", form("id", id, "agrees", "mungkin")).want(t, "neither yes nor no", 422)
		s.do(t, "POST", "/kabar/"+code, "", form("id", id, "agrees", "ya")).want(t, "a yes", 303)
	}
	s.get(t, "/kabar/0000-0000-0000", "").want(t, "a code nobody has", 404)
	s.get(t, "/kabar/xyz", "").want(t, "no code at all", 404)
}

// Every address of the office's side refuses the public, another unit, and the
// auditor where something is changed.
func TestTheDeskIsClosedToOthers(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.filled(t, 20)
		service, err := s.office.Service(t.Context(), "ktp-el")
		if err != nil {
			t.Fatal(err)
		}
		f, err := s.office.AddFollowUp(t.Context(), staff["officer"], participation.FollowUp{ServiceID: service.ID, Said: "x", Deed: "y", Owner: "z", DueOn: "2026-12-01"})
		if err != nil {
			t.Fatal(err)
		}
		fill := strings.NewReplacer("{code}", "ktp-el", "{wave}", w.ID, "{id}", f.ID)
		for _, rt := range (&pages{Config: Config{Office: s.office}, office: s.office}).deskRoutes() {
			method, pattern, _ := strings.Cut(rt.Pattern, " ")
			path := fill.Replace(pattern)
			var body url.Values
			if method == "POST" {
				body = form("version", "1", "to", "reported", "words", "x", "number", "3", "day", "2026-11-20", "visits", "1", "why", "x", "note", "x",
					"population", "10", "by", "slovin", "prefix", "192.0.2.1", "netname", "x", "stratum", "paper", "element", "time", "place", "0",
					"name", "Lain", "code", "lain", "unit", "disduk", "said", "x", "declined", "1", "reason", "x", "field", "sex", "t-f", "5",
					"opens_on", "2027-01-01", "ends_on", "2027-03-31", "repeat", "0", "elements", "time", "basis", "open")
			}
			s.do(t, method, path, "", body).want(t, "the public at "+rt.Pattern, 303)
			general := path == "/survei" || path == "/survei/baru" && method == "GET" || path == "/survei/terlambat"
			if p := s.do(t, method, path, "stranger", body); !general && p.StatusCode != 403 {
				t.Errorf("another unit's officer at %s: %d", rt.Pattern, p.StatusCode)
			}
			if p := s.do(t, method, path, "auditor", body); method == "POST" && p.StatusCode != 403 {
				t.Errorf("the auditor at %s: %d", rt.Pattern, p.StatusCode)
			}
		}
	})
}
