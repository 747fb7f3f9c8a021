package participationweb

import (
	"strings"
	"testing"
)

func TestReportsAreKeptByTheirDeadlines(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.ktp(t)
		service, err := s.office.Service(t.Context(), "ktp-el")
		if err != nil {
			t.Fatal(err)
		}
		s.get(t, "/laporan", "").want(t, "the desk for the public", 303)
		s.do(t, "POST", "/laporan", "officer", form("number", "x", "service", service.ID)).want(t, "a report that is none", 422)
		good := form("number", "7654321", "service", service.ID, "class", "ordinary", "subject", "KTP <b>belum</b> jadi", "received_on", "2026-11-02")
		s.do(t, "POST", "/laporan", "stranger", good).want(t, "another unit", 403)
		s.do(t, "POST", "/laporan", "officer", good).want(t, "a report", 303)
		p := s.get(t, "/laporan", "officer")
		p.want(t, "the list", 200)
		if got := p.text(t, "tbody tr"); !strings.Contains(got, "20 November 2026") || !strings.Contains(got, "Terlambat") {
			t.Errorf("the row says %q", got)
		}
		if strings.Contains(p.body, "<b>belum</b>") || strings.Contains(p.body, "[complaint.") {
			t.Error("markup came through, or a sentence is missing")
		}
		for query, want := range map[string]bool{"?q=belum": true, "?q=7654321&keadaan=late": true, "?keadaan=received": true, "?keadaan=closed": false, "?q=lain": false} {
			if got := strings.Contains(s.get(t, "/laporan"+query, "officer").body, "7654321</a>"); got != want {
				t.Errorf("%s shows the report: %t", query, got)
			}
		}
		if csv := s.get(t, "/laporan?keadaan=late&format=csv", "officer"); !strings.Contains(csv.body, "7654321,KTP <b>belum</b> jadi,") {
			t.Errorf("the file says %q", csv.body)
		}
		to := attr(t, p, "tbody a", "href")
		s.do(t, "POST", to, "officer", form("version", "1", "do", "assign", "owner", "Kepala Bidang", "class", "oversight")).want(t, "assigning", 303)
		s.do(t, "POST", to, "officer", form("version", "2", "do", "answer", "answer", "")).want(t, "no answer", 422)
		s.do(t, "POST", to, "officer", form("version", "2", "do", "answer", "answer", "Sudah jadi.")).want(t, "an answer", 303)
		s.get(t, to, "officer").want(t, "the report", 200)
		s.get(t, to, "stranger").want(t, "the report for another unit", 403)
		s.do(t, "POST", to, "officer", form("version", "3", "do", "close", "rating", "4")).want(t, "closing", 303)
		s.do(t, "POST", to, "officer", form("version", "4", "do", "nothing")).want(t, "doing nothing", 422)
	})
}

func TestACitizenReportsAndRates(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.ktp(t)
		service, err := s.office.Service(t.Context(), "ktp-el")
		if err != nil {
			t.Fatal(err)
		}
		s.get(t, "/lapor", "").want(t, "the form", 200)
		s.do(t, "POST", "/lapor", "", form("subject", "x")).want(t, "a report about nothing", 422)
		p := s.do(t, "POST", "/lapor", "", form("service", service.ID, "class", "ordinary", "subject", "Antrean", "body", "Lama."))
		p.want(t, "a report", 200)
		code := p.text(t, "main b.num")
		p = s.get(t, "/lapor/"+code, "")
		p.want(t, "following it", 200)
		if !strings.Contains(p.text(t, "main"), "11 Desember 2026") {
			t.Errorf("the citizen reads %q", p.text(t, "main"))
		}
		s.do(t, "POST", "/lapor/"+code, "", form("rating", "4")).want(t, "rating too early", 422)
		to := attr(t, s.get(t, "/laporan", "officer"), "tbody a", "href")
		s.do(t, "POST", to, "officer", form("version", "1", "do", "answer", "answer", "Loket ditambah.")).want(t, "the answer", 303)
		s.do(t, "POST", "/lapor/"+code, "", form("rating", "1")).want(t, "not content", 303)
		if got := s.get(t, to, "officer").text(t, ".head"); !strings.Contains(got, "Dikerjakan") {
			t.Errorf("the report is %q", got)
		}
		s.get(t, "/lapor/AAAA-BBBB-CCCC", "").want(t, "a code nobody has", 404)
	})
}
