package orgimport

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/org"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the table of files that were loaded or wait.
func Migrations() db.Migrations { return db.Migrations{Area: "orgimport", FS: migrations} }

// Locale holds the sentences of the imports.
//
//go:embed locale/*.toml
var Locale embed.FS

// State is where a run stands.
type State string

// The states.
const (
	Checking  State = "checking"  // being read, to see what it would change
	Checked   State = "checked"   // waits for somebody to confirm
	InLoading State = "loading"   //
	Loaded    State = "loaded"    //
	Refused   State = "refused"   // could not be read, or not be loaded
	Discarded State = "discarded" // nobody wanted it
)

// Over reports whether nothing more will happen.
func (s State) Over() bool { return s == Loaded || s == Refused || s == Discarded }

// Run is one file on its way into the map.
type Run struct {
	ID          string
	Kind        Kind
	State       State
	File        string // as it was called
	Size        int64
	Mapping     string // TOML, "" for none
	MappingName string // of one that comes with the program
	At, Since   org.Day
	Job         string
	Report      *Report // nil before it was checked
	HasRejected bool    // the rejected rows can be downloaded
	Problem     *Problem
	By          string // name
	Created     time.Time
	Ended       time.Time
}

const selectRun = `
	SELECT id, kind, state, file_name, file_size, mapping, mapping_name, on_day, since_day, job_id, report,
		rejected IS NOT NULL, problem, created_name, created_at, ended_at, `

func scanRun(r db.Row) (Run, error) {
	var x Run
	var report, problem, details string
	err := r.Scan(&x.ID, &x.Kind, &x.State, &x.File, &x.Size, &x.Mapping, &x.MappingName, &x.At, &x.Since, &x.Job, &report,
		&x.HasRejected, &problem, &x.By, db.TimeTo(&x.Created), db.TimeTo(&x.Ended), db.OrZero(&details))
	if err == nil && report != "" {
		x.Report = &Report{}
		err = json.Unmarshal([]byte(report), x.Report)
	}
	if err == nil && report != "" && details != "" {
		d := &x.Report.Details
		err = json.Unmarshal([]byte(details), d)
		c := &x.Report.Cut // was kept for when the rows are forgotten
		c.Rejected, c.Warnings, c.Absent = c.Rejected-len(d.Rejected), c.Warnings-len(d.Warnings), c.Absent-len(d.Absent)
	}
	if err == nil && problem != "" {
		x.Problem = &Problem{}
		err = json.Unmarshal([]byte(problem), x.Problem)
	}
	return x, err
}

// may asks whether an actor may load files.
func (s *Service) may(ctx context.Context, actor account.Actor) error {
	return s.Access.Can(ctx, actor, account.ActOrgImport, account.Thing{})
}

// Run returns a run, or NotFound.
func (s *Service) Run(ctx context.Context, actor account.Actor, id string) (Run, error) {
	if err := s.may(ctx, actor); err != nil {
		return Run{}, err
	}
	return s.find(ctx, s.Store.DB(), id)
}

func (s *Service) find(ctx context.Context, q db.Queryer, id string) (Run, error) {
	r, err := db.One(ctx, q, selectRun+`details FROM org_import WHERE id = $1`, scanRun, id)
	if errors.Is(err, db.ErrNone) {
		err = fault.Missing("import.no_run")
	}
	return r, err
}

// Runs returns the newest runs, at most limit.
func (s *Service) Runs(ctx context.Context, actor account.Actor, limit int) ([]Run, error) {
	if err := s.may(ctx, actor); err != nil {
		return nil, err
	}
	return db.All(ctx, s.Store.DB(), selectRun+`'' FROM org_import ORDER BY created_at DESC, id DESC LIMIT $1`, scanRun, limit)
}

// Rejected writes the rejected rows of a run to w, in a format sheet knows.
// It returns NotFound when there are none, or when they were too many to keep.
func (s *Service) Rejected(ctx context.Context, actor account.Actor, id, format string, w io.Writer, p *i18n.Printer) error {
	r, err := s.Run(ctx, actor, id)
	if err != nil {
		return err
	}
	if !r.HasRejected || r.Report == nil {
		return fault.Missing("import.no_rejected")
	}
	packed, err := db.One(ctx, s.Store.DB(), `SELECT rejected FROM org_import WHERE id = $1`, db.Value[[]byte], id)
	if err != nil {
		return err
	}
	return unpackRejects(w, format, packed, p)
}

// Progress returns how far a run of this process is; ok is false when nothing
// works on it here.
func (s *Service) Progress(id string) (Progress, bool) { return s.live.get(id) }

// IsEmpty reports whether the map has no units yet: whether this is the first
// load.
func (s *Service) IsEmpty(ctx context.Context) (bool, error) {
	some, err := db.Exists(ctx, s.Store.DB(), `SELECT 1 FROM unit`)
	return !some, err
}

// Record notes a load that was done at the machine, in the list of runs.
func (m Machine) Record(ctx context.Context, o Order, r *Report) error {
	o, err := m.s.complete(o)
	if err != nil {
		return err
	}
	x := Run{ID: db.NewID(), Kind: o.Kind, State: Loaded, File: o.Name, At: o.At, Since: o.Since, Report: r, Created: m.s.Now(), Ended: m.s.Now()}
	if o.Mapping != nil {
		x.Mapping, x.MappingName = o.Mapping.Source, o.Mapping.Name
	}
	packed, err := packRejects(o, r)
	if err != nil {
		return err
	}
	return m.s.Store.DB().Tx(ctx, func(tx *db.Tx) error { return insertRun(ctx, tx, x, packed) })
}

func insertRun(ctx context.Context, tx *db.Tx, x Run, rejected []byte) error {
	report, details, err := reportTexts(x.Report)
	if err != nil {
		return err
	}
	columns := []string{
		"id", "kind", "state", "file_name", "file_size", "mapping", "mapping_name", "on_day", "since_day", "job_id", "report",
		"details", "rejected", "problem", "created_by", "created_name", "created_at", "ended_at",
	}
	return db.Insert(ctx, tx, "org_import", columns, [][]any{{
		x.ID, string(x.Kind), string(x.State), x.File, x.Size, x.Mapping, x.MappingName, string(x.At), string(x.Since), x.Job, report,
		db.Null(details), bytesOrNull(rejected), "", "", x.By, db.Time(x.Created), db.NullTime(x.Ended),
	}})
}

func bytesOrNull(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

// maxListed bounds what is kept of each list of a report, for pages. What is
// wrong with rejected rows is kept with the rows.
const maxListed = 500

// reportTexts writes a report as it is kept: its counts, and its rows.
func reportTexts(r *Report) (counts, rows string, err error) {
	if r == nil {
		return "", "", nil
	}
	kept := *r
	kept.Rejected, kept.Cut.Rejected = cut(r.Rejected)
	kept.Warnings, kept.Cut.Warnings = cut(r.Warnings)
	kept.Absent, kept.Cut.Absent = cut(r.Absent)
	rawRows, err := json.Marshal(kept.Details)
	if err != nil {
		return "", "", err
	}
	// The counts stay when the rows are forgotten.
	kept.Cut = Cut{len(r.Rejected), len(r.Warnings), len(r.Absent)}
	rawCounts, err := json.Marshal(kept)
	return string(rawCounts), string(rawRows), err
}

func cut[T any](list []T) (kept []T, left int) {
	n := min(len(list), maxListed)
	return list[:n], len(list) - n
}
