package rulebook

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
)

// fieldOf returns the name and key of the first wrong field of err.
func fieldOf(err error) (name, key string) {
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) == 0 {
		return "", ""
	}
	return f.Fields[0].Name, f.Fields[0].Key
}

func TestParseJSONNamesThePlaceOfAMistake(t *testing.T) {
	for _, c := range []struct{ in, field, key string }{
		{``, "input", "json"},
		{`{`, "input", "json"},
		{`{"a":1}{"a":1}`, "input", "trailing"},
		{`{"a":1} x`, "input", "trailing"},
		{`{"a":1,"a":2}`, "a", "duplicate"},
		{`{"a":{"b":1,"b":2}}`, "a.b", "duplicate"},
		{`{"a":NaN}`, "a", "json"},
		{`{"a":[1,2,Infinity]}`, "a[2]", "json"},
		{`{"a":1e400}`, "a", "huge"},
		{`{"a":` + strings.Repeat("9", 50) + `}`, "a", "huge"},
		{`{"a":01}`, "a", "json"},
		{`{"a":1,}`, "a", "json"},
		{`{"a" 1}`, "a", "json"},
		{`{a:1}`, "input", "json"},
		{`{"a":'x'}`, "a", "json"},
		{"{\"a\":\"\xff\"}", "input", "utf8"},
		{strings.Repeat("[", 100) + strings.Repeat("]", 100), strings.Repeat("[0]", 17), "deep"},
	} {
		v, err := ParseJSON([]byte(c.in))
		if err == nil {
			t.Errorf("%s was read as %s", c.in, v)
			continue
		}
		if name, key := fieldOf(err); name != c.field || key != "rulebook.input."+c.key {
			t.Errorf("%s: got %s %s, want %s %s", c.in, name, key, c.field, c.key)
		}
	}
}

func TestParseJSONKeepsOrderAndDigits(t *testing.T) {
	v, err := ParseJSON([]byte("\ufeff" + ` {"z":0.1,"a":[true,null,"\u00e9"],"m":{"y":1e2,"b":-0}} `))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(v.Keys, ""); got != "zam" {
		t.Errorf("order of keys: %s", got)
	}
	if got := v.String(); got != `{"a":[true,null,"é"],"m":{"b":0,"y":100},"z":0.1}` {
		t.Errorf("canonical form: %s", got)
	}
}

func TestTOMLKeepsTheOrderOfKeys(t *testing.T) {
	v, err := parseTOML([]byte("z = 1\na = 2.5\n[m]\nz = {y = 1, x = 2}\nb = true\n[[l]]\nz = 'x'\na = 91\n"))
	if err != nil {
		t.Fatal(err)
	}
	list := v.Map["l"].List[0]
	for got, want := range map[string]string{
		strings.Join(v.Keys, ""): "zaml", strings.Join(v.Map["m"].Keys, ""): "zb",
		strings.Join(v.Map["m"].Map["z"].Keys, ""): "yx", strings.Join(list.Keys, ""): "za", v.Map["a"].String(): "2.5",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if _, err := parseTOML([]byte("d = 2026-01-01")); err == nil {
		t.Error("a TOML date must be refused: days are text")
	}
}

func FuzzParseJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,{"b":null}]}`, `[1e5,-0.25,"x"]`, `{"a":1,"a":1}`, `{"a":1e99999}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := ParseJSON(data)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%q: %v is no fault of the input", data, err)
			}
			return
		}
		if !json.Valid([]byte(strings.TrimPrefix(string(data), "\ufeff"))) {
			t.Fatalf("%q is no JSON", data)
		}
		again, err := ParseJSON(v.bytes())
		if err != nil {
			t.Fatalf("%q written as %s: %v", data, v, err)
		}
		if at, same := v.equal(again, ""); !same {
			t.Fatalf("%q written as %s differs at %s", data, v, at)
		}
	})
}
