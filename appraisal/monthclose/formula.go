package monthclose

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/rulebook"
)

// whole is 100 per cent in the hundredths of a per cent a Formula reckons in.
const whole = 10_000

// Formula is a rule made ready to reckon with: integers only. It is immutable
// and safe for concurrent use.
type Formula struct {
	rule       Rule
	source     string
	splits     map[string]int64 // productivity's share
	predicates map[appraisal.Predicate]int64
	without    int64
	nothingAt  int64
	payment    map[string]int64
	exclusions map[string]int64
	percent    []int64 // of each deduction
	byCode     map[string]int
	byEvent    map[string][]int // highest From first
	over       []int64          // of each limit: times, or hundredths of a per cent
	employee   int64
	employer   int64
	tax        map[string]map[string]int64
}

func hundredths(n rulebook.Num) int64 {
	v, _ := n.Mul(rulebook.Int(100)).Int64()
	return v
}

func allHundredths[K ~string](from map[string]rulebook.Num) map[K]int64 {
	to := make(map[K]int64, len(from))
	for k, n := range from {
		to[K(k)] = hundredths(n)
	}
	return to
}

// NewFormula makes a rule ready. The rule must have passed its Check, as every
// loaded rule has.
func NewFormula(r Rule) Formula {
	f := Formula{
		rule: r, source: r.Cite(), splits: map[string]int64{}, predicates: allHundredths[appraisal.Predicate](r.PredicateSets[r.PredicateSet]),
		without: hundredths(r.WithoutPredicate), nothingAt: hundredths(r.Minutes.NothingAt), payment: allHundredths[string](r.Payment),
		exclusions: allHundredths[string](r.Exclusions), byCode: map[string]int{}, byEvent: map[string][]int{},
		employee: hundredths(r.Insurance.Employee), employer: hundredths(r.Insurance.Employer), tax: map[string]map[string]int64{},
	}
	for code, s := range r.Splits {
		f.splits[code] = hundredths(s.Productivity)
	}
	for i, d := range r.Deductions {
		f.percent = append(f.percent, hundredths(d.Percent))
		f.byCode[d.Code] = i
		f.byEvent[d.Event] = append(f.byEvent[d.Event], i)
	}
	for _, list := range f.byEvent {
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(r.Deductions[b].From, r.Deductions[a].From) })
	}
	for _, n := range r.Nothing {
		limit := n.Over
		if n.Measure == Percent {
			limit = limit.Mul(rulebook.Int(100))
		}
		v, fits := limit.Floor().Int64()
		if !fits {
			v = math.MaxInt64
		}
		f.over = append(f.over, v)
	}
	for group, ranks := range r.Tax {
		f.tax[group] = allHundredths[string](ranks)
	}
	return f
}

// Rule returns the rule the formula was made of.
func (f Formula) Rule() Rule { return f.rule }

// divide returns n/d rounded the given way to a multiple of unit. n is not
// negative.
func divide(n, d, unit int64, way Rounding) int64 {
	d *= unit
	q, rest := n/d, n%d
	if way == RoundUp && rest > 0 || way == HalfUp && rest >= d-rest {
		q++
	}
	return q * unit
}

// part returns a share of an amount, rounded as the rule says.
func (f Formula) part(amount, share, of int64) int64 {
	return divide(amount*share, of, f.rule.Rounding.Unit, f.rule.Rounding.Amount)
}

// amount returns the amount of a job class; ok is false when the rule has none.
func (f Formula) amount(class int) (rupiah int64, ok bool) {
	rupiah, ok = f.rule.Amounts[strconv.Itoa(class)]
	return rupiah, ok
}

// split returns the code of the split that holds for a class.
func (f Formula) split(class int) string {
	code := f.rule.Split
	for _, c := range f.rule.ClassSplits {
		if class >= c.From {
			code = c.Split
		}
	}
	return code
}

// paid returns which share of the amount a person's ceiling is.
func (f Formula) paid(in Input) int64 {
	share := int64(whole)
	if v, has := f.payment[in.Group]; has {
		share = v
	}
	if in.Excluded != "" {
		return share * f.exclusions[in.Excluded] / whole
	}
	return share
}

// Receives reports whether a staff group has an allowance at all.
func (f Formula) Receives(group string) bool {
	v, has := f.payment[group]
	return !has || v > 0
}

// rankOf returns the group of a rank the table of tax names: III of III/c.
func rankOf(rank string) string {
	group, _, _ := strings.Cut(rank, "/")
	return strings.ToUpper(strings.TrimSpace(group))
}

// taxOf returns the rate of somebody's tax; ok is false when the rule has none.
func (f Formula) taxOf(in Input) (rate int64, ok bool) {
	table := in.Employment
	if strings.HasPrefix(table, "pppk") {
		table = "pppk"
	}
	rate, ok = f.tax[table][rankOf(in.Rank)]
	return rate, ok
}

// Knows reports whether the rule has what it needs to reckon for somebody: an
// amount for the class and a tax for the rank. lack names what it has not.
func (f Formula) Knows(in Input) (lack Lack) {
	if _, ok := f.amount(in.Class); !ok {
		return LacksClass
	}
	if _, ok := f.taxOf(in); !ok {
		return LacksRank
	}
	return ""
}

// deductionOf returns the place of the deduction an event leads to, -1 for none.
func (f Formula) deductionOf(e Event) int {
	if i, has := f.byCode[e.Code]; has {
		return i
	}
	for _, i := range f.byEvent[e.Code] {
		if e.Minutes >= f.rule.Deductions[i].From {
			return i
		}
	}
	return -1
}

// cutKey names a cut of one day: what an objection is about.
func cutKey(code, day string) string { return code + "/" + day }
