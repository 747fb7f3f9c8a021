package worklogweb

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/worklog"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// shiftsPage keeps a unit's shifts and roster.
type shiftsPage struct {
	P      *i18n.Printer
	At     ui.Address
	Unit   string
	Units  []ui.Option
	Shifts []worklog.Shift
	Month  string
	Draft  ui.Draft
	Report *intake.Report
}

// units are the units whose months the reader closes, by name.
func (h *pages) units(q *web.Request) ([]ui.Option, error) {
	year, err := h.Appraisal.Period(q.Context(), q.Actor, 0)
	if err != nil {
		return nil, err
	}
	all, err := h.Log.Units(q.Context(), q.Actor, year.Year)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, u := range all {
		out = append(out, ui.Option{Value: u.ID, Text: u.Name})
	}
	return out, nil
}

func (h *pages) shifts(q *web.Request) error {
	return h.showShifts(q, http.StatusOK, shiftsPage{})
}

func (h *pages) showShifts(q *web.Request, status int, p shiftsPage) error {
	var err error
	if p.Units, err = h.units(q); err != nil {
		return err
	}
	p.P, p.At, p.Unit, p.Month = q.P, ui.At(q.R.URL), q.R.FormValue("unit"), q.Today()[:7]
	if !slices.ContainsFunc(p.Units, func(o ui.Option) bool { return o.Value == p.Unit }) && len(p.Units) > 0 {
		p.Unit = p.Units[0].Value
	}
	p.At.Query.Set("unit", p.Unit)
	if p.Shifts, err = h.Log.Shifts(q.Context(), p.Unit); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("worklogweb.shifts"), Nav: "dinas", Body: shiftsBody(p)})
}

func (h *pages) saveShifts(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	var all []worklog.Shift
	for i := range mostShifts {
		n := "." + strconv.Itoa(i)
		all = append(all, worklog.Shift{Code: f.Text("code" + n), Name: f.Text("name" + n), Starts: f.Text("starts" + n), Ends: f.Text("ends" + n), Text: f.Text("text" + n)})
	}
	err = h.Log.SaveShifts(q.Context(), q.Actor, f.Text("unit"), all)
	if fault.Is(err, fault.Invalid) {
		return h.showShifts(q, http.StatusUnprocessableEntity, shiftsPage{Draft: ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}})
	}
	if err != nil {
		return err
	}
	return q.Redirect("/dinas?unit="+f.Text("unit"), "worklogweb.shifts_saved")
}

// mostShifts is how many shifts the form of a unit has.
const mostShifts = 8

func (h *pages) loadRoster(q *web.Request) error {
	_, body, err := q.Upload("file")
	if err != nil {
		return err
	}
	var p shiftsPage
	month, err := appraisal.ParseWindow(q.R.FormValue("month"))
	if err == nil && len(body) == 0 {
		err = fault.WrongField("file", "intake.not_a_file")
	}
	if err == nil {
		var rep intake.Report
		rep, err = h.Log.ImportRoster(q.Context(), q.Actor, q.R.FormValue("unit"), month, body)
		p.Report = &rep
	}
	if fault.Is(err, fault.Invalid) {
		p.Report = nil
		p.Draft = ui.Draft{Values: q.R.Form, Problems: web.Problems(q.P, err)}
		return h.showShifts(q, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return h.showShifts(q, http.StatusOK, p)
}
