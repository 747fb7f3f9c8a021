package voices

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
)

// Turn moves every round whose day has come: from drawing to answering, from
// answering to its release. It can be run at any time and again; rounds that
// cannot be moved do not keep others.
func (s *Service) Turn(ctx context.Context) error {
	today := s.today()
	due, err := db.All(ctx, s.db, selectRound+`WHERE (r.state = 'kupon' AND r.draw_until < $1) OR (r.state = 'isi' AND r.answer_until < $2)
		ORDER BY r.id`, scanRound, string(today), string(today))
	if err != nil {
		return err
	}
	var failed []error
	ended := false
	for _, r := range due {
		if r.State == Drawing {
			if err := s.beginAnswers(ctx, &r); err != nil {
				failed = append(failed, err)
				continue
			}
		}
		if r.State == Answering && r.AnswerUntil < today {
			failed = append(failed, s.end(ctx, r))
			ended = true
		}
	}
	if ended {
		failed = append(failed, s.db.Scrub(ctx, "voice_key", "voice_box"))
	}
	return errors.Join(failed...)
}

// beginAnswers ends the drawing. Where too few drew nothing is asked at all:
// whoever answered would be known.
func (s *Service) beginAnswers(ctx context.Context, r *Round) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		now, err := roundOf(ctx, tx, r.ID)
		if err != nil || now.State != Drawing {
			return err
		}
		*r = now
		drawn, err := s.drawn(ctx, tx, r)
		if err != nil {
			return err
		}
		if err := task.Close(ctx, tx, task.Done{Kind: kindDraw, At: s.now()}, r.subject()); err != nil {
			return err
		}
		if !assign(r.Groups, r.Least) {
			return s.giveUp(ctx, tx, r)
		}
		groups, err := json.Marshal(r.Groups)
		if err != nil {
			return err
		}
		r.State = Answering
		if _, err := db.Exec(ctx, tx, `UPDATE voice_round SET state = $1, groups = $2 WHERE id = $3`, string(r.State), string(groups), r.ID); err != nil {
			return err
		}
		tasks := make([]task.Task, len(drawn))
		for i, person := range drawn {
			tasks[i] = s.answerTask(*r, person)
		}
		return task.File(ctx, tx, tasks...)
	})
}

// drawn counts who drew a token into the groups and returns them.
func (s *Service) drawn(ctx context.Context, tx *db.Tx, r *Round) ([]string, error) {
	var people []string
	for i := range r.Groups {
		r.Groups[i].Drawn = 0
	}
	err := db.Each(ctx, tx, `SELECT person_id, grp FROM voice_invited WHERE round_id = $1 AND drawn ORDER BY person_id`, func(row db.Row) error {
		var person string
		var g GroupCode
		if err := row.Scan(&person, &g); err != nil {
			return err
		}
		people = append(people, person)
		r.group(g).Drawn++
		return nil
	}, r.ID)
	return people, err
}

// end closes the answers and releases what may be.
func (s *Service) end(ctx context.Context, r Round) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		now, err := roundOf(ctx, tx, r.ID)
		if err != nil || now.State != Answering {
			return err
		}
		box, _, err := s.openBox(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		shown, ok, err := release(now.Sheet, now.buckets(), box.answers(), limits{now.Least, now.SpreadFrom}, s.habits.shuffle)
		if err != nil {
			return err
		}
		if !ok {
			return s.giveUp(ctx, tx, &now)
		}
		now.Release = &shown
		return s.publish(ctx, tx, &now)
	})
}

// publish stores the release, commits to it in the ledger and forgets the box.
func (s *Service) publish(ctx context.Context, tx *db.Tx, r *Round) error {
	body, err := json.Marshal(r.Release)
	if err != nil {
		return err
	}
	r.State, r.ClosedOn = Released, s.today()
	if _, err := db.Exec(ctx, tx, `UPDATE voice_round SET state = $1, closed_on = $2, released = $3 WHERE id = $4`,
		string(r.State), string(r.ClosedOn), string(body), r.ID); err != nil {
		return err
	}
	if err := s.forget(ctx, tx, *r); err != nil {
		return err
	}
	if err := task.File(ctx, tx, s.readTask(*r)); err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	return s.record(ctx, tx, account.Actor{}, "released", *r, map[string]any{"answers": r.Release.Answers, "sha256": hex.EncodeToString(sum[:])})
}

// giveUp ends a round that too few took part in. How many is not kept.
func (s *Service) giveUp(ctx context.Context, tx *db.Tx, r *Round) error {
	r.State, r.ClosedOn = TooFew, s.today()
	for i := range r.Groups {
		r.Groups[i].Drawn, r.Groups[i].Bucket = 0, ""
	}
	groups, err := json.Marshal(r.Groups)
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `UPDATE voice_round SET state = $1, closed_on = $2, groups = $3 WHERE id = $4`,
		string(r.State), string(r.ClosedOn), string(groups), r.ID); err != nil {
		return err
	}
	if err := s.forget(ctx, tx, *r); err != nil {
		return err
	}
	return s.record(ctx, tx, account.Actor{}, "too_few", *r, map[string]any{"least": r.Least})
}

// forget takes away everything that only a running round needs: the answers,
// the keys, and who drew a token. The key of the box is overwritten with
// as many bytes before it is deleted, so that SQLite puts them in its place.
func (s *Service) forget(ctx context.Context, tx *db.Tx, r Round) error {
	if _, err := db.Exec(ctx, tx, `UPDATE voice_key SET box_key = $1 WHERE round_id = $2`, newKey(), r.ID); err != nil {
		return err
	}
	for _, text := range []string{
		`DELETE FROM voice_key WHERE round_id = $1`,
		`DELETE FROM voice_box WHERE round_id = $1`,
		`UPDATE voice_invited SET drawn = false, blinded = NULL WHERE round_id = $1`,
	} {
		if _, err := db.Exec(ctx, tx, text, r.ID); err != nil {
			return err
		}
	}
	for _, g := range r.Groups {
		if err := token.Close(ctx, tx, r.tokens(g.Code), string(s.today())); err != nil {
			return err
		}
	}
	return task.Close(ctx, tx, task.Done{At: s.now()}, r.subject())
}
