package rulebook

import "strings"

// Because is the way from the input of a rule to its value, step by step.
type Because []Step

// Step is one step: a label (a translation key with arguments), the value it
// gave, the regulation it follows, and the smaller steps it is made of. A
// value is a Word, Words, a Num, a Figure, an int, a bool, a string, a Day or nil.
type Step struct {
	Key    string  `json:"label"`
	Args   []any   `json:"args,omitempty"`
	Value  any     `json:"value"`
	Source string  `json:"source"`
	Parts  Because `json:"because,omitempty"`
}

// Word is a code word of the contracts, such as "di_atas". It is stored and
// sent as it is and shown by the translation WordKey gives.
type Word string

// WordKey returns the translation key of a code word.
func WordKey(code string) string { return "rulebook.word." + code }

// Teller turns keys and numbers into text of one language; *i18n.Printer is
// one.
type Teller interface {
	Has(key string) bool
	T(key string, args ...any) string
	Num(x any, decimals ...int) string
	Date(iso string) string
}

// Line is a step in the words of one language.
type Line struct {
	Label  string `json:"label"`
	Value  any    `json:"value"`
	Source string `json:"source"`
	Parts  []Line `json:"because,omitempty"`
}

// Lines returns the steps with their labels in the teller's language; the
// values stay what they are.
func (b Because) Lines(t Teller) []Line {
	lines := make([]Line, 0, len(b))
	for _, s := range b {
		l := Line{Label: s.Label(t), Value: s.Value, Source: s.Source}
		if len(s.Parts) > 0 {
			l.Parts = s.Parts.Lines(t)
		}
		lines = append(lines, l)
	}
	return lines
}

// Label returns the step's label in the teller's language.
func (s Step) Label(t Teller) string {
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		args[i] = Show(t, a)
	}
	return t.T(s.Key, args...)
}

// Show writes a value of a step for people: code words translated, numbers
// and dates the language's way. A code word without a translation, and any
// other text, is shown as it is.
func Show(t Teller, v any) string {
	switch v := v.(type) {
	case nil:
		return "–"
	case Word:
		if key := WordKey(string(v)); t.Has(key) {
			return t.T(key)
		}
		return string(v)
	case Words:
		return v.show(t)
	case Num:
		return t.Num(v.String())
	case Figure:
		return t.Num(v.String())
	case Day:
		return t.Date(string(v))
	case string:
		return v
	case bool:
		if v {
			return t.T("rulebook.word.true")
		}
		return t.T("rulebook.word.false")
	default:
		return t.Num(v)
	}
}

// Words is several code words that count together.
type Words []Word

// WordsOf returns codes as words.
func WordsOf[S ~string](codes ...S) Words {
	words := make(Words, len(codes))
	for i, c := range codes {
		words[i] = Word(c)
	}
	return words
}

func (w Words) show(t Teller) string {
	texts := make([]string, len(w))
	for i, word := range w {
		texts[i] = Show(t, word)
	}
	return strings.Join(texts, ", ")
}
