package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
)

// Sessions finds who a session cookie belongs to. account's store implements
// it.
type Sessions interface {
	// Actor returns the actor of a session token, or the zero Actor when the
	// token is unknown, ended or too old.
	Actor(ctx context.Context, token string, now time.Time) (account.Actor, error)
}

// Counter tells how many things wait for a person: the numbers in the rail.
type Counter interface {
	// Badges returns the counters by badge name; absent means nothing waits.
	Badges(ctx context.Context, actor account.Actor) (map[string]int, error)
}

// Config is everything a Site needs.
type Config struct {
	Agency   string // the agency's name, shown in the header
	Bundle   *i18n.Bundle
	Access   *account.Access
	Sessions Sessions
	Counter  Counter
	Nav      []NavItem
	Holds    func(ctx context.Context, actor account.Actor, condition string) (bool, error) // conditions of Nav; nil: none hold
	Early    map[string]Early                                                               // by key of a fault: what a page of the menu shows instead
	Static   http.Handler
	Extra    map[string]http.Handler // handlers with a permission check of their own: API, health, metrics
	Now      func() time.Time
	Zone     *time.Location
	Secure   bool // cookies only over HTTPS
	Demo     bool // shown in the header so that nobody takes invented people for real ones
	Log      *slog.Logger
}

// Site serves the pages. Make it with New.
type Site struct {
	cfg      Config
	routes   []Route
	printers map[i18n.Lang]*i18n.Printer
}

// New returns a site of the given routes.
func New(cfg Config, routes ...[]Route) *Site {
	s := &Site{cfg: cfg, printers: map[i18n.Lang]*i18n.Printer{}}
	for _, l := range i18n.Langs() {
		s.printers[l] = cfg.Bundle.Printer(l)
	}
	for _, rs := range routes {
		s.routes = append(s.routes, rs...)
	}
	return s
}

const (
	// SessionCookie holds the session token.
	SessionCookie = "gurindam_session"
	langCookie    = "gurindam_lang"
	themeCookie   = "gurindam_theme"
	flashCookie   = "gurindam_flash"
)

func (s *Site) request(w http.ResponseWriter, r *http.Request) (*Request, error) {
	q := &Request{W: w, R: r, site: s, Now: s.cfg.Now().In(s.cfg.Zone)}
	lang := i18n.Indonesian
	var err error
	if c, cookieErr := r.Cookie(SessionCookie); cookieErr == nil && c.Value != "" && !anonymous(r.URL.Path) {
		q.Actor, err = s.cfg.Sessions.Actor(r.Context(), c.Value, q.Now)
		if q.Actor.Lang != "" {
			lang = q.Actor.Lang
		}
	}
	if c, cookieErr := r.Cookie(langCookie); cookieErr == nil {
		lang = i18n.ParseLang(c.Value)
	}
	if l := r.URL.Query().Get("lang"); l != "" {
		lang = i18n.ParseLang(l)
	}
	q.P = s.printers[lang]
	return q, err
}

func (s *Site) cookie(name, value string, age time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/", HttpOnly: true, Secure: s.cfg.Secure,
		SameSite: http.SameSiteLaxMode, MaxAge: int(age.Seconds()),
	}
}

func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		next.ServeHTTP(w, r)
	})
}

// statusWriter remembers what was answered, for the log and for recover.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(code int) {
	if w.status == 0 {
		w.status = code
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach flushing and deadlines.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// log writes one line a request, without query strings: they may hold names.
// What is anonymous leaves no line at all, so that nobody can be told from the
// time of a visit.
func (s *Site) log(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if anonymous(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		start := time.Now()
		sw := &statusWriter{ResponseWriter: w}
		next.ServeHTTP(sw, r)
		s.cfg.Log.Debug("request", "method", r.Method, "path", r.URL.Path, "status", sw.status, "took", time.Since(start))
	})
}

// anonymous reports whether a path takes answers nobody should be known by:
// citizens' under /s/, feedback with a token under /t/. No session is looked up
// there, even where the browser sends its cookie: it would note the time.
func anonymous(path string) bool {
	return strings.HasPrefix(path, "/s/") || strings.HasPrefix(path, "/t/")
}

func (s *Site) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sw := &statusWriter{ResponseWriter: w}
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.cfg.Log.Error("panic", "path", r.URL.Path, "panic", p, "stack", stack())
			if sw.status == 0 {
				q, _ := s.request(sw, r)
				s.fail(q, errPanic)
			}
		}()
		next.ServeHTTP(sw, r)
	})
}
