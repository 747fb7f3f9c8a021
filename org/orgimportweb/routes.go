package orgimportweb

import (
	"embed"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/org/orgimport"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// pages holds what the handlers need.
type pages struct{ svc *orgimport.Service }

// maxForm is what a form may hold beside its file.
const maxForm = 1 << 20

// Routes returns the addresses of the pages.
func Routes(svc *orgimport.Service) []web.Route {
	h := &pages{svc}
	const load = account.ActOrgImport
	return []web.Route{
		{Pattern: "GET /impor", Action: load, Handle: h.start},
		{Pattern: "GET /impor/{kind}", Action: load, Handle: h.form},
		{Pattern: "POST /impor/{kind}", Action: load, Handle: h.upload, MaxBody: orgimport.MostBytes + maxForm, Raw: true},
		{Pattern: "GET /impor/contoh/{kind}", Action: load, Handle: h.sample},
		{Pattern: "GET /impor/pemetaan/{name}", Action: load, Handle: h.mapping},
		{Pattern: "GET /impor/berkas/{id}", Action: load, Handle: h.run},
		{Pattern: "POST /impor/berkas/{id}/muat", Action: load, Handle: h.confirm},
		{Pattern: "POST /impor/berkas/{id}/batal", Action: load, Handle: h.discard},
		{Pattern: "GET /impor/berkas/{id}/ditolak.csv", Action: load, Handle: h.rejectedCSV},
		{Pattern: "GET /impor/berkas/{id}/ditolak.xlsx", Action: load, Handle: h.rejectedXLSX},
	}
}
