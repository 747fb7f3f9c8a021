package rulebook

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
)

// Kind says what a Value is.
type Kind uint8

// The kinds of values.
const (
	NullKind Kind = iota
	BoolKind
	NumKind
	TextKind
	ListKind
	TableKind
)

// Value is one value of a rule or of an input: a scalar, a list, or a table
// whose keys keep the order in which they were written.
type Value struct {
	Kind Kind
	Bool bool
	Num  Num
	Text string
	List []*Value
	Keys []string
	Map  map[string]*Value
}

func newTable() *Value { return &Value{Kind: TableKind, Map: map[string]*Value{}} }

func (v *Value) set(key string, child *Value) {
	if _, has := v.Map[key]; !has {
		v.Keys = append(v.Keys, key)
	}
	v.Map[key] = child
}

// clone returns a copy that shares no table or list with v.
func (v *Value) clone() *Value {
	c := *v
	c.List, c.Keys, c.Map = nil, nil, nil
	for _, e := range v.List {
		c.List = append(c.List, e.clone())
	}
	if v.Kind == TableKind {
		c.Map = make(map[string]*Value, len(v.Map))
		for _, k := range v.Keys {
			c.set(k, v.Map[k].clone())
		}
	}
	return &c
}

// equal reports whether v and w are the same value, whatever the order of
// their keys; where they differ it names the first path.
func (v *Value) equal(w *Value, path string) (string, bool) {
	if v == nil || w == nil || v.Kind != w.Kind {
		return path, false
	}
	switch v.Kind {
	case BoolKind:
		return path, v.Bool == w.Bool
	case NumKind:
		return path, v.Num.Equal(w.Num)
	case TextKind:
		return path, v.Text == w.Text
	case ListKind:
		return v.equalList(w, path)
	case TableKind:
		return v.equalTable(w, path)
	default:
		return path, true
	}
}

func (v *Value) equalList(w *Value, path string) (string, bool) {
	if len(v.List) != len(w.List) {
		return path, false
	}
	for i := range v.List {
		if at, same := v.List[i].equal(w.List[i], join(path, strconv.Itoa(i))); !same {
			return at, false
		}
	}
	return path, true
}

func (v *Value) equalTable(w *Value, path string) (string, bool) {
	for _, k := range v.Keys {
		if at, same := v.Map[k].equal(w.Map[k], join(path, k)); !same {
			return at, false
		}
	}
	for _, k := range w.Keys {
		if _, has := v.Map[k]; !has {
			return join(path, k), false
		}
	}
	return path, true
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// canonical appends v as JSON with sorted keys, no spaces and shortest exact
// numbers: the same value always gives the same bytes.
func (v *Value) canonical(b *bytes.Buffer) {
	switch v.Kind {
	case BoolKind:
		b.WriteString(strconv.FormatBool(v.Bool))
	case NumKind:
		b.WriteString(v.Num.String())
	case TextKind:
		writeText(b, v.Text)
	case ListKind:
		b.WriteByte('[')
		for i, e := range v.List {
			if i > 0 {
				b.WriteByte(',')
			}
			e.canonical(b)
		}
		b.WriteByte(']')
	case TableKind:
		b.WriteByte('{')
		for i, k := range slices.Sorted(slices.Values(v.Keys)) {
			if i > 0 {
				b.WriteByte(',')
			}
			writeText(b, k)
			b.WriteByte(':')
			v.Map[k].canonical(b)
		}
		b.WriteByte('}')
	default:
		b.WriteString("null")
	}
}

// writeText writes s as a JSON string without escaping what HTML would need.
func writeText(b *bytes.Buffer, s string) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string and a buffer cannot fail
	b.Truncate(b.Len() - 1)
}

// MarshalJSON writes v canonically.
func (v *Value) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	v.canonical(&b)
	return b.Bytes(), nil
}

// String writes a scalar as text (numbers as exact decimals) and anything
// else as canonical JSON.
func (v *Value) String() string {
	if v.Kind == TextKind {
		return v.Text
	}
	var b bytes.Buffer
	v.canonical(&b)
	return b.String()
}
