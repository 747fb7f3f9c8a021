package appraisalweb

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// reviewPage is where a superior confirms many at once.
type reviewPage struct {
	P     *i18n.Printer
	V     appraisal.Reviews
	At    ui.Address
	Draft ui.Draft
}

func (h *pages) reviews(q *web.Request) error {
	w, err := reviewWindow(q.Query("w"))
	if err != nil {
		return err
	}
	v, err := h.svc.Reviews(q.Context(), q.Actor, w)
	if err != nil {
		return err
	}
	if q.Query(ui.FormatParam) != "" && v.Window.Kind != "" {
		return h.showList(q, appraisal.ListQuery{Window: v.Window, Evaluator: q.Actor.PersonID}, true)
	}
	p := reviewPage{P: q.P, V: v, At: ui.At(q.R.URL), Draft: ui.Draft{Values: url.Values{}}}
	for _, r := range v.Open {
		p.store(r)
	}
	return h.showReviews(q, 200, p)
}

// reviewWindow reads ?w=2026-03; empty is the zero window.
func reviewWindow(code string) (appraisal.Window, error) {
	if code == "" {
		return appraisal.Window{}, nil
	}
	return appraisal.ParseWindow(code)
}

func (h *pages) showReviews(q *web.Request, status int, p reviewPage) error {
	return q.RenderStatus(status, web.Page{Title: q.P.T("appraisalweb.reviews"), Nav: "team", Body: reviewBody(p)})
}

// store fills what the superior has saved for somebody; nothing is proposed.
func (p reviewPage) store(r appraisal.Review) {
	f, id := p.Draft.Values, r.Part.ID
	f.Set("results_"+id, string(r.Ratings.Results))
	f.Set("conduct_"+id, string(r.Ratings.Conduct))
	f.Set("results_reason_"+id, r.Ratings.ResultsReason)
	f.Set("conduct_reason_"+id, r.Ratings.ConductReason)
}

func (h *pages) confirm(q *web.Request) error {
	f, w, err := windowForm(q)
	if err != nil {
		return err
	}
	done, err := h.svc.Confirm(q.Context(), q.Actor, w, confirmations(f))
	if err == nil {
		return q.Redirect("/tim/konfirmasi?w="+w.Code(), "appraisalweb.confirmed", done.Sent, done.Decided)
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	v, viewErr := h.svc.Reviews(q.Context(), q.Actor, w)
	if viewErr != nil {
		return viewErr
	}
	p := reviewPage{P: q.P, V: v, At: ui.Address{Path: "/tim/konfirmasi", Query: url.Values{"w": {w.Code()}}}}
	p.Draft = ui.Draft{Values: q.R.PostForm, Problems: reviewProblems(web.Problems(q.P, err))}
	return h.showReviews(q, web.Status(err), p)
}

// confirmations reads the people for whom something was chosen.
func confirmations(f *web.Form) []appraisal.Confirmation {
	var all []appraisal.Confirmation
	for _, id := range f.All("part") {
		c := appraisal.Confirmation{PartID: id, Ratings: appraisal.Ratings{
			Results: appraisal.Rating(f.Text("results_" + id)), ResultsReason: f.Text("results_reason_" + id),
			Conduct: appraisal.Rating(f.Text("conduct_" + id)), ConductReason: f.Text("conduct_reason_" + id),
		}}
		if f.Text("both_"+id) != "" {
			c.Ratings.Results, c.Ratings.Conduct = meetsUnless(c.Ratings.Results), meetsUnless(c.Ratings.Conduct)
		}
		if c.Ratings.Results == "" && c.Ratings.Conduct == "" {
			continue
		}
		version, err := strconv.ParseInt(f.Text("version_"+id), 10, 64)
		if err != nil {
			version = -1
		}
		c.Version = version
		all = append(all, c)
	}
	return all
}

// meetsUnless is what the tick for both ratings stands for where none was
// chosen.
func meetsUnless(r appraisal.Rating) appraisal.Rating {
	if r == "" {
		return appraisal.Meets
	}
	return r
}

// takeBackMany undoes the results of a period that were set today.
func (h *pages) takeBackMany(q *web.Request) error {
	f, w, err := windowForm(q)
	if err != nil {
		return err
	}
	n, err := h.svc.TakeBack(q.Context(), q.Actor, w, f.All("part")...)
	if err == nil {
		return q.Redirect("/tim/konfirmasi?w="+w.Code(), "appraisalweb.taken_back_many", n)
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	v, viewErr := h.svc.Reviews(q.Context(), q.Actor, w)
	if viewErr != nil {
		return viewErr
	}
	p := reviewPage{P: q.P, V: v, At: ui.Address{Path: "/tim/konfirmasi", Query: url.Values{"w": {w.Code()}}}}
	p.Draft = ui.Draft{Values: url.Values{}, Problems: web.Problems(q.P, err)}
	for _, r := range v.Open {
		p.store(r)
	}
	return h.showReviews(q, web.Status(err), p)
}

// undoable lists those whose result was set today.
func (p reviewPage) undoable() (all []appraisal.Review) {
	for _, r := range p.V.Done {
		if r.Undo {
			all = append(all, r)
		}
	}
	return all
}

// flagged and plain are the people to look at first, and the others.
func (p reviewPage) flagged() []appraisal.Review { return p.open(true) }
func (p reviewPage) plain() []appraisal.Review   { return p.open(false) }

func (p reviewPage) open(flagged bool) (all []appraisal.Review) {
	for _, r := range p.V.Open {
		if (len(r.Exceptions) > 0) == flagged {
			all = append(all, r)
		}
	}
	return all
}

// reviewProblems turns "PART.results" of the service into the name of the
// page's field.
func reviewProblems(all map[string]string) map[string]string {
	out := map[string]string{}
	for name, text := range all {
		if part, field, ok := strings.Cut(name, "."); ok {
			name = field + "_" + part
		}
		out[name] = text
	}
	return out
}

// problems lists what is wrong, each with the name of whom it is about.
func (p reviewPage) problems() []ui.Problem {
	var out []ui.Problem
	for _, r := range p.V.Open {
		for _, field := range []string{"results", "results_reason", "conduct", "conduct_reason"} {
			name := field + "_" + r.Part.ID
			if text, wrong := p.Draft.Problems[name]; wrong {
				out = append(out, ui.Problem{ID: name, Text: r.Part.Who.Name + ": " + text})
			}
		}
	}
	if text, wrong := p.Draft.Problems[""]; wrong {
		out = append(out, ui.Problem{Text: text})
	}
	return out
}

func (p reviewPage) lead() string {
	if p.V.Window.Kind == "" {
		return p.P.T("appraisalweb.reviews_none")
	}
	return p.P.T("appraisalweb.reviews_lead", windowTitle(p.P, p.V.Window), len(p.V.Open), p.P.Date(string(p.V.Due)))
}

func (p reviewPage) windowOptions() []ui.Option {
	var out []ui.Option
	for _, w := range p.V.Windows {
		out = append(out, ui.Option{Value: w.Code(), Text: windowShort(p.P, w) + " " + strconv.Itoa(w.Year)})
	}
	return out
}

// address marks the window that is shown in the chooser, also when the address
// names none.
func (p reviewPage) address() ui.Address {
	q := url.Values{}
	if p.V.Window.Kind != "" {
		q.Set("w", p.V.Window.Code())
	}
	return ui.Address{Path: "/tim/konfirmasi", Query: q}
}

// field is one of a person's fields.
func (p reviewPage) field(name string, r appraisal.Review, label string) ui.Field {
	return p.Draft.Field(name+"_"+r.Part.ID, p.P.T(label))
}

// rising lists the ratings from below up, as the columns of the matrix stand.
func rising() []appraisal.Rating {
	return []appraisal.Rating{appraisal.Below, appraisal.Meets, appraisal.Above}
}

func onTrack(lines []appraisal.ReviewLine) int {
	n := 0
	for _, l := range lines {
		if !l.Behind {
			n++
		}
	}
	return n
}

func (p reviewPage) lineValue(l appraisal.ReviewLine) string {
	if l.Value == "" {
		return p.P.T("appraisalweb.not_recorded")
	}
	return p.P.Num(l.Value)
}

func evaluationOf(part appraisal.Part, w appraisal.Window) string {
	return "/evaluasi/" + part.ID + "?w=" + w.Code()
}

// leads reports whether the rating of results comes from the unit.
func leads(p appraisal.Part) bool {
	return p.Form == appraisal.LeaderForm && p.HeadOf != "" && p.HeadOf == p.OrgUnit
}

// windowForm reads the form that was sent and the window it is about.
func windowForm(q *web.Request) (*web.Form, appraisal.Window, error) {
	f, err := q.Form()
	if err != nil {
		return nil, appraisal.Window{}, err
	}
	w, err := appraisal.ParseWindow(f.Text("window"))
	return f, w, err
}
