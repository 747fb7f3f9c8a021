package policy

import (
	"context"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/rulebook"
)

type flat struct{}

func (flat) Within(context.Context, string, string) (bool, error) { return true, nil }

var (
	proposer = account.Actor{ID: "a1", Name: "Hendri", Grants: []account.Grant{{Role: account.HR}}}
	second   = account.Actor{ID: "a2", Name: "Rina", Grants: []account.Grant{{Role: account.HR}}}
	staff    = account.Actor{ID: "a3", Name: "Dewi"}
)

func eachService(t *testing.T, fn func(t *testing.T, s *Service)) {
	migrations := []db.Migrations{Migrations(), ledger.Migrations()}
	repotest.EachDB(t, migrations, func(t *testing.T, d *db.DB) {
		lib, err := rulebook.National()
		if err != nil {
			t.Fatal(err)
		}
		clock := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		fn(t, New(d, account.NewAccess(flat{}), lib, func() time.Time { return clock }))
	})
}

func draft() Draft {
	return Draft{
		Rule: "distribution", Path: "limits", Value: `"heads"`, From: "2027-01-01",
		Decision: "Perwako 12 Tahun 2026", Decided: "2026-11-20", Reason: "Unit kecil tidak dapat memenuhi batas persen.",
	}
}

func TestAChangeNeedsTwoPeopleAndHoldsFromItsDay(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := context.Background()
		before, err := s.At(ctx, "2027-01-01")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Propose(ctx, staff, draft()); !fault.Is(err, fault.Forbidden) {
			t.Fatalf("staff proposed: %v", err)
		}
		id, err := s.Propose(ctx, proposer, draft())
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := s.At(ctx, "2027-01-01"); b.Hash() != before.Hash() {
			t.Fatal("a proposal alone must change nothing")
		}
		if err := s.Confirm(ctx, proposer, id); !fault.Is(err, fault.Forbidden) {
			t.Fatalf("the proposer confirmed: %v", err)
		}
		if err := s.Confirm(ctx, second, id); err != nil {
			t.Fatal(err)
		}
		if err := s.Confirm(ctx, second, id); !fault.Is(err, fault.Conflict) {
			t.Fatalf("confirmed twice: %v", err)
		}
		if b, _ := s.At(ctx, "2027-01-01"); b.Hash() == before.Hash() {
			t.Fatal("the change must hold from its day")
		}
		if b, _ := s.At(ctx, "2026-12-31"); hasChange(t, b) {
			t.Fatal("the change must not hold before its day")
		}
	})
}

func hasChange(t *testing.T, b *rulebook.Book) bool {
	t.Helper()
	h, err := b.Head("distribution")
	if err != nil {
		t.Fatal(err)
	}
	return len(h.Changes) > 0
}

func TestWhatTheRulebookWouldRefuseIsRefusedAtOnce(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		for name, d := range map[string]Draft{
			"unknown rule":  {Rule: "no-such", Path: "x", Value: "1", From: "2027-01-01", Decision: "d", Decided: "2026-11-20", Reason: "r"},
			"unknown value": {Rule: "distribution", Path: "no.such", Value: "1", From: "2027-01-01", Decision: "d", Decided: "2026-11-20", Reason: "r"},
			"other kind":    {Rule: "distribution", Path: "limits", Value: "70", From: "2027-01-01", Decision: "d", Decided: "2026-11-20", Reason: "r"},
			"no JSON":       {Rule: "distribution", Path: "limits", Value: "{", From: "2027-01-01", Decision: "d", Decided: "2026-11-20", Reason: "r"},
			"no decision":   {Rule: "distribution", Path: "limits", Value: `"heads"`, From: "2027-01-01"},
		} {
			if _, err := s.Propose(context.Background(), proposer, d); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if all, err := s.Changes(context.Background(), ""); err != nil || len(all) != 0 {
			t.Fatalf("refused proposals left %v, %v", all, err)
		}
	})
}

func TestTryChangesNothingAndKeptBooksComeBack(t *testing.T) {
	eachService(t, func(t *testing.T, s *Service) {
		ctx := context.Background()
		tried, err := s.Try(ctx, draft(), "2027-01-01")
		if err != nil {
			t.Fatal(err)
		}
		now, _ := s.At(ctx, "2027-01-01")
		if tried.Hash() == now.Hash() {
			t.Fatal("the tried book must differ")
		}
		for range 2 {
			if err := s.db.Tx(ctx, func(tx *db.Tx) error { return s.Keep(ctx, tx, tried) }); err != nil {
				t.Fatal(err)
			}
		}
		back, err := s.Kept(ctx, tried.Hash())
		if err != nil || back.Hash() != tried.Hash() {
			t.Fatalf("kept book: %v, %v", back, err)
		}
		if _, err := s.Kept(ctx, "none"); !fault.Is(err, fault.NotFound) {
			t.Fatalf("got %v", err)
		}
	})
}
