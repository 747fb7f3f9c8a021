package participation

import (
	"math"
	"strconv"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Sample is the rule of sample sizes and of the confidence of intervals.
type Sample struct {
	rulebook.Head `json:"-"`
	Chi           rulebook.Num `json:"chi"`
	Share         rulebook.Num `json:"share"`
	Margin        rulebook.Num `json:"margin"`
	SlovinMargin  rulebook.Num `json:"slovin_margin"`
	Confidence    rulebook.Num `json:"confidence"`
	Months        int          `json:"months"` // a survey at least this often
}

// RuleID names the rule.
func (Sample) RuleID() string { return "skm-sample" }

// Check refuses shares and margins that are none.
func (s Sample) Check() error {
	for name, n := range map[string]rulebook.Num{"share": s.Share, "margin": s.Margin, "slovin_margin": s.SlovinMargin, "confidence": s.Confidence} {
		if f := float(n); f <= 0 || f >= 1 {
			return fault.WrongField(name, "rulebook.value.broken", name)
		}
	}
	if s.Chi.Sign() <= 0 || s.Months < 1 {
		return fault.WrongField("chi", "rulebook.value.broken", "chi")
	}
	return nil
}

// Minimum is the rule of how few answers may be shown, published and used.
type Minimum struct {
	rulebook.Head `json:"-"`
	Group         int          `json:"group"`          // smallest group shown
	Index         int          `json:"index"`          // fewest answers of a published index
	Thin          int          `json:"thin"`           // below this the page warns in large letters
	Appraisal     int          `json:"appraisal"`      // fewest answers that count in an appraisal
	AppraisalHalf rulebook.Num `json:"appraisal_half"` // widest half interval, in points of the index
}

// RuleID names the rule.
func (Minimum) RuleID() string { return "skm-minimum" }

// Check refuses limits out of order.
func (m Minimum) Check() error {
	if m.Group < 2 || m.Index < m.Group || m.Thin < m.Index {
		return fault.WrongField("index", "rulebook.value.broken", "index")
	}
	return nil
}

// Counts reports whether an index is good enough to be used in an appraisal.
func (m Minimum) Counts(answers int, half float64) bool {
	return answers >= m.Appraisal && half <= float(m.AppraisalHalf)
}

// Quality is the rule of what makes an answer look other than honest.
type Quality struct {
	rulebook.Head    `json:"-"`
	RateMinute       int          `json:"rate_minute"`   // answers a network may send each minute
	RateBurst        int          `json:"rate_burst"`    // and at once
	SameNetwork      int          `json:"same_network"`  // identical answers from one network within an hour
	LeastSeconds     int          `json:"least_seconds"` // fastest believable time for the form
	StraightAnswered int          `json:"straight_answered"`
	StraightShare    rulebook.Num `json:"straight_share"`
	SimilarWords     rulebook.Num `json:"similar_words"`
	BurstClumping    rulebook.Num `json:"burst_clumping"`
	BurstAlpha       rulebook.Num `json:"burst_alpha"`
	JumpLimit        rulebook.Num `json:"jump_limit"`
	JumpFloor        rulebook.Num `json:"jump_floor"`
	WeightCeiling    rulebook.Num `json:"weight_ceiling"`
}

// RuleID names the rule.
func (Quality) RuleID() string { return "skm-quality" }

// Check refuses limits that would stop every answer.
func (q Quality) Check() error {
	if q.RateMinute < 1 || q.RateBurst < 1 || q.SameNetwork < 2 {
		return fault.WrongField("rate_minute", "rulebook.value.broken", "rate_minute")
	}
	return nil
}

// float returns a number of the rulebook for statistics, where nearly exact is
// good enough.
func float(n rulebook.Num) float64 {
	f, err := strconv.ParseFloat(n.Fixed(12), 64)
	if err != nil {
		return math.NaN()
	}
	return f
}

// mustNum reads a decimal this program wrote itself; anything else is zero.
func mustNum(s string) rulebook.Num {
	n, err := rulebook.ParseNum(s)
	if err != nil {
		return rulebook.Int(0)
	}
	return n
}
