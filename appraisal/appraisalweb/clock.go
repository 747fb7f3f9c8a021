package appraisalweb

import (
	"time"

	"github.com/gurindam/gurindam/appraisal"
)

// objectClock says how long the person can still object; empty for others and
// when there is nothing to object to.
func (p evaluationPage) objectClock() string {
	e := p.V.Evaluation
	if !p.Mine || e.ObjectUntil == "" || e.State != appraisal.Received && e.State != appraisal.Decided {
		return ""
	}
	if left := daysLeft(p.Today, e.ObjectUntil); left >= 0 {
		return p.P.T("appraisalweb.object_left", p.P.Date(string(e.ObjectUntil)), left)
	}
	return p.P.T("appraisalweb.object_over", p.P.Date(string(e.ObjectUntil)))
}

// decideClock says until when an objection is to be decided.
func (p evaluationPage) decideClock() string {
	o := p.V.Evaluation.Objection
	if o == nil || !o.DecidedAt.IsZero() || o.DecideBy == "" {
		return ""
	}
	if left := daysLeft(p.Today, o.DecideBy); left >= 0 {
		return p.P.T("appraisalweb.decide_until", p.P.Date(string(o.DecideBy)), left)
	}
	return p.P.T("appraisalweb.decide_over", p.P.Date(string(o.DecideBy)))
}

// daysLeft counts the days from one to another; below zero when it is past.
func daysLeft(today string, until appraisal.Day) int {
	a, errA := time.Parse(time.DateOnly, today)
	b, errB := time.Parse(time.DateOnly, string(until))
	if errA != nil || errB != nil {
		return -1
	}
	return int(b.Sub(a).Hours() / 24)
}
