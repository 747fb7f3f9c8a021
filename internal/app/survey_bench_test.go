package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/app"
	"github.com/gurindam/gurindam/internal/demo"
	"github.com/gurindam/gurindam/internal/repotest"
)

// BenchmarkSurvey drives POST /s/{code} over real connections on a server with
// a process of its own and the rate limit off: stored on SQLite and on
// PostgreSQL, beside the same server that stores nothing and beside PocketBase
// with the same nine fields. All are fully synchronised, and what was
// acknowledged is counted afterwards. Goals: at least 0.7 of the server that
// stores nothing, twelve times PocketBase, a p99 of at most a twentieth of its.
//
// GURINDAM_BENCH_SECONDS is how long each is driven, six without it.
// GURINDAM_BENCH_POCKETBASE names a built PocketBase; without it the program in
// bench/pocketbase is built, or left out when it cannot be.
func BenchmarkSurvey(b *testing.B) {
	var rival, empty load
	b.Run("pocketbase", func(b *testing.B) {
		rival = drive(b, pocketBase(b))
		rival.report(b)
	})
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine+"/discarded", func(b *testing.B) {
			empty = drive(b, gurindam(b, engine, true))
			empty.report(b)
		})
		b.Run(engine+"/stored", func(b *testing.B) {
			l := drive(b, gurindam(b, engine, false))
			l.report(b)
			l.beside(b, empty, rival)
			b.ReportMetric(l.page, "page-p99-ms")
		})
	}
}

// surveyed is a service of the sample city whose wave is running.
const surveyed = "ktp-el-kk"

// gurindam starts this test program again as a server of the sample city.
func gurindam(b *testing.B, engine string, discard bool) target {
	b.Helper()
	url := ""
	if engine == "postgres" {
		url = repotest.DurablePostgresURL(b)
	}
	address := freeAddress(b)
	server := exec.Command(os.Args[0], "-test.run=^TestServeForBenchmark$")
	server.Env = append(os.Environ(), "BENCH_LISTEN="+address, "BENCH_DIR="+b.TempDir(), "BENCH_DATABASE="+url, fmt.Sprintf("BENCH_DISCARD=%t", discard))
	start(b, server, address, "/healthz")
	t := target{address: address, requests: surveyPosts(address), acknowledged: http.StatusSeeOther, process: server.Process.Pid}
	before := stored(b, address)
	t.stored = func() int { return stored(b, address) - before }
	t.page = "http://" + address + "/layanan/" + surveyed
	if discard {
		t.stored, t.page = nil, ""
	}
	return t
}

// TestServeForBenchmark is the server's side of BenchmarkSurvey; run as a test
// it has nothing to do.
func TestServeForBenchmark(t *testing.T) {
	address := os.Getenv("BENCH_LISTEN")
	if address == "" {
		t.Skip("serves only for the benchmark")
	}
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	clock, err := app.ClockAt(today, zone)
	if err != nil {
		t.Fatal(err)
	}
	sys, err := app.Open(t.Context(), app.Config{
		Data: os.Getenv("BENCH_DIR"), Database: os.Getenv("BENCH_DATABASE"), Demo: true, Now: clock, Zone: zone, Log: slog.Default(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Fill(context.Background(), sys, today); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("BENCH_DISCARD") == "true" {
		sys.DiscardAnswers()
	}
	server := &http.Server{
		Addr: address, Handler: sys.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
	}
	t.Fatal(server.ListenAndServe()) // ended by its parent
}

// pocketBase starts PocketBase.
func pocketBase(b *testing.B) target {
	b.Helper()
	program := os.Getenv("GURINDAM_BENCH_POCKETBASE")
	if program == "" {
		program = buildPocketBase(b)
	}
	address := freeAddress(b)
	server := exec.Command(program, "serve", "--http", address, "--dir", filepath.Join(b.TempDir(), "data"))
	start(b, server, address, "/api/health")
	return target{
		address: address, requests: pocketPosts(address), acknowledged: http.StatusOK, process: server.Process.Pid,
		stored: func() int { return pocketStored(b, address) },
	}
}

// start runs a server until the benchmark ends and returns when it answers.
func start(b *testing.B, server *exec.Cmd, address, health string) {
	b.Helper()
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = server.Process.Kill() // a benchmark's server has nothing to lose
		_ = server.Wait()
	})
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		answer, err := http.Get("http://" + address + health)
		if err != nil {
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			return
		}
	}
	b.Fatal("the server did not answer within a minute")
}

func freeAddress(b *testing.B) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// buildPocketBase builds the module of bench/pocketbase, whose files carry
// ".txt" so that neither its code nor its dependencies are taken for ours.
func buildPocketBase(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	for _, name := range []string{"main.go", "go.mod", "go.sum"} {
		raw, err := os.ReadFile(filepath.Join("..", "..", "bench", "pocketbase", name+".txt"))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), raw, 0o600)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	build := exec.Command("go", "build", "-mod=mod", "-o", "pocketbase", ".")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		b.Skipf("PocketBase cannot be built here: %v\n%s", err, out)
	}
	return filepath.Join(dir, "pocketbase")
}
