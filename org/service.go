package org

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Books gives the rulebook in force on a day, the agency's own decisions
// included. *policy.Service is one.
type Books interface {
	At(ctx context.Context, day string) (*rulebook.Book, error)
}

// Config is what a Service needs. All fields are required.
type Config struct {
	Store  *Store
	Access *account.Access
	Books  Books
}

// Service shows and changes the map for an actor: every method checks the
// permission first, and every change is one transaction with its entry in the
// ledger. It is safe for concurrent use.
type Service struct {
	store  *Store
	access *account.Access
	books  Books
	looks  shelf[look, bool]
}

// keptLooks is how many readings of the day are remembered without asking the
// database.
const keptLooks = 500

// New returns the area's service.
func New(c Config) *Service {
	s := &Service{store: c.Store, access: c.Access, books: c.Books}
	s.looks.most = keptLooks
	return s
}

// Store returns the store, for reading what everybody signed in may see.
func (s *Service) Store() *Store { return s.store }

// Today returns the agency's day.
func (s *Service) Today() Day { return s.store.Today() }

// Map returns the map of a day for an actor who may see it.
func (s *Service) Map(ctx context.Context, actor account.Actor, on Day) (*Map, error) {
	if err := s.access.Can(ctx, actor, account.ActOrgView, account.Thing{}); err != nil {
		return nil, err
	}
	return s.store.Map(ctx, s.store.db, on)
}

// Names returns what people are called, for an actor who may see the map.
func (s *Service) Names(ctx context.Context, actor account.Actor, ids ...string) (map[string]string, error) {
	if err := s.access.Can(ctx, actor, account.ActOrgView, account.Thing{}); err != nil {
		return nil, err
	}
	return s.store.Names(ctx, s.store.db, ids...)
}

// Search looks for units, positions and people of today. People are named
// without anything else about them.
func (s *Service) Search(ctx context.Context, actor account.Actor, text string, most int) (Hits, error) {
	if err := s.access.Can(ctx, actor, account.ActOrgView, account.Thing{}); err != nil {
		return Hits{}, err
	}
	return s.store.Search(ctx, s.store.db, text, s.Today(), most)
}

// People returns a page of the people whom the actor's roles reach, with their
// NIP. A filter by units outside that reach finds nobody there.
func (s *Service) People(ctx context.Context, actor account.Actor, f Filter, on Day) (Page, error) {
	reach, err := s.reach(actor, account.ActPeople)
	if err != nil {
		return Page{}, err
	}
	m, err := s.store.Map(ctx, s.store.db, on)
	if err != nil {
		return Page{}, err
	}
	if f.Units, err = narrow(m.tree, f.Units, reach); err != nil {
		return Page{}, err
	}
	if reach != nil && f.Nowhere {
		return Page{}, nil // people without a unit are in nobody's part of the agency
	}
	f.ByNIP = true
	return s.store.People(ctx, s.store.db, f, on)
}

// reach returns the units an actor's roles are bound to for an action, nil for
// the whole agency.
func (s *Service) reach(actor account.Actor, act account.Action) ([]string, error) {
	units, whole := s.access.Units(actor, act)
	switch {
	case whole:
		return nil, nil
	case len(units) == 0 && !actor.SignedIn():
		return nil, fault.New(fault.Unauthenticated, "account.sign_in_first")
	case len(units) == 0:
		return nil, fault.Denied("account.denied")
	}
	return units, nil
}

// narrow returns the units asked for as far as they lie within reach.
func narrow(t *Tree, asked, reach []string) ([]string, error) {
	if reach == nil {
		return asked, nil
	}
	if len(asked) == 0 {
		return reach, nil
	}
	var both []string
	for _, a := range asked {
		for _, r := range reach {
			switch {
			case t.Within(a, r):
				both = append(both, a)
			case t.Within(r, a):
				both = append(both, r)
			}
		}
	}
	if len(both) == 0 {
		return nil, fault.Denied("account.denied")
	}
	return both, nil
}

// Thing returns what permission is asked about for a person's record.
func (m *Map) Thing(person string) account.Thing {
	e := m.Evaluator(person)
	return account.Thing{Unit: m.UnitFor(person), Owner: person, Evaluator: e.PersonID, Above: m.Above(person, e).PersonID}
}

// Decisions returns the positions within the actor's reach that somebody has
// to decide about, the most urgent first.
func (s *Service) Decisions(ctx context.Context, actor account.Actor, on Day) ([]Decision, error) {
	reach, err := s.reach(actor, account.ActPeople)
	if err != nil {
		return nil, err
	}
	m, f, err := s.mapAndRules(ctx, on)
	if err != nil {
		return nil, err
	}
	known, err := remember(ctx, s.store.db, &s.store.known, on, readKnown)
	if err != nil {
		return nil, err
	}
	f.People, f.VacantFrom = known.people, known.vacantFrom
	return m.within(f.Decisions(m), reach), nil
}

// BeyondLimit returns the acting tenures of a unit and what is below it that
// are beyond their limit, without names; nil for an actor who may not know.
func (s *Service) BeyondLimit(ctx context.Context, actor account.Actor, unit string, on Day) ([]Decision, error) {
	reach, err := s.reach(actor, account.ActPeople)
	if fault.Is(err, fault.Forbidden) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m, f, err := s.mapAndRules(ctx, on)
	if err != nil {
		return nil, err
	}
	late := slices.DeleteFunc(f.Decisions(m), func(d Decision) bool { return d.Kind != ActingPost || !d.Late })
	return m.within(m.within(late, reach), []string{unit}), nil
}

// within keeps the decisions about positions in some units; nil is everywhere.
func (m *Map) within(all []Decision, units []string) []Decision {
	if units == nil {
		return all
	}
	return slices.DeleteFunc(all, func(d Decision) bool {
		return !slices.ContainsFunc(units, func(u string) bool { return m.tree.Within(d.UnitID, u) })
	})
}

// known is what the list of decisions needs of people and of the past.
type known struct {
	people     map[string]Person
	vacantFrom map[string]Day
}

func readKnown(ctx context.Context, q db.Queryer, _ stamp, on Day) (*known, error) {
	k := &known{people: map[string]Person{}}
	all, err := everybody(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("read the people: %w", err)
	}
	for id, periods := range all {
		k.people[id] = asOf(periods, on)
	}
	k.vacantFrom, err = lastLeft(ctx, q, on)
	return k, err
}

// mapAndRules returns the map of a day and the rules about who must be followed.
func (s *Service) mapAndRules(ctx context.Context, on Day) (*Map, Forecast, error) {
	m, err := s.store.Map(ctx, s.store.db, on)
	if err != nil {
		return nil, Forecast{}, err
	}
	f, err := s.rules(ctx, on)
	return m, f, err
}

// rules loads the rules about who must be followed by whom, and when.
func (s *Service) rules(ctx context.Context, on Day) (f Forecast, err error) {
	book, err := s.books.At(ctx, string(on))
	if err != nil {
		return f, err
	}
	if f.Acting, err = rulebook.Load[ActingRule](book); err != nil {
		return f, err
	}
	if f.Retirement, err = rulebook.Load[RetirementRule](book); err != nil {
		return f, err
	}
	f.Horizon, err = rulebook.Load[HorizonRule](book)
	return f, err
}

// lastLeft returns the last day on which a regular holder left each position.
func lastLeft(ctx context.Context, q db.Queryer, on Day) (map[string]Day, error) {
	all := map[string]Day{}
	err := db.Each(ctx, q, `
		SELECT position_id, max(valid_to) FROM tenure
		WHERE kind IN ('definitive', 'tugas_tambahan') AND valid_to <= $1
		GROUP BY position_id`, func(r db.Row) error {
		var position string
		var last Day
		err := r.Scan(&position, &last)
		all[position] = last
		return err
	}, string(on))
	return all, err
}

// change runs one change of the map in one transaction.
func (s *Service) change(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.store.db.Tx(ctx, fn)
}

// now returns the time of an entry in the ledger.
func (s *Service) now() time.Time { return s.store.now() }

// mayEdit asks whether an actor may change something in a unit.
func (s *Service) mayEdit(ctx context.Context, actor account.Actor, unit string) error {
	return s.access.Can(ctx, actor, account.ActOrgEdit, account.Thing{Unit: unit})
}

// MayEdit reports whether an actor may change something in a unit: for showing
// buttons.
func (s *Service) MayEdit(ctx context.Context, actor account.Actor, unit string) bool {
	return s.mayEdit(ctx, actor, unit) == nil
}

// errChanged tells that somebody else changed the thing meanwhile.
func errChanged() error { return fault.Clash("org.changed_meanwhile") }

// WhyClass explains the class of a position: the points its class stands for
// by the rule of the day. Empty when no class is set.
func (s *Service) WhyClass(ctx context.Context, p Position, on Day) (rulebook.Because, error) {
	if p.Class == 0 {
		return nil, nil
	}
	book, err := s.books.At(ctx, string(on))
	if err != nil {
		return nil, err
	}
	rule, err := rulebook.Load[JobClassRule](book)
	if err != nil {
		return nil, err
	}
	class := strconv.Itoa(p.Class)
	because := rulebook.Because{
		{Key: "org.step.class.set", Args: []any{p.From}, Value: p.Class},
		{Key: "org.step.class.points", Args: []any{class}, Value: rule.Classes[class], Source: rule.Cite()},
	}
	if next, more := rule.Classes[strconv.Itoa(p.Class+1)]; more {
		because = append(because, rulebook.Step{Key: "org.step.class.next", Value: next, Source: rule.Cite()})
	}
	return because, nil
}

// RuleTitle is a rule's identifier and its title in one language.
type RuleTitle struct{ ID, Title string }

// RuleTitles lists the rules of today's book, for the search over everything.
func (s *Service) RuleTitles(ctx context.Context, lang string) ([]RuleTitle, error) {
	book, err := s.books.At(ctx, string(s.Today()))
	if err != nil {
		return nil, err
	}
	var all []RuleTitle
	for _, id := range book.RuleIDs() {
		head, err := book.Head(id)
		if err != nil {
			return nil, err
		}
		all = append(all, RuleTitle{id, head.Title.In(lang)})
	}
	return all, nil
}
