package participationweb

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
)

// wavePage is one survey period on the office's side.
type wavePage struct {
	P        *i18n.Printer
	Service  participation.Service
	Wave     participation.Wave
	To       string
	State    string
	Tone     ui.Tone
	Turnout  participation.Turnout
	Result   participation.Result
	Rows     []resultRow
	Strata   []stratumLine
	Public   *participation.Published
	May      bool
	MayEnter bool
	Facts    []ui.Fact
	Problems []ui.Problem
	Margin   []ui.Field
	Note     ui.Field
}

// resultRow is one element as the report's table has it.
type resultRow struct{ Name, Answers, Mean, Index, Grade, Interval, Low string }

// deskWave finds the wave of the path and asks whether the actor may.
func (h *pages) deskWave(q *web.Request, act account.Action) (participation.Service, participation.Wave, error) {
	s, w, err := h.office.Wave(q.Context(), q.Path("wave"))
	if err != nil {
		return s, w, err
	}
	return s, w, q.Can(act, account.Thing{Unit: s.UnitID})
}

func (h *pages) waveDesk(q *web.Request) error { return h.showWave(q, http.StatusOK, ui.Draft{}) }

func (h *pages) showWave(q *web.Request, status int, d ui.Draft) error {
	s, w, err := h.deskWave(q, account.ActSurveyView)
	if err != nil {
		return err
	}
	thing := account.Thing{Unit: s.UnitID}
	page := wavePage{
		P: q.P, Service: s, Wave: w, To: "/survei/masa/" + w.ID,
		May: q.Can(account.ActSurveyManage, thing) == nil, MayEnter: q.Can(account.ActSurveyEnter, thing) == nil,
	}
	page.State, page.Tone = waveState(q.P, w, q.Today())
	if page.Turnout, err = h.office.Turnout(q.Context(), w); err != nil {
		return err
	}
	if page.Result, err = h.office.Result(q.Context(), s, w); err != nil {
		return err
	}
	if err := h.waveResult(q, &page); err != nil {
		return err
	}
	page.Facts = waveFacts(q.P, page)
	page.Note = d.Field("note", q.P.T("survey.publish.note"))
	for _, name := range []string{"note", "population", "visits", "day", "number", ""} {
		if text := d.Problems[name]; text != "" {
			page.Problems = append(page.Problems, ui.Problem{ID: name, Text: text})
		}
	}
	return q.RenderStatus(status, web.Page{Title: s.Name + " · " + w.Name, Nav: "survei", Body: waveBody(page)})
}

// waveResult fills in the table of the result as it stands and what was
// published.
func (h *pages) waveResult(q *web.Request, page *wavePage) error {
	own, err := h.ownElements(q, page.Wave)
	if err != nil {
		return err
	}
	texts := elementTexts{q.P, own}
	for _, e := range page.Result.Elements {
		r := resultRow{
			Name: texts.name(e.Key), Answers: q.P.Num(e.Answers), Mean: q.P.Num(e.Mean), Index: q.P.Num(e.Index), Grade: e.Grade, Interval: half(q.P, e.Lo, e.Hi),
		}
		if e.Low {
			r.Low = q.P.T("survey.wave.low")
		}
		page.Rows = append(page.Rows, r)
	}
	page.Strata = strataLines(q.P, page.Result)
	p, err := h.office.PublishedOf(q.Context(), page.Wave.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	page.Public = &p
	return err
}

func waveFacts(p *i18n.Printer, w wavePage) []ui.Fact {
	t := w.Turnout
	facts := []ui.Fact{
		{Name: p.T("survey.wave.days"), Value: p.T("survey.period_words", p.DayMonth(w.Wave.OpensOn), p.Date(w.Wave.EndsOn))},
		{Name: p.T("survey.wave.field.population"), Value: p.Num(t.Population)},
		{Name: p.T("survey.held"), Value: p.Num(w.Result.Held)},
		{Name: p.T("survey.wave.codes"), Value: p.T("survey.wave.codes_words", t.Issued, t.Used, t.Signed)},
		{Name: p.T("survey.wave.visits"), Value: p.Num(t.Visits)},
	}
	if t.Fingerprint != "" {
		facts = append(facts, ui.Fact{Name: p.T("survey.wave.key"), Value: t.Fingerprint})
	}
	if w.Wave.Seal != "" {
		facts = append(facts, ui.Fact{Name: p.T("survey.wave.seal"), Value: w.Wave.Seal})
	}
	return facts
}

// act runs one change to the wave of the path and comes back to its page.
func (h *pages) act(q *web.Request, flash string, change func(form *web.Form, wave string) error) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	id := q.Path("wave")
	err = change(form, id)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showWave(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/masa/"+id, flash)
}

func (h *pages) closeWave(q *web.Request) error {
	return h.act(q, "survey.wave.closed_done", func(_ *web.Form, id string) error { return h.office.CloseWave(q.Context(), q.Actor, id) })
}

func (h *pages) publish(q *web.Request) error {
	return h.act(q, "survey.publish.done", func(form *web.Form, id string) error {
		_, err := h.office.Publish(q.Context(), q.Actor, id, form.Optional("note", 500))
		return err
	})
}

func (h *pages) setVisits(q *web.Request) error {
	return h.act(q, "survey.wave.visits_saved", func(form *web.Form, id string) error {
		day, n := form.Date("day", true), form.Int("visits", 0, 1_000_000)
		if err := form.Err(); err != nil {
			return err
		}
		return h.office.SetVisits(q.Context(), q.Actor, id, day, n)
	})
}

func (h *pages) setPopulation(q *web.Request) error {
	return h.act(q, "survey.wave.population_saved", func(form *web.Form, id string) error {
		n, by := form.Int("population", 0, 100_000_000), form.OneOf("by", "krejcie", "slovin")
		if err := form.Err(); err != nil {
			return err
		}
		return h.office.SetPopulation(q.Context(), q.Actor, id, n, by)
	})
}

func (h *pages) setMargin(q *web.Request) error {
	return h.act(q, "survey.wave.margin_saved", func(form *web.Form, id string) error {
		field, totals := form.Text("field"), map[string]int{}
		for _, f := range participation.Fields() {
			for _, code := range f.Codes {
				if f.Name == field && form.Text("t-"+code) != "" {
					totals[code] = form.Int("t-"+code, 0, 100_000_000)
				}
			}
		}
		if err := form.Err(); err != nil {
			return err
		}
		return h.office.SetMargin(q.Context(), q.Actor, id, field, totals)
	})
}

// paperPage is the quick form for answers that came on paper.
type paperPage struct {
	P        *i18n.Printer
	Service  participation.Service
	Wave     participation.Wave
	To       string
	Rows     []question
	Profile  []profileField
	Words    string
	Stratum  ui.Field
	Day      ui.Field
	Problems []ui.Problem
}

func (h *pages) paper(q *web.Request) error {
	return h.showPaper(q, http.StatusOK, nil, url.Values{"stratum": {"paper"}, "day": {q.Today()}})
}

func (h *pages) showPaper(q *web.Request, status int, cause error, values url.Values) error {
	s, w, err := h.deskWave(q, account.ActSurveyEnter)
	if err != nil {
		return err
	}
	own, err := h.ownElements(q, w)
	if err != nil {
		return err
	}
	blank := h.blank(q.P, participation.Form{Service: s, Wave: w}, own)
	blank.Problems = web.Problems(q.P, cause)
	blank.fill(values.Get)
	d := ui.Draft{Values: values, Problems: blank.Problems}
	page := paperPage{P: q.P, Service: s, Wave: w, To: "/survei/masa/" + w.ID, Rows: blank.Questions, Profile: blank.Profile, Words: blank.Words}
	page.Stratum, page.Day = d.Field("stratum", q.P.T("survey.paper.stratum")), d.Field("day", q.P.T("survey.paper.day"))
	page.Stratum.Options = choices(q.P, "survey.strata.", "paper", "assisted")
	for _, r := range page.Rows {
		if r.Problem != "" {
			page.Problems = append(page.Problems, ui.Problem{ID: "q-" + r.Key, Text: r.Text + " " + r.Problem})
		}
	}
	if text := blank.Problems[""]; text != "" {
		page.Problems = append(page.Problems, ui.Problem{Text: text})
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("survey.paper.title"), Nav: "survei", Body: paperBody(page)})
}

func (h *pages) enterPaper(q *web.Request) error {
	_, w, err := h.deskWave(q, account.ActSurveyEnter)
	if err != nil {
		return err
	}
	form, err := q.Form()
	if err != nil {
		return err
	}
	a := participation.Answer{Stratum: participation.Stratum(form.Text("stratum")), Day: form.Date("day", false), Words: form.Text("words")}
	if a.Marks, err = participation.ReadMarks(w.Elements, form.Text, true); err == nil {
		a.Profile, err = participation.ReadProfile(form.Text)
	}
	if err == nil {
		err = h.office.EnterPaper(q.Context(), q.Actor, participation.Submission{Wave: w, Answer: a})
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showPaper(q, http.StatusUnprocessableEntity, err, q.R.PostForm)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/masa/"+w.ID+"/kertas", "survey.paper.saved")
}

// wordsPage is what citizens wrote.
type wordsPage struct {
	P       *i18n.Printer
	Service participation.Service
	Wave    participation.Wave
	To      string
	Said    []string
	Chosen  []quoteLine
	May     bool
	Element ui.Field
	Words   ui.Field
}

func (h *pages) words(q *web.Request) error { return h.showWords(q, http.StatusOK, ui.Draft{}) }

func (h *pages) showWords(q *web.Request, status int, d ui.Draft) error {
	s, w, err := h.deskWave(q, account.ActSurveyView)
	if err != nil {
		return err
	}
	page := wordsPage{P: q.P, Service: s, Wave: w, To: "/survei/masa/" + w.ID, May: q.Can(account.ActSurveyManage, account.Thing{Unit: s.UnitID}) == nil}
	if page.Said, err = h.office.Said(q.Context(), q.Actor, w.ID); err != nil {
		return err
	}
	own, err := h.ownElements(q, w)
	if err != nil {
		return err
	}
	texts := elementTexts{q.P, own}
	quotes, err := h.office.Quotes(q.Context(), w.ID)
	if err != nil {
		return err
	}
	for _, x := range quotes {
		l := quoteLine{Words: x.Words, Pass: passLink(s.Code, "quote:"+x.ID, x.Words)}
		if x.Element != "" {
			l.Element = texts.name(x.Element)
		}
		page.Chosen = append(page.Chosen, l)
	}
	page.Words, page.Element = d.Field("words", q.P.T("survey.words.field")), d.Field("element", q.P.T("survey.element_head"))
	page.Words.Hint = q.P.T("survey.words.hint")
	for _, key := range w.Elements {
		page.Element.Options = append(page.Element.Options, ui.Option{Value: key, Text: texts.name(key)})
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("survey.words.title"), Nav: "survei", Body: wordsBody(page)})
}

func (h *pages) chooseWords(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	err = h.office.Choose(q.Context(), q.Actor, q.Path("wave"), form.Text("element"), form.Text("words"))
	if fault.Is(err, fault.Invalid) {
		return h.showWords(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/masa/"+q.Path("wave")+"/kata", "survey.words.saved")
}

// qualityPage is what the checks found.
type qualityPage struct {
	P        *i18n.Printer
	Service  participation.Service
	Wave     participation.Wave
	To       string
	Checked  participation.Checked
	Straight string
	Found    []foundLine
	Held     []heldLine
	May      bool
	Problems []ui.Problem
}

type foundLine struct {
	Text, Place string
	Suspects    int
}

type heldLine struct {
	Reason, Name, Number string
}

func (h *pages) quality(q *web.Request) error { return h.showQuality(q, http.StatusOK, ui.Draft{}) }

func (h *pages) showQuality(q *web.Request, status int, d ui.Draft) error {
	s, w, err := h.deskWave(q, account.ActSurveyView)
	if err != nil {
		return err
	}
	page := qualityPage{P: q.P, Service: s, Wave: w, To: "/survei/masa/" + w.ID, May: q.Can(account.ActSurveyManage, account.Thing{Unit: s.UnitID}) == nil}
	if page.Checked, err = h.office.Check(q.Context(), q.Actor, w.ID); err != nil {
		return err
	}
	page.Straight = q.P.Percent(page.Checked.Straight*100, 0)
	for i, f := range page.Checked.Findings {
		page.Found = append(page.Found, foundLine{Text: findingText(q.P, f), Place: fmt.Sprint(i), Suspects: len(f.Suspects)})
	}
	for _, r := range []participation.Reason{participation.HeldDouble, participation.HeldNetwork, participation.HeldFast, participation.HeldBurst, participation.HeldCopied, participation.HeldManual} {
		if n := page.Checked.Held[r]; n > 0 {
			page.Held = append(page.Held, heldLine{string(r), q.P.T("survey.check.reason." + string(r)), q.P.Num(n)})
		}
	}
	for _, name := range []string{"why", ""} {
		if text := d.Problems[name]; text != "" {
			page.Problems = append(page.Problems, ui.Problem{ID: name, Text: text})
		}
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("survey.check.title"), Nav: "survei", Body: qualityBody(page)})
}

// findingText writes a finding; its first argument is a date where the check is
// about a day, its last a stratum.
func findingText(p *i18n.Printer, f participation.Finding) string {
	args := append([]any(nil), f.Args...)
	if f.Kind == participation.HeldBurst {
		args[0] = p.Date(fmt.Sprint(args[0]))
		args[3] = p.T("survey.strata." + fmt.Sprint(args[3]))
	}
	return p.T(f.Key, args...)
}

func (h *pages) hold(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	id, why := q.Path("wave"), form.Optional("why", 500)
	if release := form.Text("release"); release != "" {
		err = h.office.ReleaseAll(q.Context(), q.Actor, id, participation.Reason(release), why)
	} else {
		err = h.office.HoldFound(q.Context(), q.Actor, id, form.Int("place", 0, 1000), why)
	}
	if fault.Is(err, fault.Invalid) {
		return h.showQuality(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/masa/"+id+"/mutu", "survey.check.done")
}
