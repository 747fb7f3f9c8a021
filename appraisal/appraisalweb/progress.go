package appraisalweb

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// progressPage is everything the page of progress shows.
type progressPage struct {
	P        *i18n.Printer
	V        appraisal.ProgressView
	Mine     bool
	Today    string
	Open     string // id of the indicator or step being recorded
	Entry    *appraisal.Progress
	Kept     []appraisal.Evidence // files the open form holds already
	Upload   bool                 // files can be attached
	Draft    ui.Draft
	Conflict bool
}

func (h *pages) progressRoutes() []web.Route {
	own, view := account.ActAppraisalOwn, account.ActAppraisalView
	return []web.Route{
		{Pattern: "GET /kemajuan", Action: own, Handle: h.myProgress},
		{Pattern: "GET /kemajuan/{part}", Action: view, Handle: h.progress},
		{Pattern: "POST /kemajuan/{part}", Action: own, Handle: h.saveProgress, MaxBody: mostUpload},
		{Pattern: "POST /kemajuan/{part}/{entry}/hapus", Action: own, Handle: h.removeProgress},
	}
}

func (h *pages) myProgress(q *web.Request) error {
	return h.toMyPart(q, "kemajuan", "appraisalweb.progress")
}

// toMyPart leads to the page of one's part that decides the year, or explains
// that there is none.
func (h *pages) toMyPart(q *web.Request, area, titleKey string) error {
	parts, err := h.svc.MyParts(q.Context(), q.Actor, 0)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if len(parts) == 0 {
		return q.Render(web.Page{Title: q.P.T(titleKey), Nav: area, Body: noPart(q.P)})
	}
	return q.Redirect("/"+area+"/"+parts[0].ID, "")
}

func (h *pages) progress(q *web.Request) error {
	v, err := h.svc.Progress(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	p := progressPage{P: q.P, V: v, Open: q.Query("buka"), Draft: ui.Draft{Values: url.Values{}}}
	p.open(q.Query("isian"), q.Today())
	return h.showProgress(q, 200, p)
}

func (h *pages) showProgress(q *web.Request, status int, p progressPage) error {
	p.Today, p.Mine, p.Upload = q.Today(), q.Actor.PersonID == p.V.Part.Who.PersonID, h.files != nil
	nav := "team"
	if p.Mine {
		nav = "kemajuan"
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("appraisalweb.progress"), Nav: nav, Body: progressBody(p)})
}

// open fills the form with an entry that is changed, or with this month for a
// new one.
func (p *progressPage) open(entry, today string) {
	f := p.Draft.Values
	for i := range p.V.Entries {
		if p.V.Entries[i].ID == entry {
			p.Entry = &p.V.Entries[i]
		}
	}
	if p.Entry == nil {
		month := today[:min(7, len(today))]
		if !slices.Contains(p.V.Months, month) && len(p.V.Months) > 0 {
			month = p.V.Months[len(p.V.Months)-1]
		}
		f.Set("month", month)
		return
	}
	e := p.Entry
	p.Open = e.IndicatorID + e.StepID
	f.Set("id", e.ID)
	f.Set("version", strconv.FormatInt(e.Version, 10))
	f.Set("month", e.Month)
	f.Set("value", p.P.Num(e.Value))
	f.Set("note", e.Note)
	f.Set("links", evidenceText(e.Evidence))
	for _, ev := range e.Evidence {
		if ev.File != "" {
			p.Kept = append(p.Kept, ev)
		}
	}
}

func (h *pages) saveProgress(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	v, err := h.svc.Progress(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	e := appraisal.Progress{
		ID: f.Text("id"), PartID: v.Part.ID, ResultID: f.Text("result"), IndicatorID: f.Text("indicator"), StepID: f.Text("step"),
		Month: f.OneOf("month", v.Months...), Note: f.Optional("note", 2000), Version: max(version(f), 0),
	}
	if e.IndicatorID != "" {
		e.Value = f.Decimal("value", false)
	}
	files := h.uploads(q, f, v.Part.ID)
	e.Evidence = append(evidenceFrom(f, f.Optional("links", 4000)), files...)
	if err = f.Err(); err == nil {
		_, err = h.svc.SaveProgress(q.Context(), q.Actor, e)
	}
	if err == nil {
		return q.Redirect("/kemajuan/"+v.Part.ID+"?buka="+e.IndicatorID+e.StepID, "appraisalweb.progress_saved")
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	return h.showProgress(q, web.Status(err), progressPage{
		P: q.P, V: v, Open: e.IndicatorID + e.StepID, Kept: files, Conflict: kind == fault.Conflict,
		Draft: ui.Draft{Values: q.R.PostForm, Problems: evidenceProblems(web.Problems(q.P, err))},
	})
}

func (h *pages) removeProgress(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	part := q.Path("part")
	if err := h.svc.RemoveProgress(q.Context(), q.Actor, part, q.Path("entry"), version(f)); err != nil {
		return err
	}
	return q.Redirect("/kemajuan/"+part, "appraisalweb.progress_removed")
}

// bullet draws how far one indicator has come and where it should be today.
func (p progressPage) bullet(in appraisal.Indicator) ui.Bullet {
	target := "appraisalweb.of"
	if in.Direction != appraisal.Up {
		target = "appraisalweb.target_short"
	}
	b := ui.Bullet{Name: in.Text, Target: p.P.T(target, targetText(p.P, in)), To: "?buka=" + in.ID + "#catat"}
	latest, recorded := p.V.Latest[in.ID]
	if !recorded {
		b.Value = "–"
		return b
	}
	b.Value = p.P.Num(latest.Value)
	reach := p.V.Reached[in.ID]
	b.Reached = reach.Percent * 100
	if in.Direction == appraisal.Up {
		b.Expected = p.expected()
		b.Behind = b.Reached+1000 < b.Expected
	} else {
		b.Behind = !reach.Met
	}
	return b
}

// expected is the share of the part's days that have passed, in hundredths of
// a per cent.
func (p progressPage) expected() int {
	from, to, now := dayNumber(string(p.V.Part.From)), dayNumber(string(p.V.Part.To)), dayNumber(p.Today)
	if to <= from {
		return 0
	}
	return min(max((now-from)*10000/(to-from), 0), 10000)
}

// bullets lists the indicators of the plan that carry a figure.
func (p progressPage) bullets() []ui.Bullet {
	var out []ui.Bullet
	for _, placed := range p.V.Plan.Indicators() {
		if placed.Indicator.Target != "" {
			out = append(out, p.bullet(*placed.Indicator))
		}
	}
	return out
}

// chosen returns the indicator or step that is open.
func (p progressPage) chosen() (r *appraisal.Result, in *appraisal.Indicator, step *appraisal.Step) {
	for i := range p.V.Plan.Results {
		r := &p.V.Plan.Results[i]
		for j := range r.Indicators {
			if r.Indicators[j].ID == p.Open {
				return r, &r.Indicators[j], nil
			}
		}
		for j := range r.Steps {
			if r.Steps[j].ID == p.Open {
				return r, nil, &r.Steps[j]
			}
		}
	}
	return nil, nil, nil
}

// entriesOf returns what was recorded on one indicator or step.
func (p progressPage) entriesOf(id string) []appraisal.Progress {
	var out []appraisal.Progress
	for _, e := range p.V.Entries {
		if e.IndicatorID == id || e.StepID == id {
			out = append(out, e)
		}
	}
	return out
}
