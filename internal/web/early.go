package web

import (
	"errors"
	"net/http"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
)

// Early is what a page of the menu shows while the thing it stands on does not
// exist yet: an agency that has just begun is not at fault, so it is told what
// comes next instead of being turned away.
type Early struct {
	Icon   string
	Title  string // translation key
	Text   string // translation key: what comes next, and who does it
	Act    account.Action
	Button string // translation key, shown to those who may Act
	To     string // where the button leads
}

// early returns the empty state for a page of the menu that failed with a
// fault Config.Early knows; ok is false for everything else.
func (s *Site) early(q *Request, err error) (p Page, ok bool) {
	var f *fault.Error
	if q.R.Method != http.MethodGet || !errors.As(err, &f) {
		return p, false
	}
	e, ok := s.cfg.Early[f.Key]
	if !ok {
		return p, false
	}
	for _, it := range s.cfg.Nav {
		if it.Path == q.R.URL.Path {
			title := q.P.T(it.Label)
			return Page{Title: title, Nav: it.Key, Body: earlyPage(q.P, title, e, q.May(e.Act))}, true
		}
	}
	return p, false
}
