package participationweb

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/api"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/participation"
)

// filled is a wave with n paper answers, closed and published.
func (s *site) filled(t testing.TB, n int) participation.Wave {
	t.Helper()
	w := s.ktp(t)
	for i := range n {
		m := participation.Marks{3, 4, 3, 4, 3, 3, 4, 2, 3}
		m[i%9] = uint8(2 + i%3)
		a := participation.Answer{Stratum: participation.Paper, Marks: m, Words: "Antre lama"}
		if err := s.office.Submit(t.Context(), participation.Submission{Wave: w, Answer: a}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.office.CloseWave(t.Context(), staff["officer"], w.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.office.Publish(t.Context(), staff["officer"], w.ID, ""); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestTheServicePageShowsTheIndexAndItsDoubt(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.filled(t, 120)
		service, w, err := s.office.Wave(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.office.AddFollowUp(t.Context(), staff["officer"], participation.FollowUp{
			ServiceID: service.ID, Element: "time", Said: "Antre <b>lama</b>", Voices: 31, State: participation.FollowDeclined, Reason: "loket hanya dua",
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.office.Choose(t.Context(), staff["officer"], w.ID, "time", "Antre sejak subuh"); err != nil {
			t.Fatal(err)
		}
		p := s.get(t, "/layanan/ktp-el", "")
		p.want(t, "the page", 200)
		if got := p.text(t, ".idx"); got != "79,93" {
			t.Errorf("the index is %q", got)
		}
		if n := len(p.all(t, ".el tbody tr")); n != 9 || len(p.all(t, ".el tr.low")) != 3 {
			t.Errorf("%d elements, %d low", n, len(p.all(t, ".el tr.low")))
		}
		if got := p.text(t, ".said tbody"); !strings.Contains(got, "Belum dapat kami penuhi") || !strings.Contains(got, "karena loket hanya dua") {
			t.Errorf("said and done: %q", got)
		}
		if strings.Contains(p.body, "<b>lama</b>") || strings.Contains(p.body, "[survey.") || strings.Contains(p.body, "[rulebook.") {
			t.Error("a citizen's markup came through, or a sentence is missing")
		}
		if got := p.text(t, ".ticket"); !strings.Contains(got, "PermenPANRB 14/2017") {
			t.Errorf("the ticket says %q", got)
		}
		en := s.get(t, "/layanan/ktp-el?lang=en", "")
		if en.text(t, ".idx") != "79.93" || en.text(t, "h1") != "Identity card" || strings.Contains(en.body, "[survey.") {
			t.Errorf("in English: %s %s", en.text(t, "h1"), en.text(t, ".idx"))
		}
	})
}

func TestThinAndMissingIndexesSayso(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.filled(t, 22)
		p := s.get(t, "/layanan/ktp-el", "")
		if got := p.text(t, ".thin"); !strings.HasPrefix(got, "Baru 22 jawaban") {
			t.Errorf("22 answers: %q", got)
		}
	})
	eachSite(t, func(t *testing.T, s *site) {
		s.ktp(t)
		p := s.get(t, "/layanan/ktp-el", "")
		p.want(t, "a service without a result", 200)
		if len(p.all(t, ".idx")) != 0 || !strings.Contains(p.text(t, ".empty"), "Belum ada indeks") {
			t.Error("an index out of nothing")
		}
		s.get(t, "/layanan/none", "").want(t, "an unknown service", 404)
		s.get(t, "/layanan/ktp-el/jawaban.csv", "").want(t, "answers of nothing", 404)
	})
}

func TestAJournalistRecomputesTheIndex(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.filled(t, 120)
		p := s.get(t, "/layanan/ktp-el/hitung-ulang", "")
		p.want(t, "the page", 200)
		links := p.all(t, "a[download]")
		if len(links) != 1 {
			t.Fatal("no file to download")
		}
		var to string
		for _, a := range links[0].Attr {
			if a.Key == "href" {
				to = a.Val
			}
		}
		csv := s.get(t, to, "")
		csv.want(t, "the file", 200)
		name := filepath.Join(t.TempDir(), "skm.csv")
		if err := os.WriteFile(name, []byte(csv.body), 0o600); err != nil {
			t.Fatal(err)
		}
		rule, err := s.office.SKM(t.Context(), "2026-12-31")
		if err != nil {
			t.Fatal(err)
		}
		file, err := rule.ReadSurvey(name, "")
		if err != nil {
			t.Fatal(err)
		}
		scored, _, err := rule.Score(rule.Method, file.Sums, file.Respondents)
		if err != nil || scored.Index.String() != "79.93" || file.Respondents != 120 {
			t.Errorf("computed again: %s from %d, %v", scored.Index, file.Respondents, err)
		}
		if len(file.Profile) != 0 || strings.Contains(csv.body, "2026") || strings.Contains(csv.body, "Antre") {
			t.Error("the file tells more than marks")
		}
	})
}

func TestTheListAndItsSearch(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.filled(t, 30)
		p := s.get(t, "/layanan", "")
		p.want(t, "the list", 200)
		if got := p.text(t, "tbody tr"); !strings.Contains(got, "KTP-el") || !strings.Contains(got, "B") {
			t.Errorf("the row says %q", got)
		}
		if n := len(s.get(t, "/layanan?q="+url.QueryEscape("tidak ada"), "").all(t, "tbody tr")); n != 0 {
			t.Errorf("%d rows for nothing", n)
		}
	})
}

func TestPublicServicesAsJSON(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.filled(t, 120)
		bundle, err := i18n.NewBundle(Locale, web.Locale)
		if err != nil {
			t.Fatal(err)
		}
		a := api.New(api.Config{
			Version: "1", Cookie: web.SessionCookie, Bundle: bundle, Access: account.NewAccess(flat{}), Sessions: staff,
			Now: func() time.Time { return s.now }, Zone: time.UTC, Log: quiet(),
		})
		Operations(a, s.office)
		rec := httptest.NewRecorder()
		a.Handler().ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/public/services", nil))
		var got []map[string]any
		if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil || len(got) != 1 {
			t.Fatalf("%s %v", rec.Body, err)
		}
		one := got[0]
		if one["code"] != "ktp-el" || one["answers"] != 120.0 || one["index"] != 79.93 || one["grade"] != "B" || len(one["interval"].([]any)) != 2 {
			t.Errorf("got %v", one)
		}
		if _, err := s.office.SaveService(t.Context(), staff["officer"], participation.Service{Code: "akta", UnitID: "disduk", Name: "Akta"}); err != nil {
			t.Fatal(err)
		}
		rec = httptest.NewRecorder()
		a.Handler().ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/public/services", nil))
		if !strings.Contains(rec.Body.String(), `"answers":0,"index":null,"grade":null,"interval":null`) {
			t.Errorf("a service without answers: %s", rec.Body)
		}
	})
}
