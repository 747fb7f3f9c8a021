package questionnaire

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gurindam/gurindam/internal/fault"
)

// Text is a text in both languages.
type Text struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// In returns the text in a language, Indonesian unless it is "en".
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.ID
}

// Item is one statement or question.
type Item struct {
	Code   string   `json:"code"`
	Value  string   `json:"value,omitempty"`  // what it is an item of; empty for a question in words
	Groups []string `json:"groups,omitempty"` // who is asked; empty for everybody
	Text   Text     `json:"text"`
}

func (i Item) asks(group string) bool { return len(i.Groups) == 0 || slices.Contains(i.Groups, group) }

// Sheet is a questionnaire.
type Sheet struct {
	Items     []Item `json:"items"`     // answered by a mark
	Questions []Item `json:"questions"` // answered in words
	Scale     int    `json:"scale"`     // the best mark; the worst is 1
	Letters   int    `json:"letters"`   // most letters of an answer in words
}

// For returns the part of the sheet that a group is asked.
func (s Sheet) For(group string) Sheet {
	out := s
	out.Items, out.Questions = nil, nil
	for _, i := range s.Items {
		if i.asks(group) {
			out.Items = append(out.Items, i)
		}
	}
	for _, i := range s.Questions {
		if i.asks(group) {
			out.Questions = append(out.Questions, i)
		}
	}
	return out
}

// Answers are one person's. What was left out is absent.
type Answers struct {
	Marks map[string]int    `json:"marks,omitempty"`
	Words map[string]string `json:"words,omitempty"`
}

// Clean trims the words, drops empty ones, and reports what does not belong to
// the sheet: marks beyond the scale, unknown items, words that are too long. An
// answer that says nothing at all is a fault too.
func (s Sheet) Clean(a Answers) (Answers, error) {
	out := Answers{Marks: map[string]int{}, Words: map[string]string{}}
	var wrong fault.Fields
	for code, mark := range a.Marks {
		wrong.Check(has(s.Items, code), code, "questionnaire.unknown")
		wrong.Check(mark >= 1 && mark <= s.Scale, code, "questionnaire.mark", s.Scale)
		out.Marks[code] = mark
	}
	for code, words := range a.Words {
		words = strings.TrimSpace(words)
		wrong.Check(has(s.Questions, code), code, "questionnaire.unknown")
		wrong.Check(utf8.RuneCountInString(words) <= s.Letters, code, "form.too_long", s.Letters)
		if words != "" {
			out.Words[code] = words
		}
	}
	if len(out.Marks) == 0 && len(out.Words) == 0 {
		wrong.Add("", "questionnaire.empty")
	}
	return out, wrong.Err()
}

func has(items []Item, code string) bool {
	return slices.ContainsFunc(items, func(i Item) bool { return i.Code == code })
}
