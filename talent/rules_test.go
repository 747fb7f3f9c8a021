package talent

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// book returns the national book; path, "rule value", is replaced by value.
func book(t testing.TB, path, value string) *rulebook.Book {
	t.Helper()
	l, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	if path != "" {
		rule, place, _ := strings.Cut(path, " ")
		v, err := rulebook.ParseJSON([]byte(value))
		if err != nil {
			t.Fatal(err)
		}
		l, err = l.With(rulebook.Overlay{ID: "uji", Version: "1", Overrides: []rulebook.Override{
			{Rule: rule, Path: place, Set: v, From: "2026-01-01", Decided: "2026-01-01", Decision: "SK 1/2026"},
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := l.At("2026-11-23", "")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func load[V rulebook.Values](t testing.TB) V {
	t.Helper()
	v, err := rulebook.Load[V](book(t, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTheIndexIsTheSumOfItsDimensions(t *testing.T) {
	r := load[ProfessionalismRule](t)
	rapid.Check(t, func(t *rapid.T) {
		c := Career{
			Education:   rapid.SampledFrom(rulebook.Codes(r.Qualification)).Draw(t, "education"),
			Group:       rapid.SampledFrom(rulebook.Codes(r.Competence)).Draw(t, "group"),
			Performance: rapid.SampledFrom(rulebook.Codes(r.Performance)).Draw(t, "performance"),
			Discipline:  rapid.SampledFrom(rulebook.Codes(r.Discipline)).Draw(t, "discipline"),
			Training:    map[string]bool{},
		}
		for _, kind := range Trainings() {
			c.Training[kind] = rapid.Bool().Draw(t, kind)
		}
		p, because := r.Of(c)
		sum := p.Qualification.Add(p.Competence).Add(p.Performance).Add(p.Discipline)
		if !sum.Equal(p.Total) || rulebook.Int(100).Less(p.Total) || p.Band != r.Bands.Of(p.Total) {
			t.Fatalf("%+v: %+v", c, p)
		}
		if len(because) != 6 || len(because[1].Parts) != len(Trainings()) {
			t.Fatalf("explained as %v", because)
		}
	})
}

func TestEveryGroupCanReachFortyForCompetence(t *testing.T) {
	r := load[ProfessionalismRule](t)
	for group, points := range r.Competence {
		var sum rulebook.Num
		for _, kind := range Trainings() {
			sum = sum.Add(points[kind])
		}
		if !sum.Equal(rulebook.Int(40)) {
			t.Errorf("%s reaches %s", group, sum)
		}
	}
}

func TestEveryBoxHasItsTreatmentAndTheUpperOnesSucceed(t *testing.T) {
	r := load[BoxRule](t)
	for y, row := range map[Performance][]int{Above: {4, 7, 9}, Meets: {2, 5, 8}, Below: {1, 3, 6}} {
		for i, x := range []Potential{Low, Medium, High} {
			box, because := r.Explain(y, x)
			if box != row[i] || len(r.TreatmentOf(box)) == 0 || because[2].Value != box {
				t.Errorf("%s and %s: box %d, %v", y, x, box, r.TreatmentOf(box))
			}
			succeeds := slices.Contains(r.TreatmentOf(box), "krs_instansi") || slices.Contains(r.TreatmentOf(box), "krs_instansi_nasional")
			if succeeds != slices.Contains(r.Succession, box) {
				t.Errorf("box %d: its treatment and the succession group disagree", box)
			}
		}
	}
	if r.Of("", High) != 0 {
		t.Error("an unknown word has no box")
	}
}

func TestAScoreLiesBetweenItsIndicators(t *testing.T) {
	r, grid := load[ScoreRule](t), load[BoxRule](t)
	rapid.Check(t, func(t *rapid.T) {
		preset := rapid.SampledFrom(rulebook.Codes(r.Presets)).Draw(t, "preset")
		p := r.Presets[preset]
		draw := func(a ScoreAxis) (Indicators, rulebook.Num, rulebook.Num) {
			values, low, high := Indicators{}, rulebook.Int(100), rulebook.Int(0)
			for _, name := range a.Names() {
				v := rulebook.Ratio(rapid.Int64Range(0, 10000).Draw(t, name), 100)
				values[name] = v
				if v.Less(low) {
					low = v
				}
				if high.Less(v) {
					high = v
				}
			}
			return values, low, high
		}
		performance, yLow, yHigh := draw(p.Performance)
		potential, xLow, xHigh := draw(p.Potential)
		s, because := r.Of(preset, performance, potential, grid)
		if s.Performance.Less(yLow) || yHigh.Less(s.Performance) || s.Potential.Less(xLow) || xHigh.Less(s.Potential) {
			t.Fatalf("%v %v: %+v", performance, potential, s)
		}
		if s.Box < 1 || s.Box > 9 || len(because) != 7 || because[1].Value.(rulebook.Num).Cmp(s.Performance) != 0 {
			t.Fatalf("%+v: %v", s, because)
		}
		for name := range performance {
			performance[name] = rulebook.Int(100)
		}
		if better, _ := r.Of(preset, performance, potential, grid); better.Talent.Less(s.Talent) {
			t.Fatalf("better indicators lower %s to %s", s.Talent, better.Talent)
		}
	})
}

func TestABrokenOverrideIsRefused(t *testing.T) {
	for _, c := range [][2]string{
		{"talent-box matrix.sesuai.tinggi", "9"}, {"talent-box matrix.sesuai.tinggi", "10"}, {"talent-box treatment.5", "[]"},
	} {
		if _, err := rulebook.Load[BoxRule](book(t, c[0], c[1])); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s = %s: %v", c[0], c[1], err)
		}
	}
	for _, c := range [][2]string{
		{"talent-score preset", `"kota"`},
		{"talent-score score.least", "100"},
		{"talent-score decimals", "-1"},
		{"talent-score presets.manado.share.performance", "60"},
		{"talent-score presets.manado.performance.parts.1.weight", "99"},
		{"talent-score presets.manado.performance.bands.sesuai.from", "90"},
		{"talent-score presets.manado.performance.bands.sesuai.code", `"tinggi"`},
		{"talent-score presets.djbk-2026.potential.parts.5.indicators", `["lama","lama"]`},
		{"talent-score presets.kota", `{"source":"x"}`},
	} {
		if _, err := rulebook.Load[ScoreRule](book(t, c[0], c[1])); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s = %s: %v", c[0], c[1], err)
		}
	}
	for _, c := range [][2]string{
		{"professionalism bands.tinggi.from", "95"}, {"professionalism qualification.s1", "-1"},
	} {
		if _, err := rulebook.Load[ProfessionalismRule](book(t, c[0], c[1])); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s = %s: %v", c[0], c[1], err)
		}
	}
}
