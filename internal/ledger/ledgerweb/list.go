package ledgerweb

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// line is one entry as the list shows it.
type line struct {
	ledger.Record
	When, What, About, By string
}

// listPage is the record, or what is left of it.
type listPage struct {
	base
	Lines    []line
	Kinds    []string
	Total    int
	Pages    ui.Pages
	Actor    string // name of the one whose entries are shown, if one is chosen
	Subject  string // name of the thing whose entries are shown, if one is chosen
	Filtered bool
}

// pageSize is how many entries a page lists.
const pageSize = 50

func (h *pages) list(q *web.Request) error {
	b, err := admit(q)
	if err != nil {
		return err
	}
	kinds, err := h.record.Kinds(q.Context())
	if err != nil {
		return err
	}
	f, err := h.filter(q, kinds)
	if err != nil {
		return err
	}
	if format := q.Query(ui.FormatParam); format != "" {
		return h.export(q, f, format)
	}
	page := b.At.Page()
	f.Limit, f.Skip = pageSize, (page-1)*pageSize
	records, total, err := h.record.List(q.Context(), f)
	if err != nil {
		return err
	}
	p := listPage{base: b, Kinds: kinds, Total: total, Pages: ui.PagesOf(b.At, page, pageSize, total), Filtered: filtered(b.At)}
	if p.Lines, err = h.lines(q, records); err != nil {
		return err
	}
	if err := h.chosen(q, &p, f); err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("ledgerweb.title"), Nav: "catatan", Body: listBody(p)})
}

func filtered(at ui.Address) bool {
	return slices.ContainsFunc([]string{ui.SearchParam, "jenis", "oleh", "tentang", "dari", "sampai"}, func(name string) bool { return at.Get(name) != "" })
}

// filter reads what the address asks for; what cannot be read asks for nothing.
func (h *pages) filter(q *web.Request, kinds []string) (ledger.Filter, error) {
	f := ledger.Filter{Kind: q.Query("jenis"), Actor: q.Query("oleh"), Subject: q.Query("tentang")}
	day := func(name string) time.Time {
		iso, ok := web.ParseDate(q.Query(name))
		if !ok {
			return time.Time{}
		}
		t, err := time.ParseInLocation(time.DateOnly, iso, q.Now.Location())
		if err != nil {
			return time.Time{}
		}
		return t
	}
	f.From, f.Until = day("dari"), day("sampai")
	if !f.Until.IsZero() {
		f.Until = f.Until.AddDate(0, 0, 1)
	}
	words := q.Query(ui.SearchParam)
	if words == "" {
		return f, nil
	}
	var err error
	f.Any, err = h.find(q, words, kinds)
	return f, err
}

// find looks for words in the names of kinds, people and things. Things whose
// names the reader may not know are not found by them.
func (h *pages) find(q *web.Request, words string, kinds []string) (*ledger.Any, error) {
	any := &ledger.Any{IDs: []string{words}, Subjects: []string{words}}
	terms := search.Terms(words)
	for _, k := range kinds {
		if len(terms) > 0 && search.Match(search.Column(k, kindWords(q.P, k)), terms) {
			any.Kinds = append(any.Kinds, k)
		}
	}
	accounts, subjects, err := h.names.Find(q.Context(), words)
	if err != nil {
		return nil, err
	}
	known, err := h.names.Describe(q.Context(), subjects)
	if err != nil {
		return nil, err
	}
	any.Actors = accounts
	for _, s := range subjects {
		if may(q, known[s], s, "") {
			any.Subjects = append(any.Subjects, s)
		}
	}
	return any, nil
}

// lines puts records into words.
func (h *pages) lines(q *web.Request, records []ledger.Record) ([]line, error) {
	var actors, subjects []string
	for _, r := range records {
		actors, subjects = append(actors, r.Actor), append(subjects, r.Subject)
	}
	who, err := h.names.Accounts(q.Context(), actors)
	if err != nil {
		return nil, err
	}
	what, err := h.names.Describe(q.Context(), subjects)
	if err != nil {
		return nil, err
	}
	lines := make([]line, len(records))
	for i, r := range records {
		lines[i] = line{Record: r, When: q.P.Moment(r.At.In(q.Now.Location())), What: kindWords(q.P, r.Kind), By: byWhom(q, who, r.Actor)}
		lines[i].About = about(q, r.Subject, what[r.Subject])
	}
	return lines, nil
}

// byWhom names the account that did something.
func byWhom(q *web.Request, names map[string]string, id string) string {
	switch {
	case id == "":
		return q.P.T("ledgerweb.system")
	case names[id] == "":
		return q.P.T("ledgerweb.gone_account")
	}
	return names[id]
}

// about names a subject, by its sort alone where its name is not for the
// reader.
func about(q *web.Request, subject string, s Subject) string {
	sort := thingWords(q.P, subject)
	if s.Name == "" || !may(q, s, subject, "") {
		if thing, id, ok := strings.Cut(subject, ":"); ok && (thing == "month" || thing == "element") {
			return sort + " " + id
		}
		return sort
	}
	return sort + ": " + s.Name
}

// chosen names the one actor and the one thing the list is narrowed to.
func (h *pages) chosen(q *web.Request, p *listPage, f ledger.Filter) error {
	if f.Actor != "" {
		names, err := h.names.Accounts(q.Context(), []string{f.Actor})
		if err != nil {
			return err
		}
		p.Actor = byWhom(q, names, f.Actor)
	}
	if f.Subject != "" {
		known, err := h.names.Describe(q.Context(), []string{f.Subject})
		if err != nil {
			return err
		}
		p.Subject = about(q, f.Subject, known[f.Subject])
	}
	return nil
}

// kindOptions offers every area and every kind there is.
func (p listPage) kindOptions() []ui.Option {
	var all []ui.Option
	last := ""
	for _, k := range p.Kinds {
		area, _, _ := strings.Cut(k, ".")
		if area != last {
			all = append(all, ui.Option{Value: area + ".", Text: p.P.T("ledgerweb.all_of", areaWords(p.P, area))})
			last = area
		}
		all = append(all, ui.Option{Value: k, Text: kindWords(p.P, k)})
	}
	return all
}

// export writes what the filter leaves, without what the entries say: that is
// opened one by one and leaves a trace.
func (h *pages) export(q *web.Request, f ledger.Filter, format string) error {
	var all []ledger.Record
	err := h.record.Each(q.Context(), f, func(r ledger.Record) error {
		r.Payload, r.Salt = nil, nil
		all = append(all, r)
		return nil
	})
	if err != nil {
		return err
	}
	lines, err := h.lines(q, all)
	if err != nil {
		return err
	}
	doc := sheet.Doc{Title: q.P.T("ledgerweb.title"), Rows: func(yield func([]string, error) bool) {
		for _, l := range lines {
			row := []string{
				strconv.FormatInt(l.Seq, 10), l.At.In(q.Now.Location()).Format(time.RFC3339), l.Kind, l.What, l.Subject, l.About,
				l.Actor, l.By, l.ID, hex.EncodeToString(l.Commitment),
			}
			if !yield(row, nil) {
				return
			}
		}
	}}
	for _, name := range []string{"number", "when", "kind", "what", "subject", "about", "actor", "by", "entry", "commitment"} {
		doc.Columns = append(doc.Columns, sheet.Column{Key: name, Label: q.P.T("ledgerweb.column." + name)})
	}
	return q.Sheet("catatan-"+q.Today(), format, doc)
}
