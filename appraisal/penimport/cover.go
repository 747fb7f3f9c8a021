package penimport

import (
	"context"
	"encoding/json"

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
	Plans        int // with a plan taken over
	Results      int // with a result of the window
}

// Covers returns the units with people whose pen is elsewhere, those with the
// most people without a result first.
func (s *Service) Covers(ctx context.Context, actor account.Actor, w appraisal.Window) ([]Cover, error) {
	if err := s.may(ctx, actor); err != nil {
		return nil, err
	}
	names, err := db.All(ctx, s.DB, `SELECT unit_id, faces FROM appraisal_part WHERE year = $1 AND pen <> 'gurindam' AND id IN (
		SELECT min(id) FROM appraisal_part WHERE year = $1 AND pen <> 'gurindam' GROUP BY unit_id)`, scanName, w.Year)
	if err != nil {
		return nil, err
	}
	called := map[string]string{}
	for _, n := range names {
		called[n[0]] = n[1]
	}
	return db.All(ctx, s.DB, `SELECT p.unit_id, p.pen, count(*), count(pl.part_id), count(o.evaluation_id)
		FROM appraisal_part p LEFT JOIN appraisal_plan pl ON pl.part_id = p.id AND pl.revision > 0
		LEFT JOIN appraisal_evaluation e ON e.part_id = p.id AND e.win = $1
		LEFT JOIN appraisal_outcome o ON o.evaluation_id = e.id AND o.number = 1
		WHERE p.year = $2 AND p.pen <> 'gurindam' AND p.tenure = 'definitive' AND p.from_day <= $3 AND p.to_day >= $4
		GROUP BY p.unit_id, p.pen ORDER BY count(*) - count(o.evaluation_id) DESC, p.unit_id`, func(r db.Row) (Cover, error) {
		var c Cover
		err := r.Scan(&c.UnitID, &c.Pen, &c.People, &c.Plans, &c.Results)
		c.Unit = called[c.UnitID]
		return c, err
	}, w.Code(), w.Year, string(w.To()), string(w.From()))
}

// scanName reads a unit's id and its name out of a part's faces.
func scanName(r db.Row) ([2]string, error) {
	var unit, faces string
	if err := r.Scan(&unit, &faces); err != nil {
		return [2]string{}, err
	}
	var f struct {
		Who appraisal.Identity `json:"who"`
	}
	err := json.Unmarshal([]byte(faces), &f)
	return [2]string{unit, f.Who.Unit}, err
}
