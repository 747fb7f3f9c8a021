package monthclose

import (
	"cmp"
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/search"
)

// Office is one perangkat daerah in a month.
type Office struct {
	ID, Name string
	Tally
}

// Tally counts people of a month.
type Tally struct {
	People   int // on the list: all but those of groups without an allowance
	Ready    int
	Late     int
	Excluded int
	Outside  int
	Desks    map[Desk]int // of the late ones
	Gross    int64        // of those who are ready
	Net      int64
}

func (t *Tally) add(r Row) {
	switch r.State {
	case Outside:
		t.Outside++
		return
	case Ready:
		t.Ready++
		t.Gross += r.Gross
		t.Net += r.Net
	case Late:
		t.Late++
		if t.Desks == nil {
			t.Desks = map[Desk]int{}
		}
		t.Desks[r.Desk]++
	case Excluded:
		t.Excluded++
	}
	t.People++
}

// Overview is a month at a glance, as far as the actor sees it.
type Overview struct {
	Head
	Tally
	Offices    []Office // those with the most late people first
	Complete   int      // offices where nobody is late
	Unmatched  int      // rows of lists that wait to be mended
	Objections int      // that wait for a decision
	Superiors  int      // desks of superiors that hold something
	Persons    int      // people whose own desk holds something
	Whole      bool     // the actor sees the whole agency
	May        bool     // the actor may load, close and decide
	Remind     bool     // the actor may remind
}

// Overview returns a month at a glance.
func (s *Service) Overview(ctx context.Context, actor account.Actor, m Month) (Overview, error) {
	reach, err := s.reachOf(ctx, actor)
	if err != nil {
		return Overview{}, err
	}
	snap, err := s.snapshot(ctx, m)
	if err != nil {
		return Overview{}, err
	}
	o := Overview{Head: snap.head, Whole: reach.whole, May: s.may(ctx, actor) == nil}
	_, err = s.reachFor(ctx, actor, account.ActMonthClose)
	o.Remind = err == nil && snap.head.State != Closed
	if reach.whole {
		o.Unmatched = snap.unmatched
	}
	at := map[string]int{}
	superiors, persons := map[string]bool{}, map[string]bool{}
	for i := range snap.rows {
		r := &snap.rows[i]
		if !reach.has(r.UnitID) {
			continue
		}
		o.Tally.add(*r)
		o.Objections += r.Objections
		n, known := at[r.OfficeID]
		if !known {
			n = len(o.Offices)
			at[r.OfficeID] = n
			o.Offices = append(o.Offices, Office{ID: r.OfficeID, Name: r.Office})
		}
		o.Offices[n].add(*r)
		if r.Desk == SuperiorDesk && r.DeskPerson != "" {
			superiors[r.DeskPerson] = true
		}
		if r.Desk == PersonDesk && r.DeskPerson != "" {
			persons[r.DeskPerson] = true
		}
	}
	o.Superiors, o.Persons = len(superiors), len(persons)
	for _, x := range o.Offices {
		if x.Late == 0 {
			o.Complete++
		}
	}
	slices.SortFunc(o.Offices, func(a, b Office) int {
		return cmp.Or(cmp.Compare(b.Late, a.Late), cmp.Compare(search.Key(a.Name), search.Key(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return o, nil
}

// Sorts lists what people can be sorted by.
func Sorts() []string { return []string{"name", "unit", "desk", "cuts", "gross"} }

// Query asks for people of a month. The zero value is the first page of
// everybody in the actor's reach, by name.
type Query struct {
	Text      string // beginnings of words of name, NIP, post, unit
	Office    string
	State     State
	Desk      Desk
	Lack      Lack
	Objecting bool // with an objection that waits
	Cut       bool // with something taken off, or a withdrawn cut
	Sort      string
	Page      int // from 1
	Size      int // 50 when 0; everybody below 0
}

// List is one page of people, with the counts of all that the query's text and
// office leave.
type List struct {
	Head
	Tally
	Rows      []Row
	Total     int
	Objecting int
	Cut       int
}

const pageSize = 50

// People returns people of a month.
func (s *Service) People(ctx context.Context, actor account.Actor, m Month, q Query) (List, error) {
	reach, err := s.reachOf(ctx, actor)
	if err != nil {
		return List{}, err
	}
	snap, err := s.snapshot(ctx, m)
	if err != nil {
		return List{}, err
	}
	l := List{Head: snap.head}
	terms := search.Terms(q.Text)
	var chosen []*Row
	for i := range snap.rows {
		r := &snap.rows[i]
		if q.Office != "" && r.OfficeID != q.Office || !search.Match(r.search, terms) || !reach.has(r.UnitID) {
			continue
		}
		l.Tally.add(*r)
		if r.Objections > 0 {
			l.Objecting++
		}
		if r.touched() {
			l.Cut++
		}
		if q.wants(r) {
			chosen = append(chosen, r)
		}
	}
	sortRows(chosen, q.Sort)
	l.Total = len(chosen)
	if q.Size >= 0 {
		size := cmp.Or(q.Size, pageSize)
		first := min((max(q.Page, 1)-1)*size, len(chosen))
		chosen = chosen[first:min(first+size, len(chosen))]
	}
	l.Rows = make([]Row, len(chosen))
	for i, r := range chosen {
		l.Rows[i] = *r
	}
	return l, nil
}

func (r *Row) touched() bool { return r.Cuts > 0 || r.Withdrawn > 0 }

func (q Query) wants(r *Row) bool {
	return (q.State == "" || r.State == q.State) && (q.Desk == "" || r.Desk == q.Desk) && (q.Lack == "" || r.Lack == q.Lack) &&
		(!q.Objecting || r.Objections > 0) && (!q.Cut || r.touched())
}

// sortRows sorts rows that are in order of name.
func sortRows(rows []*Row, sort string) {
	down := len(sort) > 0 && sort[0] == '-'
	if down {
		sort = sort[1:]
	}
	var by func(a, b *Row) int
	switch sort {
	case "unit":
		by = func(a, b *Row) int { return cmp.Compare(search.Key(a.Unit), search.Key(b.Unit)) }
	case "desk":
		by = func(a, b *Row) int { return cmp.Or(cmp.Compare(a.Desk, b.Desk), cmp.Compare(a.DeskName, b.DeskName)) }
	case "cuts":
		by = func(a, b *Row) int { return cmp.Compare(a.Cuts, b.Cuts) }
	case "gross":
		by = func(a, b *Row) int { return cmp.Compare(a.Gross, b.Gross) }
	default:
		if down {
			slices.Reverse(rows)
		}
		return
	}
	slices.SortStableFunc(rows, func(a, b *Row) int {
		if down {
			a, b = b, a
		}
		return by(a, b)
	})
}
