package org

import (
	"context"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const selectUnit = `
	SELECT u.id, u.source_id, u.split_from, u.version, s.valid_from, s.valid_to, s.name, s.short_name, s.kind, s.code,
		s.parent_id, s.parent_source, s.merged_into
	FROM unit u JOIN unit_state s ON s.unit_id = u.id `

func scanUnit(r db.Row) (Unit, error) {
	var u Unit
	err := r.Scan(&u.ID, db.OrZero(&u.SourceID), db.OrZero(&u.SplitFrom), &u.Version, &u.From, db.OrZero((*string)(&u.To)),
		&u.Name, &u.Short, &u.Kind, &u.Code, db.OrZero(&u.Parent), &u.ParentSource, db.OrZero(&u.MergedInto))
	return u, err
}

func allUnitPeriods(ctx context.Context, q db.Queryer) ([]Unit, error) {
	return db.All(ctx, q, selectUnit+`ORDER BY u.id, s.valid_from`, scanUnit)
}

// UnitPeriods returns everything a unit has been, oldest first; empty when
// there is no such unit.
func (s *Store) UnitPeriods(ctx context.Context, q db.Queryer, id string) ([]Unit, error) {
	return db.All(ctx, q, selectUnit+`WHERE u.id = $1 ORDER BY s.valid_from`, scanUnit, id)
}

const selectPosition = `
	SELECT p.id, p.source_id, p.version, s.valid_from, s.valid_to, s.unit_id, s.title, s.kind, s.level, s.class,
		s.rank_low, s.rank_high, s.answers_to, s.need, s.head, s.staff_group
	FROM position p JOIN position_state s ON s.position_id = p.id `

func scanPosition(r db.Row) (Position, error) {
	var p Position
	err := r.Scan(&p.ID, db.OrZero(&p.SourceID), &p.Version, &p.From, db.OrZero((*string)(&p.To)), &p.Unit, &p.Title, &p.Kind,
		&p.Level, &p.Class, &p.RankLow, &p.RankHigh, db.OrZero(&p.AnswersTo), &p.Need, &p.Head, &p.Group)
	return p, err
}

func allPositionPeriods(ctx context.Context, q db.Queryer) ([]Position, error) {
	return db.All(ctx, q, selectPosition+`ORDER BY p.id, s.valid_from`, scanPosition)
}

// PositionPeriods returns everything a position has been, oldest first.
func (s *Store) PositionPeriods(ctx context.Context, q db.Queryer, id string) ([]Position, error) {
	return db.All(ctx, q, selectPosition+`WHERE p.id = $1 ORDER BY s.valid_from`, scanPosition, id)
}

const selectTenure = `
	SELECT t.id, t.person_id, t.position_id, t.kind, t.valid_from, t.valid_to, t.decree, t.note, t.extended_on, t.extension_decree, t.version
	FROM tenure t `

func scanTenure(r db.Row) (Tenure, error) {
	var t Tenure
	err := r.Scan(&t.ID, &t.Person, &t.Position, &t.Kind, &t.From, db.OrZero((*string)(&t.To)), &t.Decree, &t.Note,
		&t.ExtendedOn, &t.ExtensionDecree, &t.Version)
	return t, err
}

func tenuresOn(ctx context.Context, q db.Queryer, on Day) ([]Tenure, error) {
	return db.All(ctx, q, selectTenure+`WHERE t.valid_from <= $1 AND (t.valid_to IS NULL OR t.valid_to > $1)`, scanTenure, on)
}

func tenuresBetween(ctx context.Context, q db.Queryer, from, to Day) ([]Tenure, error) {
	return db.All(ctx, q, selectTenure+`WHERE t.valid_from < $1 AND (t.valid_to IS NULL OR t.valid_to > $2)`, scanTenure, to, from)
}

// Holders returns who holds a position on a day, the regular holders first.
func (s *Store) Holders(ctx context.Context, q db.Queryer, position string, on Day) ([]Tenure, error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return nil, err
	}
	return m.Holders(position), nil
}

// HoldersEver returns everybody who has held or will hold a position, the
// latest first.
func (s *Store) HoldersEver(ctx context.Context, q db.Queryer, position string) ([]Tenure, error) {
	return db.All(ctx, q, selectTenure+`WHERE t.position_id = $1 ORDER BY t.valid_from DESC, t.id`, scanTenure, position)
}

// TenuresOf returns what a person held from a day up to but not including
// another, the latest first; an empty day leaves that end open.
func (s *Store) TenuresOf(ctx context.Context, q db.Queryer, person string, from, to Day) ([]Tenure, error) {
	if to == "" {
		to = endOfTime
	}
	return db.All(ctx, q, selectTenure+`
		WHERE t.person_id = $1 AND t.valid_from < $2 AND (t.valid_to IS NULL OR t.valid_to > $3)
		ORDER BY t.valid_from DESC, t.id`, scanTenure, person, to, from)
}

// endOfTime sorts after every day.
const endOfTime Day = "9999-12-31"

// Post returns a person's main post on a day: the definitive one, else an
// additional duty, else what they act for. ok is false for somebody without
// any.
func (s *Store) Post(ctx context.Context, q db.Queryer, person string, on Day) (t Tenure, ok bool, err error) {
	m, err := s.Map(ctx, q, on)
	if err != nil {
		return Tenure{}, false, err
	}
	t, ok = m.Post(person)
	return t, ok, nil
}

const selectOverride = `
	SELECT id, person_id, evaluator_id, valid_from, valid_to, reason, version
	FROM evaluator_override `

func scanOverride(r db.Row) (Override, error) {
	var o Override
	err := r.Scan(&o.ID, &o.Person, &o.Evaluator, &o.From, db.OrZero((*string)(&o.To)), &o.Reason, &o.Version)
	return o, err
}

func overridesOn(ctx context.Context, q db.Queryer, on Day) ([]Override, error) {
	return db.All(ctx, q, selectOverride+`WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)`, scanOverride, on)
}

func overridesBetween(ctx context.Context, q db.Queryer, from, to Day) ([]Override, error) {
	return db.All(ctx, q, selectOverride+`WHERE valid_from < $1 AND (valid_to IS NULL OR valid_to > $2)`, scanOverride, to, from)
}

// OverridesOf returns the evaluators HR has named for a person, the latest
// first.
func (s *Store) OverridesOf(ctx context.Context, q db.Queryer, person string) ([]Override, error) {
	return db.All(ctx, q, selectOverride+`WHERE person_id = $1 ORDER BY valid_from DESC, id`, scanOverride, person)
}

// Tenure returns one tenure, or NotFound.
func (s *Store) Tenure(ctx context.Context, q db.Queryer, id string) (Tenure, error) {
	t, err := db.One(ctx, q, selectTenure+`WHERE t.id = $1`, scanTenure, id)
	if err == db.ErrNone {
		return t, fault.Missing("org.no_tenure")
	}
	return t, err
}
