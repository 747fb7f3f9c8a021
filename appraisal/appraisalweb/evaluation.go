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

// evaluationPage is everything the page of one evaluation shows.
type evaluationPage struct {
	P         *i18n.Printer
	V         appraisal.EvaluationView
	Mine      bool   // it is the reader's own
	Evaluates bool   // the reader is the evaluator
	Open      string // self, superior, object, explain, settle: the form that is open
	Draft     ui.Draft
	Conflict  bool
	Today     string
	zone      zoned
	From      []appraisal.Source // files it was taken from, where the pen is elsewhere
}

func (h *pages) evaluationRoutes() []web.Route {
	own, view, review, above := account.ActAppraisalOwn, account.ActAppraisalView, account.ActAppraisalReview, account.ActAppraisalAbove
	return []web.Route{
		{Pattern: "GET /evaluasi", Action: own, Handle: h.myEvaluation},
		{Pattern: "GET /evaluasi/{part}", Action: view, Handle: h.evaluation},
		{Pattern: "POST /evaluasi/{part}/saya", Action: own, Handle: h.saveSelf},
		{Pattern: "POST /evaluasi/{part}/atasan", Action: review, Handle: h.saveSuperior},
		{Pattern: "POST /evaluasi/{part}/tetapkan", Action: review, Handle: h.decide},
		{Pattern: "POST /evaluasi/{part}/tarik", Action: review, Handle: h.takeBack},
		{Pattern: "POST /evaluasi/{part}/tim", Action: review, Handle: h.nameAdviser},
		{Pattern: "GET /rekomendasi", Action: account.ActFeedbackGive, Handle: h.advisees},
		{Pattern: "GET /rekomendasi/{part}", Action: account.ActFeedbackGive, Handle: h.showAdvice},
		{Pattern: "POST /rekomendasi/{part}", Action: account.ActFeedbackGive, Handle: h.recommend},
		{Pattern: "POST /evaluasi/{part}/terima", Action: own, Handle: h.receive},
		{Pattern: "POST /evaluasi/{part}/keberatan", Action: own, Handle: h.object},
		{Pattern: "POST /evaluasi/{part}/penjelasan", Action: view, Handle: h.explain},
		{Pattern: "POST /evaluasi/{part}/putusan", Action: above, Handle: h.settle},
		{Pattern: "GET /evaluasi/{part}/evaluasi.pdf", Action: view, Handle: h.evaluationPDF},
		{Pattern: "GET /evaluasi/{part}/dokumen.pdf", Action: view, Handle: h.documentPDF},
		{Pattern: "GET /evaluasi/{part}/keberatan.pdf", Action: view, Handle: h.objectionPDF},
		{Pattern: "GET /evaluasi/{part}/bukti.json", Action: view, Handle: h.receipt},
	}
}

func (h *pages) myEvaluation(q *web.Request) error {
	return h.toMyPart(q, "evaluasi", "appraisalweb.evaluation")
}

// window reads ?w=2026-03; without it, the whole year of the part.
func (h *pages) window(q *web.Request) (appraisal.Window, error) {
	if code := q.Query("w"); code != "" {
		return appraisal.ParseWindow(code)
	}
	part, err := h.svc.Part(q.Context(), q.Actor, q.Path("part"))
	return appraisal.AnnualOf(part.Year), err
}

func (h *pages) evaluation(q *web.Request) error {
	p, err := h.evaluationPage(q)
	if err != nil {
		return err
	}
	p.Open = q.Query("buka")
	p.Draft.Values = p.stored()
	return h.showEvaluation(q, 200, p)
}

func (h *pages) evaluationPage(q *web.Request) (evaluationPage, error) {
	w, err := h.window(q)
	if err != nil {
		return evaluationPage{}, err
	}
	v, err := h.svc.Evaluation(q.Context(), q.Actor, q.Path("part"), w)
	if err != nil {
		return evaluationPage{}, err
	}
	return evaluationPage{
		P: q.P, V: v, Mine: q.Actor.PersonID == v.Part.Who.PersonID,
		Evaluates: q.Actor.PersonID != "" && q.Actor.PersonID == v.Part.Evaluator.PersonID, Today: q.Today(), zone: q.Now.Location(),
		Draft: ui.Draft{Values: url.Values{}},
	}, nil
}

func (h *pages) showEvaluation(q *web.Request, status int, p evaluationPage) error {
	nav, title := "team", p.title()
	if p.Mine {
		nav = "evaluasi"
	} else {
		title += " · " + p.V.Part.Who.Name
	}
	var err error
	if p.From, err = h.sources(q, p.V.Part); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: title, Nav: nav, Body: evaluationBody(p)})
}

// say runs one act on an evaluation; a refused one shows the page again with
// the form open and everything that was typed.
func (h *pages) say(q *web.Request, open, doneKey string, act func(f *web.Form, w appraisal.Window, v appraisal.EvaluationView) error) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	p, err := h.evaluationPage(q)
	if err != nil {
		return err
	}
	w := p.V.Evaluation.Window
	if w.Year == 0 {
		if w, err = h.window(q); err != nil {
			return err
		}
	}
	err = act(f, w, p.V)
	if err == nil {
		return q.Redirect("/evaluasi/"+p.V.Part.ID+"?w="+w.Code(), doneKey)
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	if p, err2 := h.evaluationPage(q); err2 == nil {
		p.Open, p.Conflict = open, kind == fault.Conflict
		p.Draft = ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}
		return h.showEvaluation(q, web.Status(err), p)
	}
	return err
}

func (h *pages) saveSelf(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	send, key := f.Text("send") != "", "appraisalweb.saved"
	if send {
		key = "appraisalweb.self_sent"
	}
	return h.say(q, "self", key, func(f *web.Form, w appraisal.Window, v appraisal.EvaluationView) error {
		words := readWords(f, v, true)
		if err := f.Err(); err != nil {
			return err
		}
		return h.svc.SaveSelf(q.Context(), q.Actor, v.Part.ID, w, version(f), words, send)
	})
}

func (h *pages) saveSuperior(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	send, key := f.Text("send") != "", "appraisalweb.saved"
	if send {
		key = "appraisalweb.superior_sent"
	}
	return h.say(q, "superior", key, func(f *web.Form, w appraisal.Window, v appraisal.EvaluationView) error {
		words, ratings := readWords(f, v, false), readRatings(f)
		if err := f.Err(); err != nil {
			return err
		}
		return h.svc.SaveSuperior(q.Context(), q.Actor, v.Part.ID, w, version(f), words, ratings, send)
	})
}

// readWords reads what one side says. The person gives realisations, the
// superior marks.
func readWords(f *web.Form, v appraisal.EvaluationView, self bool) appraisal.Words {
	w := appraisal.Words{Indicators: map[string]appraisal.Say{}, Values: map[string]appraisal.Say{}, Note: f.Optional("note", 2000)}
	read := func(prefix, id string) appraisal.Say {
		say := appraisal.Say{Text: f.Optional(prefix+id, 1000)}
		if !self {
			say.Mark = appraisal.Rating(f.Text("mark_" + prefix + id))
		}
		return say
	}
	for _, placed := range v.Plan.Indicators() {
		id := placed.Indicator.ID
		say := read("i_", id)
		if self && placed.Indicator.Target != "" {
			say.Value = f.Decimal("v_"+id, false)
		}
		if say != (appraisal.Say{}) {
			w.Indicators[id] = say
		}
	}
	for _, value := range v.Values {
		if say := read("n_", value.Code); say != (appraisal.Say{}) {
			w.Values[value.Code] = say
		}
	}
	return w
}

func readRatings(f *web.Form) appraisal.Ratings {
	return appraisal.Ratings{
		Results: appraisal.Rating(f.Text("results")), ResultsReason: f.Optional("results_reason", 2000),
		Conduct: appraisal.Rating(f.Text("conduct")), ConductReason: f.Optional("conduct_reason", 2000),
		Note: f.Optional("ratings_note", 2000),
	}
}

func (h *pages) decide(q *web.Request) error {
	return h.say(q, "", "appraisalweb.decided", func(f *web.Form, w appraisal.Window, v appraisal.EvaluationView) error {
		_, err := h.svc.Decide(q.Context(), q.Actor, v.Part.ID, w, version(f))
		return err
	})
}

func (h *pages) takeBack(q *web.Request) error {
	return h.say(q, "", "appraisalweb.taken_back", func(_ *web.Form, w appraisal.Window, v appraisal.EvaluationView) error {
		_, err := h.svc.TakeBack(q.Context(), q.Actor, w, v.Part.ID)
		return err
	})
}

func (h *pages) receive(q *web.Request) error {
	return h.say(q, "", "appraisalweb.received", func(f *web.Form, w appraisal.Window, v appraisal.EvaluationView) error {
		return h.svc.Receive(q.Context(), q.Actor, v.Part.ID, w, version(f))
	})
}

func (h *pages) object(q *web.Request) error {
	return h.say(q, "object", "appraisalweb.objected", func(f *web.Form, w appraisal.Window, v appraisal.EvaluationView) error {
		text := f.Required("text", 4000)
		if err := f.Err(); err != nil {
			return err
		}
		return h.svc.Object(q.Context(), q.Actor, v.Part.ID, w, version(f), text)
	})
}

func (h *pages) explain(q *web.Request) error {
	return h.say(q, "explain", "appraisalweb.explained", func(f *web.Form, w appraisal.Window, v appraisal.EvaluationView) error {
		text := f.Required("text", 4000)
		if err := f.Err(); err != nil {
			return err
		}
		return h.svc.Explain(q.Context(), q.Actor, v.Part.ID, w, version(f), text)
	})
}

func (h *pages) settle(q *web.Request) error {
	return h.say(q, "settle", "appraisalweb.settled", func(f *web.Form, w appraisal.Window, v appraisal.EvaluationView) error {
		ratings, decision := readRatings(f), f.Required("decision", 4000)
		if err := f.Err(); err != nil {
			return err
		}
		_, err := h.svc.Settle(q.Context(), q.Actor, v.Part.ID, w, version(f), ratings, decision)
		return err
	})
}

func (h *pages) evaluationPDF(q *web.Request) error {
	return h.file(q, "Evaluasi.pdf", "application/pdf", h.svc.EvaluationPDF)
}

func (h *pages) documentPDF(q *web.Request) error {
	return h.file(q, "Dokumen-evaluasi.pdf", "application/pdf", h.svc.DocumentPDF)
}

func (h *pages) objectionPDF(q *web.Request) error {
	return h.file(q, "Berita-acara-keberatan.pdf", "application/pdf", h.svc.ObjectionPDF)
}

func (h *pages) receipt(q *web.Request) error {
	return h.file(q, "bukti-evaluasi.json", "application/json", h.svc.Receipt)
}

// stored returns the open form's fields as they are kept.
func (p evaluationPage) stored() url.Values {
	f := url.Values{}
	side := p.V.Evaluation.Self
	if p.Open == "superior" {
		side = p.V.Evaluation.Superior
	}
	for id, say := range side.Words.Indicators {
		f.Set("i_"+id, say.Text)
		f.Set("v_"+id, p.P.Num(say.Value))
		f.Set("mark_i_"+id, string(say.Mark))
	}
	for code, say := range side.Words.Values {
		f.Set("n_"+code, say.Text)
		f.Set("mark_n_"+code, string(say.Mark))
	}
	f.Set("note", side.Words.Note)
	if p.Open == "self" {
		p.proposeRealisation(f)
	}
	r := p.V.Evaluation.Ratings
	f.Set("results", string(r.Results))
	f.Set("results_reason", r.ResultsReason)
	f.Set("conduct", string(r.Conduct))
	f.Set("conduct_reason", r.ConductReason)
	f.Set("ratings_note", r.Note)
	return f
}

// proposeRealisation fills empty realisations with the latest progress, so
// that what was recorded during the year is not typed again.
func (p evaluationPage) proposeRealisation(f url.Values) {
	for id, latest := range p.V.Latest {
		if f.Get("v_"+id) == "" {
			f.Set("v_"+id, p.P.Num(latest.Value))
		}
		if f.Get("i_"+id) == "" {
			f.Set("i_"+id, latest.Note)
		}
	}
}

func (p evaluationPage) title() string {
	w := p.V.Evaluation.Window
	if w.Year == 0 {
		w = appraisal.AnnualOf(p.V.Part.Year)
	}
	return windowTitle(p.P, w)
}

// windowTitle names an evaluation: "Evaluasi tahunan 2025", "Evaluasi Maret
// 2026", "Evaluasi triwulan 2 2026".
func windowTitle(p *i18n.Printer, w appraisal.Window) string {
	switch w.Kind {
	case appraisal.Month:
		return p.T("appraisalweb.evaluation_month", p.Month(w.Code()))
	case appraisal.Quarter:
		return p.T("appraisalweb.evaluation_quarter", strconv.Itoa(w.N), strconv.Itoa(w.Year))
	default:
		return p.T("appraisalweb.evaluation_year", strconv.Itoa(w.Year))
	}
}

func (p evaluationPage) can(act appraisal.EvaluationAct) bool { return slices.Contains(p.V.Acts, act) }
