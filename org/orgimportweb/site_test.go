package orgimportweb

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/static"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/org/orgimport"
	"github.com/gurindam/gurindam/rulebook"
)

type books struct{ lib *rulebook.Library }

func (b books) At(_ context.Context, day string) (*rulebook.Book, error) {
	return b.lib.At(rulebook.Day(day), "")
}

// people signs in whoever the cookie names.
type people map[string]account.Actor

func (p people) Actor(_ context.Context, token string, _ time.Time) (account.Actor, error) {
	return p[token], nil
}

// site is the pages on a database of their own.
type site struct {
	*httptest.Server
	jobs *job.Runner
}

func eachSite(t *testing.T, fn func(t *testing.T, s *site)) {
	tables := []db.Migrations{ledger.Migrations(), job.Migrations(), org.Migrations(), orgimport.Migrations()}
	repotest.EachDB(t, tables, func(t *testing.T, d *db.DB) { fn(t, newSite(t, d)) })
}

func newSite(t *testing.T, d *db.DB) *site {
	t.Helper()
	lib, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := i18n.NewBundle(Locale, orgimport.Locale, org.Locale, web.Locale, ui.Locale, sheet.Locale, rulebook.Locale, account.Locale, job.Locale)
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) }
	store := org.NewStore(d, now, time.UTC)
	access := account.NewAccess(store)
	svc, err := orgimport.New(orgimport.Config{Store: store, Access: access, Books: books{lib}, Dir: filepath.Join(t.TempDir(), "import"), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{jobs: job.NewRunner(d, job.Config{Now: now})}
	svc.Handle(s.jobs)
	pages := web.New(web.Config{
		Agency: "Kota Contoh", Bundle: bundle, Access: access, Static: static.Handler(), Now: now, Zone: time.UTC,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Sessions: people{
			"hr":    {ID: "hr", Name: "Rina", Grants: []account.Grant{{Role: account.HR}}},
			"staff": {ID: "staff", Name: "Budi"},
		},
	}, Routes(svc))
	s.Server = httptest.NewServer(pages.Handler())
	t.Cleanup(s.Close)
	return s
}

// browser is somebody at the pages, with a cookie and without JavaScript.
type browser struct {
	*http.Client
	s *site
	t *testing.T
}

func (s *site) as(t *testing.T, who string) browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	jar.SetCookies(u, []*http.Cookie{{Name: web.SessionCookie, Value: who}})
	return browser{&http.Client{Jar: jar}, s, t}
}

// page is an answer as a tree.
type page struct {
	*html.Node
	status int
	path   string
}

func (b browser) read(r *http.Response, err error) page {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	node, err := html.Parse(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return page{node, r.StatusCode, r.Request.URL.Path}
}

func (b browser) get(path string) page { return b.read(b.Get(b.s.URL + path)) }

// upload sends a form with a file; the file stands where the form has it.
func (b browser) upload(path, name, content string, fields map[string]string) page {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, v := range fields {
		_ = w.WriteField(k, v) // a buffer takes everything
	}
	if name != "" {
		part, _ := w.CreateFormFile("file", name)
		_, _ = io.WriteString(part, content)
	}
	_ = w.Close()
	return b.read(b.Post(b.s.URL+path, w.FormDataContentType(), &body))
}

func (s *site) work(t *testing.T) {
	t.Helper()
	if _, err := s.jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// words returns the text of what a selector finds.
func (p page) words(selector string) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range cascadia.QueryAll(p.Node, cascadia.MustCompile(selector)) {
		walk(n)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (p page) has(selector string) bool {
	return cascadia.Query(p.Node, cascadia.MustCompile(selector)) != nil
}

const units = "id,parent,name\nK,,Pemerintah Kota Contoh\nD,K,Dinas Pendidikan\nS,S,\nT,T,SD Negeri 001\n"

func dates() map[string]string { return map[string]string{"at": "2026-11-23", "since": "2026-01-01"} }

func TestAFileIsSentSeenAndLoaded(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		hr := s.as(t, "hr")
		if start := hr.get("/impor"); start.status != http.StatusOK || !start.has(`a[href="/impor/units"]`) || !strings.Contains(start.words(".alert"), "Peta masih kosong") {
			t.Fatalf("%d %s", start.status, start.words("main"))
		}
		form := hr.get("/impor/units")
		if !form.has(`form[enctype="multipart/form-data"] input[type=file][name=file]`) || !form.has(`input[name=since][value="2026-01-01"]`) || !form.has(`input[name=mapping][value="banyuwangi-unor"]`) {
			t.Error(form.words("main"))
		}
		p := hr.upload("/impor/units", "unit.csv", units, dates())
		if !strings.HasPrefix(p.path, "/impor/berkas/") || !p.has("[data-hx-get]") || !p.has("progress") {
			t.Fatalf("%d %s: %s", p.status, p.path, p.words("main"))
		}
		s.work(t)
		seen := hr.get(p.path)
		if seen.has("[data-hx-get]") || !seen.has(`form[action$="/muat"] button.go`) {
			t.Fatal(seen.words("main"))
		}
		for selector, want := range map[string]string{"#ditolak tbody": "Nama kosong", "#peringatan": "SD Negeri 001", "#perubahan": "Dinas Pendidikan", "#hasil": "Yang akan terjadi"} {
			if !strings.Contains(seen.words(selector), want) {
				t.Errorf("%s: no %q in %q", selector, want, seen.words(selector))
			}
		}
		hr.read(hr.PostForm(s.URL+p.path+"/muat", nil))
		s.work(t)
		if done := hr.get(p.path); !strings.Contains(done.words(".alert"), "Dimuat pada") || done.has(`form[action$="/muat"]`) {
			t.Error(done.words("main"))
		}
		again := hr.upload("/impor/units", "unit.csv", units, dates())
		s.work(t)
		if same := hr.get(again.path); same.has(`form[action$="/muat"]`) || !strings.Contains(same.words(".alert"), "sudah sama dengan peta") {
			t.Error(same.words("main"))
		}
		if list := hr.get("/impor"); strings.Count(list.words("#riwayat"), "unit.csv") != 2 {
			t.Error(list.words("#riwayat"))
		}
	})
}

func TestRejectedRowsAreTakenHome(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		hr := s.as(t, "hr")
		p := hr.upload("/impor/units", "unit.csv", units, dates())
		s.work(t)
		for _, format := range []string{sheet.CSV, sheet.XLSX} {
			r, err := hr.Get(s.URL + p.path + "/ditolak." + format)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(r.Body)
			_ = r.Body.Close()
			if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != sheet.MediaType(format) || !strings.Contains(r.Header.Get("Content-Disposition"), "ditolak-") || len(body) == 0 {
				t.Errorf("%s: %d %v", format, r.StatusCode, r.Header)
			}
		}
		if none := hr.get("/impor/berkas/nobody/ditolak.csv"); none.status != http.StatusNotFound {
			t.Errorf("%d", none.status)
		}
	})
}

func TestAWrongFormComesBackWithItsReasons(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		hr := s.as(t, "hr")
		late := dates()
		late["since"] = "2026-12-01"
		mapped := dates()
		mapped["mapping"] = own
		for name, c := range map[string]struct {
			file   string
			fields map[string]string
			want   string
		}{
			"no file":     {"", dates(), "Pilih berkas"},
			"no date":     {"unit.csv", map[string]string{"at": "besok"}, "tanggal"},
			"since after": {"unit.csv", late, "tidak boleh setelah"},
			"no mapping":  {"unit.csv", mapped, "berkas pemetaan"},
		} {
			p := hr.upload("/impor/units", c.file, units, c.fields)
			if p.status != http.StatusUnprocessableEntity || !strings.Contains(p.words(".errsum"), c.want) {
				t.Errorf("%s: %d %q", name, p.status, p.words(".errsum"))
			}
		}
		p := hr.upload("/impor/roster", "x.pdf", "%PDF-1.7", dates())
		s.work(t)
		if p = hr.get(p.path); !strings.Contains(p.words(".alert"), "PDF") || p.has(`form[action$="/muat"]`) {
			t.Error(p.words("main"))
		}
	})
}

func TestThePagesAreForHR(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		staff := s.as(t, "staff")
		for _, path := range []string{"/impor", "/impor/units", "/impor/berkas/x"} {
			if p := staff.get(path); p.status != http.StatusForbidden {
				t.Errorf("%s: %d", path, p.status)
			}
		}
		if p := staff.upload("/impor/units", "unit.csv", units, dates()); p.status != http.StatusForbidden {
			t.Errorf("upload: %d", p.status)
		}
	})
}

func TestSamplesCanBeTaken(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		hr := s.as(t, "hr")
		for path, want := range map[string]string{
			"/impor/contoh/roster":                      "NIP BARU",
			"/impor/pemetaan/uk-organogram-senior.toml": "make_units",
		} {
			if p := hr.get(path); p.status != http.StatusOK || !strings.Contains(p.words("html"), want) {
				t.Errorf("%s: %d", path, p.status)
			}
		}
		for _, path := range []string{"/impor/salaries", "/impor/contoh/salaries", "/impor/pemetaan/..%2fwords%2fsiasn.toml"} {
			if p := hr.get(path); p.status != http.StatusNotFound {
				t.Errorf("%s: %d", path, p.status)
			}
		}
	})
}
