package cascadeweb

import (
	"embed"
	"net/http"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/cascade"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Config is what the pages need.
type Config struct {
	Cascade   *cascade.Service
	Appraisal *appraisal.Service
}

type pages struct{ Config }

// mostForm is the largest form of many cells.
const mostForm = 8 << 20

// Routes returns the addresses of the pages. What an office has promised is
// open to everybody signed in; who may write is decided for each unit and each
// matrix by the service.
func Routes(c Config) []web.Route {
	h := &pages{c}
	see, self, own, view := account.ActOrgView, account.ActSelf, account.ActAppraisalOwn, account.ActAppraisalView
	const upload = cascade.MostBytes + 1<<16
	return []web.Route{
		{Pattern: "GET /perjanjian", Action: see, Handle: h.agreements},
		{Pattern: "GET /perjanjian/muat", Action: self, Handle: h.loadForm},
		{Pattern: "POST /perjanjian/muat", Action: self, Handle: h.tryLoad, MaxBody: upload, Raw: true},
		{Pattern: "POST /perjanjian/muat/simpan", Action: self, Handle: h.load, MaxBody: mostForm},
		{Pattern: "GET /perjanjian/{unit}", Action: see, Handle: h.agreement},
		{Pattern: "GET /perjanjian/{unit}/cetak.pdf", Action: see, Handle: h.agreementPDF},
		{Pattern: "POST /perjanjian/{unit}/sasaran", Action: self, Handle: h.saveGoal},
		{Pattern: "POST /perjanjian/{unit}/indikator", Action: self, Handle: h.saveMeasure},
		{Pattern: "POST /perjanjian/{unit}/lain", Action: self, Handle: h.saveRest},
		{Pattern: "POST /perjanjian/{unit}/keadaan", Action: self, Handle: h.move},
		{Pattern: "GET /perjanjian/{unit}/ke-skp", Action: own, Handle: h.taking},
		{Pattern: "POST /perjanjian/{unit}/ke-skp", Action: own, Handle: h.take},

		{Pattern: "GET /matriks", Action: self, Handle: h.boards},
		{Pattern: "GET /matriks/{id}", Action: view, Handle: h.board},
		{Pattern: "GET /matriks/{id}/isi", Action: view, Handle: h.grid},
		{Pattern: "POST /matriks/{id}/isi", Action: view, Handle: h.tryGrid, MaxBody: mostForm},
		{Pattern: "GET /matriks/{id}/bagi", Action: view, Handle: h.assignForm},
		{Pattern: "POST /matriks/{id}/bagi", Action: view, Handle: h.assign, MaxBody: mostForm},
		{Pattern: "GET /matriks/{id}/tempel", Action: view, Handle: h.pasteForm},
		{Pattern: "POST /matriks/{id}/tempel", Action: view, Handle: h.tryPaste, MaxBody: upload, Raw: true},
		{Pattern: "POST /matriks/{id}/beri", Action: view, Handle: h.give, MaxBody: mostForm},
		{Pattern: "POST /matriks/{id}/tarik", Action: view, Handle: h.withdraw},
		{Pattern: "GET /matriks/{id}/tim", Action: view, Handle: h.teams},
		{Pattern: "POST /matriks/{id}/tim", Action: view, Handle: h.saveTeam},

		{Pattern: "GET /peran-hasil", Action: own, Handle: h.myRoles},
		{Pattern: "GET /peran-hasil/{part}", Action: view, Handle: h.roles},
		{Pattern: "POST /peran-hasil/{part}", Action: own, Handle: h.decide},
	}
}

// year is the year of the address, 0 for the current one.
func year(q *web.Request) int {
	y, _ := strconv.Atoi(q.R.FormValue("tahun"))
	return y
}

// refused reports whether a form comes back with the reason.
func refused(err error) bool { return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) }

func versionOf(f *web.Form) int64 {
	n, _ := strconv.ParseInt(f.Text("version"), 10, 64)
	return n
}

// myRoles leads to what was proposed for the deciding part.
func (h *pages) myRoles(q *web.Request) error {
	parts, err := h.Appraisal.MyParts(q.Context(), q.Actor, 0)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if len(parts) == 0 {
		return q.Render(web.Page{Title: q.P.T("cascadeweb.roles"), Nav: "peran-hasil", Body: noPart(q.P)})
	}
	return q.Redirect("/peran-hasil/"+parts[0].ID, "")
}

func (h *pages) roles(q *web.Request) error { return h.showRoles(q, http.StatusOK, nil) }

func (h *pages) showRoles(q *web.Request, status int, problems map[string]string) error {
	v, err := h.Cascade.Roles(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	nav := "peran-hasil"
	if !v.Mine {
		nav = "matriks"
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("cascadeweb.roles"), Nav: nav, Body: rolesBody(rolesPage{P: q.P, Zone: q.Now.Location(), V: v, Problems: problems, Remark: q.R.PostFormValue("remark")})})
}

func (h *pages) decide(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	accept := f.Text("act") == "terima"
	n, err := h.Cascade.Decide(q.Context(), q.Actor, q.Path("part"), f.All("id"), accept, f.Text("remark"))
	if refused(err) {
		return h.showRoles(q, web.Status(err), web.Problems(q.P, err))
	}
	if err != nil {
		return err
	}
	key := "cascadeweb.declined"
	if accept {
		key = "cascadeweb.accepted"
	}
	return q.Redirect("/peran-hasil/"+q.Path("part"), key, n)
}
