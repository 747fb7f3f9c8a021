package nation

import (
	"bytes"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/repotest"
)

// peopleEnv is how many people BenchmarkNation evaluates; a tenth of the
// nation without it.
const peopleEnv = "GURINDAM_NATION"

// BenchmarkNation evaluates the year of a nation end to end, from the stored
// rows to the stored results, on both engines. Beside it stand plain SQL doing
// the same over one wide row a person, only reading those rows, and only
// reading the packed ones.
func BenchmarkNation(b *testing.B) {
	people := 470_000
	if n, err := strconv.Atoi(os.Getenv(peopleEnv)); err == nil && n >= perUnit {
		people = n
	}
	units := people / perUnit
	for name, open := range map[string]func() *db.DB{
		"sqlite":   func() *db.DB { return repotest.OpenSQLite(b, []db.Migrations{Migrations()}) },
		"postgres": func() *db.DB { return repotest.OpenPostgres(b, []db.Migrations{Migrations()}) },
	} {
		b.Run(name, func(b *testing.B) {
			d, rules := open(), nationalRules(b)
			check(b, storeSample(b.Context(), d, units))
			var digest string
			nothing := func() {}
			wide := sync.OnceFunc(func() { check(b, makeWide(b.Context(), d, units)) })
			measured(b, "evaluate", nothing, func(b *testing.B) {
				s, err := Evaluate(b.Context(), d, rules)
				check(b, err)
				if s.Units != int64(units) {
					b.Fatalf("%+v", s)
				}
				digest = s.Digest
			})
			b.Logf("%d people in %d units, digest %s", units*perUnit, units, digest)
			measured(b, "read-packed", nothing, func(b *testing.B) { readPacked(b, d) })
			measured(b, "read-wide", wide, func(b *testing.B) { readWide(b, d) })
			measured(b, "plain-sql", wide, func(b *testing.B) { check(b, plainSQL(b.Context(), d, rules)) })
		})
	}
}

// measured runs fn after prepare and reports fn's seconds and the most memory this program
// held meanwhile. Only what is asked for is prepared.
func measured(b *testing.B, name string, prepare func(), fn func(b *testing.B)) {
	b.Run(name, func(b *testing.B) {
		prepare()
		debug.FreeOSMemory()
		forgetPeak()
		start := time.Now()
		for range b.N {
			fn(b)
		}
		b.ReportMetric(time.Since(start).Seconds()/float64(b.N), "s")
		b.ReportMetric(peakMiB(), "peak-MiB")
		b.ReportMetric(0, "ns/op")
	})
}

// forgetPeak lets the system count the peak of memory anew, where it can.
func forgetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakMiB is the most memory this program held since, or what Go has taken
// where the system does not say.
func peakMiB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		for line := range bytes.Lines(status) {
			if fields := bytes.Fields(line); len(fields) > 1 && string(fields[0]) == "VmHWM:" {
				kib, _ := strconv.ParseFloat(string(fields[1]), 64)
				return kib / 1024
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys) / (1 << 20)
}

func readPacked(b *testing.B, d *db.DB) {
	var total int
	check(b, db.Each(b.Context(), d, selectUnit+`WHERE unit >= $1`, func(r db.Row) error {
		var unit, organisation string
		var block []byte
		err := r.Scan(&unit, &organisation, &block)
		total += len(block)
		return err
	}, ""))
	if total == 0 {
		b.Fatal("nothing was read")
	}
}

func readWide(b *testing.B, d *db.DB) {
	var total int64
	var unit string
	var n [3 + Months]int64
	to := []any{&unit}
	for i := range n {
		to = append(to, &n[i])
	}
	check(b, db.Each(b.Context(), d, `SELECT unit, person, results, conduct, m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11, m12 FROM nation_wide`, func(r db.Row) error {
		err := r.Scan(to...)
		total += n[3]
		return err
	}))
	if total == 0 {
		b.Fatal("nothing was read")
	}
}
