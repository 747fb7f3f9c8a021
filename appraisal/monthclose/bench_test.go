package monthclose

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/appraisal/appraisaltest"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// cityPeople is the size of the agency these benchmarks run on.
const cityPeople = 5000

// bigCity is the month's close of so many people in offices of two hundred.
func bigCity(b *testing.B, d *db.DB) *Service {
	b.Helper()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	now := func() time.Time { return time.Date(2026, 3, 23, 2, 0, 0, 0, time.UTC) }
	store := org.NewStore(d, now, time.UTC)
	must(d.Tx(b.Context(), func(tx *db.Tx) error { return bigMap(b.Context(), tx, store) }))
	library, err := rulebook.National()
	must(err)
	access := account.NewAccess(store)
	books := policy.New(d, access, library, now)
	years := appraisal.New(appraisal.Config{DB: d, Access: access, Map: appraisal.NewOrgMap(store), Books: books, Now: now})
	for _, year := range []int{2025, 2026} {
		_, err := years.OpenPeriod(b.Context(), hr, appraisal.NewPeriod{Year: year})
		must(err)
	}
	s := New(Config{DB: d, Access: access, Org: store, Appraisals: years, Books: books, Now: now})
	all := Sample2026(march, "")
	must(Demo(b.Context(), s, hr, all[len(all)-1]))
	// A living database has counted its tables; PostgreSQL does so by itself
	// within a minute.
	must(d.Tx(b.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(b.Context(), tx, `ANALYZE`)
		return err
	}))
	return s
}

func bigMap(ctx context.Context, tx *db.Tx, store *org.Store) error {
	const since = org.Day("2021-01-01")
	units := []org.Unit{{ID: "kota", Kind: org.City, Name: "Kota", From: since}}
	var positions []org.Position
	var people []org.Person
	var tenures []org.Tenure
	for i := range cityPeople {
		office := fmt.Sprintf("dinas-%02d", i/200)
		id := fmt.Sprintf("x-%05d", i)
		if i%200 == 0 {
			units = append(units, org.Unit{ID: office, Parent: "kota", Kind: org.Office, Name: "Dinas " + office, From: since})
			positions = append(positions,
				org.Position{ID: office + "/kepala", Unit: office, Title: "Kepala", Kind: org.JPTPratama, Need: "1", Head: true, Class: 14, From: since, Group: "umum"},
				org.Position{ID: office + "/staf", Unit: office, Title: "Analis", Kind: org.Functional, Need: "199", Class: 8, From: since, Group: "umum"})
		}
		post := office + "/staf"
		if i%200 == 0 {
			post = office + "/kepala"
		}
		people = append(people, org.Person{
			ID: id, NIP: fmt.Sprintf("1990010120150%05d", i), Name: fmt.Sprintf("Pegawai %05d", (i*7919)%cityPeople), Employment: org.PNS,
			Rank: "III/b", Education: "s1", LegalStatus: org.Active, From: since, Version: 1,
		})
		tenures = append(tenures, org.Tenure{ID: "t-" + id, Person: id, Position: post, Kind: org.Definitive, From: since, Version: 1})
	}
	if err := store.AddUnits(ctx, tx, units); err != nil {
		return err
	}
	if err := store.AddPositions(ctx, tx, positions); err != nil {
		return err
	}
	if err := store.AddPeople(ctx, tx, people); err != nil {
		return err
	}
	return store.AddTenures(ctx, tx, tenures)
}

func eachEngine(b *testing.B, fn func(b *testing.B, s *Service)) {
	tables := appraisaltest.Migrations(Migrations())
	for name, open := range map[string]func() *db.DB{
		"sqlite":   func() *db.DB { return repotest.OpenSQLite(b, tables) },
		"postgres": func() *db.DB { return repotest.OpenPostgres(b, tables) },
	} {
		s := bigCity(b, open())
		b.Run(name, func(b *testing.B) { fn(b, s) })
	}
}

// BenchmarkRefresh makes the whole month of 5,000 people anew: map,
// evaluations, lists and every sum.
func BenchmarkRefresh(b *testing.B) {
	eachEngine(b, func(b *testing.B, s *Service) {
		for range b.N {
			if _, err := s.Open(b.Context(), hr, march); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkRewrite does the same when every row changes.
func BenchmarkRewrite(b *testing.B) {
	eachEngine(b, func(b *testing.B, s *Service) {
		for range b.N {
			err := s.DB.Tx(b.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(b.Context(), tx, `UPDATE monthclose_row SET net = net + 1 WHERE month = $1`, string(march))
				return err
			})
			if err == nil {
				_, err = s.Open(b.Context(), hr, march)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkOverview is what the page of the month asks for.
func BenchmarkOverview(b *testing.B) {
	eachEngine(b, func(b *testing.B, s *Service) {
		for range b.N {
			if o, err := s.Overview(b.Context(), hr, march); err != nil || o.Late != 312 {
				b.Fatal(o.Late, err)
			}
		}
	})
}

// BenchmarkPeople is one page of 50 of 5,000, searched and sorted.
func BenchmarkPeople(b *testing.B) {
	eachEngine(b, func(b *testing.B, s *Service) {
		for range b.N {
			if l, err := s.People(b.Context(), hr, march, Query{Text: "peg", Sort: "-cuts"}); err != nil || len(l.Rows) != 50 {
				b.Fatal(len(l.Rows), err)
			}
		}
	})
}

// BenchmarkPerson is one person's sum with its explanation.
func BenchmarkPerson(b *testing.B) {
	eachEngine(b, func(b *testing.B, s *Service) {
		for range b.N {
			if p, err := s.Person(b.Context(), hr, march, "x-00042"); err != nil || len(p.Because) == 0 {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkFormula reckons 5,000 people in memory.
func BenchmarkFormula(b *testing.B) {
	f := NewFormula(nationalRule(b))
	in := Input{Class: 8, Group: "pns", Employment: "pns", Rank: "III/b", Predicate: appraisal.Good, Events: []Event{{Day: "2026-03-02", Code: "terlambat", Minutes: 12}}}
	for range b.N {
		for range cityPeople {
			if f.Pay(in).Net == 0 {
				b.Fatal("nothing is paid")
			}
		}
	}
}
