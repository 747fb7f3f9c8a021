package voicesweb

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal/voices"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// formPage is the questionnaire, empty or as it came back.
type formPage struct {
	P      *i18n.Printer
	Form   voices.Form
	Values url.Values
	Wrong  map[string]string
	Alert  string
}

// showForm answers with the form. It keeps no copy in any cache, and sends no
// address on to where its links lead.
func showForm(q *web.Request, status int, p formPage) error {
	h := q.W.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	title := q.P.T("voicesweb.about", p.Form.About.Name)
	return q.RenderStatus(status, web.Page{Title: title, Bare: true, Body: formBody(p)})
}

func (h *pages) answer(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	f, err := h.svc.Form(q.Context(), q.Path("round"))
	if err != nil {
		return err
	}
	answers, err := readAnswers(f.Sheet, form)
	if err == nil {
		err = h.svc.Answer(q.Context(), f.ID, form.Text("kupon"), answers)
	}
	if err == nil {
		q.W.Header().Set("Referrer-Policy", "no-referrer")
		http.Redirect(q.W, q.R, "/t/"+f.ID+"/terima-kasih", http.StatusSeeOther)
		return nil
	}
	var wrong *fault.Error
	if !errors.As(err, &wrong) || wrong.Kind != fault.Invalid && wrong.Kind != fault.Conflict {
		return err
	}
	p := formPage{P: q.P, Form: f, Values: q.R.PostForm, Wrong: web.Problems(q.P, err)}
	if len(wrong.Fields) == 0 {
		p.Alert = web.Sentence(q.P, err)
	}
	return showForm(q, web.Status(err), p)
}

// readAnswers reads marks "m.<code>" and words "w.<code>"; what was left open
// is absent.
func readAnswers(s questionnaire.Sheet, form *web.Form) (questionnaire.Answers, error) {
	a := questionnaire.Answers{Marks: map[string]int{}, Words: map[string]string{}}
	var wrong fault.Fields
	for _, i := range s.Items {
		text := form.Text(markField(i.Code))
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		wrong.Check(err == nil, i.Code, "questionnaire.mark", s.Scale)
		a.Marks[i.Code] = n
	}
	for _, i := range s.Questions {
		a.Words[i.Code] = form.Text(wordField(i.Code))
	}
	return a, wrong.Err()
}

func markField(code string) string { return "m." + code }

func wordField(code string) string { return "w." + code }

func (h *pages) thanks(q *web.Request) error {
	f, err := h.svc.Form(q.Context(), q.Path("round"))
	if err != nil {
		return err
	}
	q.W.Header().Set("Cache-Control", "no-store")
	q.W.Header().Set("Referrer-Policy", "no-referrer")
	return q.Render(web.Page{Title: q.P.T("voicesweb.thanks"), Bare: true, Body: thanksBody(q.P, f)})
}

// coupon is the field the token goes into.
func (p formPage) coupon() ui.Field {
	return ui.Field{
		Name: "kupon", Label: p.P.T("voicesweb.coupon"), Hint: p.P.T("voicesweb.h.coupon"), Value: p.Values.Get("kupon"),
		Error: p.Wrong["kupon"], Required: true, Rows: 3,
	}
}

func (p formPage) words(i questionnaire.Item) ui.Field {
	return ui.Field{
		Name: wordField(i.Code), Label: i.Text.In(string(p.P.Lang())), Value: p.Values.Get(wordField(i.Code)), Error: p.Wrong[i.Code], Rows: 3,
		Hint: p.P.T("voicesweb.h.words", p.Form.Sheet.Letters),
	}
}

func (p formPage) chosen(code string, mark int) bool {
	v := p.Values.Get(markField(code))
	return mark > 0 && v == strconv.Itoa(mark) || mark == 0 && v == ""
}

// onlyFor names the groups an item is for, when it is not for all of the round.
func (p formPage) onlyFor(i questionnaire.Item) string {
	var names []string
	for _, g := range p.Form.Groups {
		for _, asked := range i.Groups {
			if asked == string(g) {
				names = append(names, groupWord(p.P, g))
			}
		}
	}
	if len(names) == len(p.Form.Groups) || len(names) == 0 {
		return ""
	}
	return p.P.T("voicesweb.only_for", strings.Join(names, ", "))
}

// asked reports whether anybody of the round is asked the item.
func (p formPage) asked(i questionnaire.Item) bool {
	for _, g := range p.Form.Groups {
		if len(p.Form.Sheet.For(string(g)).Items) > 0 && hasItem(p.Form.Sheet.For(string(g)).Items, i.Code) {
			return true
		}
	}
	return false
}

func hasItem(items []questionnaire.Item, code string) bool {
	for _, i := range items {
		if i.Code == code {
			return true
		}
	}
	return false
}

func (p formPage) problems() []ui.Problem {
	list := ui.Problems(p.coupon())
	for _, i := range p.Form.Sheet.Items {
		if w := p.Wrong[i.Code]; w != "" {
			list = append(list, ui.Problem{ID: markField(i.Code), Text: w})
		}
	}
	for _, i := range p.Form.Sheet.Questions {
		list = append(list, ui.Problems(p.words(i))...)
	}
	for _, s := range []string{p.Wrong[""], p.Alert} {
		if s != "" {
			list = append(list, ui.Problem{Text: s})
			break
		}
	}
	return list
}
