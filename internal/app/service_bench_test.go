package app_test

import (
	"context"
	"math/rand/v2"
	"net/http/httptest"
	"testing"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/participation"
)

// BenchmarkServicePage asks at 200 requests a second for the pages of a service
// with 100,000 published answers and 100,000 in its running wave. Goal: p99
// under 20 ms.
func BenchmarkServicePage(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		url := ""
		if engine == "postgres" {
			url = repotest.PostgresURL(b, nil)
		}
		sys := cityFor(b, url)
		crowd(b, sys)
		settle(b, sys)
		server := httptest.NewServer(sys.Handler())
		for _, p := range []struct{ name, path string }{
			{"page", "/layanan/" + crowded}, {"form", "/s/" + crowded}, {"thanks", "/s/" + crowded + "/terima-kasih"}, {"list", "/layanan"},
		} {
			b.Run(engine+"/"+p.name, func(b *testing.B) { steady(b, server.URL+p.path, "") })
		}
		server.Close()
	}
}

// crowded is a service a hundred thousand people have answered about, twice.
const crowded = "seratus-ribu"

func crowd(b *testing.B, sys *app.System) {
	b.Helper()
	rng := rand.New(rand.NewPCG(100, 1000))
	answers := func(day string) []participation.Answer {
		list := make([]participation.Answer, 100_000)
		for i := range list {
			list[i] = participation.Answer{Stratum: participation.Open, Day: day, Marks: make(participation.Marks, 9)}
			for e := range list[i].Marks {
				list[i].Marks[e] = uint8(1 + rng.IntN(4))
			}
		}
		return list
	}
	wave := func(from, to, closed string) participation.Wave {
		return participation.Wave{
			Name: participation.PeriodName(from, to), OpensOn: from, EndsOn: to, ClosedOn: closed, Elements: participation.Nine(), Basis: participation.Strata(),
			Population: 400_000, TargetBy: "krejcie",
		}
	}
	like, err := sys.Areas.Participation.Service(b.Context(), surveyed)
	if err != nil {
		b.Fatal(err)
	}
	hr := account.Actor{ID: "bench", Grants: []account.Grant{{Role: account.HR}}}
	err = sys.Areas.Participation.Load(context.Background(), hr, []participation.LoadService{{
		Service: participation.Service{Code: crowded, UnitID: like.UnitID, Name: "Seratus ribu jawaban"},
		Waves: []participation.LoadWave{
			{Wave: wave("2026-07-01", "2026-09-30", "2026-10-03"), Answers: answers("2026-08-12"), PublishedOn: "2026-10-10"},
			{Wave: wave("2026-10-01", "2026-12-31", ""), Answers: answers("2026-11-12")},
		},
	}})
	if err != nil {
		b.Fatal(err)
	}
}
