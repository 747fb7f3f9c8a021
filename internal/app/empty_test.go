package app_test

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/web"
)

// emptyAgency is a database that has just been made, with one account a role,
// as `gurindam user add` makes them: no unit, nobody in the roster, no year.
// "bkpsdm@dinas" holds her role for one unit that is not on the map yet.
func emptyAgency(t *testing.T, url string) (*app.System, map[string]string) {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	clock, err := app.ClockAt(today, zone)
	if err != nil {
		t.Fatal(err)
	}
	sys, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Database: url, Now: clock, Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sys.Close(); err != nil {
			t.Error(err)
		}
	})
	const password = "empat layang-layang"
	roles := map[string][]account.Grant{
		"staff": nil, "bkpsdm-dinas": {{Role: account.HR, Unit: "dinas"}}, "pengelola-dinas": {{Role: account.PerformanceOfficer, Unit: "dinas"}},
	}
	for _, r := range account.Roles() {
		roles[string(r)] = []account.Grant{{Role: r}}
	}
	tokens := map[string]string{"": ""}
	for name, grants := range roles {
		err := sys.DB.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := sys.Areas.Accounts.Machine().Add(t.Context(), tx, account.NewAccount{Username: name, Name: name, Password: password, Roles: grants})
			return err
		})
		if err != nil {
			t.Fatal(name, err)
		}
		if tokens[name], err = sys.Areas.Accounts.SignIn(context.Background(), name, password, account.Device{Network: "192.0.2.1"}); err != nil {
			t.Fatal(name, err)
		}
	}
	return sys, tokens
}

// menuLinks are the addresses of the rail of a page.
func menuLinks(page string) []string {
	rail := page
	if i := strings.Index(page, `<nav`); i >= 0 {
		rail = page[i:]
		rail = rail[:strings.Index(rail, `</nav>`)]
	}
	var all []string
	for _, m := range regexp.MustCompile(`href="(/[^"#]*)"`).FindAllStringSubmatch(rail, -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	return all
}

// Every page a menu offers opens on the first day, before anything was loaded
// and before a year was opened, for every role and in both languages.
func TestEveryMenuOfAnEmptyAgencyOpens(t *testing.T) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(engine.String(), func(t *testing.T) {
			url := ""
			if engine == db.Postgres {
				url = repotest.PostgresURL(t, nil)
			}
			sys, tokens := emptyAgency(t, url)
			for name, token := range tokens {
				get := func(path string) (int, string) {
					r := httptest.NewRequest(http.MethodGet, path, nil)
					if token != "" {
						r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: token})
					}
					w := httptest.NewRecorder()
					sys.Handler().ServeHTTP(w, r)
					return w.Code, w.Body.String()
				}
				_, home := get("/")
				links := menuLinks(home)
				if len(links) < 3 {
					t.Errorf("%q has %d entries in the menu", name, len(links))
				}
				for _, path := range links {
					if code, _ := get(path); code != http.StatusOK && code != http.StatusSeeOther {
						t.Errorf("%s as %q: %d", path, name, code)
					}
				}
			}
		})
	}
}

// Before the first year HR is led to open it, others are told who does.
func TestBeforeTheFirstYear(t *testing.T) {
	sys, tokens := emptyAgency(t, "")
	for _, c := range []struct {
		who    string
		button bool
	}{{string(account.HR), true}, {string(account.Auditor), false}} {
		r := httptest.NewRequest(http.MethodGet, "/penilaian", nil)
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: tokens[c.who]})
		w := httptest.NewRecorder()
		sys.Handler().ServeHTTP(w, r)
		body := w.Body.String()
		if w.Code != http.StatusOK || !strings.Contains(body, "Tahun kinerja belum dibuka") || strings.Contains(body, "Buka tahun kinerja") != c.button {
			t.Errorf("as %s: %d, a button to open the year: want %v", c.who, w.Code, c.button)
		}
	}
}
