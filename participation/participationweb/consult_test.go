package participationweb

import (
	"strings"
	"testing"
)

func TestAConsultationOnPages(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.ktp(t)
		service, err := s.office.Service(t.Context(), "ktp-el")
		if err != nil {
			t.Fatal(err)
		}
		plan := form("service", service.ID, "topic", "Standar KTP-el", "held_on", "2026-11-20", "place", "Aula", "background", "Hasil survei <script>x</script>")
		s.do(t, "POST", "/fkp", "", plan).want(t, "the public planning", 303)
		s.do(t, "POST", "/fkp", "stranger", plan).want(t, "another unit planning", 403)
		s.do(t, "POST", "/fkp", "auditor", plan).want(t, "the auditor planning", 403)
		s.do(t, "POST", "/fkp", "officer", form("topic", "x")).want(t, "half a plan", 422)
		p := s.do(t, "POST", "/fkp", "officer", plan)
		p.want(t, "a plan", 303)
		to := p.Header.Get("Location")
		s.get(t, to, "stranger").want(t, "another unit looking", 403)
		s.do(t, "POST", to, "officer", form("do", "guest", "guest", "Ibu Siti", "kind", "king")).want(t, "a kind that is none", 422)
		s.do(t, "POST", to, "officer", form("do", "guest", "guest", "Ibu Siti", "kind", "user", "came", "1")).want(t, "a guest", 303)
		s.do(t, "POST", to, "officer", form("do", "agree")).want(t, "agreeing too early", 422)
		s.do(t, "POST", to, "officer", form("do", "minutes", "minutes", "Dibuka pukul 09.00")).want(t, "minutes", 303)
		wrong := s.do(t, "POST", to, "officer", form("do", "point", "issue", "Antre lama"))
		wrong.want(t, "half a point", 422)
		if got := attr(t, wrong, "input[name=issue]", "value"); got != "Antre lama" {
			t.Errorf("what was typed is %q", got)
		}
		s.do(t, "POST", to, "officer", form("do", "point", "issue", "Antre lama", "agreement", "Per jam", "owner", "Sekretaris", "due_on", "2026-12-31")).want(t, "a point", 303)
		s.do(t, "POST", to, "officer", form("do", "agree")).want(t, "agreeing", 303)
		s.do(t, "POST", to, "officer", form("do", "minutes", "minutes", "lain")).want(t, "changing what was agreed", 422)
		p = s.get(t, to, "officer")
		p.want(t, "the forum", 200)
		if strings.Contains(p.body, "[consult.") || strings.Contains(p.body, "<script>x") || !strings.Contains(p.text(t, "main"), "Disepakati") {
			t.Errorf("the page says %.300s", p.text(t, "main"))
		}
		if words := pdfText(t, s.get(t, to+"/berita-acara.pdf", "officer").body); !strings.Contains(words, "Berita Acara") || !strings.Contains(words, "Ibu Siti") || !strings.Contains(words, "Per jam") {
			t.Errorf("the document says %s", words)
		}
		if got := s.get(t, "/layanan/ktp-el", "").text(t, ".said"); !strings.Contains(got, "Antre lama") {
			t.Errorf("the public page says %q", got)
		}
		s.get(t, "/fkp", "officer").want(t, "the list", 200)
	})
}
