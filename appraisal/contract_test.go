package appraisal

import (
	"context"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
)

// ends are contracts by person.
type ends map[string]Day

func (e ends) ContractEnds(_ context.Context, _ db.Queryer, _ Day, people ...string) (map[string]Day, error) {
	all := map[string]Day{}
	for _, p := range people {
		if on, has := e[p]; has {
			all[p] = on
		}
	}
	return all, nil
}

func TestAContractsEndIsToldWhenItIsInView(t *testing.T) {
	eachWorld(t, func(w world) {
		w.on("2025-11-23")
		w.contracts = ends{"near": "2025-12-31", "last": "2025-11-23", "past": "2025-11-22", "far": "2027-09-30", "civil": "2025-12-31"}
		part := func(person string, g Group) Part { return Part{Who: Identity{PersonID: person}, Group: g} }
		book, err := w.bookOf(w.ctx, year2025)
		w.must(err)
		all, err := w.contractsOf(w.ctx, w.db, book,
			part("near", "pppk_paruh_waktu"), part("last", "pppk"), part("past", "pppk"), part("far", "pppk"), part("none", "pppk"), part("civil", "pns"))
		w.must(err)
		if len(all) != 2 || all["near"].Days != 38 || all["last"].Days != 0 || all["near"].On != "2025-12-31" || all["near"].Source == "" {
			t.Fatalf("%+v", all)
		}
	})
}
