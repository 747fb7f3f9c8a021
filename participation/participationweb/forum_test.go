package participationweb

import (
	"net/http"
	"strings"
	"testing"
)

// join makes a member through the pages and returns who to ask as.
func (s *site) join(t *testing.T, name string, confirm bool) string {
	t.Helper()
	p := s.do(t, "POST", "/forum/daftar", "", form("name", name))
	p.want(t, "joining", 200)
	var cookie *http.Cookie
	for _, c := range p.Cookies() {
		if c.Name == memberCookie {
			cookie = c
		}
	}
	if cookie == nil || !cookie.HttpOnly || cookie.Path != "/forum" || cookie.Value != p.text(t, "#kode-baru b") {
		t.Fatalf("the cookie is %+v", cookie)
	}
	if confirm {
		q := s.get(t, "/forum/moderasi", "hr")
		q.want(t, "the queue", 200)
		var id string
		for _, n := range q.all(t, "#warga form input[name=id]") {
			for _, a := range n.Attr {
				if a.Key == "value" {
					id = a.Val
				}
			}
		}
		s.do(t, "POST", "/forum/moderasi", "hr", form("what", "confirm", "id", id)).want(t, "confirming", 303)
	}
	return "warga:" + cookie.Value
}

func attr(t *testing.T, p page, selector, name string) string {
	t.Helper()
	for _, n := range p.all(t, selector) {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val
			}
		}
	}
	t.Fatalf("no %s at %s", name, selector)
	return ""
}

func TestCitizensAndOfficesTalk(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.ktp(t)
		service, err := s.office.Service(t.Context(), "ktp-el")
		if err != nil {
			t.Fatal(err)
		}
		s.do(t, "POST", "/forum/baru", "", form("title", "x")).want(t, "a topic by nobody", 303)
		warga := s.join(t, "Warga Penyengat", true)
		s.get(t, "/forum/baru", warga).want(t, "the form of a topic", 200)
		s.do(t, "POST", "/forum/baru", warga, form("title", "Buka di Penyengat")).want(t, "a topic without words", 422)
		p := s.do(t, "POST", "/forum/baru", warga, form("service", service.ID, "title", "Buka di Penyengat", "body", "Mohon **setiap pekan**.\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![x](http://evil/x.png)"))
		p.want(t, "a topic", 303)
		to := p.Header.Get("Location")
		s.get(t, to, "").want(t, "a topic nobody looked at", 404)
		s.get(t, to, warga).want(t, "the same for its author", 200)
		queue := s.get(t, "/forum/moderasi", "mod")
		queue.want(t, "the queue", 200)
		s.get(t, "/forum/moderasi", warga).want(t, "the queue for a member", 303)
		s.do(t, "POST", "/forum/moderasi", "mod", form("what", "topic", "id", attr(t, queue, "#topik input[name=id]", "value"), "do", "show")).want(t, "showing it", 303)
		p = s.get(t, to, "")
		p.want(t, "the topic", 200)
		if strings.Contains(p.body, "<script>alert") || strings.Contains(p.body, "javascript:") || strings.Contains(p.body, "evil") || !strings.Contains(p.body, "<strong>setiap pekan</strong>") {
			t.Errorf("markdown came out as %s", p.text(t, ".in"))
		}
		if strings.Contains(p.body, "[forum.") {
			t.Error("a sentence is missing")
		}
		s.talk(t, to, warga)
	})
}

// talk lets a member and the office write in a topic that is shown.
func (s *site) talk(t *testing.T, to, warga string) {
	t.Helper()
	s.do(t, "POST", to+"/tanggapan", "", form("body", "x")).want(t, "a post by nobody", 303)
	s.do(t, "POST", to+"/tanggapan", warga, form("body", "")).want(t, "an empty post", 422)
	s.do(t, "POST", to+"/tanggapan", warga, form("body", "Kami tunggu.")).want(t, "a post", 303)
	s.do(t, "POST", to+"/dukung", warga, form()).want(t, "support", 303)
	s.do(t, "POST", to+"/jawab", warga, form("body", "x")).want(t, "an official answer by a member", 303)
	s.do(t, "POST", to+"/jawab", "stranger", form("body", "x")).want(t, "an official answer of another unit", 403)
	s.do(t, "POST", to+"/jawab", "officer", form("body", "Dua kali sebulan.")).want(t, "an official answer", 303)
	p := s.get(t, to, "")
	if got := p.text(t, ".office-answer"); !strings.Contains(got, "Dua kali sebulan.") || !strings.Contains(got, "Dinas Kependudukan") {
		t.Errorf("the answer says %q", got)
	}
	if strings.Contains(p.body, "Rina") {
		t.Error("the official's name is shown")
	}
	if n := len(p.all(t, ".talk > li")); n != 2 {
		t.Errorf("%d posts", n)
	}
	s.get(t, "/forum", "").want(t, "the list", 200)
	if got := s.get(t, "/forum?q=penyengat", "").text(t, ".talk"); !strings.Contains(got, "Sudah dijawab") || !strings.Contains(got, "1 dukungan") {
		t.Errorf("the list says %q", got)
	}
	post := strings.TrimPrefix(attr(t, p, ".talk > li:first-child", "id"), "p-")
	other := s.join(t, "Tetangga", true)
	s.do(t, "POST", to+"/lapor", other, form("post", post, "reason", "")).want(t, "a flag without a reason", 422)
	s.do(t, "POST", to+"/lapor", other, form("post", post, "reason", "kasar")).want(t, "a flag", 303)
	s.do(t, "POST", "/forum/moderasi", "mod", form("what", "post", "id", post, "do", "hide", "reason", "menyebut orang")).want(t, "hiding", 303)
	if p = s.get(t, to, ""); !strings.Contains(p.text(t, ".talk"), "Disembunyikan: menyebut orang") || strings.Contains(p.body, "Kami tunggu.") {
		t.Error("the hidden post is read, or its reason is not")
	}
	s.do(t, "POST", to+"/banding", warga, form("post", post, "words", "tidak menyebut siapa pun")).want(t, "an appeal", 303)
	s.do(t, "POST", "/forum/moderasi", "mod", form("what", "appeal", "id", post, "do", "hide")).want(t, "one's own case", 403)
	s.do(t, "POST", "/forum/moderasi", "hr", form("what", "appeal", "id", post, "do", "show")).want(t, "the appeal", 303)
	s.do(t, "POST", to+"/tahap", "officer", form("version", "2", "to", "result")).want(t, "the next phase", 303)
}

func TestACodeBringsAMemberBack(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		code := strings.TrimPrefix(s.join(t, "Warga Satu", false), "warga:")
		s.do(t, "POST", "/forum/masuk", "", form("kode", "AAAA-BBBB-CCCC")).want(t, "a wrong code", 422)
		p := s.do(t, "POST", "/forum/masuk", "", form("kode", strings.ToLower(code), "lanjut", "https://evil.example/"))
		p.want(t, "the code", 303)
		if to := p.Header.Get("Location"); to != "/forum" {
			t.Errorf("leads to %s", to)
		}
		s.do(t, "POST", "/forum/daftar", "", form("name", "Warga Satu")).want(t, "a name that is taken", 422)
		if got := s.get(t, "/forum", "warga:"+code).text(t, ".line"); !strings.Contains(got, "Warga Satu") || !strings.Contains(got, "Belum dikonfirmasi") {
			t.Errorf("the forum says %q", got)
		}
		tries := 0
		for range 60 {
			if s.do(t, "POST", "/forum/masuk", "", form("kode", "AAAA-BBBB-CCCC")).StatusCode == 429 {
				tries++
			}
		}
		if tries < 20 {
			t.Errorf("sixty guesses, %d refused", tries)
		}
	})
}
