package voicesweb_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/appraisal/voices/voicesweb"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/static"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/rulebook"
)

// office has six subordinates around everybody.
type office struct{}

func (office) Around(_ context.Context, _ db.Queryer, person string, _ voices.Day) (voices.Circle, error) {
	c := voices.Circle{
		About:  voices.About{PersonID: person, Name: "Rina Marlina", Post: "Kepala Bidang", UnitID: "bidang", Unit: "Bidang", EvaluatorID: "kepala"},
		People: map[voices.GroupCode][]string{},
	}
	for i := range 6 {
		c.People[voices.Subordinates] = append(c.People[voices.Subordinates], fmt.Sprintf("b%d", i))
	}
	return c, nil
}

func (office) Within(context.Context, string, string) (bool, error) { return false, nil }

// sessions take the person's id for a session, and note who was looked up.
type sessions struct{ seen []string }

func (s *sessions) Actor(_ context.Context, token string, _ time.Time) (account.Actor, error) {
	s.seen = append(s.seen, token)
	return account.Actor{ID: "acc-" + token, PersonID: token, Name: token}, nil
}

type site struct {
	t        *testing.T
	handler  http.Handler
	svc      *voices.Service
	db       *db.DB
	clock    *time.Time
	sessions *sessions
	log      *strings.Builder
}

func eachSite(t *testing.T, fn func(s site)) {
	key, err := token.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	migrations := []db.Migrations{ledger.Migrations(), task.Migrations(), policy.Migrations(), token.Migrations(), voices.Migrations()}
	repotest.EachDB(t, migrations, func(t *testing.T, d *db.DB) { fn(newSite(t, d, key)) })
}

func newSite(t *testing.T, d *db.DB, key token.Key) site {
	t.Helper()
	library, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := i18n.NewBundle(web.Locale, ui.Locale, account.Locale, token.Locale, rulebook.Locale, questionnaire.Locale, voices.Locale, voicesweb.Locale)
	if err != nil {
		t.Fatal(err)
	}
	clock := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	now := func() time.Time { return clock }
	access := account.NewAccess(office{})
	s := site{t: t, db: d, clock: &clock, sessions: &sessions{}, log: &strings.Builder{}}
	s.svc = voices.New(voices.Config{
		DB: d, Access: access, People: office{}, Books: policy.New(d, access, library, now), Now: now,
		NewKey: func() (token.Key, error) { return key, nil },
	})
	s.handler = web.New(web.Config{
		Bundle: bundle, Access: access, Sessions: s.sessions, Static: static.Handler(), Now: now, Zone: time.UTC,
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}, voicesweb.Routes(voicesweb.Config{Voices: s.svc})).Handler()
	return s
}

// call sends a request as a browser with a session does: the cookie goes along
// wherever the page is.
func (s site) call(method, path, as string, form url.Values) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if as != "" {
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: as})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

func (s site) want(w *httptest.ResponseRecorder, status int, words ...string) string {
	s.t.Helper()
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if w.Code != status {
		s.t.Fatalf("answered %d, want %d: %s", w.Code, status, body)
	}
	for _, x := range words {
		if !strings.Contains(string(body), x) {
			s.t.Errorf("%q is not on the page", x)
		}
	}
	if strings.Contains(string(body), "[voices") || strings.Contains(string(body), "[ui.") {
		s.t.Error("a sentence is missing")
	}
	return string(body)
}

func (s site) on(day string) {
	s.t.Helper()
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		s.t.Fatal(err)
	}
	*s.clock = t.Add(9 * time.Hour)
	if err := s.svc.Turn(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// open asks for a round about rina by the form and returns its id.
func (s site) open() string {
	s.t.Helper()
	s.want(s.call("GET", "/suara/baru", "rina", nil), 200, "Rina Marlina", "Mulai putaran", "6 orang")
	w := s.call("POST", "/suara", "rina", url.Values{"orang": {"rina"}, "groups": {"bawahan"}, "draw_until": {"2026-11-07"}, "answer_until": {"2026-11-17"}})
	s.want(w, 422, "2026-11-17")
	w = s.call("POST", "/suara", "rina", url.Values{"orang": {"rina"}, "purpose": {"Bahan dialog."}, "groups": {"bawahan"}, "draw_until": {"2026-11-07"}, "answer_until": {"17/11/2026"}})
	s.want(w, 303)
	return strings.TrimPrefix(w.Header().Get("Location"), "/suara/")
}

// draw does what the browser's script does.
func (s site) draw(round, person string) string {
	s.t.Helper()
	page := s.want(s.call("GET", "/suara/"+round, person, nil), 200, "Ambil kupon")
	_, rest, _ := strings.Cut(page, `data-key="`)
	text, _, _ := strings.Cut(rest, `"`)
	public, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(text, "&#43;", "+"))
	if err != nil {
		s.t.Fatal(err)
	}
	wallet, err := token.NewWallet(rand.Reader, public)
	if err != nil {
		s.t.Fatal(err)
	}
	w := s.call("POST", "/suara/"+round+"/kupon", person, url.Values{"blinded": {base64.RawURLEncoding.EncodeToString(wallet.Blinded)}})
	s.want(w, 200)
	var answer struct{ Signature string }
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		s.t.Fatal(err)
	}
	signature, err := base64.RawURLEncoding.DecodeString(answer.Signature)
	if err != nil {
		s.t.Fatal(err)
	}
	coupon, err := wallet.Finish(signature)
	if err != nil {
		s.t.Fatal(err)
	}
	return voices.Coupon(voices.Subordinates, coupon.Text())
}

func TestARoundInTheBrowser(t *testing.T) {
	eachSite(t, func(s site) {
		round := s.open()
		var coupons []string
		for i := range 5 {
			coupons = append(coupons, s.draw(round, fmt.Sprintf("b%d", i)))
		}
		page := s.want(s.call("POST", "/suara/"+round+"/kupon", "b5", nil), 200, "Simpan kupon Anda sekarang", "tak tertaut")
		_, rest, _ := strings.Cut(page, `id="kupon-sekali"`)
		_, rest, _ = strings.Cut(rest, ">")
		unlinked, _, _ := strings.Cut(rest, "<")
		coupons = append(coupons, unlinked)
		s.want(s.call("GET", "/t/"+round, "", nil), 409, "8 November 2026")
		s.on("2026-11-08")
		s.want(s.call("GET", "/suara", "b0", nil), 200, "Isi umpan balik")
		for i, c := range coupons {
			form := url.Values{"kupon": {c}, "m.pelayanan": {"3"}, "m.adil": {"4"}, "w.ubah": {fmt.Sprintf("Usul %d", i)}}
			w := s.call("POST", "/t/"+round, fmt.Sprintf("b%d", i), form)
			s.want(w, 303)
			s.want(s.call("GET", w.Header().Get("Location"), "", nil), 200, "Terima kasih")
			s.want(s.call("POST", "/t/"+round, "", form), 422, "Usul", `value="3" checked`)
		}
		s.want(s.call("GET", "/suara/"+round, "rina", nil), 200, "Mengisi")
		s.on("2026-11-18")
		s.want(s.call("GET", "/suara/"+round, "rina", nil), 200, "6 jawaban", "3,0", "4,0", "Usul 5")
		s.want(s.call("GET", "/t/"+round, "", nil), 409)
		s.want(s.call("GET", "/suara/"+round, "b0", nil), 200, "Siapa yang tahu")
		s.want(s.call("GET", "/suara/"+round, "orang-lain", nil), 403)
		s.want(s.call("GET", "/suara/baru", "rina", nil), 200, "Belum dapat dimulai")
	})
}

// Where answers are given no session is looked up and nothing is logged, even
// though the browser sends its cookie.
func TestAnsweringLeavesNoTraceInSessionsAndLogs(t *testing.T) {
	eachSite(t, func(s site) {
		round := s.open()
		var coupons []string
		for i := range 5 {
			coupons = append(coupons, s.draw(round, fmt.Sprintf("b%d", i)))
		}
		s.on("2026-11-08")
		s.sessions.seen = nil
		s.log.Reset()
		form := url.Values{"kupon": {coupons[0]}, "m.pelayanan": {"3"}}
		for _, step := range []func() *httptest.ResponseRecorder{
			func() *httptest.ResponseRecorder { return s.call("GET", "/t/"+round, "b0", nil) },
			func() *httptest.ResponseRecorder {
				return s.call("POST", "/t/"+round, "b0", url.Values{"kupon": {"salah"}})
			},
			func() *httptest.ResponseRecorder { return s.call("POST", "/t/"+round, "b0", form) },
			func() *httptest.ResponseRecorder { return s.call("GET", "/t/"+round+"/terima-kasih", "b0", nil) },
		} {
			w := step()
			if h := w.Header(); h.Get("Set-Cookie") != "" {
				t.Errorf("a cookie is set: %s", h.Get("Set-Cookie"))
			}
		}
		if len(s.sessions.seen) > 0 || s.log.Len() > 0 {
			t.Errorf("sessions %v, log %q", s.sessions.seen, s.log)
		}
		s.call("GET", "/suara", "b0", nil)
		if len(s.sessions.seen) == 0 || s.log.Len() == 0 {
			t.Error("elsewhere both are there, or this test sees nothing")
		}
	})
}

func TestEnglishPagesAreComplete(t *testing.T) {
	eachSite(t, func(s site) {
		round := s.open()
		s.want(s.call("GET", "/suara?lang=en", "b0", nil), 200, "Draw a token")
		s.want(s.call("GET", "/suara/"+round+"?lang=en", "b0", nil), 200, "Who knows what", "Fingerprint")
		s.want(s.call("GET", "/suara/baru?lang=en", "b0", nil), 200, "Begin the round")
		s.want(s.call("GET", "/t/"+round+"?lang=en", "", nil), 409, "Not open yet")
	})
}
