package monthclose

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf"
	"github.com/gurindam/gurindam/rulebook"
)

// paper is a printed list. Lists are Indonesian whatever the language of the
// page: they go to the treasurer.
type paper struct {
	*pdf.Doc
	s *Service
}

func (s *Service) paper(title string, m Month, office string, at time.Time, landscape bool) paper {
	month := s.Words.Month(string(m))
	p := paper{s: s, Doc: pdf.New(pdf.Config{
		Title: title + " " + month, Author: s.Agency.Name, Lang: "id", Date: at.UTC(), Landscape: landscape,
		Running: title + " · " + month, PageLine: s.Words.T("monthclose.doc.page"),
	})}
	above, name := strings.ToUpper(s.Agency.Name), strings.ToUpper(office)
	if name == "" || name == above {
		above, name = "", strings.ToUpper(s.Agency.Name)
	}
	p.Letterhead(above, name, s.Agency.Address)
	return p
}

func (p paper) t(key string, args ...any) string { return p.s.Words.T("monthclose.doc."+key, args...) }

func (p paper) num(n int64) string { return p.s.Words.Num(n) }

// printed is a list about to be printed: the closed one, or the draft.
type printed struct {
	list closedList
	c    Closing // zero while it is a draft
	h    Head
}

// printedList returns the list a month is printed from: as it was closed, else
// as it stands now, limited to the actor's reach and to one office when it is
// named.
func (s *Service) printedList(ctx context.Context, actor account.Actor, m Month, office string) (printed, error) {
	var x printed
	reach, err := s.reachOf(ctx, actor)
	if err != nil {
		return x, err
	}
	if x.h, err = s.head(ctx, s.DB, m); err != nil {
		return x, err
	}
	snap, err := s.snapshot(ctx, m)
	if err != nil {
		return x, err
	}
	if x.h.State == Closed {
		if x.list, x.c, err = s.closed(ctx, s.DB, m, x.h.Closings); err != nil {
			return x, err
		}
	} else {
		x.list = snap.draft()
	}
	kept := x.list.Rows[:0]
	for _, r := range x.list.Rows {
		if (office == "" || r.OfficeID == office) && reach.has(snap.rowOf(r.Person).UnitID) {
			kept = append(kept, r)
		}
	}
	x.list.Rows = kept
	if len(kept) == 0 {
		return x, fault.Missing("monthclose.list.empty")
	}
	return x, nil
}

// draft is the list as it stands.
func (s *snapshot) draft() closedList {
	rows := append([]Row(nil), s.rows...)
	byOffice(rows)
	l := closedList{Month: s.head.Month}
	for _, r := range rows {
		l.Rows = append(l.Rows, closedRow{
			Person: r.PersonID, Name: r.Name, NIP: r.NIP, Post: r.Post, Unit: r.Unit, OfficeID: r.OfficeID, Office: r.Office, Rank: r.Rank, Class: r.Class,
			State: r.State, Desk: r.Desk, Lack: r.Lack,
			Sum: Sum{Ceiling: r.Ceiling, Cuts: r.Cuts, Gross: r.Gross, Insurance: r.Insurance, Tax: r.Tax, Net: r.Net, Employer: r.Employer},
		})
	}
	return l
}

// ListPDF prints the list of a month, of one office or of all: who is paid with
// the sums, who is not yet, and room for signatures.
func (s *Service) ListPDF(ctx context.Context, actor account.Actor, m Month, office string) ([]byte, error) {
	x, err := s.printedList(ctx, actor, m, office)
	if err != nil {
		return nil, err
	}
	name := ""
	if office != "" {
		name = x.list.Rows[0].Office
	}
	at := x.c.ClosedAt
	if at.IsZero() {
		at = s.Now()
	}
	p := s.paper(s.Words.T("monthclose.doc.list"), m, name, at, true)
	p.Title(p.t("list_title"), p.t("list_sub", s.Words.Month(string(m)), s.Words.Date(string(x.h.Dates.AttendanceFrom)), s.Words.Date(string(x.h.Dates.AttendanceTo))))
	if x.c.Number == 0 {
		p.Note(p.t("draft"))
	}
	if office == "" {
		p.recap(x.list)
	}
	for _, group := range byOfficeOf(x.list.Rows) {
		p.office(group, office == "")
	}
	if err := p.signatures(ctx, x, office, at); err != nil {
		return nil, err
	}
	return p.Bytes()
}

// byOfficeOf cuts rows in order of office into one piece an office.
func byOfficeOf(rows []closedRow) [][]closedRow {
	var all [][]closedRow
	for i, r := range rows {
		if i == 0 || rows[i-1].OfficeID != r.OfficeID {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], r)
	}
	return all
}

// totals adds up who is paid.
func totals(rows []closedRow) (people int, s Sum) {
	for _, r := range rows {
		if r.State != Ready {
			continue
		}
		people++
		s.Ceiling += r.Sum.Ceiling
		s.Cuts += r.Sum.Cuts
		s.Gross += r.Sum.Gross
		s.Insurance += r.Sum.Insurance
		s.Tax += r.Sum.Tax
		s.Net += r.Sum.Net
		s.Employer += r.Sum.Employer
	}
	return people, s
}

func right(text string, bold bool) pdf.Cell { return pdf.Cell{Text: text, Align: "R", Bold: bold} }

func (p paper) sums(s Sum, bold bool) []pdf.Cell {
	var cells []pdf.Cell
	for _, n := range []int64{s.Ceiling, s.Cuts, s.Gross, s.Insurance, s.Tax, s.Net, s.Employer} {
		cells = append(cells, right(p.num(n), bold))
	}
	return cells
}

func (p paper) sumHeads() []string {
	var heads []string
	for _, key := range []string{"ceiling", "cuts", "gross", "insurance", "tax", "net", "employer"} {
		heads = append(heads, p.t(key))
	}
	return heads
}

// recap is one line an office.
func (p paper) recap(l closedList) {
	t := pdf.Table{
		Widths: []float64{58, 12, 20, 18, 20, 16, 18, 20, 18}, Small: true,
		Head: [][]pdf.Cell{pdf.HeadCells(append([]string{p.t("office"), p.t("people")}, p.sumHeads()...)...)},
	}
	for _, rows := range byOfficeOf(l.Rows) {
		n, s := totals(rows)
		t.Rows = append(t.Rows, append([]pdf.Cell{{Text: rows[0].Office}, right(p.num(int64(n)), false)}, p.sums(s, false)...))
	}
	n, s := totals(l.Rows)
	t.Rows = append(t.Rows, append([]pdf.Cell{{Text: p.t("total"), Bold: true}, right(p.num(int64(n)), true)}, p.sums(s, true)...))
	p.Heading(p.t("recap"))
	p.Table(t)
}

// office is the list of one office: who is paid, then who is not yet.
func (p paper) office(rows []closedRow, named bool) {
	if named {
		p.Heading(rows[0].Office)
	}
	t := pdf.Table{
		Widths: []float64{8, 44, 30, 10, 10, 18, 16, 18, 15, 15, 18, 15}, Small: true,
		Head: [][]pdf.Cell{pdf.HeadCells(append([]string{p.t("no"), p.t("name"), p.t("post"), p.t("rank"), p.t("class")}, p.sumHeads()...)...)},
	}
	var waiting []closedRow
	for _, r := range rows {
		if r.State != Ready {
			if r.State != Outside {
				waiting = append(waiting, r)
			}
			continue
		}
		cells := []pdf.Cell{right(strconv.Itoa(len(t.Rows)+1), false), {Text: nameAndNumber(r)}, {Text: r.Post}, {Text: r.Rank, Align: "C"}, {Text: strconv.Itoa(r.Class), Align: "C"}}
		t.Rows = append(t.Rows, append(cells, p.sums(r.Sum, false)...))
	}
	_, s := totals(rows)
	t.Rows = append(t.Rows, append([]pdf.Cell{{Text: p.t("total"), Bold: true, Span: 5}}, p.sums(s, true)...))
	p.Table(t)
	p.waiting(waiting)
}

// nameAndNumber is a name with its number below.
func nameAndNumber(r closedRow) string {
	if r.NIP == "" {
		return r.Name
	}
	return r.Name + "\n" + r.NIP
}

// waiting lists who is not paid this month, and why.
func (p paper) waiting(rows []closedRow) {
	if len(rows) == 0 {
		return
	}
	t := pdf.Table{Widths: []float64{60, 60, 60}, Small: true, Head: [][]pdf.Cell{pdf.HeadCells(p.t("not_paid"), p.t("post"), p.t("why"))}}
	for _, r := range rows {
		why := p.s.Words.T("monthclose.state." + string(r.State))
		if r.Lack != "" {
			why = p.s.Words.T("monthclose.lack." + string(r.Lack))
		}
		t.Rows = append(t.Rows, pdf.Cells(r.Name, r.Post, why))
	}
	p.Table(t)
}

// byHand is the line somebody signs on whose name is not known.
const byHand = "………………………………"

// signatures leaves room for who signs, and says what was closed.
func (p paper) signatures(ctx context.Context, x printed, office string, at time.Time) error {
	place := p.t("place", p.s.Agency.City, p.s.Words.Date(p.s.inZone(at)))
	left := pdf.Signature{Above: "\u00a0", Role: p.t("know_agency"), Name: byHand}
	if office != "" {
		left.Role = p.t("know_office", x.list.Rows[0].Office)
		name, nip, err := p.s.headOfOffice(ctx, office)
		if err != nil {
			return err
		}
		left.Name, left.NIP = cmp.Or(name, byHand), nip
	}
	right := pdf.Signature{Above: place, Role: p.t("keeper")}
	if x.c.Number > 0 {
		right.Name, right.How = x.c.ClosedName, p.t("signed")
	}
	p.Signatures(left, right)
	if x.c.Number > 0 {
		p.Note(p.t("hash", strconv.Itoa(x.c.Number), x.c.Hash))
	}
	return nil
}

// headOfOffice returns who leads an office today; empty while nobody does.
func (s *Service) headOfOffice(ctx context.Context, office string) (name, nip string, err error) {
	m, err := s.Org.Map(ctx, s.DB, s.Today())
	if err != nil {
		return "", "", err
	}
	post, ok := m.Head(office)
	if !ok {
		return "", "", nil
	}
	holders := m.Regular(post.ID)
	if len(holders) == 0 {
		return "", "", nil
	}
	who, err := s.Org.Identities(ctx, s.DB, s.Today(), holders[0].Person)
	i := who[holders[0].Person]
	return i.Name, i.NIP, err
}

// SlipPDF prints one person's sum with every step, for the person and for HR.
func (s *Service) SlipPDF(ctx context.Context, actor account.Actor, m Month, person string) ([]byte, error) {
	x, err := s.Person(ctx, actor, m, person)
	if err != nil {
		return nil, err
	}
	p := s.paper(s.Words.T("monthclose.doc.slip"), m, x.Office, s.Now(), false)
	p.Title(p.t("slip_title"), s.Words.Month(string(m)))
	if x.Head.State != Closed {
		p.Note(p.t("estimate"))
	}
	p.Pairs([2]string{p.t("person"), x.Name}, [2]string{p.t("nip"), x.NIP}, [2]string{p.t("post"), x.Post}, [2]string{p.t("office"), x.Office},
		[2]string{p.t("class"), strconv.Itoa(x.Class)}, [2]string{p.t("rank"), x.Rank})
	t := pdf.Table{Widths: []float64{90, 30, 60}, Head: [][]pdf.Cell{pdf.HeadCells(p.t("step"), p.t("rupiah"), p.t("source"))}}
	p.steps(&t, x.Because.Lines(s.Words), 0)
	p.Table(t)
	for _, o := range x.Objections {
		p.Text(p.t("objected", s.Words.T("rulebook.word."+o.Code), s.Words.Date(string(o.Day)), o.Reason, s.Words.T("monthclose.objection."+string(o.State)), o.Words))
	}
	return p.Bytes()
}

func (p paper) steps(t *pdf.Table, lines []rulebook.Line, depth int) {
	for _, l := range lines {
		value := ""
		switch v := l.Value.(type) {
		case int64:
			value = p.num(v)
		case rulebook.Num:
			value = p.s.Words.Num(v.String())
		}
		t.Rows = append(t.Rows, []pdf.Cell{{Text: strings.Repeat("    ", depth) + l.Label, Bold: depth == 0}, right(value, depth == 0), {Text: l.Source, Mute: true}})
		p.steps(t, l.Parts, depth+1)
	}
}
