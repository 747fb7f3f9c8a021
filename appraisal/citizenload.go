package appraisal

import (
	"context"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// LoadCitizens ties the first indicator of a part that citizens can measure to
// a service, and confirms in the evaluator's name the latest figure whose
// period ended by until: for the sample city and for moving in. What is
// published later is offered. A part without such an indicator is left alone.
func (s *Service) LoadCitizens(ctx context.Context, actor account.Actor, part, service string, until Day, at time.Time) error {
	if err := s.access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}); err != nil {
		return err
	}
	p, err := partOf(ctx, s.db, part)
	if err != nil {
		return err
	}
	content, _, err := contentOf(ctx, s.db, p)
	if err != nil {
		return err
	}
	all := content.Indicators()
	i := slices.IndexFunc(all, func(x Placed) bool { return p.measurable(*x.Indicator) })
	if i < 0 || s.voices == nil {
		return nil
	}
	err = s.tx(ctx, func(tx *db.Tx) error {
		return db.Insert(ctx, tx, "appraisal_citizen_tie", []string{"part_id", "indicator_id", "service", "measure", "tied_at", "tied_by"},
			[][]any{{p.ID, all[i].Indicator.ID, service, string(IndexMeasure), db.Time(at), actor.ID}})
	})
	if err != nil {
		return err
	}
	figures, err := s.voices.CitizenFigures(ctx, p.HeadOf, p.From, min(until, p.To))
	if err != nil {
		return err
	}
	if n := slices.IndexFunc(figures, func(f CitizenFigure) bool { return f.Code == service }); n >= 0 {
		if err := s.loadFigure(ctx, actor, p, all[i], figures[n], at); err != nil {
			return err
		}
	}
	return s.offerCitizens(ctx, p)
}

func (s *Service) loadFigure(ctx context.Context, actor account.Actor, p Part, placed Placed, f CitizenFigure, at time.Time) error {
	rule, err := rule[CitizenRule](ctx, s, s.today())
	if err != nil {
		return err
	}
	t := CitizenTaken{
		ID: db.NewID(), Indicator: placed.Indicator.ID, CitizenInput: citizenInput(p, IndexMeasure, f), Confirmed: true, At: at,
		By: Signer{PersonID: p.Evaluator.PersonID, Name: p.Evaluator.Name, Post: p.Evaluator.Post},
	}
	t.Counts, _ = rule.Weigh(t.CitizenInput)
	err = s.takeOver(ctx, actor, p, CitizenLine{Result: *placed.Result, Indicator: *placed.Indicator}, t)
	if fault.Is(err, fault.Conflict) {
		return nil
	}
	return err
}
