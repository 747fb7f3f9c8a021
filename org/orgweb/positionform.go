package orgweb

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// positionFormPage is the form of a position, new or changed.
type positionFormPage struct {
	form
	New       bool
	Unit      pick
	Superiors []ui.Option
	Titles    []string // offered for what was typed
}

// positionValues fills the form with a position, numbers as the page writes
// them: so they come back as they were.
func positionValues(t *i18n.Printer, p org.Position, today org.Day) url.Values {
	v := values("version", strconv.FormatInt(p.Version, 10), "title", p.Title, "unit", p.Unit, "position_kind", string(p.Kind), "level", p.Level,
		"class", strconv.Itoa(p.Class), "rank_low", p.RankLow, "rank_high", p.RankHigh, "answers_to", p.AnswersTo,
		"need", t.Num(p.Need), "group", p.Group, "from", string(today))
	if p.Head {
		v.Set("head", "1")
	}
	return v
}

// storedPosition returns the position a form is about, the zero position for a
// new one.
func (h *pages) storedPosition(q *web.Request) (org.Position, error) {
	id := q.Path("id")
	if id == "" {
		return org.Position{Need: "1", Group: "umum"}, nil
	}
	return h.svc.Store().Position(q.Context(), h.svc.Store().DB(), id, h.svc.Today())
}

func (h *pages) positionForm(q *web.Request) error {
	p, err := h.storedPosition(q)
	if err != nil {
		return err
	}
	return h.showPositionForm(q, http.StatusOK, p, draft(q, positionValues(q.P, p, h.svc.Today())))
}

func (h *pages) showPositionForm(q *web.Request, status int, x org.Position, d ui.Draft) error {
	m, err := h.svc.Map(q.Context(), q.Actor, editDay(d, h.svc.Today()))
	if err != nil {
		return err
	}
	unit := d.Values.Get("unit")
	p := positionFormPage{New: x.ID == "", form: form{
		base: base{P: q.P, At: ui.At(q.R.URL), On: h.svc.Today(), Today: h.svc.Today()}, Draft: d,
		Title: q.P.T("orgweb.new_position"), Lead: q.P.T("orgweb.position_form_lead"), Action: "/jabatan/baru", Back: "/unit",
	}}
	if unit != "" {
		p.Back = "/peta/" + url.PathEscape(unit)
	}
	if !p.New {
		p.Title, p.Action, p.Back = q.P.T("orgweb.change_thing", x.Title), "/jabatan/"+x.ID+"/ubah", "/jabatan/"+x.ID
		p.Now = []ui.Fact{
			{Name: word(q.P, "field", "title"), Value: x.Title},
			{Name: word(q.P, "field", "unit"), Value: m.Tree().Name(x.Unit)},
			{Name: word(q.P, "field", "class"), Value: q.P.Num(x.Class)},
			{Name: word(q.P, "field", "need"), Value: q.P.Num(x.Need)},
		}
	}
	p.Unit = p.unitPick("unit", true, m.Tree())
	p.Superiors = superiors(m, unit, x.ID, d.Values.Get("answers_to"))
	if p.Titles, err = h.offered(d.Values.Get("title")); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: p.Title, Nav: "unit", Body: positionFormBody(p)})
}

// superiors offers the positions somebody in a unit can answer to: those of
// the unit and the leading ones of the units above and of its office.
func superiors(m *org.Map, unit, self, chosen string) []ui.Option {
	var all []ui.Option
	seen := map[string]bool{self: true}
	add := func(p org.Position) {
		if !seen[p.ID] && p.Managerial() {
			seen[p.ID] = true
			all = append(all, ui.Option{Value: p.ID, Text: p.Title, Group: m.Tree().Name(m.UnitOf(p.ID))})
		}
	}
	if p, ok := m.Position(chosen); ok {
		add(p)
	}
	path := m.Tree().Path(unit)
	for i := range path {
		for _, p := range m.In(path[len(path)-1-i].ID) {
			add(p)
		}
	}
	for _, u := range m.Tree().Children(officeOf(m.Tree(), unit)) {
		if head, ok := m.Head(u.ID); ok {
			add(head)
		}
	}
	return all
}

// offeredTitles is how many titles of BKN's lists a field offers.
const offeredTitles = 20

// offered returns titles of BKN's lists for what was typed: functional
// positions first.
func (h *pages) offered(typed string) ([]string, error) {
	jobs, err := h.lists.Jobs(typed, offeredTitles)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, j := range jobs {
		all = append(all, j.Title)
	}
	titles, err := h.lists.Titles(typed, offeredTitles)
	return append(all, titles...), err
}

// titles answers with the titles for what was typed so far, as options of a
// datalist.
func (h *pages) titles(q *web.Request) error {
	all, err := h.offered(q.Query("title"))
	if err != nil {
		return err
	}
	return fragment(q, datalist(all))
}

// studies answers with courses of study for what was typed so far.
func (h *pages) studies(q *web.Request) error {
	found, err := h.lists.Studies(q.Query("study"), offeredTitles)
	if err != nil {
		return err
	}
	all := make([]string, len(found))
	for i, s := range found {
		all[i] = s.Name
	}
	return fragment(q, datalist(all))
}

// fragment answers with a piece of a page.
func fragment(q *web.Request, c templ.Component) error {
	var b bytes.Buffer
	if err := c.Render(q.Context(), &b); err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.W.Header().Set("Cache-Control", "private, max-age=3600")
	_, err := q.W.Write(b.Bytes())
	return err
}

func (h *pages) savePosition(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	x, err := h.storedPosition(q)
	if err != nil {
		return err
	}
	e := org.PositionEdit{From: org.Day(f.Date("from", true)), Decree: f.Optional("decree", org.MaxDecree), Position: org.Position{
		ID: x.ID, SourceID: x.SourceID, Version: atoi(f.Text("version")), Title: f.Required("title", org.MaxName), Unit: f.Text("unit"),
		Kind: org.PositionKind(f.Text("position_kind")), Level: f.Text("level"), Class: f.Int("class", 0, 17), RankLow: f.Text("rank_low"),
		RankHigh: f.Text("rank_high"), AnswersTo: f.Text("answers_to"), Need: f.Decimal("need", true), Head: f.Bool("head"), Group: f.Text("group"),
	}}
	id := x.ID
	if err = f.Err(); err == nil {
		id, err = h.svc.SavePosition(q.Context(), q.Actor, e)
	}
	if refused(err) {
		d := failed(q, draft(q, nil), err, strconv.FormatInt(x.Version, 10))
		if text, wrong := d.Problems["kind"]; wrong {
			d.Problems["position_kind"] = text
			delete(d.Problems, "kind")
		}
		return h.showPositionForm(q, web.Status(err), x, d)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/jabatan/"+id+dayQuery(e.From, h.svc.Today()), "orgweb.saved")
}

func (h *pages) closePositionForm(q *web.Request) error {
	p, err := h.storedPosition(q)
	if err != nil {
		return err
	}
	return h.showClose(q, http.StatusOK, p.Title, "/jabatan/"+p.ID, draft(q, positionValues(q.P, p, h.svc.Today())))
}

func (h *pages) closePosition(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	p, err := h.storedPosition(q)
	if err != nil {
		return err
	}
	from, decree := org.Day(f.Date("from", true)), f.Optional("decree", org.MaxDecree)
	if err = f.Err(); err == nil {
		err = h.svc.ClosePosition(q.Context(), q.Actor, p.ID, atoi(f.Text("version")), from, decree)
	}
	if refused(err) {
		return h.showClose(q, web.Status(err), p.Title, "/jabatan/"+p.ID, failed(q, draft(q, nil), err, strconv.FormatInt(p.Version, 10)))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/jabatan/"+p.ID, "orgweb.closed", p.Title)
}
