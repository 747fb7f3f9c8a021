package orgimport

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/ledger"
	"github.com/gurindam/gurindam/internal/repotest"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/org"
	"github.com/gurindam/gurindam/rulebook"
)

// What a child process of the benchmark loads, and where.
const (
	childFile = "GURINDAM_IMPORT_CHILD_FILE"
	childDir  = "GURINDAM_IMPORT_CHILD_DIR"
	childURL  = "GURINDAM_IMPORT_CHILD_URL"
)

// TestMain lets the test binary be its own child, so that a benchmark can
// measure the peak memory of one import alone.
func TestMain(m *testing.M) {
	if os.Getenv(childFile) == "" {
		flag.Parse()
		if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
			_ = checks.Value.Set("25") // each check loads several files
		}
		os.Exit(m.Run())
	}
	if err := runChild(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// runChild loads the file as the command line does and prints what became of
// it, the time and the peak memory.
func runChild() error {
	ctx := context.Background()
	d, err := db.Open(ctx, db.Config{URL: os.Getenv(childURL), Dir: os.Getenv(childDir)})
	if err != nil {
		return err
	}
	defer d.Close()
	s, err := service(d, os.Getenv(childDir))
	if err != nil {
		return err
	}
	start := time.Now()
	r, err := s.Machine().Import(ctx, Order{Kind: Roster, Path: os.Getenv(childFile), At: "2026-11-23"})
	if err != nil {
		return err
	}
	fmt.Println(r.Created, r.Unchanged, time.Since(start).Milliseconds(), peakKiB())
	return nil
}

// service returns a service on a database with the national rules.
func service(d *db.DB, dir string) (*Service, error) {
	lib, err := rulebook.National()
	if err != nil {
		return nil, err
	}
	now := func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) }
	return New(Config{Store: org.NewStore(d, now, time.UTC), Books: national{lib}, Dir: dir, Now: now})
}

type national struct{ lib *rulebook.Library }

func (n national) At(_ context.Context, day string) (*rulebook.Book, error) {
	return n.lib.At(rulebook.Day(day), "")
}

// peakKiB is the most memory this process has held, 0 where the system does not
// say.
func peakKiB() int {
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(after)
	if len(fields) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(fields[0])
	return n
}

// tables are the migrations an import needs.
func tables() []db.Migrations {
	return []db.Migrations{ledger.Migrations(), org.Migrations()}
}

// benchRows is the size of the roster that is measured: a large province.
const benchRows = 100_000

// BenchmarkRoster loads a roster of 100,000 rows of 67 columns into a map that
// has its units, and then the same file again, each in a process of its own.
func BenchmarkRoster(b *testing.B) {
	for _, format := range []string{sheet.CSV, sheet.XLSX} {
		file := writeTo(b, b.TempDir(), "roster."+format, format, rosterDoc(benchRows, nil))
		b.Run("sqlite/"+format, func(b *testing.B) { benchImport(b, file, "") })
		b.Run("postgres/"+format, func(b *testing.B) { benchImport(b, file, "postgres") })
	}
}

func benchImport(b *testing.B, file, engine string) {
	var first, second, peak, peak2 int
	var busy, busy2 time.Duration
	for b.Loop() {
		b.StopTimer()
		dir, url := b.TempDir(), ""
		if engine != "" {
			url = repotest.PostgresURL(b, tables())
		}
		prepareMap(b, dir, url)
		b.StartTimer()
		created, _, ms, kib, cpu := child(b, file, dir, url)
		_, unchanged, again, kib2, cpu2 := child(b, file, dir, url)
		if created != benchRows || unchanged != benchRows {
			b.Fatalf("%d created, then %d unchanged", created, unchanged)
		}
		busy, busy2 = max(busy, cpu), max(busy2, cpu2)
		first, second, peak, peak2 = max(first, ms), max(second, again), max(peak, kib), max(peak2, kib2)
	}
	b.ReportMetric(busy.Seconds(), "first-cpu-s")
	b.ReportMetric(busy2.Seconds(), "again-cpu-s")
	b.ReportMetric(float64(first)/1000, "first-s")
	b.ReportMetric(float64(second)/1000, "again-s")
	b.ReportMetric(float64(peak)/1024, "first-peak-MiB")
	b.ReportMetric(float64(peak2)/1024, "again-peak-MiB")
}

// prepareMap makes the tables and loads the units.
func prepareMap(b *testing.B, dir, url string) {
	d, err := db.Open(b.Context(), db.Config{URL: url, Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(b.Context(), tables()); err != nil {
		b.Fatal(err)
	}
	s, err := service(d, dir)
	if err != nil {
		b.Fatal(err)
	}
	units := writeTo(b, dir, "units.csv", sheet.CSV, unitsDoc())
	if _, err := s.Machine().Import(b.Context(), Order{Kind: Units, Path: units, At: "2026-01-01"}); err != nil {
		b.Fatal(err)
	}
}

func child(b *testing.B, file, dir, url string) (created, unchanged, ms, kib int, cpu time.Duration) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFile+"="+file, childDir+"="+dir, childURL+"="+url)
	out, err := cmd.Output()
	if err != nil {
		b.Fatal(err, string(out))
	}
	if _, err := fmt.Sscan(string(out), &created, &unchanged, &ms, &kib); err != nil {
		b.Fatalf("the child said %q", out)
	}
	return created, unchanged, ms, kib, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// writeTo writes a table into a directory and returns its path.
func writeTo(t testing.TB, dir, name, format string, doc sheet.Doc) string {
	t.Helper()
	path := filepath.Join(dir, name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := sheet.Write(f, format, doc); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}
