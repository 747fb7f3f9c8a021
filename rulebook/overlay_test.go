package rulebook

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gurindam/gurindam/internal/fault"
)

func TestAnOverlayThatCannotHoldIsRefused(t *testing.T) {
	good := map[string]string{
		"rule": `"speed"`, "value": `"limit"`, "set": `40`, "from": `"2023-01-01"`, "decision": `"SK 1"`, "decided": `"2022-12-01"`,
	}
	for _, c := range []struct{ key, to, field string }{
		{"rule", `"sped"`, "override[0].rule"},
		{"rule", ``, "override[0].rule"},
		{"value", `"limits"`, "limits"},
		{"value", `"limit.deeper"`, "limit.deeper"},
		{"value", `"bands.3.from"`, "bands.3.from"},
		{"value", `"bands"`, "bands"},
		{"value", `""`, "override[0].value"},
		{"set", ``, "override[0].set"},
		{"set", `"40"`, "limit"},
		{"set", `[40]`, "limit"},
		{"from", `"2019-01-01"`, "override[0].from"},
		{"from", `"1 Januari"`, "override[0].from"},
		{"decided", `"2022-02-30"`, "override[0].decided"},
		{"decision", `""`, "override[0].decision"},
	} {
		var b strings.Builder
		b.WriteString("id = \"kota\"\nversion = \"1\"\n[[override]]\n")
		for _, key := range []string{"rule", "value", "set", "from", "decision", "decided"} {
			value := good[key]
			if key == c.key {
				value = c.to
			}
			if value != "" {
				b.WriteString(key + " = " + value + "\n")
			}
		}
		o, err := ParseOverlay([]byte(b.String()))
		if err == nil {
			_, err = speedLibrary(t).With(o)
		}
		if name, _ := fieldOf(err); !fault.Is(err, fault.Invalid) || name != c.field {
			t.Errorf("%s = %s: got %v, want field %s", c.key, c.to, err, c.field)
		}
	}
}

func TestAnOverlayFileIsReadStrictly(t *testing.T) {
	for _, text := range []string{
		"id = ", "id = \"x\"\nversion = \"1\"\nvalue = 3", "version = \"1\"", "[[override]]\nrul = \"speed\"",
		"id = \"x\"\nversion = \"1\"\n[[override]]\nset = 2026-01-01",
	} {
		if _, err := ParseOverlay([]byte(text)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func TestAnOverlayLeavesTheLibraryAlone(t *testing.T) {
	l := speedLibrary(t)
	before, _ := l.At("2023-07-01", "")
	if _, err := l.With(overlay(t, harbour)); err != nil {
		t.Fatal(err)
	}
	if after, _ := l.At("2023-07-01", ""); after.Hash() != before.Hash() {
		t.Error("With changed the library it was called on")
	}
}

func TestARuleFileIsReadStrictly(t *testing.T) {
	for from, to := range map[string]string{
		`certainty = "primary"`:     `certainty = "sure"`,
		`from = "2020-01-01"`:       `from = "2030-01-01"`, // versions out of order
		`en = "The speed limit"`:    `en = ""`,
		`regulation = "UU 1/2020"`:  `regulatio = "UU 1/2020"`,
		`id = "speed"`:              `id = "haste"`,
		`town = { harbour = 30.5 }`: `town = 2026-01-01`,
	} {
		text := strings.Replace(speedFile, from, to, 1)
		if to == `en = ""` {
			text = strings.Replace(speedFile, `en = "The speed limit."`, to, 1)
		}
		_, err := readLibrary(fstest.MapFS{"book.toml": {Data: []byte("id = \"uji\"\nversion = \"1\"\n")}, "speed.toml": {Data: []byte(text)}})
		if err == nil {
			t.Errorf("%s was read", to)
		}
	}
}

// narrow lacks a field of the rule, wide has one too many, other another kind.
type narrow struct {
	Limit Num `json:"limit"`
}

func (narrow) RuleID() string { return "speed" }
func (narrow) Check() error   { return nil }

type wide struct {
	speed
	More Num `json:"more"`
}

type other struct {
	Limit string         `json:"limit"`
	Town  map[string]Num `json:"town"`
	Bands Bands          `json:"bands"`
}

func (other) RuleID() string { return "speed" }
func (other) Check() error   { return nil }

func TestLoadIsStrict(t *testing.T) {
	b, err := speedLibrary(t).At("2023-01-01", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load[narrow](b); !fault.Is(err, fault.Invalid) {
		t.Errorf("a value without a field: %v", err)
	}
	if _, err := Load[wide](b); !fault.Is(err, fault.Invalid) {
		t.Errorf("a field without a value: %v", err)
	}
	if _, err := Load[other](b); !fault.Is(err, fault.Invalid) {
		t.Errorf("another kind: %v", err)
	}
}
