package rulebook

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
)

// Certainty says how sure we are that a rule's values are the regulation's.
type Certainty string

// Primary was read in the regulation itself, Secondary in official slides,
// news or running software, Unverified is a lead that still has to be checked.
const (
	Primary    Certainty = "primary"
	Secondary  Certainty = "secondary"
	Unverified Certainty = "unverified"
)

// Text is a text in both languages of the interface.
type Text struct {
	ID string `toml:"id" json:"id"`
	EN string `toml:"en" json:"en"`
}

// In returns the text of a language, "id" or "en"; Indonesian is the default.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.ID
}

func (t Text) complete() bool { return strings.TrimSpace(t.ID) != "" && strings.TrimSpace(t.EN) != "" }

// Source is where a rule stands.
type Source struct {
	Regulation string
	Article    string
	Note       Text
}

// String writes regulation and article: "PermenPANRB 6/2022, Lampiran".
func (s Source) String() string {
	if s.Article == "" {
		return s.Regulation
	}
	return s.Regulation + ", " + s.Article
}

// Head is what every rule in a book has besides its values. The areas embed it
// in the struct of their values; Load fills it.
type Head struct {
	ID        string
	Title     Text
	Words     Text // the rule in words
	Source    Source
	From      Day // first day the rule holds
	Known     Day // day from which it could be known
	Certainty Certainty
	Changes   []Change // an agency's own values, in the order they were applied
}

// Cite returns the regulation and article of the rule and the decisions that
// changed values of it for this agency.
func (h Head) Cite() string {
	cite := h.Source.String()
	seen := map[string]bool{}
	for _, c := range h.Changes {
		if !seen[c.Decision] {
			cite += "; " + c.Decision
			seen[c.Decision] = true
		}
	}
	return cite
}

func (h *Head) setHead(from Head) { *h = from }

// Change is one value of a rule that an agency replaced by a decision.
type Change struct {
	Path     string // the value's place: "effective.year"
	Was, Now *Value // Was is nil where the agency added a value
	Decision string // number and title of the decision
	Decided  Day
	From     Day
}

// version is one version of a rule in the library.
type version struct {
	head   Head
	values *Value
}

// national is one rule with all its versions, newest last.
type national struct {
	open     []string // tables an agency may add entries to
	versions []version
}

type ruleFile struct {
	ID      string   `toml:"id"`
	Title   Text     `toml:"title"`
	Open    []string `toml:"open"`
	Version []struct {
		From       Day       `toml:"from"`
		Known      Day       `toml:"known"`
		Certainty  Certainty `toml:"certainty"`
		Regulation string    `toml:"regulation"`
		Article    string    `toml:"article"`
		Note       Text      `toml:"note"`
		Words      Text      `toml:"words"`
	} `toml:"version"`
}

// parseRule reads one file of national/. It is strict: an unknown key, a
// missing text or a version out of order is an error of whoever wrote it.
func parseRule(data []byte) (id string, rule national, err error) {
	var f ruleFile
	if err := decodeStrict(data, &f, "values"); err != nil {
		return "", rule, err
	}
	tree, err := parseTOML(data)
	if err != nil {
		return "", rule, err
	}
	if f.ID == "" || !f.Title.complete() || len(f.Version) == 0 {
		return "", rule, fmt.Errorf("a rule needs an id, a title in both languages and a version")
	}
	rule.open = f.Open
	for i, v := range f.Version {
		h := Head{
			ID: f.ID, Title: f.Title, Words: v.Words, From: v.From, Known: v.Known, Certainty: v.Certainty,
			Source: Source{Regulation: v.Regulation, Article: v.Article, Note: v.Note},
		}
		if h.Known == "" {
			h.Known = h.From
		}
		if err := h.check(); err != nil {
			return "", rule, fmt.Errorf("%s, version %d: %w", f.ID, i+1, err)
		}
		if i > 0 && f.Version[i-1].From >= v.From {
			return "", rule, fmt.Errorf("%s: versions must be in order of their days", f.ID)
		}
		values := tree.Map["version"].List[i].Map["values"]
		if values == nil || values.Kind != TableKind {
			return "", rule, fmt.Errorf("%s, version %d: no values", f.ID, i+1)
		}
		rule.versions = append(rule.versions, version{head: h, values: values})
	}
	return f.ID, rule, nil
}

func (h Head) check() error {
	for _, d := range []Day{h.From, h.Known} {
		if _, ok := ParseDay(string(d)); !ok {
			return fmt.Errorf("%q is no day", d)
		}
	}
	switch h.Certainty {
	case Primary, Secondary, Unverified:
	default:
		return fmt.Errorf("certainty %q is none of primary, secondary, unverified", h.Certainty)
	}
	if h.Source.Regulation == "" || !h.Words.complete() {
		return fmt.Errorf("a version needs its regulation and its words in both languages")
	}
	return nil
}

// decodeStrict decodes TOML and refuses keys the target does not have. Below
// a key named free anything goes; parseTOML reads it.
func decodeStrict(data []byte, into any, free string) error {
	meta, err := toml.NewDecoder(bytes.NewReader(data)).Decode(into)
	if err != nil {
		return err
	}
	for _, key := range meta.Undecoded() {
		if len(key) < 2 || key[1] != free {
			return fmt.Errorf("unknown key %s", key)
		}
	}
	return nil
}
