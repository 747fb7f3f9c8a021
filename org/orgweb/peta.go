package orgweb

import (
	"maps"
	"slices"
	"strconv"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/org"
)

// depth is how far down a position map is unfolded.
type depth string

// The depths.
const (
	heads      depth = "pimpinan"
	functional depth = "fungsional"
	everything depth = "semua"
)

// petaPage is the position map of one unit.
type petaPage struct {
	base
	Map     *org.Map
	Unit    org.Unit
	Names   map[string]string
	Table   bool
	Depth   depth
	Edit    bool
	Count   org.Count
	Own     []org.Position // of the unit itself: its head first
	Limbs   []limb
	Groups  []limb         // units of one kind that are too many for columns
	Rows    []org.Position // of the table, one page
	Pages   ui.Pages
	Waiting []org.Decision // acting tenures beyond their limit, in this unit
}

// limb is one column of the chart: a unit right below with its positions. Of
// units that stand together only Kind and Units are filled.
type limb struct {
	Unit  org.Unit
	Heads []org.Position
	Posts []org.Position
	Units []org.Unit // below the unit, or the units of one kind
	Kind  org.UnitKind
}

// columnsFit is how many columns stand side by side, tableShows how many
// positions a page of the table lists.
const (
	columnsFit = 6
	tableShows = 100
)

// ownMap leads to the map of the unit the reader works in.
func (h *pages) ownMap(q *web.Request) error {
	b, m, err := h.mapped(q)
	if err != nil {
		return err
	}
	unit := m.UnitFor(q.Actor.PersonID)
	if root, ok := m.Tree().Root(); unit == "" && ok {
		unit = root.ID
	}
	if unit == "" {
		return q.Redirect(b.to("/unit"), "")
	}
	return q.Redirect(b.peta(officeOf(m.Tree(), unit)), "")
}

// officeOf returns the office (perangkat daerah) a unit belongs to: what
// stands right below the top.
func officeOf(t *org.Tree, unit string) string {
	if path := t.Path(unit); len(path) > 1 {
		return path[1].ID
	}
	return unit
}

func (h *pages) peta(q *web.Request) error {
	b, m, err := h.mapped(q)
	if err != nil {
		return err
	}
	u, there := m.Tree().Unit(q.Path("unit"))
	if !there {
		return h.gone(q, b, m, q.Path("unit"))
	}
	p := petaPage{base: b, Map: m, Unit: u, Table: q.Query("bentuk") == "tabel", Depth: functional}
	if d := depth(q.Query("buka")); slices.Contains([]depth{heads, functional, everything}, d) {
		p.Depth = d
	}
	all := m.Below(u.ID)
	if format := q.Query(ui.FormatParam); format != "" {
		return h.exportPositions(q, m, all, format)
	}
	p.Count = m.Count(all...)
	p.Edit = h.svc.MayEdit(q.Context(), q.Actor, u.ID)
	if p.Table {
		p.page(all)
	} else {
		p.chart()
	}
	if p.Waiting, err = h.svc.BeyondLimit(q.Context(), q.Actor, u.ID, b.On); err != nil {
		return err
	}
	if p.Names, err = h.svc.Names(q.Context(), q.Actor, p.people()...); err != nil {
		return err
	}
	return q.Render(web.Page{Title: q.P.T("orgweb.map_of", u.ShortName()), Nav: "unit", Body: petaBody(p)})
}

// gone leads from a unit that has ended to where it went, or says when it was.
func (h *pages) gone(q *web.Request, b base, m *org.Map, id string) error {
	if now := m.Tree().Now(id); now != "" {
		return q.Redirect(b.peta(now), "orgweb.merged_flash", m.Tree().Name(id))
	}
	return fault.Missing("org.no_unit")
}

// page fills the table with one page of positions.
func (p *petaPage) page(all []org.Position) {
	n := p.At.Page()
	first := min((n-1)*tableShows, len(all))
	p.Rows = all[first:min(first+tableShows, len(all))]
	p.Pages = ui.PagesOf(p.At, n, tableShows, len(all))
}

// chart fills the columns of the chart.
func (p *petaPage) chart() {
	p.Own = p.Map.In(p.Unit.ID)
	t := p.Map.Tree()
	children := t.Children(p.Unit.ID)
	apart := together(children)
	at := map[org.UnitKind]int{}
	for _, c := range children {
		if !apart[c.Kind] {
			heads, posts := p.split(c.ID)
			p.Limbs = append(p.Limbs, limb{Unit: c, Heads: heads, Posts: posts, Units: t.Children(c.ID)})
			continue
		}
		if _, begun := at[c.Kind]; !begun {
			at[c.Kind] = len(p.Groups)
			p.Groups = append(p.Groups, limb{Kind: c.Kind})
		}
		g := &p.Groups[at[c.Kind]]
		g.Units = append(g.Units, c)
	}
}

// together returns the kinds of units that stand together below the chart: the
// most numerous ones, until the others fit side by side.
func together(units []org.Unit) map[org.UnitKind]bool {
	count, apart := map[org.UnitKind]int{}, map[org.UnitKind]bool{}
	for _, u := range units {
		count[u.Kind]++
	}
	for left := len(units); left > columnsFit && len(apart) < len(count); {
		var most org.UnitKind
		for _, k := range slices.Sorted(maps.Keys(count)) {
			if !apart[k] && count[k] > count[most] {
				most = k
			}
		}
		apart[most] = true
		left -= count[most]
	}
	return apart
}

// split parts a unit's positions into those that lead it and the others.
func (p *petaPage) split(unit string) (heads, posts []org.Position) {
	for _, q := range p.Map.In(unit) {
		if q.Head {
			heads = append(heads, q)
		} else {
			posts = append(posts, q)
		}
	}
	return heads, posts
}

// shown parts positions into those the depth shows and those it folds.
func (p petaPage) shown(posts []org.Position) (open, folded []org.Position) {
	for _, q := range posts {
		if p.Depth == everything || p.Depth == functional && q.Kind != org.Pelaksana || p.Depth == heads && q.Managerial() {
			open = append(open, q)
		} else {
			folded = append(folded, q)
		}
	}
	return open, folded
}

// people lists whose names the page shows.
func (p petaPage) people() []string {
	var ids []string
	add := func(positions []org.Position) {
		for _, q := range positions {
			for _, t := range p.Map.Holders(q.ID) {
				ids = append(ids, t.Person)
			}
		}
	}
	for _, d := range p.Waiting {
		ids = append(ids, d.Tenure.Person)
	}
	add(p.Own)
	add(p.Rows)
	for _, l := range slices.Concat(p.Limbs, p.Groups) {
		add(l.Heads)
		add(l.Posts)
		for _, u := range l.Units {
			if head, ok := p.Map.Head(u.ID); ok {
				add([]org.Position{head})
			}
		}
	}
	return ids
}

// namesShown is how many names of holders a box of the chart shows.
const namesShown = 2

// holders says who holds a position, in one line for its box.
func (p petaPage) holders(q org.Position) string {
	var names []string
	regular := p.Map.Regular(q.ID)
	if len(regular) > namesShown {
		return ""
	}
	for _, t := range regular {
		names = append(names, p.Names[t.Person])
	}
	if len(names) == 2 {
		return p.P.T("orgweb.two", names[0], names[1])
	}
	return joined(", ", names...)
}

// kindBeside writes a position's kind where its title does not say it already.
func (p petaPage) kindBeside(q org.Position) string {
	if q.Kind == org.Functional || q.Kind == org.Pelaksana {
		return ""
	}
	return p.positionKind(q)
}

// lacks reports whether a position wants more people than it has.
func (p petaPage) lacks(q org.Position) bool { return len(p.Map.Regular(q.ID)) < q.Wanted() }

// standIn says who acts for a position.
func (p petaPage) standIn(q org.Position) string {
	t, acting := p.Map.ActingHolder(q.ID)
	if !acting {
		return ""
	}
	return p.P.T("orgweb.acting_month", p.tenureKind(t.Kind), p.Names[t.Person], org.MonthOf(t.From, p.On))
}

// exportPositions writes positions with need and holders, one line a position.
func (h *pages) exportPositions(q *web.Request, m *org.Map, all []org.Position, format string) error {
	doc := sheet.Doc{Title: "peta jabatan", Columns: columns(
		"id", "unit", "unit_name", "title", "kind", "level", "class", "rank_low", "rank_high", "answers_to", "need", "holders", "head", "group",
	)}
	for i, c := range doc.Columns {
		if slices.Contains([]string{"class", "holders"}, c.Key) {
			doc.Columns[i].Kind = sheet.Whole
		} else if c.Key == "need" {
			doc.Columns[i].Kind = sheet.Exact
		}
	}
	doc.Rows = func(yield func([]string, error) bool) {
		for _, p := range all {
			u, _ := m.Tree().Unit(m.UnitOf(p.ID))
			row := []string{
				positionSource(p), sourceOf(u), u.Name, p.Title, string(p.Kind), p.Level, strconv.Itoa(p.Class), p.RankLow, p.RankHigh,
				superiorSource(m, p), p.Need, strconv.Itoa(len(m.Regular(p.ID))), strconv.FormatBool(p.Head), p.Group,
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return q.Sheet("peta-jabatan-"+string(m.On()), format, doc)
}

func positionSource(p org.Position) string {
	if p.SourceID != "" {
		return p.SourceID
	}
	return p.ID
}

func superiorSource(m *org.Map, p org.Position) string {
	if s, ok := m.Position(p.AnswersTo); ok {
		return positionSource(s)
	}
	return ""
}
