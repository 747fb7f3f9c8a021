package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/rulebook"
)

// FileDue files the tasks of the windows that have ended in the years that are
// open: words and ratings that are not sent, organisation predicates that are
// not set; who moved yesterday has new parts today, and the superior left
// behind is asked for a hand-over rating. It is run every day and changes
// nothing that waits already.
func (s *Service) FileDue(ctx context.Context) error {
	all, err := allPeriods(ctx, s.db)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.Open() {
			if _, err := s.syncYear(ctx, account.Actor{}, p); err != nil {
				return err
			}
		}
		for _, w := range s.dueWindows(p) {
			if err := s.fileWindow(ctx, p, w); err != nil {
				return err
			}
		}
	}
	return s.FileHandovers(ctx)
}

// dueWindows returns the windows of a year that should be evaluated today: the
// latest quarter and month that have ended, and the year once it has ended or
// HR has moved it to rating.
func (s *Service) dueWindows(p Period) []Window {
	if !p.Open() {
		return nil
	}
	today := s.today()
	var due []Window
	for _, c := range []Cadence{Monthly, Quarterly} {
		var latest *Window
		for _, w := range c.Windows(p.Year) {
			if !w.Annual() && w.To() < today {
				latest = &w
			}
		}
		if latest != nil {
			due = append(due, *latest)
		}
	}
	if today > p.To || p.State == InRating {
		due = append(due, p.Annual())
	}
	return due
}

// fileWindow files the tasks of one window.
func (s *Service) fileWindow(ctx context.Context, year Period, w Window) error {
	book, err := s.bookOf(ctx, w)
	if err != nil {
		return err
	}
	calendar, err := rulebook.Load[CalendarRule](book)
	if err != nil {
		return err
	}
	order, err := rulebook.Load[OrderRule](book)
	if err != nil {
		return err
	}
	tasks, err := s.unsent(ctx, year, w, book, "")
	if err != nil {
		return err
	}
	if order.Required[w.Kind] {
		units, err := s.organisationRows(ctx, year, w)
		if err != nil {
			return err
		}
		for _, o := range units {
			if o.Version == 0 {
				tasks = append(tasks, s.organisationTask(o, calendar.SelfDue(w)))
			}
		}
	}
	return s.fileAll(ctx, tasks)
}

func (s *Service) fileAll(ctx context.Context, tasks []task.Task) error {
	if len(tasks) == 0 {
		return nil
	}
	return s.tx(ctx, func(tx *db.Tx) error { return task.File(ctx, tx, tasks...) })
}

// unsent returns the tasks of the parts with an approved SKP, evaluated in the
// window, whose sides have not both sent.
// Of the year only those that more, a condition with its arguments from $5 on,
// leaves.
func (s *Service) unsent(ctx context.Context, year Period, w Window, book *rulebook.Book, more string, args ...any) ([]task.Task, error) {
	calendar, err := rulebook.Load[CalendarRule](book)
	if err != nil {
		return nil, err
	}
	moved, err := rulebook.Load[MovedRule](book)
	if err != nil {
		return nil, err
	}
	type open struct {
		Part
		Evaluation
	}
	all, err := db.All(ctx, s.db, `SELECT `+partColumns+`, COALESCE(e.self_sent_at, ''), COALESCE(e.superior_sent_at, '')
		FROM appraisal_part p LEFT JOIN appraisal_evaluation e ON e.part_id = p.id AND e.win = $1
		WHERE p.period_id = $2 AND p.from_day <= $3 AND p.to_day >= $4 AND p.pen = 'gurindam' AND COALESCE(e.state, 'berjalan') = 'berjalan'
		AND (e.self_sent_at IS NULL OR e.superior_sent_at IS NULL)
		AND EXISTS (SELECT 1 FROM appraisal_revision r WHERE r.part_id = p.id)`+more+` ORDER BY p.id`, func(r db.Row) (open, error) {
		var o open
		var face, self, superior string
		if err := r.Scan(append(partTargets(&o.Part, &face), &self, &superior)...); err != nil {
			return o, err
		}
		o.Evaluation = Evaluation{PartID: o.Part.ID, Window: w, State: Running}
		for _, side := range []struct {
			text string
			to   *Side
		}{{self, &o.Self}, {superior, &o.Superior}} {
			if side.text != "" {
				at, err := db.ParseTime(side.text)
				if err != nil {
					return o, err
				}
				side.to.SentAt = at
			}
		}
		return o, o.setFaces(face)
	}, append([]any{w.Code(), year.ID, string(w.To()), string(w.From())}, args...)...)
	var tasks []task.Task
	for _, o := range all {
		if slices.Contains(o.Part.Windows(), w) {
			tasks = append(tasks, s.evaluationTasks(o.Part, o.Evaluation, calendar, moved)...)
		}
	}
	return tasks, err
}
