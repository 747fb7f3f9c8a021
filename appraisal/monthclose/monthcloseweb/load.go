package monthcloseweb

import (
	"bytes"
	"net/http"

	"github.com/gurindam/gurindam/appraisal/monthclose"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// loadPage is where files are sent.
type loadPage struct {
	base
	Draft ui.Draft
	Files []monthclose.Loaded
}

func (h *pages) loadForm(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	return h.showLoad(q, http.StatusOK, loadPage{base: h.base(q, m)})
}

func (h *pages) showLoad(q *web.Request, status int, p loadPage) error {
	var err error
	if p.Files, err = h.svc.Files(q.Context(), q.Actor, p.Month); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("monthcloseweb.load"), Nav: "tutup-bulan", Body: loadBody(p)})
}

// try takes a file and leads to what loading it would do.
func (h *pages) try(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	if err := q.Can(account.ActMonthClose, account.Thing{}); err != nil {
		return err
	}
	name, body, err := q.Upload("file")
	if err != nil {
		return err
	}
	if len(body) == 0 {
		err = fault.WrongField("file", "intake.not_a_file")
	} else {
		var id string
		if id, err = h.svc.Send(q.Context(), q.Actor, m, monthclose.Kind(q.R.FormValue("kind")), name, body); err == nil {
			return q.Redirect("/tutup-bulan/"+string(m)+"/muat/"+id, "")
		}
	}
	if !refused(err) {
		return err
	}
	p := loadPage{base: h.base(q, m), Draft: ui.Draft{Values: q.R.Form, Problems: web.Problems(q.P, err)}}
	if text, has := p.Draft.Problems[""]; has {
		p.Draft.Problems["file"] = text
	}
	return h.showLoad(q, web.Status(err), p)
}

// uploadPage is one file on its way into the month.
type uploadPage struct {
	base
	F        monthclose.Upload
	Progress monthclose.Progress
}

func (h *pages) upload(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	p := uploadPage{base: h.base(q, m)}
	if p.F, err = h.svc.Upload(q.Context(), q.Actor, m, q.Path("file")); err != nil {
		return err
	}
	p.Progress, _ = h.svc.Progress(p.F.ID)
	return q.Render(web.Page{Title: p.F.Name, Nav: "tutup-bulan", Body: uploadBody(p)})
}

// act has a file loaded that was looked through, or gives it up.
func (h *pages) act(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	f, err := q.Form()
	if err != nil {
		return err
	}
	back, id := "/tutup-bulan/"+string(m)+"/muat", q.Path("file")
	if f.Text("act") != "muat" {
		err = h.svc.GiveUp(q.Context(), q.Actor, m, id)
		if err == nil {
			return q.Redirect(back, "monthcloseweb.given_up")
		}
	} else if err = h.svc.LoadUpload(q.Context(), q.Actor, m, id); err == nil {
		return q.Redirect(back+"/"+id, "")
	}
	if fault.Is(err, fault.Conflict) {
		return q.Redirect(back+"/"+id, "monthclose.upload.moved_on")
	}
	return err
}

// rejected writes the rows of a file that were not loaded.
func (h *pages) rejected(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	f, err := h.svc.File(q.Context(), q.Actor, m, q.Path("file"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := f.Report.WriteRejected(&b, sheet.XLSX, q.P); err != nil {
		return err
	}
	return q.Download("ditolak.xlsx", sheet.MediaType(sheet.XLSX), b.Bytes())
}

func (p loadPage) file() ui.Field {
	f := p.Draft.Field("file", p.P.T("monthcloseweb.field.file"))
	f.Value, f.Accept, f.Required, f.Hint = "", ".csv,.xlsx,.txt", true, p.P.T("monthcloseweb.field.file_hint")
	return f
}

func (p loadPage) kind() ui.Field {
	f := p.Draft.Field("kind", p.P.T("monthcloseweb.field.kind"))
	f.Required = true
	for _, k := range monthclose.Kinds() {
		f.Options = append(f.Options, ui.Option{Value: string(k), Text: p.P.T("monthcloseweb.kind." + string(k)), Hint: p.P.T("monthcloseweb.kind_hint." + string(k))})
	}
	if f.Value == "" {
		f.Value = string(monthclose.Results)
	}
	return f
}

// mostShown is how many rejected rows the page lists.
const mostShown = 50
