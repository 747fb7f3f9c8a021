package appraisalweb

import (
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// listPage is a list of parts: a superior's people, or an office's.
type listPage struct {
	P     *i18n.Printer
	Q     appraisal.ListQuery
	L     appraisal.List
	At    ui.Address
	Team  bool
	Pages ui.Pages
}

// listSize is how many rows a page of a list has.
const listSize = 50

func (h *pages) listRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /tim", Action: account.ActAppraisalUnit, Handle: h.team},
		{Pattern: "GET /tim/konfirmasi", Action: account.ActAppraisalReview, Handle: h.reviews},
		{Pattern: "POST /tim/konfirmasi", Action: account.ActAppraisalReview, Handle: h.confirm},
		{Pattern: "POST /tim/konfirmasi/tarik", Action: account.ActAppraisalReview, Handle: h.takeBackMany},
		{Pattern: "GET /penilaian", Action: account.ActAppraisalUnit, Handle: h.list},
	}
}

// team lists the people the reader evaluates, what waits for a decision first.
func (h *pages) team(q *web.Request) error {
	lq, err := h.listQuery(q)
	if err != nil {
		return err
	}
	lq.Evaluator = q.Actor.PersonID
	if lq.Evaluator == "" {
		return q.Redirect("/penilaian", "")
	}
	return h.showList(q, lq, true)
}

// list is the office's and the agency's list.
func (h *pages) list(q *web.Request) error {
	lq, err := h.listQuery(q)
	if err != nil {
		return err
	}
	return h.showList(q, lq, false)
}

func (h *pages) showList(q *web.Request, lq appraisal.ListQuery, team bool) error {
	if q.Query(ui.FormatParam) == "xlsx" {
		raw, err := h.svc.ListXLSX(q.Context(), q.Actor, lq, q.P)
		if err != nil {
			return err
		}
		return q.Download("penilaian-"+lq.Window.Code()+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", raw)
	}
	l, err := h.svc.List(q.Context(), q.Actor, lq)
	if err != nil {
		return err
	}
	at := ui.At(q.R.URL)
	p := listPage{P: q.P, Q: lq, L: l, At: at, Team: team, Pages: ui.PagesOf(at, lq.Page, listSize, l.Total)}
	title, nav := q.P.T("appraisalweb.team"), "team"
	if !team {
		title, nav = q.P.T("appraisalweb.list"), "penilaian"
	}
	return q.Render(web.Page{Title: title, Nav: nav, Body: listBody(p)})
}

// listQuery reads the filters from the address. A word that is none of the
// list's is ignored rather than refused, so that an old bookmark still works.
func (h *pages) listQuery(q *web.Request) (appraisal.ListQuery, error) {
	lq := appraisal.ListQuery{
		Unit: q.Query("unit"), Text: q.Query(ui.SearchParam), Plan: appraisal.PlanState(q.Query("skp")),
		Evaluation: appraisal.EvaluationState(q.Query("evaluasi")), Desk: appraisal.Desk(q.Query("meja")),
		Predicate: appraisal.Predicate(q.Query("predikat")), Sort: q.Query(ui.SortParam), Size: listSize,
	}
	lq.Page = ui.At(q.R.URL).Page()
	if code := q.Query("w"); code != "" {
		w, err := appraisal.ParseWindow(code)
		if err != nil {
			return lq, err
		}
		lq.Window = w
		return lq, nil
	}
	period, err := h.svc.Period(q.Context(), q.Actor, 0)
	if err != nil {
		return lq, err
	}
	lq.Window = period.Annual()
	return lq, nil
}

// deskChips are the filters by whose desk a thing lies on, each with how many.
func (p listPage) deskChips() []ui.Choice {
	everybody := 0
	for _, n := range p.L.Plans {
		everybody += n
	}
	all := []ui.Choice{{Text: p.P.T("appraisalweb.all"), Count: p.P.Num(everybody), To: p.At.With("meja", "", "skp", "", "evaluasi", ""), Current: p.Q.Desk == "" && p.Q.Plan == "" && p.Q.Evaluation == ""}}
	for _, d := range []appraisal.Desk{appraisal.DeskEvaluator, appraisal.DeskPerson, appraisal.DeskAbove, appraisal.DeskOrg} {
		if n := p.L.Desks[d]; n > 0 || p.Q.Desk == d {
			all = append(all, ui.Choice{Text: p.P.T("appraisalweb.desk." + string(d)), Count: p.P.Num(n), To: p.At.With("meja", string(d), "skp", "", "evaluasi", ""), Current: p.Q.Desk == d})
		}
	}
	for _, s := range []appraisal.PlanState{appraisal.NotMade, appraisal.Submitted} {
		if n := p.L.Plans[s]; n > 0 || p.Q.Plan == s {
			all = append(all, ui.Choice{Text: p.P.T("appraisalweb.skp_state", p.P.T("appraisalweb.state."+string(s))), Count: p.P.Num(n), To: p.At.With("skp", string(s), "meja", "", "evaluasi", ""), Current: p.Q.Plan == s})
		}
	}
	return all
}

// windowOptions are the windows of the year one can look at.
func (p listPage) windowOptions() []ui.Option {
	var out []ui.Option
	year := p.Q.Window.Year
	for _, c := range []appraisal.Cadence{appraisal.Quarterly, appraisal.Monthly} {
		for _, w := range c.Windows(year) {
			if !w.Annual() {
				out = append(out, ui.Option{Value: w.Code(), Text: windowShort(p.P, w) + " " + strconv.Itoa(year)})
			}
		}
	}
	before := appraisal.AnnualOf(year - 1)
	return append(out, ui.Option{Value: before.Code(), Text: windowShort(p.P, before) + " " + strconv.Itoa(year-1)})
}

// windowLabel names what is listed when no window is chosen.
func (p listPage) windowLabel() string {
	return windowShort(p.P, appraisal.AnnualOf(p.Q.Window.Year)) + " " + strconv.Itoa(p.Q.Window.Year)
}

func (p listPage) columns() []ui.Column {
	all := []ui.Column{{Key: "name", Label: p.P.T("appraisalweb.col.name")}}
	if !p.Team {
		all = append(all, ui.Column{Key: "unit", Label: p.P.T("appraisalweb.col.unit")})
	}
	return append(all, ui.Column{Key: "plan", Label: "SKP"},
		ui.Column{Key: "evaluation", Label: p.P.T("appraisalweb.evaluation")}, ui.Column{Label: p.P.T("appraisalweb.col.desk")})
}

func (p listPage) sort() string {
	if p.Q.Sort == "" {
		return "name"
	}
	return p.Q.Sort
}

// predicateText names the result of a row, or where it stands.
// sentBy says who has sent their words while no predicate is set.
func (p listPage) sentBy(r appraisal.Row) string {
	switch {
	case r.SelfSent && r.SuperiorSent:
		return p.P.T("appraisalweb.both_sent")
	case r.SelfSent:
		return p.P.T("appraisalweb.employee_sent")
	default:
		return p.P.T("appraisalweb.evaluator_sent")
	}
}

// rowLink is where a row leads: to the plan until it is approved, then to the
// evaluation.
func (p listPage) rowLink(r appraisal.Row) string {
	if r.Plan != appraisal.Approved {
		return "/skp/" + r.Part.ID
	}
	return "/evaluasi/" + r.Part.ID + "?w=" + p.Q.Window.Code()
}

func (p listPage) deskText(r appraisal.Row) string {
	if r.Desk == appraisal.DeskNobody {
		return "–"
	}
	if r.DeskName != "" {
		return r.DeskName
	}
	return p.P.T("appraisalweb.desk." + string(r.Desk))
}

// elsewhere returns a unit of the superior's people who write in another
// application, and how many of those shown do.
func (p listPage) elsewhere() (unit string, people int) {
	if !p.Team {
		return "", 0
	}
	for _, r := range p.L.Rows {
		if r.Part.Pen != appraisal.PenGurindam {
			unit = r.Part.Who.UnitID
			people++
		}
	}
	return unit, people
}
