package complaint_test

import (
	"context"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/calendar"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/task"
	"github.com/gurindam/gurindam/internal/token"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/complaint"
	"github.com/gurindam/gurindam/rulebook"
)

var tables = []db.Migrations{
	{Area: "org", FS: fstest.MapFS{"20260101-01-org-stub.sql": {Data: []byte(`CREATE TABLE unit (id text PRIMARY KEY); INSERT INTO unit (id) VALUES ('disduk'), ('rsud');`)}}},
	ledger.Migrations(), task.Migrations(), token.Migrations(), participation.Migrations(), complaint.Migrations(),
}

type flat struct{}

func (flat) Within(_ context.Context, unit, ancestor string) (bool, error) {
	return unit == ancestor, nil
}

type books struct{ lib *rulebook.Library }

func (b books) At(_ context.Context, day string) (*rulebook.Book, error) {
	return b.lib.At(rulebook.Day(day), "")
}

var (
	officer  = account.Actor{ID: "officer", Grants: []account.Grant{{Role: account.UnitAdmin, Unit: "disduk"}}}
	stranger = account.Actor{ID: "other", Grants: []account.Grant{{Role: account.UnitAdmin, Unit: "rsud"}}}
	auditor  = account.Actor{ID: "auditor", Grants: []account.Grant{{Role: account.Auditor}}}
)

type house struct {
	*complaint.Desk
	db  *db.DB
	day string
}

// posts is the staff of the civil registry: one person.
type posts struct{}

func (posts) PostOf(_ context.Context, unit, person string) (string, error) {
	if unit == "disduk" && person == "dewi" {
		return "Analis Kependudukan", nil
	}
	return "", fault.WrongField("owner_person", "form.choose")
}

func eachDesk(t *testing.T, fn func(t *testing.T, h *house)) {
	repotest.EachDB(t, tables, func(t *testing.T, d *db.DB) {
		lib, err := rulebook.National()
		if err != nil {
			t.Fatal(err)
		}
		cal, err := calendar.National()
		if err != nil {
			t.Fatal(err)
		}
		h := &house{db: d, day: "2026-11-23"}
		h.Desk = complaint.New(complaint.Config{DB: d, Access: account.NewAccess(flat{}), Books: books{lib}, Calendar: cal, Posts: posts{}, Now: func() time.Time {
			day, err := time.Parse(time.DateOnly, h.day)
			if err != nil {
				panic(err)
			}
			return day
		}})
		fn(t, h)
	})
}

func wantKind(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s gives %v, want %v", what, err, kind)
	}
}

func report(number string, class complaint.Class) complaint.Complaint {
	return complaint.Complaint{UnitID: "disduk", Number: number, Class: class, Subject: "KTP belum jadi", ReceivedOn: "2026-11-02"}
}

func TestTheClassGivesTheDeadline(t *testing.T) {
	eachDesk(t, func(t *testing.T, h *house) {
		for i, c := range []struct {
			class complaint.Class
			due   string
		}{
			{complaint.Information, "2026-11-09"}, {complaint.Ordinary, "2026-11-20"}, {complaint.Oversight, "2027-01-29"}, {complaint.Aspiration, "2026-11-09"},
		} {
			got, err := h.Register(t.Context(), officer, report("100"+string(rune('0'+i)), c.class))
			if err != nil || got.DueOn != c.due {
				t.Errorf("%s: due %s, want %s, %v", c.class, got.DueOn, c.due, err)
			}
		}
		_, err := h.Register(t.Context(), officer, report("1000", complaint.Ordinary))
		wantKind(t, "a number that is there", err, fault.Invalid)
		_, err = h.Register(t.Context(), officer, report("abc", complaint.Ordinary))
		wantKind(t, "a number that is none", err, fault.Invalid)
		_, err = h.Register(t.Context(), stranger, report("2000", complaint.Ordinary))
		wantKind(t, "another unit", err, fault.Forbidden)
		_, err = h.Register(t.Context(), auditor, report("2000", complaint.Ordinary))
		wantKind(t, "the auditor", err, fault.Forbidden)
		late, err := h.Late(t.Context())
		if err != nil || len(late) != 3 {
			t.Errorf("%d late, %v", len(late), err)
		}
		if list, err := h.List(t.Context(), stranger, "2026-01-01", "2026-12-31"); err != nil || len(list) != 0 {
			t.Errorf("another unit sees %d, %v", len(list), err)
		}
		if list, err := h.List(t.Context(), auditor, "2026-01-01", "2026-12-31"); err != nil || len(list) != 4 {
			t.Errorf("the auditor sees %d, %v", len(list), err)
		}
	})
}

func TestAReportIsWorkedOnAnsweredAndClosed(t *testing.T) {
	eachDesk(t, func(t *testing.T, h *house) {
		c, err := h.Register(t.Context(), officer, report("1000", complaint.Ordinary))
		if err != nil {
			t.Fatal(err)
		}
		wantKind(t, "closing before an answer", h.Close(t.Context(), officer, c.ID, 1, 4), fault.Conflict)
		if err := h.Assign(t.Context(), officer, c.ID, 1, "Kepala Bidang Pelayanan", "", complaint.Oversight); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "an old version", h.Answer(t.Context(), officer, c.ID, 1, "x"), fault.Conflict)
		wantKind(t, "no words", h.Answer(t.Context(), officer, c.ID, 2, " "), fault.Invalid)
		wantKind(t, "another unit", h.Answer(t.Context(), stranger, c.ID, 2, "x"), fault.Forbidden)
		if err := h.Answer(t.Context(), officer, c.ID, 2, "Sudah jadi."); err != nil {
			t.Fatal(err)
		}
		if err := h.Reopen(t.Context(), officer, c.ID, 3); err != nil {
			t.Fatal(err)
		}
		if err := h.Answer(t.Context(), officer, c.ID, 4, "Kini sungguh jadi."); err != nil {
			t.Fatal(err)
		}
		if err := h.Close(t.Context(), officer, c.ID, 5, 3); err != nil {
			t.Fatal(err)
		}
		list, err := h.List(t.Context(), officer, "2026-01-01", "2026-12-31")
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		f, err := h.Figures(list)
		if err != nil || f.Reports != 1 || f.Answered != 1 || f.InTime != 1 || f.Reopened != 1 || f.Content != 1 || f.MedianDays != 15 {
			t.Errorf("%+v %v", f, err)
		}
	})
}

func TestAnUnclearReportIsArchivedWithAReason(t *testing.T) {
	eachDesk(t, func(t *testing.T, h *house) {
		c, err := h.Register(t.Context(), officer, report("1000", complaint.Ordinary))
		if err != nil {
			t.Fatal(err)
		}
		wantKind(t, "no reason", h.Archive(t.Context(), officer, c.ID, 1, ""), fault.Invalid)
		if err := h.Archive(t.Context(), officer, c.ID, 1, "isi tidak jelas"); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "answering it", h.Answer(t.Context(), officer, c.ID, 2, "x"), fault.Conflict)
		if late, err := h.Late(t.Context()); err != nil || len(late) != 0 {
			t.Errorf("an archived report is late: %+v %v", late, err)
		}
	})
}

func TestOwnIntakeGivesACodeAndTheCitizenDecides(t *testing.T) {
	eachDesk(t, func(t *testing.T, h *house) {
		c, code, err := h.Receive(t.Context(), complaint.Complaint{UnitID: "disduk", Class: complaint.Oversight, Subject: "Pungutan di loket", Body: "Diminta uang."})
		if err != nil || c.Class != complaint.Ordinary || c.DueOn != "2026-12-11" {
			t.Fatalf("%+v %v", c, err)
		}
		got, err := h.Followed(t.Context(), string(code))
		if err != nil || got.ID != c.ID {
			t.Fatalf("%+v %v", got, err)
		}
		_, err = h.Followed(t.Context(), "AAAA-BBBB-CCCC")
		wantKind(t, "a code nobody has", err, fault.NotFound)
		_, err = h.Rate(t.Context(), string(code), 1)
		wantKind(t, "rating before an answer", err, fault.Conflict)
		if err := h.Answer(t.Context(), officer, c.ID, 1, "Diperiksa."); err != nil {
			t.Fatal(err)
		}
		_, err = h.Rate(t.Context(), string(code), 5)
		wantKind(t, "five of four", err, fault.Invalid)
		if got, err = h.Rate(t.Context(), string(code), 1); err != nil || got.State != complaint.Working || got.Reopened != 1 {
			t.Fatalf("%+v %v", got, err)
		}
		if err := h.Answer(t.Context(), officer, c.ID, 3, "Petugas ditegur."); err != nil {
			t.Fatal(err)
		}
		if got, err = h.Rate(t.Context(), string(code), 4); err != nil || got.State != complaint.Closed {
			t.Fatalf("%+v %v", got, err)
		}
	})
}
