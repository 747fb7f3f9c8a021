package voices

import (
	"context"
	"errors"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/questionnaire"
	"github.com/gurindam/gurindam/internal/token"
)

// Form is what somebody with a coupon sees: no actor, no names but the one the
// round is about.
type Form struct {
	ID          string
	About       About
	Purpose     string
	Sheet       questionnaire.Sheet
	Groups      []GroupCode
	State       State
	AnswerFrom  Day
	AnswerUntil Day
	Least       int
}

// Form returns the form of a round. Anybody who knows its address may see it:
// asking who looks would be a way to know who answers.
func (s *Service) Form(ctx context.Context, round string) (Form, error) {
	r, err := roundOf(ctx, s.db, round)
	if err != nil {
		return Form{}, err
	}
	f := Form{
		ID: r.ID, About: r.About, Purpose: r.Purpose, Sheet: r.Sheet, State: r.State,
		AnswerFrom: addDays(r.DrawUntil, 1), AnswerUntil: r.AnswerUntil, Least: r.Least,
	}
	for _, g := range r.Groups {
		f.Groups = append(f.Groups, g.Code)
	}
	return f, nil
}

// Answer spends a coupon and puts the answers into the box. It returns once
// they are on disk. What is wrong with the coupon or the answers is a fault and
// spends nothing.
func (s *Service) Answer(ctx context.Context, round, coupon string, a questionnaire.Answers) error {
	r, err := roundOf(ctx, s.db, round)
	if err != nil {
		return err
	}
	switch today := s.today(); {
	case r.State == Drawing:
		return fault.Clash("voices.early", addDays(r.DrawUntil, 1))
	case r.State != Answering || today > r.AnswerUntil:
		return fault.Clash("voices.closed")
	}
	group, tok, err := parseCoupon(r, coupon)
	if err != nil {
		return err
	}
	if a, err = r.Sheet.For(string(group)).Clean(a); err != nil {
		return err
	}
	answer := Answer{Bucket: r.group(group).Bucket, Answers: a}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := token.Spend(ctx, tx, r.tokens(group), tok); err != nil {
			return couponFault(err)
		}
		if err := s.putAway(ctx, tx, r, answer); err != nil || s.habits.answer == nil {
			return err
		}
		return s.habits.answer(ctx, tx, r, coupon, answer)
	})
}

// putAway opens the box, puts the answer in, shuffles and seals it again.
func (s *Service) putAway(ctx context.Context, tx *db.Tx, r Round, a Answer) error {
	box, key, err := s.openBox(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	if err := box.put(a, s.habits.shuffle); err != nil {
		return err
	}
	sealed, err := s.habits.seal(key, r.ID, box)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `UPDATE voice_box SET box = $1 WHERE round_id = $2`, sealed, r.ID)
	return err
}

// couponFault names the field of what is wrong with a coupon.
func couponFault(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		return err
	}
	return fault.WrongField("kupon", f.Key, f.Args...)
}
