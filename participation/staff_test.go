package participation

import (
	"context"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

// registry is the staff of the civil registry.
type registry struct {
	passed   []string
	promised []string
}

func (r *registry) Holders(context.Context, string) ([]Holder, error) {
	return []Holder{{"part-rina", "rina", "Sekretaris Dinas", "Rina Marlina"}, {"part-dewi", "dewi", "Analis Kependudukan", "Dewi Rahmawati"}}, nil
}

func (r *registry) PassOn(_ context.Context, _ *db.Tx, _ account.Actor, source, holder, text string) error {
	r.passed = append(r.passed, source+" "+holder+" "+text)
	return nil
}

func (r *registry) Promise(_ context.Context, _ account.Actor, deed, agreedIn, due string) (string, error) {
	r.promised = append(r.promised, deed+" "+agreedIn+" "+due)
	return "/skp/part-rina", nil
}

var rina = account.Actor{ID: "acc-rina", PersonID: "rina"}

func (h *house) waiting(t *testing.T, kind string) int {
	t.Helper()
	n, err := db.One(t.Context(), h.db, `SELECT count(*) FROM task WHERE kind = $1 AND done_at IS NULL`, db.Value[int], kind)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestADeedLiesOnItsOwnersDesk(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		staff := &registry{}
		h.staff = staff
		s, _ := h.ktp(t)
		deed := FollowUp{ServiceID: s.ID, Said: "Antre lama", Deed: "Nomor antrean dari rumah", OwnerPerson: "siapa", DueOn: "2026-12-01"}
		if _, err := h.AddFollowUp(t.Context(), officer, deed); !fault.Is(err, fault.Invalid) {
			t.Fatalf("an owner who is not there: %v", err)
		}
		deed.OwnerPerson = "rina"
		f, err := h.AddFollowUp(t.Context(), officer, deed)
		if err != nil || f.Owner != "Sekretaris Dinas" || h.waiting(t, taskDo) != 1 {
			t.Fatalf("%+v, %v, %d waiting", f, err, h.waiting(t, taskDo))
		}
		if _, err := h.Promise(t.Context(), officer, f.ID, "FKP"); !fault.Is(err, fault.Forbidden) {
			t.Fatalf("somebody else's RHK: %v", err)
		}
		if page, err := h.Promise(t.Context(), rina, f.ID, "FKP"); err != nil || page != "/skp/part-rina" || len(staff.promised) != 1 {
			t.Fatalf("%q, %v", page, err)
		}
		if _, err := h.Promise(t.Context(), rina, f.ID, "FKP"); !fault.Is(err, fault.Conflict) {
			t.Fatalf("twice: %v", err)
		}
		h.day = "2026-12-02"
		for range 2 {
			if err := h.Night(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := h.waiting(t, taskLate); n != 1 {
			t.Fatalf("%d on the leader's desk", n)
		}
		if f, err = h.FollowUp(t.Context(), f.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.MoveFollowUp(t.Context(), rina, f.ID, f.Version, FollowReported, "Foto loket"); err != nil {
			t.Fatal(err)
		}
		if h.waiting(t, taskDo)+h.waiting(t, taskLate) != 0 {
			t.Error("what was reported still waits")
		}
	})
}

func TestPointsOfAForumLieOnDesks(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.staff = &registry{}
		s, _ := h.ktp(t)
		c, err := h.Invite(t.Context(), officer, Consultation{UnitID: "disduk", ServiceID: s.ID, Topic: "Standar pelayanan", HeldOn: "2026-11-20", Place: "Aula"})
		if err != nil {
			t.Fatal(err)
		}
		for _, act := range []func() error{
			func() error { return h.Note(t.Context(), officer, c.ID, "Hadir 20 orang") },
			func() error {
				return h.AddPoint(t.Context(), officer, c.ID, Point{Issue: "Antrean", Agreement: "Loket kedua dibuka", OwnerPerson: "rina", DueOn: "2026-12-20"})
			},
			func() error { return h.Agree(t.Context(), officer, c.ID) },
		} {
			if err := act(); err != nil {
				t.Fatal(err)
			}
		}
		list, err := h.FollowUps(t.Context(), s.ID)
		if err != nil || len(list) != 1 || list[0].OwnerPerson != "rina" || list[0].Owner != "Sekretaris Dinas" || h.waiting(t, taskDo) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		if _, err := h.OwnFollowUp(t.Context(), rina, list[0].ID); err != nil {
			t.Errorf("the owner cannot open it from the desk: %v", err)
		}
	})
}

func TestWordsArePassedOnByModeratorsOnly(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		staff := &registry{}
		h.staff = staff
		s, _ := h.ktp(t)
		if err := h.PassOn(t.Context(), stranger, s.ID, "quote:1", "part-dewi", "Ramah."); !fault.Is(err, fault.Forbidden) {
			t.Errorf("another unit: %v", err)
		}
		if err := h.PassOn(t.Context(), officer, s.ID, "quote:1", "part-x", "Ramah."); !fault.Is(err, fault.Invalid) {
			t.Errorf("nobody of that name: %v", err)
		}
		if err := h.PassOn(t.Context(), officer, s.ID, "quote:1", "part-dewi", "Ramah."); err != nil || len(staff.passed) != 1 {
			t.Errorf("%v, %v", err, staff.passed)
		}
	})
}
