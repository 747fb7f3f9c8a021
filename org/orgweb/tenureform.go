package orgweb

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// appointPage is the form that gives a position to somebody.
type appointPage struct {
	form
	Position org.Position
	Person   pick
	Own      string // the post the chosen person leaves
}

func (h *pages) appointForm(q *web.Request) error {
	p, err := h.storedPosition(q)
	if err != nil {
		return err
	}
	kind := org.Definitive
	if p.Kind == org.Additional {
		kind = org.AdditionalDuty
	}
	d := draft(q, values("from", string(h.svc.Today()), "tenure_kind", string(kind)))
	return h.showAppoint(q, http.StatusOK, p, d)
}

func (h *pages) showAppoint(q *web.Request, status int, x org.Position, d ui.Draft) error {
	m, err := h.svc.Map(q.Context(), q.Actor, editDay(d, h.svc.Today()))
	if err != nil {
		return err
	}
	p := appointPage{Position: x, form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), On: h.svc.Today(), Today: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.appoint_to", x.Title), Lead: m.Tree().Name(m.UnitOf(x.ID)), Action: "/jabatan/" + x.ID + "/tunjuk", Back: "/jabatan/" + x.ID,
	}}
	if p.Person, err = h.personPick(q, p.form, "person"); err != nil {
		return err
	}
	if post, ok := m.Post(d.Values.Get("person")); ok {
		own, _ := m.Was(post.Position)
		p.Own = own.Title
	}
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "unit", Body: appointBody(p)})
}

func (h *pages) appoint(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	x, err := h.storedPosition(q)
	if err != nil {
		return err
	}
	a := org.Appointment{
		Person: f.Text("person"), Position: x.ID, Kind: org.TenureKind(f.Text("tenure_kind")), From: org.Day(f.Date("from", true)),
		To: org.Day(f.Date("to", false)), Decree: f.Required("decree", org.MaxDecree), Note: f.Optional("note", org.MaxNote),
	}
	f.Faults.Check(a.Person != "", "person", "orgweb.choose_person")
	if err = f.Err(); err == nil {
		_, err = h.svc.Appoint(q.Context(), q.Actor, a)
	}
	if refused(err) {
		d := failed(q, draft(q, nil), err, "")
		if text, wrong := d.Problems["kind"]; wrong {
			d.Problems["tenure_kind"] = text
			delete(d.Problems, "kind")
		}
		return h.showAppoint(q, web.Status(err), x, d)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/jabatan/"+x.ID+dayQuery(a.From, h.svc.Today()), "orgweb.appointed", x.Title)
}

// tenurePage is the form that ends or extends a tenure.
type tenurePage struct {
	form
	Tenure org.Tenure
	Extend bool
}

// storedTenure returns the tenure a form is about with its names.
func (h *pages) storedTenure(q *web.Request) (t org.Tenure, person, title string, err error) {
	store := h.svc.Store()
	if t, err = store.Tenure(q.Context(), store.DB(), q.Path("id")); err != nil {
		return t, "", "", err
	}
	names, err := h.svc.Names(q.Context(), q.Actor, t.Person)
	if err != nil {
		return t, "", "", err
	}
	periods, err := store.PositionPeriods(q.Context(), store.DB(), t.Position)
	if len(periods) > 0 {
		title = periods[len(periods)-1].Title
	}
	return t, names[t.Person], title, err
}

func (h *pages) endForm(q *web.Request) error    { return h.tenureForm(q, false) }
func (h *pages) extendForm(q *web.Request) error { return h.tenureForm(q, true) }

func (h *pages) tenureForm(q *web.Request, extend bool) error {
	t, _, _, err := h.storedTenure(q)
	if err != nil {
		return err
	}
	d := draft(q, values("version", strconv.FormatInt(t.Version, 10), "on", string(h.svc.Today())))
	return h.showTenure(q, http.StatusOK, extend, d)
}

func (h *pages) showTenure(q *web.Request, status int, extend bool, d ui.Draft) error {
	t, person, title, err := h.storedTenure(q)
	if err != nil {
		return err
	}
	p := tenurePage{Tenure: t, Extend: extend, form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), On: h.svc.Today(), Today: h.svc.Today()}, Draft: d, Back: "/jabatan/" + t.Position,
		Title: q.P.T("orgweb.end_title", person), Action: "/penugasan/" + t.ID + "/akhiri",
	}}
	if extend {
		p.Title, p.Action = q.P.T("orgweb.extend_title", person), "/penugasan/"+t.ID+"/perpanjang"
	}
	p.Lead = joined(" · ", p.tenureKind(t.Kind), title, q.P.T("orgweb.period", p.day(t.From), p.until(t.To)))
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "unit", Body: tenureBody(p)})
}

func (h *pages) end(q *web.Request) error {
	return h.changeTenure(q, false, func(f *web.Form, t org.Tenure) error {
		on, decree, note := org.Day(f.Date("on", true)), f.Optional("decree", org.MaxDecree), f.Optional("note", org.MaxNote)
		if err := f.Err(); err != nil {
			return err
		}
		return h.svc.EndTenure(q.Context(), q.Actor, t.ID, atoi(f.Text("version")), on, decree, note)
	})
}

func (h *pages) extend(q *web.Request) error {
	return h.changeTenure(q, true, func(f *web.Form, t org.Tenure) error {
		on, decree := org.Day(f.Date("on", true)), f.Required("decree", org.MaxDecree)
		if err := f.Err(); err != nil {
			return err
		}
		return h.svc.ExtendTenure(q.Context(), q.Actor, t.ID, atoi(f.Text("version")), on, decree)
	})
}

func (h *pages) changeTenure(q *web.Request, extend bool, do func(*web.Form, org.Tenure) error) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	t, person, _, err := h.storedTenure(q)
	if err != nil {
		return err
	}
	err = do(f, t)
	if refused(err) {
		return h.showTenure(q, web.Status(err), extend, failed(q, draft(q, nil), err, strconv.FormatInt(t.Version, 10)))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/jabatan/"+t.Position, "orgweb.tenure_saved", person)
}

// kindsFor lists how a position can be held.
func kindsFor(p org.Position) []org.TenureKind {
	return slices.DeleteFunc(org.TenureKinds(), func(k org.TenureKind) bool {
		return k == org.AdditionalDuty && p.Kind != org.Additional || k == org.Definitive && p.Kind == org.Additional
	})
}
