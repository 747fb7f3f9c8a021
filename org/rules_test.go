package org

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// load returns a rule of the national book of the day the tests were written.
func load[V rulebook.Values](t testing.TB) V {
	t.Helper()
	l, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.At("2026-11-23", "")
	if err != nil {
		t.Fatal(err)
	}
	v, err := rulebook.Load[V](b)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestANIPSaysWhatItWasMadeOf(t *testing.T) {
	r := load[NIPRule](t)
	rapid.Check(t, func(t *rapid.T) {
		born := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 20000).Draw(t, "days"))
		year := rapid.IntRange(1970, 2026).Draw(t, "appointed")
		code := rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(21, 99)).Draw(t, "month or code")
		sex := rapid.IntRange(1, 2).Draw(t, "sex")
		serial := rapid.IntRange(0, 999).Draw(t, "serial")
		n, err := r.Parse(fmt.Sprintf("%s%04d%02d%d%03d", born.Format("20060102"), year, code, sex, serial), "")
		if err != nil {
			t.Fatal(err)
		}
		if string(n.Born) != born.Format(time.DateOnly) || n.Serial != serial || n.Sex != []string{"L", "P"}[sex-1] {
			t.Fatalf("got %+v", n)
		}
		pppk := n.Kind == NIPofPPPK && n.Appointed == fmt.Sprint(year)
		pns := n.Kind == NIPofPNS && n.Appointed == fmt.Sprintf("%d-%02d", year, code)
		if pppk != (code > 12) || pns != (code <= 12) {
			t.Fatalf("code %d: got %+v", code, n)
		}
		young := strings.Contains(strings.Join(n.Problems, " "), AppointedTooYoung)
		if young != (year < born.Year()+16) || (serial == 0) != strings.Contains(strings.Join(n.Problems, " "), SerialZero) {
			t.Fatalf("problems of %+v", n)
		}
	})
}

func FuzzNIP(f *testing.F) {
	r := load[NIPRule](f)
	for _, s := range []string{"198609262015051001", "19860926 201505 1 001", "１９８６", "", "199306222022211011"} {
		f.Add(s, "L")
	}
	f.Fuzz(func(t *testing.T, nip, sex string) {
		n, err := r.Parse(nip, sex)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%q: %v", nip, err)
			}
			return
		}
		if !strings.HasPrefix(nip, strings.ReplaceAll(string(n.Born), "-", "")) || len(nip) != 18 || n.Problems == nil {
			t.Fatalf("%q: %+v", nip, n)
		}
	})
}

func TestRetirementIsTheFirstOfTheMonthAfterTheBirthday(t *testing.T) {
	r := load[RetirementRule](t)
	rapid.Check(t, func(t *rapid.T) {
		born := time.Date(1940, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 30000).Draw(t, "days"))
		position := rapid.SampledFrom(rulebook.Codes(r.Age)).Draw(t, "position")
		got, ok := r.Of(rulebook.Day(born.Format(time.DateOnly)), position)
		if !ok {
			t.Fatal("no answer")
		}
		date, err := time.Parse(time.DateOnly, string(got.Date))
		if err != nil || date.Day() != 1 {
			t.Fatalf("born %v: %s", born, got.Date)
		}
		lastMonth := date.AddDate(0, -1, 0)
		if lastMonth.Month() != born.Month() || lastMonth.Year() != born.Year()+got.Age {
			t.Fatalf("born %v, %d years: %s", born, got.Age, got.Date)
		}
	})
}

func TestNobodyRetiresFromAnUnknownPositionOrAfterTheCalendar(t *testing.T) {
	r := load[RetirementRule](t)
	for _, c := range [][2]string{{"1986-09-26", "lurah"}, {"9950-01-01", "pelaksana"}, {"1986-02-30", "pelaksana"}} {
		if got, ok := r.Of(rulebook.Day(c[0]), c[1]); ok {
			t.Errorf("%v: %+v", c, got)
		}
	}
}

func TestMorePointsNeverMakeALowerClass(t *testing.T) {
	r := load[JobClassRule](t)
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]string{StructuralKind, FunctionalKind}).Draw(t, "kind")
		levels := map[string]int64{}
		for _, f := range r.Factors(kind) {
			levels[f.Code] = rapid.Int64Range(1, int64(len(f.Points))).Draw(t, f.Code)
		}
		low, because, err := r.Evaluate(kind, levels)
		if err != nil {
			t.Fatal(err)
		}
		if len(because) != len(levels)+2 {
			t.Fatalf("a step is missing: %v", because)
		}
		raised := rapid.SampledFrom(r.Factors(kind)).Draw(t, "raised")
		if levels[raised.Code] == int64(len(raised.Points)) {
			return
		}
		levels[raised.Code]++
		high, _, err := r.Evaluate(kind, levels)
		if err != nil || high.Points <= low.Points || high.Class < low.Class {
			t.Fatalf("%+v then %+v (%v)", low, high, err)
		}
	})
}

func TestBothPrintedClassLimitsAgree(t *testing.T) {
	// The regulation prints lower bounds in steps of five (245), running
	// software one more than the upper bound (241). Points are multiples of 5.
	fives := map[int]int64{2: 245, 3: 305, 4: 375, 5: 455, 6: 655, 7: 855, 8: 1105, 9: 1355, 10: 1605, 11: 1855, 12: 2105, 13: 2355, 14: 2755, 15: 3155, 16: 3605, 17: 4055}
	r := load[JobClassRule](t)
	for class, from := range fives {
		at, _ := r.Class(from)
		below, _ := r.Class(from - 5)
		if at != class || below != class-1 {
			t.Errorf("%d points: class %d, five fewer: %d; want %d", from, at, below, class)
		}
	}
}

func TestTheWorkOfTwoIsTheSumOfEach(t *testing.T) {
	r := load[WorkloadRule](t)
	task := rapid.Custom(func(t *rapid.T) Task {
		return Task{
			Volume:    rulebook.Ratio(rapid.Int64Range(0, 5000).Draw(t, "volume"), 10),
			Minutes:   rulebook.Int(rapid.Int64Range(0, 600).Draw(t, "minutes")),
			Effective: rulebook.Int(rapid.SampledFrom([]int64{60, 300, 1500, 6250, 75000}).Draw(t, "effective")),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		tasks := rapid.SliceOfN(task, 1, 30).Draw(t, "tasks")
		w, because := r.Need(tasks)
		if len(w.Need) != len(tasks) || len(because) != len(tasks)+2 {
			t.Fatalf("%d tasks: %+v", len(tasks), w)
		}
		var exact rulebook.Num
		for i, task := range tasks {
			need := task.Volume.Mul(task.Minutes).Quo(task.Effective)
			exact = exact.Add(need)
			if !w.Need[i].Equal(need.Round(4)) {
				t.Fatalf("task %d: %s", i, w.Need[i])
			}
		}
		if w.Headcount.Less(exact) || !w.Headcount.Sub(rulebook.Int(1)).Less(exact) && exact.Sign() > 0 {
			t.Fatalf("%s people for %s", w.Headcount, exact)
		}
		slow, _ := r.Need(append(tasks[1:], tasks[0]))
		if !slow.Total.Equal(w.Total) || !slow.Headcount.Equal(w.Headcount) {
			t.Fatalf("the order of tasks changed %+v to %+v", w, slow)
		}
	})
}
