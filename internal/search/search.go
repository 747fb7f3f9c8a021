package search

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns text in lower case, without diacritics, with every run of
// anything but letters and digits as one space.
func Fold(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// Column returns the search column of some texts: their words, each after a
// space.
func Column(texts ...string) string {
	words := Fold(strings.Join(texts, " "))
	if words == "" {
		return ""
	}
	return " " + words
}

// maxTerms keeps a pasted page from becoming a query of a thousand conditions.
const maxTerms = 8

// Terms returns the words of what somebody typed, at most eight.
func Terms(query string) []string {
	words := strings.Fields(Fold(query))
	return words[:min(len(words), maxTerms)]
}

// Match reports whether every term begins a word of the column.
func Match(column string, terms []string) bool {
	for _, t := range terms {
		if !strings.Contains(column, " "+t) {
			return false
		}
	}
	return true
}

// Where returns the condition that every term begins a word of the column, and
// its arguments; the placeholders count from $first on. Without terms the
// condition is "true". column is a name from the program, never input.
func Where(column string, first int, terms []string) (condition string, args []any) {
	if len(terms) == 0 {
		return "true", nil
	}
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = "replace(" + column + ", $" + strconv.Itoa(first+i) + ", '') <> " + column
		args = append(args, " "+t)
	}
	return strings.Join(parts, " AND "), args
}

// Key returns what text is sorted by: folded, its numbers padded so that 9
// stands before 10.
func Key(text string) string {
	words := strings.Fields(Fold(text))
	for i, w := range words {
		if digits := len(w) - len(strings.TrimLeft(w, "0123456789")); digits > 0 && digits < numberWidth {
			words[i] = strings.Repeat("0", numberWidth-digits) + w
		}
	}
	return strings.Join(words, " ")
}

const numberWidth = 6
