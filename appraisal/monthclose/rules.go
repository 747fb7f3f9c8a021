package monthclose

import (
	"maps"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/rulebook"
)

// Rules returns the rules of this package. The preset of "tpp" names one of its
// splits.
func Rules() []rulebook.Rule { return []rulebook.Rule{rulebook.New(evalTPP)} }

// Sum is the value of the rule tpp: one person's month in rupiah.
type Sum struct {
	Ceiling      int64 `json:"ceiling"`
	Productivity int64 `json:"productivity"`
	Discipline   int64 `json:"discipline"`
	Cuts         int64 `json:"cuts"`
	Gross        int64 `json:"gross"`
	Insurance    int64 `json:"insurance"`
	Tax          int64 `json:"tax"`
	Net          int64 `json:"net"`
	Employer     int64 `json:"employer"`
}

func sumOf(p Pay) Sum {
	return Sum{p.Ceiling, p.Productivity, p.Discipline, p.Cuts(), p.Gross, p.Insurance, p.Tax, p.Net, p.Employer}
}

func evalTPP(r Rule, in *rulebook.Input) (any, rulebook.Because, error) {
	r.Split = in.Preset(slices.Sorted(maps.Keys(r.Splits)), r.Split)
	f := NewFormula(r)
	person := Input{Group: "pns", Employment: "pns"}
	person.Class = int(in.Int("class", 1, 99))
	person.Rank = in.Text("rank")
	if in.Has("employment") {
		person.Employment = in.Word("employment", rulebook.Codes(r.Tax))
		person.Group = person.Employment
	}
	if in.Has("group") {
		person.Group = in.Text("group")
	}
	if in.Has("predicate") {
		person.Predicate = appraisal.Predicate(in.Word("predicate", predicateWords()))
	}
	if in.Has("minutes") {
		minutes := in.Int("minutes", 0, mostMinutes)
		person.Minutes = &minutes
	}
	if in.Has("excluded") {
		person.Excluded = in.Word("excluded", rulebook.Codes(r.Exclusions))
	}
	if in.Has("events") {
		readEvents(f, in, &person)
	}
	if _, ok := f.amount(person.Class); !ok && person.Class > 0 {
		in.Wrong("class", "rulebook.fault.tpp.class", person.Class)
	}
	if _, ok := f.taxOf(person); !ok && person.Rank != "" {
		in.Wrong("rank", "rulebook.fault.tpp.rank", person.Rank)
	}
	if err := in.Done(); err != nil {
		return nil, nil, err
	}
	p := f.Pay(person)
	return sumOf(p), f.Because(person, p), nil
}

func predicateWords() []string {
	var all []string
	for _, p := range appraisal.AllPredicates() {
		all = append(all, string(p))
	}
	return all
}

// readEvents reads what attendance tells: events by their kind or by the code
// of a deduction.
func readEvents(f Formula, in *rulebook.Input, person *Input) {
	words := append(slices.Collect(maps.Keys(f.byCode)), slices.Collect(maps.Keys(f.byEvent))...)
	slices.Sort(words)
	words = slices.Compact(words)
	list := in.Objects("events")
	if len(list) > mostEvents {
		in.Wrong("events", "rulebook.fault.tpp.events", mostEvents)
		return
	}
	for _, e := range list {
		event := Event{Code: e.Word("event", words)}
		if e.Has("day") {
			event.Day = string(e.Day("day"))
		}
		if e.Has("minutes") {
			event.Minutes = e.Int("minutes", 0, mostMinutes)
		}
		if e.Has("times") {
			event.Count = e.Int("times", 1, mostCount)
		}
		person.Events = append(person.Events, event)
	}
}
