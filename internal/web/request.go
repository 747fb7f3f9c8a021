package web

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
)

// Request is one question asked of the site: who, in which language, when.
type Request struct {
	W     http.ResponseWriter
	R     *http.Request
	Actor account.Actor
	P     *i18n.Printer
	Now   time.Time // in the agency's zone
	site  *Site
}

// Context returns the request's context.
func (q *Request) Context() context.Context { return q.R.Context() }

// Today returns the agency's date as YYYY-MM-DD.
func (q *Request) Today() string { return q.Now.Format(time.DateOnly) }

// Path returns a path parameter of the route's pattern.
func (q *Request) Path(name string) string { return q.R.PathValue(name) }

// Query returns a parameter of the address, trimmed.
func (q *Request) Query(name string) string {
	return clean(q.R.URL.Query().Get(name))
}

// May reports whether the actor could do act to anything: for showing buttons.
func (q *Request) May(act account.Action) bool { return q.site.cfg.Access.May(q.Actor, act) }

// Can asks for one thing.
func (q *Request) Can(act account.Action, on account.Thing) error {
	return q.site.cfg.Access.Can(q.Context(), q.Actor, act, on)
}

// Page is what Render puts into the frame.
type Page struct {
	Title string // translated
	Nav   string // key of the rail entry to mark
	Body  templ.Component
	Bare  bool // public pages: no rail
	Plain bool // nothing around the body but the document: survey, print
}

// Render answers 200 with the page.
func (q *Request) Render(p Page) error { return q.RenderStatus(http.StatusOK, p) }

// RenderStatus answers with the given status. The page is rendered fully
// before the first byte goes out, so that an error never leaves half a page.
// When the page was asked for by htmx for a side pane only the body is sent.
func (q *Request) RenderStatus(status int, p Page) error {
	var buf bytes.Buffer
	body := p.Body
	if !q.Partial() {
		frame, err := q.frame(p)
		if err != nil {
			return err
		}
		body = layout(frame)
	}
	if err := body.Render(q.Context(), &buf); err != nil {
		return err
	}
	h := q.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Add("Vary", "HX-Request, HX-Target, Cookie")
	if q.Actor.SignedIn() {
		h.Set("Cache-Control", "no-store")
	}
	q.W.WriteHeader(status)
	_, err := q.W.Write(buf.Bytes())
	return err
}

// Partial reports whether only a fragment was asked for: the side pane.
func (q *Request) Partial() bool {
	return q.R.Header.Get("HX-Request") == "true" && strings.HasSuffix(q.R.Header.Get("HX-Target"), "#pane")
}

// Redirect answers 303 to a path of this site. With a flash key the next page
// shows its sentence.
func (q *Request) Redirect(to string, flashKey string, args ...any) error {
	if flashKey != "" {
		q.Flash(q.P.T(flashKey, args...))
	}
	http.Redirect(q.W, q.R, local(to), http.StatusSeeOther)
	return nil
}

// Flash leaves a sentence for the next page.
func (q *Request) Flash(sentence string) {
	http.SetCookie(q.W, q.site.cookie(flashCookie, base64.RawURLEncoding.EncodeToString([]byte(sentence)), time.Minute))
}

func (q *Request) takeFlash() string {
	c, err := q.R.Cookie(flashCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(q.W, q.site.cookie(flashCookie, "", -time.Second))
	raw, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(raw) > 500 {
		return ""
	}
	return string(raw)
}

// SetSession stores the session token for the given time; an empty token
// removes it.
func (q *Request) SetSession(token string, age time.Duration) {
	if token == "" {
		age = -time.Second
	}
	http.SetCookie(q.W, q.site.cookie(SessionCookie, token, age))
}

// SetLang remembers the language chosen on this device.
func (q *Request) SetLang(l i18n.Lang) {
	http.SetCookie(q.W, q.site.cookie(langCookie, string(l), 365*24*time.Hour))
}

// SetTheme remembers "light", "dark" or, for the device's own choice, "".
func (q *Request) SetTheme(theme string) {
	http.SetCookie(q.W, q.site.cookie(themeCookie, theme, 365*24*time.Hour))
}

// Next returns the local address in the "next" parameter, or the home page.
func (q *Request) Next() string { return local(q.R.FormValue("next")) }

// local keeps redirects on this site: anything but a plain local path becomes
// the home page.
func local(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}

// Download answers with a file to save. The name is made safe for a header.
func (q *Request) Download(name, contentType string, body []byte) error {
	h := q.W.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", "attachment; filename=\""+fileName(name)+"\"")
	h.Set("Cache-Control", "no-store")
	_, err := q.W.Write(body)
	return err
}

// fileName keeps letters, digits, dots, dashes and underscores.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		case r == ' ':
			return '-'
		}
		return -1
	}, s)
}
