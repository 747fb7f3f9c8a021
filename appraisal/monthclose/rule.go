package monthclose

import (
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Basis says what the productivity part follows.
type Basis string

// The bases.
const (
	ByPredicate Basis = "predikat"
	ByMinutes   Basis = "menit"
)

// Measure says what a limit counts.
type Measure string

// The measures: times, or per cent taken off the discipline part.
const (
	Times   Measure = "kali"
	Percent Measure = "persen"
)

// Rounding says which way what lies between two amounts goes.
type Rounding string

// The ways of rounding.
const (
	HalfUp    Rounding = "half_up"
	RoundDown Rounding = "down"
	RoundUp   Rounding = "up"
)

// Rule holds the values of the allowance (rule "tpp"). Percentages have at most
// two decimals; amounts are rupiah a month.
type Rule struct {
	rulebook.Head    `json:"-"`
	Basis            Basis                              `json:"basis"`
	Split            string                             `json:"split"`
	ClassSplits      []ClassSplit                       `json:"class_splits"`
	PredicateSet     string                             `json:"predicate_set"`
	WithoutPredicate rulebook.Num                       `json:"without_predicate"`
	Splits           map[string]Split                   `json:"splits"`
	PredicateSets    map[string]map[string]rulebook.Num `json:"predicate_sets"`
	Minutes          MinutesRule                        `json:"minutes"`
	Amounts          map[string]int64                   `json:"amounts"`
	Payment          map[string]rulebook.Num            `json:"payment"`
	Exclusions       map[string]rulebook.Num            `json:"exclusions"`
	Deductions       []Deduction                        `json:"deductions"`
	Nothing          []NothingRule                      `json:"nothing"`
	Insurance        Insurance                          `json:"insurance"`
	Tax              map[string]map[string]rulebook.Num `json:"tax"`
	Rounding         RoundingRule                       `json:"rounding"`
}

// Split divides the ceiling; its two shares make 100.
type Split struct {
	Productivity rulebook.Num `json:"productivity"`
	Discipline   rulebook.Num `json:"discipline"`
	Source       string       `json:"source"`
}

// ClassSplit names the split that holds from a job class up.
type ClassSplit struct {
	From  int    `json:"from"`
	Split string `json:"split"`
}

// MinutesRule is how approved minutes become a share of the productivity part.
type MinutesRule struct {
	Target    int64        `json:"target"`
	NothingAt rulebook.Num `json:"nothing_at"` // per cent of the target up to which nothing counts
}

// Deduction is a cut of the discipline part for each event of a kind that lasts
// at least From minutes.
type Deduction struct {
	Code    string       `json:"code"`
	Event   string       `json:"event"`
	From    int64        `json:"from"`
	Percent rulebook.Num `json:"percent"`
}

// NothingRule is a limit beyond which nothing is paid.
type NothingRule struct {
	Code    string       `json:"code"`
	Event   string       `json:"event"`
	Measure Measure      `json:"measure"`
	Over    rulebook.Num `json:"over"`
}

// Insurance is the health contribution in per cent of the ceiling.
type Insurance struct {
	Employee rulebook.Num `json:"employee"`
	Employer rulebook.Num `json:"employer"`
	Most     int64        `json:"most"` // rupiah of the ceiling that count; 0: all
}

// RoundingRule says to how many rupiah and which way amounts are rounded.
type RoundingRule struct {
	Unit   int64    `json:"unit"`
	Amount Rounding `json:"amount"`
	Tax    Rounding `json:"tax"`
}

// RuleID names the rule.
func (Rule) RuleID() string { return "tpp" }

// mostAmount is the highest amount of a class: far beyond any, and small enough
// that sums stay exact.
const mostAmount = 1_000_000_000

// Check reports values that contradict each other: a split that does not make
// 100, a share that is none, a limit or a word nobody knows.
func (r Rule) Check() error {
	var wrong fault.Fields
	wrong.Check(r.Basis == ByPredicate || r.Basis == ByMinutes, "basis", "rulebook.value.word")
	within(&wrong, "rounding.unit", r.Rounding.Unit, 1, 1_000_000)
	r.Rounding.Amount.check(&wrong, "rounding.amount")
	r.Rounding.Tax.check(&wrong, "rounding.tax")
	within(&wrong, "minutes.target", r.Minutes.Target, 1, mostMinutes)
	share(&wrong, "minutes.nothing_at", r.Minutes.NothingAt)
	share(&wrong, "without_predicate", r.WithoutPredicate)
	r.checkSplits(&wrong)
	r.checkPredicates(&wrong)
	r.checkAmounts(&wrong)
	r.checkDeductions(&wrong)
	for group, ranks := range r.Tax {
		shares(&wrong, "tax."+group, ranks)
	}
	share(&wrong, "insurance.employee", r.Insurance.Employee)
	share(&wrong, "insurance.employer", r.Insurance.Employer)
	within(&wrong, "insurance.most", r.Insurance.Most, 0, mostAmount)
	return wrong.Err()
}

func (r Rounding) check(wrong *fault.Fields, name string) {
	wrong.Check(r == HalfUp || r == RoundDown || r == RoundUp, name, "rulebook.value.word")
}

// within notes a number that is not between two others.
func within(wrong *fault.Fields, name string, n, least, most int64) {
	wrong.Check(n >= least && n <= most, name, "rulebook.value.positive")
}

// share notes a percentage that is not between 0 and 100 with two decimals.
func share(wrong *fault.Fields, name string, n rulebook.Num) {
	_, whole := n.Mul(rulebook.Int(100)).Int64()
	wrong.Check(whole && n.Sign() >= 0 && !rulebook.Int(100).Less(n), name, "rulebook.value.percent")
}

func shares(wrong *fault.Fields, name string, all map[string]rulebook.Num) {
	for code, n := range all {
		share(wrong, name+"."+code, n)
	}
}

func (r Rule) checkSplits(wrong *fault.Fields) {
	for code, s := range r.Splits {
		share(wrong, "splits."+code+".productivity", s.Productivity)
		share(wrong, "splits."+code+".discipline", s.Discipline)
		wrong.Check(s.Productivity.Add(s.Discipline).Equal(rulebook.Int(100)), "splits."+code, "rulebook.value.sum", 100)
	}
	_, known := r.Splits[r.Split]
	wrong.Check(known, "split", "rulebook.value.word")
	for i, c := range r.ClassSplits {
		_, known := r.Splits[c.Split]
		wrong.Check(known, "class_splits."+strconv.Itoa(i+1)+".split", "rulebook.value.word")
		wrong.Check(i == 0 || r.ClassSplits[i-1].From < c.From, "class_splits", "rulebook.value.rising")
	}
}

func (r Rule) checkPredicates(wrong *fault.Fields) {
	for code, set := range r.PredicateSets {
		shares(wrong, "predicate_sets."+code, set)
		for _, p := range appraisal.AllPredicates() {
			_, has := set[string(p)]
			wrong.Check(has, "predicate_sets."+code+"."+string(p), "rulebook.value.missing")
		}
	}
	_, known := r.PredicateSets[r.PredicateSet]
	wrong.Check(known, "predicate_set", "rulebook.value.word")
}

func (r Rule) checkAmounts(wrong *fault.Fields) {
	wrong.Check(len(r.Amounts) > 0, "amounts", "rulebook.value.missing")
	for class, amount := range r.Amounts {
		n, err := strconv.Atoi(class)
		wrong.Check(err == nil && n > 0 && amount >= 0 && amount <= mostAmount, "amounts."+class, "rulebook.value.positive")
	}
	shares(wrong, "payment", r.Payment)
	shares(wrong, "exclusions", r.Exclusions)
}

func (r Rule) checkDeductions(wrong *fault.Fields) {
	seen := map[string]bool{}
	for _, d := range r.Deductions {
		wrong.Check(d.Code != "" && d.Event != "" && !seen[d.Code], "deductions."+d.Code, "rulebook.value.word")
		wrong.Check(d.From >= 0, "deductions."+d.Code+".from", "rulebook.value.positive")
		share(wrong, "deductions."+d.Code+".percent", d.Percent)
		seen[d.Code] = true
	}
	for _, n := range r.Nothing {
		wrong.Check(n.Measure == Times || n.Measure == Percent, "nothing."+n.Code+".measure", "rulebook.value.word")
		wrong.Check(n.Over.Sign() >= 0, "nothing."+n.Code+".over", "rulebook.value.positive")
	}
}
