package orgimport

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/org"
)

// posting is one attempt at loading positions.
type posting struct {
	*task
	*postLoader
	units  *unitFinder
	ids    map[string]string       // by the source's number
	was    map[string]org.Position // the positions of the day
	twinOf map[string][]string     // positions by an id that several have
	titled map[string]string       // positions by a title only one has; "" for several
	places map[string]string       // unit of each position of the file
	heads  map[string]string       // unit → position that leads it on the map
}

func (l *postLoader) load(ctx context.Context, t *task) error {
	p := &posting{
		task: t, postLoader: l, was: map[string]org.Position{}, twinOf: map[string][]string{}, titled: map[string]string{},
		places: map[string]string{}, heads: map[string]string{},
	}
	if err := p.look(ctx); err != nil {
		return err
	}
	if err := p.settleIDs(ctx); err != nil {
		return err
	}
	list := make([]org.Position, len(l.posts))
	for i, r := range l.posts {
		list[i] = p.position(r)
	}
	p.lead(list)
	p.circles(list)
	if err := p.put(ctx, list); err != nil {
		return err
	}
	for _, r := range l.gone {
		t.journal.warn(Warning{Code: "gone_post", Row: r.row, Column: l.columns.id, Value: cmp.Or(r.id, r.title), Args: []any{r.title}})
	}
	t.report.Unchanged += l.copies + len(l.gone)
	t.report.Posts = l.holders
	t.report.Made.Units = p.units.made
	return nil
}

// look reads what the map has.
func (p *posting) look(ctx context.Context) error {
	var err error
	if p.units, err = p.unitFinder(ctx); err != nil {
		return err
	}
	if p.ids, err = p.Store.PositionIDs(ctx, p.tx); err != nil {
		return err
	}
	for source, id := range p.ids {
		if base, _, twin := strings.Cut(source, twinMark); twin {
			p.twinOf[base] = append(p.twinOf[base], id)
		}
	}
	return p.Store.EachPosition(ctx, p.tx, p.order.At, func(x org.Position) error {
		p.was[x.ID], p.places[x.ID] = x, x.Unit
		keepIn(p.ids, x.ID)
		p.entitle(x.Title, x.ID)
		if x.Head {
			p.heads[x.Unit] = x.ID
		}
		return nil
	})
}

func (p *posting) entitle(title, id string) {
	t := fold(title)
	if other, there := p.titled[t]; there && other != id {
		id = ""
	}
	p.titled[t] = id
}

// settleIDs finds or makes the ids and the units of all rows, so that a row can
// name a superior that stands below it.
func (p *posting) settleIDs(ctx context.Context) error {
	if p.hasUnits {
		if err := p.makeUnits(ctx); err != nil {
			return err
		}
	}
	for _, r := range p.posts {
		id := p.ids[r.source]
		if id == "" {
			id = db.NewID()
			p.ids[r.source] = id
			if p.twins[r.id] {
				p.twinOf[r.id] = append(p.twinOf[r.id], id)
			}
		}
		p.entitle(r.title, id)
		unit, err := p.unitOf(ctx, r)
		if err != nil {
			return err
		}
		p.places[id] = unit
	}
	return nil
}

// unitOf finds the unit of a row.
func (p *posting) unitOf(ctx context.Context, r postRow) (string, error) {
	name, office := "", ""
	if n := len(r.unit); n > 0 {
		name = r.unit[n-1]
		if n > 1 {
			office = r.unit[n-2]
		}
	}
	if p.hasUnits {
		if id := p.units.path(r.unit); id != "" {
			return id, nil
		}
	}
	unit, how := p.units.find(r.unitID, name, office)
	if how.ok() {
		return unit, nil
	}
	if was := p.was[p.ids[r.source]]; how == noUnit && was.Unit != "" {
		return was.Unit, nil
	}
	value := cmp.Or(name, r.unitID)
	p.journal.warn(Warning{Code: string(how), Row: r.row, Column: p.columns.unit, Value: value, Args: []any{value}})
	return p.units.unmapped(ctx, p.task)
}

// position makes a position of a row. What the row does not say stays.
func (p *posting) position(r postRow) org.Position {
	id := p.ids[r.source]
	was, there := p.was[id]
	x := org.Position{
		ID: id, SourceID: r.source, From: r.from, Unit: p.places[id], Title: r.title, Kind: r.kind, Level: r.level, Class: r.class,
		RankLow: r.low, RankHigh: r.high, Need: r.need, Head: r.head == "true", Group: r.group,
	}
	if x.From == "" || x.From > p.order.At {
		x.From = p.order.Since
	}
	if there && r.guessed {
		x.Kind = was.Kind
	}
	if there && x.Kind == was.Kind {
		keep(&x.Level, was.Level)
		keep(&x.Group, was.Group)
	}
	keep(&x.Level, r.guess.level)
	keep(&x.Group, r.guess.group)
	if x.Class == 0 {
		x.Class = was.Class
	}
	keep(&x.RankLow, was.RankLow)
	keep(&x.RankHigh, was.RankHigh)
	keep(&x.Need, was.Need)
	if r.head == "" {
		x.Head = was.Head
	}
	x.AnswersTo = p.superior(r, id)
	keep(&x.AnswersTo, was.AnswersTo)
	return x
}

// superior finds the position a row answers to.
func (p *posting) superior(r postRow, own string) string {
	named := r.answers
	for range len(p.goneTo) { // a post that is no more is passed over
		above, gone := p.goneTo[named]
		if !gone || above == named {
			break
		}
		named = above
	}
	if named == "" {
		return ""
	}
	id, code := p.ids[named], ""
	twins := p.twinOf[named]
	switch {
	case id != "":
	case len(twins) > 0:
		if id = p.nearest(twins, p.places[own]); id == "" {
			code = "many_superiors"
		}
	default:
		if id = p.titled[fold(named)]; id == "" {
			code = "superior_unknown"
		}
	}
	if id == own {
		id, code = "", "superior_itself"
	}
	if code != "" {
		p.journal.warn(Warning{Code: code, Row: r.row, Column: p.columns.answers, Value: r.above, Args: []any{r.above, r.title}, each: true})
	}
	return id
}

// nearest returns the only one of some positions that is in the unit.
func (p *posting) nearest(positions []string, unit string) string {
	var here []string
	for _, id := range positions {
		if p.places[id] == unit {
			here = append(here, id)
		}
	}
	if len(here) == 1 {
		return here[0]
	}
	return ""
}

// lead finds who leads a unit where the file does not say: the only managerial
// post that answers to nobody in it.
func (p *posting) lead(list []org.Position) {
	if slices.ContainsFunc(p.posts, func(r postRow) bool { return r.head != "" }) {
		return
	}
	tops := map[string][]int{}
	for i, x := range list {
		if x.Managerial() && (x.AnswersTo == "" || p.places[x.AnswersTo] != x.Unit) {
			tops[x.Unit] = append(tops[x.Unit], i)
		}
	}
	for unit, top := range tops {
		if p.heads[unit] == "" && len(top) == 1 && p.units.name(unit) != "" && unit != p.units.own {
			list[top[0]].Head = true
		}
	}
}

// circles warns of posts whose superiors lead back to themselves. The map shows
// them and stops there.
func (p *posting) circles(list []org.Position) {
	above := make(map[string]string, len(list))
	row := make(map[string]postRow, len(list))
	for i, x := range list {
		above[x.ID], row[x.ID] = x.AnswersTo, p.posts[i]
	}
	judged := map[string]bool{"": true}
	for _, x := range list {
		var way []string
		place := map[string]int{}
		id := x.ID
		for !judged[id] {
			if _, again := place[id]; again {
				break
			}
			place[id] = len(way)
			way = append(way, id)
			id = above[id]
		}
		if from, again := place[id]; again {
			for _, on := range way[from:] {
				r := row[on]
				p.journal.warn(Warning{Code: "superior_circle", Row: r.row, Column: p.columns.answers, Value: r.above, Args: []any{r.above, r.title}, each: true})
			}
		}
		for _, w := range way {
			judged[w] = true
		}
	}
}

// put writes the positions in batches.
func (p *posting) put(ctx context.Context, list []org.Position) error {
	for from := 0; from < len(list); from += chunk {
		part := list[from:min(from+chunk, len(list))]
		outcomes, err := p.Store.PutPositions(ctx, p.tx, p.order.At, part)
		if err != nil {
			return err
		}
		for i, x := range part {
			p.report.count(outcomes[i])
			if outcomes[i] != org.Unchanged && p.journal.wants() {
				was := p.was[x.ID]
				p.journal.changed(Change{p.posts[from+i].row, x.Title, outcomes[i] == org.Created, differ(p.traits(was), p.traits(x))})
			}
		}
		p.order.tell(Loading, int64(from+len(part)), int64(len(list)))
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// traits are what the preview compares.
func (p *posting) traits(x org.Position) []Field {
	superior := p.was[x.AnswersTo].Title
	for _, r := range p.posts {
		if superior == "" && x.AnswersTo != "" && p.ids[r.source] == x.AnswersTo {
			superior = r.title
		}
	}
	need := x.Need
	if need == "" && x.ID != "" {
		need = "0"
	}
	return []Field{
		{Name: "title", Now: x.Title},
		{Name: "unit", Now: p.units.name(x.Unit)},
		{Name: "position_kind", Now: string(x.Kind)},
		{Name: "level", Now: x.Level},
		{Name: "class", Now: digits(x.Class)},
		{Name: "rank_low", Now: x.RankLow},
		{Name: "rank_high", Now: x.RankHigh},
		{Name: "answers_to", Now: superior},
		{Name: "need", Now: need},
		{Name: "head", Now: yes(x.Head)},
		{Name: "group", Now: x.Group},
	}
}
