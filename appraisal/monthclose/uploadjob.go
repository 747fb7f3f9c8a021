package monthclose

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/job"
)

// Kinds of job.
const (
	jobCheck = "monthclose.check"
	jobLoad  = "monthclose.load"
)

// uploadOrder says which file a job works on, and who has told it to load.
type uploadOrder struct{ Upload, Actor, Name string }

// Handle registers the jobs of files with a runner.
func (s *Service) Handle(r *job.Runner) {
	r.Handle(jobCheck, s.checkUpload)
	r.Handle(jobLoad, s.loadUpload)
}

// Stage is what a job is doing with a file.
type Stage string

// The stages, in their order.
const (
	StageRead  Stage = "membaca"
	StageMatch Stage = "mencocokkan"
	StageCount Stage = "menghitung"
)

// Progress is how far the work on a file is; Total is 0 while it is not known.
type Progress struct {
	Stage       Stage
	Done, Total int
}

// live is how far the loads of this process are. While a transaction writes,
// the database cannot be told.
type live struct{ files sync.Map }

func (l *live) set(id string, p Progress) { l.files.Store(id, p) }
func (l *live) forget(id string)          { l.files.Delete(id) }

// Progress returns how far a file of this process is; ok is false when nothing
// works on it here.
func (s *Service) Progress(id string) (Progress, bool) {
	v, ok := s.live.files.Load(id)
	if !ok {
		return Progress{}, false
	}
	return v.(Progress), true
}

// opened reads the upload of a job with its file. A file somebody has given up
// meanwhile is in no state.
func (s *Service) opened(ctx context.Context, j *job.Run) (o uploadOrder, u Upload, m Month, body []byte, err error) {
	if err = j.Payload(&o); err != nil {
		return o, u, m, nil, err
	}
	u, err = db.One(ctx, s.DB, selectUpload+`WHERE id = $1`, scanUpload, o.Upload)
	if errors.Is(err, db.ErrNone) {
		return o, Upload{}, m, nil, nil
	}
	if err != nil {
		return o, u, m, nil, err
	}
	err = db.Each(ctx, s.DB, `SELECT month, body FROM monthclose_upload WHERE id = $1`, func(r db.Row) error { return r.Scan(&m, &body) }, o.Upload)
	return o, u, m, body, err
}

// checkUpload sees what loading a file would do.
func (s *Service) checkUpload(ctx context.Context, j *job.Run) error {
	_, u, m, body, err := s.opened(ctx, j)
	if err != nil || u.State != UploadChecking {
		return err
	}
	defer s.live.forget(u.ID)
	l, err := s.reading(ctx, account.Actor{}, m, u, body)
	if err == nil {
		var rep Report
		rep, err = l.try(ctx)
		if err == nil {
			return j.Finish(ctx, func(tx *db.Tx) error { return keepReport(ctx, tx, u.ID, UploadWaits, rep, body) })
		}
	}
	return s.refuse(ctx, j, u.ID, err)
}

// loadUpload loads a file: the month, its sums, the ledger and the job end in
// one transaction.
func (s *Service) loadUpload(ctx context.Context, j *job.Run) error {
	o, u, m, body, err := s.opened(ctx, j)
	if err != nil || u.State != UploadLoading {
		return err
	}
	defer s.live.forget(u.ID)
	l, err := s.reading(ctx, account.Actor{ID: o.Actor, Name: o.Name}, m, u, body)
	if err == nil {
		err = j.Finish(ctx, func(tx *db.Tx) error {
			rep, err := l.load(ctx, tx)
			if err != nil {
				return err
			}
			return keepReport(ctx, tx, u.ID, UploadLoaded, rep, nil)
		})
	}
	if err != nil {
		return s.refuse(ctx, j, u.ID, err)
	}
	return nil
}

// reading reads the world and the file of an upload, telling how far it is.
func (s *Service) reading(ctx context.Context, actor account.Actor, m Month, u Upload, body []byte) (*loading, error) {
	s.live.set(u.ID, Progress{Stage: StageRead})
	w, err := s.world(ctx, m)
	if err != nil {
		return nil, err
	}
	return s.begun(actor, w, u.Kind, u.Name, body, func(p Progress) { s.live.set(u.ID, p) })
}

func keepReport(ctx context.Context, tx *db.Tx, id string, state UploadState, rep Report, body []byte) error {
	report, err := json.Marshal(rep)
	if err != nil {
		return err
	}
	if body == nil {
		body = []byte{}
	}
	_, err = db.Exec(ctx, tx, `UPDATE monthclose_upload SET state = $1, report = $2, body = $3 WHERE id = $4`, string(state), string(report), body, id)
	return err
}

// refuse ends a file that can never be loaded, with the reason; other errors
// are the job's to try again, and the last one ends the file too.
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
	return errors.Join(cause, s.tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE monthclose_upload SET state = $1, problem = $2 WHERE id = $3`, string(UploadRefused), string(raw), id)
		return err
	}))
}
