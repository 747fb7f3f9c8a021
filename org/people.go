package org

import (
	"cmp"
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
)

// Filter chooses people. Its zero value is the first page of everybody who is
// there on the day, by name.
type Filter struct {
	Query      string       // beginnings of the words of a name, or of a NIP if ByNIP
	ByNIP      bool         // who asks may see NIPs
	Units      []string     // in one of these units or below; empty: anywhere
	Nowhere    bool         // only people without a position
	Employment Employment   // empty: all
	Kind       PositionKind // kind of the main post; empty: all
	Status     string       // legal status; empty: all
	Left       bool         // people who have left instead
	Sort       string       // one of PeopleSorts, "-" before it for descending
	Page, Size int          // from 1; 0 means the first page, 50 people; Size below 0 is everybody
}

// PeopleSorts lists what people can be sorted by.
func PeopleSorts() []string { return []string{"name", "nip", "rank", "employment", "unit"} }

// Listed is one line of a list of people.
type Listed struct {
	Person
	Post   Tenure // the main post; zero when there is none
	Title  string
	UnitID string
	Unit   string
}

// Page is one page of a list of people.
type Page struct {
	Rows  []Listed
	Total int
}

// pageSize is how many people a page has unless asked otherwise.
const pageSize = 50

// People returns a page of people as they are on a day. Filtering and sorting
// happen in memory; only the page itself is read.
func (s *Store) People(ctx context.Context, q db.Queryer, f Filter, on Day) (Page, error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return Page{}, err
	}
	r, err := remember(ctx, q, &s.rolls, on, readRoll)
	if err != nil {
		return Page{}, err
	}
	ids := r.choose(f, m, func(person string) bool { return m.wants(f, person) })
	page := Page{Total: len(ids)}
	if f.Size >= 0 {
		size := cmp.Or(f.Size, pageSize)
		first := min((max(f.Page, 1)-1)*size, len(ids))
		ids = ids[first:min(first+size, len(ids))]
	}
	people, err := personTable().load(ctx, q, ids)
	if err != nil {
		return Page{}, err
	}
	list := make([]Person, 0, len(ids))
	for _, id := range ids {
		list = append(list, asOf(people[id], on))
	}
	page.Rows = m.listed(list)
	return page, nil
}

// asOf returns what was true of a person on a day, of somebody who has left
// what was true last, and of somebody yet to come what will be true first.
func asOf(periods []Person, on Day) Person {
	best := periods[0]
	for _, p := range periods {
		if p.From <= on {
			best = p
		}
	}
	return best
}

// wants reports whether a filter wants a person for the post they hold.
func (m *Map) wants(f Filter, person string) bool {
	post, has := m.Post(person)
	if f.Nowhere {
		return !has
	}
	if f.Kind != "" {
		if p, _ := m.Was(post.Position); !has || p.Kind != f.Kind {
			return false
		}
	}
	if len(f.Units) == 0 {
		return true
	}
	unit := m.UnitOf(post.Position)
	return slices.ContainsFunc(f.Units, func(u string) bool { return m.tree.Within(unit, u) })
}

// listed adds to people what the map knows of them.
func (m *Map) listed(people []Person) []Listed {
	rows := make([]Listed, len(people))
	for i, p := range people {
		rows[i].Person = p
		if post, ok := m.Post(p.ID); ok {
			position, _ := m.Was(post.Position)
			rows[i].Post, rows[i].Title = post, position.Title
			rows[i].UnitID = m.UnitOf(post.Position)
			rows[i].Unit = m.tree.Name(rows[i].UnitID)
		}
	}
	return rows
}

// Names returns the names of people with their titles, by id.
func (s *Store) Names(ctx context.Context, q db.Queryer, ids ...string) (map[string]string, error) {
	all := make(map[string]string, len(ids))
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for len(ids) > 0 {
		n := min(len(ids), batchOf)
		args := make([]any, n)
		for i, id := range ids[:n] {
			args[i] = id
		}
		err := db.Each(ctx, q, `SELECT id, front, name, back FROM person WHERE id IN (`+db.In(1, n)+`)`, func(r db.Row) error {
			var id, front, name, back string
			err := r.Scan(&id, &front, &name, &back)
			all[id] = fullName(front, name, back)
			return err
		}, args...)
		if err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return all, nil
}

// Identities returns how people are called on a day, with their main posts, by
// id; of everybody when none is named. People who were not there yet or had
// left are called as they were last.
func (s *Store) Identities(ctx context.Context, q db.Queryer, on Day, ids ...string) (map[string]Identity, error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return nil, err
	}
	var people map[string][]Person
	if len(ids) > 0 {
		people, err = personTable().load(ctx, q, slices.Compact(slices.Sorted(slices.Values(ids))))
	} else {
		people, err = everybody(ctx, q)
	}
	if err != nil {
		return nil, err
	}
	all := make(map[string]Identity, len(people))
	for id, periods := range people {
		all[id] = m.identity(asOf(periods, on))
	}
	return all, nil
}

func (m *Map) identity(p Person) Identity {
	l := m.listed([]Person{p})[0]
	return Identity{
		PersonID: p.ID, Name: p.FullName(), NIP: p.NIP, Rank: p.Rank, Employment: p.Employment, ContractEnd: p.ContractEnd,
		PositionID: l.Post.Position, Title: l.Title, UnitID: l.UnitID, Unit: l.Unit,
	}
}

func everybody(ctx context.Context, q db.Queryer) (map[string][]Person, error) {
	all := map[string][]Person{}
	err := db.Each(ctx, q, selectPerson+`ORDER BY p.id, s.valid_from`, func(r db.Row) error {
		p, err := scanPerson(r)
		all[p.ID] = append(all[p.ID], p)
		return err
	})
	return all, err
}
