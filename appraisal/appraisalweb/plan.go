package appraisalweb

import (
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// planPage is everything the page of an SKP shows.
type planPage struct {
	P    *i18n.Printer
	V    appraisal.PlanView
	Ed   *editor // the piece being edited, nil when none is open
	Mine bool
	Now  string // time of day the plan was last saved
	// Years are the reader's own parts of the years around this one.
	Years []appraisal.Part
	From  []appraisal.Source // files it was taken from, where the pen is elsewhere
}

// planNav marks one's own SKP in the rail, and the team's otherwise.
func (p planPage) nav() string {
	if p.Mine {
		return "skp"
	}
	return "team"
}

// myPlan leads to one's SKP of the current year, or explains why there is
// none.
func (h *pages) myPlan(q *web.Request) error {
	parts, err := h.svc.MyParts(q.Context(), q.Actor, 0)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if len(parts) == 0 {
		return q.Render(web.Page{Title: q.P.T("appraisalweb.skp"), Nav: "skp", Body: noPart(q.P)})
	}
	return q.Redirect("/skp/"+parts[0].ID, "")
}

func (h *pages) plan(q *web.Request) error {
	v, err := h.svc.Plan(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	ed, err := h.openEditor(q, v)
	if err != nil {
		return err
	}
	return h.showPlan(q, 200, v, ed)
}

func (h *pages) showPlan(q *web.Request, status int, v appraisal.PlanView, ed *editor) error {
	p := planPage{P: q.P, V: v, Ed: ed, Mine: q.Actor.PersonID == v.Part.Who.PersonID}
	if !v.Plan.UpdatedAt.IsZero() {
		p.Now = q.P.Moment(v.Plan.UpdatedAt.In(q.Now.Location()))
	}
	var err error
	if p.Mine {
		if p.Years, err = h.yearsAround(q, v.Part.Year); err != nil {
			return err
		}
	}
	if p.From, err = h.sources(q, v.Part); err != nil {
		return err
	}
	title := q.P.T("appraisalweb.skp_year", strconv.Itoa(v.Part.Year))
	if !p.Mine {
		title += " · " + v.Part.Who.Name
	}
	return q.RenderStatus(status, web.Page{Title: title, Nav: p.nav(), Body: planBody(p)})
}

// yearsAround finds the reader's parts of the year before and the year after,
// where those years are open.
func (h *pages) yearsAround(q *web.Request, year int) ([]appraisal.Part, error) {
	var out []appraisal.Part
	for _, y := range []int{year - 1, year + 1} {
		parts, err := h.svc.MyParts(q.Context(), q.Actor, y)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		if len(parts) > 0 {
			out = append(out, parts[0])
		}
	}
	return out, nil
}

func (h *pages) planPDF(q *web.Request) error {
	revision, _ := strconv.Atoi(q.Query("revisi"))
	raw, err := h.svc.PlanPDF(q.Context(), q.Actor, q.Path("part"), revision)
	if err != nil {
		return err
	}
	return q.Download("SKP.pdf", "application/pdf", raw)
}

func (h *pages) planDiff(q *web.Request) error {
	v, err := h.svc.Plan(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	diff, err := h.svc.ComparePlan(q.Context(), q.Actor, v.Part.ID, q.Query("dengan"))
	if err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("appraisalweb.compare"), Nav: "skp", Body: planDiffBody(q.P, v, diff)})
}

func (h *pages) planHistory(q *web.Request) error {
	v, err := h.svc.Plan(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	revisions, err := h.svc.Revisions(q.Context(), q.Actor, v.Part.ID)
	if err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("appraisalweb.history"), Nav: "skp", Body: planHistoryBody(q.P, q.Now.Location(), v, revisions)})
}

func (h *pages) startPlan(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	part := q.Path("part")
	if _, err := h.svc.StartPlan(q.Context(), q.Actor, part, appraisal.Approach(f.Text("approach"))); err != nil {
		return err
	}
	return q.Redirect("/skp/"+part+"?buka=hasil", "")
}

func (h *pages) copyPlan(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	part := q.Path("part")
	if _, err := h.svc.CopyPlan(q.Context(), q.Actor, part, version(f), f.Text("from")); err != nil {
		return h.planAgain(q, nil, err)
	}
	return q.Redirect("/skp/"+part+"/beda", "appraisalweb.copied")
}

func (h *pages) setApproach(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	part := q.Path("part")
	if _, err := h.svc.SetApproach(q.Context(), q.Actor, part, version(f), appraisal.Approach(f.Text("approach"))); err != nil {
		return h.planAgain(q, nil, err)
	}
	return q.Redirect("/skp/"+part, "appraisalweb.saved")
}

// actPlan submits, withdraws, returns, approves, revises or discards.
func (h *pages) actPlan(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	part, act := q.Path("part"), appraisal.PlanAct(f.Text("act"))
	remark := f.Optional("remark", 2000)
	if err := f.Err(); err != nil {
		return h.planAgain(q, &editor{Kind: editReturn, Draft: ui.Draft{Values: q.R.PostForm}}, err)
	}
	if _, err := h.svc.Act(q.Context(), q.Actor, part, version(f), act, remark); err != nil {
		var ed *editor
		if act == appraisal.ReturnAct {
			ed = &editor{Kind: editReturn, Draft: ui.Draft{Values: q.R.PostForm}}
		}
		return h.planAgain(q, ed, err)
	}
	return q.Redirect("/skp/"+part, "appraisalweb.did."+string(act))
}

// version is the plan's version as the form was shown.
func version(f *web.Form) int64 {
	n, err := strconv.ParseInt(f.Text("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// planAgain shows the page again after a refused form: with what was typed,
// what is wrong, and, where somebody else saved meanwhile, what is stored now.
// Faults that the page cannot mend are passed on.
func (h *pages) planAgain(q *web.Request, ed *editor, cause error) error {
	kind := fault.KindOf(cause)
	if kind != fault.Invalid && kind != fault.Conflict {
		return cause
	}
	v, err := h.svc.Plan(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	if ed == nil {
		ed = &editor{Kind: editNotice}
	}
	ed.Problems = web.Problems(q.P, cause)
	ed.Draft.Problems = ed.Problems
	ed.Conflict = kind == fault.Conflict
	if err := h.furnish(q, v, ed); err != nil {
		return err
	}
	return h.showPlan(q, web.Status(cause), v, ed)
}
