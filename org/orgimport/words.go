package orgimport

import (
	_ "embed" // the lists of words
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/gurindam/gurindam/org"
)

//go:embed words/siasn.toml
var wordsFile string

// words turns what files say into the code words of the map.
type words struct {
	sex, status, education, rank, positionKind, eselon map[string]string
	gone                                               []string

	employment, level, group, title, unit []guess
}

// guess is one entry of a list that is tried from the top.
type guess struct {
	Has    string
	Begins []string
	Ends   []string
	Is     string
}

// readWords reads the lists that come with the program.
func readWords() (*words, error) {
	var f struct {
		Sex, Status, Education, Rank, Eselon map[string][]string
		PositionKind                         map[string][]string `toml:"position_kind"`
		Gone                                 struct{ Status []string }
		Employment, Level, Group             []guess
		Title, Unit                          []guess
	}
	meta, err := toml.Decode(wordsFile, &f)
	if err == nil && len(meta.Undecoded()) > 0 {
		err = fmt.Errorf("unknown %v", meta.Undecoded())
	}
	if err != nil {
		return nil, fmt.Errorf("words of the imports: %w", err)
	}
	w := &words{
		sex: turned(f.Sex), status: turned(f.Status), education: turned(f.Education), rank: turned(f.Rank),
		positionKind: turned(f.PositionKind), eselon: turned(f.Eselon), gone: f.Gone.Status,
		employment: folded(f.Employment), level: folded(f.Level), group: folded(f.Group), title: folded(f.Title), unit: folded(f.Unit),
	}
	return w, nil
}

// turned looks a table up from what is written to the code word, which stands
// for itself too.
func turned(table map[string][]string) map[string]string {
	all := map[string]string{}
	for code, written := range table {
		all[fold(code)] = code
		for _, w := range written {
			all[fold(w)] = code
		}
	}
	return all
}

func folded(list []guess) []guess {
	for i := range list {
		list[i].Has = fold(list[i].Has)
		for _, texts := range [][]string{list[i].Begins, list[i].Ends} {
			for k := range texts {
				texts[k] = fold(texts[k])
			}
		}
	}
	return list
}

// first returns what the first entry that fits the folded text is.
func first(list []guess, text string) string {
	for _, g := range list {
		switch {
		case g.Has != "" && strings.Contains(text, g.Has),
			slices.ContainsFunc(g.Begins, func(b string) bool { return text == b || strings.HasPrefix(text, b+" ") }),
			slices.ContainsFunc(g.Ends, func(e string) bool { return text == e || strings.HasSuffix(text, " "+e) }):
			return g.Is
		}
	}
	return ""
}

// unitKind returns the kind of unit a file says, or one guessed from the name.
func (w *words) unitKind(said, name string) org.UnitKind {
	if said != "" {
		for _, k := range org.UnitKinds() {
			if fold(string(k)) == fold(said) {
				return k
			}
		}
		if k := first(w.unit, fold(said)); k != "" {
			return org.UnitKind(k)
		}
		return org.UnitKind(said)
	}
	if k := first(w.unit, fold(name)); k != "" {
		return org.UnitKind(k)
	}
	return org.OtherUnit
}

// employmentOf returns the kind of employee by the first of some texts that
// says it; empty when none does.
func (w *words) employmentOf(texts ...string) org.Employment {
	for _, e := range org.Employments() {
		if fold(string(e)) == fold(texts[0]) {
			return e
		}
	}
	for _, g := range w.employment {
		for _, t := range texts {
			if t != "" && first([]guess{g}, fold(t)) != "" {
				return org.Employment(g.Is)
			}
		}
	}
	return ""
}

// structural is a kind of position that needs an eselon or a title to be one of
// the map's.
const structural = "struktural"

// place is what can be said of a position from its words.
type place struct {
	kind    org.PositionKind
	level   string
	group   string
	head    bool
	guessed bool // the kind follows from nothing but the title
}

// placeOf returns what a title, a kind as written and an eselon make of a
// position.
func (w *words) placeOf(title, kind, eselon string) place {
	t := fold(title)
	code := w.positionKind[fold(kind)]
	p := place{group: "umum"}
	switch code {
	case "":
		p.kind, p.guessed = w.unsaid(t), true
	case structural:
		p.kind = org.PositionKind(w.eselon[fold(eselon)])
		if p.kind == "" {
			p.kind, p.guessed = org.PositionKind(first(w.title, t)), true
		}
		if p.kind == "" {
			p.kind = org.Pengawas
		}
	default:
		p.kind = org.PositionKind(code)
	}
	switch p.kind {
	case org.Functional:
		p.level = first(w.level, t)
		if g := first(w.group, t); g != "" {
			p.group = g
		}
	case org.Pelaksana:
	default:
		p.head = true
	}
	return p
}

// unsaid guesses the kind of a position of which a file says nothing: a
// functional one has a level at the end, a structural one begins like one.
func (w *words) unsaid(title string) org.PositionKind {
	switch {
	case first(w.level, title) != "" && len(strings.Fields(title)) > 1:
		return org.Functional
	case first(w.title, title) != "":
		return org.PositionKind(first(w.title, title))
	}
	return org.Pelaksana
}

var (
	rankPNS  = regexp.MustCompile(`(?i)(?:^|[^a-z])(IV|III|II|I)\s*[/\-. ]?\s*([a-e])(?:[^a-z]|$)`)
	rankPPPK = regexp.MustCompile(`(?i)^(?:gol(?:ongan)?\.?\s*)?(I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XV|XVI{0,2}|X)$`)
)

// rankOf returns a rank as the map writes it, III/d or IX; what it cannot read
// comes back as it is.
func (w *words) rankOf(id, name string) string {
	if m := rankPNS.FindStringSubmatch(name); m != nil {
		return strings.ToUpper(m[1]) + "/" + strings.ToLower(m[2])
	}
	if m := rankPPPK.FindStringSubmatch(name); m != nil {
		return strings.ToUpper(m[1])
	}
	if name == "" {
		return w.rank[fold(id)]
	}
	return name
}

// look returns the code word of what is written; what nobody knows comes back
// as it is.
func look(table map[string]string, written ...string) string {
	for _, w := range written {
		if code := table[fold(w)]; w != "" && code != "" {
			return code
		}
	}
	for _, w := range written {
		if w != "" {
			return w
		}
	}
	return ""
}
