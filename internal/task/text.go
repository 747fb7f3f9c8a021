package task

import (
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/internal/i18n"
)

// Text is a sentence to be: a translation key and its arguments. The zero Text
// says nothing. Arguments may be strings, ints, i18n.Key (a word that is itself
// translated) and dates (anything that is an i18n.Dater).
type Text struct {
	Key  string
	Args []any
}

// Say returns a text.
func Say(key string, args ...any) Text { return Text{key, args} }

// In returns the sentence in the printer's language, "" for the zero Text.
func (t Text) In(p *i18n.Printer) string {
	if t.Key == "" {
		return ""
	}
	return p.T(t.Key, t.Args...)
}

// Day is a date YYYY-MM-DD as an argument of a text: it is written out.
type Day string

// ISO implements i18n.Dater.
func (d Day) ISO() string { return string(d) }

// stored is one argument as it is kept; exactly one field is set.
type stored struct {
	Text *string `json:"s,omitempty"`
	Int  *int64  `json:"n,omitempty"`
	Key  *string `json:"k,omitempty"`
	Day  *string `json:"d,omitempty"`
	Span *string `json:"p,omitempty"`
}

// encode writes the arguments as JSON. It refuses what could not be read back
// as the same thing.
func (t Text) encode() (string, error) {
	if len(t.Args) == 0 {
		return "[]", nil
	}
	all := make([]stored, len(t.Args))
	for i, a := range t.Args {
		switch a := a.(type) {
		case string:
			all[i].Text = &a
		case int:
			n := int64(a)
			all[i].Int = &n
		case int64:
			all[i].Int = &a
		case i18n.Key:
			s := string(a)
			all[i].Key = &s
		case i18n.Period:
			s := string(a)
			all[i].Span = &s
		case i18n.Dater:
			s := a.ISO()
			all[i].Day = &s
		default:
			return "", fmt.Errorf("text %s: argument %d is a %T", t.Key, i, a)
		}
	}
	b, err := json.Marshal(all)
	return string(b), err
}

func decode(key, args string) (Text, error) {
	if key == "" || args == "[]" {
		return Text{Key: key}, nil
	}
	var all []stored
	if err := json.Unmarshal([]byte(args), &all); err != nil {
		return Text{}, fmt.Errorf("arguments of %s: %w", key, err)
	}
	t := Text{Key: key, Args: make([]any, len(all))}
	for i, a := range all {
		switch {
		case a.Int != nil:
			t.Args[i] = int(*a.Int)
		case a.Key != nil:
			t.Args[i] = i18n.Key(*a.Key)
		case a.Span != nil:
			t.Args[i] = i18n.Period(*a.Span)
		case a.Day != nil:
			t.Args[i] = Day(*a.Day)
		case a.Text != nil:
			t.Args[i] = *a.Text
		default:
			t.Args[i] = ""
		}
	}
	return t, nil
}
