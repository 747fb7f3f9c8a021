package participation

import (
	"context"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/rulebook"
)

// units stands in for the tables of org that this area refers to.
var units = db.Migrations{Area: "org", FS: fstest.MapFS{"20260101-01-org-stub.sql": {Data: []byte(
	`CREATE TABLE unit (id text PRIMARY KEY);
	 INSERT INTO unit (id) VALUES ('disduk'), ('rsud');`)}}}

var tables = []db.Migrations{units, ledger.Migrations(), task.Migrations(), token.Migrations(), Migrations()}

// flat is a map of units without levels.
type flat struct{}

func (flat) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return unit == ancestor, nil
}

// known is a map of two units.
type known struct{}

func (known) UnitNames(context.Context, []string) (map[string]string, error) {
	return map[string]string{"disduk": "Dinas Kependudukan dan Pencatatan Sipil", "rsud": "RSUD"}, nil
}

func (known) UnitsToday(context.Context) ([]Unit, error) {
	return []Unit{{ID: "disduk", Name: "Dinas Kependudukan dan Pencatatan Sipil"}, {ID: "rsud", Name: "RSUD"}}, nil
}

// nationalBooks is the rulebook as it comes.
type nationalBooks struct{ lib *rulebook.Library }

func (n nationalBooks) At(_ context.Context, day string) (*rulebook.Book, error) {
	return n.lib.At(rulebook.Day(day), "")
}
func (nationalBooks) Keep(context.Context, *db.Tx, *rulebook.Book) error { return nil }

// house is an office with a clock that can be moved.
type house struct {
	*Office
	day string
}

var (
	officer  = account.Actor{ID: "officer", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "disduk"}}}
	stranger = account.Actor{ID: "stranger", Grants: []account.Grant{{Role: account.PerformanceOfficer, Unit: "rsud"}}}
	auditor  = account.Actor{ID: "auditor", Grants: []account.Grant{{Role: account.Auditor}}}
)

func newHouse(t testing.TB, d *db.DB) *house {
	t.Helper()
	lib, err := rulebook.National()
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.National()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{day: "2026-11-23"}
	h.Office = New(Config{DB: d, Access: account.NewAccess(flat{}), Units: known{}, Books: nationalBooks{lib}, Calendar: cal, Now: func() time.Time {
		day, err := time.Parse(time.DateOnly, h.day)
		if err != nil {
			panic(err)
		}
		return day.Add(9 * time.Hour)
	}})
	return h
}

func eachHouse(t *testing.T, fn func(t *testing.T, h *house)) {
	repotest.EachDB(t, tables, func(t *testing.T, d *db.DB) { fn(t, newHouse(t, d)) })
}

// ktp makes a service with a wave of the last quarter of 2026.
func (h *house) ktp(t testing.TB) (Service, Wave) {
	t.Helper()
	s, err := h.SaveService(t.Context(), officer, Service{Code: "ktp-el", UnitID: "disduk", Name: "KTP-el dan Kartu Keluarga", Time: "1 hari kerja"})
	if err != nil {
		t.Fatal(err)
	}
	w, err := h.OpenWave(t.Context(), officer, h.quarter(s))
	if err != nil {
		t.Fatal(err)
	}
	return s, w
}

func (h *house) quarter(s Service) Wave {
	return Wave{
		ServiceID: s.ID, Name: "Triwulan IV 2026", OpensOn: "2026-10-01", EndsOn: "2026-12-31", Elements: Nine(),
		Basis: Basis{Visit, Kiosk, Paper, Assisted, Counter, Open}, Population: 3180, TargetBy: "krejcie",
	}
}

// say stores one answer.
func (h *house) say(t testing.TB, w Wave, stratum Stratum, marks string) {
	t.Helper()
	m, err := ParseMarks(marks)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Stratum: stratum, Marks: m}}); err != nil {
		t.Fatal(err)
	}
}

func ledgerKinds(t *testing.T, h *house) []string {
	t.Helper()
	kinds, err := db.All(t.Context(), h.db, `SELECT kind FROM ledger_entry ORDER BY id`, db.Value[string])
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(kinds)
	return kinds
}
