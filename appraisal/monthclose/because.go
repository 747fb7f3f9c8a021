package monthclose

import "github.com/gurindam/gurindam/rulebook"

// percentOf writes hundredths of a per cent as a number.
func percentOf(hundredth int64) rulebook.Num { return rulebook.Ratio(hundredth, 100) }

// Because returns the way from an input to its sum: the ceiling, the two parts
// with what was taken off each, and what is paid.
func (f Formula) Because(in Input, p Pay) rulebook.Because {
	steps := rulebook.Because{f.ceilingStep(in, p)}
	if p.Ceiling == 0 {
		return steps
	}
	split := f.split(in.Class)
	source := f.rule.Splits[split].Source
	share := f.splits[split]
	steps = append(steps,
		rulebook.Step{Key: "rulebook.step.tpp.productivity", Args: []any{percentOf(share)}, Value: p.Productivity, Source: source, Parts: f.lineSteps(in, p, ProductivityLine)},
		rulebook.Step{Key: "rulebook.step.tpp.discipline", Args: []any{percentOf(whole - share)}, Value: p.Discipline, Source: source, Parts: f.lineSteps(in, p, DeductionLine)},
	)
	steps = append(steps, f.lineSteps(in, p, NothingLine)...)
	rate, _ := f.taxOf(in)
	return append(steps,
		rulebook.Step{Key: "rulebook.step.tpp.gross", Value: p.Gross, Source: f.source},
		rulebook.Step{Key: "rulebook.step.tpp.insurance", Args: []any{percentOf(f.employee)}, Value: -p.Insurance, Source: f.source},
		rulebook.Step{Key: "rulebook.step.tpp.tax", Args: []any{percentOf(rate), rankOf(in.Rank)}, Value: -p.Tax, Source: f.source},
		rulebook.Step{Key: "rulebook.step.tpp.net", Value: p.Net, Source: f.source},
	)
}

func (f Formula) ceilingStep(in Input, p Pay) rulebook.Step {
	amount, _ := f.amount(in.Class)
	s := rulebook.Step{Key: "rulebook.step.tpp.ceiling", Args: []any{in.Class}, Value: p.Ceiling, Source: f.source}
	if paid := f.paid(in); paid != whole {
		why := in.Group
		if in.Excluded != "" {
			why = in.Excluded
		}
		s.Parts = rulebook.Because{
			{Key: "rulebook.step.tpp.amount", Args: []any{in.Class}, Value: amount, Source: f.source},
			{Key: "rulebook.step.tpp.payment", Args: []any{rulebook.Word(why)}, Value: percentOf(paid), Source: f.source},
		}
	}
	return s
}

// lineSteps returns the steps of the lines of one kind.
func (f Formula) lineSteps(in Input, p Pay, kind LineKind) rulebook.Because {
	var steps rulebook.Because
	for _, l := range p.Lines {
		if l.Kind != kind {
			continue
		}
		steps = append(steps, rulebook.Step{Key: f.lineKey(in, l), Args: f.lineArgs(in, l), Value: l.Amount, Source: f.source})
	}
	return steps
}

// lineKey returns the sentence of a line.
func (f Formula) lineKey(in Input, l Line) string {
	switch {
	case l.Kind == NothingLine:
		return "rulebook.step.tpp.nothing"
	case l.Kind == DeductionLine && l.Gone != nil:
		return "rulebook.step.tpp.withdrawn"
	case l.Kind == DeductionLine:
		return "rulebook.step.tpp.deduction"
	case f.rule.Basis == ByMinutes:
		return "rulebook.step.tpp.minutes"
	case in.Predicate == "":
		return "rulebook.step.tpp.unrated"
	}
	return "rulebook.step.tpp.predicate"
}

func (f Formula) lineArgs(in Input, l Line) []any {
	switch {
	case l.Kind != ProductivityLine:
		return []any{rulebook.Word(l.Code), l.Times, percentOf(l.Percent)}
	case f.rule.Basis == ByMinutes:
		var done int64
		if in.Minutes != nil {
			done = *in.Minutes
		}
		return []any{done, f.rule.Minutes.Target, percentOf(l.Percent)}
	case in.Predicate == "":
		return []any{percentOf(l.Percent)}
	}
	return []any{rulebook.Word(in.Predicate), percentOf(l.Percent)}
}
