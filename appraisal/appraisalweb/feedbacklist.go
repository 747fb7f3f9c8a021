package appraisalweb

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/kindly"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// feedbackListPage is all feedback that concerns the reader.
type feedbackListPage struct {
	P      *i18n.Printer
	L      appraisal.FeedbackList
	Q      appraisal.FeedbackQuery
	At     ui.Address
	Pages  ui.Pages
	Own    bool // the reader has a part, so words can be asked for
	Advice map[string][]kindly.Hint
	zone   zoned
}

const feedbackPageSize = 20

func (h *pages) feedbackListRoutes() []web.Route {
	give, own := account.ActFeedbackGive, account.ActAppraisalOwn
	return []web.Route{
		{Pattern: "GET /umpan-balik", Action: give, Handle: h.feedbackList},
		{Pattern: "GET /umpan-balik/beri", Action: give, Handle: h.giveForm},
		{Pattern: "POST /umpan-balik/beri", Action: give, Handle: h.giveTo},
		{Pattern: "GET /umpan-balik/minta", Action: own, Handle: h.askForm},
		{Pattern: "POST /umpan-balik/minta", Action: own, Handle: h.askOf},
		{Pattern: "GET /jawab-umpan-balik/{id}", Action: give, Handle: h.answerForm},
		{Pattern: "POST /jawab-umpan-balik/{id}", Action: give, Handle: h.answerTo},
	}
}

func (h *pages) feedbackList(q *web.Request) error {
	p := feedbackListPage{P: q.P, At: ui.At(q.R.URL), zone: q.Now.Location()}
	p.Q = appraisal.FeedbackQuery{View: appraisal.FeedbackView(p.At.Get("lihat")), Text: p.At.Get(ui.SearchParam), About: appraisal.About(p.At.Get("tentang")), Size: feedbackPageSize}
	if !slices.Contains(appraisal.FeedbackViews(), p.Q.View) {
		p.Q.View = appraisal.FeedbackReceived
	}
	p.Q.Page = p.At.Page()
	format := q.Query(ui.FormatParam)
	if format != "" {
		p.Q.Size = -1
	}
	var err error
	if p.L, err = h.svc.Feedbacks(q.Context(), q.Actor, p.Q); err != nil {
		return err
	}
	if format != "" {
		return p.export(q, format)
	}
	parts, err := h.svc.MyParts(q.Context(), q.Actor, 0)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	p.Own = len(parts) > 0
	if p.Q.View == appraisal.FeedbackReceived {
		if err := h.readShown(q, p.L.Rows); err != nil {
			return err
		}
	}
	p.Pages = ui.PagesOf(p.At, p.Q.Page, feedbackPageSize, p.L.Total)
	var said []appraisal.Feedback
	for _, r := range p.L.Rows {
		said = append(said, r.Feedback)
	}
	p.Advice = h.advice(q, said)
	return q.Render(web.Page{Title: q.P.T("appraisalweb.feedback"), Nav: "umpan-balik", Body: feedbackListBody(p)})
}

// readShown notes that what is shown has been read.
func (h *pages) readShown(q *web.Request, rows []appraisal.FeedbackRow) error {
	seen := map[string]bool{}
	for _, r := range rows {
		if r.ReadAt.IsZero() && !seen[r.PartID] {
			seen[r.PartID] = true
			if _, err := h.svc.ReadFeedback(q.Context(), q.Actor, r.PartID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p feedbackListPage) export(q *web.Request, format string) error {
	return q.Sheet("umpan-balik", format, sheet.Doc{
		Title: q.P.T("appraisalweb.feedback"),
		Columns: []sheet.Column{
			{Key: "day", Label: q.P.T("appraisalweb.fb.day"), Kind: sheet.Day},
			{Key: "from", Label: q.P.T("appraisalweb.fb.from")},
			{Key: "to", Label: q.P.T("appraisalweb.fb.to")},
			{Key: "about", Label: q.P.T("appraisalweb.f.about")},
			{Key: "question", Label: q.P.T("appraisalweb.f.question")},
			{Key: "text", Label: q.P.T("appraisalweb.f.feedback")},
		},
		Rows: func(yield func([]string, error) bool) {
			for _, r := range p.L.Rows {
				day := r.CreatedAt.In(p.zone).Format(time.DateOnly)
				if !yield([]string{day, r.Author.Name, r.Part.Who.Name, p.aboutText(r), r.Question, r.Text}, nil) {
					return
				}
			}
		},
	})
}

func (p feedbackListPage) tabs() []ui.Choice {
	var all []ui.Choice
	for _, v := range appraisal.FeedbackViews() {
		all = append(all, ui.Choice{
			Text: p.P.T("appraisalweb.fb.view." + string(v)), Count: p.P.Num(p.L.Views[v]), Current: v == p.Q.View, To: p.At.With("lihat", string(v), "tentang", "", ui.SearchParam, ""),
		})
	}
	return all
}

func (p feedbackListPage) chips() []ui.Choice {
	whole := 0
	for _, n := range p.L.Abouts {
		whole += n
	}
	all := []ui.Choice{{Text: p.P.T("appraisalweb.fb.all"), Count: p.P.Num(whole), To: p.At.With("tentang", ""), Current: p.Q.About == ""}}
	for _, a := range []appraisal.About{appraisal.AboutResult, appraisal.AboutValue, appraisal.AboutGeneral} {
		all = append(all, ui.Choice{Text: p.P.T("appraisalweb.about." + string(a)), Count: p.P.Num(p.L.Abouts[a]), To: p.At.With("tentang", string(a)), Current: p.Q.About == a})
	}
	return all
}

// aboutText names what a feedback is tied to.
func (p feedbackListPage) aboutText(r appraisal.FeedbackRow) string {
	switch r.About {
	case appraisal.AboutResult:
		if r.RefText != "" {
			return r.RefText
		}
	case appraisal.AboutValue:
		for _, v := range p.L.Values {
			if v.Code == r.Ref {
				return v.Name.In(string(p.P.Lang()))
			}
		}
	}
	return p.P.T("appraisalweb.about." + string(r.About))
}

// fromText says who spoke to whom, and when.
func (p feedbackListPage) fromText(r appraisal.FeedbackRow) string {
	at := p.P.Moment(r.CreatedAt.In(p.zone))
	switch p.Q.View {
	case appraisal.FeedbackGiven:
		return p.P.T("appraisalweb.fb.to_at", r.Part.Who.Name, at)
	case appraisal.FeedbackAsked:
		return p.P.T("appraisalweb.fb.asks_at", r.Part.Who.Name, at)
	case appraisal.FeedbackAwaited:
		return p.P.T("appraisalweb.fb.asked_at", r.Asked, at)
	}
	return p.P.T("appraisalweb.fb.from_at", r.Author.Name, p.P.T("appraisalweb.relation."+string(r.Relation)), at)
}

// wordsPage is the form for words to a colleague, for asking one, or for
// answering a request. Without a colleague it searches.
type wordsPage struct {
	P      *i18n.Printer
	Ask    bool
	Text   string // searched for
	Found  []appraisal.Colleague
	To     string // person id
	Name   string
	Post   string
	Target appraisal.Target // whose results and values the words can be about
	Asked  *appraisal.FeedbackRow
	Draft  ui.Draft
}

func (h *pages) giveForm(q *web.Request) error {
	return h.showGive(q, http.StatusOK, q.Query("orang"), ui.Draft{Values: url.Values{}})
}

func (h *pages) showGive(q *web.Request, status int, person string, d ui.Draft) error {
	p := wordsPage{P: q.P, Text: q.Query("cari"), To: person, Draft: d}
	var err error
	if person == "" {
		if p.Found, err = h.svc.Colleagues(q.Context(), q.Actor, p.Text); err != nil {
			return err
		}
	} else {
		if p.Target, err = h.svc.FeedbackTarget(q.Context(), q.Actor, person); err != nil {
			return err
		}
		p.Name, p.Post = p.Target.Name, p.Target.Post+" · "+p.Target.Unit
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("appraisalweb.give_feedback"), Nav: "umpan-balik", Body: wordsBody(p)})
}

func (h *pages) giveTo(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	person := form.Text("orang")
	t, err := h.svc.FeedbackTarget(q.Context(), q.Actor, person)
	if err != nil {
		return err
	}
	about, ref := splitAbout(form.Text("about"))
	f, err := h.svc.GiveFeedback(q.Context(), q.Actor, appraisal.Feedback{PartID: t.PartID, About: about, Ref: ref, Text: form.Text("text")})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showGive(q, web.Status(err), person, h.refused(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect(h.givenPath(f), "appraisalweb.feedback_given")
}

// givenPath is the list of what the reader has said, with a suggestion for
// what was just sent where there is one.
func (h *pages) givenPath(f appraisal.Feedback) string {
	v := url.Values{"lihat": {string(appraisal.FeedbackGiven)}}
	if len(h.hints.Check(f.Text)) > 0 {
		v.Set(justSent, f.ID)
	}
	return "/umpan-balik?" + v.Encode()
}

func (h *pages) refused(q *web.Request, err error) ui.Draft {
	problems := web.Problems(q.P, err)
	if len(problems) == 0 {
		problems = map[string]string{"": web.Sentence(q.P, err)}
	}
	return ui.Draft{Values: q.R.PostForm, Problems: problems}
}

func (h *pages) askForm(q *web.Request) error {
	return h.showAsk(q, http.StatusOK, q.Query("orang"), ui.Draft{Values: url.Values{}})
}

func (h *pages) showAsk(q *web.Request, status int, person string, d ui.Draft) error {
	p := wordsPage{P: q.P, Ask: true, Text: q.Query("cari"), To: person, Draft: d}
	var err error
	if person == "" {
		p.Found, err = h.svc.Colleagues(q.Context(), q.Actor, p.Text)
	} else {
		var t appraisal.Target
		if t, err = h.svc.FeedbackTarget(q.Context(), q.Actor, person); err == nil {
			p.Name, p.Post = t.Name, t.Post+" · "+t.Unit
			p.Target, err = h.svc.FeedbackTarget(q.Context(), q.Actor, q.Actor.PersonID)
		}
	}
	if err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("appraisalweb.ask_feedback"), Nav: "umpan-balik", Body: wordsBody(p)})
}

func (h *pages) askOf(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	mine, err := h.svc.FeedbackTarget(q.Context(), q.Actor, q.Actor.PersonID)
	if err != nil {
		return err
	}
	about, ref := splitAbout(form.Text("about"))
	_, err = h.svc.AskFeedback(q.Context(), q.Actor, appraisal.Feedback{
		PartID: mine.PartID, About: about, Ref: ref, Question: form.Text("text"), AskedOf: form.Text("orang"),
	})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		d := h.refused(q, err)
		if text, has := d.Problems["question"]; has {
			d.Problems["text"] = text
		}
		return h.showAsk(q, web.Status(err), form.Text("orang"), d)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/umpan-balik?lihat="+string(appraisal.FeedbackAwaited), "appraisalweb.feedback_asked")
}

func (h *pages) answerForm(q *web.Request) error {
	return h.showAnswer(q, http.StatusOK, ui.Draft{Values: url.Values{}})
}

func (h *pages) showAnswer(q *web.Request, status int, d ui.Draft) error {
	r, err := h.svc.Request(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	if r.Text != "" {
		return q.Redirect("/umpan-balik?lihat="+string(appraisal.FeedbackGiven), "appraisalweb.fb.answered_already")
	}
	p := wordsPage{P: q.P, Name: r.Part.Who.Name, Post: r.Part.Who.Post + " · " + r.Part.Who.Unit, To: r.Part.Who.PersonID, Asked: &r, Draft: d}
	return q.RenderStatus(status, web.Page{Title: q.P.T("appraisalweb.fb.answer_title"), Nav: "umpan-balik", Body: wordsBody(p)})
}

func (h *pages) answerTo(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	r, err := h.svc.Request(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	f := r.Feedback
	f.Text = form.Text("text")
	f, err = h.svc.GiveFeedback(q.Context(), q.Actor, f)
	if fault.Is(err, fault.Invalid) {
		return h.showAnswer(q, web.Status(err), h.refused(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect(h.givenPath(f), "appraisalweb.feedback_given")
}

func (p wordsPage) path() string {
	switch {
	case p.Asked != nil:
		return "/jawab-umpan-balik/" + p.Asked.ID
	case p.Ask:
		return "/umpan-balik/minta"
	}
	return "/umpan-balik/beri"
}

func (p wordsPage) title() string {
	switch {
	case p.Asked != nil:
		return p.P.T("appraisalweb.fb.answer_title")
	case p.Ask:
		return p.P.T("appraisalweb.ask_feedback")
	}
	return p.P.T("appraisalweb.give_feedback")
}

func (p wordsPage) lead() string {
	if p.Ask {
		return p.P.T("appraisalweb.fb.ask_lead")
	}
	return p.P.T("appraisalweb.fb.give_lead")
}

func (p wordsPage) send() string {
	if p.Ask {
		return p.P.T("appraisalweb.ask_of", p.Name)
	}
	return p.P.T("appraisalweb.send_feedback", p.Name)
}

func (p wordsPage) aboutField() ui.Field {
	page := feedbackPage{P: p.P, Values: p.Target.Values, Draft: p.Draft}
	page.V.Plan.Results = p.Target.Results
	f := page.aboutField()
	if f.Value == "" {
		f.Value = string(appraisal.AboutGeneral)
	}
	return f
}

func (p wordsPage) textField() ui.Field {
	page := feedbackPage{P: p.P, Draft: p.Draft}
	if p.Ask {
		return page.textField("appraisalweb.f.question", "appraisalweb.h.question")
	}
	return page.textField("appraisalweb.f.feedback", "appraisalweb.h.feedback")
}
