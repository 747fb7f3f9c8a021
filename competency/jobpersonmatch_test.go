package competency

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

func load(t testing.TB, overrides ...rulebook.Override) (MatchRule, error) {
	t.Helper()
	l, err := rulebook.National()
	if err == nil && len(overrides) > 0 {
		l, err = l.With(rulebook.Overlay{ID: "uji", Version: "1", Overrides: overrides})
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.At("2026-11-23", "")
	if err != nil {
		t.Fatal(err)
	}
	return rulebook.Load[MatchRule](b)
}

func override(path string, v *rulebook.Value) rulebook.Override {
	return rulebook.Override{Rule: "job-person-match", Path: path, Set: v, From: "2026-01-01", Decided: "2026-01-01", Decision: "SK 1/2026"}
}

func TestAMatchIsNotCappedUnlessTheAgencySaysSo(t *testing.T) {
	national, err := load(t)
	if err != nil {
		t.Fatal(err)
	}
	capped, err := load(t, override("capped_at_hundred", &rulebook.Value{Kind: rulebook.BoolKind, Bool: true}))
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := national.Of(rulebook.Int(25), rulebook.Int(18)); m.Percent.String() != "138.89" {
		t.Errorf("got %s", m.Percent)
	}
	m, because := capped.Of(rulebook.Int(25), rulebook.Int(18))
	if m.Percent.String() != "100" || because[2].Source != national.Cite()+"; SK 1/2026" {
		t.Errorf("got %s by %s", m.Percent, because[2].Source)
	}
}

func TestCategoriesFollowThePercentageThatIsShown(t *testing.T) {
	r, err := load(t)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		achieved := rulebook.Int(rapid.Int64Range(0, 200000).Draw(t, "achieved"))
		standard := rulebook.Int(rapid.Int64Range(1, 100000).Draw(t, "standard"))
		m, _ := r.Of(achieved, standard)
		least := func(n int64) bool { return !m.Percent.Less(rulebook.Int(n)) }
		if least(80) != (m.Selection == "memenuhi_syarat") || least(68) == (m.Selection == "kurang_memenuhi_syarat") {
			t.Fatalf("%s: %s", m.Percent, m.Selection)
		}
		if least(90) != (m.Mapping == "optimal") || least(78) == (m.Mapping == "kurang_optimal") {
			t.Fatalf("%s: %s", m.Percent, m.Mapping)
		}
	})
}

func TestABrokenOverrideIsRefused(t *testing.T) {
	num := func(n int64) *rulebook.Value { return &rulebook.Value{Kind: rulebook.NumKind, Num: rulebook.Int(n)} }
	for path, value := range map[string]int64{"decimals": -1, "selection.memenuhi_syarat.from": 60, "mapping.cukup_optimal.from": 95} {
		if _, err := load(t, override(path, num(value))); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s = %d: %v", path, value, err)
		}
	}
}
