package orgweb

import (
	"net/http"
	"strconv"

	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// correctionsPage lists what waits for HR.
type correctionsPage struct {
	base
	Open  []org.Correction
	Names map[string]string
}

func (h *pages) corrections(q *web.Request) error {
	b, err := h.base(q)
	if err != nil {
		return err
	}
	p := correctionsPage{base: b}
	if p.Open, err = h.svc.OpenCorrections(q.Context(), q.Actor); err != nil {
		return err
	}
	ids := make([]string, len(p.Open))
	for i, c := range p.Open {
		ids[i] = c.Person
	}
	if p.Names, err = h.svc.Names(q.Context(), q.Actor, ids...); err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("orgweb.corrections"), Nav: "pegawai", Body: correctionsBody(p)})
}

// correctionPage is one proposal to be decided about.
type correctionPage struct {
	form
	Correction org.Correction
	Name       string
}

func (h *pages) correction(q *web.Request) error {
	return h.showCorrection(q, http.StatusOK, draft(q, nil))
}

func (h *pages) showCorrection(q *web.Request, status int, d ui.Draft) error {
	c, err := h.svc.Correction(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	names, err := h.svc.Names(q.Context(), q.Actor, c.Person)
	if err != nil {
		return err
	}
	d.Values.Set("version", strconv.FormatInt(c.Version, 10))
	p := correctionPage{Correction: c, Name: names[c.Person], form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), On: h.svc.Today(), Today: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.correction_of", names[c.Person]), Action: "/koreksi/" + c.ID, Back: "/koreksi",
	}}
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "pegawai", Body: correctionBody(p)})
}

func (h *pages) decide(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	answer := f.Required("answer", org.MaxNote)
	if err = f.Err(); err == nil {
		err = h.svc.Decide(q.Context(), q.Actor, q.Path("id"), atoi(f.Text("version")), f.Text("decision") == "accept", answer)
	}
	if refused(err) {
		return h.showCorrection(q, web.Status(err), failed(q, draft(q, nil), err, ""))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/koreksi", "orgweb.decided")
}
