package participation

import (
	"context"
	"errors"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/stat"
)

// weigh computes the index weighted to the known numbers of visitors of a
// wave, nil when there are none or too few answers. It reads every answer.
func (o *Office) weigh(ctx context.Context, q db.Queryer, y yard, w Wave, list []Answer) (*WeightedFigure, error) {
	known, err := margins(ctx, q, w.ID)
	if err != nil || len(known) == 0 || len(list) < y.minimum.Index {
		return nil, err
	}
	ways, fields := rakes(list, known)
	raked, err := stat.Rake(len(list), ways, float(y.quality.WeightCeiling))
	var empty *stat.EmptyCategoryError
	if errors.As(err, &empty) {
		return nil, nil // nobody of a category answered: no weight can mend that
	}
	if err != nil {
		return nil, err
	}
	marks := make([][]uint8, len(list))
	for i, a := range list {
		marks[i] = a.Marks
	}
	e := stat.WeightedIndex(marks, raked.Weights, w.weights(), w.Population)
	if !e.Known() {
		return nil, nil
	}
	f := &WeightedFigure{Fields: fields, Index: decimal(e.Mean * float(y.skm.Factor)), Effective: e.Effective, Cut: raked.Cut}
	f.Lo, f.Hi = y.interval(e)
	return f, nil
}

// rakes turns the known totals into margins over the respondents.
func rakes(list []Answer, known map[string]map[string]int) (ways []stat.Margin, fields []string) {
	for _, field := range Fields() {
		totals := known[field.Name]
		if totals == nil {
			continue
		}
		m := stat.Margin{Name: field.Name, Category: make([]int, len(list)), Total: make([]float64, len(field.Codes))}
		for i, code := range field.Codes {
			m.Total[i] = float64(totals[code])
		}
		for i, a := range list {
			m.Category[i] = slices.Index(field.Codes, field.Get(a.Profile))
		}
		ways, fields = append(ways, m), append(fields, field.Name)
	}
	return ways, fields
}

// counting returns the answers an index stands on: of the basis, not held.
func counting(w Wave, list []Answer) []Answer {
	var out []Answer
	for _, a := range list {
		if a.Held == HeldNone && w.Basis.Has(a.Stratum) {
			out = append(out, a)
		}
	}
	return out
}
