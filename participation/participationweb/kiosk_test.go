package participationweb

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/participation"
)

// device registers a kiosk and returns the path of its link.
func (s *site) device(t *testing.T) string {
	t.Helper()
	made := s.do(t, "POST", "/survei/layanan/ktp-el/kios", "officer", url.Values{"kiosk": {"Tablet loket 1"}})
	made.want(t, "register a kiosk", 200)
	link := strings.TrimPrefix(made.text(t, "#kios-baru code"), "https://gurindam.example")
	if !regexp.MustCompile(`^/s/ktp-el/kios\?alat=[0-9a-f]{32}$`).MatchString(link) {
		t.Fatalf("the link is %q", link)
	}
	return link
}

func TestAKioskTakesAnswersOnceEachAndReturnsToItsStart(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.ktp(t)
		link := s.device(t)
		form := s.get(t, link, "")
		form.want(t, "the kiosk", 200)
		if len(form.all(t, ".big")) != 9 || len(form.all(t, "#token")) != 0 || len(form.all(t, "[data-kiosk-begin]")) != 1 {
			t.Error("the kiosk's form is not whole, or asks for a slip")
		}
		for _, a := range form.all(t, ".lang a") {
			if !strings.Contains(a.Attr[0].Val, "alat=") {
				t.Errorf("a language link loses the key: %v", a.Attr)
			}
		}
		late := with(nine("3"), "ref", strings.Repeat("ab", 16), "day", "2026-11-20", "seconds", "40")
		for range 3 {
			s.do(t, "POST", link, "", late).want(t, "an answer that waited", 204)
		}
		s.do(t, "POST", link, "", with(nine("4"), "ref", strings.Repeat("cd", 16), "day", "2026-11-23", "seconds", "2")).want(t, "a hasty one", 204)
		plain := s.do(t, "POST", link+"&lang=en", "", nine("2"))
		plain.want(t, "without a script", 303)
		thanks := s.get(t, plain.Header.Get("Location"), "")
		thanks.want(t, "the thanks", 200)
		if to := thanks.Header.Get("Refresh"); to != "10; url="+link {
			t.Errorf("the thanks lead to %q", to)
		}
		if n := s.answers(t, w.ID); n != 3 {
			t.Errorf("%d answers stored", n)
		}
		service, w, err := s.office.Wave(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.office.Result(t.Context(), service, w)
		if err != nil || r.Held != 1 || r.Answers != 2 {
			t.Errorf("%d count, %d held, %v", r.Answers, r.Held, err)
		}
		for _, x := range r.Strata {
			if x.Stratum != participation.Kiosk && x.Answers > 0 {
				t.Errorf("answers of a kiosk stand under %s", x.Stratum)
			}
		}
	})
}

func TestWhatAKioskCannotSendIsTold(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.ktp(t)
		link := s.device(t)
		ref := strings.Repeat("ef", 16)
		for name, c := range map[string]struct {
			path   string
			form   url.Values
			status int
		}{
			"five":            {link, with(nine("3"), "ref", ref, "time", "5"), 422},
			"a tenth element": {link, with(nine("3"), "ref", ref, "charter", "5"), 422},
			"a short name":    {link, with(nine("3"), "ref", "1"), 422},
			"no key":          {"/s/ktp-el/kios", with(nine("3"), "ref", ref), 403},
			"another key":     {"/s/ktp-el/kios?alat=" + ref, with(nine("3"), "ref", ref), 403},
			"no such service": {"/s/nowhere/kios?alat=" + ref, with(nine("3"), "ref", ref), 404},
			"a day of none":   {link, with(nine("3"), "ref", ref, "day", "2026-09-29"), 409},
		} {
			p := s.do(t, "POST", c.path, "", c.form)
			p.want(t, name, c.status)
			if c.status == 422 && (strings.Contains(p.body, "<") || strings.Contains(p.body, "[survey.")) {
				t.Errorf("%s: a script is told %q", name, p.body)
			}
		}
		wrong := s.do(t, "POST", link, "", with(nine("3"), "time", "5"))
		wrong.want(t, "without a script", 422)
		if len(wrong.all(t, "#q-time[aria-invalid=true]")) != 1 || len(wrong.all(t, "input[checked]")) != 8 {
			t.Error("the plain form does not come back with its mistake")
		}
		if n := s.answers(t, w.ID); n != 0 {
			t.Errorf("%d answers stored", n)
		}
		desk := s.get(t, "/survei/layanan/ktp-el", "officer")
		end := desk.all(t, "#kios form[action$=berhenti]")
		if len(end) != 1 {
			t.Fatalf("%d devices can be ended", len(end))
		}
		for _, a := range end[0].Attr {
			if a.Key == "action" {
				s.do(t, "POST", a.Val, "stranger", url.Values{}).want(t, "a stranger ends it", 403)
				s.do(t, "POST", a.Val, "officer", url.Values{}).want(t, "the officer ends it", 303)
			}
		}
		s.get(t, link, "").want(t, "an ended kiosk", 403)
	})
}

func TestACodeIsExchangedForABlindToken(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.ktp(t)
		codes, err := s.office.IssueCodes(t.Context(), staff["officer"], w.ID, 2)
		if err != nil {
			t.Fatal(err)
		}
		p := s.get(t, "/s/ktp-el?k="+string(codes[0]), "")
		place := p.all(t, "[data-blind='/s/ktp-el/kupon']")
		if len(place) != 1 {
			t.Fatal("the form does not say where to blind")
		}
		var key []byte
		for _, a := range place[0].Attr {
			if a.Key == "data-key" {
				if key, err = base64.RawURLEncoding.DecodeString(a.Val); err != nil {
					t.Fatal(err)
				}
			}
		}
		wallet, err := token.NewWallet(rand.Reader, key)
		if err != nil {
			t.Fatal(err)
		}
		ask := url.Values{"code": {string(codes[0])}, "blinded": {base64.RawURLEncoding.EncodeToString(wallet.Blinded)}}
		var signed struct{ Signature string }
		for range 2 { // the first answer may be lost on the way
			a := s.do(t, "POST", "/s/ktp-el/kupon", "", ask)
			a.want(t, "the exchange", 200)
			if err := json.Unmarshal([]byte(a.body), &signed); err != nil {
				t.Fatal(err)
			}
		}
		raw, err := base64.RawURLEncoding.DecodeString(signed.Signature)
		if err != nil {
			t.Fatal(err)
		}
		blind, err := wallet.Finish(raw)
		if err != nil {
			t.Fatal(err)
		}
		other, err := token.NewWallet(rand.Reader, key)
		if err != nil {
			t.Fatal(err)
		}
		ask.Set("blinded", base64.RawURLEncoding.EncodeToString(other.Blinded))
		s.do(t, "POST", "/s/ktp-el/kupon", "", ask).want(t, "a second token for one code", 409)
		s.do(t, "POST", "/s/ktp-el", "", with(nine("3"), "token", string(codes[0]))).want(t, "the code after it was exchanged", 422)
		s.do(t, "POST", "/s/ktp-el", "", with(nine("3"), "token", blind.Text())).want(t, "the blind token", 303)
		s.do(t, "POST", "/s/ktp-el", "", with(nine("3"), "token", blind.Text())).want(t, "the blind token again", 422)
		ask.Set("code", "AAAA-AAAA-AAAB")
		s.do(t, "POST", "/s/ktp-el/kupon", "", ask).want(t, "a mistyped code", 422)
		ask.Set("blinded", "%%%")
		s.do(t, "POST", "/s/ktp-el/kupon", "", ask).want(t, "no message", 422)
		_, w, err = s.office.Wave(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		turnout, err := s.office.Turnout(t.Context(), w)
		if err != nil || turnout.Issued != 2 || turnout.Signed != 1 || turnout.Used != 1 {
			t.Errorf("%+v, %v", turnout, err)
		}
	})
}
