package cascadeweb

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/cascade"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// assignPage gives results to many people at once.
type assignPage struct {
	P     *i18n.Printer
	B     cascade.Board
	Draft ui.Draft
	Posts []string // titles of posts, for choosing people by what they do
}

func (h *pages) assignForm(q *web.Request) error {
	draft := ui.Draft{Values: q.R.URL.Query(), Problems: nil}
	if draft.Values.Get("words") == "" {
		draft.Values.Set("words", q.P.T("cascadeweb.words_default"))
	}
	return h.showAssign(q, http.StatusOK, draft)
}

func (h *pages) showAssign(q *web.Request, status int, draft ui.Draft) error {
	b, err := h.Cascade.Board(q.Context(), q.Actor, q.Path("id"))
	if err == nil {
		err = editable(b)
	}
	if err != nil {
		return err
	}
	p := assignPage{P: q.P, B: b, Draft: draft}
	for _, m := range b.People {
		if m.Closed == "" && !slices.Contains(p.Posts, m.Part.Who.Post) {
			p.Posts = append(p.Posts, m.Part.Who.Post)
		}
	}
	slices.Sort(p.Posts)
	return q.RenderStatus(status, web.Page{Title: q.P.T("cascadeweb.assign"), Nav: "matriks", Body: assignBody(p)})
}

// assign shows what an assignment would do, and carries it out when that has
// been seen.
func (h *pages) assign(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	b, err := h.Cascade.Board(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	a := assignment(f, q, b)
	if err = f.Err(); err == nil {
		if f.Text("act") == "kirim" {
			g, err := h.Cascade.Assign(q.Context(), q.Actor, q.Path("id"), a)
			if err != nil {
				return err
			}
			return h.given(q, g)
		}
		var g cascade.Given
		if g, err = h.Cascade.Try(q.Context(), q.Actor, q.Path("id"), a); err == nil {
			return h.previewAssign(q, a, g)
		}
	}
	if fault.Is(err, fault.Invalid) {
		return h.showAssign(q, http.StatusUnprocessableEntity, ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)})
	}
	return err
}

// assignment reads the form: people one by one, by post, by team, or all.
func assignment(f *web.Form, q *web.Request, b cascade.Board) cascade.Assignment {
	a := cascade.Assignment{People: f.All("people"), Team: f.Text("team"), Goals: f.All("goals"), Words: f.Text("words"), Own: map[string]string{}, Direct: f.Bool("direct")}
	posts, all := f.All("posts"), f.Bool("everybody")
	for _, m := range b.People {
		if m.Closed == "" && (all || slices.Contains(posts, m.Part.Who.Post)) && !slices.Contains(a.People, m.Part.ID) {
			a.People = append(a.People, m.Part.ID)
		}
	}
	if f.Bool("all_goals") {
		a.Goals = nil
		for _, c := range b.Columns {
			a.Goals = append(a.Goals, c.ID)
		}
	}
	for name := range q.R.PostForm {
		if goal, is := strings.CutPrefix(name, "own."); is && f.Text(name) != "" {
			a.Own[goal] = f.Text(name)
		}
	}
	if text := f.Text("measure"); text != "" {
		a.Measure = &appraisal.Indicator{
			Text: text, Target: f.Decimal("target", false), Unit: f.Text("unit_of"), Direction: appraisal.Direction(f.OneOf("direction", directions()...)), Face: f.Text("face"),
		}
	}
	return a
}

func directions() []string {
	var all []string
	for _, d := range appraisal.Directions() {
		all = append(all, string(d))
	}
	return all
}

// previewAssign shows an assignment; the form that confirms it carries the
// same choices.
func (h *pages) previewAssign(q *web.Request, a cascade.Assignment, g cascade.Given) error {
	p := previewPage{P: q.P, G: g, Action: "/matriks/" + g.Board.ID + "/bagi", GoBack: "/matriks/" + g.Board.ID + "/bagi", Direct: a.Direct}
	add := func(name string, values ...string) {
		for _, v := range values {
			if v != "" {
				p.Fields = append(p.Fields, [2]string{name, v})
			}
		}
	}
	add("people", a.People...)
	add("goals", a.Goals...)
	add("team", a.Team)
	add("words", a.Words)
	for _, c := range g.Board.Columns {
		add("own."+c.ID, a.Own[c.ID])
	}
	if m := a.Measure; m != nil {
		add("measure", m.Text)
		add("target", q.P.Num(m.Target)) // read again as the page writes it
		add("unit_of", m.Unit)
		add("direction", string(m.Direction))
		add("face", m.Face)
	}
	return q.Render(web.Page{Title: q.P.T("cascadeweb.preview"), Nav: "matriks", Body: previewBody(p)})
}

// teamsPage makes and changes teams.
type teamsPage struct {
	P     *i18n.Printer
	B     cascade.Board
	Team  cascade.Team // the one being changed; without an id a new one
	Draft ui.Draft
}

func (h *pages) teams(q *web.Request) error { return h.showTeams(q, http.StatusOK, ui.Draft{}) }

func (h *pages) showTeams(q *web.Request, status int, draft ui.Draft) error {
	b, err := h.Cascade.Board(q.Context(), q.Actor, q.Path("id"))
	if err == nil {
		err = editable(b)
	}
	if err != nil {
		return err
	}
	p := teamsPage{P: q.P, B: b, Draft: draft}
	for _, t := range b.Teams {
		if t.ID == q.R.FormValue("tim") {
			p.Team = t
		}
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("cascadeweb.teams"), Nav: "matriks", Body: teamsBody(p)})
}

func (h *pages) saveTeam(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	members := f.All("members")
	if f.Text("act") == "hapus" {
		members = nil
	}
	err = h.Cascade.SaveTeam(q.Context(), q.Actor, q.Path("id"), f.Text("tim"), f.Text("name"), members)
	if refused(err) {
		return h.showTeams(q, web.Status(err), ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)})
	}
	if err != nil {
		return err
	}
	return q.Redirect("/matriks/"+q.Path("id")+"/tim", "cascadeweb.saved")
}
