package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/task"
)

// SyncReport counts what SyncParts did with parts. Kept are parts the map no
// longer shows that already hold something.
type SyncReport struct{ Created, Changed, Unchanged, Removed, Kept int }

// SyncParts brings the parts of a year in line with the map: new people get
// parts, moves split them, evaluators follow the posts. A part that holds a
// plan, progress or words is never removed, and an evaluator HR has named
// stays.
func (s *Service) SyncParts(ctx context.Context, actor account.Actor, year int) (SyncReport, error) {
	if err := s.access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{}); err != nil {
		return SyncReport{}, err
	}
	p, err := s.period(ctx, year)
	if err != nil {
		return SyncReport{}, err
	}
	if !p.Open() {
		return SyncReport{}, fault.Clash("appraisal.closed")
	}
	return s.syncYear(ctx, actor, p)
}

// syncYear is SyncParts for whoever may; nothing is recorded where nothing has
// changed.
func (s *Service) syncYear(ctx context.Context, actor account.Actor, p Period) (SyncReport, error) {
	rules, err := s.partRules(ctx, p)
	if err != nil {
		return SyncReport{}, err
	}
	var report SyncReport
	err = s.tx(ctx, func(tx *db.Tx) (err error) {
		if report, err = s.sync(ctx, tx, p, rules); err != nil || actor.ID == "" && report.none() {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.parts.synced", "period:"+p.ID, report)
	})
	return report, err
}

func (r SyncReport) none() bool { return r.Created == 0 && r.Changed == 0 && r.Removed == 0 }

func (s *Service) sync(ctx context.Context, tx *db.Tx, p Period, rules partRules) (SyncReport, error) {
	var report SyncReport
	postings, err := s.people.Postings(ctx, tx, p.From, p.To)
	if err != nil {
		return report, err
	}
	units, err := s.unitsOf(ctx, tx, p)
	if err != nil {
		return report, err
	}
	existing, err := partsOfPeriod(ctx, tx, p.ID)
	if err != nil {
		return report, err
	}
	pens := pensOf(existing)
	wanted := arrange(p, postings, units, rules, pens)
	created, changed, orphans := match(existing, wanted)
	report.Created, report.Changed = len(created), len(changed)
	report.Unchanged = len(wanted) - len(created) - len(changed)
	if report.Removed, report.Kept, err = removeEmpty(ctx, tx, orphans); err != nil {
		return report, err
	}
	if err := storeParts(ctx, tx, changed); err != nil {
		return report, err
	}
	if err := s.followDesks(ctx, tx, existing, changed); err != nil {
		return report, err
	}
	if err := insertParts(ctx, tx, created); err != nil {
		return report, err
	}
	return report, s.fileDrafts(ctx, tx, rules.calendar, created)
}

// followDesks moves what waits for an evaluator to the one the map names now.
func (s *Service) followDesks(ctx context.Context, tx *db.Tx, existing, changed []Part) error {
	before := make(map[string]string, len(existing))
	for _, p := range existing {
		before[p.ID] = p.Evaluator.PersonID
	}
	var moves []task.Move
	for _, p := range changed {
		from, to := before[p.ID], p.Evaluator.PersonID
		if from == to || from == "" || to == "" {
			continue
		}
		moves = append(moves, task.Move{Subject: p.subject(), From: from, To: to})
		for _, w := range p.Windows() {
			moves = append(moves, task.Move{Subject: p.windowSubject(w), From: from, To: to})
		}
	}
	return task.HandAll(ctx, tx, moves, s.now())
}
