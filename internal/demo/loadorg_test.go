package demo

import (
	"context"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/org"
)

func TestTheMapOfTheSampleCityStands(t *testing.T) {
	repotest.EachDB(t, []db.Migrations{org.Migrations()}, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		city, err := Plan("2026-11-23")
		if err != nil {
			t.Fatal(err)
		}
		store := org.NewStore(d, func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }, time.UTC)
		began := time.Now()
		if err := d.Tx(ctx, func(tx *db.Tx) error { return city.loadOrg(ctx, tx, store) }); err != nil {
			t.Fatal(err)
		}
		t.Logf("written in %v", time.Since(began))
		for _, on := range []org.Day{"2026-03-01", "2026-11-23"} {
			m, err := store.Map(ctx, d, on)
			if err != nil {
				t.Fatal(err)
			}
			none := 0
			for person, e := range m.Evaluators() {
				if e.PersonID == "" && person != city.Actors["walikota"] {
					none++
				}
			}
			if none > 0 {
				t.Errorf("%s: %d people have no evaluator", on, none)
			}
		}
		m, _ := store.Map(ctx, d, "2026-11-23")
		if e := m.Evaluator(city.Actors["pegawai"]); e.PersonID != city.Actors["atasan"] {
			t.Errorf("pegawai is evaluated by %+v", e)
		}
		if e := m.Evaluator(city.Actors["atasan"]); e.PersonID != city.Actors["kepala"] {
			t.Errorf("atasan is evaluated by %+v", e)
		}
	})
}
