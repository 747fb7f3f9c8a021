package orgweb

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/static"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

type nationalBooks struct{ lib *rulebook.Library }

func (n nationalBooks) At(_ context.Context, day string) (*rulebook.Book, error) {
	return n.lib.At(rulebook.Day(day), "")
}

// crew signs in whoever the cookie names.
type crew map[string]account.Actor

func (c crew) Actor(_ context.Context, token string, _ time.Time) (account.Actor, error) {
	return c[token], nil
}

var actors = crew{
	"hr":      {ID: "a-hr", Name: "Hendri", Grants: []account.Grant{{Role: account.HR}}},
	"dewi":    {ID: "a-dewi", Name: "Dewi", PersonID: "dewi", Grants: []account.Grant{{Role: account.Staff}}},
	"budi":    {ID: "a-budi", Name: "Budi", PersonID: "budi", Grants: []account.Grant{{Role: account.Staff}}},
	"auditor": {ID: "a-aud", Name: "Zul", Grants: []account.Grant{{Role: account.Auditor}}},
	"admin":   {ID: "a-adm", Name: "Admin", Grants: []account.Grant{{Role: account.SysAdmin}}},
}

// town is the pages over a small town.
type town struct {
	*httptest.Server
	store *org.Store
}

const (
	begin   = org.Day("2021-01-01")
	naughty = `<script>alert("x")</script> & 'Raja' =1+1`
)

func newTown(t testing.TB, d *db.DB, fill func(ctx context.Context, tx *db.Tx, s *org.Store) error) *town {
	t.Helper()
	lib, err := rulebook.National()
	check(t, err)
	bundle, err := i18n.NewBundle(Locale, org.Locale, web.Locale, ui.Locale, db.Locale, rulebook.Locale, sheet.Locale, account.Locale)
	check(t, err)
	now := func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }
	store := org.NewStore(d, now, time.UTC)
	check(t, d.Tx(t.Context(), func(tx *db.Tx) error { return fill(t.Context(), tx, store) }))
	access := account.NewAccess(store)
	svc := org.New(org.Config{Store: store, Access: access, Books: nationalBooks{lib}})
	pages := web.New(web.Config{
		Agency: "Kota Kecil", Bundle: bundle, Access: access, Sessions: actors, Static: static.Handler(), Now: now, Zone: time.UTC,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}, Routes(svc))
	s := httptest.NewServer(pages.Handler())
	t.Cleanup(s.Close)
	return &town{s, store}
}

func smallTown(ctx context.Context, tx *db.Tx, s *org.Store) error {
	unit := func(id, parent, name string, kind org.UnitKind) org.Unit {
		return org.Unit{ID: id, Parent: parent, Name: name, Kind: kind, From: begin}
	}
	post := func(id, unit, title string, kind org.PositionKind, need string, head bool) org.Position {
		return org.Position{ID: id, Unit: unit, Title: title, Kind: kind, Need: need, Head: head, Class: 9, From: begin, Group: "umum"}
	}
	person := func(id, name, nip string) org.Person {
		return org.Person{ID: id, Name: name, NIP: nip, Born: org.Day(nip[:4] + "-" + nip[4:6] + "-" + nip[6:8]), From: begin, Employment: org.PNS, LegalStatus: org.Active, Rank: "III/c"}
	}
	hold := func(person, position string, kind org.TenureKind, from org.Day) org.Tenure {
		return org.Tenure{ID: person + "-" + position, Person: person, Position: position, Kind: kind, From: from, Decree: "821/1"}
	}
	analyst := post("analis", "daftar", "Analis Ahli Muda", org.Functional, "3", false)
	analyst.Level = "ahli_muda"
	if err := s.AddUnits(ctx, tx, []org.Unit{
		unit("kota", "", "Pemerintah Kota", org.City), unit("capil", "kota", "Dinas Kependudukan", org.Office),
		unit("daftar", "capil", "Bidang Pendaftaran", org.Field), unit("sipil", "capil", "Bidang Sipil", org.Field),
		{ID: "hilang", ParentSource: "4711", Name: naughty, Kind: org.OtherUnit, From: begin},
	}); err != nil {
		return err
	}
	if err := s.AddPositions(ctx, tx, []org.Position{
		post("kadis", "capil", "Kepala Dinas", org.JPTPratama, "1", true), post("kabid", "daftar", "Kepala Bidang Pendaftaran", org.Administrator, "1", true),
		post("kabid-sipil", "sipil", "Kepala Bidang Sipil", org.Administrator, "1", true), analyst,
		post("juru", "daftar", "Pengadministrasi", org.Pelaksana, "1", false),
	}); err != nil {
		return err
	}
	if err := s.AddPeople(ctx, tx, []org.Person{
		person("nur", "Nurhayati", "196901011995012001"), person("rina", "Rina Marlina", "197505052000032001"),
		person("dewi", "Dewi Rahmawati", "198609262015052001"), person("budi", "Budi Santoso", "199304042025121001"),
	}); err != nil {
		return err
	}
	return s.AddTenures(ctx, tx, []org.Tenure{
		hold("nur", "kadis", org.Definitive, begin), hold("rina", "kabid", org.Definitive, begin), hold("dewi", "analis", org.Definitive, "2024-01-01"),
		hold("rina", "kabid-sipil", org.Plt, "2026-05-12"), hold("budi", "juru", org.Definitive, begin),
	})
}

func eachTown(t *testing.T, fn func(t *testing.T, s *town)) {
	all := []db.Migrations{ledger.Migrations(), task.Migrations(), org.Migrations()}
	repotest.EachDB(t, all, func(t *testing.T, d *db.DB) { fn(t, newTown(t, d, smallTown)) })
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is what a page answered.
type answer struct {
	status int
	to     string
	body   string
	doc    *html.Node
}

func (s *town) ask(t testing.TB, who, method, path string, form url.Values) answer {
	t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, body)
	check(t, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if who != "" {
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	check(t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	check(t, err)
	doc, err := html.Parse(strings.NewReader(string(raw)))
	check(t, err)
	return answer{res.StatusCode, res.Header.Get("Location"), string(raw), doc}
}

func (s *town) get(t testing.TB, who, path string) answer {
	t.Helper()
	return s.ask(t, who, http.MethodGet, path, nil)
}

func (s *town) post(t testing.TB, who, path string, pairs ...string) answer {
	t.Helper()
	return s.ask(t, who, http.MethodPost, path, values(pairs...))
}

// text returns the text of the first element a selector finds.
func (a answer) text(selector string) string {
	n := cascadia.Query(a.doc, cascadia.MustCompile(selector))
	if n == nil {
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
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (a answer) has(selector string) bool {
	return cascadia.Query(a.doc, cascadia.MustCompile(selector)) != nil
}

// value returns an attribute of the first element a selector finds.
func (a answer) value(selector, attr string) string {
	n := cascadia.Query(a.doc, cascadia.MustCompile(selector))
	if n == nil {
		return ""
	}
	for _, x := range n.Attr {
		if x.Key == attr {
			return x.Val
		}
	}
	return ""
}
