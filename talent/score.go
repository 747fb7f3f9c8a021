package talent

import (
	"slices"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// ScoreRule holds the presets by which agencies score talent.
type ScoreRule struct {
	rulebook.Head `json:"-"`
	Default       string                 `json:"preset"`
	Range         ScoreRange             `json:"score"`
	Decimals      int                    `json:"decimals"`
	Presets       map[string]ScorePreset `json:"presets"`
}

// ScoreRange is the range of an indicator.
type ScoreRange struct {
	Least rulebook.Num `json:"least"`
	Most  rulebook.Num `json:"most"`
}

// ScorePreset is one agency's weights and thresholds.
type ScorePreset struct {
	Source      string             `json:"source"`
	Certainty   rulebook.Certainty `json:"certainty"`
	Share       ScoreShare         `json:"share"`
	Performance ScoreAxis          `json:"performance"`
	Potential   ScoreAxis          `json:"potential"`
}

// ScoreShare is what each axis contributes to the talent score, in percent.
type ScoreShare struct {
	Performance rulebook.Num `json:"performance"`
	Potential   rulebook.Num `json:"potential"`
}

// ScoreAxis is one axis: weighted parts, and the bands of their sum.
type ScoreAxis struct {
	Parts []ScorePart    `json:"parts"`
	Bands rulebook.Bands `json:"bands"`
}

// ScorePart is a weight in percent and the indicators that share it: their
// mean counts, zeros included.
type ScorePart struct {
	Weight     rulebook.Num `json:"weight"`
	Indicators []string     `json:"indicators"`
}

// Indicators holds the value of each indicator of an axis.
type Indicators map[string]rulebook.Num

// Score is a talent score, its axes and the box they lead to.
type Score struct {
	Performance rulebook.Num `json:"performance"`
	Potential   rulebook.Num `json:"potential"`
	Talent      rulebook.Num `json:"talent"`
	Box         int          `json:"box"`
}

// RuleID names the rule.
func (ScoreRule) RuleID() string { return "talent-score" }

// Check reports weights that do not make 100, an indicator named twice, and
// bands that are not those of the boxes.
func (r ScoreRule) Check() error {
	var wrong fault.Fields
	_, has := r.Presets[r.Default]
	wrong.Check(has, "preset", "rulebook.value.word")
	wrong.Check(r.Decimals >= 0, "decimals", "rulebook.value.positive")
	wrong.Check(r.Range.Least.Less(r.Range.Most), "score", "rulebook.value.rising")
	for _, name := range rulebook.Codes(r.Presets) {
		p := r.Presets[name]
		hundred := p.Share.Performance.Add(p.Share.Potential).Equal(rulebook.Int(100))
		wrong.Check(hundred, "presets."+name+".share", "rulebook.value.sum", 100)
		p.Performance.check(&wrong, "presets."+name+".performance", []string{string(Above), string(Meets), string(Below)})
		p.Potential.check(&wrong, "presets."+name+".potential", []string{string(High), string(Medium), string(Low)})
	}
	return wrong.Err()
}

func (a ScoreAxis) check(wrong *fault.Fields, at string, bands []string) {
	var sum rulebook.Num
	for _, p := range a.Parts {
		wrong.Check(p.Weight.Sign() >= 0 && len(p.Indicators) > 0, at+".parts", "rulebook.value.positive")
		sum = sum.Add(p.Weight)
	}
	wrong.Check(sum.Equal(rulebook.Int(100)), at+".parts", "rulebook.value.sum", 100)
	names := a.Names()
	slices.Sort(names)
	wrong.Check(len(slices.Compact(names)) == len(a.Names()), at+".parts", "rulebook.value.word")
	var codes []string
	for _, b := range a.Bands {
		codes = append(codes, b.Code)
	}
	wrong.Check(slices.Equal(codes, bands) && a.Bands.Check("") == nil, at+".bands", "rulebook.value.bands")
}

// Names returns the axis' indicators in order.
func (a ScoreAxis) Names() []string {
	var names []string
	for _, p := range a.Parts {
		names = append(names, p.Indicators...)
	}
	return names
}

// Of returns the talent score by a preset of the rule, the box it leads to,
// and the way there. Every indicator of the preset must be given; bands are
// read from the axis' scores as they are shown.
func (r ScoreRule) Of(preset string, performance, potential Indicators, grid BoxRule) (Score, rulebook.Because) {
	p := r.Presets[preset]
	y, ySteps := r.axis(p.Performance, performance)
	x, xSteps := r.axis(p.Potential, potential)
	hundred := rulebook.Int(100)
	talent := y.Mul(p.Share.Performance).Add(x.Mul(p.Share.Potential)).Quo(hundred)
	s := Score{Performance: y.Round(r.Decimals), Potential: x.Round(r.Decimals), Talent: talent.Round(r.Decimals)}
	yBand, xBand := Performance(p.Performance.Bands.Of(s.Performance)), Potential(p.Potential.Bands.Of(s.Potential))
	s.Box = grid.Of(yBand, xBand)
	return s, rulebook.Because{
		r.step("preset", preset, p.Source, nil),
		r.step("performance", s.Performance, p.Source, ySteps),
		r.step("potential", s.Potential, p.Source, xSteps),
		r.step("talent", s.Talent, p.Source, nil, p.Share.Performance, p.Share.Potential),
		r.step("performance_band", rulebook.Word(yBand), p.Source, nil),
		r.step("potential_band", rulebook.Word(xBand), p.Source, nil),
		{Key: "rulebook.step.talent_box.box", Value: s.Box, Source: grid.Cite()},
	}
}

// axis returns the exact score of an axis and its steps.
func (r ScoreRule) axis(a ScoreAxis, values Indicators) (rulebook.Num, rulebook.Because) {
	var sum rulebook.Num
	var steps rulebook.Because
	for _, part := range a.Parts {
		var total rulebook.Num
		var shared rulebook.Because
		for _, name := range part.Indicators {
			total = total.Add(values[name])
			shared = append(shared, r.step("indicator", values[name], "", nil, rulebook.Word(name)))
		}
		points := total.Quo(rulebook.Int(int64(len(part.Indicators)))).Mul(part.Weight).Quo(rulebook.Int(100))
		sum = sum.Add(points)
		name := "mean"
		if len(part.Indicators) == 1 {
			name = "part"
		}
		steps = append(steps, r.step(name, points.Round(r.Decimals), "", shared, rulebook.WordsOf(part.Indicators...), part.Weight))
	}
	return sum, steps
}

func (r ScoreRule) step(name string, value any, source string, parts rulebook.Because, args ...any) rulebook.Step {
	return rulebook.Step{Key: "rulebook.step.talent_score." + name, Args: args, Value: value, Source: source, Parts: parts}
}

func evalScore(r ScoreRule, in *rulebook.Input) (any, rulebook.Because, error) {
	preset := in.Preset(rulebook.Codes(r.Presets), r.Default)
	p := r.Presets[preset]
	performance := r.read(in.Object("performance"), p.Performance)
	potential := r.read(in.Object("potential"), p.Potential)
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	grid, err := rulebook.Load[BoxRule](in.Book())
	if err != nil {
		return nil, nil, err
	}
	s, because := r.Of(preset, performance, potential, grid)
	return s, because, nil
}

// read reads every indicator of an axis.
func (r ScoreRule) read(in *rulebook.Input, a ScoreAxis) Indicators {
	values := Indicators{}
	for _, name := range a.Names() {
		values[name] = in.Num(name, r.Range.Least, r.Range.Most)
	}
	return values
}
