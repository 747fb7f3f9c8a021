package participation

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/stat"
)

// cell names one row of sums.
type cell struct {
	wave, day string
	stratum   Stratum
	held      bool
}

// sums are what one transaction adds to the rows of sums.
type sums map[cell]*stat.Moments

// add counts one answer; times −1 takes it away.
func (s sums) add(wave string, a Answer, held bool, sign int) {
	at := cell{wave, a.Day, a.Stratum, held}
	if s[at] == nil {
		s[at] = stat.NewMoments(len(a.Marks))
	}
	if sign > 0 {
		s[at].Add(a.Marks)
	} else {
		s[at].Remove(a.Marks)
	}
}

// count adds answers to their waves' counters and so takes hold of the waves:
// on PostgreSQL two servers that store answers of one wave now stand in line,
// and closing waits for both. A wave that is closed gives a Conflict fault.
func count(ctx context.Context, tx *db.Tx, answers map[string]int) error {
	for _, wave := range slices.Sorted(keysOf(answers)) {
		n, err := db.Exec(ctx, tx, `UPDATE survey_wave SET answers = answers + $1 WHERE id = $2 AND closed_on IS NULL`, answers[wave], wave)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("survey.wave.closed")
		}
	}
	return nil
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// apply adds the sums to the stored rows. The caller holds the waves (count).
func (s sums) apply(ctx context.Context, tx *db.Tx) error {
	stored, err := s.stored(ctx, tx)
	if err != nil {
		return err
	}
	rows := make([][]any, 0, len(s))
	for at, add := range s {
		total := stat.NewMoments(add.Elements())
		if raw := stored[at]; len(raw) > 0 {
			if err := total.UnmarshalBinary(raw); err != nil {
				return fmt.Errorf("tally of wave %s on %s: %w", at.wave, at.day, err)
			}
		}
		total.Merge(add)
		raw, err := total.MarshalBinary()
		if err != nil {
			return err
		}
		rows = append(rows, []any{at.wave, string(at.stratum), at.day, at.held, total.Respondents(), raw})
	}
	return db.Upsert(ctx, tx, "survey_tally", []string{"wave_id", "stratum", "day", "held"},
		[]string{"wave_id", "stratum", "day", "held", "answers", "moments"}, rows)
}

// stored returns the rows that the sums are added to, those of a wave with one
// question.
func (s sums) stored(ctx context.Context, tx *db.Tx) (map[cell][]byte, error) {
	first, last := map[string]string{}, map[string]string{}
	for at := range s {
		first[at.wave] = min(cmp.Or(first[at.wave], at.day), at.day)
		last[at.wave] = max(last[at.wave], at.day)
	}
	found := map[cell][]byte{}
	for wave := range first {
		_, err := db.All(ctx, tx, `SELECT stratum, day, held, moments FROM survey_tally WHERE wave_id = $1 AND day >= $2 AND day <= $3`,
			func(r db.Row) (struct{}, error) {
				at, raw := cell{wave: wave}, []byte(nil)
				err := r.Scan(&at.stratum, &at.day, &at.held, &raw)
				found[at] = raw
				return struct{}{}, err
			}, wave, first[wave], last[wave])
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// tallyRow is one stored row of sums.
type tallyRow struct {
	cell
	moments *stat.Moments
}

func tallies(ctx context.Context, q db.Queryer, wave string) ([]tallyRow, error) {
	return db.All(ctx, q, `SELECT stratum, day, held, moments FROM survey_tally WHERE wave_id = $1 ORDER BY day, stratum, held`,
		func(r db.Row) (tallyRow, error) {
			t := tallyRow{cell: cell{wave: wave}, moments: &stat.Moments{}}
			var raw []byte
			if err := r.Scan(&t.stratum, &t.day, &t.held, &raw); err != nil {
				return t, err
			}
			return t, t.moments.UnmarshalBinary(raw)
		}, wave)
}
