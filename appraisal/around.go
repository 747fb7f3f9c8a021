package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
)

// The functions of this file are for the packages that stand around the year.
// They check no permission: the caller does.

// PartByID returns a part, or NotFound.
func (s *Service) PartByID(ctx context.Context, q db.Queryer, id string) (Part, error) {
	return partOf(ctx, q, id)
}

// PartsOfPerson returns somebody's parts of a year, the deciding one first.
func (s *Service) PartsOfPerson(ctx context.Context, q db.Queryer, person string, year int) ([]Part, error) {
	return partsOfPerson(ctx, q, person, year)
}

// PartsUnder returns the parts of a year that a person evaluates and that share
// a day with from..to, by name.
func (s *Service) PartsUnder(ctx context.Context, q db.Queryer, person string, year int, from, to Day) ([]Part, error) {
	return db.All(ctx, q, selectPart+`WHERE p.evaluator_id = $1 AND p.year = $2 AND p.to_day >= $3 AND p.from_day <= $4 ORDER BY p.sort_name, p.id`,
		scanPart, person, year, string(from), string(to))
}

// PlansOf returns the plans of parts as they stand and as they are in force, by
// part id; parts without one are absent.
func (s *Service) PlansOf(ctx context.Context, q db.Queryer, parts []Part) (now map[string]Plan, inForce map[string]Revision, err error) {
	if len(parts) == 0 {
		return map[string]Plan{}, map[string]Revision{}, nil
	}
	if now, err = plansOf(ctx, q, parts); err != nil {
		return nil, nil, err
	}
	ids := make([]string, len(parts))
	for i, p := range parts {
		ids[i] = p.ID
	}
	inForce, err = revisionsInForce(ctx, q, ids)
	return now, inForce, err
}

// YearOf returns a performance year, 0 the current one.
func (s *Service) YearOf(ctx context.Context, year int) (Period, error) { return s.period(ctx, year) }

// ReadOnly returns the key of the sentence that says why nobody can write to a
// part, or nothing.
func (p Part) ReadOnly(year Period) string { return readOnly(p, year) }

// HeadParts returns the parts of a year in which somebody led a unit, the
// latest of each unit first.
func (s *Service) HeadParts(ctx context.Context, q db.Queryer, year int) ([]Part, error) {
	return db.All(ctx, q, selectPart+`WHERE p.period_id = (SELECT id FROM appraisal_period WHERE year = $1) AND p.head_of <> '' ORDER BY p.head_of, p.to_day DESC, p.decides DESC, p.id`, scanPart, year)
}

// LeadersOf returns the parts of a year, as of a day, whose people evaluate
// somebody who writes here: the part in which they lead a unit, else the one
// that decides.
func (s *Service) LeadersOf(ctx context.Context, q db.Queryer, year int, on Day) ([]Part, error) {
	all, err := db.All(ctx, q, selectPart+`WHERE p.year = $1 AND p.from_day <= $2 AND p.to_day >= $2 AND p.person_id IN (
		SELECT e.evaluator_id FROM appraisal_part e WHERE e.period_id = (SELECT id FROM appraisal_period WHERE year = $1) AND e.evaluator_id <> '' AND e.from_day <= $2 AND e.to_day >= $2 AND e.pen = 'gurindam')
		ORDER BY p.person_id, CASE WHEN p.head_of <> '' THEN 0 ELSE 1 END, p.decides DESC, p.id`, scanPart, year, string(on))
	return slices.CompactFunc(all, func(a, b Part) bool { return a.Who.PersonID == b.Who.PersonID }), err
}

// WorkUnits returns the units people's parts of a year stand in, each with its
// name as one of the parts calls it.
func (s *Service) WorkUnits(ctx context.Context, q db.Queryer, year int) (map[string]string, error) {
	names := map[string]string{}
	return names, db.Each(ctx, q, `SELECT unit_id, faces FROM appraisal_part WHERE id IN (
		SELECT min(id) FROM appraisal_part WHERE period_id = (SELECT id FROM appraisal_period WHERE year = $1) GROUP BY unit_id)`, func(r db.Row) error {
		var p Part
		var unit, f string
		if err := r.Scan(&unit, &f); err != nil {
			return err
		}
		err := p.setFaces(f)
		names[unit] = p.Who.Unit
		return err
	}, year)
}
