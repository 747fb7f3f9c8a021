package monthclose

import (
	"cmp"
	"slices"
)

// LineKind says what a line of a sum is about.
type LineKind string

// The kinds of lines, in the order in which they stand.
const (
	ProductivityLine LineKind = "produktivitas" // what predicate or minutes leave of the productivity part
	DeductionLine    LineKind = "potongan"      // a deduction from the discipline part
	NothingLine      LineKind = "nihil"         // a limit beyond which nothing is paid
)

// Line is one line between the ceiling and what is paid. Amount is never
// positive. A withdrawn line shows what it would have taken and does not count.
type Line struct {
	Kind    LineKind
	Code    string // of the deduction or the limit
	Times   int64
	Percent int64 // hundredths of a per cent: of the part that is paid, or taken each time
	Amount  int64
	Cuts    []Cut
	Gone    *Withdrawn
}

// Cut is one day of a deduction: what a person can object to.
type Cut struct {
	Key     string
	Day     string
	Minutes int64
	Times   int64
}

// Pay is one person's allowance of a month in whole rupiah:
//
//	Ceiling = Productivity + Discipline
//	Gross   = Ceiling + the lines that count
//	Net     = Gross - Insurance - Tax
type Pay struct {
	Ceiling      int64
	Productivity int64 // the part as it stands before anything is taken
	Discipline   int64
	Gross        int64
	Insurance    int64
	Tax          int64
	Net          int64
	Employer     int64 // the region's share of the contribution, on top
	Lines        []Line
}

// Cuts returns what was taken between the ceiling and the gross sum.
func (p Pay) Cuts() int64 { return p.Ceiling - p.Gross }

// Pay reckons one person's month. It is a pure function: the order of events
// and of withdrawn cuts changes nothing.
func (f Formula) Pay(in Input) Pay {
	var p Pay
	amount, _ := f.amount(in.Class)
	p.Ceiling = f.part(amount, f.paid(in), whole)
	if p.Ceiling == 0 {
		return p
	}
	p.Productivity = min(f.part(p.Ceiling, f.splits[f.split(in.Class)], whole), p.Ceiling)
	p.Discipline = p.Ceiling - p.Productivity
	earned := f.productivity(&p, in)
	kept, taken := f.discipline(&p, in)
	p.Gross = earned + kept
	f.nothing(&p, taken)
	f.net(&p, in)
	return p
}

// productivity adds the line of what is left of the productivity part and
// returns it.
func (f Formula) productivity(p *Pay, in Input) int64 {
	share, of := f.reached(in)
	earned := min(f.part(p.Productivity, share, of), p.Productivity)
	p.Lines = append(p.Lines, Line{Kind: ProductivityLine, Code: string(in.Predicate), Times: 1, Percent: share * whole / of, Amount: earned - p.Productivity})
	return earned
}

// reached returns which share of the productivity part is earned.
func (f Formula) reached(in Input) (share, of int64) {
	if f.rule.Basis == ByMinutes {
		if in.Minutes == nil {
			return 0, 1
		}
		target := f.rule.Minutes.Target
		done := min(max(*in.Minutes, 0), target)
		if done*whole <= f.nothingAt*target {
			return 0, 1
		}
		return done, target
	}
	if share, rated := f.predicates[in.Predicate]; rated {
		return share, whole
	}
	return f.without, whole
}

// tally is what one deduction comes to, withdrawn days aside.
type tally struct {
	times int64
	cuts  []Cut
}

// discipline adds the lines of the deductions in the order of the rule. It
// returns what is left of the discipline part, and what each deduction counted.
func (f Formula) discipline(p *Pay, in Input) (kept int64, counted []tally) {
	counted = make([]tally, len(f.percent))
	var gone []Line
	for _, e := range in.Events {
		i := f.deductionOf(e)
		if i < 0 {
			continue
		}
		cut := Cut{Key: cutKey(f.rule.Deductions[i].Code, e.Day), Day: e.Day, Minutes: e.Minutes, Times: e.times()}
		if w := withdrawn(in, cut.Key); w != nil {
			gone = append(gone, Line{
				Kind: DeductionLine, Code: f.rule.Deductions[i].Code, Times: cut.Times, Percent: f.percent[i],
				Amount: -f.part(p.Discipline, f.percent[i]*cut.Times, whole), Cuts: []Cut{cut}, Gone: w,
			})
			continue
		}
		counted[i].times += cut.Times
		counted[i].cuts = append(counted[i].cuts, cut)
	}
	kept = p.Discipline
	for i, t := range counted {
		if t.times == 0 {
			continue
		}
		taken := min(f.part(p.Discipline, f.percent[i]*t.times, whole), kept)
		kept -= taken
		slices.SortFunc(t.cuts, compareCuts)
		p.Lines = append(p.Lines, Line{Kind: DeductionLine, Code: f.rule.Deductions[i].Code, Times: t.times, Percent: f.percent[i], Amount: -taken, Cuts: t.cuts})
	}
	slices.SortFunc(gone, func(a, b Line) int {
		return cmp.Or(cmp.Compare(f.byCode[a.Code], f.byCode[b.Code]), compareCuts(a.Cuts[0], b.Cuts[0]))
	})
	p.Lines = append(p.Lines, gone...)
	return kept, counted
}

func compareCuts(a, b Cut) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minutes, b.Minutes), cmp.Compare(a.Times, b.Times))
}

func withdrawn(in Input, key string) *Withdrawn {
	for i := range in.Withdrawn {
		if in.Withdrawn[i].Key == key {
			return &in.Withdrawn[i]
		}
	}
	return nil
}

// nothing takes the rest where a limit is passed; the first that is counts.
func (f Formula) nothing(p *Pay, counted []tally) {
	for i, n := range f.rule.Nothing {
		var times, percent int64
		for j, d := range f.rule.Deductions {
			if d.Event == n.Event {
				times += counted[j].times
				percent += counted[j].times * f.percent[j]
			}
		}
		measured := times
		if n.Measure == Percent {
			measured = percent
		}
		if measured > f.over[i] {
			p.Lines = append(p.Lines, Line{Kind: NothingLine, Code: n.Code, Times: times, Percent: percent, Amount: -p.Gross})
			p.Gross = 0
			return
		}
	}
}

// net takes contribution and tax off the gross sum. Of nothing nothing is taken.
func (f Formula) net(p *Pay, in Input) {
	if p.Gross == 0 {
		return
	}
	base := p.Ceiling
	if most := f.rule.Insurance.Most; most > 0 {
		base = min(base, most)
	}
	p.Insurance = min(f.part(base, f.employee, whole), p.Gross)
	p.Employer = f.part(base, f.employer, whole)
	rate, _ := f.taxOf(in)
	left := p.Gross - p.Insurance
	p.Tax = min(divide(left*rate, whole, f.rule.Rounding.Unit, f.rule.Rounding.Tax), left)
	p.Net = left - p.Tax
}
