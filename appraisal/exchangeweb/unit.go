package exchangeweb

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/penimport"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// unitPage is everything the page of one unit's people elsewhere shows.
type unitPage struct {
	P     *i18n.Printer
	At    ui.Address
	V     penimport.UnitView
	Q     appraisal.ListQuery
	Pages ui.Pages
	Wrong map[string]ui.Draft // what was typed beside a question and refused, by its id
}

// unitRows is how many people the page shows at once.
const unitRows = 50

func (h *pages) unit(q *web.Request) error {
	lq := appraisal.ListQuery{Unit: q.Path("unit"), Text: q.Query(ui.SearchParam), Evaluation: appraisal.EvaluationState(q.Query("hasil")), Size: unitRows, Elsewhere: true}
	if lq.Evaluation != appraisal.Running {
		lq.Evaluation = ""
	}
	lq.Page, _ = strconv.Atoi(q.Query(ui.PageParam))
	lq.Page = max(lq.Page, 1)
	var err error
	if lq.Window, err = h.unitWindow(q); err != nil {
		return err
	}
	if q.Query(ui.FormatParam) == sheet.XLSX {
		raw, err := h.Appraisal.ListXLSX(q.Context(), q.Actor, lq, q.P)
		if err != nil {
			return err
		}
		return q.Download("hasil-lain-"+lq.Window.Code()+".xlsx", sheet.MediaType(sheet.XLSX), raw)
	}
	return h.showUnit(q, http.StatusOK, lq, nil)
}

// unitWindow reads the window of the address; the year under way without one.
func (h *pages) unitWindow(q *web.Request) (appraisal.Window, error) {
	if code := q.Query("w"); code != "" {
		return appraisal.ParseWindow(code)
	}
	p, err := h.Appraisal.Period(q.Context(), q.Actor, 0)
	return p.Annual(), err
}

func (h *pages) showUnit(q *web.Request, status int, lq appraisal.ListQuery, wrong map[string]ui.Draft) error {
	v, err := h.Elsewhere.Unit(q.Context(), q.Actor, lq)
	if err != nil {
		return err
	}
	at := ui.At(&url.URL{Path: "/hasil-lain/unit/" + lq.Unit, RawQuery: q.R.URL.RawQuery})
	at.Query.Set("w", lq.Window.Code())
	p := unitPage{P: q.P, At: at, V: v, Q: lq, Pages: ui.PagesOf(at, lq.Page, lq.Size, v.Total), Wrong: wrong}
	nav := "team"
	if v.Decide {
		nav = "hasil-lain"
	}
	return q.RenderStatus(status, web.Page{Title: v.Unit, Nav: nav, Body: unitBody(p)})
}

// answerNIP takes the person whose number was typed; a number that cannot be
// meant is told beside its field.
func (h *pages) answerNIP(q *web.Request, f *web.Form) error {
	err := h.Elsewhere.AnswerNIP(q.Context(), q.Actor, f.Text("id"), f.Text("nip"), q.P)
	if err == nil {
		return q.Redirect(back(f), "exchange.accepted", 1)
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	w, bad := appraisal.ParseWindow(f.Text("w"))
	if bad != nil {
		return bad
	}
	draft := ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}
	if f.Text("unit") == "" {
		return h.showElsewhere(q, http.StatusUnprocessableEntity, w, draft)
	}
	lq := appraisal.ListQuery{Unit: f.Text("unit"), Window: w, Size: unitRows, Page: 1}
	return h.showUnit(q, http.StatusUnprocessableEntity, lq, map[string]ui.Draft{f.Text("id"): draft})
}

// back is the page a question was answered on.
func back(f *web.Form) string {
	if unit := f.Text("unit"); unit != "" {
		return "/hasil-lain/unit/" + url.PathEscape(unit) + "?w=" + url.QueryEscape(f.Text("w"))
	}
	return "/hasil-lain?w=" + url.QueryEscape(f.Text("w"))
}

// asked is one question with where it is shown.
type asked struct {
	P      *i18n.Printer
	Q      penimport.Question
	Window appraisal.Window
	Unit   string // of the unit's page; empty on the agency's
	Decide bool
	Wrong  ui.Draft
}

// coverWindow is the window in which a unit's people are looked at: those who
// are evaluated once a year by the year.
func coverWindow(c penimport.Cover, w appraisal.Window) appraisal.Window {
	if c.Yearly {
		return appraisal.AnnualOf(w.Year)
	}
	return w
}

// chips are the filters of the list: everybody, and who is missing.
func (p unitPage) chips() []ui.Choice {
	left := p.V.People - p.V.Done
	return []ui.Choice{
		{Text: p.P.T("exchange.everybody"), Count: p.P.Num(p.V.People), To: p.At.With("hasil", ""), Current: p.Q.Evaluation == ""},
		{Text: p.P.T("exchange.left"), Count: p.P.Num(left), To: p.At.With("hasil", string(appraisal.Running)), Current: p.Q.Evaluation == appraisal.Running},
	}
}

func (p unitPage) questionColumns() []ui.Column {
	all := []ui.Column{{Label: p.P.T("exchange.file_says")}, {Label: p.P.T("exchange.proposal")}}
	if p.V.Decide {
		all = append(all, ui.Column{Label: p.P.T("exchange.act"), Off: true})
	}
	return all
}
