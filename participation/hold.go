package participation

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// maxHold bounds one decision about answers.
const maxHold = 5000

// Hold sets answers of a wave aside, or puts them back (HeldNone). They are
// never deleted: the index is published with and without them, and whoever
// decided stands in the ledger with the reason in words.
func (o *Office) Hold(ctx context.Context, actor account.Actor, waveID string, ids []string, reason Reason, why string) error {
	if len(ids) == 0 || len(ids) > maxHold {
		return fault.Wrong("survey.hold.number", maxHold)
	}
	if why == "" {
		return fault.WrongField("why", "form.required")
	}
	s, _, err := o.Wave(ctx, waveID)
	if err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyManage, s.thing()); err != nil {
		return err
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := hold(ctx, tx, waveID, ids, reason)
		if err != nil {
			return err
		}
		err = o.record(ctx, tx, actor, "held", "wave:"+waveID, map[string]any{"answers": n, "reason": string(reason), "why": why})
		if err != nil || n == 0 {
			return err
		}
		return o.keepPublic(ctx, tx, actor, waveID, why)
	})
}

// hold changes the reason of the answers and moves their sums; it returns how
// many were changed.
func hold(ctx context.Context, tx *db.Tx, waveID string, ids []string, reason Reason) (int, error) {
	// Taking hold of the wave keeps two servers from changing its sums at once.
	if _, err := db.Exec(ctx, tx, `UPDATE survey_wave SET version = version + 1 WHERE id = $1`, waveID); err != nil {
		return 0, err
	}
	args := []any{waveID}
	for _, id := range ids {
		args = append(args, id)
	}
	list, err := db.All(ctx, tx, selectAnswer+`WHERE wave_id = $1 AND id IN (`+db.In(2, len(ids))+`)`, scanAnswer, args...)
	if err != nil {
		return 0, err
	}
	move := sums{}
	changed := []any{string(reason), waveID}
	for _, a := range list {
		was, is := a.Held != HeldNone, reason != HeldNone
		if a.Held == reason {
			continue
		}
		changed = append(changed, a.ID)
		if was != is {
			move.add(waveID, a, was, -1)
			move.add(waveID, a, is, 1)
		}
	}
	n := len(changed) - 2
	if n == 0 {
		return 0, nil
	}
	if _, err := db.Exec(ctx, tx, `UPDATE survey_answer SET held = $1 WHERE wave_id = $2 AND id IN (`+db.In(3, n)+`)`, changed...); err != nil {
		return 0, err
	}
	return n, move.apply(ctx, tx)
}
