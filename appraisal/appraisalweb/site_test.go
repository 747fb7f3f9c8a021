package appraisalweb

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/appraisal/kindly"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/file"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/rulebook"
)

// year is the year whose plans are written here in the small city.
const year = 2025

// site is the pages of the small city.
type site struct {
	*appraisaltest.City
	t       *testing.T
	handler http.Handler
}

// badges are sessions whose token is the person: as("dewi").
type badges map[string]account.Actor

func (b badges) Actor(_ context.Context, token string, _ time.Time) (account.Actor, error) {
	return b[token], nil
}

func eachSite(t *testing.T, fn func(t *testing.T, s *site)) {
	t.Helper()
	repotest.EachDB(t, appraisaltest.Migrations(), func(t *testing.T, d *db.DB) { fn(t, newSite(t, d)) })
}

func newSite(t *testing.T, d *db.DB) *site {
	t.Helper()
	s := &site{City: appraisaltest.New(t, d), t: t}
	people := badges{"hr": appraisaltest.HR(), "raja": badgeOf("raja")}
	for _, id := range []string{"nurhayati", "rina", "dewi", "arif", "yusuf", "lia", "budi", "sari", "tono", "wati"} {
		people[id] = badgeOf(id)
	}
	people["auditor"] = account.Actor{ID: "acc-auditor", Name: "Zulkifli", Grants: []account.Grant{{Role: account.Auditor}}}
	people["admin"] = account.Actor{ID: "acc-admin", Name: "Admin", Grants: []account.Grant{{Role: account.SysAdmin}}}
	bundle, err := i18n.NewBundle(appraisal.Locale, Locale, kindly.Locale, file.Locale, rulebook.Locale, account.Locale, web.Locale, ui.Locale)
	s.Must(err)
	s.handler = web.New(web.Config{
		Agency: "Kota Contoh", Bundle: bundle, Access: s.Access, Sessions: people, Static: http.NotFoundHandler(),
		Now: s.Now, Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
	}, Routes(Config{Appraisal: s.Service, Files: s.Files}), web.ShellRoutes()).Handler()
	return s
}

// badgeOf is the account of one of the city's people.
func badgeOf(who string) account.Actor {
	if who == "raja" {
		return appraisaltest.As("raja", account.Grant{Role: account.Leader})
	}
	return appraisaltest.As(who)
}

// answer is what came back.
type answer struct {
	code   int
	to     string
	body   string
	header http.Header
}

func (s *site) do(who string, r *http.Request) answer {
	s.t.Helper()
	if who != "" {
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Header().Get("Location"), w.Body.String(), w.Header()}
}

func (s *site) get(who, path string) answer {
	s.t.Helper()
	return s.do(who, httptest.NewRequest(http.MethodGet, path, nil))
}

func (s *site) post(who, path string, pairs ...string) answer {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(who, r)
}

// upload is a file in a form.
type upload struct{ field, name, body string }

func (s *site) send(who, path string, files []upload, pairs ...string) answer {
	s.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		s.Must(m.WriteField(pairs[i], pairs[i+1]))
	}
	for _, f := range files {
		part, err := m.CreateFormFile(f.field, f.name)
		s.Must(err)
		_, err = io.WriteString(part, f.body)
		s.Must(err)
	}
	s.Must(m.Close())
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return s.do(who, r)
}

// want checks the status and that the page says each of the texts.
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

// without checks that the page says none of the texts.
func (a answer) without(t *testing.T, what string, texts ...string) answer {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			t.Errorf("%s: %q is in the page", what, text)
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

// agreed gives somebody an approved plan with one result, one indicator and
// one step, and returns the part and the plan.
func (s *site) agreed(who, by string) (appraisal.Part, appraisal.Plan) {
	s.t.Helper()
	ctx, own := s.t.Context(), appraisaltest.As(who)
	p := s.Part(who, year)
	plan, err := s.StartPlan(ctx, own, p.ID, "")
	s.Must(err)
	plan, r, err := s.SaveResult(ctx, own, p.ID, plan.Version, appraisal.Result{Kind: appraisal.Main, Text: "Data kependudukan kota mutakhir", Supports: appraisal.Support{Text: "Warga memiliki dokumen yang benar"}})
	s.Must(err)
	plan, _, err = s.SaveIndicator(ctx, own, p.ID, plan.Version, r, appraisal.Indicator{Text: "Anomali data yang dibersihkan", Target: "2200", Unit: "data", Direction: appraisal.Up, Face: p.Form.Faces()[0]})
	s.Must(err)
	plan, err = s.SaveSteps(ctx, own, p.ID, plan.Version, r, []appraisal.Step{{Text: "Menarik daftar anomali", Due: "2025-03"}})
	s.Must(err)
	plan, err = s.Act(ctx, own, p.ID, plan.Version, appraisal.SubmitAct, "")
	s.Must(err)
	plan, err = s.Act(ctx, badgeOf(by), p.ID, plan.Version, appraisal.ApproveAct, "")
	s.Must(err)
	return p, plan
}
