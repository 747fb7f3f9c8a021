package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
)

// Route is one address of the site. Pattern is a net/http pattern with a
// method ("GET /unit/{id}"). Action decides who may come here at all; the
// service behind it checks the thing itself.
type Route struct {
	Pattern string
	Action  account.Action
	Handle  func(*Request) error
	MaxBody int64 // bytes of a request body; 0 means 1 MiB
	Raw     bool  // body is read by the handler itself (uploads, JSON)
}

const defaultBody = 1 << 20

// NavItem is one entry of the left rail. It is shown to those who may do
// Action; Badge names the counter shown beside it, if any.
type NavItem struct {
	Key    string // matches Page.Nav
	Path   string
	Icon   string
	Label  string // translation key
	Group  string // translation key of the heading, empty for the first group
	Action account.Action
	Badge  string
	Role   account.Role // shown only to holders of the role, if set
	If     string       // shown only where Config.Holds says so, if set
}

// Handler returns the site. It panics when a route has no action or repeats a
// pattern: a mistake of the programmer, found at start.
func (s *Site) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, rt := range s.routes {
		if rt.Action == "" {
			panic(fmt.Sprintf("route %s names no action", rt.Pattern))
		}
		mux.Handle(rt.Pattern, s.adapt(rt))
	}
	mux.Handle("GET /static/", s.cfg.Static)
	for pattern, h := range s.cfg.Extra {
		mux.Handle(pattern, h)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		q, err := s.request(w, r)
		if err == nil {
			err = errNoPage
		}
		s.fail(q, err)
	})
	protect := http.NewCrossOriginProtection()
	protect.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q, err := s.request(w, r)
		if err == nil {
			err = errCrossOrigin
		}
		s.fail(q, err)
	}))
	return s.recover(s.log(secure(compressed(protect.Handler(mux)))))
}

// Routes lists what is registered, for the test that walks them all.
func (s *Site) Routes() []Route { return s.routes }

func (s *Site) adapt(rt Route) http.Handler {
	limit := rt.MaxBody
	if limit == 0 {
		limit = defaultBody
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		q, err := s.request(w, r)
		if err == nil {
			err = s.admit(q, rt)
		}
		if err == nil {
			err = rt.Handle(q)
		}
		if err != nil {
			s.fail(q, err)
		}
	})
}

// admit turns away who may not come here at all, and sends those whose
// password was set by somebody else to choose their own first.
func (s *Site) admit(q *Request, rt Route) error {
	if !s.cfg.Access.May(q.Actor, rt.Action) {
		if !q.Actor.SignedIn() {
			return errSignIn
		}
		return errDenied
	}
	path := q.R.URL.Path
	if q.Actor.MustChange && rt.Action != account.ActPublic && !strings.HasPrefix(path, "/akun/sandi") && path != "/logout" {
		http.Redirect(q.W, q.R, "/akun/sandi", http.StatusSeeOther)
		return errAnswered
	}
	return nil
}
