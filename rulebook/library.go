package rulebook

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
)

//go:embed national/*.toml
var nationalFiles embed.FS

// bookFile names the file of national/ that says which edition the rules are.
const bookFile = "book.toml"

// Library holds every version of every rule, and the overrides of one agency.
// It is immutable: With returns a new one.
type Library struct {
	id, version string
	rules       map[string]national
	overrides   []Override
	checks      []Check
}

// National returns the library of the national rules that come with the
// program.
func National() (*Library, error) {
	sub, err := fs.Sub(nationalFiles, "national")
	if err != nil {
		return nil, err
	}
	return readLibrary(sub)
}

func readLibrary(fsys fs.FS) (*Library, error) {
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return nil, err
	}
	l := &Library{rules: map[string]national{}}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read rulebook: %w", err)
		}
		if name == bookFile {
			err = l.readEdition(data)
		} else {
			err = l.readRule(path.Base(name), data)
		}
		if err != nil {
			return nil, fmt.Errorf("read rulebook %s: %w", name, err)
		}
	}
	if l.id == "" {
		return nil, fmt.Errorf("read rulebook: %s is missing", bookFile)
	}
	return l, nil
}

func (l *Library) readEdition(data []byte) error {
	var edition struct {
		ID      string `toml:"id"`
		Version string `toml:"version"`
	}
	if err := decodeStrict(data, &edition, ""); err != nil {
		return err
	}
	if edition.ID == "" || edition.Version == "" {
		return fmt.Errorf("the edition needs an id and a version")
	}
	l.id, l.version = edition.ID, edition.Version
	return nil
}

func (l *Library) readRule(file string, data []byte) error {
	id, rule, err := parseRule(data)
	if err != nil {
		return err
	}
	if file != id+".toml" {
		return fmt.Errorf("holds rule %q", id)
	}
	l.rules[id] = rule
	return nil
}

// RuleIDs returns the identifiers of all rules in order.
func (l *Library) RuleIDs() []string { return slices.Sorted(maps.Keys(l.rules)) }

// At returns the book in force on day as it was known on knownAt; an empty
// knownAt means with all that is known now. Rules that had no version yet are
// not in the book.
func (l *Library) At(day, knownAt Day) (*Book, error) {
	if _, ok := ParseDay(string(day)); !ok {
		return nil, fault.WrongField("at", "rulebook.input.day", string(day))
	}
	if _, ok := ParseDay(string(knownAt)); knownAt != "" && !ok {
		return nil, fault.WrongField("known_at", "rulebook.input.day", string(knownAt))
	}
	in := map[string]version{}
	for id, rule := range l.rules {
		if v := rule.at(day, knownAt); v != nil {
			in[id] = version{head: v.head, values: v.values.clone()}
		}
	}
	for _, o := range l.overrides {
		v, has := in[o.Rule]
		if !has || !o.holds(day, knownAt) {
			continue
		}
		was, err := put(v.values, o.Path, o.Set, l.rules[o.Rule].open)
		if err != nil {
			return nil, err
		}
		v.head.Changes = append(slices.Clone(v.head.Changes), Change{
			Path: o.Path, Was: was, Now: o.Set, Decision: o.Decision, Decided: o.Decided, From: o.From,
		})
		in[o.Rule] = v
	}
	return newBook(l.id, l.version, in), nil
}

// at returns the version in force on day as known on knownAt, or nil.
func (r national) at(day, knownAt Day) *version {
	for i := len(r.versions) - 1; i >= 0; i-- {
		h := r.versions[i].head
		if h.From <= day && (knownAt == "" || h.Known <= knownAt) {
			return &r.versions[i]
		}
	}
	return nil
}
