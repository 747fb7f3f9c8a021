package app_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/demo"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/web"
)

// today is the day of the sample city in tests.
const today = "2026-11-23"

// eachCity runs a test on the sample city in both databases.
func eachCity(t *testing.T, fn func(t *testing.T, sys *app.System)) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(engine.String(), func(t *testing.T) {
			url := ""
			if engine == db.Postgres {
				url = repotest.PostgresURL(t, nil)
			}
			fn(t, cityFor(t, url))
		})
	}
}

// visitor is one role knocking at the doors.
type visitor struct {
	name  string
	actor account.Actor
	token string
}

func visitors(t *testing.T, sys *app.System) []visitor {
	t.Helper()
	all := []visitor{{name: "public"}}
	for _, name := range demo.Accounts() {
		token, err := sys.Areas.Accounts.SignIn(context.Background(), name, demo.Password, account.Device{Network: "192.0.2.1"})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		zone, _ := time.LoadLocation("Asia/Jakarta")
		now, _ := app.ClockAt(today, zone)
		actor, err := sys.Areas.Accounts.Actor(context.Background(), token, now())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, visitor{name, actor, token})
	}
	return all
}

var parameter = regexp.MustCompile(`\{[^}]+\}`)

// knock asks for a route with ids that do not exist.
func knock(sys *app.System, v visitor, pattern string) *httptest.ResponseRecorder {
	method, path, _ := strings.Cut(pattern, " ")
	path = parameter.ReplaceAllString(strings.TrimSuffix(path, "{$}"), "0197a2b0-0000-7000-8000-000000000000")
	r := httptest.NewRequest(method, path, nil)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if v.token != "" {
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: v.token})
	}
	w := httptest.NewRecorder()
	sys.Handler().ServeHTTP(w, r)
	return w
}

// Every route is tried as every role: nobody comes in where the table does not
// let them, and whatever is asked, the site does not break.
func TestEveryRouteAsEveryRole(t *testing.T) {
	eachCity(t, func(t *testing.T, sys *app.System) {
		pages, operations := sys.Routes()
		type door struct {
			pattern string
			action  account.Action
			json    bool
		}
		var doors []door
		for _, p := range pages {
			doors = append(doors, door{p.Pattern, p.Action, false})
		}
		for _, o := range operations {
			doors = append(doors, door{o.Method + " " + o.Path, o.Action, true})
		}
		tried := 0
		for _, v := range visitors(t, sys) {
			for _, d := range doors {
				if d.pattern == "POST /logout" {
					continue // would end the session the others need
				}
				w := knock(sys, v, d.pattern)
				tried++
				if w.Code >= 500 {
					t.Errorf("%s as %s: %d", d.pattern, v.name, w.Code)
				}
				if sys.Access.May(v.actor, d.action) {
					continue
				}
				switch {
				case v.token != "" && w.Code != http.StatusForbidden:
					t.Errorf("%s as %s: %d, want 403", d.pattern, v.name, w.Code)
				case v.token == "" && d.json && w.Code != http.StatusUnauthorized:
					t.Errorf("%s as %s: %d, want 401", d.pattern, v.name, w.Code)
				case v.token == "" && !d.json && (w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/login?next=")):
					t.Errorf("%s as %s: %d to %q, want the sign-in page", d.pattern, v.name, w.Code, w.Header().Get("Location"))
				}
			}
		}
		t.Logf("%d doors, %d knocks", len(doors), tried)
		recordFor(t, sys, visitors(t, sys))
		if len(doors) < 20 {
			t.Fatal("there must be more doors than that")
		}
	})
}

// What the table promises holds for real things too: a colleague's appraisal
// is closed to staff and to the system administrator, and open to the auditor
// for reading only.
func TestAnotherPersonsAppraisal(t *testing.T) {
	sys := cityFor(t, "")
	parts, err := sys.Areas.Appraisal.Parts(context.Background(), sys.DB, 2026)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]visitor{}
	for _, v := range visitors(t, sys) {
		byName[v.name] = v
	}
	me := byName["pegawai"].actor.PersonID
	var other, own string
	for _, p := range parts {
		if p.Who.PersonID == me {
			own = p.ID
		} else if other == "" && p.Evaluator.PersonID != me && p.Above.PersonID != me && p.Evaluator.PersonID != byName["atasan"].actor.PersonID {
			other = p.ID
		}
	}
	for _, c := range []struct {
		who, method, path string
		want              int
	}{
		{"pegawai", "GET", "/skp/" + own, 200},
		{"pegawai", "GET", "/skp/" + other, 403},
		{"pegawai", "GET", "/evaluasi/" + other, 403},
		{"atasan", "GET", "/skp/" + own, 200},
		{"atasan", "GET", "/skp/" + other, 403},
		{"bkpsdm", "GET", "/skp/" + other, 200},
		{"inspektorat", "GET", "/skp/" + other, 200},
		{"inspektorat", "POST", "/skp/" + other + "/hasil", 403},
		{"admin", "GET", "/skp/" + own, 403},
		{"admin", "GET", "/evaluasi/" + own, 403},
		{"public", "GET", "/skp/" + own, 303},
	} {
		v := byName[c.who]
		r := httptest.NewRequest(c.method, c.path, strings.NewReader("text=Hasil&kind=utama&version=1"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if v.token != "" {
			r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: v.token})
		}
		w := httptest.NewRecorder()
		sys.Handler().ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s %s %s: %d, want %d", c.who, c.method, c.path, w.Code, c.want)
		}
	}
}

// recordFor asks for the record as those who may read it: its entries open,
// and the administrator reads of no person's appraisal.
func recordFor(t *testing.T, sys *app.System, all []visitor) {
	t.Helper()
	number := ledger.Sequencer{DB: sys.DB, Signer: sys.Signer, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	if _, err := number.Sequence(t.Context()); err != nil {
		t.Fatal(err)
	}
	byName := map[string]visitor{}
	for _, v := range all {
		byName[v.name] = v
	}
	get := func(who, path string) string {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: byName[who].token})
		w := httptest.NewRecorder()
		sys.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("%s as %s: %d", path, who, w.Code)
		}
		return w.Body.String()
	}
	rows := func(body string) []string { return strings.SplitAfter(body, "</tr>") }
	seeing, blind := get("inspektorat", "/catatan?jenis=appraisal.predicate.set"), get("admin", "/catatan?jenis=appraisal.predicate.set")
	if !strings.Contains(seeing, "Evaluasi: ") || strings.Contains(blind, "Evaluasi: ") {
		t.Error("the inspectorate does not see whose predicates were set, or the administrator does")
	}
	if n := len(rows(blind)); n < 40 {
		t.Errorf("the administrator sees %d rows of entries, want a page of them", n)
	}
	links := regexp.MustCompile(`href="(/catatan/[0-9a-f-]{36})"`)
	for _, kind := range []string{"appraisal.", "account.", "policy.", "participation.", "forum."} {
		found := links.FindStringSubmatch(get("bkpsdm", "/catatan?jenis="+kind))
		if found == nil {
			t.Errorf("no entry of %s is listed", kind)
			continue
		}
		get("bkpsdm", found[1])
		get("admin", found[1])
	}
}
