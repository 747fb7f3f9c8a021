package talkweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/talk"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// overviewPage is the reader's talks, and those with the own people.
type overviewPage struct {
	P     *i18n.Printer
	O     talk.Overview
	Q     talk.Query
	At    ui.Address
	Today talk.Day
	zone  *time.Location
}

func (h *pages) overview(q *web.Request) error {
	p := overviewPage{P: q.P, At: ui.At(q.R.URL), Today: talk.Day(q.Today()), zone: q.Now.Location()}
	p.Q = talk.Query{Text: p.At.Get(ui.SearchParam), Filter: p.At.Get("keadaan")}
	if !slices.Contains([]string{talk.NoTalkYet, talk.Running, talk.Overdue}, p.Q.Filter) {
		p.Q.Filter = ""
	}
	var err error
	if p.O, err = h.svc.Overview(q.Context(), q.Actor, p.Q); err != nil {
		return err
	}
	if format := q.Query(ui.FormatParam); format != "" {
		return p.export(q, format)
	}
	return q.Render(web.Page{Title: q.P.T("talkweb.title"), Nav: "dialog", Body: overviewBody(p)})
}

func (p overviewPage) export(q *web.Request, format string) error {
	return q.Sheet("dialog-kinerja", format, sheet.Doc{
		Title: q.P.T("talkweb.team"),
		Columns: []sheet.Column{
			{Key: "name", Label: q.P.T("talkweb.col.name")},
			{Key: "nip", Label: "NIP"},
			{Key: "post", Label: q.P.T("talkweb.col.post")},
			{Key: "last", Label: q.P.T("talkweb.col.last"), Kind: sheet.Day},
			{Key: "open", Label: q.P.T("talkweb.col.open"), Kind: sheet.Day},
			{Key: "actions", Label: q.P.T("talkweb.col.actions"), Kind: sheet.Whole},
		},
		Rows: func(yield func([]string, error) bool) {
			for _, r := range p.O.Team {
				last, open := "", ""
				if r.Last != nil {
					last = p.day(r.Last.SignedAt)
				}
				if r.Open != nil {
					open = string(r.Open.Day)
				}
				if !yield([]string{r.Part.Who.Name, r.Part.Who.NIP, r.Part.Who.Post, last, open, strconv.Itoa(r.Actions)}, nil) {
					return
				}
			}
		},
	})
}

func (p overviewPage) day(t time.Time) string { return t.In(p.zone).Format(time.DateOnly) }

func (p overviewPage) chips() []ui.Choice {
	all := []ui.Choice{{Text: p.P.T("talkweb.everybody"), Count: p.P.Num(p.O.Total), To: p.At.With("keadaan", ""), Current: p.Q.Filter == ""}}
	for _, word := range []string{talk.Running, talk.Overdue, talk.NoTalkYet} {
		all = append(all, ui.Choice{Text: p.P.T("talkweb.filter." + word), Count: p.P.Num(p.O.Counts[word]), To: p.At.With("keadaan", word), Current: p.Q.Filter == word})
	}
	return all
}

func (p overviewPage) columns() []ui.Column {
	return []ui.Column{
		{Label: p.P.T("talkweb.col.name")},
		{Label: p.P.T("talkweb.col.last")},
		{Label: p.P.T("talkweb.col.now")},
		{Label: p.P.T("talkweb.col.actions"), Num: true},
	}
}

// link leads to the open talk of a row, else to the part's talks.
func link(r talk.Row) string {
	if r.Open != nil {
		return "/dialog/" + r.Open.ID
	}
	return "/dialog-bagian/" + r.Part.ID
}

func stateTone(s talk.State) ui.Tone {
	switch s {
	case talk.Signed:
		return ui.Fixed
	case talk.HalfSaid:
		return ui.Waiting
	case talk.Cancelled:
		return ui.Neutral
	}
	return ui.Info
}

// historyPage is the talks of one part, and where the next begins.
type historyPage struct {
	P     *i18n.Printer
	Part  appraisal.Part
	Talks []talk.Talk
	Side  talk.Side
	Draft ui.Draft
	Today talk.Day
}

func (h *pages) history(q *web.Request) error {
	return h.showHistory(q, http.StatusOK, ui.Draft{Values: url.Values{}})
}

func (h *pages) showHistory(q *web.Request, status int, d ui.Draft) error {
	p := historyPage{P: q.P, Draft: d, Today: talk.Day(q.Today())}
	var err error
	if p.Part, p.Talks, p.Side, err = h.svc.History(q.Context(), q.Actor, q.Path("part")); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("talkweb.title"), Nav: "dialog", Body: historyBody(p)})
}

func (h *pages) begin(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	t, err := h.svc.Begin(q.Context(), q.Actor, q.Path("part"), talk.Day(f.Text("day")), f.Text("text"))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showHistory(q, web.Status(err), ui.Draft{Values: q.R.PostForm, Problems: problems(q, err)})
	}
	if err != nil {
		return err
	}
	return q.Redirect("/dialog/"+t.ID, "talkweb.begun")
}

// problems are the problems of a form; what concerns no field stands first.
func problems(q *web.Request, err error) map[string]string {
	all := web.Problems(q.P, err)
	if len(all) == 0 {
		all = map[string]string{"": web.Sentence(q.P, err)}
	}
	return all
}

// open returns the talk of the part that is not over.
func (p historyPage) open() *talk.Talk {
	for i := range p.Talks {
		if p.Talks[i].Open() {
			return &p.Talks[i]
		}
	}
	return nil
}

func (p historyPage) dayField() ui.Field {
	f := p.Draft.Field("day", p.P.T("talkweb.f.day"))
	f.Required = true
	return f
}

func (p historyPage) textField() ui.Field {
	f := p.Draft.Field("text", p.P.T("talkweb.f.first"))
	f.Hint, f.Rows = p.P.T("talkweb.h.first"), 2
	return f
}
