package participationweb

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
)

// serviceDeskPage is one service on the office's side.
type serviceDeskPage struct {
	P         *i18n.Printer
	Service   participation.Service
	New       bool
	May       bool
	To        string
	Form      []ui.Field // of the service itself
	Problems  []ui.Problem
	Waves     []waveLine
	WaveForm  waveForm
	Networks  []participation.Network
	NetForm   []ui.Field
	Kiosks    []participation.Device
	KioskName ui.Field
	ImportMsg *importView
}

type waveLine struct {
	Name, To, State, Period, Answers string
	Tone                             ui.Tone
}

// waveForm is the form that opens a wave.
type waveForm struct {
	Name, Opens, Ends, Population, By, Repeat, Basis, Elements, Weights ui.Field
}

// importView tells what became of a file, or of a new device.
type importView struct {
	Kiosk    string // link of a device just registered
	Summary  string
	Rejected []string
	Warnings []string
	Waves    []waveLine
}

func (h *pages) newService(q *web.Request) error {
	return h.showNew(q, http.StatusOK, ui.Draft{})
}

func (h *pages) showNew(q *web.Request, status int, d ui.Draft) error {
	page := serviceDeskPage{P: q.P, New: true, May: true, To: "/survei/baru"}
	var err error
	if page.Form, err = h.serviceFields(q, d); err != nil {
		return err
	}
	page.Problems = ui.Problems(page.Form...)
	return q.RenderStatus(status, web.Page{Title: q.P.T("survey.desk.add"), Nav: "survei", Body: serviceFormBody(page)})
}

// serviceFields are the fields of a service's form.
func (h *pages) serviceFields(q *web.Request, d ui.Draft) ([]ui.Field, error) {
	units, err := h.office.ManagedUnits(q.Context(), q.Actor)
	if err != nil {
		return nil, err
	}
	p := q.P
	var fields []ui.Field
	for _, name := range []string{"name", "name_en", "code", "unit", "time", "cost", "requirements", "procedures", "product"} {
		f := d.Field(name, p.T("survey.service.field."+name))
		if key := "survey.service.hint." + name; p.Has(key) {
			f.Hint = p.T(key)
		}
		f.Required = name == "name" || name == "code" || name == "unit"
		if name == "unit" {
			for _, u := range units {
				f.Options = append(f.Options, ui.Option{Value: u.ID, Text: u.Name})
			}
		}
		fields = append(fields, f)
	}
	return fields, nil
}

func serviceValues(s participation.Service) url.Values {
	return url.Values{
		"name": {s.Name}, "name_en": {s.NameEN}, "code": {s.Code}, "unit": {s.UnitID}, "time": {s.Time}, "cost": {s.Cost},
		"requirements": {s.Requirements}, "procedures": {s.Procedures}, "product": {s.Product}, "version": {fmt.Sprint(s.Version)},
	}
}

func readService(form *web.Form) participation.Service {
	return participation.Service{
		Code: form.Text("code"), UnitID: form.Text("unit"), Name: form.Text("name"), NameEN: form.Text("name_en"), Time: form.Text("time"),
		Cost: form.Text("cost"), Requirements: form.Text("requirements"), Procedures: form.Text("procedures"), Product: form.Text("product"),
	}
}

func (h *pages) createService(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	s, err := h.office.SaveService(q.Context(), q.Actor, readService(form))
	if fault.Is(err, fault.Invalid) {
		return h.showNew(q, http.StatusUnprocessableEntity, draft(q, err))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/layanan/"+url.PathEscape(s.Code), "survey.service.saved")
}

// serviceDesk shows one service to the office.
func (h *pages) serviceDesk(q *web.Request) error {
	s, err := h.deskService(q, account.ActSurveyView)
	if err != nil {
		return err
	}
	return h.showServiceDesk(q, http.StatusOK, s, ui.Draft{Values: serviceValues(s)}, ui.Draft{}, nil)
}

// deskService finds the service of the path and asks whether the actor may.
func (h *pages) deskService(q *web.Request, act account.Action) (participation.Service, error) {
	s, err := h.office.Service(q.Context(), q.Path("code"))
	if err != nil {
		return s, err
	}
	return s, q.Can(act, account.Thing{Unit: s.UnitID})
}

// deskForm finds the service of the path, asks whether the actor may manage it,
// and reads the form that was sent.
func (h *pages) deskForm(q *web.Request) (participation.Service, *web.Form, error) {
	s, err := h.deskService(q, account.ActSurveyManage)
	if err != nil {
		return s, nil, err
	}
	form, err := q.Form()
	return s, form, err
}

func (h *pages) showServiceDesk(q *web.Request, status int, s participation.Service, service, other ui.Draft, done *importView) error {
	page := serviceDeskPage{P: q.P, Service: s, To: "/survei/layanan/" + url.PathEscape(s.Code), ImportMsg: done}
	page.May = q.Can(account.ActSurveyManage, account.Thing{Unit: s.UnitID}) == nil
	var err error
	if page.Form, err = h.serviceFields(q, service); err != nil {
		return err
	}
	waves, err := h.office.Waves(q.Context(), s.ID)
	if err != nil {
		return err
	}
	for _, w := range waves {
		page.Waves = append(page.Waves, waveRow(q.P, w, q.Today()))
	}
	if page.Networks, err = h.office.Networks(q.Context(), s.ID); err != nil {
		return err
	}
	if page.Kiosks, err = h.office.Kiosks(q.Context(), s.ID); err != nil {
		return err
	}
	page.KioskName = required(other.Field("kiosk", q.P.T("survey.kiosk.name")))
	if page.WaveForm, err = h.waveFields(q, waves, other); err != nil {
		return err
	}
	page.NetForm = []ui.Field{other.Field("prefix", q.P.T("survey.network.field_prefix")), other.Field("netname", q.P.T("survey.network.field_name"))}
	w := page.WaveForm
	page.Problems = ui.Problems(append(append(page.Form, page.NetForm...), page.KioskName, w.Name, w.Opens, w.Ends, w.Population, w.By, w.Repeat, w.Basis, w.Elements, w.Weights)...)
	if text := other.Problems[""]; text != "" {
		page.Problems = append(page.Problems, ui.Problem{Text: text})
	}
	if text := other.Problems["file"]; text != "" {
		page.Problems = append(page.Problems, ui.Problem{ID: "file", Text: text})
	}
	return q.RenderStatus(status, web.Page{Title: s.Name, Nav: "survei", Body: serviceDeskBody(page)})
}

func waveRow(p *i18n.Printer, w participation.Wave, today string) waveLine {
	l := waveLine{Name: w.Name, To: "/survei/masa/" + w.ID, Period: p.T("survey.period_words", p.DayMonth(w.OpensOn), p.Date(w.EndsOn)), Answers: p.T("survey.desk.of", w.Answers, w.Target)}
	l.State, l.Tone = waveState(p, w, today)
	return l
}

// waveFields are the fields of a new wave, filled with what follows the last.
func (h *pages) waveFields(q *web.Request, waves []participation.Wave, d ui.Draft) (waveForm, error) {
	own, err := h.office.Elements(q.Context())
	if err != nil {
		return waveForm{}, err
	}
	p := q.P
	if d.Values == nil {
		d.Values = suggested(waves, q.Today())
	}
	field := func(name string) ui.Field {
		f := d.Field(name, p.T("survey.wave.field."+name))
		if key := "survey.wave.hint." + name; p.Has(key) {
			f.Hint = p.T(key)
		}
		return f
	}
	w := waveForm{
		Name: field("wave_name"), Opens: field("opens_on"), Ends: field("ends_on"), Population: field("population"), By: field("by"),
		Repeat: field("repeat"), Basis: field("basis"), Elements: field("elements"), Weights: field("weights"),
	}
	w.Name.Error = d.Problems["name"]
	w.By.Options = choices(p, "survey.wave.by.", "krejcie", "slovin")
	w.Repeat.Options = choices(p, "survey.wave.repeat.", "0", "1", "3", "6", "12")
	for _, s := range participation.Strata() {
		w.Basis.Options = append(w.Basis.Options, ui.Option{Value: string(s), Text: p.T("survey.strata." + string(s)), Hint: p.T("survey.strata_hint." + string(s))})
	}
	texts := elementTexts{p, own}
	for _, key := range participation.Nine() {
		w.Elements.Options = append(w.Elements.Options, ui.Option{Value: key, Text: texts.name(key)})
	}
	for key := range own {
		w.Elements.Options = append(w.Elements.Options, ui.Option{Value: key, Text: texts.name(key)})
	}
	return w, nil
}

func (h *pages) saveService(q *web.Request) error {
	old, form, err := h.deskForm(q)
	if err != nil {
		return err
	}
	s := readService(form)
	s.ID, s.Version = old.ID, form.Int("version", 1, 1<<30)
	s, err = h.office.SaveService(q.Context(), q.Actor, s)
	if fault.Is(err, fault.Invalid) {
		return h.showServiceDesk(q, http.StatusUnprocessableEntity, old, draft(q, err), ui.Draft{}, nil)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/layanan/"+url.PathEscape(s.Code), "survey.service.saved")
}

func (h *pages) retireService(q *web.Request) error {
	if err := h.office.RetireService(q.Context(), q.Actor, q.Path("code")); err != nil {
		return err
	}
	return q.Redirect("/survei", "survey.service.retired")
}

func (h *pages) openWave(q *web.Request) error {
	s, form, err := h.deskForm(q)
	if err != nil {
		return err
	}
	w := participation.Wave{
		ServiceID: s.ID, Name: form.Text("wave_name"), OpensOn: form.Date("opens_on", true), EndsOn: form.Date("ends_on", true),
		Population: form.Int("population", 0, 100_000_000), TargetBy: form.OneOf("by", "krejcie", "slovin"), Repeat: form.Int("repeat", 0, 24),
		Elements: form.All("elements"), Basis: participation.ParseBasis(strings.Join(form.All("basis"), ",")),
		Weights: strings.FieldsFunc(form.Text("weights"), func(r rune) bool { return r == ' ' || r == ';' || r == '\n' }),
	}
	if w.Name == "" {
		w.Name = participation.PeriodName(w.OpensOn, w.EndsOn)
	}
	if err = form.Err(); err == nil {
		w, err = h.office.OpenWave(q.Context(), q.Actor, w)
	}
	if fault.Is(err, fault.Invalid) {
		return h.showServiceDesk(q, http.StatusUnprocessableEntity, s, ui.Draft{Values: serviceValues(s)}, draft(q, err), nil)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/masa/"+w.ID, "survey.wave.opened")
}

func (h *pages) addNetwork(q *web.Request) error {
	s, form, err := h.deskForm(q)
	if err != nil {
		return err
	}
	err = h.office.AddNetwork(q.Context(), q.Actor, s, form.Text("prefix"), form.Text("netname"))
	if fault.Is(err, fault.Invalid) {
		return h.showServiceDesk(q, http.StatusUnprocessableEntity, s, ui.Draft{Values: serviceValues(s)}, draft(q, err), nil)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/survei/layanan/"+url.PathEscape(s.Code), "survey.network.saved")
}

// importAnswers loads an uploaded file of answers.
func (h *pages) importAnswers(q *web.Request) error {
	s, err := h.deskService(q, account.ActSurveyManage)
	if err != nil {
		return err
	}
	file, err := uploaded(q.R, "file")
	if err != nil {
		return err
	}
	in := participation.Import{
		File: bytes.NewReader(file), Size: int64(len(file)), Service: s,
		Stratum: participation.Stratum(q.R.FormValue("stratum")), DryRun: q.R.FormValue("dry") != "",
	}
	report, err := h.office.ImportAnswers(q.Context(), q.Actor, in)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showServiceDesk(q, http.StatusUnprocessableEntity, s, ui.Draft{Values: serviceValues(s)}, draft(q, err), nil)
	}
	if err != nil {
		return err
	}
	return h.showServiceDesk(q, http.StatusOK, s, ui.Draft{Values: serviceValues(s)}, ui.Draft{}, importWords(q.P, report, in.DryRun, q.Today()))
}

// uploaded returns the bytes of a file field. Nothing is written to disk.
func uploaded(r *http.Request, name string) ([]byte, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "multipart/form-data" {
		return nil, fault.WrongField(name, "form.required")
	}
	if err := r.ParseMultipartForm(maxUpload); err != nil {
		return nil, fault.Wrong("web.bad_form").Because(err)
	}
	f, _, err := r.FormFile(name)
	if err != nil {
		return nil, fault.WrongField(name, "form.required")
	}
	defer f.Close()
	return io.ReadAll(f)
}

// shownRejected is how many rejected rows the page lists.
const shownRejected = 50

func importWords(p *i18n.Printer, r participation.ImportReport, dry bool, today string) *importView {
	key := "survey.import.done"
	if dry {
		key = "survey.import.dry"
	}
	v := &importView{Summary: p.T(key, r.Rows, r.Created, r.Unchanged, len(r.Rejected))}
	for i, x := range r.Rejected {
		if i == shownRejected {
			v.Rejected = append(v.Rejected, p.T("survey.import.more", len(r.Rejected)-shownRejected))
			break
		}
		v.Rejected = append(v.Rejected, p.T("survey.import.row", fmt.Sprint(x.Row), x.Column, x.Value, p.T(x.Key)))
	}
	for _, w := range r.Warnings {
		v.Warnings = append(v.Warnings, p.T("survey.import.doubtful", w.Rows, p.T("survey.profile."+w.Column+".label")))
	}
	for _, w := range r.Waves {
		v.Waves = append(v.Waves, waveRow(p, w, today))
	}
	return v
}
