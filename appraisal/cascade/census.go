package cascade

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/org"
)

// surveyed is one leader's matrix counted, with what decides who may see it
// and what a search looks in.
type surveyed struct {
	row    BoardRow
	thing  account.Thing
	column string
}

// census counts every matrix of a year, those with the most gaps first. It is
// read in a few statements however many people there are.
func (s *Service) census(ctx context.Context, y appraisal.Period) ([]surveyed, error) {
	leaders, err := s.Appraisal.LeadersOf(ctx, s.DB, y.Year, s.day(y))
	if err != nil {
		return nil, err
	}
	t := tally{under: map[string][]string{}, results: map[string][]string{}, supported: map[cell]bool{}, ties: map[cell]bool{}, waiting: map[string]int{}}
	if err := t.readUnder(ctx, s.DB, y.ID, string(s.day(y))); err != nil {
		return nil, err
	}
	for some := range slices.Chunk(leaders, 500) {
		ids := make([]any, len(some))
		for i, p := range some {
			ids[i] = p.ID
		}
		if err := t.readResults(ctx, s.DB, ids); err != nil {
			return nil, err
		}
	}
	if err := t.readProposals(ctx, s.DB, y.Year); err != nil {
		return nil, err
	}
	all, err := s.mayors(ctx, y)
	if err != nil {
		return nil, err
	}
	for _, p := range leaders {
		all = append(all, survey(t.row(p), thingOf(p)))
	}
	names := make(map[string]string, len(all))
	for _, x := range all {
		names[x.row.ID] = search.Key(x.row.Leader.Name)
	}
	slices.SortFunc(all, func(a, b surveyed) int {
		return cmp.Or(cmp.Compare(b.row.Unsupported+b.row.Unlinked, a.row.Unsupported+a.row.Unlinked), strings.Compare(names[a.row.ID], names[b.row.ID]), strings.Compare(a.row.ID, b.row.ID))
	})
	return all, nil
}

func survey(r BoardRow, thing account.Thing) surveyed {
	return surveyed{row: r, thing: thing, column: search.Column(r.Leader.Name, r.Leader.Post, r.Leader.Unit)}
}

// cell is a leader's part with one of its results, or with a part below it.
type cell struct{ leader, other string }

// tally is what the matrices of a year are counted from.
type tally struct {
	under     map[string][]string // parts by the evaluator's person
	results   map[string][]string // result ids by part
	supported map[cell]bool       // results that somebody supports
	ties      map[cell]bool       // parts that support something
	waiting   map[string]int      // proposals by leader
}

func (t *tally) readUnder(ctx context.Context, q db.Queryer, period, day string) error {
	return db.Each(ctx, q, `SELECT evaluator_id, id FROM appraisal_part WHERE period_id = $1 AND evaluator_id <> '' AND from_day <= $2 AND to_day >= $2 AND pen = 'gurindam'`,
		func(r db.Row) error {
			var evaluator, part string
			err := r.Scan(&evaluator, &part)
			t.under[evaluator] = append(t.under[evaluator], part)
			return err
		}, period, day)
}

func (t *tally) readResults(ctx context.Context, q db.Queryer, leaders []any) error {
	in := db.In(1, len(leaders))
	err := db.Each(ctx, q, `SELECT r.part_id, r.result_id, EXISTS (SELECT 1 FROM appraisal_result x WHERE x.supports_part = r.part_id AND x.supports_result = r.result_id)
		FROM appraisal_result r WHERE r.part_id IN (`+in+`)`, func(r db.Row) error {
		var c cell
		var supported bool
		err := r.Scan(&c.leader, &c.other, &supported)
		t.results[c.leader] = append(t.results[c.leader], c.other)
		t.supported[c] = supported
		return err
	}, leaders...)
	if err != nil {
		return err
	}
	return db.Each(ctx, q, `SELECT DISTINCT supports_part, part_id FROM appraisal_result WHERE supports_part IN (`+in+`) AND supports_result <> ''`, func(r db.Row) error {
		var c cell
		err := r.Scan(&c.leader, &c.other)
		t.ties[c] = true
		return err
	}, leaders...)
}

// readProposals counts what waits: it supports a result and ties a person as
// well as what stands in an SKP.
func (t *tally) readProposals(ctx context.Context, q db.Queryer, year int) error {
	return db.Each(ctx, q, `SELECT leader, goal, part_id FROM cascade_role WHERE year = $1 AND state = 'usulan'`, func(r db.Row) error {
		var leader, goal, part string
		err := r.Scan(&leader, &goal, &part)
		t.waiting[leader]++
		t.supported[cell{leader, goal}] = true
		t.ties[cell{leader, part}] = true
		return err
	}, year)
}

func (t *tally) row(p appraisal.Part) BoardRow {
	under := t.under[p.Who.PersonID]
	r := BoardRow{ID: p.ID, Leader: p.Who, Results: len(t.results[p.ID]), People: len(under), Waiting: t.waiting[p.ID]}
	for _, id := range t.results[p.ID] {
		if !t.supported[cell{p.ID, id}] {
			r.Unsupported++
		}
	}
	for _, part := range under {
		if !t.ties[cell{p.ID, part}] {
			r.Unlinked++
		}
	}
	return r
}

// mayors counts the matrices of leaders without an SKP, whose columns are the
// goals of an agreement.
func (s *Service) mayors(ctx context.Context, y appraisal.Period) ([]surveyed, error) {
	agreements, err := agreementsOf(ctx, s.DB, y.Year)
	if err != nil {
		return nil, err
	}
	var all []surveyed
	for _, a := range agreements {
		if a.Level != string(org.Political) {
			continue
		}
		b := boardOf(a)
		b.Period = y
		if b, err = s.filled(ctx, b); err != nil {
			return nil, err
		}
		r := BoardRow{ID: b.ID, Leader: b.Leader, Results: len(b.Columns), Unsupported: len(b.Unsupported()), People: len(b.People), Unlinked: len(b.Unlinked())}
		for _, c := range b.Columns {
			r.Waiting += c.Asked
		}
		all = append(all, survey(r, account.Thing{Unit: a.UnitID, Owner: a.First.PersonID}))
	}
	return all, nil
}
