package voicesweb

import (
	"embed"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Config is what the pages need.
type Config struct {
	Voices *voices.Service
	People *appraisal.Service // finds whom HR asks about; nil leaves the search out
}

type pages struct {
	svc    *voices.Service
	people *appraisal.Service
}

// maxForm is far more than the marks and words of one person need.
const maxForm = 64 << 10

// Routes returns the addresses of the pages.
func Routes(c Config) []web.Route {
	h := &pages{c.Voices, c.People}
	const self, public = account.ActSelf, account.ActPublic
	return []web.Route{
		{Pattern: "GET /suara", Action: self, Handle: h.list},
		{Pattern: "POST /suara", Action: self, Handle: h.open},
		{Pattern: "GET /suara/baru", Action: self, Handle: h.ask},
		{Pattern: "GET /suara/{round}", Action: self, Handle: h.round},
		{Pattern: "POST /suara/{round}/kupon", Action: self, Handle: h.draw, MaxBody: maxForm},

		{Pattern: "GET /t/{round}", Action: public, Handle: h.form},
		{Pattern: "POST /t/{round}", Action: public, Handle: h.answer, MaxBody: maxForm},
		{Pattern: "GET /t/{round}/terima-kasih", Action: public, Handle: h.thanks},
	}
}

// nav is the entry of the rail that all pages of this package mark.
const nav = "suara"
