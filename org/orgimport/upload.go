package orgimport

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/org"
)

// MostBytes is the largest file that can be uploaded. The command line takes
// larger ones.
const MostBytes = 128 << 20

// Kinds of job.
const (
	jobCheck = "org.import.check"
	jobLoad  = "org.import.load"
	jobSweep = "org.import.sweep"
)

// Upload is a file somebody sends.
type Upload struct {
	Kind      Kind
	Name      string
	File      io.Reader
	Mapping   *Mapping // nil for none
	At, Since org.Day  // as in Order
}

// Upload keeps a file until it is loaded or discarded, and has it checked by a
// job. It returns the run.
func (s *Service) Upload(ctx context.Context, actor account.Actor, u Upload) (Run, error) {
	if err := s.may(ctx, actor); err != nil {
		return Run{}, err
	}
	o, err := s.complete(Order{Kind: u.Kind, Path: u.Name, Mapping: u.Mapping, At: u.At, Since: u.Since})
	if err != nil {
		return Run{}, err
	}
	if fieldsOf(u.Kind) == nil {
		return Run{}, fault.WrongField("kind", "form.choose")
	}
	if u.Mapping != nil && u.Mapping.Kind != u.Kind {
		return Run{}, fault.WrongField("mapping", "import.map.other_kind", string(u.Mapping.Kind), string(u.Kind))
	}
	r := Run{
		ID: db.NewID(), Kind: u.Kind, State: Checking, File: fileName(u.Name), At: o.At, Since: o.Since, By: actor.Name, Created: s.Now(),
	}
	if u.Mapping != nil {
		r.Mapping, r.MappingName = u.Mapping.Source, u.Mapping.Name
	}
	if r.Size, err = s.store(r.ID, u.File); err != nil {
		return Run{}, err
	}
	err = s.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		r.Job, err = job.Enqueue(ctx, tx, s.Now(), job.Task{Kind: jobCheck, Payload: r.ID, Attempts: 3})
		if err != nil {
			return err
		}
		if err := insertRun(ctx, tx, r, nil); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `UPDATE org_import SET created_by = $1 WHERE id = $2`, actor.ID, r.ID)
		return err
	})
	if err != nil {
		return Run{}, errors.Join(err, s.drop(r.ID))
	}
	return r, nil
}

// fileName keeps the last part of what a browser calls a file.
func fileName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return short(name)
}

// place is where the file of a run lies.
func (s *Service) place(run string) string { return filepath.Join(s.Dir, filepath.Base(run)+".upload") }

// store writes an upload to disk, at most MostBytes.
func (s *Service) store(run string, r io.Reader) (int64, error) {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return 0, err
	}
	f, err := os.OpenFile(s.place(run), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(f, io.LimitReader(r, MostBytes+1))
	err = errors.Join(err, f.Close())
	switch {
	case err == nil && n == 0:
		err = fault.WrongField("file", "import.no_file")
	case err == nil && n > MostBytes:
		err = fault.WrongField("file", "import.too_large", MostBytes>>20)
	}
	if err != nil {
		return 0, errors.Join(err, s.drop(run))
	}
	return n, nil
}

// drop removes the file of a run.
func (s *Service) drop(run string) error { return removeIfThere(s.place(run)) }

// Confirm has a checked file loaded by a job. It returns Conflict when somebody
// has confirmed or discarded it meanwhile.
func (s *Service) Confirm(ctx context.Context, actor account.Actor, id string) error {
	if err := s.may(ctx, actor); err != nil {
		return err
	}
	return s.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		if err := s.move(ctx, tx, id, Checked, InLoading); err != nil {
			return err
		}
		jobID, err := job.Enqueue(ctx, tx, s.Now(), job.Task{Kind: jobLoad, Payload: loadOrder{id, actor.ID, actor.Name}, Attempts: 3})
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE org_import SET job_id = $1 WHERE id = $2`, jobID, id)
		return err
	})
}

// loadOrder is the payload of a job that loads.
type loadOrder struct{ Run, Actor, Name string }

// move changes the state of a run that is in another.
func (s *Service) move(ctx context.Context, tx *db.Tx, id string, from, to State) error {
	n, err := db.Exec(ctx, tx, `UPDATE org_import SET state = $1 WHERE id = $2 AND state = $3`, string(to), id, string(from))
	if err != nil || n == 1 {
		return err
	}
	if _, err := s.find(ctx, tx, id); err != nil {
		return err
	}
	return fault.Clash("import.moved_on")
}

// Discard gives a file up before it is loaded.
func (s *Service) Discard(ctx context.Context, actor account.Actor, id string) error {
	if err := s.may(ctx, actor); err != nil {
		return err
	}
	err := s.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE org_import SET state = 'discarded', ended_at = $1, details = NULL, rejected = NULL
			WHERE id = $2 AND state IN ('checking', 'checked')`, db.Time(s.Now()), id)
		if err != nil || n == 1 {
			return err
		}
		if _, err := s.find(ctx, tx, id); err != nil {
			return err
		}
		return fault.Clash("import.moved_on")
	})
	if err != nil {
		return err
	}
	return s.drop(id)
}

// How long a file waits for somebody, and how long its rows are kept after it
// was loaded: they name people.
const (
	waits    = 48 * time.Hour
	keepRows = 30 * 24 * time.Hour
)

// sweep gives up files nobody came back for, forgets old rows, and removes
// files no run waits for.
func (s *Service) sweep(ctx context.Context) error {
	now := s.Now()
	var waiting []string
	err := s.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE org_import SET state = 'discarded', ended_at = $1, details = NULL, rejected = NULL
			WHERE state IN ('checking', 'checked') AND created_at < $2`, db.Time(now), db.Time(now.Add(-waits)))
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE org_import SET details = NULL, rejected = NULL WHERE details IS NOT NULL AND ended_at < $1`, db.Time(now.Add(-keepRows)))
		if err != nil {
			return err
		}
		waiting, err = db.All(ctx, tx, `SELECT id FROM org_import WHERE ended_at IS NULL`, db.Value[string])
		return err
	})
	if err != nil {
		return err
	}
	return s.removeAllBut(waiting, now.Add(-waits))
}

// removeAllBut removes the files in the directory that belong to no run in wait
// and are older than a moment.
func (s *Service) removeAllBut(waiting []string, before time.Time) error {
	keep := map[string]bool{}
	for _, id := range waiting {
		keep[filepath.Base(s.place(id))] = true
	}
	entries, err := os.ReadDir(s.Dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		info, statErr := e.Info()
		if statErr != nil || e.IsDir() || keep[e.Name()] || info.ModTime().After(before) {
			continue
		}
		err = errors.Join(err, removeIfThere(filepath.Join(s.Dir, e.Name())))
	}
	return err
}
