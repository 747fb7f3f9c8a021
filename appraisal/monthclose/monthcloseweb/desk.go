package monthcloseweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// loadPage is where files are loaded.
type loadPage struct {
	base
	Draft  ui.Draft
	Report *monthclose.Report
	Trial  bool
	Files  []monthclose.Loaded
}

func (h *pages) loadForm(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	return h.showLoad(q, http.StatusOK, loadPage{base: h.base(q, m)})
}

func (h *pages) showLoad(q *web.Request, status int, p loadPage) error {
	var err error
	if p.Files, err = h.svc.Files(q.Context(), q.Actor, p.Month); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("monthcloseweb.load"), Nav: "tutup-bulan", Body: loadBody(p)})
}

func (h *pages) load(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	if err := q.Can(account.ActMonthClose, account.Thing{}); err != nil {
		return err
	}
	name, body, err := q.Upload("file")
	if err != nil {
		return err
	}
	p := loadPage{base: h.base(q, m), Trial: q.R.FormValue("trial") != ""}
	kind := monthclose.Kind(q.R.FormValue("kind"))
	if len(body) == 0 {
		err = fault.WrongField("file", "intake.not_a_file")
	} else {
		var rep monthclose.Report
		if rep, err = h.svc.Load(q.Context(), q.Actor, m, kind, name, body, p.Trial); err == nil {
			p.Report = &rep
		}
	}
	if refused(err) {
		p.Draft = ui.Draft{Values: q.R.Form, Problems: web.Problems(q.P, err)}
		if text, has := p.Draft.Problems[""]; has {
			p.Draft.Problems["file"] = text
		}
		return h.showLoad(q, web.Status(err), p)
	}
	if err != nil {
		return err
	}
	return h.showLoad(q, http.StatusOK, p)
}

func (p loadPage) file() ui.Field {
	f := p.Draft.Field("file", p.P.T("monthcloseweb.field.file"))
	f.Value, f.Accept, f.Required, f.Hint = "", ".csv,.xlsx,.txt", true, p.P.T("monthcloseweb.field.file_hint")
	return f
}

func (p loadPage) kind() ui.Field {
	f := p.Draft.Field("kind", p.P.T("monthcloseweb.field.kind"))
	f.Required = true
	for _, k := range monthclose.Kinds() {
		f.Options = append(f.Options, ui.Option{Value: string(k), Text: p.P.T("monthcloseweb.kind." + string(k)), Hint: p.P.T("monthcloseweb.kind_hint." + string(k))})
	}
	if f.Value == "" {
		f.Value = string(monthclose.Results)
	}
	return f
}

// mostShown is how many rejected rows the page lists.
const mostShown = 50

// unmatchedPage lists the rows nobody was found for.
type unmatchedPage struct {
	base
	Rows    []monthclose.Loose
	Problem map[string]string // by row
	Typed   string
}

func (h *pages) unmatched(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	return h.showUnmatched(q, http.StatusOK, unmatchedPage{base: h.base(q, m)})
}

func (h *pages) showUnmatched(q *web.Request, status int, p unmatchedPage) error {
	var err error
	if p.Rows, err = h.svc.Unmatched(q.Context(), q.Actor, p.Month); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("monthcloseweb.unmatched"), Nav: "tutup-bulan", Body: unmatchedBody(p)})
}

// mend takes the proposal, the person somebody typed the NIP of, or puts a row
// aside.
func (h *pages) mend(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	f, err := q.Form()
	if err != nil {
		return err
	}
	id, back := q.Path("id"), "/tutup-bulan/"+string(m)+"/tidak-cocok"
	if f.Text("act") == "lepas" {
		if err := h.svc.Drop(q.Context(), q.Actor, m, id); err != nil {
			return err
		}
		return q.Redirect(back, "monthcloseweb.dropped")
	}
	person := ""
	if f.Text("act") == "pilih" {
		if person, err = h.byNIP(q, m, f.Text("nip")); err != nil {
			return err
		}
		if person == "" {
			err = fault.WrongField("person", "monthcloseweb.no_such_nip")
		}
	}
	if err == nil {
		err = h.svc.Mend(q.Context(), q.Actor, m, id, person)
	}
	if fault.Is(err, fault.Invalid) {
		p := unmatchedPage{base: h.base(q, m), Problem: map[string]string{id: web.Problems(q.P, err)["person"]}, Typed: f.Text("nip")}
		return h.showUnmatched(q, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return q.Redirect(back, "monthcloseweb.mended")
}

// byNIP returns the person of the month's list with a number; empty when there
// is none.
func (h *pages) byNIP(q *web.Request, m monthclose.Month, typed string) (string, error) {
	nip := strings.Join(strings.Fields(typed), "")
	if nip == "" {
		return "", nil
	}
	l, err := h.svc.People(q.Context(), q.Actor, m, monthclose.Query{Text: nip, Size: 2})
	if err != nil {
		return "", err
	}
	for _, r := range l.Rows {
		if r.NIP == nip {
			return r.PersonID, nil
		}
	}
	return "", nil
}

// objectionsPage lists the objections of a month.
type objectionsPage struct {
	base
	All     []monthclose.Objection
	May     bool
	Problem map[string]string // by objection
	Typed   string
}

func (h *pages) objections(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	return h.showObjections(q, http.StatusOK, objectionsPage{base: h.base(q, m)})
}

func (h *pages) showObjections(q *web.Request, status int, p objectionsPage) error {
	var err error
	if p.All, err = h.svc.Objections(q.Context(), q.Actor, p.Month); err != nil {
		return err
	}
	p.May = q.Can(account.ActMonthClose, account.Thing{}) == nil
	return q.RenderStatus(status, web.Page{Title: q.P.T("monthcloseweb.objections"), Nav: "tutup-bulan", Body: objectionsBody(p)})
}

func (h *pages) decide(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	f, err := q.Form()
	if err != nil {
		return err
	}
	id := q.Path("id")
	version, _ := strconv.ParseInt(f.Text("version"), 10, 64)
	act := f.OneOf("act", "cabut", "tetap")
	if err = f.Err(); err == nil {
		err = h.svc.Decide(q.Context(), q.Actor, id, version, act == "cabut", f.Text("words"))
	}
	if refused(err) {
		text := web.Sentence(q.P, err)
		if field, has := web.Problems(q.P, err)["words"]; has {
			text = field
		}
		p := objectionsPage{base: h.base(q, m), Problem: map[string]string{id: text}, Typed: f.Text("words")}
		return h.showObjections(q, web.Status(err), p)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/tutup-bulan/"+string(m)+"/keberatan", "monthcloseweb.decided")
}

func objectionTone(s monthclose.ObjectionState) ui.Tone {
	switch s {
	case monthclose.Undone:
		return ui.Good
	case monthclose.Stands:
		return ui.Fixed
	}
	return ui.Waiting
}
