package praiseweb

import (
	"embed"
	"maps"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/appraisal/praise"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/rulebook"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// pages holds what the handlers need.
type pages struct{ svc *praise.Service }

// Routes returns the addresses of the pages.
func Routes(svc *praise.Service) []web.Route {
	h := &pages{svc}
	return []web.Route{
		{Pattern: "GET /pengakuan", Action: account.ActMonitor, Handle: h.list},
		{Pattern: "GET /pengakuan/unit-saya", Action: account.ActSelf, Handle: h.own},
	}
}

// listPage is who is recognised.
type listPage struct {
	P    *i18n.Printer
	L    praise.List
	Q    praise.Query
	Rule praise.Rule
	At   ui.Address
}

func (h *pages) list(q *web.Request) error {
	p := listPage{P: q.P, At: ui.At(q.R.URL)}
	p.Q = praise.Query{What: praise.What(p.At.Get("jenis")), Kind: p.At.Get("kelompok"), Text: p.At.Get(ui.SearchParam)}
	if p.Q.What != praise.People {
		p.Q.What = praise.Units
	}
	var err error
	if p.L, err = h.svc.List(q.Context(), q.Actor, p.Q); err != nil {
		return err
	}
	if format := q.Query(ui.FormatParam); format != "" {
		return p.export(q, format)
	}
	if p.Rule, err = h.svc.Rule(q.Context()); err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("praiseweb.title"), Nav: "pengakuan", Body: listBody(p)})
}

func (p listPage) export(q *web.Request, format string) error {
	return q.Sheet("pengakuan", format, sheet.Doc{
		Title: q.P.T("praiseweb.title"),
		Columns: []sheet.Column{
			{Key: "name", Label: q.P.T("praiseweb.name")},
			{Key: "note", Label: q.P.T("praiseweb.post")},
			{Key: "kind", Label: q.P.T("praiseweb.kind")},
			{Key: "now", Label: q.P.T("praiseweb.now"), Kind: sheet.Exact},
			{Key: "last", Label: q.P.T("praiseweb.last"), Kind: sheet.Exact},
			{Key: "middle", Label: q.P.T("praiseweb.middle"), Kind: sheet.Exact},
		},
		Rows: func(yield func([]string, error) bool) {
			for _, r := range p.L.Rows {
				if !yield([]string{r.Name, r.Note, kindText(q.P, r), decimal(r.Now), decimal(r.Last), decimal(r.Middle)}, nil) {
					return
				}
			}
		},
	})
}

// decimal writes hundredths with one place, as an exact decimal.
func decimal(hundredths int) string {
	return rulebook.Ratio(int64(hundredths), 100).Fixed(1)
}

func percent(p *i18n.Printer, hundredths int) string { return p.Num(decimal(hundredths)) + " %" }

// points writes a gain with its sign.
func points(p *i18n.Printer, hundredths int) string {
	sign := "+"
	if hundredths < 0 {
		sign, hundredths = "−", -hundredths
	}
	return sign + p.Num(decimal(hundredths))
}

// kindText names a group: a kind of unit, the heads of one, or a post.
func kindText(p *i18n.Printer, r praise.Row) string {
	if kind, heads := strings.CutPrefix(r.Kind, "kepala/"); heads {
		return p.T("praiseweb.heads", p.T("org.unit_kind."+kind))
	}
	if r.What == praise.Units {
		return p.T("org.unit_kind." + r.Kind)
	}
	return r.Kind
}

func (p listPage) tabs() []ui.Choice {
	var all []ui.Choice
	for _, w := range []praise.What{praise.Units, praise.People} {
		all = append(all, ui.Choice{
			Text: p.P.T("praiseweb.what." + string(w)), Count: p.P.Num(p.L.Total[w]), Current: p.Q.What == w, To: p.At.With("jenis", string(w), "kelompok", "", ui.SearchParam, ""),
		})
	}
	return all
}

func (p listPage) kinds() []ui.Option {
	var all []ui.Option
	for _, k := range slices.Sorted(maps.Keys(p.L.Kinds)) {
		all = append(all, ui.Option{Value: k, Text: kindText(p.P, praise.Row{What: p.Q.What, Kind: k})})
	}
	return all
}

func (p listPage) columns() []ui.Column {
	return []ui.Column{
		{Label: p.P.T("praiseweb.name")},
		{Label: p.P.T("praiseweb.kind")},
		{Label: p.P.T("praiseweb.now"), Num: true},
		{Label: p.P.T("praiseweb.gain"), Num: true},
		{Label: p.P.T("praiseweb.middle"), Num: true},
	}
}

// ownPage is the reader's units beside the middle of their kind.
type ownPage struct {
	P    *i18n.Printer
	O    praise.Own
	Rule praise.Rule
}

func (h *pages) own(q *web.Request) error {
	p := ownPage{P: q.P}
	var err error
	if p.O, err = h.svc.Own(q.Context(), q.Actor); err != nil {
		return err
	}
	if p.Rule, err = h.svc.Rule(q.Context()); err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("praiseweb.own"), Nav: "beranda", Body: ownBody(p)})
}

// standing says where a unit stands to the middle of its kind, in words only.
func standing(p *i18n.Printer, r praise.Row) string {
	switch {
	case r.Praised:
		return p.T("praiseweb.standing.praised")
	case r.Now >= r.Middle:
		return p.T("praiseweb.standing.above")
	case r.Gain() > 0 && r.Last > 0:
		return p.T("praiseweb.standing.rising")
	}
	return p.T("praiseweb.standing.room")
}

// Note is the part of the home page that tells somebody about their own
// recognition, and their unit's.
type Note struct{ Service *praise.Service }

// Home returns the note, nil for who has nothing to be told.
func (n Note) Home(q *web.Request) (templ.Component, error) {
	o, err := n.Service.Own(q.Context(), q.Actor)
	if err != nil {
		return nil, err
	}
	unit := slices.IndexFunc(o.Units, func(r praise.Row) bool { return r.Praised })
	if o.Me == nil && unit < 0 {
		return nil, nil
	}
	var row *praise.Row
	if unit >= 0 {
		row = &o.Units[unit]
	}
	return note(q.P, o.Me, row), nil
}
