package kindly

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word of a text: what is compared, and where it stands.
type token struct {
	word     string
	from, to int
	yours    bool // carried an Indonesian "-mu"
	quoted   bool
	clause   int // tokens of one clause share a number
	sentence int
}

// quotes that open and close; a straight quote does both.
const (
	openQuotes  = `"“„«`
	closeQuotes = `"”“»`
)

// tokens cuts a text into words, knowing where clauses and sentences end and
// what is quoted.
func (x *lexicon) tokens(text string) []token {
	var all []token
	var clause, sentence int
	quoted, lastClose := false, strings.LastIndexAny(text, closeQuotes)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case partOfWord(r):
			end := wordEnd(text, i)
			for _, w := range x.spell(text[i:end]) {
				w.from, w.to, w.quoted, w.clause, w.sentence = i, end, quoted, clause, sentence
				all = append(all, w)
			}
			i = end
			continue
		case strings.ContainsRune(openQuotes, r) && !quoted && i < lastClose:
			quoted = true
		case strings.ContainsRune(closeQuotes, r):
			quoted = false
		case strings.ContainsRune(",:–—()", r):
			clause++
		case strings.ContainsRune(".!?;\n", r):
			clause++
			sentence++
		}
		i += size
	}
	x.splitAtConjunctions(all)
	return all
}

func partOfWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordEnd returns the end of the word that begins at i. Hyphens and
// apostrophes between letters belong to it.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !partOfWord(r) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if !strings.ContainsRune("-'’‑", r) || !partOfWord(next) {
				break
			}
		}
		i += size
	}
	return i
}

// spell returns a word as it is compared: lower case, contractions in full,
// informal spellings replaced, Indonesian endings taken off.
func (x *lexicon) spell(s string) []token {
	w := strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(s), "’", "'"), "‑", "-")
	if x.lang == "en" {
		return x.plain(contraction(w)...)
	}
	if alias, has := x.alias[w]; has {
		w = alias
	}
	if x.known[w] {
		return []token{{word: w}}
	}
	for _, ending := range []string{"nya", "mu", "lah", "kah", "pun"} {
		if stem, has := strings.CutSuffix(w, ending); has && x.known[stem] {
			return []token{{word: stem, yours: ending == "mu"}}
		}
	}
	return []token{{word: w}}
}

func (x *lexicon) plain(words ...string) []token {
	out := make([]token, len(words))
	for i, w := range words {
		if alias, has := x.alias[w]; has {
			w = alias
		}
		out[i].word = w
	}
	return out
}

// contraction writes out "don't", "you're", "he's".
func contraction(w string) []string {
	stem, ending, has := strings.Cut(w, "'")
	switch {
	case !has:
		return []string{w}
	case w == "can't":
		return []string{"cannot"}
	case w == "won't":
		return []string{"will", "not"}
	case strings.HasSuffix(stem, "n") && ending == "t":
		return []string{strings.TrimSuffix(stem, "n"), "not"}
	}
	if full := inFull(ending); full != "" && (full != "is" || isPronoun(stem)) {
		return []string{stem, full}
	}
	return []string{stem}
}

// inFull writes out what stands behind an apostrophe, "" when it is nothing of
// its own.
func inFull(ending string) string {
	switch ending {
	case "re":
		return "are"
	case "s":
		return "is"
	case "ve":
		return "have"
	case "ll":
		return "will"
	case "m":
		return "am"
	}
	return ""
}

func isPronoun(w string) bool {
	switch w {
	case "he", "she", "it", "that", "who", "what", "there":
		return true
	}
	return false
}

// splitAtConjunctions begins a new clause at every conjunction, but not inside
// "bukan karena".
func (x *lexicon) splitAtConjunctions(all []token) {
	more := 0
	for i := range all {
		if i > 0 && all[i].sentence == all[i-1].sentence && x.is(all, i, roleConjunction) > 0 && x.is(all, i-1, roleDeny) == 0 {
			more++
		}
		all[i].clause += more
	}
}
