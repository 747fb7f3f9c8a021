package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"runtime/debug"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
)

var (
	errNoPage      = fault.Missing("web.no_page")
	errSignIn      = fault.New(fault.Unauthenticated, "account.sign_in_first")
	errDenied      = fault.Denied("account.denied")
	errCrossOrigin = fault.Denied("web.cross_origin")
	errPanic       = errors.New("panic while answering")
	errAnswered    = errors.New("already answered")
)

func stack() string { return string(debug.Stack()) }

// Status returns the HTTP status of a fault's kind.
func Status(err error) int {
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return http.StatusRequestEntityTooLarge
	}
	return fault.KindOf(err).Status()
}

// Sentence returns what a person is told about an error: the fault's sentence,
// or a plain apology for everything unclassified.
func Sentence(p *i18n.Printer, err error) string {
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return p.T("web.too_big", tooBig.Limit>>10)
	}
	var f *fault.Error
	if errors.As(err, &f) && f.Kind != fault.Internal && p.Has(f.Key) {
		return p.T(f.Key, f.Args...)
	}
	return p.T("web.internal")
}

// fail answers an error as a page in plain words. Internal causes are logged
// and never shown.
func (s *Site) fail(q *Request, err error) {
	if errors.Is(err, errAnswered) || errors.Is(err, context.Canceled) {
		return
	}
	status := Status(err)
	if status == http.StatusUnauthorized && q.R.URL.Path != "/login" {
		next := q.R.URL.RequestURI()
		if q.R.Method != http.MethodGet {
			next = "/"
		}
		http.Redirect(q.W, q.R, "/login?next="+url.QueryEscape(next), http.StatusSeeOther)
		return
	}
	if status == http.StatusInternalServerError {
		s.cfg.Log.Error("request failed", "method", q.R.Method, "path", q.R.URL.Path, "error", err)
	}
	if p, ok := s.early(q, err); ok {
		if renderErr := q.Render(p); renderErr != nil {
			s.cfg.Log.Error("render empty page", "error", renderErr)
		}
		return
	}
	page := errorPage(q.P, status, Sentence(q.P, err), fieldSentences(q.P, err))
	if renderErr := q.RenderStatus(status, Page{Title: q.P.T("web.error_title"), Body: page}); renderErr != nil {
		s.cfg.Log.Error("render error page", "error", renderErr)
	}
}

// fieldSentences returns the sentences of a fault's fields in their order.
func fieldSentences(p *i18n.Printer, err error) []string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return nil
	}
	var out []string
	for _, fd := range f.Fields {
		out = append(out, p.T(fd.Key, fd.Args...))
	}
	return out
}

// Problems returns the sentences of a fault's fields by field name, for a form
// that is shown again; a fault without fields gives its own sentence under "".
func Problems(p *i18n.Printer, err error) map[string]string {
	out := map[string]string{}
	var f *fault.Error
	if !errors.As(err, &f) {
		return out
	}
	for _, fd := range f.Fields {
		if _, seen := out[fd.Name]; !seen {
			out[fd.Name] = p.T(fd.Key, fd.Args...)
		}
	}
	if len(f.Fields) == 0 {
		out[""] = Sentence(p, err)
	}
	return out
}
