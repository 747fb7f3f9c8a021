package cascade

import (
	"context"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/db"
)

// census is who evaluates whom and which result supports which, of a whole
// year: what the list of matrices is counted from. It is read in a few
// statements however many people there are.
type census struct {
	leaders []leading
	under   map[string][]string        // parts by evaluator's person
	results map[string][]string        // result ids by part
	ties    map[string]map[string]bool // parts that support a leader's part, by that part
	support map[[2]string]bool         // (part, result) that somebody supports
	waiting map[string]int             // proposals by board
}

// leading is a leader's part.
type leading struct{ part appraisal.Part }

func (s *Service) census(ctx context.Context, y appraisal.Period) (census, error) {
	c := census{
		under: map[string][]string{}, results: map[string][]string{}, ties: map[string]map[string]bool{},
		support: map[[2]string]bool{}, waiting: map[string]int{},
	}
	day := string(s.day(y))
	err := db.Each(ctx, s.DB, `SELECT id, evaluator_id FROM appraisal_part WHERE year = $1 AND evaluator_id <> '' AND from_day <= $2 AND to_day >= $2 AND pen = 'gurindam'`,
		func(r db.Row) error {
			var part, evaluator string
			err := r.Scan(&part, &evaluator)
			c.under[evaluator] = append(c.under[evaluator], part)
			return err
		}, y.Year, day)
	if err != nil {
		return c, err
	}
	leaders, err := s.Appraisal.LeadersOf(ctx, s.DB, y.Year, s.day(y))
	if err != nil {
		return c, err
	}
	for _, p := range leaders {
		c.leaders = append(c.leaders, leading{p})
	}
	if err := c.readResults(ctx, s.DB, y.Year); err != nil {
		return c, err
	}
	return c, db.Each(ctx, s.DB, `SELECT leader, goal, part_id FROM cascade_role WHERE year = $1 AND state = 'usulan'`, func(r db.Row) error {
		var leader, goal, part string
		err := r.Scan(&leader, &goal, &part)
		c.tie(leader, goal, part)
		c.waiting[leader]++
		return err
	}, y.Year)
}

func (c *census) readResults(ctx context.Context, q db.Queryer, year int) error {
	return db.Each(ctx, q, `SELECT r.part_id, r.result_id, r.supports_part, r.supports_result FROM appraisal_result r
		JOIN appraisal_part p ON p.id = r.part_id WHERE p.year = $1`, func(r db.Row) error {
		var part, result, toPart, toResult string
		err := r.Scan(&part, &result, &toPart, &toResult)
		c.results[part] = append(c.results[part], result)
		if toResult != "" {
			c.tie(toPart, toResult, part)
		}
		return err
	}, year)
}

func (c *census) tie(leader, goal, part string) {
	if c.ties[leader] == nil {
		c.ties[leader] = map[string]bool{}
	}
	c.ties[leader][part] = true
	c.support[[2]string{leader, goal}] = true
}

func (c *census) row(l leading) BoardRow {
	p := l.part
	r := BoardRow{ID: p.ID, Leader: p.Who, Results: len(c.results[p.ID]), People: len(c.under[p.Who.PersonID]), Waiting: c.waiting[p.ID]}
	for _, id := range c.results[p.ID] {
		if !c.support[[2]string{p.ID, id}] {
			r.Unsupported++
		}
	}
	for _, part := range c.under[p.Who.PersonID] {
		if !c.ties[p.ID][part] {
			r.Unlinked++
		}
	}
	return r
}
