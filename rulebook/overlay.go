package rulebook

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// Override replaces one value of a rule by a decision of the agency.
type Override struct {
	Rule     string
	Path     string // keys joined by dots: "matrix.di_atas.sesuai", "bands.tinggi.from"
	Set      *Value
	From     Day // first day it holds
	Until    Day // last day it holds; empty: until something else does
	Known    Day // day it was entered; empty: the day of the decision
	Decision string
	Decided  Day
}

// holds reports whether the override is in force on day as known on knownAt.
func (o Override) holds(day, knownAt Day) bool {
	known := o.Known
	if known == "" {
		known = o.Decided
	}
	return o.From <= day && (o.Until == "" || day <= o.Until) && (knownAt == "" || known <= knownAt)
}

// Overlay is an agency's own rulebook: overrides on top of the national rules.
type Overlay struct {
	ID        string
	Version   string
	Overrides []Override
}

type overlayFile struct {
	ID       string `toml:"id"`
	Version  string `toml:"version"`
	Override []struct {
		Rule     string `toml:"rule"`
		Path     string `toml:"value"`
		From     Day    `toml:"from"`
		Until    Day    `toml:"until"`
		Known    Day    `toml:"known"`
		Decision string `toml:"decision"`
		Decided  Day    `toml:"decided"`
	} `toml:"override"`
}

// ParseOverlay reads a rulebook file of an agency; sample.toml shows and
// explains every key. A file that cannot be read gives an Invalid fault.
func ParseOverlay(data []byte) (Overlay, error) {
	var f overlayFile
	if err := decodeStrict(data, &f, "set"); err != nil {
		return Overlay{}, fault.Wrong("rulebook.file.toml", err.Error()).Because(err)
	}
	tree, err := parseTOML(data)
	if err != nil {
		return Overlay{}, fault.Wrong("rulebook.file.toml", err.Error()).Because(err)
	}
	o := Overlay{ID: f.ID, Version: f.Version}
	for i, e := range f.Override {
		o.Overrides = append(o.Overrides, Override{
			Rule: e.Rule, Path: e.Path, Set: tree.Map["override"].List[i].Map["set"],
			From: e.From, Until: e.Until, Known: e.Known, Decision: e.Decision, Decided: e.Decided,
		})
	}
	return o, o.check()
}

func (o Overlay) check() error {
	var wrong fault.Fields
	wrong.Check(o.ID != "", "id", "rulebook.input.missing")
	wrong.Check(o.Version != "", "version", "rulebook.input.missing")
	for i, e := range o.Overrides {
		at := index("override", i)
		wrong.Check(e.Set != nil, join(at, "set"), "rulebook.input.missing")
		for _, t := range []struct{ name, text string }{{"rule", e.Rule}, {"value", e.Path}, {"decision", e.Decision}} {
			wrong.Check(t.text != "", join(at, t.name), "rulebook.input.missing")
		}
		for _, d := range []struct {
			name     string
			day      Day
			required bool
		}{{"from", e.From, true}, {"decided", e.Decided, true}, {"until", e.Until, false}, {"known", e.Known, false}} {
			if _, ok := ParseDay(string(d.day)); !ok && (d.required || d.day != "") {
				wrong.Add(join(at, d.name), "rulebook.input.day", string(d.day))
			}
		}
	}
	return wrong.Err()
}

// With returns the library with an agency's overlay on top. It refuses an
// override of a rule or value that does not exist on the day it begins, and
// one that puts another kind of value in its place. Whether the rule still
// makes sense with it, [Library.Sound] says.
func (l *Library) With(o Overlay) (*Library, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	n := &Library{id: l.id + "+" + o.ID, version: l.version + "+" + o.Version, rules: l.rules, checks: l.checks}
	n.overrides = append(slices.Clone(l.overrides), o.Overrides...)
	slices.SortStableFunc(n.overrides, func(a, b Override) int {
		if c := strings.Compare(string(a.From), string(b.From)); c != 0 {
			return c
		}
		return strings.Compare(string(a.Decided), string(b.Decided))
	})
	for i, e := range o.Overrides {
		if _, has := l.rules[e.Rule]; !has {
			return nil, fault.WrongField(join(index("override", i), "rule"), "rulebook.rule.unknown", e.Rule)
		}
		if l.rules[e.Rule].at(e.From, "") == nil {
			return nil, fault.WrongField(join(index("override", i), "from"), "rulebook.rule.not_yet", e.Rule, string(e.From))
		}
		if _, err := n.At(e.From, ""); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// put replaces the value at path inside v and returns what stood there. A new
// entry is accepted only directly inside one of the open tables.
func put(v *Value, path string, set *Value, open []string) (was *Value, err error) {
	at, last := "", path
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		at, last = path[:i], path[i+1:]
	}
	parent, err := find(v, at)
	if err != nil {
		return nil, fault.WrongField(path, "rulebook.value.unknown")
	}
	if i, ok := parent.item(last); ok {
		was = parent.List[i]
		if was.Kind != set.Kind {
			return nil, fault.WrongField(path, "rulebook.value.kind")
		}
		parent.List[i] = set.clone()
		return was, nil
	}
	was = parent.Map[last]
	if parent.Kind != TableKind || (was == nil && !slices.Contains(open, at)) {
		return nil, fault.WrongField(path, "rulebook.value.unknown")
	}
	if was != nil && was.Kind != set.Kind {
		return nil, fault.WrongField(path, "rulebook.value.kind")
	}
	parent.set(last, set.clone())
	return was, nil
}

var errNoValue = errors.New("no such value")

func find(v *Value, path string) (*Value, error) {
	if path == "" {
		return v, nil
	}
	for key := range strings.SplitSeq(path, ".") {
		if i, ok := v.item(key); ok {
			v = v.List[i]
			continue
		}
		if v.Map[key] == nil {
			return nil, errNoValue
		}
		v = v.Map[key]
	}
	return v, nil
}

// item returns the place of a list's entry that key names: the one whose
// "code" is key, or the one of that number, counted from 1.
func (v *Value) item(key string) (int, bool) {
	if v.Kind != ListKind {
		return 0, false
	}
	for i, e := range v.List {
		if c := e.Map["code"]; c != nil && c.String() == key {
			return i, true
		}
	}
	n, err := strconv.Atoi(key)
	if err != nil || n < 1 || n > len(v.List) {
		return 0, false
	}
	return n - 1, true
}
