package appraisal

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// The most letters of a text and the most entries of a list: far beyond what
// anybody needs, so that one plan cannot fill the database.
const (
	mostShort      = 200
	mostText       = 1000
	mostLong       = 4000
	mostResults    = 60
	mostIndicators = 20
	mostSteps      = 40
	mostAnnex      = 30
	mostEvidence   = 20
)

// tidy trims a text and puts its line ends in order; nothing else is changed.
func tidy(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
}

func checkLength(wrong *fault.Fields, name, s string, most int) {
	wrong.Check(utf8.RuneCountInString(s) <= most, name, "form.too_long", most)
}

// checkMonth notes a text that is no month; empty is allowed.
func checkMonth(wrong *fault.Fields, name, month string) {
	if month == "" {
		return
	}
	_, err := time.Parse("2006-01", month)
	wrong.Check(err == nil, name, "appraisal.month.bad")
}

// checkDecimal notes a text that is no exact decimal; empty is allowed.
func checkDecimal(wrong *fault.Fields, name, s string) {
	if s == "" {
		return
	}
	_, err := rulebook.ParseNum(s)
	wrong.Check(err == nil, name, "appraisal.number.bad")
}

// checkResult tidies a result from a form and reports what cannot be stored.
func checkResult(r *Result) error {
	r.Text, r.Assignment, r.Supports.Text = tidy(r.Text), tidy(r.Assignment), tidy(r.Supports.Text)
	var wrong fault.Fields
	wrong.Check(r.Text != "", "text", "form.required")
	wrong.Check(r.Kind == Main || r.Kind == Additional, "kind", "form.choose")
	checkLength(&wrong, "text", r.Text, mostText)
	checkLength(&wrong, "assignment", r.Assignment, mostText)
	checkLength(&wrong, "supports", r.Supports.Text, mostText)
	return wrong.Err()
}

// checkIndicator tidies an indicator from a form and reports what cannot be
// stored. What merely makes a poor indicator is a Flaw.
func checkIndicator(form Form, in *Indicator) error {
	in.Text, in.Unit, in.Target, in.TargetText = tidy(in.Text), tidy(in.Unit), tidy(in.Target), tidy(in.TargetText)
	var wrong fault.Fields
	wrong.Check(in.Text != "", "text", "form.required")
	checkLength(&wrong, "text", in.Text, mostText)
	checkLength(&wrong, "unit", in.Unit, mostShort)
	checkLength(&wrong, "target_text", in.TargetText, mostText)
	checkDecimal(&wrong, "target", in.Target)
	wrong.Check(in.Direction == "" || slices.Contains(Directions(), in.Direction), "direction", "form.choose")
	wrong.Check(in.Face == "" || slices.Contains(form.Faces(), in.Face), "face", "form.choose")
	return wrong.Err()
}

// Faces returns what an indicator of this form is sorted by: perspectives of
// the leader's form, aspects of the other.
func (f Form) Faces() []string {
	if f == LeaderForm {
		return Perspectives()
	}
	return Aspects()
}

// checkSteps tidies an action plan and drops its empty lines.
func checkSteps(steps []Step) ([]Step, error) {
	var wrong fault.Fields
	var kept []Step
	for i, st := range steps {
		st.Text = tidy(st.Text)
		if st.Text == "" {
			continue
		}
		checkLength(&wrong, fmt.Sprintf("step.%d.text", i), st.Text, mostText)
		checkMonth(&wrong, fmt.Sprintf("step.%d.due", i), st.Due)
		kept = append(kept, st)
	}
	wrong.Check(len(kept) <= mostSteps, "steps", "appraisal.too_many", mostSteps)
	return kept, wrong.Err()
}

// checkLines tidies a list of the annex and drops its empty lines.
func checkLines(wrong *fault.Fields, name string, lines []string) []string {
	var kept []string
	for _, l := range lines {
		if l = tidy(l); l != "" {
			checkLength(wrong, name, l, mostText)
			kept = append(kept, l)
		}
	}
	wrong.Check(len(kept) <= mostAnnex, name, "appraisal.too_many", mostAnnex)
	return kept
}

func checkAnnex(a Annex) (Annex, error) {
	var wrong fault.Fields
	a.Resources = checkLines(&wrong, "resources", a.Resources)
	a.Accountability = checkLines(&wrong, "accountability", a.Accountability)
	a.Consequences = checkLines(&wrong, "consequences", a.Consequences)
	return a, wrong.Err()
}

// checkProgress tidies an entry and reports what cannot be stored.
func checkProgress(p *Progress) error {
	p.Note, p.Value = tidy(p.Note), tidy(p.Value)
	var wrong fault.Fields
	wrong.Check(p.Month != "", "month", "form.required")
	checkMonth(&wrong, "month", p.Month)
	checkDecimal(&wrong, "value", p.Value)
	checkLength(&wrong, "note", p.Note, mostLong)
	wrong.Check((p.IndicatorID == "") != (p.StepID == ""), "indicator", "form.choose")
	wrong.Check(p.Value != "" || p.Note != "" || len(p.Evidence) > 0, "value", "appraisal.progress.empty")
	wrong.Check(len(p.Evidence) <= mostEvidence, "evidence", "appraisal.too_many", mostEvidence)
	for i := range p.Evidence {
		checkEvidence(&wrong, fmt.Sprintf("evidence.%d", i), &p.Evidence[i])
	}
	return wrong.Err()
}

func checkEvidence(wrong *fault.Fields, name string, e *Evidence) {
	e.Label, e.URL = tidy(e.Label), tidy(e.URL)
	checkLength(wrong, name, e.Label, mostShort)
	checkLength(wrong, name, e.URL, mostLong)
	wrong.Check((e.URL == "") != (e.File == ""), name, "appraisal.evidence.which")
	if e.URL != "" {
		wrong.Check(webAddress(e.URL), name, "appraisal.evidence.url")
	}
}

// webAddress reports whether s is a plain web address. Anything else (script,
// data, file) must never become a link on a page.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// checkWords tidies one side's words and keeps only what belongs to the plan:
// known indicators and values, and of each what this side may say.
func checkWords(w Words, c Content, values []Value, superior bool) (Words, error) {
	var wrong fault.Fields
	kept := Words{Indicators: map[string]Say{}, Values: map[string]Say{}, Note: tidy(w.Note)}
	checkLength(&wrong, "note", kept.Note, mostLong)
	for _, p := range c.Indicators() {
		id := p.Indicator.ID
		if say, has := checkSay(&wrong, "indicator."+id, w.Indicators[id], superior, true); has {
			kept.Indicators[id] = say
		}
	}
	for _, v := range values {
		if say, has := checkSay(&wrong, "value."+v.Code, w.Values[v.Code], superior, false); has {
			kept.Values[v.Code] = say
		}
	}
	return kept, wrong.Err()
}

func checkSay(wrong *fault.Fields, name string, s Say, superior, measured bool) (Say, bool) {
	s.Text, s.Value = tidy(s.Text), tidy(s.Value)
	if superior || !measured {
		s.Value = ""
	}
	if !superior {
		s.Mark = ""
	}
	checkLength(wrong, name+".text", s.Text, mostLong)
	checkDecimal(wrong, name+".value", s.Value)
	wrong.Check(s.Mark == "" || s.Mark.Known(), name+".mark", "form.choose")
	return s, s != Say{}
}
