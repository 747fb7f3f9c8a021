package participation

import (
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
)

func (h *house) plan(t *testing.T, s Service) FollowUp {
	t.Helper()
	f, err := h.AddFollowUp(t.Context(), officer, FollowUp{
		ServiceID: s.ID, Element: "time", Said: "Antre sejak subuh.", Voices: 31, Deed: "Nomor antrean dibagi per jam", Owner: "Sekretaris Dinas", DueOn: "2026-12-15",
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestOnlyThoseWhoRaisedItMakeItDone(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		f := h.plan(t, s)
		var voices []Voice
		for range 4 {
			v, err := h.Raise(t.Context(), s, []string{"time", "cost", "time"})
			if err != nil {
				t.Fatal(err)
			}
			voices = append(voices, v)
		}
		wantKind(t, "confirming what was not reported", h.Confirm(t.Context(), voices[0], f.ID, true), fault.Conflict)
		wantKind(t, "an office making it done itself", h.MoveFollowUp(t.Context(), officer, f.ID, 1, FollowDone, "selesai"), fault.Conflict)
		wantKind(t, "a report without evidence", h.MoveFollowUp(t.Context(), officer, f.ID, 1, FollowReported, ""), fault.Invalid)
		wantKind(t, "another unit", h.MoveFollowUp(t.Context(), stranger, f.ID, 1, FollowReported, "x"), fault.Forbidden)
		if err := h.MoveFollowUp(t.Context(), officer, f.ID, 1, FollowReported, "Foto papan antrean"); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "an old version", h.MoveFollowUp(t.Context(), officer, f.ID, 1, FollowRunning, ""), fault.Conflict)
		other, err := h.Raise(t.Context(), s, []string{"facilities"})
		if err != nil {
			t.Fatal(err)
		}
		wantKind(t, "somebody who raised something else", h.Confirm(t.Context(), other, f.ID, true), fault.Forbidden)
		h.stands(t, f.ID, voices, []bool{true, true}, FollowReported)
		h.stands(t, f.ID, voices[:1], []bool{true}, FollowReported) // twice is once
		h.stands(t, f.ID, voices[2:3], []bool{false}, FollowDone)   // two of three agree
		h.stands(t, f.ID, voices[:2], []bool{false, false}, FollowReported)
	})
}

func (h *house) stands(t *testing.T, id string, voices []Voice, say []bool, want FollowUpState) {
	t.Helper()
	for i, agrees := range say {
		if err := h.Confirm(t.Context(), voices[i], id, agrees); err != nil {
			t.Fatal(err)
		}
	}
	f, err := h.FollowUp(t.Context(), id)
	if err != nil || f.State != want {
		t.Errorf("%s with %d for and %d against, want %s, %v", f.State, f.Agree, f.Disagree, want, err)
	}
}

func TestWhatCannotBeDoneIsAnsweredToo(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		_, err := h.AddFollowUp(t.Context(), officer, FollowUp{ServiceID: s.ID, Said: "Buka di Penyengat", State: FollowDeclined})
		wantKind(t, "declining without a reason", err, fault.Invalid)
		_, err = h.AddFollowUp(t.Context(), officer, FollowUp{ServiceID: s.ID, Said: "Buka di Penyengat"})
		wantKind(t, "a plan without a deed", err, fault.Invalid)
		_, err = h.AddFollowUp(t.Context(), officer, FollowUp{ServiceID: s.ID, Said: "Buka di Penyengat", State: FollowDeclined, Reason: "alat hanya satu"})
		if err != nil {
			t.Fatal(err)
		}
		h.plan(t, s)
		late, err := h.OverdueFollowUps(t.Context())
		if err != nil || len(late) != 0 {
			t.Fatalf("%+v %v", late, err)
		}
		h.day = "2026-12-16"
		late, err = h.OverdueFollowUps(t.Context())
		if err != nil || len(late) != 1 || !late[0].Overdue(h.day) {
			t.Fatalf("%+v %v", late, err)
		}
	})
}

func TestAVoiceIsKnownByItsCodeOnly(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		v, err := h.Raise(t.Context(), s, []string{"time"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.Raise(t.Context(), s, nil)
		wantKind(t, "raising nothing", err, fault.Invalid)
		_, err = h.Raise(t.Context(), s, []string{"smell"})
		wantKind(t, "an unknown element", err, fault.Invalid)
		h.plan(t, s)
		back, err := h.Voice(t.Context(), string(v.Code))
		if err != nil || back.Service.ID != s.ID {
			t.Fatalf("%+v %v", back, err)
		}
		heard, said, err := h.Heard(t.Context(), back)
		if err != nil || len(heard) != 1 || len(said) != 0 {
			t.Fatalf("%+v %v %v", heard, said, err)
		}
		_, err = h.Voice(t.Context(), "0000-0000-0000")
		wantKind(t, "a code nobody has", err, fault.NotFound)
	})
}
