package org

import "slices"

// How says how an evaluator was found.
type How string

// The ways, in the order in which they are tried.
const (
	ByOverride  How = "override"   // named by HR with a reason
	ByPost      How = "definitive" // the definitive holder of the superior position
	ByActing    How = "plt"        // who acts for it: Pj, Plt, else Plh
	ByNextAbove How = "next_above" // nobody holds it: the next position above
	ByNobody    How = "none"       // nobody above holds a position
)

// Evaluator is who evaluates somebody (pejabat penilai kinerja), by which
// position, and how that was found.
type Evaluator struct {
	PersonID   string
	PositionID string
	Tenure     TenureKind // how the evaluator holds the position
	How        How
	Reason     string   // of an override
	Skipped    []string // positions between that nobody holds
}

// Evaluator returns who evaluates a person in the main post. How is ByNobody
// for the mayor, and for somebody who holds no position.
func (m *Map) Evaluator(person string) Evaluator {
	post, ok := m.Post(person)
	if !ok {
		return Evaluator{How: ByNobody}
	}
	return m.EvaluatorIn(person, post.Position)
}

// EvaluatorIn returns who evaluates a person in one of the positions they
// hold. An override counts for the main post only.
func (m *Map) EvaluatorIn(person, position string) Evaluator {
	post, _ := m.Post(person)
	if o, named := m.overrides[person]; named && post.Position == position {
		e := Evaluator{PersonID: o.Evaluator, How: ByOverride, Reason: o.Reason}
		if own, ok := m.Post(o.Evaluator); ok {
			e.PositionID, e.Tenure = own.Position, own.Kind
		}
		return e
	}
	return m.resolve(m.Line(position), person)
}

// Above returns who evaluates the evaluator of a person: who decides an
// objection. It is never the person.
func (m *Map) Above(person string, e Evaluator) Evaluator {
	if e.PersonID == "" {
		return Evaluator{How: ByNobody}
	}
	own, _ := m.Post(e.PersonID)
	if o, named := m.overrides[e.PersonID]; named && own.Position == e.PositionID && o.Evaluator != person {
		return m.EvaluatorIn(e.PersonID, e.PositionID)
	}
	return m.resolve(m.Line(e.PositionID), person, e.PersonID)
}

// resolve returns the first holder along a line of superiors who is none of
// the people named.
func (m *Map) resolve(line []string, not ...string) Evaluator {
	var skipped []string
	for i, position := range line {
		kind := m.positions[position].Kind
		for _, t := range m.byPosition[position] {
			if slices.Contains(not, t.Person) {
				continue
			}
			e := Evaluator{PersonID: t.Person, PositionID: position, Tenure: t.Kind, How: ByActing, Skipped: skipped}
			switch {
			case i > 0:
				e.How = ByNextAbove
			case t.regular(kind):
				e.How = ByPost
			}
			return e
		}
		skipped = append(skipped, position)
	}
	return Evaluator{How: ByNobody, Skipped: skipped}
}

// Evaluators returns the evaluator of everybody who holds a position, by
// person.
func (m *Map) Evaluators() map[string]Evaluator {
	m.evaluate()
	all := make(map[string]Evaluator, len(m.evaluators))
	for p, e := range m.evaluators {
		all[p] = e
	}
	return all
}

// Subordinates returns the people a person evaluates in their main posts, in
// order of id.
func (m *Map) Subordinates(person string) []string {
	m.evaluate()
	return slices.Clone(m.staff[person])
}

// evaluate finds everybody's evaluator, once.
func (m *Map) evaluate() {
	m.once.Do(func() {
		m.evaluators = make(map[string]Evaluator, len(m.byPerson))
		m.staff = map[string][]string{}
		for _, person := range m.People() {
			e := m.Evaluator(person)
			m.evaluators[person] = e
			if e.PersonID != "" {
				m.staff[e.PersonID] = append(m.staff[e.PersonID], person)
			}
		}
	})
}
