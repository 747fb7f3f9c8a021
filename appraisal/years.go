package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Periods returns every year, the latest first.
func (s *Service) Periods(ctx context.Context, actor account.Actor) ([]Period, error) {
	if err := s.access.Can(ctx, actor, account.ActSelf, account.Thing{}); err != nil {
		return nil, err
	}
	return allPeriods(ctx, s.db)
}

// Period returns one year. year 0 is the current one: the latest that is not
// closed and has begun, else the latest that has begun. NotFound when there is
// none.
func (s *Service) Period(ctx context.Context, actor account.Actor, year int) (Period, error) {
	if err := s.access.Can(ctx, actor, account.ActSelf, account.Thing{}); err != nil {
		return Period{}, err
	}
	return s.period(ctx, year)
}

func (s *Service) period(ctx context.Context, year int) (Period, error) {
	if year != 0 {
		return periodOf(ctx, s.db, year)
	}
	all, err := allPeriods(ctx, s.db)
	if err != nil {
		return Period{}, err
	}
	p, ok := currentPeriod(all, s.year())
	if !ok {
		return p, fault.Missing("appraisal.period.none")
	}
	return p, nil
}

// OpenPeriod opens a year and builds its parts from the map. Conflict when the
// year is open already. Needs appraisal.period.
func (s *Service) OpenPeriod(ctx context.Context, actor account.Actor, n NewPeriod) (Period, error) {
	if err := s.access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}); err != nil {
		return Period{}, err
	}
	p, err := s.newPeriod(ctx, actor, n)
	if err != nil {
		return p, err
	}
	rules, err := s.partRules(ctx, p)
	if err != nil {
		return p, err
	}
	for g, pen := range n.Pens {
		rules.groups[g] = GroupRule{Pen: pen, Cadence: rules.of(g).Cadence}
	}
	err = s.tx(ctx, func(tx *db.Tx) error {
		taken, err := db.Exists(ctx, tx, `SELECT 1 FROM appraisal_period WHERE year = $1`, p.Year)
		if err != nil {
			return err
		}
		if taken {
			return fault.Clash("appraisal.period.open", p.Year)
		}
		if err := insertPeriod(ctx, tx, p); err != nil {
			return err
		}
		if _, err := s.sync(ctx, tx, p, rules); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.period.opened", "period:"+p.ID, p)
	})
	return p, err
}

func (s *Service) newPeriod(ctx context.Context, actor account.Actor, n NewPeriod) (Period, error) {
	p := Period{
		ID: db.NewID(), Year: n.Year, State: InPlanning, Cadence: n.Cadence,
		OpenedAt: s.now(), OpenedBy: actor.ID, Version: 1,
	}
	if p.Cadence == "" {
		p.Cadence = Quarterly
	}
	var wrong fault.Fields
	wrong.Check(n.Year >= 2019 && n.Year <= s.year()+1, "year", "appraisal.period.year", s.year()+1)
	wrong.Check(p.Cadence.known(), "cadence", "form.choose")
	for _, pen := range n.Pens {
		wrong.Check(pen.known(), "pens", "form.choose")
	}
	if err := wrong.Err(); err != nil {
		return p, err
	}
	p.From, p.To = p.Annual().From(), p.Annual().To()
	book, err := s.bookOn(ctx, max(p.From, firstRuleDay))
	if err != nil {
		return p, err
	}
	calendar, err := rulebook.Load[CalendarRule](book)
	if err != nil {
		return p, err
	}
	p.PlanBy, p.SelfBy, p.EvaluateBy = calendar.Days(p.Year)
	p.Book = book.Hash()
	return p, nil
}

// firstRuleDay is the first day the rules of today's evaluation held
// (PermenPANRB 6/2022, SE MenPANRB 3/2023). A year before it, entered
// afterwards, follows them too: the older numeric layer is not computed here.
const firstRuleDay Day = "2023-02-01"

// MovePeriod moves a year to the next stage or back to the one before. A
// closed year stays closed.
func (s *Service) MovePeriod(ctx context.Context, actor account.Actor, year int, version int64, to PeriodState) (Period, error) {
	if err := s.access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}); err != nil {
		return Period{}, err
	}
	var p Period
	err := s.tx(ctx, func(tx *db.Tx) (err error) {
		if p, err = periodOf(ctx, tx, year); err != nil {
			return err
		}
		if err := p.mayMove(to); err != nil {
			return err
		}
		if err := movePeriod(ctx, tx, p.ID, version, to); err != nil {
			return err
		}
		from := p.State
		p.State, p.Version = to, version+1
		return s.record(ctx, tx, actor, "appraisal.period.moved", "period:"+p.ID, map[string]any{"from": from, "to": to})
	})
	if err != nil || to != InRating {
		return p, err
	}
	return p, s.fileWindow(ctx, p, p.Annual())
}

func (p Period) mayMove(to PeriodState) error {
	stages := PeriodStates()
	at, want := slices.Index(stages, p.State), slices.Index(stages, to)
	if want < 0 {
		return fault.WrongField("state", "form.choose")
	}
	if p.State == Closed || want != at+1 && want != at-1 {
		return fault.Clash("appraisal.period.step")
	}
	return nil
}
