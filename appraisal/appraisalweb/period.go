package appraisalweb

import (
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
)

func (h *pages) periodRoutes() []web.Route {
	act := account.ActAppraisalPeriod
	return []web.Route{
		{Pattern: "GET /tahun", Action: act, Handle: h.periods},
		{Pattern: "POST /tahun", Action: act, Handle: h.openPeriod},
		{Pattern: "POST /tahun/{year}/tahap", Action: act, Handle: h.movePeriod},
		{Pattern: "POST /tahun/{year}/sinkron", Action: act, Handle: h.syncParts},
	}
}

func (h *pages) periods(q *web.Request) error {
	all, err := h.svc.Periods(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	next := q.Now.Year()
	if len(all) > 0 {
		next = all[0].Year + 1
	}
	return q.Render(web.Page{Title: q.P.T("appraisalweb.years"), Nav: "tahun", Body: periodBody(q.P, all, next)})
}

func (h *pages) openPeriod(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	year := f.Int("year", 2020, 2100)
	if err := f.Err(); err != nil {
		return err
	}
	if _, err := h.svc.OpenPeriod(q.Context(), q.Actor, appraisal.NewPeriod{Year: year}); err != nil {
		return err
	}
	return q.Redirect("/tahun", "appraisalweb.year_opened", strconv.Itoa(year))
}

func (h *pages) movePeriod(q *web.Request) error {
	f, year, err := yearForm(q)
	if err != nil {
		return err
	}
	if _, err := h.svc.MovePeriod(q.Context(), q.Actor, year, version(f), appraisal.PeriodState(f.Text("to"))); err != nil {
		return err
	}
	return q.Redirect("/tahun", "appraisalweb.year_moved")
}

func (h *pages) syncParts(q *web.Request) error {
	_, year, err := yearForm(q)
	if err != nil {
		return err
	}
	r, err := h.svc.SyncParts(q.Context(), q.Actor, year)
	if err != nil {
		return err
	}
	return q.Redirect("/tahun", "appraisalweb.synced", r.Created, r.Changed, r.Unchanged, r.Kept)
}

func yearForm(q *web.Request) (*web.Form, int, error) {
	f, err := q.Form()
	if err != nil {
		return nil, 0, err
	}
	year, err := strconv.Atoi(q.Path("year"))
	if err != nil {
		return nil, 0, fault.Missing("web.no_page")
	}
	return f, year, nil
}

// around returns the stages before and after one, empty at the ends.
func around(s appraisal.PeriodState) (before, after appraisal.PeriodState) {
	all := appraisal.PeriodStates()
	for i := range all {
		if all[i] != s {
			continue
		}
		if i > 0 && s != appraisal.Closed {
			before = all[i-1]
		}
		if i+1 < len(all) {
			after = all[i+1]
		}
	}
	return before, after
}
