package participationweb

import (
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/participation"
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// nine is a filled-in form.
func nine(mark string) url.Values {
	v := url.Values{}
	for _, key := range participation.Nine() {
		v.Set(key, mark)
	}
	return v
}

func with(v url.Values, pairs ...string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func (s *site) answers(t *testing.T, waveID string) int {
	t.Helper()
	_, w, err := s.office.Wave(t.Context(), waveID)
	if err != nil {
		t.Fatal(err)
	}
	return w.Answers
}

func TestTheFormAsksNineQuestionsInBothLanguages(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		s.ktp(t)
		p := s.get(t, "/s/ktp-el", "")
		p.want(t, "the form", 200)
		if n := len(p.all(t, ".big")); n != 9 {
			t.Errorf("%d questions", n)
		}
		if n := len(p.all(t, ".big input[type=radio]")); n != 36 {
			t.Errorf("%d answers", n)
		}
		if got := p.text(t, "#q-time h1"); got != "Bagaimana pendapat Anda tentang kecepatan layanan?" {
			t.Errorf("the question about time is %q", got)
		}
		if got := p.text(t, "#q-time p"); got != "Janji kami: selesai 1 hari kerja." {
			t.Errorf("the promise is %q", got)
		}
		en := s.get(t, "/s/ktp-el?lang=en&huruf=besar", "")
		if got := en.text(t, "#q-time h1"); got != "How quick is the service?" || en.text(t, ".who b") != "Identity card" {
			t.Errorf("in English: %q", got)
		}
		if len(en.all(t, "main.large")) != 1 || strings.Contains(en.body, "[survey.") {
			t.Error("large print is missing, or a sentence is")
		}
		if strings.Contains(p.body, "[survey.") {
			t.Error("a sentence is missing")
		}
		if len(p.Cookies()) != 0 {
			t.Errorf("the survey sets cookies: %v", p.Cookies())
		}
	})
}

// With the stylesheet (about 12 KB compressed) the page must stay below 30 KB.
func TestTheFormIsLight(t *testing.T) {
	s := newSite(t, repotest.OpenSQLite(t, tables), nil)
	s.ktp(t)
	p := s.get(t, "/s/ktp-el", "")
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	if _, err := zip.Write([]byte(p.body)); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	if len(p.body) > 24<<10 || packed.Len() > 5<<10 {
		t.Errorf("the form weighs %d bytes, %d compressed", len(p.body), packed.Len())
	}
}

func TestAnAnswerIsThankedOnceItIsStored(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.ktp(t)
		p := s.do(t, "POST", "/s/ktp-el", "", nine("3"))
		p.want(t, "a plain post", 303)
		if to := p.Header.Get("Location"); to != "/s/ktp-el/terima-kasih" {
			t.Errorf("leads to %s", to)
		}
		if n := s.answers(t, w.ID); n != 1 {
			t.Errorf("%d answers stored", n)
		}
		p = s.do(t, "POST", "/s/ktp-el?lang=en", "", with(nine("4"), "sex", "f", "age", "30-44", "words", "Antre <script>alert(1)</script>"))
		p.want(t, "a full post", 303)
		thanks := s.get(t, p.Header.Get("Location"), "")
		thanks.want(t, "the thanks", 200)
		if got := thanks.text(t, "h1"); got != "Thank you, your answer is stored" {
			t.Errorf("thanks in the wrong language: %q", got)
		}
	})
}

func TestWhatIsWrongIsShownWithTheForm(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.ktp(t)
		for name, form := range map[string]url.Values{
			"zero":               with(nine("3"), "time", "0"),
			"five":               with(nine("3"), "time", "5"),
			"a word":             with(nine("3"), "time", "cepat"),
			"a long number":      with(nine("3"), "time", strings.Repeat("9", 100)),
			"a missing one":      func() url.Values { v := nine("3"); v.Del("time"); return v }(),
			"a script":           with(nine("3"), "time", "<script>alert(1)</script>"),
			"an unknown profile": with(nine("3"), "sex", "x"),
			"a tenth element":    with(nine("3"), "charter", "4"),
			"two answers to one": func() url.Values { v := nine("3"); v.Add("time", "4"); return v }(),
			"a novel":            with(nine("3"), "words", strings.Repeat("a", 1001)),
			"a mistyped slip":    with(nine("3"), "token", "AAAA-AAAA-AAAB"),
			"a broken token":     with(nine("3"), "token", strings.Repeat("A", 427)),
			"nothing at all":     {},
		} {
			p := s.do(t, "POST", "/s/ktp-el", "", form)
			p.want(t, name, 422)
			if len(p.all(t, "form.svyf")) != 1 || len(p.all(t, ".note.bad")) != 1 {
				t.Errorf("%s: the form does not come back with its mistake", name)
			}
			if strings.Contains(p.body, "<script>alert") {
				t.Errorf("%s: a script came through", name)
			}
		}
		p := s.do(t, "POST", "/s/ktp-el", "", with(nine("3"), "time", "5", "words", "Lama \"sekali\"", "sex", "f"))
		if got := p.text(t, "textarea"); got != "Lama \"sekali\"" {
			t.Errorf("the words were lost: %q", got)
		}
		if len(p.all(t, "input[type=radio][checked]")) != 8 || len(p.all(t, "option[selected]")) != 1 || len(p.all(t, "#q-time[aria-invalid=true]")) != 1 {
			t.Error("answers were lost or the mistake is not marked")
		}
		if n := s.answers(t, w.ID); n != 0 {
			t.Errorf("%d answers stored", n)
		}
	})
}

func TestAddressesThatAreNone(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.ktp(t)
		s.get(t, "/s/no-such", "").want(t, "an unknown code", 404)
		s.do(t, "POST", "/s/no-such", "", nine("3")).want(t, "an answer to an unknown code", 404)
		s.do(t, "POST", "/s/ktp-el", "", with(nine("3"), "words", strings.Repeat("a", 1<<20))).want(t, "a megabyte", 413)
		if err := s.office.CloseWave(t.Context(), staff["officer"], w.ID); err != nil {
			t.Fatal(err)
		}
		s.get(t, "/s/ktp-el", "").want(t, "the form of a closed wave", 409)
		s.do(t, "POST", "/s/ktp-el", "", nine("3")).want(t, "an answer to a closed wave", 409)
		if n := s.answers(t, w.ID); n != 0 {
			t.Errorf("%d answers stored", n)
		}
	})
}

func TestTooThickIsToldAndNothingIsLost(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.ktp(t)
		var taken, refused int
		var last page
		for range 60 {
			last = s.do(t, "POST", "/s/ktp-el", "", with(nine("3"), "words", "Antre lama"))
			switch last.StatusCode {
			case 303:
				taken++
			case 429:
				refused++
			default:
				t.Fatalf("status %d", last.StatusCode)
			}
		}
		if taken != 30 || refused != 30 || s.answers(t, w.ID) != 30 {
			t.Errorf("%d taken, %d refused, %d stored", taken, refused, s.answers(t, w.ID))
		}
		if last.Header.Get("Retry-After") == "" || len(last.all(t, "input[checked]")) != 9 || last.text(t, "textarea") != "Antre lama" {
			t.Error("the refused form came back without its answers")
		}
		s.now = s.now.Add(time.Minute)
		s.do(t, "POST", "/s/ktp-el", "", nine("2")).want(t, "a minute later", 303)
	})
}

func TestWithoutARateEverythingIsTaken(t *testing.T) {
	s := newSite(t, repotest.OpenSQLite(t, tables), func(c *Config) { c.NoRate = true })
	w := s.ktp(t)
	for range 100 {
		s.do(t, "POST", "/s/ktp-el", "", nine("4")).want(t, "a load test", 303)
	}
	service, w, err := s.office.Wave(t.Context(), w.ID)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.office.Result(t.Context(), service, w)
	if err != nil || w.Answers != 100 || r.Held != 0 {
		t.Errorf("%d answers, %d held, %v", w.Answers, r.Held, err)
	}
}

func TestASlipWorksOnce(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		w := s.ktp(t)
		codes, err := s.office.IssueCodes(t.Context(), staff["officer"], w.ID, 2)
		if err != nil {
			t.Fatal(err)
		}
		p := s.get(t, "/s/ktp-el?k="+string(codes[0]), "")
		if got := p.all(t, "#token[value='"+string(codes[0])+"']"); len(got) != 1 {
			t.Error("the code of the address is not in the form")
		}
		form := with(nine("3"), "token", strings.ToLower(string(codes[0])))
		s.do(t, "POST", "/s/ktp-el", "", form).want(t, "the first use", 303)
		again := s.do(t, "POST", "/s/ktp-el", "", form)
		again.want(t, "the second use", 422)
		if !strings.Contains(again.text(t, "#token-e"), "sudah dipakai") || len(again.all(t, "input[checked]")) != 9 {
			t.Errorf("told: %q", again.text(t, "#token-e"))
		}
	})
}
