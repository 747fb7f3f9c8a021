package appraisalweb

import (
	"net/url"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// organisationPage lists the units whose predicate the reader sets or sees.
type organisationPage struct {
	P     *i18n.Printer
	W     appraisal.Window
	All   []appraisal.OrganisationRow
	Open  *appraisal.OrganisationRow
	Draft ui.Draft
	At    ui.Address
}

func (h *pages) organisationRoutes() []web.Route {
	act := account.ActAppraisalUnit
	return []web.Route{
		{Pattern: "GET /organisasi", Action: act, Handle: h.organisations},
		{Pattern: "POST /organisasi/{unit}", Action: account.ActAppraisalOrgRate, Handle: h.setOrganisation},
	}
}

func (h *pages) organisations(q *web.Request) error {
	p, err := h.organisationPage(q, q.Query("unit"))
	if err != nil {
		return err
	}
	if p.Open != nil {
		p.Draft.Values = url.Values{"predicate": {string(p.Open.Predicate)}, "reason": {p.Open.Reason}, "evidence": {p.Open.Evidence}}
	}
	return h.showOrganisations(q, 200, p)
}

func (h *pages) organisationPage(q *web.Request, open string) (organisationPage, error) {
	lq, err := h.listQuery(q)
	if err != nil {
		return organisationPage{}, err
	}
	all, err := h.svc.Organisations(q.Context(), q.Actor, lq.Window)
	if err != nil {
		return organisationPage{}, err
	}
	p := organisationPage{P: q.P, W: lq.Window, All: all, At: ui.At(q.R.URL)}
	for i := range all {
		if all[i].UnitID == open {
			p.Open = &all[i]
		}
	}
	return p, nil
}

func (h *pages) showOrganisations(q *web.Request, status int, p organisationPage) error {
	return q.RenderStatus(status, web.Page{Title: q.P.T("appraisalweb.organisation"), Nav: "organisasi", Body: organisationBody(p)})
}

func (h *pages) setOrganisation(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	w, err := appraisal.ParseWindow(f.Text("window"))
	if err != nil {
		return err
	}
	o := appraisal.Organisation{
		UnitID: q.Path("unit"), Window: w, Predicate: appraisal.OrganisationPredicate(f.Text("predicate")),
		Reason: f.Required("reason", 2000), Evidence: f.Optional("evidence", 2000), Version: max(version(f), 0),
	}
	if err = f.Err(); err == nil {
		_, err = h.svc.SetOrganisation(q.Context(), q.Actor, o)
	}
	if err == nil {
		return q.Redirect("/organisasi?w="+w.Code(), "appraisalweb.organisation_set")
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	p, pageErr := h.organisationPage(q, o.UnitID)
	if pageErr != nil {
		return pageErr
	}
	p.Draft = ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}
	return h.showOrganisations(q, web.Status(err), p)
}

func (p organisationPage) predicateField() ui.Field {
	f := p.Draft.Field("predicate", p.P.T("appraisalweb.f.org_predicate"))
	f.Required = true
	for _, o := range appraisal.AllOrganisationPredicates() {
		f.Options = append(f.Options, ui.Option{Value: string(o), Text: p.P.T("appraisalweb.org." + string(o))})
	}
	return f
}

func (p organisationPage) area(name, label, hint string, required bool) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Hint, f.Required = p.P.T(hint), required
	return f
}

func (p organisationPage) version() string { return strconv.FormatInt(p.Open.Version, 10) }

func (p organisationPage) missing() int {
	n := 0
	for _, o := range p.All {
		if o.Version == 0 && o.May {
			n++
		}
	}
	return n
}
