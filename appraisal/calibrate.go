package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// CalibrationCase is somebody whose ratings were handed over, as leaders lay
// them side by side before predicates are set.
type CalibrationCase struct {
	Standing
	PersonID string
	Ratings  Ratings
	Version  int64 // of the superior's side
	Open     bool  // the predicate is not set yet
}

// CalibrationUnit is a unit whose people can be calibrated in a window.
type CalibrationUnit struct {
	OrganisationView
	Cases []CalibrationCase
}

// CalibrationUnit returns a unit with its cases, the head not among them. It
// checks no permission and leaves no trace: the calibration does both.
func (s *Service) CalibrationUnit(ctx context.Context, unit string, w Window) (CalibrationUnit, error) {
	var u CalibrationUnit
	year, err := s.period(ctx, w.Year)
	if err != nil {
		return u, err
	}
	rows, err := s.organisationRows(ctx, year, w)
	if err != nil {
		return u, err
	}
	i := slices.IndexFunc(rows, func(r OrganisationRow) bool { return r.UnitID == unit })
	if i < 0 {
		return u, fault.Missing("appraisal.organisation.absent")
	}
	u.OrganisationRow = rows[i]
	heads, err := headsIn(ctx, s.db, year, w)
	if err != nil {
		return u, err
	}
	if h, led := heads[unit]; led {
		u.Lead = &h
	}
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return u, err
	}
	u.Cases, err = s.calibrationCases(ctx, year, u, book)
	return u, err
}

func (s *Service) calibrationCases(ctx context.Context, year Period, u CalibrationUnit, book *rulebook.Book) ([]CalibrationCase, error) {
	rules, err := loadRules(book)
	if err != nil {
		return nil, err
	}
	all, err := s.standings(ctx, year, u.OrganisationView, DistributionRule{}, rules)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids := make([]any, len(all))
	for i, p := range all {
		ids[i] = p.PartID
	}
	evaluations, err := db.All(ctx, s.db, selectEvaluation+`WHERE win = $1 AND part_id IN (`+db.In(2, len(ids))+`)`, scanEvaluation, append([]any{u.Window.Code()}, ids...)...)
	if err != nil {
		return nil, err
	}
	by := make(map[string]Evaluation, len(evaluations))
	for _, e := range evaluations {
		by[e.PartID] = e
	}
	var cases []CalibrationCase
	for _, p := range all {
		if e, has := by[p.PartID]; has && e.Superior.Sent() {
			cases = append(cases, CalibrationCase{Standing: p.Standing, PersonID: p.person, Ratings: e.Ratings, Version: e.Version, Open: e.State == Running})
		}
	}
	return cases, nil
}

// Calibrate replaces ratings that were handed over, before the predicate is
// set: what leaders have agreed on together with the evaluator. also runs in
// the same transaction. It checks no permission: the calibration does.
func (s *Service) Calibrate(ctx context.Context, actor account.Actor, part string, w Window, version int64, r Ratings, also func(tx *db.Tx) error) error {
	p, err := partOf(ctx, s.db, part)
	if err != nil {
		return err
	}
	year, err := periodOf(ctx, s.db, p.Year)
	if err != nil {
		return err
	}
	if key := readOnly(p, year); key != "" {
		return fault.Clash(key)
	}
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		c, err := gather(ctx, tx, p, w, book)
		if err != nil {
			return err
		}
		e := &c.evaluation
		if _, err := e.step(SendSuperiorAct, version); err != nil {
			return err
		}
		if !e.Superior.Sent() {
			return fault.Clash("appraisal.missing.superior")
		}
		r, err := checkRatings(r, p.head(), true)
		if err != nil {
			return err
		}
		before := e.Ratings
		r.Note = before.Note
		e.Ratings, e.Version = r, version+1
		if err := storeSuperior(ctx, tx, *e); err != nil {
			return err
		}
		if err := s.record(ctx, tx, actor, "appraisal.evaluation.calibrated", "evaluation:"+e.ID, map[string]any{"before": before, "ratings": r}); err != nil {
			return err
		}
		return also(tx)
	})
}

// PredicateOf returns the predicate two ratings lead to by the rulebook of a
// window; empty when they lead nowhere.
func (s *Service) PredicateOf(ctx context.Context, w Window, results, conduct Rating) (Predicate, error) {
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return "", err
	}
	rule, err := rulebook.Load[PredicateRule](book)
	return rule.Of(results, conduct), err
}
