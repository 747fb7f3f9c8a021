package rulebook

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
)

// ask is a rule that reads a field of every kind.
func ask(s speed, in *Input) (any, Because, error) {
	set := in.Preset([]string{"one", "two"}, "one")
	got := []string{
		set, in.Text("text"), in.Word("word", []string{"red", "blue"}), in.Num("num", Int(0), Int(10)).String(),
		string(in.Day("day")),
	}
	if in.Bool("bool") {
		got = append(got, "yes")
	}
	n := in.Int("int", 1, 12)
	in.IntFrom("from", 0)
	in.NumOver("over", Int(0))
	in.Object("object").NumFrom("inner", Int(0))
	for _, o := range in.Objects("objects") {
		o.Word("word", []string{"red", "blue"})
	}
	if in.Has("maybe") {
		in.Text("maybe")
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	return strings.Join(got, " "), Because{{Key: "k", Value: n}}, nil
}

const asked = `{"text":"x","word":"red","num":2.5,"day":"2024-02-29","bool":true,"int":12,"from":0,"over":0.1,` +
	`"object":{"inner":0},"objects":[{"word":"blue"}]}`

func TestAnInputIsReadField(t *testing.T) {
	b, err := speedLibrary(t).At("2023-01-01", "")
	if err != nil {
		t.Fatal(err)
	}
	rule := New(ask)
	r, err := rule.Eval(b, "two", []byte(asked))
	if err != nil {
		t.Fatal(err)
	}
	if r.Value != "two x red 2.5 2024-02-29 yes" || r.Rule != "speed" || r.Book != "uji 1" || r.Hash != b.Hash() || r.Source != "UU 1/2020, Pasal 2" {
		t.Errorf("got %+v", r)
	}
	for _, c := range []struct{ from, to, field, key string }{
		{`"text":"x",`, ``, "text", "missing"},
		{`"text":"x"`, `"text":null`, "text", "missing"},
		{`"text":"x"`, `"text":1`, "text", "text"},
		{`"word":"red"`, `"word":"Red"`, "word", "word"},
		{`"word":"red"`, `"word":["red"]`, "word", "text"},
		{`"num":2.5`, `"num":"2.5"`, "num", "number"},
		{`"num":2.5`, `"num":10.0001`, "num", "range"},
		{`"num":2.5`, `"num":-0.1`, "num", "range"},
		{`"2024-02-29"`, `"2023-02-29"`, "day", "day"},
		{`"2024-02-29"`, `"29/02/2024"`, "day", "day"},
		{`"2024-02-29"`, `"0000-01-01"`, "day", "day"},
		{`true`, `"true"`, "bool", "bool"},
		{`"int":12`, `"int":13`, "int", "range"},
		{`"int":12`, `"int":1.5`, "int", "whole"},
		{`"from":0`, `"from":-1`, "from", "least"},
		{`"over":0.1`, `"over":0`, "over", "over"},
		{`"inner":0`, `"inner":0,"extra":1`, "object.extra", "unknown"},
		{`"inner":0`, ``, "object.inner", "missing"},
		{`{"inner":0}`, `[]`, "object", "table"},
		{`[{"word":"blue"}]`, `[]`, "objects", "empty"},
		{`[{"word":"blue"}]`, `{}`, "objects", "list"},
		{`[{"word":"blue"}]`, `[{"word":"blue"},3]`, "objects[1]", "table"},
		{`[{"word":"blue"}]`, `[{"word":"blue","x":1}]`, "objects[0].x", "unknown"},
		{`{"text"`, `{"surplus":1,"text"`, "surplus", "unknown"},
		{asked, `[` + asked + `]`, "input", "object"},
		{asked, `null`, "input", "object"},
	} {
		_, err := rule.Eval(b, "", []byte(strings.Replace(asked, c.from, c.to, 1)))
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid {
			t.Errorf("%s: got %v", c.to, err)
			continue
		}
		if !slices.ContainsFunc(f.Fields, func(w fault.Field) bool { return w.Name == c.field && w.Key == "rulebook.input."+c.key }) {
			t.Errorf("%s: got %v, want %s %s", c.to, err, c.field, c.key)
		}
	}
	if _, err := rule.Eval(b, "three", []byte(asked)); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown preset: %v", err)
	}
}

func TestEveryMistakeIsNamedAtOnce(t *testing.T) {
	b, err := speedLibrary(t).At("2023-01-01", "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = New(ask).Eval(b, "", []byte(`{"text":1,"word":"green","int":0}`))
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) != 10 {
		t.Fatalf("got %v", err)
	}
}

func TestAPresetOfARuleWithoutOneIsRefused(t *testing.T) {
	b, err := speedLibrary(t).At("2023-01-01", "")
	if err != nil {
		t.Fatal(err)
	}
	rule := New(func(speed, *Input) (any, Because, error) { return 1, nil, nil })
	if _, err := rule.Eval(b, "one", []byte(`{}`)); !fault.Is(err, fault.Invalid) {
		t.Fatalf("got %v", err)
	}
	if _, err := rule.Eval(b, "", []byte(`{"x":1}`)); !fault.Is(err, fault.Invalid) {
		t.Fatalf("a field nobody read: %v", err)
	}
}
