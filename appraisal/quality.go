package appraisal

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// QualityRule holds the words and limits that tell a measurable indicator from
// one that is not.
type QualityRule struct {
	rulebook.Head `json:"-"`
	Shortest      int      `json:"shortest"`    // letters
	Activity      []string `json:"activity"`    // first words that name an activity
	Vague         []string `json:"vague"`       // words that promise without a measure
	EmptyUnits    []string `json:"empty_units"` // units that measure nothing
}

// RuleID names the rule.
func (QualityRule) RuleID() string { return "indicator" }

// Check reports a list without words.
func (r QualityRule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.Shortest >= 0, "shortest", "rulebook.value.positive")
	wrong.Check(len(r.Activity) > 0, "activity", "rulebook.value.missing")
	wrong.Check(len(r.Vague) > 0, "vague", "rulebook.value.missing")
	return wrong.Err()
}

// Indicator returns what keeps an indicator from being measured, the most
// serious first; nil when nothing does. Hard flaws keep a plan from being
// submitted, the others only advise.
func (r QualityRule) Indicator(a Approach, in Indicator) []Flaw {
	flaws := r.text("text", in.Text)
	if a == Qualitative {
		if utf8.RuneCountInString(in.TargetText) < r.Shortest {
			flaws = append(flaws, Flaw{Field: "target_text", Key: "appraisal.flaw.no_success", Hard: true})
		}
		return flaws
	}
	if _, err := rulebook.ParseNum(in.Target); err != nil {
		flaws = append(flaws, Flaw{Field: "target", Key: "appraisal.flaw.no_target", Hard: true})
	}
	unit := strings.ToLower(strings.TrimSpace(in.Unit))
	if unit == "" || slices.Contains(r.EmptyUnits, unit) {
		flaws = append(flaws, Flaw{Field: "unit", Key: "appraisal.flaw.no_unit", Hard: true})
	}
	if !slices.Contains(Directions(), in.Direction) {
		flaws = append(flaws, Flaw{Field: "direction", Key: "appraisal.flaw.no_direction", Hard: true})
	}
	if in.Face == "" {
		flaws = append(flaws, Flaw{Field: "face", Key: "appraisal.flaw.no_face", Hard: true})
	}
	return flaws
}

// Result returns what is wrong with a result itself, its indicators aside.
func (r QualityRule) Result(res Result) []Flaw {
	flaws := r.text("text", res.Text)
	if len(res.Indicators) == 0 {
		flaws = append(flaws, Flaw{Field: "indicators", Key: "appraisal.flaw.no_indicator", Hard: true})
	}
	if res.Kind == Main && res.Supports.None() {
		flaws = append(flaws, Flaw{Field: "supports", Key: "appraisal.flaw.no_support"})
	}
	return flaws
}

func (r QualityRule) text(field, s string) []Flaw {
	if utf8.RuneCountInString(strings.TrimSpace(s)) < r.Shortest {
		return []Flaw{{Field: field, Key: "appraisal.flaw.short", Hard: true}}
	}
	folded := plainWords(s)
	var flaws []Flaw
	if first, _, _ := strings.Cut(folded, " "); slices.Contains(r.Activity, first) {
		flaws = append(flaws, Flaw{Field: field, Key: "appraisal.flaw.activity", Args: []any{firstWord(s)}})
	}
	for _, v := range r.Vague {
		if strings.Contains(" "+folded+" ", " "+v+" ") {
			flaws = append(flaws, Flaw{Field: field, Key: "appraisal.flaw.vague", Args: []any{v}})
			break
		}
	}
	return flaws
}

// Flaws returns the flaws of a whole plan: by indicator id, and by result id
// for a result's own. A plan without a result has one under "".
func (r QualityRule) Flaws(c Content) map[string][]Flaw {
	all := map[string][]Flaw{}
	if len(c.Results) == 0 {
		all[""] = []Flaw{{Field: "results", Key: "appraisal.flaw.no_result", Hard: true}}
	}
	for _, res := range c.Results {
		if f := r.Result(res); len(f) > 0 {
			all[res.ID] = f
		}
		for _, in := range res.Indicators {
			if f := r.Indicator(c.Approach, in); len(f) > 0 {
				all[in.ID] = f
			}
		}
	}
	return all
}

// hardFlaws counts the places of a plan that keep it from being submitted.
func hardFlaws(all map[string][]Flaw) (n int) {
	for _, flaws := range all {
		if slices.ContainsFunc(flaws, func(f Flaw) bool { return f.Hard }) {
			n++
		}
	}
	return n
}

// firstWord returns the first word as it was written, without punctuation.
func firstWord(s string) string {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !inWord(r) }) {
		return w
	}
	return ""
}

// plainWords returns the words in lower case with one blank between them.
func plainWords(s string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !inWord(r) }), " "))
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '/' }
