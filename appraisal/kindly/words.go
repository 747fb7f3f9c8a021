package kindly

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed words/*.toml
var wordFiles embed.FS

// Locale holds the sentences that explain a hint.
//
//go:embed locale/*.toml
var Locale embed.FS

// group is words of one kind and the sentence that says it better.
type group struct {
	Code   Kind     `toml:"code"`
	Bare   bool     `toml:"bare"` // only ever said of people: counts without a subject
	Words  []string `toml:"words"`
	Better string   `toml:"better"`
}

// wordFile is one language as it stands in its file.
type wordFile struct {
	Lang         string            `toml:"lang"`
	Person       []string          `toml:"person"`
	Self         []string          `toml:"self"`
	Things       []string          `toml:"things"`
	Deny         []string          `toml:"deny"`
	NotDeny      []string          `toml:"notdeny"`
	Skip         []string          `toml:"skip"`
	Conjunctions []string          `toml:"conjunctions"`
	Always       []string          `toml:"always"`
	Never        []string          `toml:"never"`
	Alias        map[string]string `toml:"alias"`
	Groups       []group           `toml:"group"`
	Lacking      struct {
		Lack   []string `toml:"lack"`
		Good   []string `toml:"good"`
		Code   Kind     `toml:"code"`
		Better string   `toml:"better"`
	} `toml:"lacking"`
	Absolute struct {
		Bad    []string `toml:"bad"`
		Good   []string `toml:"good"`
		Better string   `toml:"better"`
	} `toml:"absolute"`
}

// role is what a phrase of the list does in a clause.
type role uint16

const (
	rolePerson role = 1 << iota
	roleSelf
	roleThing
	roleDeny
	roleNotDeny
	roleSkip
	roleConjunction
	roleAlways
	roleNever
	roleBad  // what makes "always" bad
	roleGood // what makes "never" bad
	roleJudge
	roleLack
	roleTrait // what a person is praised for
)

// phrase is one entry of the list.
type phrase struct {
	words []string
	role  role
	group int // of a roleJudge
}

// lexicon is the words of one language, by the first word of each phrase,
// longest first.
type lexicon struct {
	lang    string
	alias   map[string]string
	groups  []group
	better  string // for always and never
	lacking group  // for what is missing
	phrases map[string][]phrase
	known   map[string]bool // every single word, to find stems
}

func loadLexicon(lang string) (*lexicon, error) {
	raw, err := wordFiles.ReadFile("words/" + lang + ".toml")
	if err != nil {
		return nil, err
	}
	var f wordFile
	meta, err := toml.Decode(string(raw), &f)
	if err != nil {
		return nil, fmt.Errorf("words of %s: %w", lang, err)
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return nil, fmt.Errorf("words of %s: unknown key %s", lang, extra[0])
	}
	x := &lexicon{
		lang: lang, alias: f.Alias, groups: f.Groups, better: f.Absolute.Better, lacking: group{Code: f.Lacking.Code, Better: f.Lacking.Better},
		phrases: map[string][]phrase{}, known: map[string]bool{},
	}
	for r, list := range map[role][]string{
		rolePerson: f.Person, roleSelf: f.Self, roleThing: f.Things, roleDeny: f.Deny, roleNotDeny: f.NotDeny, roleSkip: f.Skip,
		roleConjunction: f.Conjunctions, roleAlways: f.Always, roleNever: f.Never, roleBad: f.Absolute.Bad, roleGood: f.Absolute.Good,
		roleLack: f.Lacking.Lack, roleTrait: f.Lacking.Good,
	} {
		x.add(r, 0, list)
	}
	for i, g := range f.Groups {
		x.add(roleJudge, i, g.Words)
	}
	for first := range x.phrases {
		slices.SortStableFunc(x.phrases[first], func(a, b phrase) int { return len(b.words) - len(a.words) })
	}
	return x, nil
}

func (x *lexicon) add(r role, group int, list []string) {
	for _, text := range list {
		words := strings.Fields(text)
		for _, w := range words {
			x.known[w] = true
		}
		x.phrases[words[0]] = append(x.phrases[words[0]], phrase{words, r, group})
	}
}
