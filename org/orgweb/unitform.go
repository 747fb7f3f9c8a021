package orgweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// unitFormPage is the form of a unit, new or changed.
type unitFormPage struct {
	form
	Parent pick
	New    bool
}

// editDay returns the day a form's change begins: what was typed, else today.
func editDay(d ui.Draft, today org.Day) org.Day {
	if s, ok := web.ParseDate(d.Values.Get("from")); ok {
		return org.Day(s)
	}
	return today
}

func unitValues(u org.Unit, today org.Day) url.Values {
	return values("version", strconv.FormatInt(u.Version, 10), "name", u.Name, "short", u.Short, "kind", string(u.Kind), "code", u.Code,
		"parent", u.Parent, "from", string(today))
}

// storedUnit returns the unit a form is about, the zero unit for a new one.
func (h *pages) storedUnit(q *web.Request) (org.Unit, error) {
	id := q.Path("id")
	if id == "" {
		return org.Unit{}, nil
	}
	return h.svc.Store().Unit(q.Context(), h.svc.Store().DB(), id, h.svc.Today())
}

func (h *pages) unitForm(q *web.Request) error {
	u, err := h.storedUnit(q)
	if err != nil {
		return err
	}
	return h.showUnitForm(q, http.StatusOK, u, draft(q, unitValues(u, h.svc.Today())))
}

func (h *pages) showUnitForm(q *web.Request, status int, u org.Unit, d ui.Draft) error {
	m, err := h.svc.Map(q.Context(), q.Actor, editDay(d, h.svc.Today()))
	if err != nil {
		return err
	}
	p := unitFormPage{New: u.ID == "", form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), On: h.svc.Today(), Today: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.new_unit"), Lead: q.P.T("orgweb.unit_form_lead"), Action: "/unit/baru", Back: "/unit",
	}}
	if !p.New {
		p.Title, p.Action, p.Back = q.P.T("orgweb.change_thing", u.Name), "/unit/"+u.ID+"/ubah", "/unit/"+u.ID
		p.Now = []ui.Fact{
			{Name: word(q.P, "field", "name"), Value: u.Name},
			{Name: word(q.P, "field", "kind"), Value: p.unitKind(u.Kind)},
			{Name: word(q.P, "field", "parent"), Value: orElse(m.Tree().Name(u.Parent), "–")},
		}
	}
	p.Parent = p.unitPick("parent", false, m.Tree())
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "unit", Body: unitFormBody(p)})
}

func (h *pages) saveUnit(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	u, err := h.storedUnit(q)
	if err != nil {
		return err
	}
	e := org.UnitEdit{
		ID: u.ID, Version: atoi(f.Text("version")), From: org.Day(f.Date("from", true)), Name: f.Required("name", org.MaxName),
		Short: f.Optional("short", org.MaxShort), Kind: org.UnitKind(f.Text("kind")), Code: f.Optional("code", org.MaxShort),
		Parent: f.Text("parent"), Decree: f.Optional("decree", org.MaxDecree),
	}
	id := u.ID
	if err = f.Err(); err == nil {
		id, err = h.svc.SaveUnit(q.Context(), q.Actor, e)
	}
	if refused(err) {
		d := failed(q, draft(q, nil), err, strconv.FormatInt(u.Version, 10))
		return h.showUnitForm(q, web.Status(err), u, d)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/unit/"+id+dayQuery(e.From, h.svc.Today()), "orgweb.saved")
}

// dayQuery keeps a page on the day a change begins, when that lies ahead.
func dayQuery(from, today org.Day) string {
	if from <= today {
		return ""
	}
	return "?" + dayParam + "=" + string(from)
}

// closePage asks before a unit or position ends.
type closePage struct {
	form
	Name string
	Act  string
}

func (h *pages) closeUnitForm(q *web.Request) error {
	u, err := h.storedUnit(q)
	if err != nil {
		return err
	}
	return h.showClose(q, http.StatusOK, u.Name, "/unit/"+u.ID, draft(q, unitValues(u, h.svc.Today())))
}

func (h *pages) showClose(q *web.Request, status int, name, path string, d ui.Draft) error {
	p := closePage{Name: name, form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), Today: h.svc.Today(), On: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.close_thing", name), Lead: q.P.T("orgweb.close_lead"), Action: path + "/tutup", Back: path,
	}}
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "unit", Body: closeBody(p)})
}

func (h *pages) closeUnit(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	u, err := h.storedUnit(q)
	if err != nil {
		return err
	}
	from, decree := org.Day(f.Date("from", true)), f.Optional("decree", org.MaxDecree)
	if err = f.Err(); err == nil {
		err = h.svc.CloseUnit(q.Context(), q.Actor, u.ID, atoi(f.Text("version")), from, decree)
	}
	if refused(err) {
		return h.showClose(q, web.Status(err), u.Name, "/unit/"+u.ID, failed(q, draft(q, nil), err, strconv.FormatInt(u.Version, 10)))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/unit/"+u.ID, "orgweb.closed", u.Name)
}

// mergePage joins a unit with others: a form first, then what it would change.
type mergePage struct {
	form
	Unit   org.Unit
	Into   pick
	Effect *org.MergerEffect
	Names  map[string]string
}

func (h *pages) mergeForm(q *web.Request) error {
	u, err := h.storedUnit(q)
	if err != nil {
		return err
	}
	return h.showMerge(q, http.StatusOK, u, draft(q, values("from", string(h.svc.Today()), "kind", string(u.Kind), "parent", u.Parent)), nil)
}

// merger reads the merger a form asks for.
func merger(f *web.Form, u org.Unit) org.Merger {
	return org.Merger{
		Units: []string{u.ID}, Into: f.Text("into"), On: org.Day(f.Date("from", true)), Decree: f.Required("decree", org.MaxDecree),
		New: org.UnitEdit{Name: f.Optional("name", org.MaxName), Short: f.Optional("short", org.MaxShort), Kind: u.Kind, Parent: u.Parent},
	}
}

func (h *pages) showMerge(q *web.Request, status int, u org.Unit, d ui.Draft, effect *org.MergerEffect) error {
	m, err := h.svc.Map(q.Context(), q.Actor, editDay(d, h.svc.Today()))
	if err != nil {
		return err
	}
	p := mergePage{Unit: u, Effect: effect, form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), Today: h.svc.Today(), On: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.merge_thing", u.Name), Lead: q.P.T("orgweb.merge_lead"), Action: "/unit/" + u.ID + "/gabung", Back: "/unit/" + u.ID,
	}}
	p.Into = p.unitPick("into", false, m.Tree())
	p.Into.Field.Label, p.Into.Field.Hint = q.P.T("orgweb.merge_into"), q.P.T("orgweb.merge_into_hint")
	if effect != nil {
		var ids []string
		for _, t := range effect.Ending {
			ids = append(ids, t.Person)
		}
		if p.Names, err = h.svc.Names(q.Context(), q.Actor, ids...); err != nil {
			return err
		}
	}
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "unit", Body: mergeBody(p)})
}

func (h *pages) merge(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	u, err := h.storedUnit(q)
	if err != nil {
		return err
	}
	g := merger(f, u)
	f.Faults.Check(g.Into != "" || strings.TrimSpace(g.New.Name) != "", "name", "orgweb.merge_target")
	var effect org.MergerEffect
	if err = f.Err(); err == nil {
		effect, err = h.svc.PlanMerger(q.Context(), q.Actor, g)
	}
	if err == nil && !f.Bool("sure") {
		return h.showMerge(q, http.StatusOK, u, draft(q, nil), &effect)
	}
	into := ""
	if err == nil {
		into, err = h.svc.Merge(q.Context(), q.Actor, g)
	}
	if refused(err) {
		return h.showMerge(q, web.Status(err), u, failed(q, draft(q, nil), err, ""), nil)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/unit/"+into+dayQuery(g.On, h.svc.Today()), "orgweb.merged", u.Name)
}

// splitPage makes two units of one.
type splitPage struct {
	form
	Unit  org.Unit
	Parts []movable
}

// movable is a unit or position that goes to one of the new units or stays.
type movable struct {
	ID, Name, About string
}

// splitInto is how many new units the form makes at most.
const splitInto = 3

func (h *pages) splitForm(q *web.Request) error {
	u, err := h.storedUnit(q)
	if err != nil {
		return err
	}
	d := draft(q, values("version", strconv.FormatInt(u.Version, 10), "from", string(h.svc.Today()), "kind", string(u.Kind)))
	return h.showSplit(q, http.StatusOK, u, d)
}

func (h *pages) showSplit(q *web.Request, status int, u org.Unit, d ui.Draft) error {
	m, err := h.svc.Map(q.Context(), q.Actor, editDay(d, h.svc.Today()))
	if err != nil {
		return err
	}
	p := splitPage{Unit: u, form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), Today: h.svc.Today(), On: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.split_thing", u.Name), Lead: q.P.T("orgweb.split_lead"), Action: "/unit/" + u.ID + "/pecah", Back: "/unit/" + u.ID,
	}}
	for _, c := range m.Tree().Children(u.ID) {
		p.Parts = append(p.Parts, movable{c.ID, c.Name, p.unitKind(c.Kind)})
	}
	for _, c := range m.In(u.ID) {
		p.Parts = append(p.Parts, movable{c.ID, c.Title, p.positionKind(c)})
	}
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "unit", Body: splitBody(p)})
}

func (h *pages) split(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	u, err := h.storedUnit(q)
	if err != nil {
		return err
	}
	s := org.Split{Unit: u.ID, Version: atoi(f.Text("version")), On: org.Day(f.Date("from", true)), Decree: f.Required("decree", org.MaxDecree), Moves: map[string]int{}}
	place := map[string]int{}
	for i := 1; i <= splitInto; i++ {
		n := strconv.Itoa(i)
		if name := f.Optional("name"+n, org.MaxName); name != "" {
			place[n] = len(s.Parts)
			s.Parts = append(s.Parts, org.UnitEdit{Name: name, Kind: org.UnitKind(f.Text("kind"))})
		}
	}
	f.Faults.Check(len(s.Parts) > 0, "name1", "form.required")
	for field := range q.R.PostForm {
		if id, ok := strings.CutPrefix(field, "to_"); ok {
			if part, named := place[f.Text(field)]; named {
				s.Moves[id] = part
			}
		}
	}
	if err = f.Err(); err == nil {
		_, err = h.svc.Split(q.Context(), q.Actor, s)
	}
	if refused(err) {
		return h.showSplit(q, web.Status(err), u, failed(q, draft(q, nil), err, strconv.FormatInt(u.Version, 10)))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/unit/"+u.ID, "orgweb.split_done", u.Name)
}
