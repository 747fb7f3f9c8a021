package orgweb

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// personFormPage is the form of a person's record, new or corrected.
type personFormPage struct {
	form
	New     bool
	Studies []string
}

func personValues(p org.Person, today org.Day) url.Values {
	return values("version", strconv.FormatInt(p.Version, 10), "name", p.Name, "front", p.Front, "back", p.Back, "nip", p.NIP,
		"born", string(p.Born), "birthplace", p.Birthplace, "sex", p.Sex, "email", p.Email, "phone", p.Phone,
		"employment", string(p.Employment), "rank", p.Rank, "education", p.Education, "study", p.Study,
		"legal_status", p.LegalStatus, "contract_end", string(p.ContractEnd), "from", string(today))
}

// storedPerson returns the person a form is about, an empty one for a new
// person. It leaves the trace of a reading.
func (h *pages) storedPerson(q *web.Request) (org.Person, error) {
	id := q.Path("id")
	if id == "" {
		return org.Person{LegalStatus: org.Active, Employment: org.PNS}, nil
	}
	f, err := h.svc.File(q.Context(), q.Actor, id, h.svc.Today())
	if err != nil {
		return org.Person{}, err
	}
	if !f.May.Edit {
		return org.Person{}, q.Can(account.ActOrgEdit, f.Map.Thing(id))
	}
	return f.Person, nil
}

func (h *pages) personForm(q *web.Request) error {
	p, err := h.storedPerson(q)
	if err != nil {
		return err
	}
	return h.showPersonForm(q, http.StatusOK, p, draft(q, personValues(p, h.svc.Today())))
}

func (h *pages) showPersonForm(q *web.Request, status int, x org.Person, d ui.Draft) error {
	p := personFormPage{New: x.ID == "", form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), On: h.svc.Today(), Today: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.new_person"), Lead: q.P.T("orgweb.person_form_lead"), Action: "/pegawai/baru", Back: "/pegawai",
	}}
	if !p.New {
		p.Title, p.Action, p.Back = q.P.T("orgweb.change_thing", x.FullName()), "/pegawai/"+x.ID+"/ubah", "/pegawai/"+x.ID
		p.Now = []ui.Fact{
			{Name: word(q.P, "field", "name"), Value: x.FullName()},
			{Name: "NIP", Value: spaced(x.NIP)},
			{Name: word(q.P, "field", "rank"), Value: x.Rank},
			{Name: word(q.P, "field", "legal_status"), Value: word(q.P, "status", x.LegalStatus)},
		}
	}
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "pegawai", Body: personFormBody(p)})
}

func (h *pages) savePerson(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	x, err := h.storedPerson(q)
	if err != nil {
		return err
	}
	e := org.PersonEdit{From: org.Day(f.Date("from", true)), Decree: f.Optional("decree", org.MaxDecree), Person: org.Person{
		ID: x.ID, Version: atoi(f.Text("version")), NIP: f.Text("nip"), Name: f.Required("name", org.MaxName), Front: f.Text("front"), Back: f.Text("back"),
		Born: org.Day(f.Date("born", false)), Birthplace: f.Text("birthplace"), Sex: f.Text("sex"), Email: f.Text("email"), Phone: f.Text("phone"),
		Employment: org.Employment(f.Text("employment")), Rank: f.Text("rank"), Education: f.Text("education"), Study: f.Optional("study", org.MaxName),
		LegalStatus: f.Text("legal_status"), ContractEnd: org.Day(f.Date("contract_end", false)),
	}}
	id := x.ID
	if err = f.Err(); err == nil {
		id, err = h.svc.SavePerson(q.Context(), q.Actor, e)
	}
	if refused(err) {
		return h.showPersonForm(q, web.Status(err), x, failed(q, draft(q, nil), err, strconv.FormatInt(x.Version, 10)))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/pegawai/"+id+dayQuery(e.From, h.svc.Today()), "orgweb.saved")
}

// overridePage names another evaluator than the map does.
type overridePage struct {
	form
	Person    org.Person
	Now       string // who evaluates by the map or by an override
	Named     bool   // an override holds
	Evaluator pick
}

func (h *pages) overrideForm(q *web.Request) error {
	return h.showOverride(q, http.StatusOK, draft(q, values("from", string(h.svc.Today()))))
}

func (h *pages) showOverride(q *web.Request, status int, d ui.Draft) error {
	f, err := h.svc.File(q.Context(), q.Actor, q.Path("id"), h.svc.Today())
	if err != nil {
		return err
	}
	path := "/pegawai/" + f.Person.ID
	p := overridePage{Person: f.Person, form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), On: h.svc.Today(), Today: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.evaluator_of", f.Person.FullName()), Lead: q.P.T("orgweb.override_lead"), Action: path + "/penilai", Back: path,
	}}
	view := personPage{base: p.base, File: f}
	p.Now = joined(" · ", f.Names[f.Evaluator.PersonID], view.how(f.Evaluator))
	p.Named = f.Evaluator.How == org.ByOverride
	if p.Evaluator, err = h.personPick(q, p.form, "evaluator"); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "pegawai", Body: overrideBody(p)})
}

func (h *pages) override(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	o := org.Override{
		Person: q.Path("id"), Evaluator: f.Text("evaluator"), From: org.Day(f.Date("from", true)), To: org.Day(f.Date("to", false)),
		Reason: f.Required("reason", org.MaxNote),
	}
	f.Faults.Check(o.Evaluator != "", "evaluator", "orgweb.choose_person")
	if err = f.Err(); err == nil {
		err = h.svc.SetOverride(q.Context(), q.Actor, o)
	}
	if refused(err) {
		return h.showOverride(q, web.Status(err), failed(q, draft(q, nil), err, ""))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/pegawai/"+o.Person+dayQuery(o.From, h.svc.Today()), "orgweb.evaluator_saved")
}

func (h *pages) dropOverride(q *web.Request) error {
	id := q.Path("id")
	if err := h.svc.DropOverride(q.Context(), q.Actor, id, h.svc.Today()); err != nil {
		return err
	}
	return q.Redirect("/pegawai/"+id, "orgweb.evaluator_dropped")
}

// proposePage says that something about a person is wrong.
type proposePage struct {
	form
	Own bool
}

func (h *pages) proposeForm(q *web.Request) error {
	return h.showPropose(q, http.StatusOK, draft(q, nil))
}

func (h *pages) showPropose(q *web.Request, status int, d ui.Draft) error {
	f, err := h.svc.File(q.Context(), q.Actor, q.Path("id"), h.svc.Today())
	if err != nil {
		return err
	}
	if !f.May.Propose {
		return q.Can(account.ActPerson, f.Map.Thing(f.Person.ID))
	}
	path := "/pegawai/" + f.Person.ID
	p := proposePage{Own: f.Person.ID == q.Actor.PersonID, form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), On: h.svc.Today(), Today: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.propose_for", f.Person.FullName()), Lead: q.P.T("orgweb.propose_lead"), Action: path + "/usul", Back: path,
	}}
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "pegawai", Body: proposeBody(p)})
}

func (h *pages) propose(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	id := q.Path("id")
	err = h.svc.Propose(q.Context(), q.Actor, id, f.Text("about"), f.Text("text"))
	if refused(err) {
		return h.showPropose(q, web.Status(err), failed(q, draft(q, nil), err, ""))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/pegawai/"+id, "orgweb.proposed")
}
