package appraisal

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/search"
)

// Subject is what an entry of the record about a part or an evaluation
// ("part:0198…") concerns.
type Subject struct {
	Part  Part
	Thing account.Thing
}

// subjectsOf is how many subjects one query asks for.
const subjectsOf = 500

// Subjects returns the parts that subjects of the record concern; others are
// absent. It checks no permission: the caller asks with Thing.
func (s *Service) Subjects(ctx context.Context, subjects []string) (map[string]Subject, error) {
	found := map[string]Subject{}
	for _, from := range []struct{ prefix, query string }{
		{"part:", `SELECT p.id, ` + partColumns + ` FROM appraisal_part p WHERE p.id IN (`},
		{"evaluation:", `SELECT e.id, ` + partColumns + ` FROM appraisal_evaluation e JOIN appraisal_part p ON p.id = e.part_id WHERE e.id IN (`},
	} {
		var ids []any
		for _, subject := range slices.Compact(slices.Sorted(slices.Values(subjects))) {
			if id, ok := strings.CutPrefix(subject, from.prefix); ok {
				ids = append(ids, id)
			}
		}
		for batch := range slices.Chunk(ids, subjectsOf) {
			err := db.Each(ctx, s.db, from.query+db.In(1, len(batch))+`)`, func(r db.Row) error {
				var id, faces string
				var p Part
				if err := r.Scan(append([]any{&id}, partTargets(&p, &faces)...)...); err != nil {
					return err
				}
				err := p.setFaces(faces)
				found[from.prefix+id] = Subject{p, p.thing()}
				return err
			}, batch...)
			if err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

// SubjectsNamed returns the subjects of the record that concern people in
// whose names every word occurs, at most so many parts and as many evaluations.
func (s *Service) SubjectsNamed(ctx context.Context, words string, most int) ([]string, error) {
	terms := search.Terms(words)
	if len(terms) == 0 {
		return nil, nil
	}
	condition, args := search.Where("p.search", 1, terms)
	parts, err := db.All(ctx, s.db, `SELECT 'part:' || p.id FROM appraisal_part p WHERE `+condition+` ORDER BY p.sort_name, p.id LIMIT `+strconv.Itoa(most),
		db.Value[string], args...)
	if err != nil {
		return nil, err
	}
	evaluations, err := db.All(ctx, s.db, `SELECT 'evaluation:' || e.id FROM appraisal_evaluation e JOIN appraisal_part p ON p.id = e.part_id WHERE `+condition+`
		ORDER BY p.sort_name, e.id LIMIT `+strconv.Itoa(most), db.Value[string], args...)
	return append(parts, evaluations...), err
}
