package monthclose

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// Try keeps a file and tells what loading it would do. Nothing is loaded before
// LoadTried says so; what is not loaded within a day is forgotten. Needs the
// whole agency.
func (s *Service) Try(ctx context.Context, actor account.Actor, m Month, kind Kind, name string, body []byte) (Loaded, error) {
	f := Loaded{ID: db.NewID(), Kind: kind, Name: name, At: s.Now(), By: actor.Name}
	var err error
	if f.Report, err = s.Load(ctx, actor, m, kind, name, body, true); err != nil {
		return f, err
	}
	report, err := json.Marshal(f.Report)
	if err != nil {
		return f, err
	}
	return f, s.tx(ctx, func(tx *db.Tx) error {
		return db.Insert(ctx, tx, "monthclose_upload", []string{"id", "month", "kind", "name", "body", "report", "sent_at", "sent_by", "by_name"},
			[][]any{{f.ID, string(m), string(kind), name, body, string(report), db.Time(f.At), actor.ID, actor.Name}})
	})
}

const selectTried = `SELECT id, kind, name, sent_at, by_name, report FROM monthclose_upload `

func scanLoaded(r db.Row) (Loaded, error) {
	var f Loaded
	var report string
	if err := r.Scan(&f.ID, &f.Kind, &f.Name, db.TimeTo(&f.At), &f.By, &report); err != nil {
		return f, err
	}
	return f, json.Unmarshal([]byte(report), &f.Report)
}

// Tried returns a file that waits to be loaded. Needs the whole agency.
func (s *Service) Tried(ctx context.Context, actor account.Actor, m Month, id string) (Loaded, error) {
	if err := s.may(ctx, actor); err != nil {
		return Loaded{}, err
	}
	f, err := db.One(ctx, s.DB, selectTried+`WHERE month = $1 AND id = $2`, scanLoaded, string(m), id)
	if fault.Is(err, fault.NotFound) {
		err = fault.Missing("monthclose.upload.none")
	}
	return f, err
}

// LoadTried loads a file that was tried, and forgets it. Needs the whole agency.
func (s *Service) LoadTried(ctx context.Context, actor account.Actor, m Month, id string) (Report, error) {
	f, err := s.Tried(ctx, actor, m, id)
	if err != nil {
		return Report{}, err
	}
	body, err := db.One(ctx, s.DB, `SELECT body FROM monthclose_upload WHERE id = $1`, db.Value[[]byte], id)
	if err != nil {
		return Report{}, err
	}
	rep, err := s.Load(ctx, actor, m, f.Kind, f.Name, body, false)
	if err != nil {
		return rep, err
	}
	return rep, s.forget(ctx, id)
}

// GiveUp forgets a file that was tried. Needs the whole agency.
func (s *Service) GiveUp(ctx context.Context, actor account.Actor, m Month, id string) error {
	if _, err := s.Tried(ctx, actor, m, id); err != nil {
		return err
	}
	return s.forget(ctx, id)
}

func (s *Service) forget(ctx context.Context, id string) error {
	return s.tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM monthclose_upload WHERE id = $1`, id)
		return err
	})
}

// forgetOld forgets files that nobody has loaded for a day.
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
	f, err := db.One(ctx, s.DB, selectTried+`WHERE month = $1 AND id = $2`, scanLoaded, string(m), id)
	if fault.Is(err, fault.NotFound) {
		f, err = db.One(ctx, s.DB, selectFile+`WHERE month = $1 AND id = $2`, scanLoaded, string(m), id)
	}
	if fault.Is(err, fault.NotFound) {
		err = fault.Missing("monthclose.upload.none")
	}
	return f, err
}
