package participation

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

// Answers to a wave that was just closed must not take others down with them.
func TestAClosedWaveDoesNotHarmItsNeighbours(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, shut := h.ktp(t)
		s, err := h.SaveService(t.Context(), officer, Service{Code: "akta", UnitID: "disduk", Name: "Akta kelahiran"})
		if err != nil {
			t.Fatal(err)
		}
		open, err := h.OpenWave(t.Context(), officer, h.quarter(s))
		if err != nil {
			t.Fatal(err)
		}
		if err := h.CloseWave(t.Context(), officer, shut.ID); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		errs := make([]error, 60)
		for i := range errs {
			wg.Go(func() {
				w := open
				if i%3 == 0 {
					w = shut
				}
				errs[i] = h.Submit(t.Context(), Submission{Wave: w, Answer: Answer{Stratum: Open, Marks: Marks{3, 3, 3, 3, 3, 3, 3, 3, 3}}})
			})
		}
		wg.Wait()
		for i, err := range errs {
			if i%3 == 0 {
				wantKind(t, "an answer to the closed wave", err, fault.Conflict)
			} else if err != nil {
				t.Errorf("its neighbour: %v", err)
			}
		}
		if _, open, err = h.Wave(t.Context(), open.ID); err != nil || open.Answers != 40 {
			t.Errorf("%d answers counted, %v", open.Answers, err)
		}
	})
}

func TestSomebodyWhoLeavesBeforeTheirTurnIsNotStored(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		_, w := h.ktp(t)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		err := h.Submit(gone, Submission{Wave: w, Answer: Answer{Stratum: Open, Marks: Marks{3, 3, 3, 3, 3, 3, 3, 3, 3}}})
		_, w, found := h.Wave(t.Context(), w.ID)
		if found != nil || err == nil && w.Answers != 1 || errors.Is(err, context.Canceled) && w.Answers != 0 {
			t.Errorf("%v with %d answers stored, %v", err, w.Answers, found)
		}
	})
}

// Two servers on one database count together.
func TestTwoServersCountTogether(t *testing.T) {
	repotest.EachDB(t, tables, func(t *testing.T, d *db.DB) {
		a, b := newHouse(t, d), newHouse(t, d)
		_, w := a.ktp(t)
		var wg sync.WaitGroup
		for i := range 100 {
			h := a
			if i%2 == 0 {
				h = b
			}
			wg.Go(func() { h.say(t, w, Open, "432143214") })
		}
		wg.Wait()
		_, w, err := a.Wave(t.Context(), w.ID)
		if err != nil || w.Answers != 100 {
			t.Fatalf("%d answers counted, %v", w.Answers, err)
		}
		rows, err := tallies(t.Context(), d, w.ID)
		if err != nil || len(rows) != 1 || rows[0].moments.Respondents() != 100 || rows[0].moments.Sum(0) != 400 {
			t.Fatalf("%+v %v", rows, err)
		}
	})
}

func BenchmarkSubmit(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			d := repotest.OpenSQLite
			if engine == "postgres" {
				d = repotest.OpenPostgres
			}
			h := newHouse(b, d(b, tables))
			_, w := h.ktp(b)
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					err := h.Submit(b.Context(), Submission{Wave: w, Answer: Answer{Stratum: Open, Marks: Marks{3, 4, 3, 4, 3, 4, 3, 4, 3}}})
					if err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
