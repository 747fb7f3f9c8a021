package task

import (
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
)

var _ account.Desk = Admin{}

func TestAdminDesksShowAndSettle(t *testing.T) {
	eachInbox(t, func(t *testing.T, d *db.DB, b *Inbox) {
		hr := account.Actor{ID: "hr", Grants: []account.Grant{{Role: account.HR}}}
		sys := account.Actor{ID: "sys", Grants: []account.Grant{{Role: account.SysAdmin}}}
		g := account.Granted{ID: "g1", Role: account.Auditor, Name: "Dewi"}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := (Admin{}).GrantWaits(t.Context(), tx, g, "hendri", noon); err != nil {
				return err
			}
			return Admin{}.ResetWaits(t.Context(), tx, "r1", account.Account{ID: "a1", Name: "Rina"}, "", noon)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, who := range []account.Actor{hr, sys} {
			if n := len(waiting(t, b, who, Filter{})); n != 2 {
				t.Errorf("%d wait for %s, want 2", n, who.ID)
			}
		}
		awaited, err := b.Awaited(t.Context(), account.Actor{ID: "h", PersonID: "hendri"})
		if err != nil || len(awaited) != 1 || len(awaited[0].Desks) != 2 || awaited[0].Awaiting().Key != "account.task.grant_await" {
			t.Errorf("the proposer waits for %+v, %v", awaited, err)
		}
		err = d.Tx(t.Context(), func(tx *db.Tx) error { return Admin{}.Settled(t.Context(), tx, "g1", hr.ID, noon) })
		if err != nil {
			t.Fatal(err)
		}
		for _, who := range []account.Actor{hr, sys} {
			if got := waiting(t, b, who, Filter{}); len(got) != 1 || got[0].Kind != KindReset {
				t.Errorf("%s has %+v", who.ID, got)
			}
		}
	})
}
