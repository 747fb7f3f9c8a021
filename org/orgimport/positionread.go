package orgimport

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/org"
)

// postRow is what a row of a file of positions says.
type postRow struct {
	row       int
	source    string // its id in the file, or one made of its fields
	id        string // as the file writes it; several rows may have the same
	unitID    string
	unit      []string // names, each a level below the one before
	title     string
	kind      org.PositionKind
	level     string
	class     int
	low, high string
	answers   string // id or title of the superior position
	above     string // the same as the file's own column has it
	need      string
	head      string // "true", "false" or not said
	group     string
	from      org.Day
	guessed   bool                          // the kind follows from the title
	guess     struct{ level, group string } // what the title says of them
}

// postLoader loads positions.
type postLoader struct {
	posts    []postRow
	gone     []postRow         // of posts that are no more
	goneTo   map[string]string // superior of a post that is no more, by its id
	copies   int
	twins    map[string]bool // ids that several different rows have
	holders  Posts
	columns  struct{ id, unit, answers string }
	hasUnits bool // a mapping lets the file make units
}

func (l *postLoader) close() error { return nil }

// readPositions reads a file of positions.
func (s *Service) readPositions(ctx context.Context, l *lens, p *prepared) error {
	loader := &postLoader{goneTo: map[string]string{}, twins: map[string]bool{}, hasUnits: l.mapped != nil && l.mapped.MakeUnits}
	loader.columns.id, loader.columns.unit, loader.columns.answers = l.column("id"), l.column("unit"), l.column("answers_to")
	same, counts := newTwins(), map[string]int{}
	err := p.each(ctx, l, func(row *line) error {
		r := s.readPost(row)
		gone := loader.holder(row)
		if !row.settle(p.read) {
			return nil
		}
		switch {
		case gone:
			loader.gone = append(loader.gone, r)
			if r.id != "" {
				loader.goneTo[r.id] = r.answers
			}
			return nil
		case r.id == "":
			r.source = occurrence(counts, r.texts()...)
		default:
			same.add(r.id, r.row, same.sum(r.texts()...))
		}
		loader.posts = append(loader.posts, r)
		return nil
	})
	if err != nil {
		return err
	}
	loader.tellApart(same, p.read)
	p.loader = loader
	return nil
}

// texts are everything a row says, for telling rows apart.
func (r *postRow) texts() []string {
	return append([]string{
		r.id, r.unitID, r.title, string(r.kind), r.level, strconv.Itoa(r.class), r.low, r.high, r.answers, r.need, r.head, r.group, string(r.from),
	}, r.unit...)
}

// twinMark stands between an id that several rows have and what tells them
// apart.
const twinMark = "~"

// tellApart gives rows of the same id that differ an identity each, and drops
// those that say the same.
func (l *postLoader) tellApart(same *twins, j *journal) {
	drop := map[int]bool{}
	same.families(func(id string, f *family) {
		rows := f.rows()
		if f.differ {
			l.twins[id] = true
			j.warn(Warning{Code: "twin_post", Row: rows[0], Column: l.columns.id, Value: id, Args: []any{id, f.others(0)}})
			return
		}
		for _, r := range rows[1:] {
			drop[r] = true
		}
		l.copies += len(rows) - 1
		j.warn(Warning{Code: "copy", Row: rows[1], Column: l.columns.id, Value: id, Args: []any{id}})
	})
	counts := map[string]int{}
	l.posts = slices.DeleteFunc(l.posts, func(r postRow) bool { return drop[r.row] })
	for i := range l.posts {
		r := &l.posts[i]
		switch {
		case r.id == "":
		case l.twins[r.id]:
			h := hashOf(r.texts()...)
			counts[h]++
			r.source = r.id + twinMark + h + ":" + strconv.Itoa(counts[h])
		default:
			r.source = r.id
		}
	}
}

// readPost reads one row.
func (s *Service) readPost(l *line) postRow {
	r := postRow{
		row: l.row, id: l.key("id"), unitID: l.key("unit_id"), title: l.text("title"),
		low: s.words.rankOf("", l.text("rank_low")), high: s.words.rankOf("", l.text("rank_high")), answers: l.key("answers_to"),
		need: l.need(), class: l.class(), group: l.text("group"), from: l.day("from"),
	}
	if parts := l.parts(l.cells, "answers_to"); len(parts) > 0 {
		r.above = tidy(parts[len(parts)-1])
	}
	for _, part := range l.parts(l.cells, "unit") {
		if part = tidy(part); len(r.unit) == 0 || fold(r.unit[len(r.unit)-1]) != fold(part) {
			r.unit = append(r.unit, part)
		}
	}
	if r.title == "" {
		l.wrong("title", "import.reject.no_title")
	}
	s.kindOf(l, &r)
	switch h := fold(l.text("head")); {
	case slices.Contains([]string{"ya", "y", "yes", "1", "true", "v", "x"}, h):
		r.head = "true"
	case h != "":
		r.head = "false"
	}
	return r
}

// kindOf reads kind, level and staff group, which explain each other.
func (s *Service) kindOf(l *line, r *postRow) {
	said := l.text("kind")
	if said != "" && s.words.positionKind[fold(said)] == "" {
		l.wrong("kind", "import.reject.kind", said)
		return
	}
	p := s.words.placeOf(r.title, said, "")
	r.kind, r.guessed = p.kind, said == ""
	r.guess.level, r.guess.group = p.level, p.group
	for _, g := range org.StaffGroups() {
		if fold(g) == fold(r.group) {
			r.group, r.guess.group = g, g
		}
	}
	if r.group != r.guess.group {
		r.group = ""
	}
	if level := l.text("level"); level != "" {
		if r.level = first(s.words.level, fold(level)); r.level == "" {
			l.doubt("level", "level", level, level)
		} else if r.guessed {
			r.kind = org.Functional
		}
	}
	if r.guessed && p.head {
		l.doubt("kind_guessed", "title", r.title, r.title, string(r.kind))
	}
}

// maxClass is the highest class of positions.
const maxClass = 17

// class reads a class of positions, 0 when the row says none.
func (l *line) class() int {
	s := l.text("class")
	if s == "" {
		return 0
	}
	n, err := sheet.Int(s)
	if err != nil || n < 0 || n > maxClass {
		l.wrong("class", "import.reject.class", maxClass)
		return 0
	}
	return int(n)
}

// maxNeed bounds the people one position can need.
const maxNeed = 100_000

// need reads the people needed as an exact decimal, "" when the row says none.
func (l *line) need() string {
	s := l.text("need")
	if s == "" {
		return ""
	}
	d, err := sheet.Decimal(s)
	if err != nil {
		l.fail("need", err)
		return ""
	}
	n, _, err := apd.NewFromString(d)
	if err != nil || n.Negative || n.Cmp(apd.New(maxNeed, 0)) >= 0 || len(d) > 20 {
		l.wrong("need", "import.reject.need", maxNeed)
		return ""
	}
	return d
}

// holder counts what a row says of the post's holder and reports whether the
// post is no more.
func (l *postLoader) holder(row *line) (gone bool) {
	if !row.has("holder") {
		return false
	}
	said := strings.ToLower(row.raw(row.cells, "holder"))
	is := func(list []string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return strings.ToLower(w) == said })
	}
	vacant, eliminated := []string{"kosong", "lowong", "vacant"}, []string{"dihapus", "eliminated"}
	if m := row.mapped; m != nil {
		vacant, eliminated = append(vacant, m.Vacant...), append(eliminated, m.Gone...)
	}
	switch {
	case is(eliminated):
		l.holders.Gone++
		return true
	case is(vacant):
		l.holders.Vacant++
	case row.silent(said):
		l.holders.Unknown++
	default:
		l.holders.Filled++
	}
	return false
}
