package rulebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"github.com/gurindam/gurindam/internal/fault"
)

// maxDepth bounds how deep lists and tables of an input may be nested.
const maxDepth = 16

// wholeInput is the field name of a fault that concerns the document itself.
const wholeInput = "input"

// ParseJSON reads exactly one JSON value. Numbers stay exact. It refuses
// repeated keys, anything after the value, invalid UTF-8 and deep nesting with
// an Invalid fault that names the place.
func ParseJSON(data []byte) (*Value, error) {
	if !utf8.Valid(data) {
		return nil, fault.WrongField(wholeInput, "rulebook.input.utf8")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	p := jsonReader{d: json.NewDecoder(bytes.NewReader(data))}
	p.d.UseNumber()
	v, err := p.value("", 0)
	if err != nil {
		return nil, err
	}
	if _, err := p.d.Token(); !errors.Is(err, io.EOF) {
		return nil, fault.WrongField(wholeInput, "rulebook.input.trailing")
	}
	return v, nil
}

type jsonReader struct{ d *json.Decoder }

func (p *jsonReader) value(path string, depth int) (*Value, error) {
	if depth > maxDepth {
		return nil, fault.WrongField(field(path), "rulebook.input.deep", maxDepth)
	}
	t, err := p.d.Token()
	if err != nil {
		return nil, p.broken(path)
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return p.table(path, depth)
		}
		return p.list(path, depth)
	case json.Number:
		n, err := ParseNum(t.String())
		if err != nil {
			return nil, fault.WrongField(field(path), "rulebook.input.huge")
		}
		return &Value{Kind: NumKind, Num: n}, nil
	case string:
		return &Value{Kind: TextKind, Text: t}, nil
	case bool:
		return &Value{Kind: BoolKind, Bool: t}, nil
	default:
		return &Value{}, nil
	}
}

func (p *jsonReader) table(path string, depth int) (*Value, error) {
	v, last := newTable(), path // last is the field a mistake is nearest to
	for p.d.More() {
		t, err := p.d.Token()
		key, isText := t.(string)
		if err != nil || !isText {
			return nil, p.broken(last)
		}
		at := join(path, key)
		if _, has := v.Map[key]; has {
			return nil, fault.WrongField(at, "rulebook.input.duplicate")
		}
		child, err := p.value(at, depth+1)
		if err != nil {
			return nil, err
		}
		v.set(key, child)
		last = at
	}
	if _, err := p.d.Token(); err != nil {
		return nil, p.broken(last)
	}
	return v, nil
}

func (p *jsonReader) list(path string, depth int) (*Value, error) {
	v := &Value{Kind: ListKind}
	for p.d.More() {
		child, err := p.value(index(path, len(v.List)), depth+1)
		if err != nil {
			return nil, err
		}
		v.List = append(v.List, child)
	}
	if _, err := p.d.Token(); err != nil {
		return nil, p.broken(path)
	}
	return v, nil
}

func (p *jsonReader) broken(path string) error {
	return fault.WrongField(field(path), "rulebook.input.json", p.d.InputOffset()+1)
}

func field(path string) string {
	if path == "" {
		return wholeInput
	}
	return path
}

func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// parseTOML reads a TOML document into a table that keeps the order of its
// keys. Dates are written as text in rulebooks, so TOML's own are refused.
func parseTOML(data []byte) (*Value, error) {
	var raw map[string]any
	meta, err := toml.Decode(string(data), &raw)
	if err != nil {
		return nil, err
	}
	rank := map[string]int{}
	for i, k := range meta.Keys() {
		name := strings.Join(k, "\x00")
		if _, seen := rank[name]; !seen {
			rank[name] = i
		}
	}
	return fromTOML(raw, "", rank)
}

func fromTOML(raw any, path string, rank map[string]int) (*Value, error) {
	switch raw := raw.(type) {
	case bool:
		return &Value{Kind: BoolKind, Bool: raw}, nil
	case int64:
		return &Value{Kind: NumKind, Num: Int(raw)}, nil
	case float64:
		n, err := ParseNum(strconv.FormatFloat(raw, 'f', -1, 64))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", strings.ReplaceAll(path, "\x00", "."), err)
		}
		return &Value{Kind: NumKind, Num: n}, nil
	case string:
		return &Value{Kind: TextKind, Text: raw}, nil
	case []any:
		return listFromTOML(raw, path, rank)
	case []map[string]any:
		list := make([]any, len(raw))
		for i, e := range raw {
			list[i] = e
		}
		return listFromTOML(list, path, rank)
	case map[string]any:
		return tableFromTOML(raw, path, rank)
	default:
		return nil, fmt.Errorf("%s: write it as text, a number, true, false, a list or a table", strings.ReplaceAll(path, "\x00", "."))
	}
}

func listFromTOML(raw []any, path string, rank map[string]int) (*Value, error) {
	v := &Value{Kind: ListKind}
	for _, e := range raw {
		child, err := fromTOML(e, path, rank)
		if err != nil {
			return nil, err
		}
		v.List = append(v.List, child)
	}
	return v, nil
}

func tableFromTOML(raw map[string]any, path string, rank map[string]int) (*Value, error) {
	prefix := path
	if prefix != "" {
		prefix += "\x00"
	}
	keys := make([]string, 0, len(raw))
	for k := range raw {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if d := rank[prefix+a] - rank[prefix+b]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	v := newTable()
	for _, k := range keys {
		child, err := fromTOML(raw[k], prefix+k, rank)
		if err != nil {
			return nil, err
		}
		v.set(k, child)
	}
	return v, nil
}
