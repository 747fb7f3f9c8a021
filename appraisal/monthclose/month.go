package monthclose

import (
	"context"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/rulebook"
)

// MonthState says how far a month is.
type MonthState string

// The states of a month.
const (
	Open    MonthState = "terbuka"
	Checked MonthState = "diperiksa"
	Closed  MonthState = "ditutup"
)

// Head is a month as a whole.
type Head struct {
	Month        Month
	State        MonthState
	Version      int64
	Book         string // hash of the rulebook its sums were last made with
	Closings     int    // how often it was closed
	ResultsAt    time.Time
	AttendanceAt time.Time
	ComputedAt   time.Time
	MovedAt      time.Time
	MovedBy      string // name
	Reason       string // why it was opened again
	Dates        Dates
}

const selectMonth = `SELECT month, state, version, book, closings, results_at, attendance_at, computed_at, moved_at, moved_by, reason FROM monthclose_month `

func scanHead(r db.Row) (Head, error) {
	var h Head
	err := r.Scan(&h.Month, &h.State, &h.Version, &h.Book, &h.Closings, db.TimeTo(&h.ResultsAt), db.TimeTo(&h.AttendanceAt), db.TimeTo(&h.ComputedAt),
		db.TimeTo(&h.MovedAt), &h.MovedBy, &h.Reason)
	return h, err
}

// headOf returns a month, or NotFound while nobody has opened it.
func headOf(ctx context.Context, q db.Queryer, m Month) (Head, error) {
	h, err := db.One(ctx, q, selectMonth+`WHERE month = $1`, scanHead, string(m))
	if fault.Is(err, fault.NotFound) {
		return h, fault.Missing("monthclose.month.none")
	}
	return h, err
}

// head is headOf with the month's dates.
func (s *Service) head(ctx context.Context, q db.Queryer, m Month) (Head, error) {
	h, err := headOf(ctx, q, m)
	if err != nil {
		return h, err
	}
	h.Dates, err = s.dates(ctx, m)
	return h, err
}

// dates returns the days of a month by the rulebook of its last day.
func (s *Service) dates(ctx context.Context, m Month) (Dates, error) {
	book, err := s.book(ctx, m)
	if err != nil {
		return Dates{}, err
	}
	r, err := s.rules.of(book)
	return r.calendar.Dates(m), err
}

// book returns the rulebook of a month: the one in force on the last day every
// month has.
func (s *Service) book(ctx context.Context, m Month) (*rulebook.Book, error) {
	return s.Books.At(ctx, string(m.day(28)))
}

// Months returns the months that were opened, the latest first.
func (s *Service) Months(ctx context.Context, actor account.Actor) ([]Head, error) {
	if _, err := s.reachOf(ctx, actor); err != nil {
		return nil, err
	}
	return db.All(ctx, s.DB, selectMonth+`ORDER BY month DESC`, scanHead)
}

// Open opens a month, or refreshes one that is open: everybody's sum is made
// anew from the map, the evaluations and what was loaded. Needs the whole
// agency.
func (s *Service) Open(ctx context.Context, actor account.Actor, m Month) (Head, error) {
	if err := s.may(ctx, actor); err != nil {
		return Head{}, err
	}
	if m > MonthOf(s.Today()).Add(1) {
		return Head{}, fault.WrongField("month", "monthclose.month.ahead")
	}
	w, err := s.world(ctx, m)
	if err != nil {
		return Head{}, err
	}
	err = s.tx(ctx, func(tx *db.Tx) error {
		if err := s.begin(ctx, tx, actor, m); err != nil {
			return err
		}
		return s.refresh(ctx, tx, w)
	})
	if err != nil {
		return Head{}, err
	}
	return s.head(ctx, s.DB, m)
}

// begin makes a month that is not there yet.
func (s *Service) begin(ctx context.Context, tx *db.Tx, actor account.Actor, m Month) error {
	there, err := db.Exists(ctx, tx, `SELECT 1 FROM monthclose_month WHERE month = $1`, string(m))
	if err != nil || there {
		return err
	}
	now := db.Time(s.Now())
	err = db.Insert(ctx, tx, "monthclose_month",
		[]string{"month", "state", "version", "book", "closings", "computed_at", "opened_at", "opened_by", "moved_at", "moved_by", "reason"},
		[][]any{{string(m), string(Open), 0, "", 0, now, now, actor.ID, now, actor.Name, ""}})
	if err != nil {
		return err
	}
	return ledger.Append(ctx, tx, ledger.Entry{Kind: "monthclose.opened", Subject: "month:" + string(m), Actor: actor.ID, At: s.Now()})
}

// writable returns a month that can still be changed: Conflict once it is
// closed.
func writable(ctx context.Context, tx *db.Tx, m Month) (Head, error) {
	h, err := headOf(ctx, tx, m)
	if err == nil && h.State == Closed {
		err = fault.Clash("monthclose.month.closed")
	}
	return h, err
}

// touch counts a change of a month, so that what was read before is read again.
func touch(ctx context.Context, tx *db.Tx, m Month) error {
	_, err := db.Exec(ctx, tx, `UPDATE monthclose_month SET version = version + 1 WHERE month = $1`, string(m))
	return err
}

// Night opens the month of the day, refreshes every month that is open and
// forgets files nobody has loaded. It is run every night and checks no
// permission.
func (s *Service) Night(ctx context.Context) error {
	if err := s.forgetOld(ctx); err != nil {
		return err
	}
	months, err := db.All(ctx, s.DB, selectMonth+`WHERE state <> 'ditutup' ORDER BY month`, scanHead)
	if err != nil {
		return err
	}
	all := []Month{MonthOf(s.Today())}
	for _, h := range months {
		if h.Month != all[0] {
			all = append(all, h.Month)
		}
	}
	for _, m := range all {
		if err := s.nightOf(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) nightOf(ctx context.Context, m Month) error {
	w, err := s.world(ctx, m)
	if err != nil {
		return err
	}
	return s.tx(ctx, func(tx *db.Tx) error {
		if err := s.begin(ctx, tx, account.Actor{}, m); err != nil {
			return err
		}
		h, err := headOf(ctx, tx, m)
		if err != nil || h.State == Closed {
			return err
		}
		return s.refresh(ctx, tx, w)
	})
}
