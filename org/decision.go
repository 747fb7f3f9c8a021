package org

import (
	"cmp"
	"slices"

	"github.com/gurindam/gurindam/rulebook"
)

// DecisionKind is why a position needs a decision.
type DecisionKind string

// The reasons.
const (
	VacantPost   DecisionKind = "vacant"
	ActingPost   DecisionKind = "acting"     // somebody acts for it, for a limited time
	Retiring     DecisionKind = "retirement" // the holder retires soon
	ContractEnds DecisionKind = "contract"
)

// DecisionKinds lists the reasons.
func DecisionKinds() []DecisionKind {
	return []DecisionKind{ActingPost, VacantPost, Retiring, ContractEnds}
}

// Decision is one position somebody has to decide about, by when and why.
type Decision struct {
	Kind     DecisionKind
	Position Position
	UnitID   string
	Unit     string
	Tenure   Tenure // of who acts, retires or has the contract
	Name     string // of that person, with titles
	Date     Day    // vacant since; the limit; the first day of retirement; the last of the contract
	Month    int    // of an acting tenure: which month it is in
	Late     bool   // the date has passed
	Urgency  int    // 0 comes first
	Source   string // rule and regulation
	Rule     string // id of the rule, empty for a vacancy
	Because  rulebook.Because
}

// Forecast is what the rules and the roster say about the people of a map.
type Forecast struct {
	Acting     ActingRule
	Retirement RetirementRule
	Horizon    HorizonRule
	People     map[string]Person // by id
	VacantFrom map[string]Day    // when the last regular holder of a position left
}

// soonMonths is how near a date has to be to come before the others: a matter
// of order, not a rule.
const soonMonths = 3

// Decisions returns the positions of a map somebody has to decide about, the
// most urgent first.
func (f Forecast) Decisions(m *Map) []Decision {
	var all []Decision
	for _, p := range m.All() {
		base := Decision{Position: p, UnitID: m.UnitOf(p.ID)}
		base.Unit = m.tree.Name(base.UnitID)
		all = append(all, f.vacancies(m, base)...)
		for _, t := range m.Regular(p.ID) {
			base.Tenure, base.Name = t, f.People[t.Person].FullName()
			all = append(all, f.endings(m, base)...)
		}
	}
	slices.SortStableFunc(all, func(a, b Decision) int {
		return cmp.Or(cmp.Compare(a.Urgency, b.Urgency), cmp.Compare(a.Date, b.Date), cmp.Compare(b.Position.Class, a.Position.Class))
	})
	return all
}

// vacancies returns what a position that nobody holds asks for.
func (f Forecast) vacancies(m *Map, d Decision) []Decision {
	var all []Decision
	for _, t := range m.byPosition[d.Position.ID] {
		if t.Kind == Plt || t.Kind == Pj {
			all = append(all, f.acting(m, d, t))
		}
	}
	if len(all) > 0 || d.Position.Wanted() == 0 || len(m.Regular(d.Position.ID)) > 0 {
		return all
	}
	d.Kind, d.Date, d.Urgency = VacantPost, d.Position.From, 3
	if since, known := f.VacantFrom[d.Position.ID]; known {
		d.Date = max(since, d.Date)
	}
	if d.Position.Managerial() {
		d.Urgency = 1
	}
	return []Decision{d}
}

func (f Forecast) acting(m *Map, d Decision, t Tenure) Decision {
	extended := t.ExtendedOn != ""
	d.Kind, d.Tenure, d.Name = ActingPost, t, f.People[t.Person].FullName()
	d.Date, d.Month = f.Acting.Limit(t.From, extended), monthOf(t.From, m.on)
	d.Rule, d.Source, d.Because = f.Acting.RuleID(), f.Acting.Cite(), f.Acting.Explain(t.From, extended)
	return d.dated(m.on)
}

// endings returns what the holder of a position asks for.
func (f Forecast) endings(m *Map, d Decision) []Decision {
	var all []Decision
	who := f.People[d.Tenure.Person]
	kind := d.Position.RetirementKind()
	if kind != "" && who.Born != "" && d.Tenure.Kind == Definitive {
		r, ok := f.Retirement.Of(who.Born, kind)
		if ok && r.Date <= plusMonths(m.on, f.Horizon.RetirementMonths) {
			e := d
			e.Kind, e.Date = Retiring, r.Date
			e.Rule, e.Source, e.Because = f.Retirement.RuleID(), f.Retirement.Cite(), f.Retirement.Explain(who.Born, kind, r)
			all = append(all, e.dated(m.on))
		}
	}
	if who.ContractEnd != "" && who.ContractEnd <= plusMonths(m.on, f.Horizon.ContractMonths) && d.Tenure.Kind == Definitive {
		d.Kind, d.Date = ContractEnds, who.ContractEnd
		d.Rule, d.Source = f.Horizon.RuleID(), f.Horizon.Cite()
		d.Because = rulebook.Because{{Key: "org.step.contract.end", Value: who.ContractEnd}, {Key: "org.step.contract.months", Value: f.Horizon.ContractMonths, Source: f.Horizon.Cite()}}
		all = append(all, d.dated(m.on))
	}
	return all
}

// dated sets how urgent a decision with a date is.
func (d Decision) dated(on Day) Decision {
	switch {
	case d.Date < on, d.Date == on && d.Kind != ContractEnds: // a contract still holds on its last day
		d.Late, d.Urgency = true, 0
		if d.Kind == ContractEnds { // a renewal that was not entered, more often than a decision
			d.Urgency = 1
		}
	case d.Date <= plusMonths(on, soonMonths):
		d.Urgency = 2
	default:
		d.Urgency = 3
	}
	return d
}
