package participationweb

import (
	"cmp"
	"slices"

	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
)

// What the first page of a city shows: the services with most answers, and the
// latest follow-ups.
const (
	homeServices  = 6
	homeFollowUps = 4
)

// homePage is what a citizen sees who opens the city's address.
type homePage struct {
	P        *i18n.Printer
	Agency   string
	Services []listRow
	Offered  int
	Answers  int
	Ways     []way
	Said     []saidLine
}

// way is one way to take part.
type way struct{ Icon, Name, Text, To string }

// Home returns the first page of those without an account.
func Home(c Config) func(*web.Request) error {
	h := &pages{Config: c, office: c.Office}
	return h.home
}

func (h *pages) home(q *web.Request) error {
	list, err := h.office.Listed(q.Context())
	if err != nil {
		return err
	}
	page := homePage{P: q.P, Agency: h.Agency, Offered: len(list), Ways: h.ways(q.P)}
	for _, l := range list {
		page.Answers += l.Answers
	}
	slices.SortStableFunc(list, func(a, b participation.Listed) int { return cmp.Compare(b.Answers, a.Answers) })
	for _, l := range list[:min(homeServices, len(list))] {
		page.Services = append(page.Services, rowOf(q.P, l))
	}
	if page.Said, err = h.latest(q); err != nil {
		return err
	}
	return q.Render(web.Page{Title: h.Agency, Body: homeBody(page)})
}

// latest faces what citizens said last with what is done, over all services.
func (h *pages) latest(q *web.Request) ([]saidLine, error) {
	list, err := h.office.LatestFollowUps(q.Context(), 6*homeFollowUps)
	if err != nil {
		return nil, err
	}
	own, err := h.office.Elements(q.Context())
	if err != nil {
		return nil, err
	}
	said := map[string]bool{} // what several services heard stands here once
	var out []saidLine
	for _, f := range list {
		if said[f.Said] || len(out) == homeFollowUps {
			continue
		}
		said[f.Said] = true
		l := lineOf(q.P, elementTexts{q.P, own}, f)
		l.About = f.Service
		out = append(out, l)
	}
	return out, nil
}

// ways lists how one can take part, as far as the agency offers it.
func (h *pages) ways(p *i18n.Printer) []way {
	all := []way{{"face", p.T("survey.home.opinion"), p.T("survey.home.opinion_text"), "/layanan"}}
	if h.Forum != nil {
		all = append(all, way{"message", p.T("survey.home.forum"), p.T("survey.home.forum_text"), "/forum"})
	}
	if h.OwnComplaints && h.Complaints != nil {
		all = append(all, way{"flag", p.T("survey.home.report"), p.T("survey.home.report_text"), "/lapor"})
	}
	return append(all,
		way{"search", p.T("survey.home.news"), p.T("survey.home.news_text"), "/kabar"},
		way{"shield", p.T("survey.home.verify"), p.T("survey.home.verify_text"), "/v"},
		way{"book", p.T("survey.home.rules"), p.T("survey.home.rules_text"), "/aturan"},
	)
}

// exportServices answers with the services as a file.
func exportServices(q *web.Request, rows []listRow, format string) error {
	doc := sheet.Doc{Title: q.P.T("survey.list_title"), Columns: []sheet.Column{
		{Label: q.P.T("survey.service_head")},
		{Label: q.P.T("survey.export_unit")},
		{Label: q.P.T("survey.index")},
		{Label: q.P.T("survey.grade_head")},
		{Label: q.P.T("survey.interval")},
		{Label: q.P.T("survey.answers")},
	}, Rows: func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield([]string{r.Name, r.Unit, r.Index, r.Grade, r.Interval, r.Answers}, nil) {
				return
			}
		}
	}}
	return q.Sheet("layanan-"+q.Today(), format, doc)
}

// serviceTable is the head of a list of services.
func serviceTable(p *i18n.Printer, at ui.Address) ui.Table {
	return ui.Table{Caption: p.T("survey.list_title"), At: at, Columns: []ui.Column{
		{Label: p.T("survey.service_head")},
		{Label: p.T("survey.index"), Num: true},
		{Label: p.T("survey.grade_head")},
		{Label: p.T("survey.interval"), Num: true},
		{Label: p.T("survey.answers"), Num: true},
		{Label: p.T("survey.give"), Off: true},
	}}
}
