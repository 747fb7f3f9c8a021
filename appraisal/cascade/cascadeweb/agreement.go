package cascadeweb

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/cascade"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// listPage is the agreements of a year.
type listPage struct {
	P      *i18n.Printer
	At     ui.Address
	L      cascade.List
	Load   bool
	All    int
	Rows   []cascade.Row
	Number int // page
}

const pageSize = 50

func (h *pages) agreements(q *web.Request) error {
	query := cascade.Query{Year: year(q), Text: q.Query("q"), State: cascade.State(q.Query("keadaan")), Level: q.Query("jenjang")}
	l, err := h.Cascade.Agreements(q.Context(), q.Actor, query)
	if err != nil {
		return err
	}
	if format := q.Query("format"); format != "" {
		return downloadAgreements(q, l, format)
	}
	p := listPage{P: q.P, At: ui.At(q.R.URL), L: l, Load: q.May("appraisal.close") || q.Actor.PersonID != ""}
	for _, n := range l.States {
		p.All += n
	}
	p.Number, _ = strconv.Atoi(q.Query("page"))
	p.Number = max(p.Number, 1)
	from := min((p.Number-1)*pageSize, len(l.Rows))
	p.Rows = l.Rows[from:min(from+pageSize, len(l.Rows))]
	return q.Render(web.Page{Title: q.P.T("cascadeweb.agreements"), Nav: "perjanjian", Body: agreementsBody(p)})
}

func downloadAgreements(q *web.Request, l cascade.List, format string) error {
	t := q.P.T
	doc := sheet.Doc{Title: "PK", Columns: []sheet.Column{
		{Key: "unit", Label: t("cascadeweb.unit")},
		{Key: "level", Label: t("cascadeweb.level")},
		{Key: "head", Label: t("cascadeweb.head")},
		{Key: "state", Label: t("cascadeweb.state")},
		{Key: "goals", Label: t("cascadeweb.goals"), Kind: sheet.Whole},
		{Key: "measures", Label: t("cascadeweb.measures"), Kind: sheet.Whole},
		{Key: "taken", Label: t("cascadeweb.taken"), Kind: sheet.Whole},
		{Key: "budget", Label: t("cascade.budget"), Kind: sheet.Whole},
		{Key: "signed", Label: t("cascadeweb.signed_on"), Kind: sheet.Day},
	}, Rows: func(yield func([]string, error) bool) {
		for _, r := range l.Rows {
			if !yield([]string{r.Unit, t("org.position_kind." + r.Level), r.First.Name, t("cascade.state." + string(r.State)), strconv.Itoa(r.Goals), strconv.Itoa(r.Measures), strconv.Itoa(r.Taken), strconv.FormatInt(r.Budget, 10), string(r.SignedOn)}, nil) {
				return
			}
		}
	}}
	return q.Sheet("perjanjian-kinerja", format, doc)
}

// agreementPage is one agreement, with what is being changed.
type agreementPage struct {
	P     *i18n.Printer
	V     cascade.AgreementView
	Edit  string // "sasaran", "sasaran:ID", "indikator:GOAL", "indikator:GOAL:ID", "lain"
	Draft ui.Draft
	Today string
}

func (h *pages) agreement(q *web.Request) error {
	return h.showAgreement(q, http.StatusOK, ui.Draft{}, q.Query("ubah"))
}

func (h *pages) showAgreement(q *web.Request, status int, draft ui.Draft, edit string) error {
	v, err := h.Cascade.Agreement(q.Context(), q.Actor, year(q), q.Path("unit"))
	if err != nil {
		return err
	}
	p := agreementPage{P: q.P, V: v, Edit: edit, Draft: draft, Today: q.Today()}
	if !v.Edit {
		p.Edit = ""
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("cascadeweb.agreement", v.Office.Unit), Nav: "perjanjian", Body: agreementBody(p)})
}

func (h *pages) agreementPDF(q *web.Request) error {
	raw, err := h.Cascade.PDF(q.Context(), q.Actor, year(q), q.Path("unit"))
	if err != nil {
		return err
	}
	return q.Download("perjanjian-kinerja.pdf", "application/pdf", raw)
}

// back is the address of an agreement.
func back(q *web.Request) string {
	to := "/perjanjian/" + q.Path("unit")
	if y := q.R.FormValue("tahun"); y != "" {
		to += "?tahun=" + y
	}
	return to
}

// after shows the agreement again: changed, or with what was wrong.
func (h *pages) after(q *web.Request, err error, edit, flash, at string) error {
	if refused(err) {
		return h.showAgreement(q, web.Status(err), ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}, edit)
	}
	if err != nil {
		return err
	}
	return q.Redirect(back(q)+at, flash)
}

func (h *pages) saveGoal(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	id := f.Text("id")
	text := f.Text("goal")
	if f.Text("act") == "hapus" {
		text = ""
	}
	_, err = h.Cascade.SaveGoal(q.Context(), q.Actor, year(q), q.Path("unit"), versionOf(f), id, text)
	return h.after(q, err, "sasaran"+colon(id), "cascadeweb.saved", "")
}

func colon(id string) string {
	if id == "" {
		return ""
	}
	return ":" + id
}

func (h *pages) saveMeasure(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	m := cascade.Measure{
		ID: f.Text("id"), Text: f.Text("measure"), Target: f.Decimal("target", false), Unit: f.Text("unit_of"),
		Direction: appraisal.Direction(f.Text("direction")), Face: f.Text("face"),
	}
	if f.Text("act") == "hapus" {
		m.Text = ""
	}
	if err = f.Err(); err == nil {
		_, err = h.Cascade.SaveMeasure(q.Context(), q.Actor, year(q), q.Path("unit"), versionOf(f), f.Text("goal"), m)
	}
	return h.after(q, err, "indikator:"+f.Text("goal")+colon(m.ID), "cascadeweb.saved", "#s-"+f.Text("goal"))
}

// programRows is how many empty rows the form of programmes has.
const programRows = 3

func (h *pages) saveRest(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	var programs []cascade.Program
	budgets, notes := f.All("budget"), f.All("note")
	for i, text := range f.All("program") {
		p := cascade.Program{Text: strings.TrimSpace(text)}
		if i < len(budgets) {
			digits := strings.NewReplacer("Rp", "", ".", "", " ", "").Replace(budgets[i])
			if p.Budget, err = strconv.ParseInt("0"+digits, 10, 64); err != nil {
				return h.after(q, fault.WrongField("budget", "cascade.wrong.budget"), "lain", "", "")
			}
		}
		if i < len(notes) {
			p.Note = strings.TrimSpace(notes[i])
		}
		programs = append(programs, p)
	}
	_, err = h.Cascade.SaveRest(q.Context(), q.Actor, year(q), q.Path("unit"), versionOf(f), f.Text("number"), programs)
	return h.after(q, err, "lain", "cascadeweb.saved", "")
}

// move signs, records a signing on paper or opens a revision.
func (h *pages) move(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	ctx, unit, version := q.Context(), q.Path("unit"), versionOf(f)
	flash := "cascadeweb.signed"
	switch f.Text("act") {
	case "teken":
		_, err = h.Cascade.Sign(ctx, q.Actor, year(q), unit, version)
	case "kertas":
		on := f.Date("on", true)
		if err = f.Err(); err == nil {
			_, err = h.Cascade.RecordPaper(ctx, q.Actor, year(q), unit, version, appraisal.Day(on))
		}
	case "ubah":
		flash = "cascadeweb.revised"
		_, err = h.Cascade.Revise(ctx, q.Actor, year(q), unit, version)
	default:
		err = fault.WrongField("act", "form.choose")
	}
	return h.after(q, err, "", flash, "")
}

// takePage shows what an agreement would change in the SKP.
type takePage struct {
	P        *i18n.Printer
	V        cascade.TakeView
	Problems map[string]string
}

func (h *pages) taking(q *web.Request) error { return h.showTaking(q, http.StatusOK, nil) }

func (h *pages) showTaking(q *web.Request, status int, problems map[string]string) error {
	v, err := h.Cascade.Taking(q.Context(), q.Actor, year(q), q.Path("unit"))
	if err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("cascadeweb.take_title"), Nav: "perjanjian", Body: takeBody(takePage{q.P, v, problems})})
}

func (h *pages) take(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	n, part, err := h.Cascade.Take(q.Context(), q.Actor, year(q), q.Path("unit"), f.All("offer"))
	if refused(err) {
		return h.showTaking(q, web.Status(err), web.Problems(q.P, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/skp/"+part, "cascadeweb.took", n)
}

// loadPage takes a file of agreements; with a report it shows what it would do.
type loadPage struct {
	P      *i18n.Printer
	Year   int
	Report *cascade.Report
	Packed string
	Draft  ui.Draft
}

func (h *pages) loadForm(q *web.Request) error { return h.showLoad(q, http.StatusOK, loadPage{}) }

func (h *pages) showLoad(q *web.Request, status int, p loadPage) error {
	y, err := h.Appraisal.YearOf(q.Context(), year(q))
	if err != nil {
		return err
	}
	p.P, p.Year = q.P, y.Year
	return q.RenderStatus(status, web.Page{Title: q.P.T("cascadeweb.load"), Nav: "perjanjian", Body: loadBody(p)})
}

func (h *pages) tryLoad(q *web.Request) error {
	_, body, err := q.Upload("file")
	if err != nil {
		return err
	}
	var p loadPage
	if len(body) == 0 {
		body = []byte(strings.TrimSpace(q.R.FormValue("text")))
	}
	err = fault.WrongField("file", "intake.not_a_file")
	var read cascade.File
	if len(body) > 0 {
		read, err = cascade.ReadAgreements(body)
	}
	if err == nil {
		var rep cascade.Report
		rep, err = h.Cascade.Import(q.Context(), q.Actor, year(q), read, true)
		p.Report = &rep
	}
	if fault.Is(err, fault.Invalid) {
		p.Report, p.Draft = nil, ui.Draft{Values: q.R.Form, Problems: web.Problems(q.P, err)}
		if text, has := p.Draft.Problems[""]; has {
			p.Draft.Problems["file"] = text
		}
		return h.showLoad(q, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	packed, err := json.Marshal(read)
	if err != nil {
		return err
	}
	p.Packed = string(packed)
	return h.showLoad(q, http.StatusOK, p)
}

func (h *pages) load(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	var read cascade.File
	if err := json.Unmarshal([]byte(f.Text("read")), &read); err != nil {
		return fault.Wrong("web.bad_form").Because(err)
	}
	rep, err := h.Cascade.Import(q.Context(), q.Actor, year(q), read, false)
	if err != nil {
		return err
	}
	return q.Redirect("/perjanjian?tahun="+strconv.Itoa(max(year(q), 0)), "cascadeweb.loaded", rep.Created, rep.Updated, rep.Unchanged, len(rep.Rejected))
}
