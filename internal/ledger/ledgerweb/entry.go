package ledgerweb

import (
	"encoding/hex"
	"strconv"

	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// entryPage is one entry in words.
type entryPage struct {
	base
	line
	Subject Subject
	Closed  bool // what it says is not for this reader
	Said    []said
	Point   ledger.Checkpoint // the newest checkpoint
}

func (h *pages) entry(q *web.Request) error {
	b, err := admit(q)
	if err != nil {
		return err
	}
	r, err := h.record.Get(q.Context(), q.Path("id"))
	if err != nil {
		return err
	}
	lines, err := h.lines(q, []ledger.Record{r})
	if err != nil {
		return err
	}
	p := entryPage{base: b, line: lines[0]}
	known, err := h.names.Describe(q.Context(), []string{r.Subject})
	if err != nil {
		return err
	}
	p.Subject = known[r.Subject]
	if p.Point, err = h.record.Latest(q.Context()); err != nil {
		return err
	}
	p.Closed = !may(q, p.Subject, r.Subject, r.Kind)
	if !p.Closed && r.Payload != nil {
		if err := h.names.Trace(q.Context(), q.Actor, r.Subject); err != nil {
			return err
		}
		if p.Said, err = h.say(q, r.Payload); err != nil {
			return err
		}
	}
	return q.Render(web.Page{Title: p.What, Nav: "catatan", Body: entryBody(p)})
}

// facts are who, when, what about and how it lies in the record.
func (p entryPage) facts() []ui.Fact {
	number := p.P.T("ledgerweb.waiting")
	if p.Seq >= 0 {
		number = p.P.Num(int(p.Seq))
	}
	all := []ui.Fact{
		{Name: p.P.T("ledgerweb.column.number"), Value: number},
		{Name: p.P.T("ledgerweb.column.when"), Value: p.When},
		{Name: p.P.T("ledgerweb.column.by"), Value: p.By, To: p.of("oleh", p.Record.Actor)},
		{Name: p.P.T("ledgerweb.column.about"), Value: p.About, To: p.of("tentang", p.Record.Subject)},
		{Name: p.P.T("ledgerweb.column.kind"), Value: p.Kind, To: p.of("jenis", p.Kind)},
	}
	if p.Subject.To != "" && !p.Closed {
		all = append(all, ui.Fact{Name: p.P.T("ledgerweb.page"), Value: p.P.T("ledgerweb.open_page"), To: p.Subject.To})
	}
	return all
}

// of leads to all entries with one trait of this one.
func (p entryPage) of(name, value string) string {
	if value == "" {
		return ""
	}
	return ui.Address{Path: "/catatan"}.With(name, value)
}

// proof are the figures that bind the entry into the record.
func (p entryPage) proof() []ui.Fact {
	return []ui.Fact{
		{Name: p.P.T("ledgerweb.column.entry"), Value: p.ID},
		{Name: p.P.T("ledgerweb.column.commitment"), Value: hex.EncodeToString(p.Commitment)},
		{Name: p.P.T("ledgerweb.leaf"), Value: hex.EncodeToString(p.LeafHash)},
	}
}

// covered reports whether the newest signed checkpoint covers the entry.
func (p entryPage) covered() bool { return p.Seq >= 0 && p.Seq < p.Point.Size }

// coveredWords says how many entries the checkpoint covers.
func (p entryPage) coveredWords() string {
	return p.P.T("ledgerweb.covered", strconv.FormatInt(p.Point.Size, 10))
}
