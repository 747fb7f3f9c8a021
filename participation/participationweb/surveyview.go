package participationweb

import (
	"strconv"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/participation"
)

// surveyPage is the citizen's form, empty or with what was typed and what is
// wrong with it.
type surveyPage struct {
	P         *i18n.Printer
	Action    string // where the form goes
	Service   string
	Unit      string
	Questions []question
	Profile   []profileField
	Words     string
	Token     string
	TokenHint string // set when the token came with the address
	Opened    string // Unix time at which the form was drawn
	Alert     string // what is wrong with the whole
	Problems  map[string]string
	Large     bool
	Lang      langLinks

	BlindTo, BlindKey string // where a code is exchanged for a blind token, and the key; empty: it is not

	Kiosk  bool // the form of a device in the service room
	Closed bool // no wave runs: the device only says so, and shows what it could not send
	Key    string
	Start  string // address the device returns to
	Today  string
}

// question is one element with its four answers.
type question struct {
	Key     string
	Text    string
	Promise string // what the office promises about it
	Answers [4]string
	Chosen  string
	Problem string
}

// profileField is one optional question about the respondent.
type profileField struct {
	Name, Label string
	Options     []option
	Chosen      string
}

type option struct{ Value, Text string }

// langLinks lead to the same form in the other language and size.
type langLinks struct{ Other, Size string }

// blank draws the form of a service and wave as nobody has touched it.
func (h *pages) blank(p *i18n.Printer, f participation.Form, own map[string]participation.Element) surveyPage {
	texts := elementTexts{p, own}
	page := surveyPage{
		P: p, Service: f.Service.In(string(p.Lang())), Unit: f.Service.Unit, Problems: map[string]string{},
	}
	for _, key := range f.Wave.Elements {
		q := question{Key: key, Text: texts.question(key), Promise: promise(p, f.Service, key)}
		for i := range q.Answers {
			q.Answers[i] = texts.answer(key, i+1)
		}
		page.Questions = append(page.Questions, q)
	}
	for _, field := range participation.Fields() {
		pf := profileField{Name: field.Name, Label: p.T("survey.profile." + field.Name + ".label")}
		for _, code := range field.Codes {
			pf.Options = append(pf.Options, option{code, p.T("survey.profile." + field.Name + "." + code)})
		}
		page.Profile = append(page.Profile, pf)
	}
	return page
}

// promise is the part of the service's standard that an element is about.
func promise(p *i18n.Printer, s participation.Service, key string) string {
	text := map[string]string{
		"time": s.Time, "cost": s.Cost, "requirements": s.Requirements, "procedure": s.Procedures, "product": s.Product,
	}[key]
	if text == "" {
		return ""
	}
	return p.T("survey.promise", text)
}

// fill puts back what was typed.
func (page *surveyPage) fill(value func(name string) string) {
	for i := range page.Questions {
		q := &page.Questions[i]
		q.Chosen = value(q.Key)
		q.Problem = page.Problems[q.Key]
	}
	for i := range page.Profile {
		page.Profile[i].Chosen = value(page.Profile[i].Name)
	}
	page.Words, page.Token, page.Opened = value("words"), value("token"), value("opened")
}

// count says which question of how many: 3 of 9.
func (page surveyPage) count(i int) string {
	return page.P.T("survey.count", i+1, len(page.Questions))
}

// face names the drawing of answer 0 to 3.
func face(i int) string { return "#f" + strconv.Itoa(i+1) }
