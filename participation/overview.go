package participation

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Overview is a service on the office's side of the counter.
type Overview struct {
	Listed
	Wave    *Wave // running or waiting to be closed, nil when there is none
	Overdue int   // follow-ups past their deadline
}

// Overviews returns the services whose unit the actor may do act in.
func (o *Office) Overviews(ctx context.Context, actor account.Actor, act account.Action) ([]Overview, error) {
	list, err := o.Listed(ctx)
	if err != nil {
		return nil, err
	}
	waves, err := o.openWavesByService(ctx)
	if err != nil {
		return nil, err
	}
	late, err := o.overdueByService(ctx)
	if err != nil {
		return nil, err
	}
	var out []Overview
	for _, l := range list {
		err := o.access.Can(ctx, actor, act, account.Thing{Unit: l.UnitID})
		if fault.Is(err, fault.Forbidden) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Overview{Listed: l, Wave: waves[l.ID], Overdue: late[l.ID]})
	}
	return out, nil
}

// openWavesByService returns the latest wave of each service that has begun
// and is not closed.
func (o *Office) openWavesByService(ctx context.Context) (map[string]*Wave, error) {
	list, err := db.All(ctx, o.db, selectWave+`WHERE w.closed_on IS NULL AND w.opens_on <= $1 ORDER BY w.opens_on`, scanWave, o.today())
	out := map[string]*Wave{}
	for i := range list {
		out[list[i].ServiceID] = &list[i]
	}
	return out, err
}

func (o *Office) overdueByService(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	err := db.Each(ctx, o.db, `SELECT service_id, count(*) FROM follow_up WHERE state IN ('planned', 'running') AND due_on <> '' AND due_on < $1
		GROUP BY service_id`, func(r db.Row) error {
		var id string
		var n int
		err := r.Scan(&id, &n)
		out[id] = n
		return err
	}, o.today())
	return out, err
}

// ManagedUnits returns the units in which the actor may keep services.
func (o *Office) ManagedUnits(ctx context.Context, actor account.Actor) ([]Unit, error) {
	all, err := o.units.UnitsToday(ctx)
	if err != nil {
		return nil, err
	}
	var out []Unit
	for _, u := range all {
		err := o.access.Can(ctx, actor, account.ActSurveyManage, account.Thing{Unit: u.ID})
		if err == nil {
			out = append(out, u)
		} else if !fault.Is(err, fault.Forbidden) {
			return nil, err
		}
	}
	return out, nil
}

// EnterPaper stores an answer that came on paper or was taken down by a
// volunteer; who typed it is not kept with it, only that it was typed.
func (o *Office) EnterPaper(ctx context.Context, actor account.Actor, s Submission) error {
	service, w, err := o.Wave(ctx, s.Wave.ID)
	if err != nil {
		return err
	}
	if err := o.access.Can(ctx, actor, account.ActSurveyEnter, service.thing()); err != nil {
		return err
	}
	if s.Answer.Stratum != Paper && s.Answer.Stratum != Assisted {
		return fault.WrongField("stratum", "form.choose")
	}
	if st := w.StateOn(o.today()); st != Running && st != Ended {
		return fault.Clash("survey.wave.closed")
	}
	s.Wave, s.Token = w, ""
	if s.Answer.Day == "" || s.Answer.Day > w.EndsOn || s.Answer.Day < w.OpensOn {
		s.Answer.Day = min(o.today(), w.EndsOn)
	}
	s.Answer.ID, s.Answer.Held = newAnswerID(), HeldNone
	if err := s.Answer.check(w); err != nil {
		return err
	}
	return o.writer.Do(ctx, s)
}
