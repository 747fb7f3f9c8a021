package voices

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const selectRound = `SELECT r.id, r.about_id, r.about_name, r.about_post, r.unit_id, r.unit, r.evaluator_id, r.above_id, r.purpose, r.sheet, r.groups,
	r.least, r.spread_from, r.state, r.opened_on, r.draw_until, r.answer_until, r.closed_on, r.asked_by, r.asked_name, r.released, r.read_on FROM voice_round r `

func scanRound(row db.Row) (Round, error) {
	var r Round
	var sheet, groups, released string
	err := row.Scan(&r.ID, &r.About.PersonID, &r.About.Name, &r.About.Post, &r.About.UnitID, &r.About.Unit, &r.About.EvaluatorID, &r.About.AboveID,
		&r.Purpose, &sheet, &groups, &r.Least, &r.SpreadFrom, &r.State, &r.OpenedOn, &r.DrawUntil, &r.AnswerUntil, db.OrZero(&r.ClosedOn),
		&r.AskedBy, &r.AskedName, db.OrZero(&released), db.OrZero(&r.ReadOn))
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(sheet), &r.Sheet); err != nil {
		return r, fmt.Errorf("sheet of round %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(groups), &r.Groups); err != nil {
		return r, fmt.Errorf("groups of round %s: %w", r.ID, err)
	}
	if released != "" {
		r.Release = new(Release)
		if err := json.Unmarshal([]byte(released), r.Release); err != nil {
			return r, fmt.Errorf("release of round %s: %w", r.ID, err)
		}
	}
	return r, nil
}

// roundOf returns a round, or NotFound.
func roundOf(ctx context.Context, q db.Queryer, id string) (Round, error) {
	r, err := db.One(ctx, q, selectRound+`WHERE r.id = $1`, scanRound, id)
	if err == db.ErrNone {
		err = fault.Missing("voices.absent")
	}
	return r, err
}

func insertRound(ctx context.Context, tx *db.Tx, r Round) error {
	sheet, err := json.Marshal(r.Sheet)
	if err != nil {
		return err
	}
	groups, err := json.Marshal(r.Groups)
	if err != nil {
		return err
	}
	return db.Insert(ctx, tx, "voice_round", []string{
		"id", "about_id", "about_name", "about_post", "unit_id", "unit", "evaluator_id", "above_id", "purpose", "sheet", "groups",
		"least", "spread_from", "state", "opened_on", "draw_until", "answer_until", "asked_by", "asked_name",
	}, [][]any{{
		r.ID, r.About.PersonID, r.About.Name, r.About.Post, r.About.UnitID, r.About.Unit, r.About.EvaluatorID, r.About.AboveID, r.Purpose, string(sheet), string(groups),
		r.Least, r.SpreadFrom, string(r.State), string(r.OpenedOn), string(r.DrawUntil), string(r.AnswerUntil), r.AskedBy, r.AskedName,
	}})
}

// seat is somebody's right to draw a token.
type seat struct {
	Group   GroupCode
	Drawn   bool
	Blinded []byte
}

// seatOf returns the right of a person in a round; a Forbidden fault when the
// person was not asked.
func seatOf(ctx context.Context, q db.Queryer, round, person string) (seat, error) {
	s, err := db.One(ctx, q, `SELECT grp, drawn, blinded FROM voice_invited WHERE round_id = $1 AND person_id = $2`, func(r db.Row) (seat, error) {
		var s seat
		err := r.Scan(&s.Group, &s.Drawn, &s.Blinded)
		return s, err
	}, round, person)
	if err == db.ErrNone {
		err = fault.Denied("voices.not_asked")
	}
	return s, err
}

// openBox returns the slots of a running round and its key.
func (s *Service) openBox(ctx context.Context, q db.Queryer, round string) (slots, []byte, error) {
	type stored struct{ key, box []byte }
	b, err := db.One(ctx, q, `SELECT k.box_key, b.box FROM voice_box b JOIN voice_key k ON k.round_id = b.round_id WHERE b.round_id = $1`, func(r db.Row) (stored, error) {
		var b stored
		err := r.Scan(&b.key, &b.box)
		return b, err
	}, round)
	if err == db.ErrNone {
		return nil, nil, fault.Clash("voices.closed")
	}
	if err != nil {
		return nil, nil, err
	}
	all, err := s.habits.unseal(b.key, round, b.box)
	return all, b.key, err
}
