package orgweb

import (
	"embed"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/org/reference"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// pages holds what the handlers need.
type pages struct {
	svc   *org.Service
	lists *reference.Lists
}

// Routes returns the addresses of the map's pages.
func Routes(svc *org.Service) []web.Route {
	h := &pages{svc, reference.New()}
	var all []web.Route
	all = append(all, h.mapRoutes()...)
	all = append(all, h.unitForms()...)
	all = append(all, h.positionForms()...)
	all = append(all, h.peopleRoutes()...)
	return all
}

func (h *pages) mapRoutes() []web.Route {
	view := account.ActOrgView
	return []web.Route{
		{Pattern: "GET /unit", Action: view, Handle: h.tree},
		{Pattern: "GET /unit/{id}", Action: view, Handle: h.unit},
		{Pattern: "GET /peta", Action: view, Handle: h.ownMap},
		{Pattern: "GET /peta/{unit}", Action: view, Handle: h.peta},
		{Pattern: "GET /jabatan/{id}", Action: view, Handle: h.position},
		{Pattern: "GET /cari", Action: view, Handle: h.find},
		{Pattern: "GET /jabatan-diputuskan", Action: account.ActPeople, Handle: h.decisions},
	}
}

func (h *pages) unitForms() []web.Route {
	edit := account.ActOrgEdit
	return []web.Route{
		{Pattern: "GET /unit/baru", Action: edit, Handle: h.unitForm},
		{Pattern: "POST /unit/baru", Action: edit, Handle: h.saveUnit},
		{Pattern: "GET /unit/lepas", Action: edit, Handle: h.loose},
		{Pattern: "POST /unit/lepas", Action: edit, Handle: h.attach},
		{Pattern: "GET /unit/{id}/ubah", Action: edit, Handle: h.unitForm},
		{Pattern: "POST /unit/{id}/ubah", Action: edit, Handle: h.saveUnit},
		{Pattern: "GET /unit/{id}/tutup", Action: edit, Handle: h.closeUnitForm},
		{Pattern: "POST /unit/{id}/tutup", Action: edit, Handle: h.closeUnit},
		{Pattern: "GET /unit/{id}/gabung", Action: edit, Handle: h.mergeForm},
		{Pattern: "POST /unit/{id}/gabung", Action: edit, Handle: h.merge},
		{Pattern: "GET /unit/{id}/pecah", Action: edit, Handle: h.splitForm},
		{Pattern: "POST /unit/{id}/pecah", Action: edit, Handle: h.split},
	}
}

func (h *pages) positionForms() []web.Route {
	edit := account.ActOrgEdit
	return []web.Route{
		{Pattern: "GET /jabatan/baru", Action: edit, Handle: h.positionForm},
		{Pattern: "POST /jabatan/baru", Action: edit, Handle: h.savePosition},
		{Pattern: "GET /jabatan/{id}/ubah", Action: edit, Handle: h.positionForm},
		{Pattern: "POST /jabatan/{id}/ubah", Action: edit, Handle: h.savePosition},
		{Pattern: "GET /jabatan/{id}/tutup", Action: edit, Handle: h.closePositionForm},
		{Pattern: "POST /jabatan/{id}/tutup", Action: edit, Handle: h.closePosition},
		{Pattern: "GET /jabatan/{id}/tunjuk", Action: edit, Handle: h.appointForm},
		{Pattern: "POST /jabatan/{id}/tunjuk", Action: edit, Handle: h.appoint},
		{Pattern: "GET /penugasan/{id}/akhiri", Action: edit, Handle: h.endForm},
		{Pattern: "POST /penugasan/{id}/akhiri", Action: edit, Handle: h.end},
		{Pattern: "GET /penugasan/{id}/perpanjang", Action: edit, Handle: h.extendForm},
		{Pattern: "POST /penugasan/{id}/perpanjang", Action: edit, Handle: h.extend},
		{Pattern: "GET /rujukan/jabatan", Action: edit, Handle: h.titles},
		{Pattern: "GET /rujukan/pendidikan", Action: edit, Handle: h.studies},
	}
}

func (h *pages) peopleRoutes() []web.Route {
	edit := account.ActOrgEdit
	return []web.Route{
		{Pattern: "GET /pegawai", Action: account.ActPeople, Handle: h.people},
		{Pattern: "GET /pegawai/{id}", Action: account.ActOrgView, Handle: h.person},
		{Pattern: "GET /pegawai/baru", Action: edit, Handle: h.personForm},
		{Pattern: "POST /pegawai/baru", Action: edit, Handle: h.savePerson},
		{Pattern: "GET /pegawai/{id}/ubah", Action: edit, Handle: h.personForm},
		{Pattern: "POST /pegawai/{id}/ubah", Action: edit, Handle: h.savePerson},
		{Pattern: "GET /pegawai/{id}/penilai", Action: edit, Handle: h.overrideForm},
		{Pattern: "POST /pegawai/{id}/penilai", Action: edit, Handle: h.override},
		{Pattern: "POST /pegawai/{id}/penilai/cabut", Action: edit, Handle: h.dropOverride},
		{Pattern: "GET /pegawai/{id}/usul", Action: account.ActPerson, Handle: h.proposeForm},
		{Pattern: "POST /pegawai/{id}/usul", Action: account.ActPerson, Handle: h.propose},
		{Pattern: "GET /koreksi", Action: edit, Handle: h.corrections},
		{Pattern: "GET /koreksi/{id}", Action: edit, Handle: h.correction},
		{Pattern: "POST /koreksi/{id}", Action: edit, Handle: h.decide},
	}
}
