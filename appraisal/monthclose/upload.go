package monthclose

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/job"
)

// UploadState is where a file that was sent stands.
type UploadState string

// The states.
const (
	UploadChecking UploadState = "memeriksa" // a job sees what it would do
	UploadWaits    UploadState = "menunggu"  // for somebody to load it
	UploadLoading  UploadState = "memuat"    // a job loads it
	UploadLoaded   UploadState = "dimuat"
	UploadRefused  UploadState = "ditolak" // it could not be read, or not be loaded
)

// Upload is a file on its way into a month.
type Upload struct {
	Loaded
	State   UploadState
	Problem *Problem // why it was refused
}

// Busy reports whether a job works on the file.
func (u Upload) Busy() bool { return u.State == UploadChecking || u.State == UploadLoading }

// Problem is why a file was refused.
type Problem struct {
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

// Sentence says it.
func (x Problem) Sentence(p *i18n.Printer) string { return p.T(x.Key, x.Args...) }

// Send keeps a file and has a job see what loading it would do. Nothing is
// loaded before LoadUpload says so; what is not loaded within a day is
// forgotten. It returns the id of the upload. Needs the whole agency.
func (s *Service) Send(ctx context.Context, actor account.Actor, m Month, kind Kind, name string, body []byte) (string, error) {
	if err := s.may(ctx, actor); err != nil {
		return "", err
	}
	if !slices.Contains(Kinds(), kind) {
		return "", fault.WrongField("kind", "form.choose")
	}
	id := db.NewID()
	report, err := json.Marshal(Report{Kind: kind})
	if err != nil {
		return "", err
	}
	return id, s.tx(ctx, func(tx *db.Tx) error {
		if _, err := job.Enqueue(ctx, tx, s.Now(), job.Task{Kind: jobCheck, Payload: uploadOrder{Upload: id}, Attempts: 3}); err != nil {
			return err
		}
		return db.Insert(ctx, tx, "monthclose_upload", []string{"id", "month", "kind", "name", "body", "report", "sent_at", "sent_by", "by_name", "state", "problem"},
			[][]any{{id, string(m), string(kind), name, body, string(report), db.Time(s.Now()), actor.ID, actor.Name, string(UploadChecking), ""}})
	})
}

const selectUpload = `SELECT id, kind, name, sent_at, by_name, report, state, problem FROM monthclose_upload `

func scanUpload(r db.Row) (Upload, error) {
	var u Upload
	var report, problem string
	if err := r.Scan(&u.ID, &u.Kind, &u.Name, db.TimeTo(&u.At), &u.By, &report, &u.State, &problem); err != nil {
		return u, err
	}
	if problem != "" {
		u.Problem = &Problem{}
		if err := json.Unmarshal([]byte(problem), u.Problem); err != nil {
			return u, err
		}
	}
	return u, json.Unmarshal([]byte(report), &u.Report)
}

func scanLoaded(r db.Row) (Loaded, error) {
	var f Loaded
	var report string
	if err := r.Scan(&f.ID, &f.Kind, &f.Name, db.TimeTo(&f.At), &f.By, &report); err != nil {
		return f, err
	}
	return f, json.Unmarshal([]byte(report), &f.Report)
}

// Upload returns a file on its way into a month. Needs the whole agency.
func (s *Service) Upload(ctx context.Context, actor account.Actor, m Month, id string) (Upload, error) {
	if err := s.may(ctx, actor); err != nil {
		return Upload{}, err
	}
	return uploadOf(ctx, s.DB, m, id)
}

func uploadOf(ctx context.Context, q db.Queryer, m Month, id string) (Upload, error) {
	u, err := db.One(ctx, q, selectUpload+`WHERE month = $1 AND id = $2`, scanUpload, string(m), id)
	if fault.Is(err, fault.NotFound) {
		err = fault.Missing("monthclose.upload.none")
	}
	return u, err
}

// LoadUpload has a job load a file that was looked through; a Conflict when
// somebody has loaded it or given it up meanwhile. Needs the whole agency.
func (s *Service) LoadUpload(ctx context.Context, actor account.Actor, m Month, id string) error {
	if _, err := s.Upload(ctx, actor, m, id); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE monthclose_upload SET state = $1 WHERE id = $2 AND state = $3`, string(UploadLoading), id, string(UploadWaits))
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.Clash("monthclose.upload.moved_on")
		}
		_, err = job.Enqueue(ctx, tx, s.Now(), job.Task{Kind: jobLoad, Payload: uploadOrder{id, actor.ID, actor.Name}, Attempts: 3})
		return err
	})
}

// GiveUp forgets a file no job works on. Needs the whole agency.
func (s *Service) GiveUp(ctx context.Context, actor account.Actor, m Month, id string) error {
	if _, err := s.Upload(ctx, actor, m, id); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `DELETE FROM monthclose_upload WHERE id = $1 AND state <> $2`, id, string(UploadLoading))
		if err == nil && n != 1 {
			err = fault.Clash("monthclose.upload.moved_on")
		}
		return err
	})
}

// forgetOld forgets files that were sent more than a day ago.
func (s *Service) forgetOld(ctx context.Context) error {
	return s.tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM monthclose_upload WHERE sent_at < $1`, db.Time(s.Now().Add(-24*time.Hour)))
		return err
	})
}

// File returns a file of a month with its report: one that was loaded, or one
// that waits to be. Needs sight of the whole agency.
func (s *Service) File(ctx context.Context, actor account.Actor, m Month, id string) (Loaded, error) {
	if err := s.sees(ctx, actor); err != nil {
		return Loaded{}, err
	}
	u, err := uploadOf(ctx, s.DB, m, id)
	if !fault.Is(err, fault.NotFound) {
		return u.Loaded, err
	}
	f, err := db.One(ctx, s.DB, selectFile+`WHERE month = $1 AND id = $2`, scanLoaded, string(m), id)
	if fault.Is(err, fault.NotFound) {
		err = fault.Missing("monthclose.upload.none")
	}
	return f, err
}
