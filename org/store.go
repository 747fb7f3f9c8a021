package org

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of the map.
func Migrations() db.Migrations { return db.Migrations{Area: "org", FS: migrations} }

// Store reads and writes the map. Reading takes a db.Queryer, so that it works
// inside a transaction and outside; writing takes the caller's transaction and
// leaves permission and ledger to Service. It is safe for concurrent use.
//
// Most questions are answered by Map: the whole map of a day in memory, kept
// until something changes.
type Store struct {
	db   *db.DB
	now  func() time.Time
	zone *time.Location

	frames shelf[string, *frame]
	maps   shelf[moment, *Map]
	rolls  shelf[moment, *roll]
	known  shelf[moment, *known]
}

// How many frames, maps and rolls are kept: a few days people look at, and
// what is in use while something is being changed.
const (
	keptFrames = 2
	keptMaps   = 6
	keptRolls  = 2
	keptKnown  = 1
	keptCharts = 8
)

// NewStore returns a store. now and zone say what day it is; nil means
// time.Now and UTC.
func NewStore(d *db.DB, now func() time.Time, zone *time.Location) *Store {
	if now == nil {
		now = time.Now
	}
	if zone == nil {
		zone = time.UTC
	}
	s := &Store{db: d, now: now, zone: zone}
	s.frames.most, s.maps.most, s.rolls.most, s.known.most = keptFrames, keptMaps, keptRolls, keptKnown
	return s
}

// DB returns the database the store reads.
func (s *Store) DB() *db.DB { return s.db }

// Today returns the agency's day.
func (s *Store) Today() Day { return Day(s.now().In(s.zone).Format(time.DateOnly)) }

// Within reports whether a unit is the ancestor or lies below it today. It is
// what account.Access asks.
func (s *Store) Within(ctx context.Context, unit, ancestor string) (bool, error) {
	m, err := s.Map(ctx, s.db, s.Today())
	if err != nil {
		return false, err
	}
	return m.tree.Within(unit, ancestor), nil
}

// Pin returns Within for the map as it is now.
func (s *Store) Pin(ctx context.Context) (func(unit, ancestor string) bool, error) {
	m, err := s.Map(ctx, s.db, s.Today())
	if err != nil {
		return nil, err
	}
	return m.tree.Within, nil
}

// stamp says which state of the tables something was read in. It is unique to
// the transaction that wrote it.
type stamp struct{ structure, staff string }

// frame is all periods of units and positions at one stamp, with the charts
// that were made of them.
type frame struct {
	units     []Unit
	positions []Position
	charts    shelf[Day, *Chart]
}

// moment is a day as one state of the tables tells it.
type moment struct {
	stamp stamp
	on    Day
}

// Map returns the map of a day. What comes back is shared: it cannot be
// changed. A day that is none gives an Invalid fault on the field "on".
func (s *Store) Map(ctx context.Context, q db.Queryer, on Day) (*Map, error) {
	if !isDay(on) {
		return nil, fault.WrongField("on", "form.date")
	}
	return remember(ctx, q, &s.maps, on, s.readMap)
}

// remember returns what is kept of a day, or reads it and keeps it.
//
// Keeping is safe although q may be a transaction that is writing: every
// change of the tables stamps before and after itself with a stamp of its own
// (see stamped), so a stamp that others can see belongs to exactly one content.
func remember[V any](ctx context.Context, q db.Queryer, kept *shelf[moment, V], on Day, read func(context.Context, db.Queryer, stamp, Day) (V, error)) (value V, err error) {
	st, err := readStamp(ctx, q)
	if err != nil {
		return value, fmt.Errorf("read the map's stamp: %w", err)
	}
	if value, ok := kept.get(moment{st, on}); ok {
		return value, nil
	}
	inOne := func(tx db.Queryer) error {
		if st, err = readStamp(ctx, tx); err == nil {
			value, err = read(ctx, tx, st, on)
		}
		return err
	}
	if d, whole := q.(*db.DB); whole {
		err = d.View(ctx, func(tx *db.Tx) error { return inOne(tx) })
	} else {
		err = inOne(q)
	}
	if err == nil {
		kept.put(moment{st, on}, value)
	}
	return value, err
}

func isDay(d Day) bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

func (s *Store) readMap(ctx context.Context, q db.Queryer, st stamp, on Day) (*Map, error) {
	f, err := s.frame(ctx, q, st.structure)
	if err != nil {
		return nil, err
	}
	tenures, err := tenuresOn(ctx, q, on)
	if err != nil {
		return nil, err
	}
	overrides, err := overridesOn(ctx, q, on)
	if err != nil {
		return nil, err
	}
	return NewMap(f.chart(on), tenures, overrides), nil
}

func (s *Store) frame(ctx context.Context, q db.Queryer, structure string) (*frame, error) {
	if f, ok := s.frames.get(structure); ok {
		return f, nil
	}
	f := &frame{}
	f.charts.most = keptCharts
	var err error
	if f.units, err = allUnitPeriods(ctx, q); err != nil {
		return nil, fmt.Errorf("read the units: %w", err)
	}
	if f.positions, err = allPositionPeriods(ctx, q); err != nil {
		return nil, fmt.Errorf("read the positions: %w", err)
	}
	s.frames.put(structure, f)
	return f, nil
}

func (f *frame) chart(on Day) *Chart {
	if c, ok := f.charts.get(on); ok {
		return c
	}
	c := NewChart(NewTree(f.units, on), f.positions)
	f.charts.put(on, c)
	return c
}

func readStamp(ctx context.Context, q db.Queryer) (stamp, error) {
	return db.One(ctx, q, `SELECT structure, staff FROM org_stamp WHERE one = 1`, func(r db.Row) (stamp, error) {
		var st stamp
		err := r.Scan(&st.structure, &st.staff)
		return st, err
	})
}

// edit runs a change of units or positions between two stamps.
func edit(ctx context.Context, tx *db.Tx, change func() error) error {
	return stamped(ctx, tx, `UPDATE org_stamp SET structure = $1 WHERE one = 1`, change)
}

// editStaff runs a change of who holds what, or of people, between two stamps.
func editStaff(ctx context.Context, tx *db.Tx, change func() error) error {
	return stamped(ctx, tx, `UPDATE org_stamp SET staff = $1 WHERE one = 1`, change)
}

func stamped(ctx context.Context, tx *db.Tx, statement string, change func() error) error {
	if _, err := db.Exec(ctx, tx, statement, db.NewID()); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, statement, db.NewID())
	return err
}

// Units returns the units of a day as a tree.
func (s *Store) Units(ctx context.Context, q db.Queryer, on Day) (*Tree, error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return nil, err
	}
	return m.tree, nil
}

// Unit returns a unit as it is on a day, or NotFound.
func (s *Store) Unit(ctx context.Context, q db.Queryer, id string, on Day) (Unit, error) {
	t, err := s.Units(ctx, q, on)
	if err != nil {
		return Unit{}, err
	}
	if u, ok := t.Unit(id); ok {
		return u, nil
	}
	return Unit{}, fault.Missing("org.no_unit")
}

// Position returns a position as it is on a day, or NotFound.
func (s *Store) Position(ctx context.Context, q db.Queryer, id string, on Day) (Position, error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return Position{}, err
	}
	if p, ok := m.Position(id); ok {
		return p, nil
	}
	return Position{}, fault.Missing("org.no_position")
}

// Positions returns the positions of one unit on a day, its head first.
func (s *Store) Positions(ctx context.Context, q db.Queryer, unit string, on Day) ([]Position, error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return nil, err
	}
	return m.In(unit), nil
}

// Evaluator returns who evaluates a person on a day. See Map.Evaluator.
func (s *Store) Evaluator(ctx context.Context, q db.Queryer, person string, on Day) (Evaluator, error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return Evaluator{}, err
	}
	return m.Evaluator(person), nil
}

// Evaluators returns everybody's evaluator on a day, by person.
func (s *Store) Evaluators(ctx context.Context, q db.Queryer, on Day) (map[string]Evaluator, error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return nil, err
	}
	return m.Evaluators(), nil
}

// Subordinates returns the people a person evaluates on a day.
func (s *Store) Subordinates(ctx context.Context, q db.Queryer, person string, on Day) ([]string, error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return nil, err
	}
	return m.Subordinates(person), nil
}

// Stretches returns who held what under whom from a day up to but not
// including another. Without people it returns everybody's. See Stretch.
func (s *Store) Stretches(ctx context.Context, q db.Queryer, from, to Day, people ...string) ([]Stretch, error) {
	st, err := readStamp(ctx, q)
	if err != nil {
		return nil, err
	}
	f, err := s.frame(ctx, q, st.structure)
	if err != nil {
		return nil, err
	}
	h := History{Units: f.units, Positions: f.positions}
	if h.Tenures, err = tenuresBetween(ctx, q, from, to); err != nil {
		return nil, err
	}
	if h.Overrides, err = overridesBetween(ctx, q, from, to); err != nil {
		return nil, err
	}
	return h.Stretches(from, to, people...), nil
}
