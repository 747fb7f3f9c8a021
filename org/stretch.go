package org

import (
	"cmp"
	"slices"
)

// Stretch is a time in which one person held one position under one evaluator
// and one superior of the evaluator. Who moves in the middle of a year has
// several; acting tenures and additional duties are stretches of their own.
type Stretch struct {
	Tenure    Tenure
	Position  Position // as it was when the stretch began
	Unit      string   // the unit it was in, on that day
	Main      bool     // the person's main post
	From, To  Day      // To is never open: it ends at the latest where the question ends
	Evaluator Evaluator
	Above     Evaluator // the evaluator's own superior
}

// HeadOf returns the unit the position leads, or empty.
func (s Stretch) HeadOf() string {
	if s.Position.Head {
		return s.Unit
	}
	return ""
}

// goesOn reports whether a stretch is the same as another but for its time.
func (s Stretch) goesOn(o Stretch) bool {
	return s.Unit == o.Unit && s.Main == o.Main && s.Position.same(o.Position) &&
		s.Evaluator.same(o.Evaluator) && s.Above.same(o.Above)
}

func (e Evaluator) same(o Evaluator) bool {
	return e.PersonID == o.PersonID && e.PositionID == o.PositionID && e.Tenure == o.Tenure && e.How == o.How && e.Reason == o.Reason
}

// History is everything the map says about a time, for questions over a
// period.
type History struct {
	Units     []Unit
	Positions []Position
	Tenures   []Tenure
	Overrides []Override
}

// Stretches returns the stretches of the people named, of everybody when none
// is, from a day up to but not including another, by person and day.
func (h History) Stretches(from, to Day, people ...string) []Stretch {
	charts := h.charts(from, to)
	tenures := h.Tenures
	if len(people) > 0 {
		tenures = h.about(charts, people)
	}
	open := map[string]Stretch{}
	var done []Stretch
	for _, day := range h.days(charts, tenures, from, to) {
		m := newMap(chartOn(charts, day), day, tenures, h.Overrides)
		now := m.stretches(day, people)
		for id, s := range open {
			if n, still := now[id]; still && s.goesOn(n) {
				n.From, n.Position = s.From, s.Position
				now[id] = n
			} else {
				s.To = day
				done = append(done, s)
			}
		}
		open = now
	}
	for _, s := range open {
		s.To = to
		done = append(done, s)
	}
	slices.SortFunc(done, func(a, b Stretch) int {
		return cmp.Or(cmp.Compare(a.Tenure.Person, b.Tenure.Person), cmp.Compare(a.From, b.From), byRank(a.Tenure, b.Tenure))
	})
	return done
}

// stretches returns what people hold on a day, by tenure.
func (m *Map) stretches(day Day, people []string) map[string]Stretch {
	if len(people) == 0 {
		people = m.People()
	}
	all := make(map[string]Stretch, len(people))
	for _, person := range people {
		for i, t := range m.byPerson[person] {
			p, there := m.Was(t.Position)
			if !there {
				continue
			}
			e := m.EvaluatorIn(person, t.Position)
			all[t.ID] = Stretch{
				Tenure: t, Position: p, Unit: m.UnitOf(t.Position), Main: i == 0, From: day,
				Evaluator: e, Above: m.Above(person, e),
			}
		}
	}
	return all
}

// charts returns the chart of the first day and of every later day on which
// units or positions change, in order.
func (h History) charts(from, to Day) []*Chart {
	days := []Day{from}
	for _, u := range h.Units {
		days = append(days, u.From, u.To)
	}
	for _, p := range h.Positions {
		days = append(days, p.From, p.To)
	}
	var all []*Chart
	for _, d := range within(days, from, to) {
		all = append(all, NewChart(NewTree(h.Units, d), h.Positions))
	}
	return all
}

// chartOn returns the chart that holds on a day.
func chartOn(charts []*Chart, on Day) *Chart {
	last := charts[0]
	for _, c := range charts {
		if c.tree.on <= on {
			last = c
		}
	}
	return last
}

// about returns the tenures that matter to some people: their own, those of
// the positions above them, and everything else the holders of those hold.
func (h History) about(charts []*Chart, people []string) []Tenure {
	who, where, followed := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range people {
		who[p] = true
	}
	for _, o := range h.Overrides {
		who[o.Evaluator] = true
	}
	for range 2 { // the evaluators, then theirs
		for _, t := range h.Tenures {
			if who[t.Person] && !followed[t.Position] {
				where[t.Position], followed[t.Position] = true, true
				for _, c := range charts {
					for _, above := range c.Line(t.Position) {
						where[above] = true
					}
				}
			}
		}
		for _, t := range h.Tenures {
			who[t.Person] = who[t.Person] || where[t.Position]
		}
	}
	return slices.DeleteFunc(slices.Clone(h.Tenures), func(t Tenure) bool { return !who[t.Person] })
}

// days returns the first day and every later one on which something changes.
func (h History) days(charts []*Chart, tenures []Tenure, from, to Day) []Day {
	days := []Day{from}
	for _, c := range charts {
		days = append(days, c.tree.on)
	}
	for _, t := range tenures {
		days = append(days, t.From, t.To)
	}
	for _, o := range h.Overrides {
		days = append(days, o.From, o.To)
	}
	return within(days, from, to)
}

// within returns the days of a period in order, each once.
func within(days []Day, from, to Day) []Day {
	days = slices.DeleteFunc(slices.Clone(days), func(d Day) bool { return d < from || d >= to })
	slices.Sort(days)
	return slices.Compact(days)
}
