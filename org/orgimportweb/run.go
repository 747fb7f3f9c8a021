package orgimportweb

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org/orgimport"
)

// runPage is one file on its way into the map.
type runPage struct {
	P        *i18n.Printer
	Zone     *time.Location
	Run      orgimport.Run
	Progress orgimport.Progress
	Warnings []warning
}

// Busy reports whether a job works on the file.
func (p runPage) Busy() bool {
	return p.Run.State == orgimport.Checking || p.Run.State == orgimport.InLoading
}

// warning is what several rows of a file have in common.
type warning struct {
	Sentence string
	Rows     string
	Count    int
}

func (h *pages) run(q *web.Request) error {
	r, err := h.svc.Run(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	p := runPage{P: q.P, Zone: q.Now.Location(), Run: r}
	p.Progress, _ = h.svc.Progress(r.ID)
	if r.Report != nil {
		p.Warnings = gather(q.P, r.Report.Warnings)
	}
	return q.Render(web.Page{Title: r.File, Nav: "impor", Body: runBody(p)})
}

// gather puts warnings that say the same into one line.
func gather(p *i18n.Printer, list []orgimport.Warning) []warning {
	var all []warning
	at := map[string]int{}
	rows := map[string][]string{}
	for _, w := range list {
		sentence := w.Sentence(p)
		i, known := at[sentence]
		if !known {
			i = len(all)
			at[sentence] = i
			all = append(all, warning{Sentence: sentence})
		}
		all[i].Count += w.Rows
		rows[sentence] = append(rows[sentence], p.Num(w.Row))
	}
	for i, w := range all {
		const most = 8
		list := rows[w.Sentence]
		all[i].Rows = strings.Join(list[:min(len(list), most)], ", ")
		if w.Count > min(len(list), most) {
			all[i].Rows += ", …"
		}
	}
	slices.SortStableFunc(all, func(a, b warning) int { return b.Count - a.Count })
	return all
}

func (h *pages) confirm(q *web.Request) error {
	id := q.Path("id")
	err := h.svc.Confirm(q.Context(), q.Actor, id)
	if fault.Is(err, fault.Conflict) {
		return q.Redirect("/impor/berkas/"+id, "import.moved_on")
	}
	if err != nil {
		return err
	}
	return q.Redirect("/impor/berkas/"+id, "")
}

func (h *pages) discard(q *web.Request) error {
	id := q.Path("id")
	err := h.svc.Discard(q.Context(), q.Actor, id)
	if fault.Is(err, fault.Conflict) {
		return q.Redirect("/impor/berkas/"+id, "import.moved_on")
	}
	if err != nil {
		return err
	}
	return q.Redirect("/impor", "importweb.discarded")
}

func (h *pages) rejectedCSV(q *web.Request) error  { return h.rejected(q, sheet.CSV) }
func (h *pages) rejectedXLSX(q *web.Request) error { return h.rejected(q, sheet.XLSX) }

// rejected answers with the rejected rows as a file that can be mended.
func (h *pages) rejected(q *web.Request, format string) error {
	var b bytes.Buffer
	if err := h.svc.Rejected(q.Context(), q.Actor, q.Path("id"), format, &b, q.P); err != nil {
		return err
	}
	return q.Download("ditolak-"+q.Path("id")[:8]+"."+format, sheet.MediaType(format), b.Bytes())
}

// fieldWords says the value of a field of a change.
func fieldWords(p *i18n.Printer, kind orgimport.Kind, name, value string) string {
	if value == "" {
		return "–"
	}
	switch name {
	case "born", "contract_end":
		return p.Date(value)
	case "head":
		return p.T("importweb.yes")
	case "need":
		return p.Num(value)
	}
	area := map[string]string{
		"kind": "org.unit_kind.", "position_kind": "org.position_kind.", "level": "org.level.", "group": "org.group.",
		"employment": "org.employment.", "education": "org.education.", "legal_status": "org.status.",
	}[name]
	if area != "" && p.Has(area+value) {
		return p.T(area + value)
	}
	return value
}

// stateTone is how a state looks.
func stateTone(s orgimport.State) ui.Tone {
	switch s {
	case orgimport.Loaded:
		return ui.Good
	case orgimport.Refused:
		return ui.Late
	case orgimport.Discarded:
		return ui.Neutral
	}
	return ui.Waiting
}
