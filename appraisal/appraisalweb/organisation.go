package appraisalweb

import (
	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// organisationPage lists the units whose predicate the reader sets or sees.
type organisationPage struct {
	P                  *i18n.Printer
	W                  appraisal.Window
	All                []appraisal.OrganisationRow
	Shown              []appraisal.OrganisationRow // as searched and filtered
	Found, Unset, Mine int
	At                 ui.Address
}

func (h *pages) organisationRoutes() []web.Route {
	act := account.ActAppraisalUnit
	return []web.Route{
		{Pattern: "GET /organisasi", Action: act, Handle: h.organisations},
		{Pattern: "GET /organisasi/{unit}", Action: act, Handle: h.unit},
		{Pattern: "GET /organisasi/{unit}/penetapan.pdf", Action: act, Handle: h.unitPDF},
		{Pattern: "POST /organisasi/{unit}", Action: account.ActAppraisalOrgRate, Handle: h.setOrganisation},
		{Pattern: "POST /organisasi/{unit}/alasan", Action: act, Handle: h.reasonSpread},
	}
}

func (h *pages) organisations(q *web.Request) error {
	lq, err := h.listQuery(q)
	if err != nil {
		return err
	}
	all, err := h.svc.Organisations(q.Context(), q.Actor, lq.Window)
	if err != nil {
		return err
	}
	p := organisationPage{P: q.P, W: lq.Window, All: all, At: ui.At(q.R.URL)}
	p.filter()
	if q.Query(ui.FormatParam) == "xlsx" {
		raw, err := appraisal.OrganisationsXLSX(p.Shown, q.P)
		if err != nil {
			return err
		}
		return q.Download("predikat-organisasi-"+lq.Window.Code()+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", raw)
	}
	return q.Render(web.Page{Title: q.P.T("appraisalweb.organisation"), Nav: "organisasi", Body: organisationBody(p)})
}

// filter keeps the units that are searched for, of the state that is chosen.
func (p *organisationPage) filter() {
	terms, state := search.Terms(p.At.Get(ui.SearchParam)), p.At.Get("keadaan")
	for _, o := range p.All {
		if !search.Match(search.Column(o.Unit, o.Rater.Name), terms) {
			continue
		}
		p.Found++
		if o.Version == 0 {
			p.Unset++
		}
		if o.May {
			p.Mine++
		}
		if state == "" || state == "belum" && o.Version == 0 || state == "sudah" && o.Version > 0 || state == "saya" && o.May {
			p.Shown = append(p.Shown, o)
		}
	}
}

// stateChips filter by whether a predicate is set and by who sets it.
func (p organisationPage) stateChips() []ui.Choice {
	now := p.At.Get("keadaan")
	chip := func(state, key string, n int) ui.Choice {
		return ui.Choice{Text: p.P.T(key), Count: p.P.Num(n), To: p.At.With("keadaan", state), Current: now == state}
	}
	all := []ui.Choice{chip("", "appraisalweb.all", p.Found), chip("belum", "appraisalweb.not_set", p.Unset), chip("sudah", "appraisalweb.org_set", p.Found-p.Unset)}
	if p.Mine > 0 && p.Mine < p.Found {
		all = append(all, chip("saya", "appraisalweb.org_mine", p.Mine))
	}
	return all
}

func (p organisationPage) windowOptions() []ui.Option {
	return listPage{P: p.P, Q: appraisal.ListQuery{Window: p.W}}.windowOptions()
}

// missing counts the units without a predicate.
func (p organisationPage) missing() int {
	n := 0
	for _, o := range p.All {
		if o.Version == 0 {
			n++
		}
	}
	return n
}
