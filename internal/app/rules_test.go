package app

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/rulebook"
)

// contractRules are the names others rely on.
var contractRules = []string{
	"predicate", "distribution", "credit", "professionalism", "talent-box", "talent-score", "job-person-match",
	"job-class", "workload", "retirement", "nip", "skm",
}

func nationalBook(t testing.TB) *rulebook.Book {
	t.Helper()
	l, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.At("2026-11-23", "")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// eachLine calls fn with every line of a file of JSON objects.
func eachLine[T any](t *testing.T, file string, fn func(T)) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines, n := bufio.NewScanner(bytes.NewReader(data)), 0
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s: %s: %v", file, lines.Text(), err)
		}
		fn(v)
		n++
	}
	if n == 0 {
		t.Fatalf("%s is empty", file)
	}
}

func TestEveryRuleOfTheContractIsThereAndHolds(t *testing.T) {
	book := nationalBook(t)
	for _, name := range contractRules {
		rule, err := rulebook.Named(Rules(), name)
		if err != nil {
			t.Error(err)
			continue
		}
		if _, err := book.Head(rule.Name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every rule of the national rulebook is looked at by the area that uses it,
// each version on its first day.
func TestEveryRuleIsSound(t *testing.T) {
	library, err := Library("")
	if err != nil {
		t.Fatal(err)
	}
	var checked []string
	for _, c := range ruleChecks() {
		checked = append(checked, c.RuleID)
		if err := c.On(nationalBook(t)); err != nil {
			t.Errorf("%s: %v", c.RuleID, err)
		}
	}
	slices.Sort(checked)
	if want := library.RuleIDs(); !slices.Equal(checked, want) {
		t.Errorf("checked are %v, the rulebook has %v", checked, want)
	}
	if _, err := Library("../../rulebook/sample.toml"); err != nil {
		t.Errorf("the sample rulebook: %v", err)
	}
}

// An agency's file with which a rule makes no sense is refused before anything
// is reckoned with it.
func TestAnUnsoundRulebookIsRefused(t *testing.T) {
	for name, override := range map[string]string{
		"a predicate nobody knows": `rule = "predicate"
value = "matrix.di_atas.di_atas"
set = "luar_biasa"`,
		"a group of nobody": `rule = "skm-minimum"
value = "group"
set = -1`,
	} {
		file := filepath.Join(t.TempDir(), "own.toml")
		text := "id = \"kota\"\nversion = \"1\"\n[[override]]\nfrom = \"2026-01-01\"\ndecision = \"Perwali 1/2026\"\ndecided = \"2025-12-01\"\n" + override + "\n"
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Library(file); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// workedCase is one published or derived result. Value may name a part of the
// rule's value only.
type workedCase struct {
	Rule   string
	Preset string
	Input  json.RawMessage
	Value  any
	Source string
}

func TestEveryWorkedCaseComesOut(t *testing.T) {
	book := nationalBook(t)
	eachLine(t, "testdata/rules.jsonl", func(c workedCase) {
		rule, err := rulebook.Named(Rules(), c.Rule)
		if err != nil {
			t.Fatal(err)
		}
		result, err := rule.Eval(book, c.Preset, c.Input)
		if err != nil {
			t.Errorf("%s %s: %v", c.Rule, c.Input, err)
			return
		}
		raw, err := json.Marshal(result.Value)
		if err != nil {
			t.Fatal(err)
		}
		var got any
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		if !holds(got, c.Value) {
			t.Errorf("%s %s (%s): got %s, want %v", c.Rule, c.Input, c.Source, raw, c.Value)
		}
		if len(result.Because) == 0 || result.Source == "" || result.Hash != book.Hash() {
			t.Errorf("%s %s does not explain itself: %+v", c.Rule, c.Input, result)
		}
	})
}

// holds reports whether got is what is wanted, or an object with at least the
// wanted entries.
func holds(got, want any) bool {
	object, isObject := want.(map[string]any)
	if !isObject {
		return reflect.DeepEqual(got, want)
	}
	given, isObject := got.(map[string]any)
	if !isObject {
		return false
	}
	for k, v := range object {
		if !holds(given[k], v) {
			return false
		}
	}
	return true
}

var unfilled = regexp.MustCompile(`\[[a-z_.]+\]|\{\d\}`)

func TestEveryStepIsToldInBothLanguages(t *testing.T) {
	book := nationalBook(t)
	bundle, err := Bundle()
	if err != nil {
		t.Fatal(err)
	}
	var check func(c workedCase, lines []rulebook.Line)
	check = func(c workedCase, lines []rulebook.Line) {
		for _, l := range lines {
			if l.Label == "" || unfilled.MatchString(l.Label) {
				t.Errorf("%s %s: step %q", c.Rule, c.Input, l.Label)
			}
			check(c, l.Parts)
		}
	}
	eachLine(t, "testdata/rules.jsonl", func(c workedCase) {
		rule, err := rulebook.Named(Rules(), c.Rule)
		if err != nil {
			t.Fatal(err)
		}
		result, err := rule.Eval(book, c.Preset, c.Input)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range i18n.Langs() {
			check(c, result.Because.Lines(bundle.Printer(lang)))
		}
	})
}

// wrongCase is an input that a rule must refuse, naming the field.
type wrongCase struct {
	Rule   string
	Preset string
	Input  string
	Field  string
}

func TestEveryWrongInputNamesItsField(t *testing.T) {
	book := nationalBook(t)
	bundle, err := Bundle()
	if err != nil {
		t.Fatal(err)
	}
	eachLine(t, "testdata/wrong.jsonl", func(c wrongCase) {
		rule, err := rulebook.Named(Rules(), c.Rule)
		if err != nil {
			t.Fatal(err)
		}
		result, err := rule.Eval(book, c.Preset, []byte(c.Input))
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid {
			t.Errorf("%s %s: got %v %v", c.Rule, c.Input, result.Value, err)
			return
		}
		named := func(w fault.Field) bool { return w.Name == c.Field }
		if !slices.ContainsFunc(f.Fields, named) {
			t.Errorf("%s %s: got %v, want field %s", c.Rule, c.Input, err, c.Field)
		}
		for _, lang := range i18n.Langs() {
			for _, w := range f.Fields {
				if s := bundle.Printer(lang).T(w.Key, w.Args...); unfilled.MatchString(s) {
					t.Errorf("%s %s: %s says %q", c.Rule, c.Input, lang, s)
				}
			}
		}
	})
}

// TestEveryNameInTheRulebookIsTranslated looks at what the page of rules shows.
func TestEveryNameInTheRulebookIsTranslated(t *testing.T) {
	bundle, err := Bundle()
	if err != nil {
		t.Fatal(err)
	}
	known := func(p *i18n.Printer, key string) bool {
		return key == "" || !strings.ContainsFunc(key, func(r rune) bool { return r >= 'a' && r <= 'z' }) ||
			p.Has(rulebook.NameKey(key)) || p.Has(rulebook.WordKey(key))
	}
	for _, lang := range i18n.Langs() {
		p := bundle.Printer(lang)
		for _, view := range nationalBook(t).Rules(string(lang)) {
			for _, table := range view.Tables {
				for _, column := range append(slices.Clone(table.Columns), table.Path[0]) {
					if !known(p, column) {
						t.Errorf("%s: %s has no name in %s", view.ID, column, lang)
					}
				}
				if table.Path[0] == "values" {
					for _, row := range table.Rows {
						if !known(p, row.Name) {
							t.Errorf("%s: %s has no name in %s", view.ID, row.Name, lang)
						}
					}
				}
			}
		}
	}
}

func FuzzNoInputBreaksARule(f *testing.F) {
	book := nationalBook(f)
	rules := Rules()
	for i := range rules {
		f.Add(i, []byte(`{"results":"di_atas","conduct":"sesuai","nip":"198609262015051001","answers":[[4,null]],"elements":["time","cost"]}`))
		f.Add(i, []byte(`{"organisation":"baik","counts":{"baik":9223372036854775807,"kurang":1},"rows":[{"volume":1,"minutes":1,"effective":3}]}`))
		f.Add(i, []byte(`{"born":"9999-12-31","position":"guru","achieved":1e15,"standard":1e-15,"points":190,"levels":{"1":1}}`))
	}
	f.Fuzz(func(t *testing.T, rule int, input []byte) {
		r := rules[((rule%len(rules))+len(rules))%len(rules)]
		result, err := r.Eval(book, "", input)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%s %q: %v is no fault of the input", r.Name, input, err)
			}
			return
		}
		if raw, err := json.Marshal(result.Value); err != nil || len(raw) == 0 {
			t.Fatalf("%s %q: %v", r.Name, input, err)
		}
	})
}
