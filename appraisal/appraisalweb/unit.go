package appraisalweb

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// unitPage is one unit: its predicate, what speaks for it, and the pattern.
type unitPage struct {
	P      *i18n.Printer
	V      appraisal.OrganisationView
	Open   bool // the form of the predicate
	Draft  ui.Draft
	Reason ui.Draft
	zone   zoned
}

func (h *pages) unit(q *web.Request) error {
	p, err := h.unitPage(q)
	if err != nil {
		return err
	}
	p.Open = p.Open || q.Query("buka") != ""
	return h.showUnit(q, 200, p)
}

func (h *pages) unitPage(q *web.Request) (unitPage, error) {
	lq, err := h.listQuery(q)
	if err != nil {
		return unitPage{}, err
	}
	return h.unitPageOf(q, lq.Window)
}

func (h *pages) unitPageOf(q *web.Request, w appraisal.Window) (unitPage, error) {
	v, err := h.svc.Organisation(q.Context(), q.Actor, q.Path("unit"), w)
	if err != nil {
		return unitPage{}, err
	}
	return unitPage{
		P: q.P, V: v, zone: q.Now.Location(), Open: v.May && v.Version == 0,
		Draft:  ui.Draft{Values: url.Values{"predicate": {string(v.Predicate)}, "reason": {v.Reason}, "evidence": {v.Evidence}}},
		Reason: ui.Draft{Values: url.Values{}},
	}, nil
}

func (h *pages) showUnit(q *web.Request, status int, p unitPage) error {
	return q.RenderStatus(status, web.Page{Title: p.V.Unit, Nav: "organisasi", Body: unitBody(p)})
}

func (h *pages) unitPDF(q *web.Request) error {
	lq, err := h.listQuery(q)
	if err != nil {
		return err
	}
	raw, err := h.svc.OrganisationPDF(q.Context(), q.Actor, q.Path("unit"), lq.Window)
	if err != nil {
		return err
	}
	return q.Download("Penetapan-predikat-organisasi.pdf", "application/pdf", raw)
}

func (h *pages) setOrganisation(q *web.Request) error {
	f, w, err := windowForm(q)
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
		return q.Redirect(unitPath(o.UnitID, w), "appraisalweb.organisation_set")
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	p, pageErr := h.unitPageOf(q, w)
	if pageErr != nil {
		return pageErr
	}
	p.Open, p.Draft = true, ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}
	return h.showUnit(q, web.Status(err), p)
}

// reasonSpread notes why the pattern is not followed.
func (h *pages) reasonSpread(q *web.Request) error {
	f, w, err := windowForm(q)
	if err != nil {
		return err
	}
	text := f.Required("text", 2000)
	if err = f.Err(); err == nil {
		err = h.svc.ReasonSpread(q.Context(), q.Actor, q.Path("unit"), w, text)
	}
	if err == nil {
		return q.Redirect(unitPath(q.Path("unit"), w)+"#pola", "appraisalweb.spread_reasoned")
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	p, pageErr := h.unitPageOf(q, w)
	if pageErr != nil {
		return pageErr
	}
	p.Reason = ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}
	return h.showUnit(q, web.Status(err), p)
}

func unitPath(unit string, w appraisal.Window) string {
	return "/organisasi/" + unit + "?w=" + w.Code()
}

func (p unitPage) path() string { return unitPath(p.V.UnitID, p.V.Window) }

func (p unitPage) lead() string {
	head := p.P.T("appraisalweb.unit_vacant")
	if p.V.Lead != nil {
		head = p.V.Lead.Who.Name + ", " + p.V.Lead.Who.Post
	}
	return p.P.T("appraisalweb.unit_lead", windowTitle(p.P, p.V.Window), head, p.V.People)
}

func (p unitPage) acts() (acts []ui.Act) {
	if p.V.Version > 0 {
		acts = append(acts, ui.Act{
			Text: p.P.T("appraisalweb.unit_print"), Icon: "print", Download: true,
			To: "/organisasi/" + p.V.UnitID + "/penetapan.pdf?w=" + p.V.Window.Code(),
		})
	}
	if p.V.May && !p.Open && p.V.Decided == 0 {
		acts = append(acts, ui.Act{Text: p.P.T("appraisalweb.unit_change"), Icon: "edit", To: p.path() + "&buka=1#editor"})
	}
	return acts
}

func (p unitPage) predicateField() ui.Field {
	f := p.Draft.Field("predicate", p.P.T("appraisalweb.f.org_predicate"))
	f.Required = true
	for _, o := range appraisal.AllOrganisationPredicates() {
		f.Options = append(f.Options, ui.Option{Value: string(o), Text: p.P.T("appraisalweb.org." + string(o))})
	}
	return f
}

func (p unitPage) area(name, label, hint string, required bool) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Hint, f.Required = p.P.T(hint), required
	return f
}

func (p unitPage) version() string { return strconv.FormatInt(p.V.Version, 10) }

func (p unitPage) reasonField() ui.Field {
	f := p.Reason.Field("text", p.P.T("appraisalweb.f.spread_reason"))
	f.Hint, f.Required = p.P.T("appraisalweb.h.spread_reason"), true
	return f
}

// counted is a predicate with how many people have it.
type counted struct {
	Name  string
	N     int64
	Share string
}

func (p unitPage) counts() []counted {
	a := p.V.Spread
	var out []counted
	for _, code := range appraisal.AllPredicates() {
		n := a.Counts[code]
		share := int64(0)
		if a.Total > 0 {
			share = (1000*n + a.Total/2) / a.Total
		}
		out = append(out, counted{p.P.T("appraisalweb.predicate." + string(code)), n, p.P.Num(strconv.FormatInt(share/10, 10)+"."+strconv.FormatInt(share%10, 10), 1) + " %"})
	}
	return out
}

// cutText says what one demand of the pattern asks and how far it is missed.
func (p unitPage) cutText(c appraisal.Cut) string {
	names := []string{p.P.T("appraisalweb.predicate." + string(c.Predicate))}
	for _, other := range c.With {
		names = append(names, p.P.T("appraisalweb.predicate."+string(other)))
	}
	name := strings.Join(names, " "+p.P.T("appraisalweb.or")+" ")
	return p.P.T("appraisalweb.cut."+c.Code, name, c.Limit.String(), c.Actual.String(), c.People)
}

// wayText writes a spread that fits: "1 Baik, 1 Butuh Perbaikan".
func (p unitPage) wayText(w appraisal.PredicateCounts) string {
	var parts []string
	for _, code := range appraisal.AllPredicates() {
		if n := w[code]; n > 0 {
			parts = append(parts, p.P.Num(n)+" "+p.P.T("appraisalweb.predicate."+string(code)))
		}
	}
	return strings.Join(parts, ", ")
}

// mostWays is how many of the ways that fit are shown.
const mostWays = 3

func (p unitPage) ways() []appraisal.PredicateCounts {
	return p.V.Spread.Ways[:min(mostWays, len(p.V.Spread.Ways))]
}

// stuck lists the superiors whose few people cannot fit the pattern.
func (p unitPage) stuck() []appraisal.SpreadGroup {
	return slices.DeleteFunc(slices.Clone(p.V.Spread.Groups), func(g appraisal.SpreadGroup) bool { return g.Possible })
}

// spreadTitle says how the unit stands beside the pattern.
func (p unitPage) spreadTitle() (tone ui.Tone, word string) {
	a := p.V.Spread
	switch {
	case a.Impossible():
		return ui.Info, p.P.T("appraisalweb.spread_impossible")
	case a.Total == 0:
		return ui.Waiting, p.P.T("appraisalweb.spread_nobody")
	case a.Result.Fits:
		return ui.Good, p.P.T("appraisalweb.spread_fits")
	}
	return ui.Late, p.P.T("appraisalweb.spread_differs", len(a.Result.Violations))
}
