package talkweb

import (
	"embed"

	"github.com/gurindam/gurindam/appraisal/talk"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// pages holds what the handlers need.
type pages struct{ svc *talk.Service }

// Routes returns the addresses of the pages.
func Routes(svc *talk.Service) []web.Route {
	h := &pages{svc}
	self, view := account.ActSelf, account.ActAppraisalView
	return []web.Route{
		{Pattern: "GET /dialog", Action: self, Handle: h.overview},
		{Pattern: "POST /dialog/periksa", Action: self, Handle: h.check},
		{Pattern: "GET /dialog-bagian/{part}", Action: view, Handle: h.history},
		{Pattern: "POST /dialog-bagian/{part}", Action: self, Handle: h.begin},
		{Pattern: "GET /dialog/{id}", Action: view, Handle: h.talk},
		{Pattern: "GET /dialog/{id}/catatan.pdf", Action: view, Handle: h.pdf},
		{Pattern: "POST /dialog/{id}/catatan", Action: self, Handle: h.note},
		{Pattern: "POST /dialog/{id}/butir", Action: self, Handle: h.raise},
		{Pattern: "POST /dialog/{id}/butir/hapus", Action: self, Handle: h.drop},
		{Pattern: "POST /dialog/{id}/sepakat", Action: self, Handle: h.agree},
		{Pattern: "POST /dialog/{id}/sepakat/hapus", Action: self, Handle: h.disagree},
		{Pattern: "POST /dialog/{id}/hari", Action: self, Handle: h.move},
		{Pattern: "POST /dialog/{id}/tandatangan", Action: self, Handle: h.sign},
		{Pattern: "POST /dialog/{id}/buka", Action: self, Handle: h.reopen},
		{Pattern: "POST /dialog/{id}/batal", Action: self, Handle: h.cancel},
		{Pattern: "POST /dialog/{id}/selesai/{action}", Action: self, Handle: h.done},
	}
}
