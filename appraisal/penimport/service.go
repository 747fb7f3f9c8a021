package penimport

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/intake"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/pdf/pdftext"
	"github.com/gurindam/gurindam/rulebook"
)

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "appraisal-penimport", FS: migrations} }

// Config is what a Service needs. Now and Zone may be left out.
type Config struct {
	DB        *db.DB
	Access    *account.Access
	Appraisal *appraisal.Service
	Books     appraisal.Books
	Now       func() time.Time
	Zone      *time.Location
}

// Service imports what is written elsewhere. It is safe for concurrent use.
type Service struct{ Config }

// New returns the service.
func New(c Config) *Service {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	return &Service{c}
}

func (s *Service) today() appraisal.Day {
	return appraisal.Day(s.Now().In(s.Zone).Format(time.DateOnly))
}

// may is the permission of everything here: HR.
func (s *Service) may(ctx context.Context, actor account.Actor) error {
	return s.Access.Can(ctx, actor, account.ActAppraisalPeriod, account.Thing{})
}

// Read reads a file of any kind: a table of results or plans, a PDF, or the
// text of one. What is none of these is an Invalid fault.
func (s *Service) Read(ctx context.Context, w appraisal.Window, body []byte) (File, error) {
	leader, err := s.leader(ctx, w)
	if err != nil {
		return File{}, err
	}
	if pdftext.Is(body) {
		text, err := pdftext.Read(body)
		if err != nil {
			return File{}, err
		}
		return readText(text, leader)
	}
	f, err := readResults(body, leader)
	if err == nil {
		return f, nil
	}
	if f, planErr := readPlans(body); planErr == nil {
		return f, nil
	}
	if f, textErr := readText(string(body), leader); textErr == nil {
		return f, nil
	}
	return File{}, err
}

// leader reads how the words for a head of a unit become a rating.
func (s *Service) leader(ctx context.Context, w appraisal.Window) (map[appraisal.OrganisationPredicate]appraisal.Rating, error) {
	book, err := s.Books.At(ctx, string(max(w.To(), "2023-02-01")))
	if err != nil {
		return nil, err
	}
	r, err := rulebook.Load[appraisal.LeaderResultsRule](book)
	return r.Results, err
}

// Sent is a file that was sent, with what it would do or has done.
type Sent struct {
	ID     string
	At     time.Time
	By     string // name
	Name   string
	Window appraisal.Window
	Loaded bool
	Open   int // questions of it that wait for a decision
	Body   File
	Report Report
}

// Report is what a file does: the rows, and what has to be decided.
type Report struct {
	intake.Report
	People    int // people the file is surely about
	Plans     int // of them with a plan
	Outcomes  int // with a result
	NotMade   int // of whom the file says that nothing is there yet
	Unmatched int
	Raters    int // whose evaluator differs
	Held      int // results that are disputed or were decided here and differ
}

// Keep stores a file as a preview and tells what loading it would do. The same
// file for the same window is kept once.
func (s *Service) Keep(ctx context.Context, actor account.Actor, w appraisal.Window, name string, body []byte) (Sent, error) {
	if err := s.may(ctx, actor); err != nil {
		return Sent{}, err
	}
	f, err := s.Read(ctx, w, body)
	if err != nil {
		return Sent{}, err
	}
	if f.Year != 0 && f.Year != w.Year {
		return Sent{}, fault.WrongField("file", "penimport.other_year", fmt.Sprint(f.Year))
	}
	sum := sha256.Sum256(body)
	sent := Sent{ID: db.NewID(), At: s.Now(), By: actor.Name, Name: name, Window: w, Body: f}
	return sent, s.DB.Tx(ctx, func(tx *db.Tx) error {
		run, err := s.run(ctx, tx, actor, &sent)
		if err != nil {
			return err
		}
		sent.Report = run.rep
		text, err := json.Marshal(f)
		if err != nil {
			return err
		}
		report, err := json.Marshal(run.rep)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM pen_file WHERE state = 'pratinjau' AND sent_by = $1`, actor.ID); err != nil {
			return err
		}
		return db.Insert(ctx, tx, "pen_file", []string{"id", "sent_at", "sent_by", "sent_name", "name", "sum", "win", "state", "body", "report"},
			[][]any{{sent.ID, s.Now(), actor.ID, actor.Name, name, hex.EncodeToString(sum[:]), w.Code(), "pratinjau", string(text), string(report)}})
	})
}

const selectFile = `SELECT id, sent_at, sent_name, name, win, state, body, report,
	(SELECT count(*) FROM pen_question x WHERE x.file_id = pen_file.id AND x.state = 'terbuka') FROM pen_file `

func scanFile(r db.Row) (Sent, error) {
	var f Sent
	var win, state, body, report string
	if err := r.Scan(&f.ID, db.TimeTo(&f.At), &f.By, &f.Name, &win, &state, &body, &report, &f.Open); err != nil {
		return f, err
	}
	var err error
	if f.Window, err = appraisal.ParseWindow(win); err != nil {
		return f, err
	}
	f.Loaded = state == "dimuat"
	if body != "" {
		if err := json.Unmarshal([]byte(body), &f.Body); err != nil {
			return f, fmt.Errorf("stored file %s: %w", f.ID, err)
		}
	}
	return f, json.Unmarshal([]byte(report), &f.Report)
}

// Sent returns one file, or NotFound.
func (s *Service) Sent(ctx context.Context, actor account.Actor, id string) (Sent, error) {
	if err := s.may(ctx, actor); err != nil {
		return Sent{}, err
	}
	f, err := db.One(ctx, s.DB, selectFile+`WHERE id = $1`, scanFile, id)
	if fault.Is(err, fault.NotFound) {
		return f, fault.Missing("penimport.file.absent")
	}
	return f, err
}

// Files returns the files that were loaded, the latest first.
func (s *Service) Files(ctx context.Context, actor account.Actor) ([]Sent, error) {
	if err := s.may(ctx, actor); err != nil {
		return nil, err
	}
	return db.All(ctx, s.DB, selectFile+`WHERE state = 'dimuat' ORDER BY sent_at DESC, id DESC LIMIT 20`, scanFile)
}
