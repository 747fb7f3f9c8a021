package penimport

import (
	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/listed"
)

// roll finds the parts of people by number and by name.
type roll struct {
	*listed.Roll
	part map[string]appraisal.Part // by person
}

// rollOf makes the roll of a window's deciding parts, one a person.
func rollOf(parts []appraisal.Part) roll {
	r := roll{part: map[string]appraisal.Part{}}
	var people []listed.Person
	for _, p := range parts {
		before, known := r.part[p.Who.PersonID]
		if !known {
			people = append(people, listed.Person{ID: p.Who.PersonID, NIP: p.Who.NIP, Name: p.Who.Name})
		}
		if !known || later(p, before) {
			r.part[p.Who.PersonID] = p
		}
	}
	for i := range people {
		people[i].Unit = r.part[people[i].ID].Who.Unit
	}
	r.Roll = listed.NewRoll(people)
	return r
}

const definitive = "definitive"

func later(a, b appraisal.Part) bool {
	if own := a.Tenure == definitive; own != (b.Tenure == definitive) {
		return own
	}
	return a.To > b.To || a.To == b.To && a.From > b.From
}

// find returns the part of the person a row is surely about.
func (r roll) find(row Row) (appraisal.Part, bool) {
	id, ok := r.Find(row.who())
	return r.part[id], ok
}

// otherRater reports whether a row names another evaluator than the map does.
func otherRater(row Row, p appraisal.Part) bool {
	if row.RaterNIP != "" && p.Evaluator.NIP != "" {
		return row.RaterNIP != p.Evaluator.NIP
	}
	if row.RaterNIP != "" {
		return true
	}
	return row.RaterName != "" && !listed.Alike(row.RaterName, p.Evaluator.Name)
}
