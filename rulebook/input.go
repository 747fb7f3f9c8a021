package rulebook

import (
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
)

// Input reads the fields of one JSON object. Each reader notes what is wrong
// with its field and returns a zero value; Done says whether all was well, so
// a rule reads everything first, asks Done, and computes only then.
type Input struct {
	form   *form
	values *Value
	path   string
	read   map[string]bool
}

// form is what all objects of one input share.
type form struct {
	book       *Book
	wrong      fault.Fields
	objects    []*Input
	preset     string
	presetRead bool
}

func readInput(b *Book, preset string, data []byte) (*Input, error) {
	v, err := ParseJSON(data)
	if err != nil {
		return nil, err
	}
	if v.Kind != TableKind {
		return nil, fault.WrongField(wholeInput, "rulebook.input.object")
	}
	return (&form{book: b, preset: preset}).object(v, ""), nil
}

func (f *form) object(v *Value, path string) *Input {
	in := &Input{form: f, values: v, path: path, read: map[string]bool{}}
	f.objects = append(f.objects, in)
	return in
}

// Book returns the book the rule is evaluated with, for a rule that builds on
// another one.
func (in *Input) Book() *Book { return in.form.book }

// Done reports every wrong, missing or unknown field met so far as one
// Invalid fault, or nil.
func (in *Input) Done() error {
	f := in.form
	wrong := slices.Clone(f.wrong)
	for _, o := range f.objects {
		for _, k := range o.values.Keys {
			if !o.read[k] {
				wrong.Add(join(o.path, k), "rulebook.input.unknown")
			}
		}
	}
	if f.preset != "" && !f.presetRead {
		wrong.Add("preset", "rulebook.input.no_preset")
	}
	return wrong.Err()
}

// Wrong notes a mistake in one of the object's fields.
func (in *Input) Wrong(name, key string, args ...any) {
	in.form.wrong.Add(join(in.path, name), key, args...)
}

// Has reports whether the field is there and not null. It counts as read.
func (in *Input) Has(name string) bool {
	in.read[name] = true
	v := in.values.Map[name]
	return v != nil && v.Kind != NullKind
}

// get returns the field when it has the kind wanted, and notes what is wrong
// otherwise.
func (in *Input) get(name string, want Kind) *Value {
	if !in.Has(name) {
		in.Wrong(name, "rulebook.input.missing")
		return nil
	}
	v := in.values.Map[name]
	if v.Kind != want {
		in.Wrong(name, kindKey(want))
		return nil
	}
	return v
}

func kindKey(k Kind) string {
	return [...]string{"", "rulebook.input.bool", "rulebook.input.number", "rulebook.input.text", "rulebook.input.list", "rulebook.input.table"}[k]
}

// Text reads a text.
func (in *Input) Text(name string) string {
	if v := in.get(name, TextKind); v != nil {
		return v.Text
	}
	return ""
}

// Bool reads true or false.
func (in *Input) Bool(name string) bool {
	v := in.get(name, BoolKind)
	return v != nil && v.Bool
}

// Day reads a date.
func (in *Input) Day(name string) Day {
	v := in.get(name, TextKind)
	if v == nil {
		return ""
	}
	d, ok := ParseDay(v.Text)
	if !ok {
		in.Wrong(name, "rulebook.input.day", v.Text)
	}
	return d
}

// Word reads one of the code words allowed.
func (in *Input) Word(name string, allowed []string) string {
	v := in.get(name, TextKind)
	if v == nil {
		return ""
	}
	if !slices.Contains(allowed, v.Text) {
		in.Wrong(name, "rulebook.input.word", strings.Join(allowed, ", "))
		return ""
	}
	return v.Text
}

// Num reads a number from lo to hi.
func (in *Input) Num(name string, lo, hi Num) Num {
	v := in.get(name, NumKind)
	if v == nil {
		return Num{}
	}
	if v.Num.Less(lo) || hi.Less(v.Num) {
		in.Wrong(name, "rulebook.input.range", lo.String(), hi.String())
		return Num{}
	}
	return v.Num
}

// NumFrom reads a number that is not less than lo.
func (in *Input) NumFrom(name string, lo Num) Num {
	v := in.get(name, NumKind)
	if v == nil {
		return Num{}
	}
	if v.Num.Less(lo) {
		in.Wrong(name, "rulebook.input.least", lo.String())
		return Num{}
	}
	return v.Num
}

// NumOver reads a number greater than lo.
func (in *Input) NumOver(name string, lo Num) Num {
	v := in.get(name, NumKind)
	if v == nil {
		return Num{}
	}
	if !lo.Less(v.Num) {
		in.Wrong(name, "rulebook.input.over", lo.String())
		return Num{}
	}
	return v.Num
}

// Int reads a whole number from lo to hi.
func (in *Input) Int(name string, lo, hi int64) int64 {
	n, ok := in.Num(name, Int(lo), Int(hi)).Int64()
	if !ok {
		in.Wrong(name, "rulebook.input.whole")
	}
	return n
}

// IntFrom reads a whole number that is not less than lo.
func (in *Input) IntFrom(name string, lo int64) int64 {
	n, ok := in.NumFrom(name, Int(lo)).Int64()
	if !ok {
		in.Wrong(name, "rulebook.input.whole")
	}
	return n
}

// Object reads an object. It is never nil; the fields of a missing one are not
// complained of again.
func (in *Input) Object(name string) *Input {
	v := in.get(name, TableKind)
	if v == nil {
		return (&form{}).object(newTable(), join(in.path, name))
	}
	return in.form.object(v, join(in.path, name))
}

// Objects reads a list of at least one object.
func (in *Input) Objects(name string) []*Input {
	var all []*Input
	for i, v := range in.List(name) {
		at := join(in.path, index(name, i))
		if v.Kind != TableKind {
			in.form.wrong.Add(at, "rulebook.input.table")
			continue
		}
		all = append(all, in.form.object(v, at))
	}
	return all
}

// List reads a list of at least one value.
func (in *Input) List(name string) []*Value {
	v := in.get(name, ListKind)
	if v == nil {
		return nil
	}
	if len(v.List) == 0 {
		in.Wrong(name, "rulebook.input.empty")
	}
	return v.List
}

// Preset returns the set of values asked for, or fallback when none was.
// known lists the sets there are.
func (in *Input) Preset(known []string, fallback string) string {
	f := in.form
	f.presetRead = true
	switch {
	case f.preset == "":
		return fallback
	case !slices.Contains(known, f.preset):
		f.wrong.Add("preset", "rulebook.input.word", strings.Join(known, ", "))
		return fallback
	}
	return f.preset
}
