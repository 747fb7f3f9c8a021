package talk

import (
	"context"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Begin opens a talk about a part for a day, with a first point when there is
// one to raise. There is one open talk a part: beginning another is a Conflict.
func (s *Service) Begin(ctx context.Context, actor account.Actor, part string, day Day, point string) (Talk, error) {
	p, err := s.part(ctx, actor, part)
	if err != nil {
		return Talk{}, err
	}
	point = tidy(point)
	var wrong fault.Fields
	checkDay(&wrong, "day", day)
	wrong.Check(day >= s.Today(), "day", "talk.day_past")
	checkText(&wrong, "text", point, false)
	if err := wrong.Err(); err != nil {
		return Talk{}, err
	}
	if p.Evaluator.PersonID == "" {
		return Talk{}, fault.Clash("talk.no_superior")
	}
	t := Talk{
		ID: db.NewID(), PartID: p.ID, Year: p.Year, PersonID: p.Who.PersonID, SuperiorID: p.Evaluator.PersonID,
		Day: day, State: Prepared, OpenedAt: s.Now(), OpenedBy: sideOf(actor, p), Version: 1,
	}
	if point != "" {
		t.Written.Points = []Point{s.added(actor, point)}
	}
	row, err := t.row()
	if err != nil {
		return t, err
	}
	return t, s.DB.Tx(ctx, func(tx *db.Tx) error {
		taken, err := db.Exists(ctx, tx, `SELECT 1 FROM appraisal_talk WHERE open_part = $1`, p.ID)
		if err != nil {
			return err
		}
		if taken {
			return fault.Clash("talk.already")
		}
		if err := db.Insert(ctx, tx, "appraisal_talk", talkColumns, [][]any{row}); err != nil {
			return err
		}
		if err := s.enter(ctx, tx, actor, "appraisal.talk.opened", "talk:"+t.ID, map[string]any{"part": p.ID, "day": day, "point": point}); err != nil {
			return err
		}
		return s.holdDesk(ctx, tx, t, p)
	})
}

func (s *Service) added(actor account.Actor, text string) Point {
	return Point{Key: "tambah/" + db.NewID(), Source: Added, Text: text, By: actor.Name, On: s.Today()}
}

// Raise adds a point to the agenda. Both may, as long as nobody has signed.
func (s *Service) Raise(ctx context.Context, actor account.Actor, id, text string) error {
	text = tidy(text)
	var wrong fault.Fields
	checkText(&wrong, "text", text, true)
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.writing(ctx, actor, id, func(v *View) error {
		w := &v.Talk.Written
		if len(w.Points) >= mostPoints {
			return fault.WrongField("text", "talk.many", mostPoints)
		}
		w.Points = append(w.Points, s.added(actor, text))
		return nil
	})
}

// Drop takes an added point off the agenda.
func (s *Service) Drop(ctx context.Context, actor account.Actor, id, key string) error {
	return s.writing(ctx, actor, id, func(v *View) error {
		var was bool
		w := &v.Talk.Written
		if w.Points, was = without(w.Points, key, func(p Point) string { return p.Key }); !was {
			return fault.Missing("talk.point_absent")
		}
		delete(w.Notes, key)
		return nil
	})
}

// Note stores what was said: by key of a point, and beside the agenda. version
// is the talk's as it was shown, so that nobody overwrites the other's words.
func (s *Service) Note(ctx context.Context, actor account.Actor, id string, version int64, notes map[string]string, text string) error {
	text = tidy(text)
	var wrong fault.Fields
	checkText(&wrong, "text", text, false)
	kept := map[string]string{}
	for key, note := range notes {
		note = tidy(note)
		checkText(&wrong, "n_"+key, note, false)
		if note != "" && len(key) <= 80 && len(kept) < 4*mostPoints {
			kept[key] = note
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.writing(ctx, actor, id, func(v *View) error {
		if v.Talk.Version != version {
			return fault.Clash("talk.changed")
		}
		v.Talk.Written.Notes, v.Talk.Written.Text = kept, text
		return nil
	})
}

// Move sets another day.
func (s *Service) Move(ctx context.Context, actor account.Actor, id string, day Day) error {
	var wrong fault.Fields
	checkDay(&wrong, "day", day)
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.change(ctx, actor, id, func(ctx context.Context, tx *db.Tx, v *View) (string, any, error) {
		if err := v.Talk.prepared(); err != nil {
			return "", nil, err
		}
		v.Talk.Day = day
		return "appraisal.talk.moved", map[string]any{"day": day}, s.holdDesk(ctx, tx, v.Talk, v.Part)
	})
}

// Agree adds an action that both will sign: what, whose, until when.
func (s *Service) Agree(ctx context.Context, actor account.Actor, id string, a Agreed) error {
	a.ID, a.Text = db.NewID(), tidy(a.Text)
	var wrong fault.Fields
	checkText(&wrong, "action", a.Text, true)
	checkDay(&wrong, "due", a.Due)
	wrong.Check(a.Due >= s.Today(), "due", "talk.day_past")
	wrong.Check(a.Owner == Person || a.Owner == Superior, "owner", "form.choose")
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.writing(ctx, actor, id, func(v *View) error {
		w := &v.Talk.Written
		if len(w.Actions) >= mostPoints {
			return fault.WrongField("action", "talk.many", mostPoints)
		}
		w.Actions = append(w.Actions, a)
		return nil
	})
}

// Disagree takes an action out again.
func (s *Service) Disagree(ctx context.Context, actor account.Actor, id, action string) error {
	return s.writing(ctx, actor, id, func(v *View) error {
		var was bool
		w := &v.Talk.Written
		if w.Actions, was = without(w.Actions, action, func(a Agreed) string { return a.ID }); !was {
			return fault.Missing("talk.action_absent")
		}
		return nil
	})
}

// writing changes what is written while nobody has signed. The ledger keeps
// the signed wording; drafts leave no entry.
func (s *Service) writing(ctx context.Context, actor account.Actor, id string, fn func(v *View) error) error {
	return s.change(ctx, actor, id, func(_ context.Context, _ *db.Tx, v *View) (string, any, error) {
		if err := v.Talk.prepared(); err != nil {
			return "", nil, err
		}
		return "", nil, fn(v)
	})
}

// Cancel gives a talk up.
func (s *Service) Cancel(ctx context.Context, actor account.Actor, id string) error {
	return s.change(ctx, actor, id, func(ctx context.Context, tx *db.Tx, v *View) (string, any, error) {
		if err := v.Talk.prepared(); err != nil {
			return "", nil, err
		}
		v.Talk.State = Cancelled
		return "appraisal.talk.cancelled", map[string]any{"part": v.Part.ID}, s.closeDesks(ctx, tx, actor, v.Talk)
	})
}

// Done notes that an agreed action is done, and how. Only its owner says so.
func (s *Service) Done(ctx context.Context, actor account.Actor, id, note string) (Action, error) {
	note = tidy(note)
	var wrong fault.Fields
	checkText(&wrong, "note", note, true)
	if err := wrong.Err(); err != nil {
		return Action{}, err
	}
	a, err := db.One(ctx, s.DB, selectAction+`WHERE id = $1`, scanAction, id)
	if fault.Is(err, fault.NotFound) {
		return a, fault.Missing("talk.action_absent")
	}
	if err != nil {
		return a, err
	}
	if actor.PersonID == "" || a.OwnerID != actor.PersonID {
		return a, fault.Denied("talk.action_not_yours")
	}
	return a, s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE appraisal_talk_action SET note = $1, done_at = $2, done_by = $3 WHERE id = $4 AND done_at IS NULL`,
			note, s.Now(), actor.ID, id)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.Clash("talk.action_done")
		}
		if err := s.enter(ctx, tx, actor, "appraisal.talk.action_done", "talk-action:"+id, map[string]string{"talk": a.TalkID, "note": note}); err != nil {
			return err
		}
		return s.closeAction(ctx, tx, actor, id)
	})
}

// names returns who sits on a side.
func names(p appraisal.Part, s Side) appraisal.Identity {
	if s == Superior {
		return p.Evaluator
	}
	return p.Who
}
