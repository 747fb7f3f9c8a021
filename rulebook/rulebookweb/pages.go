package rulebookweb

import (
	"embed"
	"net/url"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/rulebook"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

type pages struct {
	policy *policy.Service
}

// Routes returns the addresses of the rulebook's pages.
func Routes(p *policy.Service) []web.Route {
	h := &pages{p}
	return []web.Route{
		{Pattern: "GET /aturan", Action: account.ActRules, Handle: h.list},
		{Pattern: "GET /aturan/{rule}", Action: account.ActRules, Handle: h.rule},
		{Pattern: "POST /aturan/{rule}/usul", Action: account.ActRulesEdit, Handle: h.propose},
		{Pattern: "POST /aturan/usulan/{id}/sahkan", Action: account.ActRulesEdit, Handle: h.confirm},
		{Pattern: "POST /aturan/usulan/{id}/tarik", Action: account.ActRulesEdit, Handle: h.withdraw},
	}
}

// rulePage is one rule with the agency's changes.
type rulePage struct {
	P       *i18n.Printer
	View    rulebook.RuleView
	Book    *rulebook.Book
	On      string
	Changes []policy.Change
	Edit    bool
	Actor   string
	Draft   ui.Draft
}

// on reads the day the rulebook is shown for: ?per=2026-03-01, today without.
func on(q *web.Request) string {
	if d, ok := web.ParseDate(q.Query("per")); ok {
		return d
	}
	return q.Today()
}

func (h *pages) list(q *web.Request) error {
	day := on(q)
	book, err := h.policy.At(q.Context(), day)
	if err != nil {
		return err
	}
	var rules []rulebook.RuleView
	want := strings.ToLower(q.Query(ui.SearchParam))
	for _, r := range book.Rules(string(q.P.Lang())) {
		text := strings.ToLower(r.ID + " " + r.Title.In(string(q.P.Lang())) + " " + r.Words.In(string(q.P.Lang())) + " " + r.Cite())
		if strings.Contains(text, want) {
			rules = append(rules, r)
		}
	}
	return q.Render(web.Page{Title: q.P.T("rulebookweb.title"), Nav: "aturan", Body: listBody(q.P, ui.At(q.R.URL), day, book, rules)})
}

func (h *pages) rule(q *web.Request) error {
	p, err := h.rulePage(q)
	if err != nil {
		return err
	}
	return h.show(q, 200, p)
}

func (h *pages) rulePage(q *web.Request) (rulePage, error) {
	day := on(q)
	book, err := h.policy.At(q.Context(), day)
	if err != nil {
		return rulePage{}, err
	}
	view, err := book.View(q.Path("rule"), string(q.P.Lang()))
	if err != nil {
		return rulePage{}, err
	}
	changes, err := h.policy.Changes(q.Context(), view.ID)
	if err != nil {
		return rulePage{}, err
	}
	return rulePage{
		P: q.P, View: view, Book: book, On: day, Changes: changes, Edit: q.May(account.ActRulesEdit), Actor: q.Actor.ID,
		Draft: ui.Draft{Values: url.Values{}},
	}, nil
}

func (h *pages) show(q *web.Request, status int, p rulePage) error {
	return q.RenderStatus(status, web.Page{Title: p.View.Title.In(string(q.P.Lang())), Nav: "aturan", Body: ruleBody(p)})
}

func (h *pages) propose(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	d := policy.Draft{
		Rule: q.Path("rule"), Path: f.Required("path", 200), Value: f.Required("value", 2000),
		From: f.Date("from", true), Until: f.Date("until", false),
		Decision: f.Required("decision", 200), Decided: f.Date("decided", true), Reason: f.Required("reason", 1000),
	}
	if err = f.Err(); err == nil {
		_, err = h.policy.Propose(q.Context(), q.Actor, d)
	}
	if err == nil {
		return q.Redirect("/aturan/"+d.Rule+"#usulan", "rulebookweb.proposed")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	p, pageErr := h.rulePage(q)
	if pageErr != nil {
		return pageErr
	}
	p.Draft = ui.Draft{Values: q.R.PostForm, Problems: problems(q.P, err, d.Path)}
	return h.show(q, web.Status(err), p)
}

// problems names the form's field where the rulebook names the place inside
// the rule: the path where that is what was changed, else the value.
func problems(p *i18n.Printer, err error, path string) map[string]string {
	out := web.Problems(p, err)
	for name, text := range out {
		if name == path && name != "path" || strings.Contains(name, ".") {
			delete(out, name)
			out["path"] = text
		} else if !slices.Contains([]string{"", "path", "value", "from", "until", "decision", "decided", "reason"}, name) {
			delete(out, name)
			out["value"] = text
		}
	}
	return out
}

func (h *pages) confirm(q *web.Request) error {
	if err := h.policy.Confirm(q.Context(), q.Actor, q.Path("id")); err != nil {
		return err
	}
	return q.Redirect("/aturan", "rulebookweb.confirmed")
}

func (h *pages) withdraw(q *web.Request) error {
	if err := h.policy.Withdraw(q.Context(), q.Actor, q.Path("id")); err != nil {
		return err
	}
	return q.Redirect("/aturan", "rulebookweb.withdrawn")
}

// certaintyTone marks what still has to be checked against the regulation.
func certaintyTone(c rulebook.Certainty) ui.Tone {
	switch c {
	case rulebook.Primary:
		return ui.Good
	case rulebook.Unverified:
		return ui.Late
	}
	return ui.Info
}

func stateTone(s policy.State) ui.Tone {
	switch s {
	case policy.InForce:
		return ui.Fixed
	case policy.Proposed:
		return ui.Waiting
	}
	return ui.Neutral
}

// name shows the name of a value: its translation, or the code word with
// spaces.
func name(p *i18n.Printer, key string) string {
	if k := rulebook.NameKey(key); p.Has(k) {
		return p.T(k)
	}
	if k := rulebook.WordKey(key); p.Has(k) {
		return p.T(k)
	}
	return strings.ReplaceAll(key, "_", " ")
}

func cell(p *i18n.Printer, c rulebook.Cell) string {
	if len(c) == 0 {
		return "–"
	}
	var parts []string
	for _, v := range c {
		if k := rulebook.WordKey(v); p.Has(k) {
			v = p.T(k)
		} else {
			v = p.Num(v)
		}
		parts = append(parts, v)
	}
	return strings.Join(parts, ", ")
}

func heading(p *i18n.Printer, path []string) string {
	var parts []string
	for _, s := range path {
		parts = append(parts, name(p, s))
	}
	return strings.Join(parts, " · ")
}

// named reports whether the columns of a table have names.
func named(t rulebook.Table) bool {
	return len(t.Columns) > 1 || len(t.Columns) == 1 && t.Columns[0] != ""
}

func (p rulePage) field(name, label, hint string, required bool) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Required = required
	if hint != "" {
		f.Hint = p.P.T(hint)
	}
	return f
}
