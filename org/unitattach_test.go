package org

import (
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

func TestAttachUnits(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := t.Context()
		lost := []Unit{
			{ID: "pasar", Name: "Pasar Baru", Kind: Field, ParentSource: "X1", From: "2026-01-01"},
			{ID: "kios", Name: "Kios Pasar", Kind: Field, Parent: "pasar", From: "2026-01-01"},
			{ID: "dermaga", Name: "Dermaga", Kind: Field, Parent: "dermaga", From: "2026-01-01"},
		}
		must(t, s.change(ctx, func(tx *db.Tx) error { return s.store.AddUnits(ctx, tx, lost) }))
		loose := len(s.mapOf(t, today).tree.Loose())

		for _, c := range []struct {
			name   string
			a      Attachment
			fields string
		}{
			{"nothing chosen", Attachment{Parent: "kota", From: today}, "unit"},
			{"no parent", Attachment{Units: []string{"pasar"}, From: today}, "parent"},
			{"below itself", Attachment{Units: []string{"pasar"}, Parent: "kios", From: today}, "parent"},
			{"no day", Attachment{Units: []string{"pasar"}, Parent: "kota"}, "from"},
		} {
			if _, err := s.AttachUnits(ctx, hr, c.a); wrongFields(err) != c.fields {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if _, err := s.AttachUnits(ctx, hr, Attachment{Units: []string{"pasar", "sipil"}, Parent: "kota", From: today}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a unit in its place is not moved: %v", err)
		}
		for _, who := range []account.Actor{{}, asDewi, officer, auditor} {
			if _, err := s.AttachUnits(ctx, who, Attachment{Units: []string{"pasar"}, Parent: "kota", From: today}); err == nil {
				t.Errorf("%s may attach", who.Name)
			}
		}
		if got := len(s.mapOf(t, today).tree.Loose()); got != loose {
			t.Fatalf("a refused attachment changed something: %d loose, %d before", got, loose)
		}

		n, err := s.AttachUnits(ctx, hr, Attachment{Units: []string{"pasar", "dermaga"}, Parent: "kota", From: today, Decree: "Perwako 2/2026"})
		must(t, err)
		tree := s.mapOf(t, today).tree
		if n != 2 || tree.Parent("pasar") != "kota" || tree.Parent("dermaga") != "kota" || tree.Parent("kios") != "pasar" {
			t.Errorf("attached %d: pasar under %q, dermaga under %q, kios under %q", n, tree.Parent("pasar"), tree.Parent("dermaga"), tree.Parent("kios"))
		}
		if got := len(tree.Loose()); got != loose-2 {
			t.Errorf("%d are still loose, want %d", got, loose-2)
		}
		_, log, err := s.UnitHistory(ctx, hr, "dermaga")
		must(t, err)
		if len(log) != 1 || log[0].Decree != "Perwako 2/2026" {
			t.Errorf("history: %+v", log)
		}
		if _, err := s.AttachUnits(ctx, hr, Attachment{Units: []string{"pasar"}, Parent: "capil", From: today}); !fault.Is(err, fault.Conflict) {
			t.Errorf("the second of two is told: %v", err)
		}
	})
}
