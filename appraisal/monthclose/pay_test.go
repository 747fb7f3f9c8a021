package monthclose

import (
	"reflect"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// nationalRule is the rule of the program's own rulebook.
func nationalRule(t testing.TB) Rule {
	t.Helper()
	library, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	book, err := library.At("2026-11-23", "")
	if err != nil {
		t.Fatal(err)
	}
	r, err := rulebook.Load[Rule](book)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// cityRule is a city's own: 4,250,000 for class 7, 4,000,000 for class 8.
func cityRule(t testing.TB) Rule {
	r := nationalRule(t)
	r.Amounts = map[string]int64{"7": 4_250_000, "8": 4_000_000, "14": 20_000_000}
	return r
}

func minutes(n int64) *int64 { return &n }

func TestWorkedSums(t *testing.T) {
	late := func(day string) Event { return Event{Day: day, Code: "terlambat", Minutes: 12} }
	bintan, bulukumba, java := cityRule(t), cityRule(t), cityRule(t)
	bintan.Split = "70-30"
	java.Split = "40-60"
	bulukumba.Basis = ByMinutes
	strict := bulukumba
	strict.Minutes.NothingAt = rulebook.Int(50)
	hundreds := cityRule(t)
	hundreds.Rounding.Unit = 100
	for _, c := range []struct {
		name string
		rule Rule
		in   Input
		want Sum
	}{
		// The drawn page: 3 times late and an assembly that was withdrawn.
		{"city, one cut withdrawn", cityRule(t), Input{
			Class: 7, Group: "pns", Employment: "pns", Rank: "II/d", Predicate: appraisal.Good,
			Events:    []Event{late("2026-10-26"), late("2026-11-03"), late("2026-11-11"), {Day: "2026-11-16", Code: "apel"}},
			Withdrawn: []Withdrawn{{Key: "tidak_apel/2026-11-16", Reason: "ada surat tugas"}},
		}, Sum{Ceiling: 4_250_000, Productivity: 2_550_000, Discipline: 1_700_000, Cuts: 25_500, Gross: 4_224_500, Insurance: 42_500, Net: 4_182_000, Employer: 170_000}},
		{"Bintan, 70/30", bintan, Input{
			Class: 8, Group: "pns", Employment: "pns", Rank: "III/c", Predicate: appraisal.NeedsImprovement, Events: []Event{late("2026-11-03")},
		}, Sum{Ceiling: 4_000_000, Productivity: 2_800_000, Discipline: 1_200_000, Cuts: 566_000, Gross: 3_434_000, Insurance: 40_000, Tax: 169_700, Net: 3_224_300, Employer: 160_000}},
		{"East Java, 40/60", java, Input{
			Class: 8, Group: "pns", Employment: "pns", Rank: "IV/a", Predicate: appraisal.VeryGood, Events: []Event{{Code: "alpa", Count: 2}},
		}, Sum{Ceiling: 4_000_000, Productivity: 1_600_000, Discipline: 2_400_000, Cuts: 144_000, Gross: 3_856_000, Insurance: 40_000, Tax: 572_400, Net: 3_243_600, Employer: 160_000}},
		// Bulukumba: 5,940 of 6,600 minutes, three short delays, one day absent.
		{"Bulukumba, by minutes", bulukumba, Input{
			Class: 8, Group: "pns", Employment: "pns", Rank: "III/d", Minutes: minutes(5940), Events: []Event{{Code: "terlambat_1", Count: 3}, {Code: "alpa"}},
		}, Sum{Ceiling: 4_000_000, Productivity: 2_400_000, Discipline: 1_600_000, Cuts: 312_000, Gross: 3_688_000, Insurance: 40_000, Tax: 182_400, Net: 3_465_600, Employer: 160_000}},
		{"Bulukumba, more than the target is the target", bulukumba, Input{
			Class: 8, Group: "pns", Employment: "pns", Rank: "I/a", Minutes: minutes(9000),
		}, Sum{Ceiling: 4_000_000, Productivity: 2_400_000, Discipline: 1_600_000, Gross: 4_000_000, Insurance: 40_000, Net: 3_960_000, Employer: 160_000}},
		{"Bulukumba's list, half of the minutes", strict, Input{
			Class: 8, Group: "pns", Employment: "pns", Rank: "I/a", Minutes: minutes(3300),
		}, Sum{Ceiling: 4_000_000, Productivity: 2_400_000, Discipline: 1_600_000, Cuts: 2_400_000, Gross: 1_600_000, Insurance: 40_000, Net: 1_560_000, Employer: 160_000}},
		{"four days absent", cityRule(t), Input{
			Class: 8, Group: "pns", Employment: "pns", Rank: "III/a", Predicate: appraisal.VeryGood, Events: []Event{{Code: "alpa", Count: 4}},
		}, Sum{Ceiling: 4_000_000, Productivity: 2_400_000, Discipline: 1_600_000, Cuts: 4_000_000}},
		{"twenty-one assemblies missed", cityRule(t), Input{
			Class: 8, Group: "pns", Employment: "pns", Rank: "III/a", Predicate: appraisal.VeryGood, Events: []Event{{Code: "apel", Count: 21}},
		}, Sum{Ceiling: 4_000_000, Productivity: 2_400_000, Discipline: 1_600_000, Cuts: 4_000_000}},
		{"deductions end with the discipline part", cityRule(t), Input{
			Class: 8, Group: "pns", Employment: "pns", Rank: "II/a", Predicate: appraisal.Good, Events: []Event{{Code: "terlambat_4", Count: 100}},
		}, Sum{Ceiling: 4_000_000, Productivity: 2_400_000, Discipline: 1_600_000, Cuts: 1_600_000, Gross: 2_400_000, Insurance: 40_000, Net: 2_360_000, Employer: 160_000}},
		{"no predicate", cityRule(t), Input{
			Class: 8, Group: "pns", Employment: "pns", Rank: "II/a",
		}, Sum{Ceiling: 4_000_000, Productivity: 2_400_000, Discipline: 1_600_000, Cuts: 2_400_000, Gross: 1_600_000, Insurance: 40_000, Net: 1_560_000, Employer: 160_000}},
		{"the contribution counts up to a limit", cityRule(t), Input{
			Class: 14, Group: "pns", Employment: "pns", Rank: "IV/c", Predicate: appraisal.Good,
		}, Sum{Ceiling: 20_000_000, Productivity: 12_000_000, Discipline: 8_000_000, Gross: 20_000_000, Insurance: 120_000, Tax: 2_982_000, Net: 16_898_000, Employer: 480_000}},
		{"left out", cityRule(t), Input{Class: 8, Group: "pns", Employment: "pns", Rank: "III/a", Predicate: appraisal.Good, Excluded: "tugas_belajar"}, Sum{}},
		{"no allowance for the group", cityRule(t), Input{Class: 8, Group: "pppk_paruh_waktu", Employment: "pppk_paruh_waktu", Rank: "V"}, Sum{}},
		{"PPPK by rank", cityRule(t), Input{
			Class: 8, Group: "pppk", Employment: "pppk", Rank: "IX", Predicate: appraisal.Good,
		}, Sum{Ceiling: 4_000_000, Productivity: 2_400_000, Discipline: 1_600_000, Gross: 4_000_000, Insurance: 40_000, Tax: 198_000, Net: 3_762_000, Employer: 160_000}},
		{"rounded to hundreds", hundreds, Input{
			Class: 7, Group: "pns", Employment: "pns", Rank: "II/d", Predicate: appraisal.Good, Events: []Event{{Code: "terlambat_3"}},
		}, Sum{Ceiling: 4_250_000, Productivity: 2_550_000, Discipline: 1_700_000, Cuts: 21_300, Gross: 4_228_700, Insurance: 42_500, Net: 4_186_200, Employer: 170_000}},
	} {
		f := NewFormula(c.rule)
		if got := sumOf(f.Pay(c.in)); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestSplitByClass(t *testing.T) {
	r := cityRule(t)
	r.ClassSplits = []ClassSplit{{From: 8, Split: "50-50"}, {From: 14, Split: "70-30"}}
	f := NewFormula(r)
	for class, want := range map[int]int64{7: 2_550_000, 8: 2_000_000, 14: 14_000_000} {
		if got := f.Pay(Input{Class: class, Group: "pns"}).Productivity; got != want {
			t.Errorf("class %d: productivity %d, want %d", class, got, want)
		}
	}
}

func TestMinutesFindTheirBand(t *testing.T) {
	f := NewFormula(cityRule(t))
	for minutes, want := range map[int64]string{0: "", 1: "terlambat_1", 30: "terlambat_1", 31: "terlambat_2", 60: "terlambat_2", 61: "terlambat_3", 90: "terlambat_3", 91: "terlambat_4", 480: "terlambat_4"} {
		got := ""
		if i := f.deductionOf(Event{Code: "terlambat", Minutes: minutes}); i >= 0 {
			got = f.rule.Deductions[i].Code
		}
		if got != want {
			t.Errorf("%d minutes: %q, want %q", minutes, got, want)
		}
	}
	if i := f.deductionOf(Event{Code: "hadir"}); i >= 0 {
		t.Errorf("an unknown event leads to %v", f.rule.Deductions[i])
	}
}

// anyInput draws a month of somebody, with events of every kind and many that
// the rule does not know.
func anyInput(t *rapid.T, r Rule) Input {
	codes := []string{"terlambat", "pulang_cepat", "alpa", "apel", "sakit", "tanpa_masuk", "lain"}
	for _, d := range r.Deductions {
		codes = append(codes, d.Code)
	}
	day := rapid.SampledFrom([]string{"", "2026-10-21", "2026-10-26", "2026-11-03", "2026-11-16"})
	in := Input{
		Class: rapid.IntRange(1, 17).Draw(t, "class"), Group: rapid.SampledFrom([]string{"pns", "pppk", "guru", "pppk_paruh_waktu"}).Draw(t, "group"),
		Employment: rapid.SampledFrom([]string{"pns", "pppk"}).Draw(t, "employment"), Rank: rapid.SampledFrom([]string{"I/a", "II/d", "III/c", "IV/e", "IX", ""}).Draw(t, "rank"),
		Predicate: rapid.SampledFrom(append(appraisal.AllPredicates(), "")).Draw(t, "predicate"),
		Events: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Event {
			return Event{Day: day.Draw(t, "day"), Code: rapid.SampledFrom(codes).Draw(t, "code"), Minutes: rapid.Int64Range(0, 500).Draw(t, "minutes"), Count: rapid.Int64Range(0, 30).Draw(t, "times")}
		}), 0, 12).Draw(t, "events"),
	}
	if rapid.Bool().Draw(t, "left out") {
		in.Excluded = "cuti_besar"
	}
	for _, key := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"tidak_apel/2026-11-16", "terlambat_1/2026-10-26", "tanpa_keterangan/"}), 0, 3, rapid.ID).Draw(t, "withdrawn") {
		in.Withdrawn = append(in.Withdrawn, Withdrawn{Key: key})
	}
	return in
}

func anyRule(t *rapid.T, r Rule) Rule {
	r.Split = rapid.SampledFrom([]string{"60-40", "70-30", "40-60", "50-50", "30-70"}).Draw(t, "split")
	r.PredicateSet = rapid.SampledFrom([]string{"kemenlu-2025", "klhk-2024"}).Draw(t, "set")
	r.Rounding.Unit = rapid.SampledFrom([]int64{1, 10, 100, 1000}).Draw(t, "unit")
	r.Rounding.Amount = rapid.SampledFrom([]Rounding{HalfUp, RoundDown, RoundUp}).Draw(t, "rounding")
	r.Rounding.Tax = rapid.SampledFrom([]Rounding{HalfUp, RoundDown, RoundUp}).Draw(t, "tax rounding")
	r.Amounts = map[string]int64{}
	for class := 1; class <= 17; class++ {
		r.Amounts[strconv.Itoa(class)] = rapid.Int64Range(0, 50_000_000).Draw(t, "amount")
	}
	r.Exclusions = map[string]rulebook.Num{"cuti_besar": rulebook.Int(rapid.Int64Range(0, 100).Draw(t, "exclusion"))}
	return r
}

// The parts add up to the total, and nothing is ever added by a deduction.
func TestPartsAddUp(t *testing.T) {
	base := nationalRule(t)
	rapid.Check(t, func(t *rapid.T) {
		f := NewFormula(anyRule(t, base))
		in := anyInput(t, base)
		p := f.Pay(in)
		sum := p.Ceiling
		for _, l := range p.Lines {
			if l.Amount > 0 {
				t.Fatalf("a line adds: %+v", l)
			}
			if l.Gone == nil {
				sum += l.Amount
			}
		}
		if sum != p.Gross || p.Productivity+p.Discipline != p.Ceiling {
			t.Fatalf("the lines come to %d, the gross sum is %d: %+v", sum, p.Gross, p)
		}
		if p.Net+p.Insurance+p.Tax != p.Gross || p.Net < 0 || p.Insurance < 0 || p.Tax < 0 || p.Gross < 0 || p.Gross > p.Ceiling {
			t.Fatalf("net %d, contribution %d and tax %d are not the gross %d", p.Net, p.Insurance, p.Tax, p.Gross)
		}
	})
}

// The order in which events and withdrawn cuts come changes nothing, nor does
// it change the bytes that are stored.
func TestOrderDoesNotCount(t *testing.T) {
	base := nationalRule(t)
	f := NewFormula(base)
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, base)
		other := in
		other.Events = rapid.Permutation(in.Events).Draw(t, "other order")
		other.Withdrawn = slices.Clone(in.Withdrawn)
		slices.Reverse(other.Withdrawn)
		a, b := f.Pay(in), f.Pay(other)
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v\n%+v", a, b)
		}
		x, err := in.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		y, err := other.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if string(x) != string(y) {
			t.Fatalf("%s\n%s", x, y)
		}
		back, err := ReadInput(x)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Pay(back); !reflect.DeepEqual(got, a) {
			t.Fatalf("read back: %+v\n%+v", got, a)
		}
	})
}

// A cut that is withdrawn never lowers the sum, and one more event never
// raises it.
func TestWithdrawingHelpsAndEventsDoNot(t *testing.T) {
	base := nationalRule(t)
	f := NewFormula(base)
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t, base)
		before := f.Pay(in).Net
		for _, l := range f.Pay(in).Lines {
			for _, c := range l.Cuts {
				more := in
				more.Withdrawn = append(slices.Clone(in.Withdrawn), Withdrawn{Key: c.Key})
				if after := f.Pay(more).Net; after < before {
					t.Fatalf("withdrawing %s makes %d of %d", c.Key, after, before)
				}
			}
		}
		worse := in
		worse.Events = append(slices.Clone(in.Events), Event{Day: "2026-11-09", Code: "alpa"})
		if after := f.Pay(worse).Net; after > before {
			t.Fatalf("one day more absent makes %d of %d", after, before)
		}
	})
}

func TestWrongValuesAreRefused(t *testing.T) {
	for field, spoil := range map[string]func(*Rule){
		"splits.60-40":                     func(r *Rule) { r.Splits["60-40"] = Split{rulebook.Int(60), rulebook.Int(50), ""} },
		"split":                            func(r *Rule) { r.Split = "90-10" },
		"basis":                            func(r *Rule) { r.Basis = "cuaca" },
		"deductions.terlambat_1.percent":   func(r *Rule) { r.Deductions[0].Percent = rulebook.Int(-1) },
		"deductions.terlambat_2.percent":   func(r *Rule) { r.Deductions[1].Percent = rulebook.Ratio(1, 3) },
		"amounts.7":                        func(r *Rule) { r.Amounts["7"] = -1 },
		"predicate_sets.klhk-2024.baik":    func(r *Rule) { delete(r.PredicateSets["klhk-2024"], "baik") },
		"rounding.amount":                  func(r *Rule) { r.Rounding.Amount = "nearest" },
		"minutes.target":                   func(r *Rule) { r.Minutes.Target = 0 },
		"nothing.alpa_terlalu_banyak.over": func(r *Rule) { r.Nothing[0].Over = rulebook.Int(-1) },
		"insurance.employee":               func(r *Rule) { r.Insurance.Employee = rulebook.Int(101) },
		"tax.pns.IV":                       func(r *Rule) { r.Tax["pns"]["IV"] = rulebook.Int(150) },
	} {
		r := nationalRule(t)
		spoil(&r)
		err := r.Check()
		if !fault.Is(err, fault.Invalid) || !names(err, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// names reports whether a fault names a field.
func names(err error, field string) bool {
	f, ok := err.(*fault.Error)
	return ok && slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Name == field })
}
