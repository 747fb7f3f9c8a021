package participation

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/token"
)

const selectAnswer = `SELECT id, stratum, day, marks, profile, words, held FROM survey_answer `

func scanAnswer(r db.Row) (Answer, error) {
	var a Answer
	var marks, profile string
	if err := r.Scan(&a.ID, &a.Stratum, &a.Day, &marks, &profile, &a.Words, &a.Held); err != nil {
		return a, err
	}
	a.Profile = parseProfile(profile)
	var err error
	a.Marks, err = ParseMarks(marks)
	return a, err
}

// answers reads every answer of a wave. The order is that of the random ids.
func answers(ctx context.Context, q db.Queryer, wave string) ([]Answer, error) {
	return db.All(ctx, q, selectAnswer+`WHERE wave_id = $1 ORDER BY id`, scanAnswer, wave)
}

// CloseWave ends a wave for good: no answer is taken any more, the tokens' key
// is erased, the answers are rewritten in random order, and the ledger gets one
// commitment to all of them. The actor may be the zero one for the nightly job.
func (o *Office) CloseWave(ctx context.Context, actor account.Actor, waveID string) error {
	s, _, err := o.Wave(ctx, waveID)
	if err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return err
	}
	if err := o.closeWave(ctx, actor, waveID); err != nil {
		return err
	}
	return o.forget(ctx)
}

// forget makes the engine let go of the old order of answers and tokens.
func (o *Office) forget(ctx context.Context) error {
	return o.db.Forget(ctx, "survey_answer", "survey_tally", "token_code", "token_spent")
}

func (o *Office) closeWave(ctx context.Context, actor account.Actor, waveID string) error {
	defer o.open.forget()
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE survey_wave SET closed_on = $1, version = version + 1 WHERE id = $2 AND closed_on IS NULL`, o.today(), waveID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("survey.wave.closed")
		}
		list, err := answers(ctx, tx, waveID)
		if err != nil {
			return err
		}
		seal := sealOf(list)
		if _, err := db.Exec(ctx, tx, `UPDATE survey_wave SET seal = $1 WHERE id = $2`, seal, waveID); err != nil {
			return err
		}
		if err := rewrite(ctx, tx, waveID, list); err != nil {
			return err
		}
		w, err := db.One(ctx, tx, selectWave+`WHERE w.id = $1`, scanWave, waveID)
		if err != nil {
			return err
		}
		if err := closeTokens(ctx, tx, w, o.today()); err != nil {
			return err
		}
		return o.record(ctx, tx, actor, "wave_closed", "wave:"+waveID, map[string]any{"answers": len(list), "seal": seal})
	})
}

func closeTokens(ctx context.Context, tx *db.Tx, w Wave, today string) error {
	_, err := token.Find(ctx, tx, w.TokenSubject())
	if errors.Is(err, db.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	return token.Close(ctx, tx, w.TokenSubject(), today)
}

// sealOf is the SHA-256 of the answers by id, one line each: id, stratum, day,
// marks and profile. Whether an answer is held is left out because it can be
// changed, the words because the law may demand that they be erased.
func sealOf(list []Answer) string {
	h := sha256.New()
	for _, a := range list {
		fmt.Fprintln(h, strings.Join([]string{a.ID, string(a.Stratum), a.Day, a.Marks.String(), a.Profile.String()}, "\t"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// SealHolds reports whether the answers of a closed wave are still those that
// were sealed.
func (o *Office) SealHolds(ctx context.Context, w Wave) (bool, error) {
	list, err := answers(ctx, o.db, w.ID)
	return err == nil && w.Seal != "" && sealOf(list) == w.Seal, err
}

// rewrite stores a wave's answers again in random order, so that the order of
// rows in the file says nothing about the order in which citizens came.
func rewrite(ctx context.Context, tx *db.Tx, waveID string, list []Answer) error {
	if len(list) == 0 {
		return nil
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM survey_answer WHERE wave_id = $1`, waveID); err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, a := range list {
		rows[i] = Submission{Wave: Wave{ID: waveID}, Answer: a}.row()
	}
	if err := permute(rows); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "survey_answer", answerColumns, rows)
}

// permute draws an order from the system's randomness; a guessable generator
// would let somebody undo it.
func permute(rows [][]any) error {
	for i := len(rows) - 1; i > 0; i-- {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			return fmt.Errorf("shuffle answers: %w", err)
		}
		j := int(n.Int64())
		rows[i], rows[j] = rows[j], rows[i]
	}
	return nil
}

// Night does what is due at the end of a day: it rewrites the answers and spent
// tokens of running waves in random order, closes waves that have ended and
// opens the next of repeating ones. It can be run again at any time.
func (o *Office) Night(ctx context.Context) error {
	waves, err := db.All(ctx, o.db, selectWave+`WHERE w.closed_on IS NULL AND w.opens_on <= $1 ORDER BY w.ends_on, w.id`, scanWave, o.today())
	if err != nil {
		return err
	}
	var failed []error
	for _, w := range waves {
		if w.StateOn(o.today()) == Ended {
			failed = append(failed, o.turn(ctx, w))
		} else {
			failed = append(failed, o.shuffle(ctx, w))
		}
	}
	if len(waves) > 0 {
		failed = append(failed, o.forget(ctx))
	}
	failed = append(failed, o.escalate(ctx))
	return errors.Join(failed...)
}

func (o *Office) shuffle(ctx context.Context, w Wave) error {
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		if err := count(ctx, tx, map[string]int{w.ID: 0}); err != nil {
			return err
		}
		list, err := answers(ctx, tx, w.ID)
		if err != nil {
			return err
		}
		if err := rewrite(ctx, tx, w.ID, list); err != nil {
			return err
		}
		return token.Shuffle(ctx, tx, w.TokenSubject())
	})
}

// turn closes an ended wave and opens its successor.
func (o *Office) turn(ctx context.Context, w Wave) error {
	if err := o.closeWave(ctx, account.Actor{}, w.ID); err != nil {
		return err
	}
	if w.Repeat == 0 {
		return nil
	}
	next, err := w.next()
	if err != nil {
		return err
	}
	sample, err := rules[Sample](ctx, o)
	if err != nil {
		return err
	}
	next.Population = max(w.Population, w.Answers)
	if next.TargetBy != "own" {
		next.Target = sample.Target(next.Population, next.TargetBy)
	}
	err = o.db.Tx(ctx, func(tx *db.Tx) error {
		gone, err := db.Exists(ctx, tx, `SELECT 1 FROM service WHERE id = $1 AND retired_on IS NOT NULL`, w.ServiceID)
		if err != nil || gone {
			return err
		}
		return o.insertWave(ctx, tx, account.Actor{}, &next)
	})
	if fault.Is(err, fault.Invalid) {
		return nil // somebody has planned the next wave already
	}
	return err
}

// byMarks sorts answers for files that leave the house: an order that says
// nothing.
func byMarks(list []Answer) {
	slices.SortFunc(list, func(a, b Answer) int {
		if c := strings.Compare(a.Marks.String(), b.Marks.String()); c != 0 {
			return c
		}
		return strings.Compare(string(a.Stratum), string(b.Stratum))
	})
}
