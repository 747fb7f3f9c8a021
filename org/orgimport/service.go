package orgimport

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// Config is what a Service needs. Store and Books are required; Access where
// people ask, Dir where files are uploaded.
type Config struct {
	Store  *org.Store
	Books  org.Books
	Access *account.Access
	Dir    string           // where uploads wait, made when the first one comes
	Now    func() time.Time // time.Now when nil
}

// Service loads files. It is safe for concurrent use.
type Service struct {
	Config
	words *words
	live  *liveProgress
}

// New returns a service.
func New(c Config) (*Service, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	w, err := readWords()
	if err != nil {
		return nil, err
	}
	return &Service{Config: c, words: w, live: &liveProgress{}}, nil
}

// Order says what to load and how.
type Order struct {
	Kind    Kind
	Path    string // the file on this machine
	Name    string // what it is called, for the record; the path's last part if empty
	Mapping *Mapping
	At      org.Day // the day the file is a snapshot of; today if empty
	Since   org.Day // from when units, positions and people that are new are taken to be there; At if empty
	DryRun  bool    // everything but the writing

	// Progress, if set, is told how far the work is. total is 0 while unknown.
	Progress func(stage Stage, done, total int64)
}

// Stage is what an import is doing.
type Stage string

// The stages.
const (
	Reading Stage = "reading"
	Loading Stage = "loading"
)

func (o Order) tell(stage Stage, done, total int64) {
	if o.Progress != nil {
		o.Progress(stage, done, total)
	}
}

// complete fills in what was left out and checks the rest.
func (s *Service) complete(o Order) (Order, error) {
	if o.At == "" {
		o.At = s.Store.Today()
	}
	if o.Since == "" {
		o.Since = o.At
	}
	if o.Name == "" {
		o.Name = filepath.Base(o.Path)
	}
	var wrong fault.Fields
	for _, d := range []struct {
		field string
		day   org.Day
	}{{"at", o.At}, {"since", o.Since}} {
		_, ok := rulebook.ParseDay(string(d.day))
		wrong.Check(ok, d.field, "form.date")
	}
	wrong.Check(o.Since <= o.At, "since", "import.since_after")
	return o, wrong.Err()
}

// Import loads a file for an actor. A file that cannot be read is a fault and
// changes nothing; otherwise the report says what became of every row.
func (s *Service) Import(ctx context.Context, actor account.Actor, o Order) (*Report, error) {
	if err := s.Access.Can(ctx, actor, account.ActOrgImport, account.Thing{}); err != nil {
		return nil, err
	}
	return s.run(ctx, actor, o)
}

// Machine loads files for whoever sits at the machine: the command line. It
// asks nobody for permission.
type Machine struct{ s *Service }

// Machine returns the service for the command line.
func (s *Service) Machine() Machine { return Machine{s} }

// Import is Service.Import.
func (m Machine) Import(ctx context.Context, o Order) (*Report, error) {
	return m.s.run(ctx, account.Actor{}, o)
}

// errDryRun undoes the transaction of a dry run.
var errDryRun = errors.New("orgimport: dry run")

func (s *Service) run(ctx context.Context, actor account.Actor, o Order) (*Report, error) {
	p, err := s.prepare(ctx, o)
	if err != nil {
		return nil, err
	}
	defer p.close()
	var report *Report
	err = s.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		report, err = s.load(ctx, tx, actor, p)
		if err == nil && o.DryRun {
			err = errDryRun
		}
		return err
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return report, nil
}

// prepared is a file that was read and checked, and waits to be loaded.
type prepared struct {
	order  Order
	read   *journal
	rows   int // of the file
	loader loader
}

// loader loads what was read. load may run more than once, each time from the
// start.
type loader interface {
	load(ctx context.Context, t *task) error
	close() error
}

func (p *prepared) close() error {
	if p.loader == nil {
		return nil
	}
	return p.loader.close()
}

// task is one attempt at loading.
type task struct {
	*Service
	tx      *db.Tx
	order   Order
	report  *Report
	journal *journal
}

// prepare reads a file. What it returns must be closed.
func (s *Service) prepare(ctx context.Context, o Order) (*prepared, error) {
	o, err := s.complete(o)
	if err != nil {
		return nil, err
	}
	l, err := openLens(o)
	if err != nil {
		return nil, err
	}
	defer l.table.close()
	p := &prepared{order: o, read: newJournal()}
	switch o.Kind {
	case Units:
		err = s.readUnits(ctx, l, p)
	case Roster:
		err = s.readRoster(ctx, l, p)
	default:
		err = s.readPositions(ctx, l, p)
	}
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// each reads the rows of a file one by one and tells how far it is.
func (p *prepared) each(ctx context.Context, l *lens, fn func(*line) error) error {
	row := &line{lens: l}
	return l.table.rows(func(n int, cells []string) error {
		p.rows++
		if p.rows%500 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			p.order.tell(Reading, int64(p.rows), 0)
		}
		row.begin(n, cells)
		return fn(row)
	})
}

// load loads a prepared file in the caller's transaction, with its entry in the
// ledger when it changes anything.
func (s *Service) load(ctx context.Context, tx *db.Tx, actor account.Actor, p *prepared) (*Report, error) {
	o := p.order
	t := &task{
		Service: s, tx: tx, order: o, journal: newJournal(),
		report: &Report{Kind: o.Kind, At: o.At, Since: o.Since, DryRun: o.DryRun, Rows: p.rows},
	}
	if p.rows > len(p.read.rejected) {
		if err := p.loader.load(ctx, t); err != nil {
			return nil, fmt.Errorf("load %s: %w", o.Kind, err)
		}
	}
	settle(t.report, p.read, t.journal)
	if o.DryRun || !t.report.Changed() {
		return t.report, nil
	}
	if t.report.Created+t.report.Updated >= manyRows {
		if err := s.Store.Measure(ctx, tx); err != nil {
			return nil, err
		}
	}
	return t.report, s.enter(ctx, tx, actor, o, t.report)
}

// manyRows is from how many changed rows on the database is asked to look at
// its tables anew.
const manyRows = 1000

// Loaded is what the ledger holds of a load.
type entered struct {
	By        string  `json:"by"`
	File      string  `json:"file"`
	Hash      string  `json:"sha256"`
	Mapping   string  `json:"mapping,omitempty"`
	At        org.Day `json:"at"`
	Rows      int     `json:"rows"`
	Created   int     `json:"created"`
	Updated   int     `json:"updated"`
	Unchanged int     `json:"unchanged"`
	Rejected  int     `json:"rejected"`
}

// enter writes a load into the ledger.
func (s *Service) enter(ctx context.Context, tx *db.Tx, actor account.Actor, o Order, r *Report) error {
	hash, err := hashFile(o.Path)
	if err != nil {
		return err
	}
	e := entered{
		By: actor.Name, File: o.Name, Hash: hash, At: r.At,
		Rows: r.Rows, Created: r.Created, Updated: r.Updated, Unchanged: r.Unchanged, Rejected: len(r.Rejected),
	}
	if o.Mapping != nil {
		e.Mapping = o.Mapping.Source
	}
	return ledger.Append(ctx, tx, ledger.Entry{
		Kind: "org.import." + string(o.Kind), Subject: "import:" + db.NewID(), Actor: actor.ID, Payload: e, At: s.Now(),
	})
}

// spoolDir is where rows wait between reading and loading.
func (s *Service) spoolDir() string {
	if s.Dir == "" {
		return os.TempDir()
	}
	return s.Dir
}
