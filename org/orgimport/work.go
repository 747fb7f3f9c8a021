package orgimport

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/job"
)

// Handle registers the jobs of the imports with a runner.
func (s *Service) Handle(r *job.Runner) {
	r.Handle(jobCheck, s.check)
	r.Handle(jobLoad, s.loadRun)
	r.Handle(jobSweep, func(ctx context.Context, _ *job.Run) error { return s.sweep(ctx) })
	r.Daily(jobSweep, 3, 40)
}

// check reads an uploaded file and notes what it would change.
func (s *Service) check(ctx context.Context, j *job.Run) error {
	var id string
	if err := j.Payload(&id); err != nil {
		return err
	}
	r, err := s.find(ctx, s.Store.DB(), id)
	if err != nil || r.State != Checking {
		return err
	}
	report, packed, err := s.try(ctx, j, r)
	if err != nil {
		return s.refuse(ctx, j, id, err)
	}
	counts, rows, err := reportTexts(report)
	if err != nil {
		return err
	}
	return j.Finish(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE org_import SET state = 'checked', report = $1, details = $2, rejected = $3 WHERE id = $4 AND state = 'checking'`,
			counts, rows, bytesOrNull(packed), id)
		return err
	})
}

// try loads a file and undoes it.
func (s *Service) try(ctx context.Context, j *job.Run, r Run) (report *Report, packed []byte, err error) {
	defer s.live.forget(r.ID)
	o, err := s.order(ctx, j, r)
	if err != nil {
		return nil, nil, err
	}
	o.DryRun = true
	if report, err = s.run(ctx, account.Actor{}, o); err != nil {
		return nil, nil, err
	}
	packed, err = packRejects(o, report)
	return report, packed, err
}

// order makes the order of a run, and tells pages how far it is.
func (s *Service) order(ctx context.Context, j *job.Run, r Run) (Order, error) {
	o := Order{Kind: r.Kind, Path: s.place(r.ID), Name: r.File, At: r.At, Since: r.Since}
	if r.Mapping != "" {
		m, err := ParseMapping(r.Mapping)
		if err != nil {
			return o, err
		}
		m.Name, o.Mapping = r.MappingName, m
	}
	o.Progress = func(stage Stage, done, total int64) {
		s.live.set(r.ID, Progress{stage, done, total})
		if stage == Reading { // nobody else writes then
			j.Progress(ctx, done, total, "import.progress.reading", done)
		}
	}
	if _, err := os.Stat(o.Path); errors.Is(err, fs.ErrNotExist) {
		return o, fault.Missing("import.file_gone")
	} else if err != nil {
		return o, err
	}
	return o, nil
}

// loadRun loads a confirmed file: the map, the ledger, the run and the job end
// in one transaction.
func (s *Service) loadRun(ctx context.Context, j *job.Run) error {
	var w loadOrder
	if err := j.Payload(&w); err != nil {
		return err
	}
	r, err := s.find(ctx, s.Store.DB(), w.Run)
	if err != nil || r.State != InLoading {
		return err
	}
	defer s.live.forget(r.ID)
	err = s.finish(ctx, j, r, account.Actor{ID: w.Actor, Name: w.Name})
	if err != nil {
		return s.refuse(ctx, j, r.ID, err)
	}
	return s.drop(r.ID)
}

func (s *Service) finish(ctx context.Context, j *job.Run, r Run, actor account.Actor) error {
	o, err := s.order(ctx, j, r)
	if err != nil {
		return err
	}
	p, err := s.prepare(ctx, o)
	if err != nil {
		return err
	}
	defer p.close()
	return j.Finish(ctx, func(tx *db.Tx) error {
		report, err := s.load(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		counts, rows, err := reportTexts(report)
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE org_import SET state = 'loaded', report = $1, details = $2, ended_at = $3 WHERE id = $4`,
			counts, rows, db.Time(s.Now()), r.ID)
		if err != nil || sameRejected(r.Report, report) {
			return err // what was kept when it was checked still holds
		}
		packed, err := packRejects(o, report)
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE org_import SET rejected = $1 WHERE id = $2`, bytesOrNull(packed), r.ID)
		return err
	})
}

// sameRejected reports whether a check and a load rejected the same rows.
func sameRejected(kept, now *Report) bool {
	if kept == nil || kept.Refused() != now.Refused() {
		return false
	}
	return slices.EqualFunc(kept.Rejected, now.Rejected[:len(kept.Rejected)], func(a, b Rejected) bool { return a.Row == b.Row && a.Key == b.Key })
}

// refuse ends a run that can never succeed, with the reason; other errors are
// the job's to try again, and the last one ends the run too.
func (s *Service) refuse(ctx context.Context, j *job.Run, id string, cause error) error {
	var f *fault.Error
	known := errors.As(cause, &f) && f.Kind != fault.Internal && f.Kind != fault.Unavailable
	if ctx.Err() != nil || !known && j.Attempt < 3 {
		return cause
	}
	problem := Problem{Key: "job.failed"}
	if known {
		problem.Key, problem.Args = f.Key, f.Args
		if len(f.Fields) > 0 {
			problem.Key, problem.Args = f.Fields[0].Key, f.Fields[0].Args
		}
	}
	raw, err := json.Marshal(problem)
	if err != nil {
		return err
	}
	err = s.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE org_import SET state = 'refused', problem = $1, ended_at = $2 WHERE id = $3`,
			string(raw), db.Time(s.Now()), id)
		return err
	})
	return errors.Join(cause, err, s.drop(id))
}
