package participationweb

import (
	"net/url"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
)

// deskRoutes are the office's side of surveys.
func (h *pages) deskRoutes() []web.Route {
	const view, manage, enter = account.ActSurveyView, account.ActSurveyManage, account.ActSurveyEnter
	return []web.Route{
		{Pattern: "GET /survei", Action: view, Handle: h.desk},
		{Pattern: "GET /survei/baru", Action: manage, Handle: h.newService},
		{Pattern: "POST /survei/baru", Action: manage, Handle: h.createService},
		{Pattern: "GET /survei/layanan/{code}", Action: view, Handle: h.serviceDesk},
		{Pattern: "POST /survei/layanan/{code}", Action: manage, Handle: h.saveService},
		{Pattern: "POST /survei/layanan/{code}/berhenti", Action: manage, Handle: h.retireService},
		{Pattern: "POST /survei/layanan/{code}/masa", Action: manage, Handle: h.openWave},
		{Pattern: "POST /survei/layanan/{code}/jaringan", Action: manage, Handle: h.addNetwork},
		{Pattern: "POST /survei/layanan/{code}/kios", Action: manage, Handle: h.addKiosk},
		{Pattern: "POST /survei/layanan/{code}/kios/{id}/berhenti", Action: manage, Handle: h.endKiosk},
		{Pattern: "POST /survei/layanan/{code}/impor", Action: manage, Handle: h.importAnswers, MaxBody: maxUpload, Raw: true},
		{Pattern: "GET /survei/layanan/{code}/poster.pdf", Action: view, Handle: h.poster},
		{Pattern: "GET /survei/masa/{wave}", Action: view, Handle: h.waveDesk},
		{Pattern: "POST /survei/masa/{wave}/tutup", Action: manage, Handle: h.closeWave},
		{Pattern: "POST /survei/masa/{wave}/terbit", Action: manage, Handle: h.publish},
		{Pattern: "POST /survei/masa/{wave}/kunjungan", Action: manage, Handle: h.setVisits},
		{Pattern: "POST /survei/masa/{wave}/populasi", Action: manage, Handle: h.setPopulation},
		{Pattern: "POST /survei/masa/{wave}/pengunjung", Action: manage, Handle: h.setMargin},
		{Pattern: "POST /survei/masa/{wave}/kupon.pdf", Action: enter, Handle: h.issueCodes},
		{Pattern: "GET /survei/masa/{wave}/kertas", Action: enter, Handle: h.paper},
		{Pattern: "POST /survei/masa/{wave}/kertas", Action: enter, Handle: h.enterPaper},
		{Pattern: "GET /survei/masa/{wave}/kata", Action: view, Handle: h.words},
		{Pattern: "POST /survei/masa/{wave}/kata", Action: manage, Handle: h.chooseWords},
		{Pattern: "GET /survei/masa/{wave}/mutu", Action: view, Handle: h.quality},
		{Pattern: "POST /survei/masa/{wave}/mutu", Action: manage, Handle: h.hold},
		{Pattern: "GET /survei/layanan/{code}/tindak-lanjut", Action: view, Handle: h.followDesk},
		{Pattern: "POST /survei/layanan/{code}/tindak-lanjut", Action: manage, Handle: h.addFollowUp},
		{Pattern: "POST /survei/tindak-lanjut/{id}", Action: manage, Handle: h.moveFollowUp},
		{Pattern: "GET /survei/terlambat", Action: view, Handle: h.overdue},
	}
}

// maxUpload bounds an uploaded file of answers.
const maxUpload = 64 << 20

// deskPage lists the services of one's units.
type deskPage struct {
	P     *i18n.Printer
	At    ui.Address
	Table ui.Table
	Rows  []deskRow
	May   bool // keep services
}

type deskRow struct {
	Name, Unit, To  string
	Wave, WaveTo    string
	State           string
	Tone            ui.Tone
	Answers         string
	Index, Interval string
	Overdue         string
	OverdueTo       string
}

func (h *pages) desk(q *web.Request) error {
	list, err := h.office.Overviews(q.Context(), q.Actor, account.ActSurveyView)
	if err != nil {
		return err
	}
	at := ui.At(q.R.URL)
	page := deskPage{P: q.P, At: at, May: q.May(account.ActSurveyManage), Table: ui.Table{
		Caption: q.P.T("survey.desk.title"), At: at, Columns: []ui.Column{
			{Label: q.P.T("survey.service_head")},
			{Label: q.P.T("survey.period")},
			{Label: q.P.T("survey.desk.answers"), Num: true},
			{Label: q.P.T("survey.desk.published"), Num: true},
			{Label: q.P.T("survey.desk.follow")},
		},
	}}
	find := strings.ToLower(at.Get(ui.SearchParam))
	for _, l := range list {
		if strings.Contains(strings.ToLower(l.Name+" "+l.Unit), find) {
			page.Rows = append(page.Rows, overviewRow(q.P, l, q.Today()))
		}
	}
	return q.Render(web.Page{Title: q.P.T("survey.desk.title"), Nav: "survei", Body: deskBody(page)})
}

func overviewRow(p *i18n.Printer, l participation.Overview, today string) deskRow {
	to := "/survei/layanan/" + url.PathEscape(l.Code)
	r := deskRow{Name: l.Name, Unit: l.Unit, To: to, Wave: "–", Answers: "–", Index: "–", OverdueTo: to + "/tindak-lanjut"}
	if w := l.Wave; w != nil {
		r.Wave, r.WaveTo = w.Name, "/survei/masa/"+w.ID
		r.State, r.Tone = waveState(p, *w, today)
		r.Answers = p.T("survey.desk.of", w.Answers, w.Target)
	}
	if l.Index != "" {
		r.Index, r.Interval = p.Num(l.Index)+" "+l.Grade, half(p, l.Lo, l.Hi)
	}
	if l.Overdue > 0 {
		r.Overdue = p.T("survey.desk.overdue", l.Overdue)
	}
	return r
}

func waveState(p *i18n.Printer, w participation.Wave, today string) (string, ui.Tone) {
	state := w.StateOn(today)
	tone := map[participation.State]ui.Tone{
		participation.Planned: ui.Neutral, participation.Running: ui.Info, participation.Ended: ui.Waiting, participation.Closed: ui.Fixed,
	}[state]
	return p.T("survey.wave.state." + string(state)), tone
}

// draft keeps what was typed and what was wrong with it.
func draft(q *web.Request, cause error) ui.Draft {
	return ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, cause)}
}

// choices makes options of code words and a prefix of translations.
func choices(p *i18n.Printer, prefix string, codes ...string) []ui.Option {
	out := make([]ui.Option, len(codes))
	for i, c := range codes {
		out[i] = ui.Option{Value: c, Text: p.T(prefix + c)}
	}
	return out
}
