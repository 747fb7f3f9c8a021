package appraisal

import (
	"slices"
	"strconv"
	"time"
)

// copied returns the results and annex of an earlier plan for a new year:
// results, indicators and steps keep their ids, so that the two can be
// compared; months move by the years between; ties to the superior's results
// become plain text, to be tied again.
func copied(from Content, years int) Content {
	c := from.clone()
	c.Expectations = nil
	for i := range c.Results {
		r := &c.Results[i]
		r.Supports.Part, r.Supports.Result = "", ""
		for j := range r.Steps {
			r.Steps[j].Due = moveMonth(r.Steps[j].Due, years)
		}
	}
	return c
}

// merged returns the draft with what the copy has and the draft does not: what
// is written already stays as it is.
func merged(draft, copy Content) Content {
	c := draft.clone()
	for _, r := range copy.Results {
		known := slices.ContainsFunc(c.Results, func(have Result) bool { return have.ID == r.ID || have.Text == r.Text })
		if !known {
			c.Results = append(c.Results, r)
		}
	}
	fill := func(have, from []string) []string {
		if len(have) > 0 {
			return have
		}
		return from
	}
	c.Annex.Resources = fill(c.Annex.Resources, copy.Annex.Resources)
	c.Annex.Accountability = fill(c.Annex.Accountability, copy.Annex.Accountability)
	c.Annex.Consequences = fill(c.Annex.Consequences, copy.Annex.Consequences)
	return c
}

func moveMonth(month string, years int) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return ""
	}
	return strconv.Itoa(t.Year()+years) + t.Format("-01")
}

// clone returns a copy that shares nothing with c.
func (c Content) clone() Content {
	n := c
	n.Results = slices.Clone(c.Results)
	for i := range n.Results {
		n.Results[i].Indicators = slices.Clone(n.Results[i].Indicators)
		n.Results[i].Steps = slices.Clone(n.Results[i].Steps)
	}
	if c.Expectations != nil {
		n.Expectations = make(map[string]string, len(c.Expectations))
		for k, v := range c.Expectations {
			n.Expectations[k] = v
		}
	}
	n.Annex.Resources = slices.Clone(c.Annex.Resources)
	n.Annex.Accountability = slices.Clone(c.Annex.Accountability)
	n.Annex.Consequences = slices.Clone(c.Annex.Consequences)
	return n
}
