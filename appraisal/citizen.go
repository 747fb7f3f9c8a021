package appraisal

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Citizens tells what citizens said of services. The participation area is
// behind it; without one no indicator can be tied.
type Citizens interface {
	// CitizenFigures returns the published results of the services of a unit
	// and of the units below it whose period ends within from..to, the latest
	// first.
	CitizenFigures(ctx context.Context, unit string, from, to Day) ([]CitizenFigure, error)
	// CitizenServices returns those services.
	CitizenServices(ctx context.Context, unit string) ([]CitizenService, error)
}

// CitizenService is a service an indicator can be tied to.
type CitizenService struct{ Code, Name string }

// CitizenFigure is one published survey result of a service.
type CitizenFigure struct {
	Result  string `json:"result"` // id of the published result
	UnitID  string `json:"unit"`   // that gives the service
	Service string `json:"service"`
	Code    string `json:"code"`
	Period  string `json:"period"`
	From    Day    `json:"from"`
	To      Day    `json:"to"`
	Index   string `json:"index"` // exact decimal
	Grade   string `json:"grade"`
	Lo      string `json:"lo"`
	Hi      string `json:"hi"`
	Answers int    `json:"answers"`
	Target  int    `json:"target"` // answers the sample wanted
	Rate    int    `json:"rate"`   // answers in hundredths of those wanted, at most 100
	Enough  bool   `json:"enough"` // by the rule of the fewest answers
	Why     string `json:"why"`    // translation key that says why not
	Minimum string `json:"minimum"`
}

// Measure is what of a service's survey an indicator is about.
type Measure string

// The measures: the index, or how many answered of those wanted.
const (
	IndexMeasure  Measure = "indeks"
	AnswerMeasure Measure = "jawaban"
)

// Measures lists the measures.
func Measures() []Measure { return []Measure{IndexMeasure, AnswerMeasure} }

// CitizenTie says which service an indicator is measured by.
type CitizenTie struct {
	Indicator string
	Service   string // code
	Measure   Measure
}

// Value returns the figure a measure reads, an exact decimal.
func (f CitizenFigure) Value(m Measure) string {
	if m == AnswerMeasure {
		return rulebook.Int(int64(f.Rate)).String()
	}
	return f.Index
}

// CitizenInput is everything that says whether a figure counts as the
// achievement of a person: with the rulebook it gives the same answer again.
type CitizenInput struct {
	Measure Measure       `json:"measure"`
	Figure  CitizenFigure `json:"figure"`
	Leads   bool          `json:"leads"` // the person heads the unit that gives the service
	Held    int           `json:"held"`  // days of the survey's period in the post
	Days    int           `json:"days"`  // days of the survey's period
	Counts  bool          `json:"counts"`
	Cite    string        `json:"cite"` // of the rule that said so
}

// Value is the figure, an exact decimal.
func (in CitizenInput) Value() string { return in.Figure.Value(in.Measure) }

// CitizenTaken is a figure the superior has decided on.
type CitizenTaken struct {
	ID        string `json:"id"`
	Indicator string `json:"indicator"`
	CitizenInput
	Book      string           `json:"book"`
	By        Signer           `json:"by"`
	Confirmed bool             `json:"-"` // false: the superior left it out
	Words     string           `json:"-"`
	At        time.Time        `json:"-"`
	Because   rulebook.Because `json:"-"`
}

// CitizenRule says when a figure of citizens is a person's achievement.
type CitizenRule struct {
	rulebook.Head `json:"-"`
	PersonShare   rulebook.Num `json:"person_share"` // of the survey's period in the post
}

// RuleID names the rule.
func (CitizenRule) RuleID() string { return "citizen-figure" }

// Check refuses a share that is none.
func (r CitizenRule) Check() error {
	if r.PersonShare.Sign() <= 0 || rulebook.Int(1).Less(r.PersonShare) {
		return fault.WrongField("person_share", "rulebook.value.broken", "person_share")
	}
	return nil
}

// Weigh says whether a figure counts as the person's achievement, with the
// steps. It is always the unit's and the post's.
func (r CitizenRule) Weigh(in CitizenInput) (bool, rulebook.Because) {
	long := !rulebook.Ratio(int64(in.Held), int64(max(in.Days, 1))).Less(r.PersonShare)
	counts := in.Figure.Enough && in.Leads && long
	to := "unit_jabatan"
	if counts {
		to = "pegawai"
	}
	return counts, rulebook.Because{
		figureStep(in.Measure, in.Figure),
		{Key: "appraisal.citizen.step.enough", Args: []any{in.Figure.Answers}, Value: in.Figure.Enough, Source: in.Figure.Minimum},
		{Key: "appraisal.citizen.step.leads", Args: []any{in.Figure.Service}, Value: in.Leads, Source: r.Cite()},
		{Key: "appraisal.citizen.step.share", Args: []any{in.Held, in.Days, r.PersonShare.Mul(rulebook.Int(100))}, Value: long, Source: r.Cite()},
		{Key: "appraisal.citizen.step.result", Value: rulebook.Word(to), Source: r.Cite()},
	}
}

// citizenInput is a figure as it stands to a part's person.
func citizenInput(p Part, m Measure, f CitizenFigure) CitizenInput {
	return CitizenInput{
		Measure: m, Figure: f, Leads: p.HeadOf != "" && p.HeadOf == f.UnitID,
		Held: daysOf(max(p.From, f.From), min(p.To, f.To)), Days: daysOf(f.From, f.To),
	}
}

// figureStep tells the figure with its interval and number of answers.
func figureStep(m Measure, f CitizenFigure) rulebook.Step {
	if m == AnswerMeasure {
		return rulebook.Step{Key: "appraisal.citizen.step.rate", Args: []any{f.Service, f.Period, f.Answers, f.Target}, Value: rulebook.Int(int64(f.Rate))}
	}
	return rulebook.Step{
		Key: "appraisal.citizen.step.index", Args: []any{f.Service, f.Period, decimal(f.Lo), decimal(f.Hi), f.Answers}, Value: decimal(f.Index),
	}
}

// decimal is a figure for a step; what is no number is shown as a dash.
func decimal(s string) any {
	n, err := rulebook.ParseNum(s)
	if err != nil {
		return nil
	}
	return n
}

// daysOf counts the days from..to, both counted; none when they are crossed.
func daysOf(from, to Day) int {
	a, err := time.Parse(time.DateOnly, string(from))
	b, err2 := time.Parse(time.DateOnly, string(to))
	if err != nil || err2 != nil || b.Before(a) {
		return 0
	}
	return int(b.Sub(a).Hours()/24) + 1
}
