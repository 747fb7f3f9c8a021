package appraisalweb

import (
	"net/url"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// nameAdviser lets the evaluator name somebody of the performance team.
func (h *pages) nameAdviser(q *web.Request) error {
	return h.say(q, "tim", "appraisalweb.adviser_named", func(f *web.Form, _ appraisal.Window, v appraisal.EvaluationView) error {
		person, err := h.svc.PersonNamed(q.Context(), q.Actor, v.Part.ID, f.Text("person"))
		if err != nil {
			return err
		}
		return h.svc.NameAdviser(q.Context(), q.Actor, v.Part.ID, person, appraisal.Capacity(f.Text("capacity")))
	})
}

func (p evaluationPage) adviserField() ui.Field {
	f := p.Draft.Field("person", p.P.T("appraisalweb.f.adviser"))
	f.Required, f.Hint = true, p.P.T("appraisalweb.h.adviser")
	return f
}

func (p evaluationPage) capacityField() ui.Field {
	f := p.Draft.Field("capacity", p.P.T("appraisalweb.f.capacity"))
	f.Required, f.SideBy = true, true
	for _, c := range appraisal.Capacities() {
		f.Options = append(f.Options, ui.Option{Value: string(c), Text: p.P.T("appraisalweb.capacity." + string(c))})
	}
	return f
}

// adviseesPage lists whom the reader may recommend for.
type adviseesPage struct {
	P    *i18n.Printer
	All  []appraisal.Advising
	Year int
}

func (h *pages) advisees(q *web.Request) error {
	year := q.Now.Year()
	all, err := h.svc.Advisees(q.Context(), q.Actor, year)
	if err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("appraisalweb.advising"), Nav: "team", Body: adviseesBody(adviseesPage{q.P, all, year})})
}

// advicePage is one recommendation.
type advicePage struct {
	P     *i18n.Printer
	V     appraisal.AdviceView
	Draft ui.Draft
}

func (h *pages) showAdvice(q *web.Request) error {
	w, err := h.adviceWindow(q)
	if err != nil {
		return err
	}
	v, err := h.svc.Advice(q.Context(), q.Actor, q.Path("part"), w)
	if err != nil {
		return err
	}
	p := advicePage{P: q.P, V: v, Draft: ui.Draft{Values: url.Values{"results": {string(v.Own.Results)}, "conduct": {string(v.Own.Conduct)}, "text": {v.Own.Text}}}}
	return q.Render(web.Page{Title: v.Part.Who.Name, Nav: "team", Body: adviceBody(p)})
}

// adviceWindow reads ?w=; without it, the whole of the current year.
func (h *pages) adviceWindow(q *web.Request) (appraisal.Window, error) {
	if code := q.Query("w"); code != "" {
		return appraisal.ParseWindow(code)
	}
	return appraisal.AnnualOf(q.Now.Year()), nil
}

func (h *pages) recommend(q *web.Request) error {
	f, w, err := windowForm(q)
	if err != nil {
		return err
	}
	results, conduct, text := appraisal.Rating(f.Text("results")), appraisal.Rating(f.Text("conduct")), f.Text("text")
	err = h.svc.Recommend(q.Context(), q.Actor, q.Path("part"), w, results, conduct, text)
	if err == nil {
		return q.Redirect("/rekomendasi/"+q.Path("part")+"?w="+w.Code(), "appraisalweb.recommended")
	}
	if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	v, viewErr := h.svc.Advice(q.Context(), q.Actor, q.Path("part"), w)
	if viewErr != nil {
		return viewErr
	}
	p := advicePage{P: q.P, V: v, Draft: ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}}
	return q.RenderStatus(web.Status(err), web.Page{Title: v.Part.Who.Name, Nav: "team", Body: adviceBody(p)})
}

func (p advicePage) ratingField(name, label string) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Required, f.SideBy = true, true
	for _, r := range appraisal.AllRatings() {
		f.Options = append(f.Options, ui.Option{Value: string(r), Text: p.P.T("appraisalweb.rating." + string(r))})
	}
	return f
}

func (p advicePage) textField() ui.Field {
	f := p.Draft.Field("text", p.P.T("appraisalweb.f.recommendation"))
	f.Required, f.Hint = true, p.P.T("appraisalweb.h.recommendation")
	return f
}

func (p advicePage) windowOptions() []ui.Option {
	var out []ui.Option
	for _, w := range p.V.Part.Windows() {
		out = append(out, ui.Option{Value: w.Code(), Text: windowShort(p.P, w) + " " + strconv.Itoa(w.Year)})
	}
	return out
}

func (p advicePage) address() ui.Address {
	return ui.Address{Path: "/rekomendasi/" + p.V.Part.ID, Query: url.Values{"w": {p.V.Window.Code()}}}
}
