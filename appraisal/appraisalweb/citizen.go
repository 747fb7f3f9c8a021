package appraisalweb

import (
	"net/url"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// citizenPage is what citizens said about the indicators of one SKP.
type citizenPage struct {
	P     *i18n.Printer
	V     appraisal.CitizenView
	Mine  bool
	Draft ui.Draft
	zone  zoned
}

func (h *pages) citizenRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /skp/{part}/warga", Action: account.ActAppraisalView, Handle: h.citizens},
		{Pattern: "POST /skp/{part}/warga", Action: account.ActAppraisalOwn, Handle: h.tieCitizens},
		{Pattern: "POST /skp/{part}/warga/putusan", Action: account.ActAppraisalReview, Handle: h.decideCitizens},
	}
}

func (h *pages) citizens(q *web.Request) error { return h.showCitizens(q, 200, ui.Draft{}) }

func (h *pages) showCitizens(q *web.Request, status int, d ui.Draft) error {
	v, err := h.svc.CitizenFigures(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	p := citizenPage{P: q.P, V: v, Mine: q.Actor.PersonID == v.Part.Who.PersonID, Draft: d, zone: q.Now.Location()}
	nav := "team"
	if p.Mine {
		nav = "skp"
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("appraisalweb.citizen.title"), Nav: nav, Body: citizenBody(p)})
}

// tieCitizens ties an indicator to a service, or unties it.
func (h *pages) tieCitizens(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	t := appraisal.CitizenTie{Indicator: f.Text("indicator"), Service: f.Text("service"), Measure: appraisal.Measure(f.Text("measure"))}
	return h.citizensDone(q, h.svc.TieCitizens(q.Context(), q.Actor, q.Path("part"), t), "appraisalweb.citizen.tied")
}

// decideCitizens is the superior's word on the figure that is offered.
func (h *pages) decideCitizens(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	err = h.svc.DecideCitizens(q.Context(), q.Actor, q.Path("part"), f.Text("indicator"), f.Text("result"), f.Text("do") == "confirm", f.Text("words"))
	return h.citizensDone(q, err, "appraisalweb.citizen.done")
}

func (h *pages) citizensDone(q *web.Request, err error, flash string) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showCitizens(q, web.Status(err), ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)})
	}
	if err != nil {
		return err
	}
	return q.Redirect("/skp/"+q.Path("part")+"/warga", flash)
}

func (p citizenPage) to() string { return "/skp/" + p.V.Part.ID + "/warga" }

// draftOf is the form of one indicator as it was sent; the others' are fresh.
func (p citizenPage) draftOf(indicator string) ui.Draft {
	if p.Draft.Values.Get("indicator") == indicator {
		return p.Draft
	}
	return ui.Draft{Values: url.Values{}}
}

func (p citizenPage) serviceField(l appraisal.CitizenLine) ui.Field {
	f := p.draftOf(l.Indicator.ID).Field("service", p.P.T("appraisalweb.citizen.service"))
	f.ID = "service-" + l.Indicator.ID
	if f.Value == "" && l.Tied != nil {
		f.Value = l.Tied.Service
	}
	f.Options = []ui.Option{{Text: p.P.T("appraisalweb.citizen.untied")}}
	for _, s := range p.V.Services {
		f.Options = append(f.Options, ui.Option{Value: s.Code, Text: s.Name})
	}
	return f
}

func (p citizenPage) measureField(l appraisal.CitizenLine) ui.Field {
	f := p.draftOf(l.Indicator.ID).Field("measure", p.P.T("appraisalweb.citizen.measure"))
	f.ID, f.SideBy, f.Required = "measure-"+l.Indicator.ID, true, true
	if f.Value == "" {
		f.Value = string(appraisal.IndexMeasure)
		if l.Tied != nil {
			f.Value = string(l.Tied.Measure)
		}
	}
	for _, m := range appraisal.Measures() {
		f.Options = append(f.Options, ui.Option{Value: string(m), Text: p.P.T("appraisalweb.citizen.measure." + string(m))})
	}
	return f
}

func (p citizenPage) wordsField(l appraisal.CitizenLine) ui.Field {
	f := p.draftOf(l.Indicator.ID).Field("words", p.P.T("appraisalweb.citizen.words"))
	f.ID, f.Rows, f.Hint = "words-"+l.Indicator.ID, 2, p.P.T("appraisalweb.citizen.words_hint")
	return f
}

// figureText tells a figure with its interval and number of answers.
func figureText(p *i18n.Printer, in appraisal.CitizenInput) string {
	f := in.Figure
	if in.Measure == appraisal.AnswerMeasure {
		return p.T("appraisalweb.citizen.rate", p.Num(f.Rate), f.Answers, f.Target)
	}
	return p.T("appraisalweb.citizen.index", p.Num(f.Index), p.Num(f.Lo), p.Num(f.Hi), f.Answers)
}

// changeText tells how far the offer is from what is in force.
func (p citizenPage) changeText(l appraisal.CitizenLine) string {
	switch {
	case l.Change == "":
		return ""
	case l.Change == "0":
		return p.P.T("appraisalweb.citizen.same")
	case l.Change[0] == '-':
		return p.P.T("appraisalweb.citizen.lower", p.P.Num(l.Change[1:]))
	}
	return p.P.T("appraisalweb.citizen.higher", p.P.Num(l.Change))
}

// countTag says in a word whether a figure counts.
func (p citizenPage) countTag(counts bool) (ui.Tone, string) {
	if counts {
		return ui.Good, p.P.T("appraisalweb.citizen.counts")
	}
	return ui.Neutral, p.P.T("appraisalweb.citizen.shown")
}
