package account

import (
	"testing"

	"github.com/gurindam/gurindam/internal/fault"
)

func TestUnitBoundHRManagesTheAccountsOfItsUnit(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		inside := w.add(NewAccount{Username: "p1", Name: "Pegawai 1", PersonID: "p1", Password: secret})
		outside := w.add(NewAccount{Username: "p9", Name: "Pegawai 9", PersonID: "p9", Password: secret})
		w.add(NewAccount{Username: "unit", PersonID: "p2", Password: secret, Roles: []Grant{{HR, "office"}}})
		hr := w.actor(w.signIn("unit", secret))

		list, total, err := w.List(ctx, hr, Query{})
		if err != nil || total != 2 || len(list) != 2 {
			t.Fatalf("%d of %d accounts (%v), want the two of the office", len(list), total, err)
		}
		if _, total, _ := w.List(ctx, w.who["bkpsdm"], Query{}); total != 7 {
			t.Errorf("%d accounts for the whole agency's HR, want 7", total)
		}
		if _, err := w.Get(ctx, hr, inside.ID); err != nil {
			t.Errorf("an account of the office: %v", err)
		}
		if err := w.EndSessionsOf(ctx, hr, inside.ID); err != nil {
			t.Errorf("ending the sessions of an account of the office: %v", err)
		}
		if _, err := w.Get(ctx, hr, outside.ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an account of another unit: %v", err)
		}
		if _, err := w.AskReset(ctx, hr, outside.ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("resetting an account of another unit: %v", err)
		}
		if _, err := w.AskReset(ctx, hr, w.who["admin"].ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("resetting the administrator: %v", err)
		}
		if _, _, err := w.List(ctx, w.who["pegawai"], Query{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an employee lists accounts: %v", err)
		}
		if _, err := w.Draft(ctx, hr, Order{Unit: "office", Scheme: ByNIP}); err != nil {
			t.Errorf("inviting the own unit: %v", err)
		}
		if _, err := w.Draft(ctx, hr, Order{Scheme: ByNIP}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("inviting the whole agency: %v", err)
		}
	})
}

func TestUnitBoundHRSeesTheInvitationsOfItsUnit(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.add(NewAccount{Username: "unit", PersonID: "p2", Password: secret, Roles: []Grant{{HR, "office"}}})
		w.add(NewAccount{Username: "lain", PersonID: "p3", Password: secret, Roles: []Grant{{HR, "elsewhere"}}})
		hr, other := w.actor(w.signIn("unit", secret)), w.actor(w.signIn("lain", secret))
		b, _, err := w.Invite(ctx, hr, Order{Unit: "office", Scheme: ByNIP})
		if err != nil {
			t.Fatal(err)
		}
		if all, err := w.Batches(ctx, hr); err != nil || len(all) != 1 {
			t.Errorf("%d invitations (%v), want the own one", len(all), err)
		}
		if slips, err := w.Slips(ctx, hr, b.ID, ""); err != nil || len(slips) != b.Made {
			t.Errorf("%d slips (%v), want %d", len(slips), err, b.Made)
		}
		if all, err := w.Batches(ctx, other); err != nil || len(all) != 0 {
			t.Errorf("another unit's HR sees %d invitations (%v)", len(all), err)
		}
		if _, _, err := w.Batch(ctx, other, b.ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("another unit's HR opens it: %v", err)
		}
		if _, err := w.Slips(ctx, other, b.ID, ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("another unit's HR prints its slips: %v", err)
		}
		if _, err := w.Batches(ctx, w.who["pegawai"]); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an employee lists invitations: %v", err)
		}
	})
}
