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
