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
	m, f, err := monthForm(q)
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
	m, f, err := monthForm(q)
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
