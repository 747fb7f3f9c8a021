package calibration

import (
	"context"
	"embed"
	"slices"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() db.Migrations { return db.Migrations{Area: "calibration", FS: migrations} }

// Locale holds the sentences of this package.
//
//go:embed locale/*.toml
var Locale embed.FS

// Config is what a Service needs. Now may be left out.
type Config struct {
	DB        *db.DB
	Access    *account.Access
	Appraisal *appraisal.Service
	Now       func() time.Time
}

// Service runs calibrations. It is safe for concurrent use.
type Service struct {
	db        *db.DB
	access    *account.Access
	appraisal *appraisal.Service
	now       func() time.Time
}

// New returns the service.
func New(c Config) *Service {
	s := &Service{db: c.DB, access: c.Access, appraisal: c.Appraisal, now: c.Now}
	if s.now == nil {
		s.now = time.Now
	}
	return s
}

// may asks the permission table about a unit. The relation "evaluator" of the
// thing is the reader where the reader leads the unit, sets its predicate or
// evaluates somebody in it: those are the members of its calibration.
func (s *Service) may(ctx context.Context, actor account.Actor, u appraisal.CalibrationUnit) error {
	on := account.Thing{Unit: u.UnitID}
	if member(actor, u) {
		on.Evaluator = actor.PersonID
	}
	return s.access.Can(ctx, actor, account.ActAppraisalCalib, on)
}

func member(actor account.Actor, u appraisal.CalibrationUnit) bool {
	return leads(actor, u) || actor.PersonID != "" && slices.ContainsFunc(u.Cases, func(c appraisal.CalibrationCase) bool { return c.Evaluator.PersonID == actor.PersonID })
}

// members lists who is asked to a calibration.
func members(actor account.Actor, u appraisal.CalibrationUnit) []string {
	all := append(superiors(u.Cases), u.Rater.PersonID, actor.PersonID)
	if u.Lead != nil {
		all = append(all, u.Lead.Who.PersonID)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(id string) bool { return id == "" })
}

// leads reports who may open and close: the unit's head and the level above.
func leads(actor account.Actor, u appraisal.CalibrationUnit) bool {
	return actor.PersonID != "" && (u.Lead != nil && u.Lead.Who.PersonID == actor.PersonID || u.Rater.PersonID == actor.PersonID)
}

// Start opens the calibration of a unit in a window, for its head, the level
// above or a leader. Conflict while another of the unit runs, or when fewer
// than two superiors have handed over ratings.
func (s *Service) Start(ctx context.Context, actor account.Actor, unit string, w appraisal.Window) (string, error) {
	u, err := s.appraisal.CalibrationUnit(ctx, unit, w)
	if err != nil {
		return "", err
	}
	if err := s.may(ctx, actor, u); err != nil {
		return "", err
	}
	if !leads(actor, u) && s.access.Can(ctx, actor, account.ActAppraisalCalib, account.Thing{Unit: unit}) != nil {
		return "", fault.Denied("account.denied")
	}
	if len(superiors(u.Cases)) < 2 {
		return "", fault.Clash("calibration.too_few")
	}
	x := Session{ID: db.NewID(), UnitID: unit, Unit: u.Unit, Window: w, OpenedAt: s.now(), OpenerID: actor.PersonID, Opener: actor.Name}
	return x.ID, s.db.Tx(ctx, func(tx *db.Tx) error {
		taken, err := db.Exists(ctx, tx, `SELECT 1 FROM calibration_session WHERE unit_id = $1 AND win = $2 AND closed_at IS NULL`, unit, w.Code())
		if err != nil {
			return err
		}
		if taken {
			return fault.Clash("calibration.runs")
		}
		if err := insertSession(ctx, tx, x, members(actor, u)); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "opened", x, map[string]any{"unit": unit, "window": w.Code()})
	})
}

// Close ends a calibration; what was not agreed on stays as it was.
func (s *Service) Close(ctx context.Context, actor account.Actor, id string) error {
	x, u, err := s.enter(ctx, actor, id)
	if err != nil {
		return err
	}
	if !leads(actor, u) && x.OpenerID != actor.PersonID {
		return fault.Denied("account.denied")
	}
	if !x.Open() {
		return fault.Clash("calibration.closed")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE calibration_session SET closed_at = $1, closer = $2 WHERE id = $3 AND closed_at IS NULL`, db.Time(s.now()), actor.Name, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Clash("calibration.closed")
		}
		return s.record(ctx, tx, actor, "closed", x, nil)
	})
}

// Show notes that the actor has shown the names, and shows them from now on.
func (s *Service) Show(ctx context.Context, actor account.Actor, id string) error {
	x, _, err := s.enter(ctx, actor, id)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `INSERT INTO calibration_shown (session_id, person_id, name, at) VALUES ($1, $2, $3, $4) ON CONFLICT (session_id, person_id) DO NOTHING`,
			id, actor.PersonID, actor.Name, db.Time(s.now()))
		if err != nil || n == 0 {
			return err
		}
		return s.record(ctx, tx, actor, "names_shown", x, nil)
	})
}

// enter returns a session with its unit once the actor may see it.
func (s *Service) enter(ctx context.Context, actor account.Actor, id string) (Session, appraisal.CalibrationUnit, error) {
	x, err := sessionOf(ctx, s.db, id)
	if err != nil {
		return x, appraisal.CalibrationUnit{}, err
	}
	u, err := s.appraisal.CalibrationUnit(ctx, x.UnitID, x.Window)
	if err != nil {
		return x, u, err
	}
	return x, u, s.may(ctx, actor, u)
}

func (s *Service) record(ctx context.Context, tx *db.Tx, actor account.Actor, kind string, x Session, payload any) error {
	return ledger.Append(ctx, tx, ledger.Entry{Kind: "calibration." + kind, Subject: "calibration:" + x.ID, Actor: actor.ID, Payload: payload, At: s.now()})
}
