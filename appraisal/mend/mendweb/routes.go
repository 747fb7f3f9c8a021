package mendweb

import (
	"embed"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/mend"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// pages holds what the handlers need.
type pages struct{ svc *mend.Service }

// Routes returns the addresses of the pages.
func Routes(svc *mend.Service) []web.Route {
	h := &pages{svc}
	self, own := account.ActSelf, account.ActAppraisalOwn
	return []web.Route{
		{Pattern: "GET /perbaikan", Action: self, Handle: h.list},
		{Pattern: "GET /perbaikan/{part}", Action: own, Handle: h.form},
		{Pattern: "POST /perbaikan/{part}", Action: own, Handle: h.propose},
		{Pattern: "GET /perbaikan/usul/{id}", Action: self, Handle: h.one},
		{Pattern: "POST /perbaikan/usul/{id}", Action: self, Handle: h.decide},
		{Pattern: "POST /perbaikan/usul/{id}/tarik", Action: self, Handle: h.withdraw},
	}
}

// listPage is the proposals the reader has to do with.
type listPage struct {
	P      *i18n.Printer
	Rows   []mend.Proposal
	Counts map[mend.State]int
	State  mend.State
	At     ui.Address
	zone   *time.Location
}

func (h *pages) list(q *web.Request) error {
	p := listPage{P: q.P, At: ui.At(q.R.URL), zone: q.Now.Location()}
	p.State = mend.State(p.At.Get("keadaan"))
	if !slices.Contains(mend.States(), p.State) {
		p.State = ""
	}
	var err error
	if p.Rows, p.Counts, err = h.svc.List(q.Context(), q.Actor, p.State, p.At.Get(ui.SearchParam)); err != nil {
		return err
	}
	if format := q.Query(ui.FormatParam); format != "" {
		return p.export(q, format)
	}
	return q.Render(web.Page{Title: q.P.T("mendweb.title"), Nav: "perbaikan", Body: listBody(p)})
}

func (p listPage) export(q *web.Request, format string) error {
	return q.Sheet("usul-perbaikan", format, sheet.Doc{
		Title: q.P.T("mendweb.title"),
		Columns: []sheet.Column{
			{Key: "day", Label: q.P.T("mendweb.day"), Kind: sheet.Day},
			{Key: "name", Label: q.P.T("mendweb.who")},
			{Key: "post", Label: q.P.T("mendweb.post")},
			{Key: "was", Label: q.P.T("mendweb.was")},
			{Key: "right", Label: q.P.T("mendweb.right")},
			{Key: "reason", Label: q.P.T("mendweb.reason")},
			{Key: "state", Label: q.P.T("mendweb.state_col")},
		},
		Rows: func(yield func([]string, error) bool) {
			for _, x := range p.Rows {
				row := []string{x.ProposedAt.In(p.zone).Format(time.DateOnly), x.Name, x.Post, x.Was, x.Right, x.Reason, q.P.T("mendweb.state." + string(x.State))}
				if !yield(row, nil) {
					return
				}
			}
		},
	})
}

func (p listPage) chips() []ui.Choice {
	whole := 0
	for _, n := range p.Counts {
		whole += n
	}
	all := []ui.Choice{{Text: p.P.T("mendweb.all"), Count: p.P.Num(whole), To: p.At.With("keadaan", ""), Current: p.State == ""}}
	for _, s := range mend.States() {
		all = append(all, ui.Choice{Text: p.P.T("mendweb.state." + string(s)), Count: p.P.Num(p.Counts[s]), To: p.At.With("keadaan", string(s)), Current: p.State == s})
	}
	return all
}

func (p listPage) columns() []ui.Column {
	return []ui.Column{{Label: p.P.T("mendweb.who")}, {Label: p.P.T("mendweb.was")}, {Label: p.P.T("mendweb.right")}, {Label: p.P.T("mendweb.state_col")}}
}

func tone(s mend.State) ui.Tone {
	switch s {
	case mend.Accepted:
		return ui.Good
	case mend.Refused:
		return ui.Late
	case mend.Proposed:
		return ui.Waiting
	}
	return ui.Neutral
}

// formPage is where the person says what is wrong.
type formPage struct {
	P     *i18n.Printer
	Part  appraisal.Part
	Past  []mend.Proposal
	Text  string // searched for
	Found []appraisal.Colleague
	Right string // person chosen
	Name  string
	Draft ui.Draft
}

func (h *pages) form(q *web.Request) error {
	return h.showForm(q, http.StatusOK, q.Query("orang"), ui.Draft{Values: url.Values{}})
}

func (h *pages) showForm(q *web.Request, status int, right string, d ui.Draft) error {
	p := formPage{P: q.P, Text: q.Query("cari"), Right: right, Draft: d}
	var err error
	if p.Part, p.Past, err = h.svc.Part(q.Context(), q.Actor, q.Path("part")); err != nil {
		return err
	}
	if p.Found, err = h.svc.Appraisal.Colleagues(q.Context(), q.Actor, p.Text); err != nil {
		return err
	}
	if right != "" {
		t, err := h.svc.Appraisal.FeedbackTarget(q.Context(), q.Actor, right)
		if err != nil {
			return err
		}
		p.Name = t.Name + ", " + t.Post
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("mendweb.propose"), Nav: "skp", Body: formBody(p)})
}

func (h *pages) propose(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	kind, right := mend.Kind(f.Text("kind")), f.Text("right")
	given := right
	if kind == mend.WrongUnit {
		given = f.Text("unit")
	}
	x, err := h.svc.Propose(q.Context(), q.Actor, q.Path("part"), kind, given, f.Text("reason"))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showForm(q, web.Status(err), right, ui.Draft{Values: q.R.PostForm, Problems: problems(q, err)})
	}
	if err != nil {
		return err
	}
	return q.Redirect("/perbaikan/usul/"+x.ID, "mendweb.proposed")
}

// problems are the problems of a form; what concerns no field stands first.
func problems(q *web.Request, err error) map[string]string {
	all := web.Problems(q.P, err)
	if len(all) == 0 {
		all = map[string]string{"": web.Sentence(q.P, err)}
	}
	return all
}

// open returns the proposal that waits.
func (p formPage) open() *mend.Proposal {
	for i := range p.Past {
		if p.Past[i].State == mend.Proposed {
			return &p.Past[i]
		}
	}
	return nil
}

func (p formPage) reason() ui.Field {
	f := p.Draft.Field("reason", p.P.T("mendweb.reason"))
	f.Required, f.Rows, f.Hint = true, 2, p.P.T("mendweb.reason_hint")
	return f
}

func (p formPage) unit() ui.Field {
	f := p.Draft.Field("unit", p.P.T("mendweb.right_unit"))
	f.Required = true
	return f
}

// onePage is one proposal and, for who decides, its form.
type onePage struct {
	P     *i18n.Printer
	X     mend.Proposal
	May   bool
	Mine  bool
	Draft ui.Draft
	zone  *time.Location
}

func (h *pages) one(q *web.Request) error {
	return h.showOne(q, http.StatusOK, ui.Draft{Values: url.Values{}})
}

func (h *pages) showOne(q *web.Request, status int, d ui.Draft) error {
	x, err := h.svc.Proposal(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	p := onePage{
		P: q.P, X: x, May: h.svc.May(q.Context(), q.Actor, x), Mine: q.Actor.PersonID != "" && q.Actor.PersonID == x.PersonID, Draft: d, zone: q.Now.Location(),
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("mendweb.one"), Nav: "perbaikan", Body: oneBody(p)})
}

func (h *pages) decide(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	id, accept := q.Path("id"), f.OneOf("act", "terima", "tolak") == "terima"
	if err = f.Err(); err == nil {
		err = h.svc.Decide(q.Context(), q.Actor, id, accept, f.Text("words"))
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showOne(q, web.Status(err), ui.Draft{Values: q.R.PostForm, Problems: problems(q, err)})
	}
	if err != nil {
		return err
	}
	done := "mendweb.refused"
	if accept {
		done = "mendweb.accepted"
	}
	return q.Redirect("/perbaikan/usul/"+id, done)
}

func (h *pages) withdraw(q *web.Request) error {
	id := q.Path("id")
	if err := h.svc.Withdraw(q.Context(), q.Actor, id); err != nil {
		return err
	}
	return q.Redirect("/perbaikan/usul/"+id, "mendweb.withdrawn")
}

func (p onePage) words() ui.Field {
	f := p.Draft.Field("words", p.P.T("mendweb.words"))
	f.Rows, f.Hint = 2, p.P.T("mendweb.words_hint")
	return f
}
