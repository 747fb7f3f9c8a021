package worklogweb

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/worklog"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// pastePage takes a log; with lines it shows what was understood.
type pastePage struct {
	P       *i18n.Printer
	Part    string
	Day     appraisal.Day
	Lines   []worklog.Line
	Targets []worklog.Target
	Good    int
	Draft   ui.Draft
}

func (h *pages) paste(q *web.Request) error {
	return h.showPaste(q, http.StatusOK, pastePage{})
}

func (h *pages) showPaste(q *web.Request, status int, p pastePage) error {
	p.P, p.Part, p.Day = q.P, q.Path("part"), day(q)
	return q.RenderStatus(status, web.Page{Title: q.P.T("worklogweb.paste"), Nav: "harian", Body: pasteBody(p)})
}

// mostLines is how many lines one log may have: half a year of every hour.
const mostLines = 1000

// preview reads what was pasted or sent and shows each line with the tie it
// would get. Nothing is stored.
func (h *pages) preview(q *web.Request) error {
	_, file, err := q.Upload("file")
	if err != nil {
		return err
	}
	text := q.R.FormValue("text")
	var p pastePage
	switch {
	case len(file) > 0:
		year, _ := strconv.Atoi(q.Today()[:4])
		p.Lines, err = worklog.ReadFile(file, year)
	case strings.TrimSpace(text) != "":
		p.Lines = worklog.ReadText(text, day(q))
	default:
		err = fault.WrongField("text", "form.required")
	}
	if err == nil && len(p.Lines) > mostLines {
		err = fault.WrongField("text", "worklogweb.too_many", mostLines)
	}
	if err == nil {
		p.Targets, err = h.Log.Propose(q.Context(), q.Actor, q.Path("part"), p.Lines)
	}
	if fault.Is(err, fault.Invalid) {
		problems := web.Problems(q.P, err)
		if s, has := problems[""]; has {
			problems["file"] = s
		}
		return h.showPaste(q, http.StatusUnprocessableEntity, pastePage{Draft: ui.Draft{Values: q.R.Form, Problems: problems}})
	}
	if err != nil {
		return err
	}
	for _, l := range p.Lines {
		if l.Wrong == nil {
			p.Good++
		}
	}
	return h.showPaste(q, http.StatusOK, p)
}

// packed carries an entry of the preview through the form.
func packed(e worklog.Entry) string {
	b, _ := json.Marshal(e) // texts and numbers cannot fail
	return string(b)
}

// load stores the lines of the preview with the ties chosen there.
func (h *pages) load(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	var lines []worklog.Line
	for i, raw := range f.All("line") {
		var e worklog.Entry
		if err := json.Unmarshal([]byte(raw), &e); err != nil {
			return fault.Wrong("web.bad_form").Because(err)
		}
		if chosen, sent := q.R.PostForm["link."+strconv.Itoa(i)]; sent {
			link := worklog.ParseLink(chosen[0])
			if link != e.Link {
				e.Link, e.State = link, worklog.Accepted
			}
		}
		if len(lines) < mostLines {
			lines = append(lines, worklog.Line{Row: i + 1, Entry: e})
		}
	}
	rep, err := h.Log.Import(q.Context(), q.Actor, q.Path("part"), lines)
	if err != nil {
		return err
	}
	d := day(q)
	if len(lines) > 0 {
		d = lines[0].Entry.Day
	}
	return q.Redirect(here(q, d), "worklogweb.loaded", rep.Created, rep.Unchanged, len(rep.Rejected))
}

// options are the ties of a line, the results with their steps.
func options(p *i18n.Printer, targets []worklog.Target) []ui.Option {
	var all []ui.Option
	for _, t := range targets {
		text := t.Step
		if text == "" {
			text = p.T("worklogweb.whole_result")
		}
		all = append(all, ui.Option{Value: t.Link.String(), Text: text, Group: strconv.Itoa(t.Number) + ". " + t.Result})
	}
	return all
}
