package i18n

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Lang is a language code.
type Lang string

// The languages of the interface. Indonesian is the default.
const (
	Indonesian Lang = "id"
	English    Lang = "en"
)

// Langs lists every language, the default first.
func Langs() []Lang { return []Lang{Indonesian, English} }

// ParseLang returns the language s names ("id", "en-GB", "en_US.UTF-8"), or
// Indonesian when it is none of ours.
func ParseLang(s string) Lang {
	if strings.HasPrefix(strings.ToLower(s), "en") {
		return English
	}
	return Indonesian
}

// text is one translation; one is empty unless the key has a singular form.
type text struct{ one, other string }

// Bundle holds every translation of every language. Fill it with Add before
// the first use; afterwards it is read-only and safe for concurrent use.
type Bundle struct {
	texts map[Lang]map[string]text
}

// NewBundle returns a bundle of the given file systems; it reports the first
// file that cannot be read or repeats a key.
func NewBundle(sources ...fs.FS) (*Bundle, error) {
	b := &Bundle{texts: map[Lang]map[string]text{}}
	for _, l := range Langs() {
		b.texts[l] = map[string]text{}
	}
	for _, s := range sources {
		if err := b.Add(s); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Add reads locale/id.toml and locale/en.toml from fsys. A key that another
// source already holds is an error, because nobody could say which text wins.
func (b *Bundle) Add(fsys fs.FS) error {
	for _, l := range Langs() {
		raw, err := fs.ReadFile(fsys, "locale/"+string(l)+".toml")
		if err != nil {
			return fmt.Errorf("read translations: %w", err)
		}
		var tree map[string]any
		if err := toml.Unmarshal(raw, &tree); err != nil {
			return fmt.Errorf("read translations %s: %w", l, err)
		}
		if err := b.collect(l, "", tree); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bundle) collect(l Lang, prefix string, tree map[string]any) error {
	for name, v := range tree {
		key := prefix + name
		var t text
		switch v := v.(type) {
		case string:
			t.other = v
		case map[string]any:
			one, isPlural := v["one"].(string)
			other, hasOther := v["other"].(string)
			if !isPlural || !hasOther {
				if err := b.collect(l, key+".", v); err != nil {
					return err
				}
				continue
			}
			t = text{one, other}
		default:
			return fmt.Errorf("translation %s (%s) is neither text nor plural", key, l)
		}
		if _, taken := b.texts[l][key]; taken {
			return fmt.Errorf("translation %s (%s) is defined twice", key, l)
		}
		b.texts[l][key] = t
	}
	return nil
}

// Keys returns the keys of one language in order.
func (b *Bundle) Keys(l Lang) []string {
	return slices.Sorted(maps.Keys(b.texts[l]))
}

// Printer returns the printer of one language.
func (b *Bundle) Printer(l Lang) *Printer {
	if _, ok := b.texts[l]; !ok {
		l = Indonesian
	}
	return &Printer{lang: l, texts: b.texts[l]}
}
