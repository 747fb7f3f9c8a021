package appraisal

import (
	"fmt"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/policy"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/rulebook"
)

// cityPeople is the size of the agency these benchmarks run on.
const cityPeople = 5000

// bigOffice is a map of so many people in units of forty.
func bigOffice(people int) *office {
	o := newOffice(2025)
	w := AnnualOf(2025)
	for i := range people {
		who := Identity{
			PersonID: fmt.Sprintf("x-%05d", i), Name: fmt.Sprintf("Pegawai %05d", (i*7919)%people), NIP: fmt.Sprintf("1990010120150%05d", i), Rank: "III/b",
			PostID: fmt.Sprintf("q-%05d", i), Post: "Analis Kependudukan", UnitID: "bidang", Unit: "Bidang Pelayanan",
		}
		o.postings = append(o.postings, Posting{
			Who: who, TenureID: "t" + who.PersonID, Tenure: definitive, Group: "pns", Kind: "fungsional", UnitKind: "bidang", From: w.From(), To: w.To(),
			Evaluator: boss, EvalHow: HowDefinitive, Above: head, AboveHow: HowDefinitive,
		})
	}
	return o
}

// bigWorld is a year of many people, loaded whole.
func bigWorld(b *testing.B, d *db.DB) *Service {
	b.Helper()
	library, err := rulebook.National()
	if err != nil {
		b.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 2, 1, 8, 0, 0, 0, time.UTC) }
	o := bigOffice(cityPeople)
	access := account.NewAccess(o)
	s := New(Config{DB: d, Access: access, Map: o, Books: policy.New(d, access, library, now), Now: now})
	if _, err := s.OpenPeriod(b.Context(), asHR, NewPeriod{Year: 2025}); err != nil {
		b.Fatal(err)
	}
	return s
}

func loadBig(b *testing.B, s *Service) {
	b.Helper()
	parts, err := s.Parts(b.Context(), s.db, 2025)
	if err != nil {
		b.Fatal(err)
	}
	at := time.Date(2026, 1, 12, 9, 0, 0, 0, time.UTC)
	by := Signer{boss.PersonID, boss.Name, boss.Post}
	var records []Record
	for _, p := range parts {
		plan := Plan{State: Approved, Revision: 1, Content: fullContent(p.Form), DecidedAt: at, DecidedBy: by, UpdatedAt: at}
		r := Record{Part: p, Plan: &plan}
		for m := 1; m <= 6; m++ {
			r.Progress = append(r.Progress, Progress{ResultID: "r1", IndicatorID: "i1", Month: fmt.Sprintf("2025-%02d", m), Value: "300", CreatedAt: at})
		}
		r.Evaluations = []LoadEvaluation{{DecidedAt: "2026-01-19", Evaluation: Evaluation{
			Window: year2025, State: Received, Self: Side{SentAt: at}, Superior: Side{SentAt: at}, Ratings: good(), RatedAt: at, RatedBy: by, ReceivedAt: at,
		}}}
		records = append(records, r)
	}
	org := Organisation{UnitID: "dinas", Unit: "Dinas", Window: year2025, Predicate: OrganisationGood, At: at}
	if err := s.tx(b.Context(), func(tx *db.Tx) error { return s.Load(b.Context(), tx, asHR, []Organisation{org}, records) }); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkLoad stores a whole year of 5,000 people: plans, progress and
// results.
func BenchmarkLoad(b *testing.B) {
	for range b.N {
		b.StopTimer()
		s := bigWorld(b, repotest.OpenSQLite(b, testMigrations()))
		b.StartTimer()
		loadBig(b, s)
	}
}

// BenchmarkList is one page of 50 of 5,000 people with the counts of all.
func BenchmarkList(b *testing.B) {
	for name, d := range map[string]*db.DB{"sqlite": repotest.OpenSQLite(b, testMigrations()), "postgres": repotest.OpenPostgres(b, testMigrations())} {
		s := bigWorld(b, d)
		loadBig(b, s)
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if l, err := s.List(b.Context(), asHR, ListQuery{Window: year2025}); err != nil || len(l.Rows) != 50 {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkEvaluateAll computes every predicate of 5,000 people.
func BenchmarkEvaluateAll(b *testing.B) {
	s := bigWorld(b, repotest.OpenSQLite(b, testMigrations()))
	loadBig(b, s)
	b.ResetTimer()
	for range b.N {
		if r, err := s.EvaluateAll(b.Context(), year2025); err != nil || r.Counts.Computed == 0 {
			b.Fatal(err)
		}
	}
}
