package cascadeweb

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/cascade"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// boardsPage is the list of matrices.
type boardsPage struct {
	P      *i18n.Printer
	At     ui.Address
	Year   appraisal.Period
	Rows   []cascade.BoardRow
	Total  int
	Number int
	Own    string // id of the reader's own matrix
}

func (h *pages) boards(q *web.Request) error {
	rows, y, err := h.Cascade.Boards(q.Context(), q.Actor, year(q), q.Query("q"), q.Query("celah") != "")
	if err != nil {
		return err
	}
	if format := q.Query("format"); format != "" {
		return q.Sheet("matriks-peran-hasil", format, boardsDoc(q.P, rows))
	}
	p := boardsPage{P: q.P, At: ui.At(q.R.URL), Year: y, Total: len(rows)}
	for _, r := range rows {
		if q.Actor.PersonID != "" && r.Leader.PersonID == q.Actor.PersonID {
			p.Own = r.ID
		}
	}
	p.Number, _ = strconv.Atoi(q.Query("page"))
	p.Number = max(p.Number, 1)
	from := min((p.Number-1)*pageSize, len(rows))
	p.Rows = rows[from:min(from+pageSize, len(rows))]
	return q.Render(web.Page{Title: q.P.T("cascade.matrix"), Nav: "matriks", Body: boardsBody(p)})
}

func boardsDoc(p *i18n.Printer, rows []cascade.BoardRow) sheet.Doc {
	whole := func(key string) sheet.Column {
		return sheet.Column{Key: key, Label: p.T("cascadeweb." + key), Kind: sheet.Whole}
	}
	return sheet.Doc{
		Title:   p.T("cascade.matrix"),
		Columns: []sheet.Column{{Key: "leader", Label: p.T("cascadeweb.leader")}, {Key: "post", Label: p.T("cascadeweb.post")}, {Key: "unit", Label: p.T("cascadeweb.unit")}, whole("results"), whole("unsupported"), whole("people"), whole("unlinked"), whole("waiting")},
		Rows: func(yield func([]string, error) bool) {
			for _, r := range rows {
				if !yield([]string{r.Leader.Name, r.Leader.Post, r.Leader.Unit, strconv.Itoa(r.Results), strconv.Itoa(r.Unsupported), strconv.Itoa(r.People), strconv.Itoa(r.Unlinked), strconv.Itoa(r.Waiting)}, nil) {
					return
				}
			}
		},
	}
}

// boardPage is one matrix.
type boardPage struct {
	P      *i18n.Printer
	At     ui.Address
	B      cascade.Board
	People []cascade.Member // those in view
	Shown  int              // that match, on all pages
	Number int
	Draft  ui.Draft
	Input  bool // cells can be typed into
}

// gridSize is how many people the grid to type into shows at once.
const gridSize = 15

// view reads which people are shown: those found, of a team, with a gap.
func (h *pages) view(q *web.Request, size int) (boardPage, error) {
	b, err := h.Cascade.Board(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return boardPage{}, err
	}
	p := boardPage{P: q.P, At: ui.At(q.R.URL), B: b}
	terms := search.Terms(q.Query("q"))
	var kept []cascade.Member
	for _, m := range b.People {
		found := len(terms) == 0 || search.Match(search.Column(m.Part.Who.Name, m.Part.Who.NIP, m.Part.Who.Post, m.Team), terms)
		if found && (q.Query("celah") == "" || m.Unlinked()) && (q.Query("tim") == "" || m.Team == q.Query("tim")) {
			kept = append(kept, m)
		}
	}
	p.Shown = len(kept)
	p.Number, _ = strconv.Atoi(q.Query("page"))
	p.Number = max(p.Number, 1)
	from := min((p.Number-1)*size, len(kept))
	p.People = kept[from:min(from+size, len(kept))]
	return p, nil
}

func (h *pages) board(q *web.Request) error {
	p, err := h.view(q, pageSize)
	if err != nil {
		return err
	}
	if format := q.Query("format"); format != "" {
		return q.Sheet("matriks-peran-hasil", format, p.B.Doc(q.P))
	}
	return q.Render(web.Page{Title: q.P.T("cascade.matrix"), Nav: "matriks", Body: boardBody(p)})
}

// editable refuses who may read a matrix but not give results.
func editable(b cascade.Board) error {
	if !b.Edit {
		return fault.Denied("account.denied")
	}
	return nil
}

func (h *pages) grid(q *web.Request) error { return h.showGrid(q, http.StatusOK, ui.Draft{}) }

func (h *pages) showGrid(q *web.Request, status int, draft ui.Draft) error {
	p, err := h.view(q, gridSize)
	if err == nil {
		err = editable(p.B)
	}
	if err != nil {
		return err
	}
	p.Draft, p.Input = draft, true
	return q.RenderStatus(status, web.Page{Title: q.P.T("cascadeweb.grid"), Nav: "matriks", Body: gridBody(p)})
}

// cellName is the name of a cell's field.
func cellName(part, goal string) string { return "sel|" + part + "|" + goal }

// tryGrid shows what the typed cells would do.
func (h *pages) tryGrid(q *web.Request) error {
	if _, err := q.Form(); err != nil {
		return err
	}
	var wishes []cascade.Wish
	var names []string
	for name := range q.R.PostForm {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if at := strings.Split(name, "|"); len(at) == 3 && at[0] == "sel" {
			for line := range strings.Lines(q.R.PostForm.Get(name)) {
				if words := strings.TrimSpace(line); words != "" {
					wishes = append(wishes, cascade.Wish{Part: at[1], Goal: at[2], Words: words})
				}
			}
		}
	}
	return h.preview(q, wishes, nil, func(draft ui.Draft, status int) error { return h.showGrid(q, status, draft) })
}

// previewPage shows what giving results would do, for one confirmation.
type previewPage struct {
	P       *i18n.Printer
	G       cascade.Given
	Report  *cascade.FileReport // of a file
	Packed  string              // wishes to be confirmed
	Fields  [][2]string         // the form of an assignment to be confirmed
	Action  string
	Direct  bool
	GoBack  string
	Showing int
}

// mostShown is how many lines of a preview are shown; all are carried out.
const mostShown = 300

// preview shows what wishes would do.
func (h *pages) preview(q *web.Request, wishes []cascade.Wish, rep *cascade.FileReport, again func(ui.Draft, int) error) error {
	direct := q.R.FormValue("direct") != ""
	g, err := h.Cascade.TryWishes(q.Context(), q.Actor, q.Path("id"), wishes, direct)
	if fault.Is(err, fault.Invalid) {
		return again(ui.Draft{Values: q.R.Form, Problems: web.Problems(q.P, err)}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	packed, err := json.Marshal(wishes)
	if err != nil {
		return err
	}
	p := previewPage{P: q.P, G: g, Report: rep, Packed: string(packed), Direct: direct, Action: "/matriks/" + g.Board.ID + "/beri", GoBack: q.R.URL.Path}
	return q.Render(web.Page{Title: q.P.T("cascadeweb.preview"), Nav: "matriks", Body: previewBody(p)})
}

// give carries out what a preview has shown.
func (h *pages) give(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	var wishes []cascade.Wish
	if err := json.Unmarshal([]byte(f.Text("wishes")), &wishes); err != nil {
		return fault.Wrong("web.bad_form").Because(err)
	}
	g, err := h.Cascade.GiveWishes(q.Context(), q.Actor, q.Path("id"), wishes, f.Bool("direct"))
	if err != nil {
		return err
	}
	return h.given(q, g)
}

func (h *pages) given(q *web.Request, g cascade.Given) error {
	return q.Redirect("/matriks/"+q.Path("id"), "cascadeweb.given", g.Counts[cascade.WillPropose], g.Counts[cascade.WillDraft], g.Counts[cascade.Stands])
}

func (h *pages) withdraw(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	if err := h.Cascade.Withdraw(q.Context(), q.Actor, q.Path("id"), f.Text("role")); err != nil {
		return err
	}
	return q.Redirect("/matriks/"+q.Path("id"), "cascadeweb.withdrawn")
}

func (h *pages) pasteForm(q *web.Request) error { return h.showPaste(q, http.StatusOK, ui.Draft{}) }

func (h *pages) showPaste(q *web.Request, status int, draft ui.Draft) error {
	p, err := h.view(q, pageSize)
	if err == nil {
		err = editable(p.B)
	}
	if err != nil {
		return err
	}
	p.Draft = draft
	return q.RenderStatus(status, web.Page{Title: q.P.T("cascadeweb.paste"), Nav: "matriks", Body: pasteBody(p)})
}

func (h *pages) tryPaste(q *web.Request) error {
	_, body, err := q.Upload("file")
	if err != nil {
		return err
	}
	b, err := h.Cascade.Board(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	again := func(draft ui.Draft, status int) error { return h.showPaste(q, status, draft) }
	var wishes []cascade.Wish
	var rep cascade.FileReport
	if len(body) > 0 {
		wishes, rep, err = b.ReadGrid(body)
	} else {
		wishes, rep, err = b.ReadPaste(q.R.FormValue("text"))
	}
	if fault.Is(err, fault.Invalid) {
		problems := web.Problems(q.P, err)
		if text, has := problems[""]; has {
			problems["text"] = text
		}
		return again(ui.Draft{Values: q.R.Form, Problems: problems}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return h.preview(q, wishes, &rep, again)
}
