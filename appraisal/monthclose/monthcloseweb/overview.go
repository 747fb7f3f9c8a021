package monthcloseweb

import (
	"net/http"
	"strconv"

	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// overviewPage is the page HR lives on: the offices of a month.
type overviewPage struct {
	base
	monthclose.Overview
	Months   []monthclose.Head
	Office   string           // unfolded
	Kids     []monthclose.Row // of it: who is late or whose sum was touched
	More     int              // of it that are not shown
	All      bool             // offices that are complete are shown too
	Problem  string
	Reason   string
	Closings []monthclose.Closing
}

// mostKids is how many people of an unfolded office the page shows.
const mostKids = 25

// latest leads to the month asked for, else to the present one.
func (h *pages) latest(q *web.Request) error {
	m, err := monthclose.ParseMonth(q.Query("bulan"))
	if err != nil {
		m = monthclose.MonthOf(h.svc.Today())
	}
	return q.Redirect("/tutup-bulan/"+string(m), "")
}

func (h *pages) overview(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	return h.showOverview(q, http.StatusOK, m, nil)
}

func (h *pages) showOverview(q *web.Request, status int, m monthclose.Month, problem error) error {
	p := overviewPage{base: h.base(q, m), Office: q.Query("kantor"), All: q.Query("semua") != ""}
	if problem != nil {
		p.Reason = q.R.PostFormValue("reason")
		p.Problem = web.Sentence(q.P, problem)
		if text, has := web.Problems(q.P, problem)["reason"]; has {
			p.Problem = text
		}
	}
	var err error
	if p.Months, err = h.svc.Months(q.Context(), q.Actor); err != nil {
		return err
	}
	p.Overview, err = h.svc.Overview(q.Context(), q.Actor, m)
	if fault.Is(err, fault.NotFound) {
		whole := q.Can(account.ActMonthClose, account.Thing{}) == nil
		return q.Render(web.Page{Title: p.title(), Nav: "tutup-bulan", Body: unopenedBody(p, whole)})
	}
	if err != nil {
		return err
	}
	if p.Office != "" {
		if err := h.unfold(q, &p); err != nil {
			return err
		}
	}
	if p.Head.Closings > 0 {
		if p.Closings, err = h.svc.Closings(q.Context(), q.Actor, m); err != nil {
			return err
		}
	}
	return q.RenderStatus(status, web.Page{Title: p.title(), Nav: "tutup-bulan", Body: overviewBody(p)})
}

// unfold reads the people of one office who are late, then those whose sum was
// touched by a decision.
func (h *pages) unfold(q *web.Request, p *overviewPage) error {
	l, err := h.svc.People(q.Context(), q.Actor, p.base.Month, monthclose.Query{Office: p.Office, Size: -1})
	if err != nil {
		return err
	}
	for _, late := range []bool{true, false} {
		for _, r := range l.Rows {
			isLate := r.State == monthclose.Late
			if isLate == late && (isLate || r.Withdrawn > 0 || r.Objections > 0) {
				p.Kids = append(p.Kids, r)
			}
		}
	}
	if len(p.Kids) > mostKids {
		p.More = len(p.Kids) - mostKids
		p.Kids = p.Kids[:mostKids]
	}
	return nil
}

func (p overviewPage) title() string { return p.P.T("monthcloseweb.title", p.monthName()) }

func (p overviewPage) lead() string {
	d := p.Dates
	return p.P.T("monthcloseweb.lead", p.windowName(d.Performance.Code()), p.P.DayMonth(string(d.AttendanceFrom)), p.P.DayMonth(string(d.AttendanceTo)),
		p.P.DayMonth(string(d.CloseOn)), d.CloseTime)
}

// shown are the offices the table has: those with somebody late, and the one
// that is unfolded.
func (p overviewPage) shown() []monthclose.Office {
	if p.All || p.Late == 0 {
		return p.Offices
	}
	var some []monthclose.Office
	for _, o := range p.Offices {
		if o.Late > 0 || o.ID == p.Office {
			some = append(some, o)
		}
	}
	return some
}

// most is the highest number of late people of one office: the bars' scale.
func (p overviewPage) most() int {
	most := 1
	for _, o := range p.Offices {
		most = max(most, o.Late)
	}
	return most
}

// bar is a piece of an office's bar, in tenths of its 200 parts.
type bar struct{ Class, X, Width string }

func (p overviewPage) bars(o monthclose.Office) []bar {
	var all []bar
	x := 0
	tenths := func(n int) string { return strconv.Itoa(n/10) + "." + strconv.Itoa(n%10) }
	for i, d := range monthclose.Desks() {
		if n := o.Desks[d] * 2000 / p.most(); n > 0 {
			all = append(all, bar{"p" + strconv.Itoa(i+1), tenths(x), tenths(n)})
			x += n
		}
	}
	return all
}

// sums are the totals of the offices shown.
func (p overviewPage) sums() monthclose.Tally {
	t := monthclose.Tally{Desks: map[monthclose.Desk]int{}}
	for _, o := range p.shown() {
		t.People += o.People
		t.Late += o.Late
		for d, n := range o.Desks {
			t.Desks[d] += n
		}
	}
	return t
}

func (p overviewPage) chips() []ui.Choice {
	chip := func(key string, n int, to string) ui.Choice {
		return ui.Choice{Text: p.P.T(key), Count: p.P.Num(n), To: p.to(to)}
	}
	all := []ui.Choice{
		{Text: p.P.T("monthcloseweb.by_office"), To: p.to(""), Current: true},
		chip("monthclose.state.belum", p.Late, "/pegawai?keadaan=belum"),
	}
	if p.May {
		all = append(all, chip("monthcloseweb.unmatched", p.Unmatched, "/tidak-cocok"))
	}
	return append(all, chip("monthcloseweb.objections", p.Overview.Objections, "/keberatan"), chip("monthclose.state.siap", p.Ready, "/pegawai?keadaan=siap"))
}

// monthOptions are the months one can go to: those that were opened, and the
// present one.
func (p overviewPage) monthOptions() []ui.Option {
	var all []ui.Option
	present := monthclose.MonthOf(p.Today)
	known := map[monthclose.Month]bool{}
	for _, h := range p.Months {
		known[h.Month] = true
	}
	for _, m := range []monthclose.Month{present, p.base.Month} {
		if !known[m] {
			known[m] = true
			all = append(all, ui.Option{Value: string(m), Text: p.P.Month(string(m))})
		}
	}
	for _, h := range p.Months {
		all = append(all, ui.Option{Value: string(h.Month), Text: p.P.Month(string(h.Month))})
	}
	return all
}

// chooser is the address the choice of a month goes to.
func (p overviewPage) chooser() ui.Address {
	return ui.Address{Path: "/tutup-bulan", Query: map[string][]string{"bulan": {string(p.base.Month)}}}
}

func (h *pages) refresh(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	if _, err := h.svc.Open(q.Context(), q.Actor, m); err != nil {
		if refused(err) {
			return h.showOverview(q, web.Status(err), m, err)
		}
		return err
	}
	return q.Redirect("/tutup-bulan/"+string(m), "monthcloseweb.refreshed")
}

func (h *pages) move(q *web.Request) error {
	m, f, err := monthForm(q)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(f.Text("version"), 10, 64)
	to := monthclose.MonthState(f.Text("to"))
	if err := h.svc.Move(q.Context(), q.Actor, m, version, to, f.Text("reason")); err != nil {
		if refused(err) {
			return h.showOverview(q, web.Status(err), m, err)
		}
		return err
	}
	return q.Redirect("/tutup-bulan/"+string(m), "monthcloseweb.moved."+string(to))
}

func (h *pages) remind(q *web.Request) error {
	m, f, err := monthForm(q)
	if err != nil {
		return err
	}
	done, err := h.svc.Remind(q.Context(), q.Actor, m, monthclose.Desk(f.Text("desk")), f.Text("office"))
	if err != nil {
		return err
	}
	return q.Redirect("/tutup-bulan/"+string(m), "monthcloseweb.reminded", done.Desks, done.Rows)
}

func (h *pages) listPDF(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	body, err := h.svc.ListPDF(q.Context(), q.Actor, m, q.Query("kantor"))
	if err != nil {
		return err
	}
	return q.Download("daftar-tpp-"+string(m)+".pdf", "application/pdf", body)
}

// historyPage tells how often a month was closed, whether the latest list still
// reckons, and what was loaded.
type historyPage struct {
	base
	Closings []monthclose.Closing
	Check    *monthclose.Recheck
	Broken   string
	Files    []monthclose.Loaded
}

func (h *pages) history(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	p := historyPage{base: h.base(q, m)}
	if p.Files, err = h.svc.Files(q.Context(), q.Actor, m); err != nil {
		return err
	}
	if p.Closings, err = h.svc.Closings(q.Context(), q.Actor, m); err != nil {
		return err
	}
	if len(p.Closings) > 0 {
		check, err := h.svc.Recompute(q.Context(), q.Actor, m)
		if err != nil {
			p.Broken = web.Sentence(q.P, err)
		} else {
			p.Check = &check
		}
	}
	return q.Render(web.Page{Title: q.P.T("monthcloseweb.history"), Nav: "tutup-bulan", Body: historyBody(p)})
}

// loadAt is where files are loaded, empty for who may not.
func (p overviewPage) loadAt() string {
	if !p.May || p.State == monthclose.Closed {
		return ""
	}
	return p.to("/muat")
}
