package stat

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within || math.IsNaN(got) {
		t.Errorf("%s is %v, want %v ± %v", what, got, want, within)
	}
}

// meanOf estimates the mean of one number per respondent. population is the
// number of people the sample was drawn from; 0 means unknown or unbounded.
// step is one step of the answers' scale, see spread.
func meanOf(xs []float64, population int, step float64) Estimate {
	n := len(xs)
	if n == 0 {
		return Estimate{}
	}
	var sum float64
	for _, x := range xs {
		sum += x
	}
	m := sum / float64(n)
	var ss float64
	for _, x := range xs {
		ss += (x - m) * (x - m)
	}
	e := Estimate{Mean: m, N: n, Effective: float64(n)}
	if n > 1 {
		v := spread(ss/float64(n-1), n, step)
		e.SE = math.Sqrt(v / float64(n) * FiniteCorrection(n, population))
	}
	return e
}

func TestMeanIsTheTextbookInterval(t *testing.T) {
	// Heights from any textbook: mean 5, s² 2.5, n 5, t(4) = 2.776.
	e := meanOf([]float64{3, 4, 5, 6, 7}, 0, 1)
	i, ok := e.Interval(0.95)
	if !ok {
		t.Fatal("five respondents have an interval")
	}
	near(t, "mean", e.Mean, 5, 1e-12)
	near(t, "half width", i.Half(), 2.7764*math.Sqrt(2.5/5), 1e-4)
}

func TestOneRespondentHasNoInterval(t *testing.T) {
	if _, ok := meanOf([]float64{4}, 0, 1).Interval(0.95); ok {
		t.Fatal("one respondent says nothing about the others")
	}
	if e := meanOf(nil, 0, 1); e.N != 0 || e.Known() {
		t.Fatalf("nobody gives %+v", e)
	}
}

func TestUnanimityIsNoCertainty(t *testing.T) {
	few, _ := meanOf([]float64{4, 4, 4, 4, 4}, 0, 1).Interval(0.95)
	many := make([]float64, 400)
	for i := range many {
		many[i] = 4
	}
	wide, _ := meanOf(many, 0, 1).Interval(0.95)
	if few.Half() <= wide.Half() || wide.Half() <= 0 {
		t.Fatalf("five: %v, four hundred: %v", few, wide)
	}
}

func TestEverybodyAskedLeavesNoDoubt(t *testing.T) {
	near(t, "correction", FiniteCorrection(200, 200), 0, 0)
	near(t, "correction", FiniteCorrection(300, 200), 0, 0)
	near(t, "correction", FiniteCorrection(50, 200), 0.75, 1e-12)
	near(t, "correction", FiniteCorrection(50, 0), 1, 0)
}

func TestDiffers(t *testing.T) {
	a := Estimate{Mean: 3.2, SE: 0.02, N: 100, Effective: 100}
	b := Estimate{Mean: 3.22, SE: 0.02, N: 100, Effective: 100}
	c := Estimate{Mean: 3.4, SE: 0.02, N: 100, Effective: 100}
	if a.Differs(b, 0.95) || !a.Differs(c, 0.95) || a.Differs(Estimate{Mean: 1, N: 1}, 0.95) {
		t.Fatal("a and b are alike, a and c are not, and one respondent proves nothing")
	}
}

func TestIntervalHelpers(t *testing.T) {
	i := Interval{3.9, 4.2}.Scale(25).Within(25, 100)
	if i != (Interval{97.5, 100}) {
		t.Fatalf("got %v", i)
	}
	if !i.Overlaps(Interval{99, 101}) || i.Overlaps(Interval{90, 97}) {
		t.Fatal("overlap is wrong")
	}
}

// Coverage: of the intervals of samples from a known population about 95 %
// contain its mean.
func TestIntervalCoversTheTruth(t *testing.T) {
	const rounds = 2000
	rnd := newSource(7)
	var hit int
	for range rounds {
		m := NewMoments(3)
		for range 60 {
			mood := rnd.intn(2)
			m.Add([]uint8{uint8(2 + rnd.intn(2) + mood), uint8(1 + rnd.intn(3) + mood), uint8(3 + mood*rnd.intn(2))})
		}
		i, _ := m.Index(nil, 0).Interval(0.95)
		truth := ((2 + .5 + .5) + (1 + 1 + .5) + (3 + .25)) / 3
		if i.Lo <= truth && truth <= i.Hi {
			hit++
		}
	}
	near(t, "coverage", float64(hit)/rounds, 0.95, 0.02)
}

// source is a tiny deterministic generator, so that the figures of the tests
// are the same everywhere.
type source struct{ s uint64 }

func newSource(seed uint64) *source { return &source{seed*2862933555777941757 + 3037000493} }

func (r *source) intn(n int) int {
	r.s ^= r.s << 13
	r.s ^= r.s >> 7
	r.s ^= r.s << 17
	return int(r.s % uint64(n))
}

func drawAnswers(t *rapid.T, elements int, label string) [][]uint8 {
	row := rapid.SliceOfN(rapid.Uint8Range(0, 4), elements, elements)
	return rapid.SliceOfN(row, 2, 40).Draw(t, label)
}

func TestMomentsAgreeWithTheAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := drawAnswers(t, 4, "answers")
		m, equal := NewMoments(4), make([]float64, len(answers))
		for i, a := range answers {
			m.Add(a)
			equal[i] = 1
		}
		got, want := m.Index(nil, 100), WeightedIndex(answers, equal, nil, 100)
		if got.N != 0 && (math.Abs(got.Mean-want.Mean) > 1e-9 || math.Abs(got.SE-want.SE) > 1e-9) {
			t.Fatalf("sums say %+v, answers say %+v", got, want)
		}
		if (got.N == 0) != (want.N == 0) {
			t.Fatalf("one of %+v and %+v is unknown", got, want)
		}
	})
}

func TestMomentsCanBeAddedAndTakenAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, second := drawAnswers(t, 3, "first"), drawAnswers(t, 3, "second")
		a, b, both := NewMoments(3), NewMoments(3), NewMoments(3)
		for _, x := range first {
			a.Add(x)
			both.Add(x)
		}
		for _, x := range second {
			b.Add(x)
			both.Add(x)
		}
		merged := NewMoments(3)
		merged.Merge(a)
		merged.Merge(b)
		same(t, merged, both)
		merged.Subtract(b)
		same(t, merged, a)
		for _, x := range second {
			both.Remove(x)
		}
		same(t, both, a)
	})
}

func same(t *rapid.T, a, b *Moments) {
	x, _ := a.MarshalBinary()
	y, _ := b.MarshalBinary()
	if string(x) != string(y) {
		t.Fatalf("moments differ: %v and %v", a, b)
	}
}

func TestMomentsSurviveStorage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := NewMoments(5)
		for _, x := range drawAnswers(t, 5, "answers") {
			m.Add(x)
		}
		raw, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back Moments
		if err := back.UnmarshalBinary(raw); err != nil {
			t.Fatal(err)
		}
		same(t, m, &back)
	})
}

func FuzzUnmarshalMoments(f *testing.F) {
	m := NewMoments(2)
	m.Add([]uint8{3, 4})
	raw, _ := m.MarshalBinary()
	f.Add(raw)
	f.Add([]byte{1, 255, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		var m Moments
		if err := m.UnmarshalBinary(data); err != nil {
			return
		}
		out, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var again Moments
		if err := again.UnmarshalBinary(out); err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
	})
}

func TestElementsOfTheSamePeopleAreComparedInPairs(t *testing.T) {
	m := NewMoments(2)
	for i := range 60 {
		base := uint8(2 + i%2)
		m.Add([]uint8{base, base + 1})
	}
	if !m.ElementsDiffer(0, 1, 0.95) {
		t.Fatal("everybody answered one step higher: that is a difference")
	}
	alike := NewMoments(2)
	for i := range 60 {
		alike.Add([]uint8{uint8(2 + i%2), uint8(3 - i%2)})
	}
	if alike.ElementsDiffer(0, 1, 0.95) {
		t.Fatal("both have the same mean")
	}
}
