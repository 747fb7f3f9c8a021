package participationweb

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/static"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/complaint"
	"github.com/gurindam/gurindam/participation/forum"
	"github.com/gurindam/gurindam/rulebook"
)

var units = db.Migrations{Area: "org", FS: fstest.MapFS{"20260101-01-org-stub.sql": {Data: []byte(
	`CREATE TABLE unit (id text PRIMARY KEY);
	 INSERT INTO unit (id) VALUES ('disduk'), ('rsud');`)}}}

var tables = []db.Migrations{units, ledger.Migrations(), task.Migrations(), token.Migrations(), participation.Migrations(), forum.Migrations(), complaint.Migrations()}

type flat struct{}

func (flat) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return unit == ancestor, nil
}

// known is a map of two units.
type known struct{}

func (known) UnitNames(context.Context, []string) (map[string]string, error) {
	return map[string]string{"disduk": "Dinas Kependudukan dan Pencatatan Sipil", "rsud": "RSUD"}, nil
}

func (known) UnitsToday(context.Context) ([]participation.Unit, error) {
	return []participation.Unit{{ID: "disduk", Name: "Dinas Kependudukan dan Pencatatan Sipil"}, {ID: "rsud", Name: "RSUD"}}, nil
}

type nationalBooks struct{ lib *rulebook.Library }

func (n nationalBooks) At(_ context.Context, day string) (*rulebook.Book, error) {
	return n.lib.At(rulebook.Day(day), "")
}
func (nationalBooks) Keep(context.Context, *db.Tx, *rulebook.Book) error { return nil }

// people signs in whoever the cookie names.
type people map[string]account.Actor

func (p people) Actor(_ context.Context, token string, _ time.Time) (account.Actor, error) {
	return p[token], nil
}

var staff = people{
	"officer":  {ID: "officer", Name: "Rina", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "disduk"}}},
	"stranger": {ID: "stranger", Name: "Amir", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "rsud"}}},
	"hr":       {ID: "hr", Name: "Hasan", Grants: []account.Grant{{Role: account.HR}}},
	"mod":      {ID: "mod", Name: "Mila", Grants: []account.Grant{{Role: account.UnitAdmin, Unit: "disduk"}}},
	"auditor":  {ID: "auditor", Name: "Aulia", Grants: []account.Grant{{Role: account.Auditor}}},
}

// site is the area's pages on a database of their own, with a clock that stands.
type site struct {
	*httptest.Server
	office *participation.Office
	db     *db.DB
	now    time.Time
}

func newSite(t testing.TB, d *db.DB, change func(*Config)) *site {
	t.Helper()
	lib, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.National()
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := i18n.NewBundle(Locale, web.Locale, ui.Locale, token.Locale, db.Locale, rulebook.Locale, sheet.Locale)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{db: d, now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	access := account.NewAccess(flat{})
	s.office = participation.New(participation.Config{
		DB: d, Access: access, Units: known{}, Books: nationalBooks{lib}, Calendar: cal, Now: func() time.Time { return s.now },
	})
	hall := forum.New(forum.Config{DB: d, Access: access, Books: nationalBooks{lib}, Calendar: cal, Now: func() time.Time { return s.now }})
	c := Config{
		Office: s.office, Forum: hall, OwnComplaints: true,
		Complaints: complaint.New(complaint.Config{DB: d, Access: access, Books: nationalBooks{lib}, Calendar: cal, Now: func() time.Time { return s.now }}),
		Agency:     "Kota Tanjungpinang", Site: "https://gurindam.example",
	}
	if change != nil {
		change(&c)
	}
	pages := web.New(web.Config{
		Agency: c.Agency, Bundle: bundle, Access: access, Sessions: staff, Static: static.Handler(),
		Now: func() time.Time { return s.now }, Zone: time.UTC, Log: quiet(),
	}, Routes(c))
	s.Server = httptest.NewServer(pages.Handler())
	t.Cleanup(s.Close)
	return s
}

func eachSite(t *testing.T, fn func(t *testing.T, s *site)) {
	repotest.EachDB(t, tables, func(t *testing.T, d *db.DB) { fn(t, newSite(t, d, nil)) })
}

// ktp makes a service with a running wave.
func (s *site) ktp(t testing.TB) participation.Wave {
	t.Helper()
	v, err := s.office.SaveService(t.Context(), staff["officer"], participation.Service{
		Code: "ktp-el", UnitID: "disduk", Name: "KTP-el dan Kartu Keluarga", NameEN: "Identity card", Time: "selesai 1 hari kerja",
	})
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.office.OpenWave(t.Context(), staff["officer"], participation.Wave{
		ServiceID: v.ID, Name: "Triwulan IV 2026", OpensOn: "2026-10-01", EndsOn: "2026-12-31", Elements: participation.Nine(),
		Basis: participation.Strata(), Population: 3180, TargetBy: "krejcie",
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// page is an answered request.
type page struct {
	*http.Response
	body string
	root *html.Node
}

func (s *site) do(t testing.TB, method, path, as string, form url.Values) page {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if as != "" {
		name := web.SessionCookie
		if code, member := strings.CutPrefix(as, "warga:"); member {
			name, as = memberCookie, code
		}
		req.AddCookie(&http.Cookie{Name: name, Value: as})
	}
	return s.send(t, req)
}

func (s *site) send(t testing.TB, req *http.Request) page {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return page{res, string(raw), root}
}

func (s *site) get(t testing.TB, path, as string) page { return s.do(t, "GET", path, as, nil) }

// all returns the elements a selector finds.
func (p page) all(t testing.TB, selector string) []*html.Node {
	t.Helper()
	sel, err := cascadia.Parse(selector)
	if err != nil {
		t.Fatal(err)
	}
	return cascadia.QueryAll(p.root, sel)
}

// text is what the first element of a selector says.
func (p page) text(t testing.TB, selector string) string {
	t.Helper()
	found := p.all(t, selector)
	if len(found) == 0 {
		return ""
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(found[0])
	return strings.Join(strings.Fields(b.String()), " ")
}

func (p page) want(t testing.TB, what string, status int) {
	t.Helper()
	if p.StatusCode != status {
		t.Errorf("%s: status %d, want %d: %.200s", what, p.StatusCode, status, p.text(t, "main"))
	}
}
