package orgimport

import (
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// person is what a row of a roster says, in the map's words. Its exported
// fields are what the spool keeps.
type person struct {
	Row    int
	Source string // PNS ID, or an identity made of the fields

	NIP, Name, Front, Back     string
	Born                       org.Day
	Birthplace, Sex, Email, HP string
	Employment                 org.Employment
	Rank, Education, Study     string
	Status                     string
	ContractEnd                org.Day
	UnitID, Unit, Office       string
	Title, TitleID             string
	Kind                       org.PositionKind
	Level, Group               string
	Head                       bool
	Since                      org.Day
	Decree                     string
	Gone                       bool // holds no position any more
}

// rosterReader turns rows of a roster into people.
type rosterReader struct {
	words  *words
	nip    org.NIPRule
	places map[string]place // by title, kind and eselon: offices repeat themselves
}

// readRoster reads a roster into a spool.
func (s *Service) readRoster(ctx context.Context, l *lens, p *prepared) error {
	book, err := s.Books.At(ctx, string(p.order.At))
	if err != nil {
		return err
	}
	rule, err := rulebook.Load[org.NIPRule](book)
	if err != nil {
		return err
	}
	sp, err := newSpool(s.spoolDir())
	if err != nil {
		return err
	}
	r := &rosterLoader{spool: sp, unitColumn: l.column("unit"), nipColumn: l.column("nip")}
	p.loader = r
	reader := &rosterReader{words: s.words, nip: rule, places: map[string]place{}}
	same, counts := newTwins(), map[string]int{}
	err = p.each(ctx, l, func(row *line) error {
		x := reader.read(row)
		if !row.settle(p.read) {
			r.mention(x)
			return nil
		}
		if x.NIP == "" && x.Source == "" {
			x.Source = occurrence(counts, x.texts()...)
		}
		sum := same.sum(x.texts()...)
		for _, id := range []string{x.NIP, x.Source} {
			if id != "" {
				same.add(id, x.Row, sum)
			}
		}
		return sp.put(x)
	})
	if err != nil {
		return err
	}
	drop := rejectTwins(same, p.read, "import.reject.twin_person", r.nipColumn)
	for id, rows := range drop.copies {
		p.read.warn(Warning{Code: "copy", Row: rows[0], Column: r.nipColumn, Value: id, Args: []any{id}})
	}
	r.drop = drop.rows
	for row := range drop.rows {
		if !p.read.isRejected(row) {
			r.copies++
		}
	}
	return sp.finish()
}

// mention remembers whom a rejected row names, as far as it can be read: they
// are in the file and not absent.
func (l *rosterLoader) mention(x person) {
	for _, id := range []string{x.Source, x.NIP} {
		if id != "" {
			l.mentioned = append(l.mentioned, id)
		}
	}
}

// texts are everything a row says, for telling rows apart.
func (p *person) texts() []string {
	return []string{
		p.Source, p.NIP, p.Name, p.Front, p.Back, string(p.Born), p.Birthplace, p.Sex, p.Email, p.HP, string(p.Employment), p.Rank,
		p.Education, p.Study, p.Status, string(p.ContractEnd), p.UnitID, p.Unit, p.Office, p.Title, p.TitleID, string(p.Kind), p.Level,
		string(p.Since), p.Decree,
	}
}

// read reads one row.
func (r *rosterReader) read(l *line) person {
	x := person{
		Row: l.row, Source: l.key("id"), Name: l.text("name"), Front: l.text("front"), Back: l.text("back"),
		Birthplace: l.text("birthplace"), HP: l.text("phone"), Study: l.text("study"),
		Rank:      r.words.rankOf(l.text("rank_id"), l.text("rank")),
		Education: look(r.words.education, l.text("education"), l.text("education_id")),
		Status:    look(r.words.status, l.text("status"), l.text("status_id")),
		UnitID:    l.key("unit_id"), Unit: l.text("unit"), Office: l.text("office"),
		Title: l.text("title"), TitleID: l.key("title_id"), Decree: l.text("decree"),
		Since: l.day("since"), ContractEnd: l.day("contract_end"),
	}
	if x.Name == "" {
		l.wrong("name", "import.reject.no_name")
	}
	x.Email = r.email(l)
	x.Gone = slices.Contains(r.words.gone, x.Status)
	r.self(l, &x)
	r.place(l, &x)
	return x
}

// email takes the office's address, else the private one.
func (r *rosterReader) email(l *line) string {
	for _, field := range []string{"email", "private_email"} {
		e := strings.ToLower(l.text(field))
		if at := strings.IndexByte(e, '@'); at > 0 && at < len(e)-1 && !strings.ContainsAny(e, " ,;") {
			return e
		} else if e != "" {
			l.doubt("email", field, "")
		}
	}
	return ""
}

// self reads NIP, birth, sex and employment, which explain each other.
func (r *rosterReader) self(l *line, x *person) {
	x.Sex = look(r.words.sex, l.text("sex"))
	if r.words.sex[fold(x.Sex)] == "" {
		if x.Sex != "" {
			l.doubt("sex", "sex", x.Sex, x.Sex)
		}
		x.Sex = ""
	}
	x.Born = l.day("born")
	kind := r.number(l, x)
	x.Employment = r.words.employmentOf(l.text("employment"), l.text("status"), l.text("candidate"))
	switch {
	case x.Employment == "" || x.Employment == org.PNS && kind == org.NIPofPPPK:
		x.Employment = org.OtherWorker
		if kind != "" {
			x.Employment = org.Employment(kind)
		}
	case x.Employment != org.PNS && kind == org.NIPofPNS:
		l.doubt("employment", "employment", string(x.Employment), x.NIP)
	}
}

// number reads the NIP and returns the kind of employee it is of.
func (r *rosterReader) number(l *line, x *person) (kind string) {
	if !l.has("nip") {
		return "" // rows are told apart by their fields
	}
	written := l.text("nip")
	switch {
	case written == "" && x.Source != "":
		l.doubt("no_nip", "nip", "")
		return ""
	case written == "":
		l.wrong("nip", "import.reject.no_nip")
		return ""
	}
	id, err := sheet.ID(written)
	if err != nil {
		l.fail("nip", err)
		return ""
	}
	n, err := r.nip.Parse(id, x.Sex)
	if err != nil {
		l.fail("nip", err)
		return ""
	}
	x.NIP = id
	for _, problem := range n.Problems {
		l.doubt("nip_"+problem, "nip", id, id, x.Name)
	}
	switch {
	case x.Born == "":
		x.Born = n.Born
	case x.Born != n.Born:
		l.doubt("nip_born", "nip", id, id, string(x.Born))
	}
	if x.Sex == "" {
		x.Sex = n.Sex
	}
	return n.Kind
}

// place reads the position.
func (r *rosterReader) place(l *line, x *person) {
	kind := l.text("position_kind_id")
	if r.words.positionKind[fold(kind)] == "" {
		kind = l.text("position_kind")
	}
	eselon := l.text("eselon")
	key := x.Title + "\x00" + kind + "\x00" + eselon
	p, known := r.places[key]
	if !known {
		p = r.words.placeOf(x.Title, kind, eselon)
		r.places[key] = p
	}
	x.Kind, x.Level, x.Group, x.Head = p.kind, p.level, p.group, p.head
	switch {
	case x.Gone:
		l.doubt("gone", "status", x.Status, x.Status)
	case x.Title == "":
		l.doubt("no_title", "title", "")
	case p.guessed && p.head:
		l.doubt("kind_guessed", "title", x.Title, x.Title, string(p.kind))
	}
}
