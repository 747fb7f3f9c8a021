package worklogweb

import (
	"embed"
	"net/http"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/worklog"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Config is what the pages need.
type Config struct {
	Appraisal *appraisal.Service
	Log       *worklog.Service
}

type pages struct{ Config }

// Routes returns the addresses of the pages.
func Routes(c Config) []web.Route {
	h := &pages{c}
	own, view, office := account.ActAppraisalOwn, account.ActAppraisalView, account.ActMonthClose
	return []web.Route{
		{Pattern: "GET /harian", Action: own, Handle: h.mine},
		{Pattern: "GET /harian/{part}", Action: view, Handle: h.week},
		{Pattern: "POST /harian/{part}", Action: own, Handle: h.save},
		{Pattern: "POST /harian/{part}/hapus", Action: own, Handle: h.remove},
		{Pattern: "POST /harian/{part}/tautan", Action: own, Handle: h.accept},
		{Pattern: "POST /harian/{part}/jadwal", Action: own, Handle: h.fill},
		{Pattern: "GET /harian/{part}/tempel", Action: own, Handle: h.paste},
		{Pattern: "POST /harian/{part}/tempel", Action: own, Handle: h.preview, MaxBody: intake.MostBytes + 1<<16, Raw: true},
		{Pattern: "POST /harian/{part}/muat", Action: own, Handle: h.load, MaxBody: 8 << 20},
		{Pattern: "GET /harian/{part}/salin", Action: own, Handle: h.copy},
		{Pattern: "GET /harian/{part}/rekap.pdf", Action: view, Handle: h.recapPDF},
		{Pattern: "GET /harian/{part}/rekap.xlsx", Action: view, Handle: h.recapXLSX},
		{Pattern: "GET /bukti/{code}", Action: view, Handle: h.evidence},
		{Pattern: "GET /dinas", Action: office, Handle: h.shifts},
		{Pattern: "POST /dinas", Action: office, Handle: h.saveShifts},
		{Pattern: "POST /dinas/jadwal", Action: office, Handle: h.loadRoster, MaxBody: intake.MostBytes + 1<<16, Raw: true},
	}
}

// day returns the day of the address, today without one.
func day(q *web.Request) appraisal.Day {
	if d, ok := web.ParseDate(q.R.FormValue("h")); ok {
		return appraisal.Day(d)
	}
	return appraisal.Day(q.Today())
}

// mine leads to the record of one's deciding part.
func (h *pages) mine(q *web.Request) error {
	parts, err := h.Appraisal.MyParts(q.Context(), q.Actor, 0)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if len(parts) == 0 {
		return q.Render(web.Page{Title: q.P.T("worklogweb.title"), Nav: "harian", Body: noPart(q.P)})
	}
	return q.Redirect("/harian/"+parts[0].ID, "")
}

// weekPage is a week of somebody's record.
type weekPage struct {
	P      *i18n.Printer
	L      worklog.Log
	Day    appraisal.Day // the day in view
	Today  appraisal.Day
	Before appraisal.Day
	After  appraisal.Day
	Recap  worklog.Recap
	Shifts []worklog.Shift
	Edit   worklog.Entry
	Draft  ui.Draft
}

func (h *pages) week(q *web.Request) error {
	return h.showWeek(q, http.StatusOK, ui.Draft{}, q.Query("isian"))
}

func (h *pages) showWeek(q *web.Request, status int, draft ui.Draft, edit string) error {
	d := day(q)
	from, to := worklog.Week(d)
	l, err := h.Log.Log(q.Context(), q.Actor, q.Path("part"), from, to)
	if err != nil {
		return err
	}
	p := weekPage{P: q.P, L: l, Day: d, Today: appraisal.Day(q.Today()), Recap: worklog.Recount(l), Draft: draft, Edit: worklog.Entry{Day: min(d, appraisal.Day(q.Today()))}}
	p.Before, p.After = shifted(from, -7), shifted(from, 7)
	for _, e := range l.Entries {
		if e.ID == edit && edit != "" {
			p.Edit = e
		}
	}
	if p.Shifts, err = h.Log.Shifts(q.Context(), l.Part.Who.UnitID); err != nil {
		return err
	}
	nav := "harian"
	if !l.Mine {
		nav = "team"
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("worklogweb.title"), Nav: nav, Body: weekBody(p)})
}

func (h *pages) save(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(f.Text("version"), 10, 64)
	e := worklog.Entry{
		ID: f.Text("id"), Version: version, PartID: q.Path("part"), Day: appraisal.Day(f.Date("day", true)), Starts: f.Text("starts"), Ends: f.Text("ends"),
		Text: f.Text("text"), Output: f.Text("output"), URL: f.Text("url"), Link: worklog.ParseLink(f.Text("link")),
	}
	if err = f.Err(); err == nil {
		_, err = h.Log.Save(q.Context(), q.Actor, e)
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showWeek(q, web.Status(err), ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}, e.ID)
	}
	if err != nil {
		return err
	}
	return q.Redirect(here(q, e.Day), "worklogweb.saved")
}

// here is the address of the week of a day.
func here(q *web.Request, d appraisal.Day) string {
	return "/harian/" + q.Path("part") + "?h=" + string(d)
}

func (h *pages) remove(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(f.Text("version"), 10, 64)
	if err := h.Log.Remove(q.Context(), q.Actor, q.Path("part"), f.Text("id"), version); err != nil {
		return err
	}
	return q.Redirect(here(q, day(q)), "worklogweb.removed")
}

func (h *pages) accept(q *web.Request) error {
	from, to := worklog.Week(day(q))
	n, err := h.Log.Accept(q.Context(), q.Actor, q.Path("part"), from, to)
	if err != nil {
		return err
	}
	return q.Redirect(here(q, day(q)), "worklogweb.accepted", n)
}

// fill makes entries of the shifts chosen for the days of a week.
func (h *pages) fill(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	from, to := worklog.Week(day(q))
	codes := map[appraisal.Day]string{}
	for _, d := range worklog.Days(from, to, 7) {
		if code := f.Text("shift." + string(d)); code != "" && string(d) <= q.Today() {
			codes[d] = code
		}
	}
	rep, err := h.Log.Fill(q.Context(), q.Actor, q.Path("part"), codes)
	if err != nil {
		return err
	}
	return q.Redirect(here(q, day(q)), "worklogweb.loaded", rep.Created, rep.Unchanged, len(rep.Rejected))
}
