package participation

import (
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
)

func TestAConsultationBecomesFollowUps(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		s, _ := h.ktp(t)
		plan := Consultation{UnitID: "disduk", ServiceID: s.ID, Topic: "Standar pelayanan KTP-el", HeldOn: "2026-11-25", Place: "Aula"}
		_, err := h.Invite(t.Context(), stranger, plan)
		wantKind(t, "another unit", err, fault.Forbidden)
		_, err = h.Invite(t.Context(), officer, Consultation{UnitID: "disduk"})
		wantKind(t, "an empty plan", err, fault.Invalid)
		c, err := h.Invite(t.Context(), officer, plan)
		if err != nil {
			t.Fatal(err)
		}
		for kind, name := range map[string]string{"provider": "Kepala Dinas", "user": "Ibu Siti", "society": "Forum RT"} {
			if err := h.AddGuest(t.Context(), officer, c.ID, Guest{Kind: kind, Name: name, Came: true}); err != nil {
				t.Fatal(err)
			}
		}
		wantKind(t, "a kind that is none", h.AddGuest(t.Context(), officer, c.ID, Guest{Kind: "king", Name: "x"}), fault.Invalid)
		wantKind(t, "minutes before the day", h.Note(t.Context(), officer, c.ID, "Dibuka pukul 09.00"), fault.Invalid)
		h.day = "2026-11-26"
		wantKind(t, "agreeing before it was held", h.Agree(t.Context(), officer, c.ID), fault.Conflict)
		if err := h.Note(t.Context(), officer, c.ID, "Dibuka pukul 09.00"); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "agreeing on nothing", h.Agree(t.Context(), officer, c.ID), fault.Conflict)
		wantKind(t, "a point without owner", h.AddPoint(t.Context(), officer, c.ID, Point{Issue: "Antre", Agreement: "Per jam", DueOn: "2026-12-31"}), fault.Invalid)
		for _, issue := range []string{"Antre lama", "Ruang tunggu panas"} {
			if err := h.AddPoint(t.Context(), officer, c.ID, Point{Issue: issue, Agreement: "Diperbaiki", Owner: "Sekretaris", DueOn: "2026-12-31"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.Agree(t.Context(), officer, c.ID); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "changing what was agreed", h.AddPoint(t.Context(), officer, c.ID, Point{Issue: "x", Agreement: "y", Owner: "z", DueOn: "2026-12-31"}), fault.Conflict)
		if c, err = h.Consultation(t.Context(), c.ID); err != nil || c.State != Agreed || len(c.Missing()) != 3 {
			t.Fatalf("%+v %v", c, err)
		}
		list, err := h.FollowUps(t.Context(), s.ID)
		if err != nil || len(list) != 2 {
			t.Fatalf("%+v %v", list, err)
		}
		said := map[string]string{}
		for _, f := range list {
			said[f.ID] = f.Said
		}
		for _, p := range c.Points {
			if said[p.FollowUpID] != p.Issue {
				t.Errorf("point %q leads to %q", p.Issue, said[p.FollowUpID])
			}
		}
	})
}
