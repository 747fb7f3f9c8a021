package app_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/demo"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/web"
)

// Pages of the sample city under a steady load of 200 requests a second over
// real connections, on both engines, beside a page of the same frame that asks
// the database for nothing but the session. Reported are the 50th and 99th
// percentile in milliseconds and the bytes a page sends, compressed.
func BenchmarkPages(b *testing.B) {
	paths := []struct{ name, who, path string }{
		{"people", "bkpsdm", "/pegawai"},
		{"appraisals", "bkpsdm", "/penilaian"},
		{"team", "atasan", "/tim"},
		{"home", "pegawai", "/"},
		{"reviews", "atasan", "/tim/konfirmasi"},
		{"month", "bkpsdm", "/tutup-bulan/2026-11"},
		{"units", "bkpsdm", "/unit"},
		{"record", "inspektorat", "/catatan"},
		{"services", "pegawai", "/layanan"},
		{"frame", "pegawai", "/menu"},
	}
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		url := ""
		if engine == db.Postgres {
			url = repotest.PostgresURL(b, nil)
		}
		sys := cityFor(b, url)
		if err := sys.Areas.Around.Month.Night(context.Background()); err != nil { // opens the month
			b.Fatal(err)
		}
		settle(b, sys)
		server := httptest.NewServer(sys.Handler())
		for _, p := range paths {
			token, err := sys.Areas.Accounts.SignIn(context.Background(), p.who, demo.Password, account.Device{Network: "192.0.2.1"})
			if err != nil {
				b.Fatal(err)
			}
			b.Run(engine.String()+"/"+p.name, func(b *testing.B) { steady(b, server.URL+p.path, token) })
		}
		server.Close()
	}
}

// settle does what follows a filling by itself within a minute, so that it does
// not happen while pages are timed: PostgreSQL looks at its new tables, and the
// program's memory is given back.
func settle(b *testing.B, sys *app.System) {
	b.Helper()
	err := sys.DB.Tx(b.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(b.Context(), tx, "ANALYZE")
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	debug.FreeOSMemory()
	app.CollectLess()
}

// rate is how many requests a second the benchmark sends.
const rate = 200

// steady sends requests at the rate whatever the answers take, so that waiting
// is measured and not hidden.
func steady(b *testing.B, url, token string) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	took := make([]time.Duration, b.N)
	for range 20 { // what is kept in memory is there before the clock starts
		ask(b, client, url, token)
	}
	var size int64
	var wg sync.WaitGroup
	start := time.Now()
	for i := range b.N {
		due := start.Add(time.Duration(i) * time.Second / rate)
		time.Sleep(time.Until(due))
		wg.Go(func() {
			n := ask(b, client, url, token)
			took[i] = time.Since(due)
			if i == 0 {
				size = n
			}
		})
	}
	wg.Wait()
	slices.Sort(took)
	ms := func(share int) float64 { return float64(took[(len(took)-1)*share/100].Microseconds()) / 1000 }
	b.ReportMetric(ms(50), "p50-ms")
	b.ReportMetric(ms(99), "p99-ms")
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "req/s")
	b.ReportMetric(float64(size)/1000, "kB/page")
	b.ReportMetric(0, "ns/op")
}

// ask gets one page and returns its size in bytes.
func ask(b *testing.B, client *http.Client, url, token string) int64 {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		b.Error(err)
		return 0
	}
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: token})
	r.Header.Set("Accept-Encoding", "gzip") // set by hand, what comes is counted as it was sent
	answer, err := client.Do(r)
	if err != nil {
		b.Error(err)
		return 0
	}
	n, err := io.Copy(io.Discard, answer.Body)
	if closeErr := answer.Body.Close(); err != nil || closeErr != nil || answer.StatusCode != http.StatusOK {
		b.Errorf("%s: %d %v %v", url, answer.StatusCode, err, closeErr)
	}
	return n
}

// The first page after a start on a database that holds the sample city: open,
// look for migrations, make every area, answer.
func BenchmarkFirstPage(b *testing.B) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		b.Run(engine.String(), func(b *testing.B) {
			clock, zone := clockOf(b)
			config := app.Config{Data: b.TempDir(), Demo: true, Now: clock, Zone: zone}
			if engine == db.Postgres {
				config.Database = repotest.PostgresURL(b, nil)
			}
			open := func() *app.System {
				sys, err := app.Open(context.Background(), config)
				if err != nil {
					b.Fatal(err)
				}
				return sys
			}
			sys := open()
			if _, err := demo.Fill(context.Background(), sys, today); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				b.StopTimer()
				if err := sys.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				sys = open()
				w := httptest.NewRecorder()
				sys.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/layanan", nil))
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
			if err := sys.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// clockOf stands on the day of the sample city.
func clockOf(tb testing.TB) (func() time.Time, *time.Location) {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		tb.Fatal(err)
	}
	clock, err := app.ClockAt(today, zone)
	if err != nil {
		tb.Fatal(err)
	}
	return clock, zone
}

// cityFor fills the sample city for a test or benchmark.
func cityFor(tb testing.TB, url string) *app.System {
	tb.Helper()
	clock, zone := clockOf(tb)
	sys, err := app.Open(context.Background(), app.Config{Data: tb.TempDir(), Database: url, Demo: true, Now: clock, Zone: zone})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := sys.Close(); err != nil {
			tb.Error(err)
		}
	})
	if _, err := demo.Fill(context.Background(), sys, today); err != nil {
		tb.Fatal(err)
	}
	return sys
}
