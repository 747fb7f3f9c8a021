package penimport

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

// Cover is one unit's people whose pen is elsewhere: how many of them have
// nothing left to do here.
type Cover struct {
	UnitID, Unit string
	Pen          appraisal.Pen
	People       int
	Plans        int  // with a plan taken over
	Results      int  // with a result of the window
	Open         int  // questions that wait for a decision
	Yearly       bool // all of them are evaluated once a year
}

// Covers returns the units with people whose pen is elsewhere: those with
// something to decide first, then those with the most people without a result.
// Who is evaluated once a year is told by the year's result, whatever the
// window.
func (s *Service) Covers(ctx context.Context, actor account.Actor, w appraisal.Window) ([]Cover, error) {
	if err := s.may(ctx, actor); err != nil {
		return nil, err
	}
	called, err := s.unitNames(ctx, w.Year)
	if err != nil {
		return nil, err
	}
	all, err := db.All(ctx, s.DB, `SELECT p.unit_id, p.pen, count(*), count(pl.part_id), count(o.evaluation_id),
			min(CASE WHEN p.cadence = 'tahunan' THEN 1 ELSE 0 END)
		FROM appraisal_part p LEFT JOIN appraisal_plan pl ON pl.part_id = p.id AND pl.revision > 0
		LEFT JOIN appraisal_evaluation e ON e.part_id = p.id AND e.win = CASE WHEN p.cadence = 'tahunan' THEN $1 ELSE $2 END
		LEFT JOIN appraisal_outcome o ON o.evaluation_id = e.id AND o.number = 1
		WHERE p.year = $3 AND p.pen <> 'gurindam' AND p.tenure = 'definitive' AND p.from_day <= $4 AND p.to_day >= $5
		GROUP BY p.unit_id, p.pen ORDER BY count(*) - count(o.evaluation_id) DESC, p.unit_id`, func(r db.Row) (Cover, error) {
		var c Cover
		var yearly int
		err := r.Scan(&c.UnitID, &c.Pen, &c.People, &c.Plans, &c.Results, &yearly)
		c.Yearly = yearly == 1
		c.Unit = called[c.UnitID]
		return c, err
	}, appraisal.AnnualOf(w.Year).Code(), w.Code(), w.Year, string(w.To()), string(w.From()))
	if err != nil {
		return nil, err
	}
	return all, s.countOpen(ctx, all, called, w.Year)
}

// countOpen tells each unit how many questions about it are open, and puts
// those with any first.
func (s *Service) countOpen(ctx context.Context, all []Cover, called map[string]string, year int) error {
	asked, err := s.openQuestions(ctx, year)
	if err != nil {
		return err
	}
	for i := range all {
		for _, q := range asked {
			if q.about(all[i].UnitID, called[all[i].UnitID]) {
				all[i].Open++
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Cover) int { return cmp.Compare(b.Open, a.Open) })
	return nil
}

// unitNames returns how the units of who writes elsewhere are called.
func (s *Service) unitNames(ctx context.Context, year int) (map[string]string, error) {
	names, err := db.All(ctx, s.DB, `SELECT unit_id, faces FROM appraisal_part WHERE year = $1 AND pen <> 'gurindam' AND id IN (
		SELECT min(id) FROM appraisal_part WHERE year = $1 AND pen <> 'gurindam' GROUP BY unit_id)`, scanName, year)
	called := make(map[string]string, len(names))
	for _, n := range names {
		called[n[0]] = n[1]
	}
	return called, err
}

// scanName reads a unit's id and its name out of a part's faces.
func scanName(r db.Row) ([2]string, error) {
	var unit, faces string
	if err := r.Scan(&unit, &faces); err != nil {
		return [2]string{}, err
	}
	name, err := unitIn(faces)
	return [2]string{unit, name}, err
}

// unitIn reads the name of the unit out of a part's faces.
func unitIn(faces string) (string, error) {
	var f struct {
		Who appraisal.Identity `json:"who"`
	}
	err := json.Unmarshal([]byte(faces), &f)
	return f.Who.Unit, err
}
