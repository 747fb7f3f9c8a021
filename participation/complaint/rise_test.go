package complaint_test

import (
	"strings"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/participation/complaint"
)

var dewi = account.Actor{ID: "acc-dewi", PersonID: "dewi"}

// desks returns where a report waits: kind and desk of each open task.
func (h *house) desks(t *testing.T, c complaint.Complaint) string {
	t.Helper()
	all, err := db.All(t.Context(), h.db, `SELECT kind, for_person, for_role, for_unit FROM task WHERE subject = $1 AND done_at IS NULL ORDER BY kind`,
		func(r db.Row) (string, error) {
			var kind, person, role, unit string
			err := r.Scan(&kind, &person, &role, &unit)
			return strings.TrimPrefix(kind, "complaint.task.") + " " + strings.Trim(person+" "+role+"@"+unit, " @"), err
		}, "complaint:"+c.ID)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, ", ")
}

func (h *house) night(t *testing.T, day string) {
	t.Helper()
	h.day = day
	for range 2 { // twice is once
		if err := h.Night(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAReportPastItsDeadlineRises(t *testing.T) {
	eachDesk(t, func(t *testing.T, h *house) {
		c, err := h.Register(t.Context(), officer, report("1000", complaint.Information))
		if err != nil {
			t.Fatal(err)
		}
		h.night(t, c.DueOn)
		if got := h.desks(t, c); got != "" {
			t.Errorf("on its last day it lies on %q", got)
		}
		h.night(t, "2026-11-10")
		if got := h.desks(t, c); got != "late unit-admin@disduk" {
			t.Errorf("past the deadline of %s it lies on %q", c.DueOn, got)
		}
		h.night(t, "2026-11-23")
		if got := h.desks(t, c); got != "late unit-admin@disduk, risen leader@disduk" {
			t.Errorf("long past it lies on %q", got)
		}
		if err := h.Answer(t.Context(), officer, c.ID, 1, "Sabtu pukul 08.00 sampai 12.00."); err != nil {
			t.Fatal(err)
		}
		if got := h.desks(t, c); got != "" {
			t.Errorf("answered it still lies on %q", got)
		}
		if err := h.Reopen(t.Context(), officer, c.ID, 2); err != nil {
			t.Fatal(err)
		}
		h.night(t, "2026-11-23")
		if got := h.desks(t, c); got != "late unit-admin@disduk, risen leader@disduk" {
			t.Errorf("taken up again it lies on %q", got)
		}
		if err := h.Archive(t.Context(), officer, c.ID, 3, "pelapor mencabut"); err != nil {
			t.Fatal(err)
		}
		if got := h.desks(t, c); got != "" {
			t.Errorf("archived it still lies on %q", got)
		}
	})
}

func TestWhoWasGivenAReportAnswersIt(t *testing.T) {
	eachDesk(t, func(t *testing.T, h *house) {
		c, err := h.Register(t.Context(), officer, report("1000", complaint.Information))
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.Complaint(t.Context(), dewi, c.ID)
		wantKind(t, "opening somebody else's report", err, fault.Forbidden)
		wantKind(t, "somebody who is not there", h.Assign(t.Context(), officer, c.ID, 1, "", "siapa", complaint.Information), fault.Invalid)
		if err := h.Assign(t.Context(), officer, c.ID, 1, "", "dewi", complaint.Information); err != nil {
			t.Fatal(err)
		}
		if c, err = h.Complaint(t.Context(), dewi, c.ID); err != nil || c.Owner != "Analis Kependudukan" {
			t.Fatalf("%+v %v", c, err)
		}
		if got := h.desks(t, c); got != "answer dewi" {
			t.Errorf("it lies on %q", got)
		}
		h.night(t, "2026-11-23")
		if got := h.desks(t, c); got != "answer dewi, risen leader@disduk" {
			t.Errorf("long past it lies on %q", got)
		}
		wantKind(t, "passing it on", h.Assign(t.Context(), dewi, c.ID, 2, "", "dewi", complaint.Information), fault.Forbidden)
		if err := h.Answer(t.Context(), dewi, c.ID, 2, "Sabtu buka."); err != nil {
			t.Fatal(err)
		}
		if got := h.desks(t, c); got != "" {
			t.Errorf("answered it still lies on %q", got)
		}
	})
}
