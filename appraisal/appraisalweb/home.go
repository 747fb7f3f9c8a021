package appraisalweb

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// MyYear is the part of the home page that shows one's indicators at a glance.
type MyYear struct{ Service *appraisal.Service }

// Home returns the reader's year, nil for who has no plan with figures.
func (m MyYear) Home(q *web.Request) (templ.Component, error) {
	parts, err := m.Service.MyParts(q.Context(), q.Actor, 0)
	if fault.Is(err, fault.NotFound) || err == nil && len(parts) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v, err := m.Service.Progress(q.Context(), q.Actor, parts[0].ID)
	if err != nil {
		return nil, err
	}
	p := progressPage{P: q.P, V: v, Today: q.Today(), Mine: true}
	rows := p.bullets()
	if len(rows) == 0 {
		return nil, nil
	}
	for i := range rows {
		rows[i].To = "/kemajuan/" + v.Part.ID + rows[i].To
	}
	return myYear(q.P, strconv.Itoa(v.Part.Year), v.Part.ID, rows), nil
}

// MyPeople is the part of a superior's home page that shows the people they
// evaluate: those with something waiting first, three flags at most.
type MyPeople struct{ Service *appraisal.Service }

// shownPeople is how many people the home page shows; the rest is one tap away.
const shownPeople = 6

// Home returns the reader's people, nil for who evaluates nobody.
func (m MyPeople) Home(q *web.Request) (templ.Component, error) {
	if q.Actor.PersonID == "" {
		return nil, nil
	}
	period, err := m.Service.Period(q.Context(), q.Actor, 0)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	rows, err := m.Service.Team(q.Context(), q.Actor, period.Annual())
	if fault.Is(err, fault.Forbidden) || err == nil && len(rows) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	waiting := 0
	var people []ui.Person
	for _, r := range rows {
		if r.Desk == appraisal.DeskEvaluator {
			waiting++
		}
		if len(people) < shownPeople {
			people = append(people, folk(q, r))
		}
	}
	return myPeople(q.P, people, len(rows), waiting), nil
}

// folk shows one person with the flags that matter, the most pressing first.
func folk(q *web.Request, r appraisal.Row) ui.Person {
	f := ui.Person{Name: r.Part.Who.Name, Note: r.Part.Who.Post, To: "/skp/" + r.Part.ID}
	if r.Plan != appraisal.Approved {
		f.Flags = append(f.Flags, ui.Flag{Tone: planTone(r.Plan), Word: "SKP " + q.P.T("appraisalweb.state."+string(r.Plan))})
	} else {
		f.To = "/evaluasi/" + r.Part.ID
	}
	if r.Evaluation != "" && r.Evaluation != appraisal.Running {
		f.Flags = append(f.Flags, ui.Flag{Tone: evaluationTone(r.Evaluation), Word: q.P.T("appraisalweb.estate." + string(r.Evaluation))})
	}
	f.Flags = slices.Clip(f.Flags[:min(len(f.Flags), 3)])
	return f
}
