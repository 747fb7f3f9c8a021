package appraisalweb

import (
	"errors"
	"mime/multipart"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/file"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// mostUpload is the largest form of progress, files included: four of the
// largest files.
const mostUpload = 4*file.MostBytes + 1<<20

func (h *pages) evidenceRoutes() []web.Route {
	own, view := account.ActAppraisalOwn, account.ActAppraisalView
	return []web.Route{
		{Pattern: "GET /berkas/{id}", Action: view, Handle: h.serveFile},
		{Pattern: "GET /kemajuan/{part}/bukti/{indicator}", Action: view, Handle: h.evidence},
		{Pattern: "POST /kemajuan/{part}/{entry}/bukti/{evidence}/hapus", Action: own, Handle: h.removeEvidence},
	}
}

// serveFile hands out a file to whoever may read the progress it belongs to.
func (h *pages) serveFile(q *web.Request) error {
	f, err := h.svc.EvidenceFile(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	return h.files.Serve(q.W, q.R, f)
}

// evidencePage shows what was recorded on one indicator, for the side pane of
// an evaluation.
type evidencePage struct {
	P       *i18n.Printer
	V       appraisal.ProgressView
	In      appraisal.Indicator
	Entries []appraisal.Progress
}

func (h *pages) evidence(q *web.Request) error {
	v, err := h.svc.Progress(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	p := evidencePage{P: q.P, V: v}
	for _, placed := range v.Plan.Indicators() {
		if placed.Indicator.ID == q.Path("indicator") {
			p.In = *placed.Indicator
		}
	}
	if p.In.ID == "" {
		return fault.Missing("appraisalweb.no_indicator")
	}
	for _, e := range v.Entries {
		if e.IndicatorID == p.In.ID {
			p.Entries = append(p.Entries, e)
		}
	}
	return q.Render(web.Page{Title: q.P.T("appraisalweb.evidence_of", p.In.Text), Nav: "team", Body: evidenceBody(p)})
}

func (h *pages) removeEvidence(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	part, entry := q.Path("part"), q.Path("entry")
	if err := h.svc.RemoveEvidence(q.Context(), q.Actor, part, entry, q.Path("evidence"), version(f)); err != nil {
		return err
	}
	return q.Redirect("/kemajuan/"+part+"?isian="+entry+"#catat", "appraisalweb.evidence_removed")
}

// uploads returns the files of a form: those it held already and is to keep,
// and those chosen now, which are stored at once. A file that cannot be kept is
// noted on the field; the others stay in the form when it is shown again.
func (h *pages) uploads(q *web.Request, f *web.Form, part string) []appraisal.Evidence {
	var all []appraisal.Evidence
	for _, id := range f.All("file") {
		if id != "" {
			all = append(all, appraisal.Evidence{File: id, Label: f.Text("label_" + id)})
		}
	}
	var wrong []string
	for _, head := range f.Files("files") {
		e, err := h.attach(q, part, head)
		if err != nil {
			wrong = append(wrong, q.P.T("appraisalweb.bad_file", fileTitle(head.Filename), fileTrouble(q.P, err)))
			continue
		}
		all = append(all, e)
	}
	f.Faults.Check(len(wrong) == 0, "files", "appraisalweb.bad_files", strings.Join(wrong, " "))
	return all
}

func (h *pages) attach(q *web.Request, part string, head *multipart.FileHeader) (appraisal.Evidence, error) {
	in, err := head.Open()
	if err != nil {
		return appraisal.Evidence{}, err
	}
	defer in.Close()
	return h.svc.Attach(q.Context(), q.Actor, part, head.Filename, in)
}

// fileTitle shortens a name for a sentence.
func fileTitle(name string) string {
	const most = 60
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// fileTrouble is why a file was not kept.
func fileTrouble(p *i18n.Printer, err error) string {
	var f *fault.Error
	if errors.As(err, &f) && len(f.Fields) > 0 {
		return p.T(f.Fields[0].Key, f.Fields[0].Args...)
	}
	return web.Sentence(p, err)
}

// evidenceText writes links one a line, the label first where there is one.
func evidenceText(all []appraisal.Evidence) string {
	var b strings.Builder
	for _, e := range all {
		if e.URL == "" {
			continue
		}
		if e.Label != "" && e.Label != e.URL {
			b.WriteString(e.Label + " ")
		}
		b.WriteString(e.URL + "\n")
	}
	return b.String()
}

// evidenceFrom reads links one a line: what stands before the address is its
// label.
func evidenceFrom(f *web.Form, text string) []appraisal.Evidence {
	var out []appraisal.Evidence
	for _, line := range lines(text) {
		at := strings.Index(line, "http")
		if at < 0 {
			f.Faults.Add("links", "appraisalweb.bad_link", line)
			continue
		}
		address := strings.TrimSpace(line[at:])
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(address, " \t") {
			f.Faults.Add("links", "appraisalweb.bad_link", line)
			continue
		}
		out = append(out, appraisal.Evidence{Label: strings.TrimSpace(line[:at]), URL: address})
	}
	return out
}

// evidenceProblems puts what is wrong with single pieces where the form shows
// it: at the links.
func evidenceProblems(all map[string]string) map[string]string {
	out := map[string]string{}
	for name, text := range all {
		if name == "evidence" || strings.HasPrefix(name, "evidence.") {
			name = "links"
		}
		out[name] = text
	}
	return out
}

// accepted are the endings a browser offers when files are chosen; what is kept
// is decided by the bytes.
const accepted = ".pdf,.jpg,.jpeg,.png,.webp,.gif,.txt,.docx,.xlsx,.pptx"

func (p progressPage) filesField() ui.Field {
	f := p.Draft.Field("files", p.P.T("appraisalweb.f.files"))
	most := file.MostBytes >> 20
	f.Hint, f.Accept, f.Multiple = p.P.T("appraisalweb.h.files", most), accepted, true
	f.Attrs = templ.Attributes{"data-most": strconv.Itoa(file.MostBytes), "data-most-words": p.P.T("file.large", most)}
	return f
}

// keptField lists the files the form holds already, ticked; who takes a tick
// away removes the file with the next save.
func (p progressPage) keptField() ui.Field {
	f := ui.Field{Name: "file", Label: p.P.T("appraisalweb.f.kept"), Hint: p.P.T("appraisalweb.h.kept"), Required: true}
	for _, e := range p.Kept {
		f.Options = append(f.Options, ui.Option{Value: e.File, Text: evidenceName(e), Hint: size(p.P, e.Size)})
		f.Values = append(f.Values, e.File)
	}
	return f
}

// size writes how large a file is, empty when it is not known.
func size(p *i18n.Printer, bytes int64) string {
	switch {
	case bytes <= 0:
		return ""
	case bytes < 1<<20:
		return p.Num((bytes+1023)>>10) + " KB"
	default:
		return p.Num(float64(bytes)/(1<<20), 1) + " MB"
	}
}

// picture reports whether a file can be shown in the page.
func picture(e appraisal.Evidence) bool { return e.File != "" && strings.HasPrefix(e.Type, "image/") }

// evidenceName is how a piece of evidence is called.
func evidenceName(e appraisal.Evidence) string {
	if e.Label != "" {
		return e.Label
	}
	return e.URL
}
