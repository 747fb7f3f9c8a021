package exchangeweb

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/bkn"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/appraisal/penimport"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// elsewherePage is everything the page of results from elsewhere shows.
type elsewherePage struct {
	P         *i18n.Printer
	At        ui.Address
	Window    appraisal.Window
	Questions []penimport.Question
	Covers    []penimport.Cover
	List      slice[penimport.Cover]
	Files     []penimport.Sent
	Draft     ui.Draft
	People    int // whose pen is elsewhere
	Plans     int // of them with a plan
	Done      int // with a result
}

func (h *pages) elsewhere(q *web.Request) error {
	w, err := h.window(q)
	if err != nil {
		return err
	}
	return h.showElsewhere(q, http.StatusOK, w, ui.Draft{})
}

func (h *pages) showElsewhere(q *web.Request, status int, w appraisal.Window, draft ui.Draft) error {
	page := elsewherePage{P: q.P, At: ui.At(q.R.URL), Window: w, Draft: draft}
	page.At.Query.Set("w", w.Code())
	var err error
	if page.Questions, err = h.Elsewhere.Questions(q.Context(), q.Actor, w.Year); err != nil {
		return err
	}
	if page.Covers, err = h.Elsewhere.Covers(q.Context(), q.Actor, w); err != nil {
		return err
	}
	page.List = coversOf(page.At, page.Covers)
	if format := q.Query(ui.FormatParam); format != "" && q.R.Method == http.MethodGet {
		return downloadCovers(q, page.List.Shown, w.Code(), format)
	}
	if page.Files, err = h.Elsewhere.Files(q.Context(), q.Actor); err != nil {
		return err
	}
	for _, c := range page.Covers {
		page.People += c.People
		page.Plans += c.Plans
		page.Done += c.Results
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("exchange.title"), Nav: "hasil-lain", Body: elsewhereBody(page)})
}

// send takes a file, or pasted text, and shows what loading it would do. A
// file of SIASN's goes to the page that knows them.
func (h *pages) send(q *web.Request) error {
	name, body, err := q.Upload("file")
	if err != nil {
		return err
	}
	w, err := h.window(q)
	if err != nil {
		return err
	}
	if len(body) == 0 {
		name, body = q.P.T("exchange.pasted"), []byte(strings.TrimSpace(q.R.FormValue("text")))
	}
	if len(body) == 0 {
		err = fault.WrongField("file", "intake.not_a_file")
	} else {
		var sent penimport.Sent
		if sent, err = h.Elsewhere.Keep(q.Context(), q.Actor, w, name, body); err == nil {
			return q.Redirect("/hasil-lain/berkas/"+sent.ID, "")
		}
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	problems := web.Problems(q.P, err)
	if text, has := problems[""]; has {
		problems["file"] = text
	}
	return h.showElsewhere(q, http.StatusUnprocessableEntity, w, ui.Draft{Values: q.R.Form, Problems: problems})
}

// sentPage shows one file: what it would do, or has done.
type sentPage struct {
	P *i18n.Printer
	F penimport.Sent
}

func (h *pages) sent(q *web.Request) error {
	f, err := h.Elsewhere.Sent(q.Context(), q.Actor, q.Path("file"))
	if err != nil {
		return err
	}
	return q.Render(web.Page{Title: f.Name, Nav: "hasil-lain", Body: sentBody(sentPage{q.P, f})})
}

func (h *pages) load(q *web.Request) error {
	f, err := h.Elsewhere.Load(q.Context(), q.Actor, q.Path("file"))
	if err != nil {
		return err
	}
	return q.Redirect("/hasil-lain?w="+f.Window.Code(), "exchange.loaded", f.Report.Created+f.Report.Updated, f.Report.Unchanged, len(f.Report.Rejected))
}

func (h *pages) rejected(q *web.Request) error {
	f, err := h.Elsewhere.Sent(q.Context(), q.Actor, q.Path("file"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := f.Report.WriteRejected(&b, sheet.XLSX, q.P); err != nil {
		return err
	}
	return q.Download("ditolak.xlsx", sheet.MediaType(sheet.XLSX), b.Bytes())
}

// answer decides proposals: one, or all that are shown.
func (h *pages) answer(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	if f.Text("act") == "nip" {
		return h.answerNIP(q, f)
	}
	n, err := h.Elsewhere.Answer(q.Context(), q.Actor, f.Text("act") == "terima", "", q.P, f.All("id")...)
	if err != nil {
		return err
	}
	key := "exchange.accepted"
	if f.Text("act") != "terima" {
		key = "exchange.declined"
	}
	return q.Redirect(back(f), key, n)
}

// siasnPage is everything the page of SIASN's files shows.
type siasnPage struct {
	P      *i18n.Printer
	At     ui.Address
	E      bkn.Export
	List   slice[bkn.Missing]
	Load   bool // the reader may load files
	Report *intake.Report
	Dry    bool
	Draft  ui.Draft
}

func (h *pages) siasn(q *web.Request) error {
	w, err := h.window(q)
	if err != nil {
		return err
	}
	return h.showSIASN(q, http.StatusOK, w, siasnPage{})
}

func (h *pages) showSIASN(q *web.Request, status int, w appraisal.Window, page siasnPage) error {
	e, err := h.BKN.Export(q.Context(), q.Actor, bkn.Query{Window: w})
	if err != nil {
		return err
	}
	page.P, page.At, page.E, page.Load = q.P, ui.At(q.R.URL), e, q.May("appraisal.period")
	page.At.Query.Set("w", w.Code())
	page.List = missingOf(page.At, e.Missing)
	if format := q.Query(ui.FormatParam); format != "" && q.R.Method == http.MethodGet {
		return downloadMissing(q, page.List.Shown, w.Code(), format)
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("exchange.siasn"), Nav: "siasn", Body: siasnBody(page)})
}

func (h *pages) download(q *web.Request) error {
	w, err := h.window(q)
	if err != nil {
		return err
	}
	e, err := h.BKN.Export(q.Context(), q.Actor, bkn.Query{Window: w})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	name := string(e.Kind) + "-" + w.Code()
	if q.Query("format") == sheet.XLSX {
		if err := bkn.WriteSheet(&b, sheet.XLSX, e.Kind, e.Rows); err != nil {
			return err
		}
		return q.Download(name+".xlsx", sheet.MediaType(sheet.XLSX), b.Bytes())
	}
	if err := bkn.WriteJSON(&b, e.Records()); err != nil {
		return err
	}
	return q.Download(name+".json", "application/json", b.Bytes())
}

// upload takes SIASN's records, first as a trial when asked.
func (h *pages) upload(q *web.Request) error {
	_, body, err := q.Upload("file")
	if err != nil {
		return err
	}
	w, err := h.window(q)
	if err != nil {
		return err
	}
	page := siasnPage{Dry: q.R.FormValue("act") != "muat"}
	if len(body) == 0 {
		err = fault.WrongField("file", "intake.not_a_file")
	}
	var reads []bkn.Read
	if err == nil {
		reads, err = bkn.ReadFile(body)
	}
	if err == nil {
		var rep intake.Report
		rep, err = h.BKN.Import(q.Context(), q.Actor, reads, page.Dry)
		page.Report = &rep
	}
	if fault.Is(err, fault.Invalid) {
		page.Draft = ui.Draft{Values: q.R.Form, Problems: web.Problems(q.P, err)}
		if text, has := page.Draft.Problems[""]; has {
			page.Draft.Problems["file"] = text
		}
		return h.showSIASN(q, http.StatusUnprocessableEntity, w, page)
	}
	if err != nil {
		return err
	}
	return h.showSIASN(q, http.StatusOK, w, page)
}

// sure writes how sure a proposal is.
func sure(p *i18n.Printer, n int) string { return p.T("exchange.sure", strconv.Itoa(n)) }
