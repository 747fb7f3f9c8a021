package org

import (
	"errors"
	"slices"
	"testing"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/repotest"
)

func TestTheMapComesBackAsItWasStored(t *testing.T) {
	repotest.EachDB(t, migrated(), func(t *testing.T, d *db.DB) {
		s := filled(t, d)
		m, err := s.Map(t.Context(), d, today)
		must(t, err)
		if got, want := m.tree.Len(), len(smallUnits()); got != want {
			t.Errorf("%d units, want %d", got, want)
		}
		if p, ok := m.Position("analis"); !ok || !p.same(smallPositions()[4]) || p.Version != 1 {
			t.Errorf("position: %+v", p)
		}
		if u, err := s.Unit(t.Context(), d, "capil", today); err != nil || u.SourceID != "S-capil" || !u.same(smallUnits()[1]) {
			t.Errorf("unit: %+v, %v", u, err)
		}
		if e, err := s.Evaluator(t.Context(), d, "dewi", today); err != nil || e.PersonID != "rina" {
			t.Errorf("evaluator: %+v, %v", e, err)
		}
		if p, err := s.Person(t.Context(), d, "nurhayati", today); err != nil || p.FullName() != "Hj. Nurhayati Ismail, S.Sos., M.Si." {
			t.Errorf("person: %+v, %v", p, err)
		}
		if in, err := s.Within(t.Context(), "daftar", "capil"); err != nil || !in {
			t.Errorf("within: %v, %v", in, err)
		}
		if _, err := s.Unit(t.Context(), d, "nowhere", today); !fault.Is(err, fault.NotFound) {
			t.Errorf("a unit that is not there: %v", err)
		}
		if _, err := s.Map(t.Context(), d, "2026-02-30"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a day that is none: %v", err)
		}
	})
}

// A picture in memory is never older than what is stored, nor newer than what
// a rolled-back transaction leaves.
func TestTheMapInMemoryFollowsEveryChange(t *testing.T) {
	repotest.EachDB(t, migrated(), func(t *testing.T, d *db.DB) {
		s, ctx := filled(t, d), t.Context()
		name := func(q db.Queryer) string {
			u, err := s.Unit(ctx, q, "capil", today)
			must(t, err)
			return u.Name
		}
		old := name(d)
		rename := func(tx *db.Tx, to string) {
			u := smallUnits()[1]
			u.Name = to
			_, err := s.PutUnits(ctx, tx, today, []Unit{u})
			must(t, err)
		}
		undo := errors.New("undo")
		err := d.Tx(ctx, func(tx *db.Tx) error {
			rename(tx, "Disdukcapil")
			if got := name(tx); got != "Disdukcapil" {
				t.Errorf("inside the transaction: %s", got)
			}
			return undo
		})
		if !errors.Is(err, undo) || name(d) != old {
			t.Errorf("after the rollback: %v, %s", err, name(d))
		}
		must(t, d.Tx(ctx, func(tx *db.Tx) error {
			rename(tx, "Dinas Dukcapil")
			return nil
		}))
		if got := name(d); got != "Dinas Dukcapil" {
			t.Errorf("after the commit: %s", got)
		}
		if u, err := s.Unit(ctx, d, "capil", "2026-11-22"); err != nil || u.Name != old {
			t.Errorf("the day before: %s, %v", u.Name, err)
		}
		if one, err := s.Map(ctx, d, today); err != nil {
			t.Error(err)
		} else if two, _ := s.Map(ctx, d, today); one != two {
			t.Error("the map was read twice")
		}
	})
}

func TestPuttingASnapshotTwiceChangesNothing(t *testing.T) {
	repotest.EachDB(t, migrated(), func(t *testing.T, d *db.DB) {
		s, ctx := filled(t, d), t.Context()
		units, positions, people := smallUnits(), smallPositions(), smallPeople()
		units[3].Name, positions[4].Class = "Bidang Sipil", 9
		people[3].Rank, people[4].Name, people[5].NIP = "III/d", "Arif S. Setiawan", ""
		units = append(units, Unit{ID: "baru", Parent: "kota", Name: "Badan Baru", Kind: Agency, From: "2026-03-01"})
		posts := []Tenure{{Person: "dewi", Position: "analis-sipil", From: "2026-06-01"}, {Person: "arif", Position: "analis"}}
		load := func() (all []Outcome) {
			must(t, d.Tx(ctx, func(tx *db.Tx) error {
				all = nil
				for _, put := range []func() ([]Outcome, error){
					func() ([]Outcome, error) { return s.PutUnits(ctx, tx, today, units) },
					func() ([]Outcome, error) { return s.PutPositions(ctx, tx, today, positions) },
					func() ([]Outcome, error) { return s.PutPeople(ctx, tx, today, people) },
					func() ([]Outcome, error) { return s.PutPosts(ctx, tx, today, posts) },
				} {
					out, err := put()
					if err != nil {
						return err
					}
					all = append(all, out...)
				}
				return nil
			}))
			return all
		}
		first, second := load(), load()
		count := func(all []Outcome, o Outcome) (n int) {
			for _, x := range all {
				if x == o {
					n++
				}
			}
			return n
		}
		if count(first, Created) != 1 || count(first, Updated) != 6 {
			t.Errorf("first: %v", first)
		}
		if count(second, Unchanged) != len(second) {
			t.Errorf("second: %v", second)
		}
		if p, err := s.Person(ctx, d, "dewi", "2026-11-22"); err != nil || p.Rank != "III/c" {
			t.Errorf("the day before: %+v, %v", p, err)
		}
		if p, err := s.Person(ctx, d, "fadli", today); err != nil || p.NIP != "" || p.Version != 2 {
			t.Errorf("corrected: %+v, %v", p, err)
		}
		got, err := s.TenuresOf(ctx, d, "dewi", "", "")
		must(t, err)
		if len(got) != 2 || got[0].From != "2026-06-01" || got[1].To != "2026-06-01" {
			t.Errorf("tenures: %+v", got)
		}
	})
}

func TestMove(t *testing.T) {
	was := func(from, to Day, position string) Tenure {
		return Tenure{ID: position, Person: "p", Position: position, Kind: Definitive, From: from, To: to}
	}
	for _, c := range []struct {
		name string
		have []Tenure
		post Tenure
		want moved
	}{
		{
			"first post", nil,
			Tenure{Person: "p", Position: "a", From: "2024-01-01"},
			moved{outcome: Created, begun: Tenure{Person: "p", Position: "a", Kind: Definitive, From: "2024-01-01"}},
		},
		{"same post", []Tenure{was("2024-01-01", "", "a")}, Tenure{Person: "p", Position: "a", From: "2025-01-01"}, moved{}},
		{
			"own date lies before the post now held",
			[]Tenure{was("2026-01-01", "", "a")},
			Tenure{Person: "p", Position: "b", From: "2025-01-01"},
			moved{Updated, []Tenure{was("2026-01-01", today, "a")}, Tenure{Person: "p", Position: "b", Kind: Definitive, From: today}},
		},
		{
			"a post that ended is not overlapped",
			[]Tenure{was("2024-01-01", "2026-02-01", "a")},
			Tenure{Person: "p", Position: "b", From: "2025-01-01"},
			moved{Updated, nil, Tenure{Person: "p", Position: "b", Kind: Definitive, From: "2026-02-01"}},
		},
		{
			"up to what is planned",
			[]Tenure{was("2024-01-01", "2027-01-01", "a"), was("2027-01-01", "", "c")},
			Tenure{Person: "p", Position: "b"},
			moved{Updated, []Tenure{was("2024-01-01", today, "a")}, Tenure{Person: "p", Position: "b", Kind: Definitive, From: today, To: "2027-01-01"}},
		},
		{
			"corrected on its first day",
			[]Tenure{was(today, "", "a")},
			Tenure{Person: "p", Position: "b"},
			moved{Updated, []Tenure{{ID: "a", Person: "p", Position: "b", Kind: Definitive, From: today}}, Tenure{ID: "a", Person: "p", Position: "b", Kind: Definitive, From: today}},
		},
	} {
		got := move(c.have, today, c.post)
		if got.outcome != c.want.outcome || got.begun != c.want.begun || !slices.Equal(got.ended, c.want.ended) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestStretchesFromTheStore(t *testing.T) {
	repotest.EachDB(t, migrated(), func(t *testing.T, d *db.DB) {
		s := filled(t, d)
		got, err := s.Stretches(t.Context(), d, "2026-01-01", "2027-01-01")
		must(t, err)
		want := History{Units: smallUnits(), Positions: smallPositions(), Tenures: smallTenures()}.Stretches("2026-01-01", "2027-01-01")
		if tell(got) != tell(want) || len(got) != 10 {
			t.Errorf("got %s\nwant %s", tell(got), tell(want))
		}
	})
}
