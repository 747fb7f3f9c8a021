package taskweb

import (
	"time"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

func (h *pages) ribbon(q *web.Request) ([]ui.Phase, error) {
	if h.Calendar == nil {
		return nil, nil
	}
	planBy, evaluateBy, err := h.Calendar.YearDays(q.Context(), q.Today())
	if err != nil {
		return nil, err
	}
	return phases(q.P, q.Today(), planBy, evaluateBy), nil
}

// phases draws the performance year of today: planning until planBy, carrying
// out until the end of the year, evaluating until evaluateBy of the next, and a
// month of follow-up. Dates that are none give no ribbon.
func phases(p *i18n.Printer, today, planBy, evaluateBy string) []ui.Phase {
	now, errNow := time.Parse(time.DateOnly, today)
	plan, errPlan := time.Parse(time.DateOnly, planBy)
	evaluate, errEvaluate := time.Parse(time.DateOnly, evaluateBy)
	if errNow != nil || errPlan != nil || errEvaluate != nil {
		return nil
	}
	first := time.Month(min(int(plan.Month())+1, 12)) // of carrying out
	after := evaluate.AddDate(0, 0, 1)
	planning := ui.Phase{Name: p.T("taskweb.phase.plan"), Note: p.T("taskweb.phase.until", p.DayMonth(planBy)), Weight: 3, State: ui.Now}
	doing := ui.Phase{
		Name: p.T("taskweb.phase.do"), Note: p.T("taskweb.phase.months", p.MonthName(first), p.MonthName(time.December)),
		Weight: 13, Pieces: 13 - int(first),
	}
	if today > planBy {
		planning.State, planning.Note = ui.Over, p.T("taskweb.phase.done", p.MonthName(plan.Month()))
		doing.State = ui.Now
		doing.Done = max(int(now.Month())-int(first), 0)
		doing.Part = now.Day() * 100 / daysIn(now)
	} else {
		planning.Part = now.YearDay() * 100 / plan.YearDay()
	}
	return []ui.Phase{
		planning, doing,
		{Name: p.T("taskweb.phase.evaluate"), Note: p.Month(evaluateBy), Weight: 3},
		{Name: p.T("taskweb.phase.follow"), Note: p.Month(after.Format(time.DateOnly)), Weight: 4},
	}
}

func daysIn(t time.Time) int {
	return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
