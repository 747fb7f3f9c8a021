package kindly

import (
	"cmp"
	"slices"
)

// Kind says what a judgement is about.
type Kind string

// The kinds.
const (
	Effort     Kind = "effort"     // "lazy"
	Ability    Kind = "ability"    // "incompetent"
	Insult     Kind = "insult"     // "stupid"
	Character  Kind = "character"  // "stubborn", "careless"
	Motive     Kind = "motive"     // "deliberately", "making excuses"
	Compare    Kind = "compare"    // "why can't you be like Rina"
	Background Kind = "background" // sex, age, origin, religion
	Absolute   Kind = "absolute"   // "always late", "never listens"
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{Effort, Ability, Insult, Character, Motive, Compare, Background, Absolute}
}

// Hint is one place of a text that judges the person.
type Hint struct {
	Kind     Kind
	Said     string // the words themselves
	From, To int    // their place in the text, in bytes
	Lang     string // language of the words, "id" or "en"
	Better   string // a sentence in that language to start from
}

// Why returns the translation key that explains the hint; its argument is Said.
func (h Hint) Why() string { return "kindly.why." + string(h.Kind) }

// Checker finds judgements. It is immutable and safe for concurrent use.
type Checker struct{ lexicons []*lexicon }

// New returns a checker with the lists of both languages. The lists are
// embedded and a test reads them, so reading them cannot fail.
func New() *Checker {
	var c Checker
	for _, lang := range []string{"id", "en"} {
		x, err := loadLexicon(lang)
		if err != nil {
			panic(err)
		}
		c.lexicons = append(c.lexicons, x)
	}
	return &c
}

// Check returns the places where a text judges the person, in their order and
// without overlap. It is empty for a text that speaks of the task.
func (c *Checker) Check(text string) []Hint {
	var all []Hint
	for _, x := range c.lexicons {
		all = append(all, x.check(text)...)
	}
	slices.SortStableFunc(all, func(a, b Hint) int { return cmp.Or(a.From-b.From, b.To-a.To) })
	var kept []Hint
	for _, h := range all {
		if len(kept) == 0 || h.From >= kept[len(kept)-1].To {
			kept = append(kept, h)
		}
	}
	return kept
}

func (x *lexicon) check(text string) []Hint {
	all := x.tokens(text)
	var hints []Hint
	for i := 0; i < len(all); {
		h, n := x.judge(all, i)
		if n == 0 {
			i++
			continue
		}
		if h.Kind != "" {
			h.From, h.To, h.Lang = all[i].from, all[i+n-1].to, x.lang
			h.Said = text[h.From:h.To]
			hints = append(hints, h)
		}
		i += n
	}
	return hints
}

// judge looks at the words from i on. It returns how many words were
// understood, and a hint when they judge a person.
func (x *lexicon) judge(all []token, i int) (Hint, int) {
	if h, n := x.absolute(all, i); n > 0 {
		return h, n
	}
	p, found := x.match(all, i, roleJudge)
	if !found {
		return x.missing(all, i)
	}
	g, n := x.groups[p.group], len(p.words)
	if all[i].quoted || x.denied(all, i) || !x.ofPerson(all, i, n, g.Bare) {
		return Hint{}, n
	}
	return Hint{Kind: g.Code, Better: g.Better}, n
}

// missing looks for a virtue that a person is said to lack: "kurang dewasa",
// "no sense of duty".
func (x *lexicon) missing(all []token, i int) (Hint, int) {
	n := x.is(all, i, roleLack)
	if n == 0 || all[i].quoted || x.denied(all, i) || x.before(all, i) != person {
		return Hint{}, 0
	}
	const reach = 2
	for j := i + n; j < min(i+n+reach, len(all)) && all[j].clause == all[i].clause; j++ {
		if m := x.is(all, j, roleTrait); m > 0 {
			return Hint{Kind: x.lacking.Code, Better: x.lacking.Better}, j + m - i
		}
	}
	return Hint{}, 0
}

// absolute looks for "always" with something bad behind it, or "never" with
// something good.
func (x *lexicon) absolute(all []token, i int) (Hint, int) {
	want := roleBad
	n := x.is(all, i, roleAlways)
	if n == 0 {
		want = roleGood
		n = x.is(all, i, roleNever)
	}
	if n == 0 || all[i].quoted || x.denied(all, i) || !x.ofPerson(all, i, n, begins(all, i)) {
		return Hint{}, 0
	}
	const reach = 3
	for j := i + n; j < min(i+n+reach, len(all)) && all[j].clause == all[i].clause; j++ {
		if m := x.is(all, j, want); m > 0 {
			return Hint{Kind: Absolute, Better: x.better}, j + m - i
		}
	}
	return Hint{}, 0
}

// begins reports whether a clause begins at i: nothing else is its subject.
func begins(all []token, i int) bool { return i == 0 || all[i-1].clause != all[i].clause }
