package appraisal

import "github.com/gurindam/gurindam/rulebook"

// mostPercent keeps a tiny target from making a bar nobody can read.
const mostPercent = 999

// reach says how far a value has come towards an indicator's target. ok is
// false when value or target is no number.
func reach(in Indicator, value string) (Reach, bool) {
	target, err := rulebook.ParseNum(in.Target)
	if err != nil {
		return Reach{}, false
	}
	got, err := rulebook.ParseNum(value)
	if err != nil {
		return Reach{}, false
	}
	r := Reach{Value: value, Met: met(in.Direction, target, got)}
	r.Percent = percentOf(in.Direction, target, got, r.Met)
	return r, true
}

func met(d Direction, target, got rulebook.Num) bool {
	switch d {
	case Down:
		return !target.Less(got)
	case Steady:
		return target.Equal(got)
	default:
		return !got.Less(target)
	}
}

// percentOf is for bars only and decides nothing: the share of the target
// reached, or of the value allowed where less is better.
func percentOf(d Direction, target, got rulebook.Num, met bool) int {
	part, whole := got, target
	if d == Down {
		part, whole = target, got
	}
	if whole.Sign() <= 0 || part.Sign() < 0 {
		if met {
			return 100
		}
		return 0
	}
	percent, _ := part.Mul(rulebook.Int(100)).Quo(whole).Floor().Int64()
	if percent > 100 && d == Steady {
		percent = max(0, 200-percent) // past the target is as far off as short of it
	}
	return int(min(percent, mostPercent))
}

// reached returns how far each indicator has come with the latest progress.
func reached(c Content, latest map[string]Progress) map[string]Reach {
	all := map[string]Reach{}
	for _, p := range c.Indicators() {
		if r, ok := reach(*p.Indicator, latest[p.Indicator.ID].Value); ok {
			all[p.Indicator.ID] = r
		}
	}
	return all
}
