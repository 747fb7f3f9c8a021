package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean takes from a cell what does not belong to its value: blanks of every
// kind at both ends, the ="…" by which programs keep Excel from turning digits
// into a number, and the apostrophe that marks text. The apostrophe goes only
// where it marks: before a digit, a formula sign or another apostrophe. So
// 'Aisyiyah keeps its own.
func Clean(cell string) string {
	cell = trim(cell)
	if len(cell) >= 3 && strings.HasPrefix(cell, `="`) && strings.HasSuffix(cell, `"`) {
		inner := cell[2 : len(cell)-1]
		if !strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
			return trim(strings.ReplaceAll(inner, `""`, `"`))
		}
	}
	if cell != "" && cell[0] == '\'' && marksText(cell[1:]) {
		return trim(cell[1:])
	}
	return cell
}

// marksText reports whether an apostrophe before rest is a mark.
func marksText(rest string) bool {
	return rest != "" && (rest[0] >= '0' && rest[0] <= '9' || rest[0] == '\'' || startsFormula(rest))
}

// startsFormula reports whether a spreadsheet could run the text as a formula,
// now or after it was saved as CSV and opened again: it begins with a formula
// sign, behind blanks or not. A lone dash is no formula.
func startsFormula(text string) bool {
	text = trim(text)
	if strings.Trim(text, "-–") == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune("=+-@–＝＋－＠", first)
}

// trim removes blanks at both ends, those without width and the no-break ones
// included.
func trim(s string) string {
	if s == "" || (s[0] > ' ' && s[0] < 0x7F && s[len(s)-1] > ' ' && s[len(s)-1] < 0x7F) {
		return s
	}
	return strings.TrimFunc(s, isBlank)
}

func isBlank(r rune) bool {
	switch r {
	case '\u200B', '\u2060', '\uFEFF':
		return true
	}
	return unicode.IsSpace(r)
}
