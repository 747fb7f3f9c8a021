package calibrationweb

import (
	"embed"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/calibration"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

type pages struct{ svc *calibration.Service }

// Routes returns the addresses of the pages.
func Routes(svc *calibration.Service) []web.Route {
	h := &pages{svc}
	act := account.ActAppraisalCalib
	return []web.Route{
		{Pattern: "GET /kalibrasi", Action: act, Handle: h.list},
		{Pattern: "POST /kalibrasi", Action: act, Handle: h.start},
		{Pattern: "GET /kalibrasi/{id}", Action: act, Handle: h.session},
		{Pattern: "POST /kalibrasi/{id}/nama", Action: act, Handle: h.show},
		{Pattern: "POST /kalibrasi/{id}/tutup", Action: act, Handle: h.close},
		{Pattern: "GET /kalibrasi/{id}/{part}", Action: act, Handle: h.one},
		{Pattern: "POST /kalibrasi/{id}/{part}", Action: act, Handle: h.propose},
		{Pattern: "POST /kalibrasi/{id}/{part}/{change}", Action: act, Handle: h.consent},
	}
}

// listPage lists the reader's calibrations.
type listPage struct {
	P    *i18n.Printer
	All  []calibration.Session
	zone *time.Location
}

func (h *pages) list(q *web.Request) error {
	all, err := h.svc.Sessions(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	p := listPage{P: q.P, All: all, zone: q.Now.Location()}
	return q.Render(web.Page{Title: q.P.T("calibrationweb.title"), Nav: "kalibrasi", Body: listBody(p)})
}

func (h *pages) start(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	w, err := appraisal.ParseWindow(f.Text("window"))
	if err != nil {
		return err
	}
	id, err := h.svc.Start(q.Context(), q.Actor, f.Text("unit"), w)
	if fault.Is(err, fault.Conflict) {
		q.Flash(web.Sentence(q.P, err))
		return q.Redirect("/organisasi/"+url.PathEscape(f.Text("unit"))+"?w="+w.Code(), "")
	}
	if err != nil {
		return err
	}
	return q.Redirect("/kalibrasi/"+id, "calibrationweb.started")
}

// sessionPage is one calibration; One is the case that is open.
type sessionPage struct {
	P     *i18n.Printer
	V     calibration.View
	At    ui.Address
	One   *calibration.Case
	Me    string
	Draft ui.Draft
	zone  *time.Location
}

func (h *pages) view(q *web.Request) (sessionPage, error) {
	v, err := h.svc.Session(q.Context(), q.Actor, q.Path("id"))
	return sessionPage{P: q.P, V: v, At: ui.At(q.R.URL), Me: q.Actor.PersonID, Draft: ui.Draft{Values: url.Values{}}, zone: q.Now.Location()}, err
}

func (h *pages) session(q *web.Request) error {
	p, err := h.view(q)
	if err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("calibrationweb.title"), Nav: "kalibrasi", Body: sessionBody(p)})
}

func (h *pages) one(q *web.Request) error {
	p, err := h.onePage(q)
	if err != nil {
		return err
	}
	return q.Render(web.Page{Title: p.caseName(*p.One), Nav: "kalibrasi", Body: caseBody(p)})
}

func (h *pages) onePage(q *web.Request) (sessionPage, error) {
	p, err := h.view(q)
	if err != nil {
		return p, err
	}
	c, err := p.V.Case(q.Path("part"))
	p.One = &c
	return p, err
}

func (h *pages) show(q *web.Request) error {
	if err := h.svc.Show(q.Context(), q.Actor, q.Path("id")); err != nil {
		return err
	}
	return q.Redirect("/kalibrasi/"+q.Path("id"), "calibrationweb.shown")
}

func (h *pages) close(q *web.Request) error {
	if err := h.svc.Close(q.Context(), q.Actor, q.Path("id")); err != nil {
		return err
	}
	return q.Redirect("/kalibrasi/"+q.Path("id"), "calibrationweb.closed")
}

func (h *pages) propose(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	to := calibration.Pair{Results: appraisal.Rating(f.Text("results")), Conduct: appraisal.Rating(f.Text("conduct"))}
	err = h.svc.Propose(q.Context(), q.Actor, q.Path("id"), q.Path("part"), to, f.Text("reason"))
	if err == nil {
		return q.Redirect("/kalibrasi/"+q.Path("id")+"/"+q.Path("part"), "calibrationweb.proposed")
	}
	if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	p, viewErr := h.onePage(q)
	if viewErr != nil {
		return viewErr
	}
	p.Draft = ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)}
	return q.RenderStatus(web.Status(err), web.Page{Title: p.caseName(*p.One), Nav: "kalibrasi", Body: caseBody(p)})
}

func (h *pages) consent(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	state, err := h.svc.Consent(q.Context(), q.Actor, q.Path("id"), q.Path("change"), f.Text("word") == "setuju")
	if err != nil {
		return err
	}
	return q.Redirect("/kalibrasi/"+q.Path("id")+"/"+q.Path("part"), "calibrationweb.consented."+string(state))
}

func (p sessionPage) caseName(c calibration.Case) string {
	if c.Name != "" {
		return c.Name
	}
	return p.P.T("calibrationweb.person", number(c.Number))
}

// number writes a case's number with two digits.
func number(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// superiorName is "Atasan A" until the names are shown.
func (p sessionPage) superiorName(n int) string {
	s := p.V.Superior[n-1]
	name := s.Name
	if name == "" {
		name = p.P.T("calibrationweb.superior", letter(n))
	}
	if s.Mine {
		name += " (" + p.P.T("calibrationweb.you") + ")"
	}
	return name
}

// letter names the n-th superior: A to Z, then AA.
func letter(n int) string {
	if n > 26 {
		return letter((n-1)/26) + letter((n-1)%26+1)
	}
	return string(rune('A' + n - 1))
}

// cases are those of the superior and predicate that are chosen, by number.
func (p sessionPage) cases() []calibration.Case {
	superior, predicate := p.At.Get("atasan"), p.At.Get("predikat")
	return slices.DeleteFunc(slices.Clone(p.V.Cases), func(c calibration.Case) bool {
		return superior != "" && superior != strconv.Itoa(c.Evaluator) || predicate != "" && predicate != string(c.Predicate)
	})
}

func (p sessionPage) superiorOptions() []ui.Option {
	var out []ui.Option
	for _, s := range p.V.Superior {
		out = append(out, ui.Option{Value: strconv.Itoa(s.Number), Text: p.superiorName(s.Number)})
	}
	return out
}

func (p sessionPage) predicateOptions() []ui.Option {
	var out []ui.Option
	for _, code := range appraisal.AllPredicates() {
		out = append(out, ui.Option{Value: string(code), Text: p.P.T("appraisal.predicate." + string(code))})
	}
	return out
}

func (p sessionPage) ratings(pair calibration.Pair) string {
	return p.P.T("calibrationweb.pair", p.P.T("appraisal.rating."+string(pair.Results)), p.P.T("appraisal.rating."+string(pair.Conduct)))
}

func pairOf(c calibration.Case) calibration.Pair {
	return calibration.Pair{Results: c.Ratings.Results, Conduct: c.Ratings.Conduct}
}

func (p sessionPage) ratingField(name, label string) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Required, f.SideBy = true, true
	for _, r := range appraisal.AllRatings() {
		f.Options = append(f.Options, ui.Option{Value: string(r), Text: p.P.T("appraisal.rating." + string(r))})
	}
	return f
}

func (p sessionPage) reasonField() ui.Field {
	f := p.Draft.Field("reason", p.P.T("calibrationweb.reason"))
	f.Required, f.Hint = true, p.P.T("calibrationweb.reason_hint")
	return f
}

func (p sessionPage) problems() []ui.Problem {
	out := ui.Problems(p.ratingField("results", "calibrationweb.results"), p.ratingField("conduct", "calibrationweb.conduct"), p.reasonField())
	if text := p.Draft.Problems[""]; text != "" {
		out = append(out, ui.Problem{Text: text})
	}
	return out
}

// about returns the proposals about a case, or all.
func (p sessionPage) about(part string) []calibration.Change {
	return slices.DeleteFunc(slices.Clone(p.V.Changes), func(c calibration.Change) bool { return part != "" && c.PartID != part })
}

// numberOf names whom a proposal is about.
func (p sessionPage) numberOf(part string) string {
	if c, err := p.V.Case(part); err == nil {
		return p.caseName(c)
	}
	return "–"
}

// spoke reports whether the reader has already given a word on a proposal.
func (p sessionPage) spoke(c calibration.Change) bool {
	return slices.ContainsFunc(c.Consents, func(k calibration.Consent) bool { return k.PersonID == p.Me })
}

// who names somebody of a proposal; while names are hidden only the reader.
func (p sessionPage) who(person, name string) string {
	switch {
	case person == p.Me:
		return p.P.T("calibrationweb.you")
	case p.V.Names:
		return name
	}
	return p.P.T("calibrationweb.member")
}

func windowName(p *i18n.Printer, w appraisal.Window) string {
	switch w.Kind {
	case appraisal.Month:
		return p.Month(w.Code())
	case appraisal.Quarter:
		return p.T("calibrationweb.quarter", strconv.Itoa(w.N), strconv.Itoa(w.Year))
	}
	return strconv.Itoa(w.Year)
}

func stateTone(s calibration.ChangeState) ui.Tone {
	switch s {
	case calibration.Applied:
		return ui.Fixed
	case calibration.Refused:
		return ui.Neutral
	}
	return ui.Waiting
}

func caseTone(c calibration.Case) ui.Tone {
	if c.Open {
		return ui.Neutral
	}
	return ui.Fixed
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func sideColumns(p sessionPage) []ui.Column {
	all := []ui.Column{{Label: p.P.T("calibrationweb.by")}}
	for _, code := range appraisal.AllPredicates() {
		all = append(all, ui.Column{Label: p.P.T("appraisal.predicate." + string(code)), Num: true})
	}
	return append(all, ui.Column{Label: p.P.T("calibrationweb.total"), Num: true})
}
