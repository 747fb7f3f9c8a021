package calibration

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gurindam/gurindam/appraisal/listed"
	"github.com/gurindam/gurindam/internal/search"
)

// masked stands where a name was.
const masked = "•••"

// names are the words of the names of everybody a session is about, folded.
type names map[string]bool

// add takes the words of a name, without titles; a word of two letters says
// nothing about anybody.
func (n names) add(name string) {
	for _, w := range strings.Fields(listed.PlainName(name)) {
		if utf8.RuneCountInString(w) > 2 {
			n[w] = true
		}
	}
}

var word = regexp.MustCompile(`[\p{L}\p{M}]+`)

// hide masks the names in a text. A name that is a word of the language too is
// masked where only the word was meant: too much is hidden rather than too
// little.
func (n names) hide(text string) string {
	return word.ReplaceAllStringFunc(text, func(w string) string {
		if n[search.Fold(w)] {
			return masked
		}
		return w
	})
}

// namesOf are those of the people of a session and of their superiors.
func (v View) namesOf() names {
	all := names{}
	for _, s := range v.Superior {
		all.add(s.Name)
	}
	for _, c := range v.Cases {
		all.add(c.Name)
		all.add(c.CalibrationCase.Evaluator.Name)
	}
	return all
}
