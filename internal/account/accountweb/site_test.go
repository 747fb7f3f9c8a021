package accountweb

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

const secret = "tiga perahu biru"

// city is a map of two units.
type city struct{}

func (city) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return unit == ancestor || ancestor == "kota", nil
}

func (city) UnitNames(_ context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		if id == "dinas" {
			names[id] = "Dinas <Contoh>"
		}
	}
	return names, nil
}

func (city) UnitChoices(context.Context) ([]UnitChoice, error) {
	return []UnitChoice{{"kota", "Kota", 0}, {"dinas", "Dinas <Contoh>", 1}}, nil
}

func (city) Invitable(_ context.Context, _ db.Queryer, unit string) ([]account.Invitee, error) {
	return []account.Invitee{
		{PersonID: "p1", NIP: "198609262015051001", Name: "Arif <b>Hidayat</b>", UnitID: "dinas", Unit: "Dinas <Contoh>", Kind: "pns"},
		{PersonID: "p2", NIP: "199001012020011002", Name: "Siti Nurhaliza binti Abdul Rahman al-Haj, S.Sos., M.Si.", UnitID: "dinas", Unit: "Dinas <Contoh>", Kind: "pppk"},
		{PersonID: "p3", Name: "Tanpa NIP", UnitID: "dinas", Unit: "Dinas <Contoh>", Kind: "pns"},
	}, nil
}

// site is the pages served for a test.
type site struct {
	t    *testing.T
	url  string
	db   *db.DB
	svc  *account.Service
	time time.Time
}

func eachSite(t *testing.T, fn func(t *testing.T, s *site)) {
	repotest.EachDB(t, []db.Migrations{account.Migrations(), ledger.Migrations()}, func(t *testing.T, d *db.DB) {
		fn(t, newSite(t, d))
	})
}

func newSite(t *testing.T, d *db.DB) *site {
	t.Helper()
	s := &site{t: t, db: d, time: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	now := func() time.Time { return s.time }
	access := account.NewAccess(city{})
	s.svc = account.New(account.Config{DB: d, Access: access, Roster: city{}, Hash: account.HashCost{MemoryKiB: 64, Passes: 1}, Now: now})
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := s.svc.Machine().Add(t.Context(), tx,
			account.NewAccount{Username: "admin", Password: secret, Roles: []account.Grant{{Role: account.SysAdmin}}},
			account.NewAccount{Username: "bkpsdm", Name: "Hendri", Password: secret, Roles: []account.Grant{{Role: account.HR}}},
			account.NewAccount{Username: "pegawai", Name: "Dewi <i>Rahmawati</i>", PersonID: "dewi", Password: secret},
			account.NewAccount{Username: "baru", Password: secret, MustChange: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := i18n.NewBundle(account.Locale, Locale, web.Locale, ui.Locale)
	if err != nil {
		t.Fatal(err)
	}
	pages := web.New(web.Config{
		Agency: "Kota Contoh", Bundle: bundle, Access: access, Sessions: s.svc, Static: http.NotFoundHandler(),
		Now: now, Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
	}, Routes(Config{Accounts: s.svc, Units: city{}, Agency: "Kota Contoh", Demo: []string{"pegawai"}, DemoPass: secret}), web.ShellRoutes())
	server := httptest.NewServer(pages.Handler())
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// visitor is a browser without script.
type visitor struct {
	s      *site
	client *http.Client
}

func (s *site) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &visitor{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (s *site) as(username string) *visitor {
	s.t.Helper()
	v := s.visitor()
	if a := v.post("/login", "username", username, "password", secret); a.code != http.StatusSeeOther {
		s.t.Fatalf("sign in as %s: %d", username, a.code)
	}
	return v
}

// answer is what came back.
type answer struct {
	code   int
	to     string // Location
	body   string
	header http.Header
}

func (v *visitor) get(path string) answer {
	v.s.t.Helper()
	return v.do(http.MethodGet, path, nil)
}

func (v *visitor) post(path string, pairs ...string) answer {
	v.s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return v.do(http.MethodPost, path, form)
}

func (v *visitor) do(method, path string, form url.Values) answer {
	v.s.t.Helper()
	req, err := http.NewRequestWithContext(v.s.t.Context(), method, v.s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.s.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := v.client.Do(req)
	if err != nil {
		v.s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.s.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header.Get("Location"), string(body), res.Header}
}

// want checks the status and that the body has the texts.
func (a answer) want(t *testing.T, what string, code int, texts ...string) answer {
	t.Helper()
	if a.code != code {
		t.Errorf("%s: status %d, want %d", what, a.code, code)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("%s: no %q in the page", what, text)
		}
	}
	return a
}

// find returns the first group of the pattern in the page.
func (a answer) find(t *testing.T, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(a.body)
	if m == nil {
		t.Fatalf("no %s in the page", pattern)
	}
	return m[1]
}

func (s *site) id(username string) string {
	s.t.Helper()
	id, err := db.One(s.t.Context(), s.db, `SELECT id FROM account WHERE username_key = $1`, db.Value[string], username)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// actorOf signs in and returns who that is.
func actorOf(t *testing.T, s *site, username string) account.Actor {
	t.Helper()
	token, err := s.svc.SignIn(t.Context(), username, secret, account.Device{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.svc.Actor(t.Context(), token, s.time)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
