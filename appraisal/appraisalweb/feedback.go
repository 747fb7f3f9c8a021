package appraisalweb

import (
	"net/url"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/kindly"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// feedbackPage shows what was said about one part, and where to say more.
type feedbackPage struct {
	P      *i18n.Printer
	V      appraisal.ProgressView
	Values []appraisal.Value
	Asked  []appraisal.Asked // requests the reader has not answered
	Mine   bool
	Advice map[string][]kindly.Hint // on words the reader has just sent, by feedback id
	Draft  ui.Draft
	zone   zoned
}

func (h *pages) feedbackRoutes() []web.Route {
	view, give := account.ActAppraisalView, account.ActFeedbackGive
	return []web.Route{
		{Pattern: "POST /umpan-balik/periksa", Action: give, Handle: h.checkWords},
		{Pattern: "GET /umpan-balik/{part}", Action: view, Handle: h.feedback},
		{Pattern: "POST /umpan-balik/{part}", Action: give, Handle: h.giveFeedback},
		{Pattern: "POST /umpan-balik/{part}/minta", Action: account.ActAppraisalOwn, Handle: h.askFeedback},
	}
}

func (h *pages) feedback(q *web.Request) error {
	p, err := h.feedbackPage(q)
	if err != nil {
		return err
	}
	if p.Mine {
		if _, err := h.svc.ReadFeedback(q.Context(), q.Actor, p.V.Part.ID); err != nil {
			return err
		}
	}
	p.Draft.Values.Set("about", "umum")
	if r := q.Query("hasil"); r != "" {
		p.Draft.Values.Set("about", string(appraisal.AboutResult)+"/"+r)
	}
	p.Advice = h.advice(q, p.V.Feedback)
	return h.showFeedback(q, 200, p)
}

func (h *pages) feedbackPage(q *web.Request) (feedbackPage, error) {
	part := q.Path("part")
	v, err := h.svc.Progress(q.Context(), q.Actor, part)
	if err != nil {
		return feedbackPage{}, err
	}
	plan, err := h.svc.Plan(q.Context(), q.Actor, part)
	if err != nil {
		return feedbackPage{}, err
	}
	asked, err := h.svc.AskedOfMe(q.Context(), q.Actor)
	if err != nil {
		return feedbackPage{}, err
	}
	return feedbackPage{
		P: q.P, V: v, Values: plan.Values, Asked: asked, Mine: q.Actor.PersonID == v.Part.Who.PersonID,
		Draft: ui.Draft{Values: url.Values{}}, zone: q.Now.Location(),
	}, nil
}

func (h *pages) showFeedback(q *web.Request, status int, p feedbackPage) error {
	nav := "team"
	if p.Mine {
		nav = "umpan-balik"
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("appraisalweb.feedback"), Nav: nav, Body: feedbackBody(p)})
}

func (h *pages) giveFeedback(q *web.Request) error {
	return h.speak(q, func(f appraisal.Feedback) (string, error) {
		f, err := h.svc.GiveFeedback(q.Context(), q.Actor, f)
		return h.adviceQuery(f), err
	}, "appraisalweb.feedback_given")
}

func (h *pages) askFeedback(q *web.Request) error {
	return h.speak(q, func(f appraisal.Feedback) (string, error) {
		f.Question, f.Text = f.Text, ""
		_, err := h.svc.AskFeedback(q.Context(), q.Actor, f)
		return "", err
	}, "appraisalweb.feedback_asked")
}

// speak reads the form and acts; what act returns is the query of the page that
// follows.
func (h *pages) speak(q *web.Request, act func(appraisal.Feedback) (string, error), doneKey string) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	part := q.Path("part")
	about, ref := splitAbout(form.Text("about"))
	f := appraisal.Feedback{
		ID: form.Text("id"), PartID: part, About: about, Ref: ref, Text: form.Required("text", 2000), AskedOf: form.Text("asked_of"),
	}
	var query string
	if err = form.Err(); err == nil {
		query, err = act(f)
	}
	if err == nil {
		return q.Redirect("/umpan-balik/"+part+query, doneKey)
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	p, pageErr := h.feedbackPage(q)
	if pageErr != nil {
		return err
	}
	p.Draft = ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}
	return h.showFeedback(q, web.Status(err), p)
}

// splitAbout reads what feedback is tied to: "umum", "hasil/<id>",
// "nilai/<code>".
func splitAbout(s string) (appraisal.About, string) {
	for _, a := range []appraisal.About{appraisal.AboutResult, appraisal.AboutValue} {
		if rest, ok := strings.CutPrefix(s, string(a)+"/"); ok {
			return a, rest
		}
	}
	return appraisal.AboutGeneral, ""
}

func (p feedbackPage) aboutField() ui.Field {
	f := p.Draft.Field("about", p.P.T("appraisalweb.f.about"))
	f.Later = true
	f.Options = []ui.Option{{Value: string(appraisal.AboutGeneral), Text: p.P.T("appraisalweb.about.umum")}}
	for _, r := range p.V.Plan.Results {
		f.Options = append(f.Options, ui.Option{Value: string(appraisal.AboutResult) + "/" + r.ID, Text: r.Text, Group: p.P.T("appraisalweb.about.hasil")})
	}
	for _, v := range p.Values {
		f.Options = append(f.Options, ui.Option{Value: string(appraisal.AboutValue) + "/" + v.Code, Text: v.Name.In(string(p.P.Lang())), Group: p.P.T("appraisalweb.about.nilai")})
	}
	return f
}

func (p feedbackPage) textField(label, hint string) ui.Field {
	f := p.Draft.Field("text", p.P.T(label))
	f.Required, f.Rows, f.Hint = true, 4, p.P.T(hint)
	return f
}

// aboutText names what a feedback is tied to.
func (p feedbackPage) aboutText(f appraisal.Feedback) string {
	switch f.About {
	case appraisal.AboutResult:
		if r, _ := p.V.Plan.Find(f.Ref); r != nil {
			return r.Text
		}
	case appraisal.AboutValue:
		for _, v := range p.Values {
			if v.Code == f.Ref {
				return v.Name.In(string(p.P.Lang()))
			}
		}
	}
	return p.P.T("appraisalweb.about.umum")
}
