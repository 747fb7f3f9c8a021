package voices

import (
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/rulebook"
)

// Rule is "feedback-round" of the rulebook.
type Rule struct {
	rulebook.Head `json:"-"`
	Least         int                  `json:"least"`        // fewest answers that are released
	SpreadFrom    int                  `json:"spread_from"`  // fewest answers whose spread is shown
	DrawDays      int                  `json:"draw_days"`    // proposed
	AnswerDays    int                  `json:"answer_days"`  // proposed
	LongestDays   int                  `json:"longest_days"` // of a whole round
	RestDays      int                  `json:"rest_days"`    // between two rounds about a person
	MostAsked     int                  `json:"most_asked"`
	Scale         int                  `json:"scale"`
	Letters       int                  `json:"letters"` // of one answer in words
	Items         []questionnaire.Item `json:"items"`
	Questions     []questionnaire.Item `json:"questions"`
}

// RuleID names the rule.
func (Rule) RuleID() string { return "feedback-round" }

// fewest is the least anonymity this package can give at all: below three the
// other one knows.
const fewest = 3

// Check reports limits that protect nobody and a sheet without items.
func (r Rule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.Least >= fewest, "least", "rulebook.value.positive")
	wrong.Check(r.SpreadFrom >= r.Least, "spread_from", "rulebook.value.positive")
	for name, n := range map[string]int{
		"draw_days": r.DrawDays, "answer_days": r.AnswerDays, "longest_days": r.LongestDays - r.DrawDays - r.AnswerDays + 1,
		"most_asked": r.MostAsked - r.Least + 1, "scale": r.Scale - 1, "letters": r.Letters,
		"items": len(r.Items), "rest_days": r.RestDays + 1,
	} {
		wrong.Check(n > 0, name, "rulebook.value.positive")
	}
	codes := map[string]bool{}
	for _, i := range slices.Concat(r.Items, r.Questions) {
		wrong.Check(!codes[i.Code] && i.Code != "", "items", "rulebook.value.positive")
		codes[i.Code] = true
	}
	return wrong.Err()
}

// Sheet returns the questionnaire of the rule.
func (r Rule) Sheet() questionnaire.Sheet {
	return questionnaire.Sheet{Items: r.Items, Questions: r.Questions, Scale: r.Scale, Letters: r.Letters}
}
