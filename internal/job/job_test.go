package job_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/job"
	"github.com/gurindam/gurindam/internal/repotest"
)

var schema = []db.Migrations{job.Migrations()}

// clock stands still until it is moved.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC).UnixMicro())
	return c
}

func (c *clock) now() time.Time          { return time.UnixMicro(c.at.Load()) }
func (c *clock) advance(d time.Duration) { c.at.Add(d.Microseconds()) }
func quiet() *slog.Logger                { return slog.New(slog.NewTextHandler(io.Discard, nil)) }
func (c *clock) config() job.Config      { return job.Config{Now: c.now, Log: quiet(), Workers: 4} }
func noop(context.Context, *job.Run) error {
	return nil
}

func enqueue(t *testing.T, d *db.DB, c *clock, task job.Task) string {
	t.Helper()
	var id string
	err := d.Tx(t.Context(), func(tx *db.Tx) (err error) {
		id, err = job.Enqueue(t.Context(), tx, c.now(), task)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func drain(t *testing.T, r *job.Runner) int {
	t.Helper()
	n, err := r.Drain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func status(t *testing.T, d *db.DB, id string) job.Status {
	t.Helper()
	s, err := job.Get(t.Context(), d, id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestJobRunsWithItsPayload(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		id := enqueue(t, d, c, job.Task{Kind: "greet", Payload: map[string]string{"name": "Ani"}})
		if s := status(t, d, id); s.State != job.Waiting || s.Kind != "greet" || s.Attempts != 0 {
			t.Errorf("%+v", s)
		}
		r := job.NewRunner(d, c.config())
		var name string
		r.Handle("greet", func(ctx context.Context, run *job.Run) error {
			var p struct{ Name string }
			err := run.Payload(&p)
			name = p.Name
			run.Progress(ctx, 3, 3, "job.state.done", 3, "x")
			return err
		})
		if n := drain(t, r); n != 1 || name != "Ani" {
			t.Errorf("ran %d for %q", n, name)
		}
		s := status(t, d, id)
		if s.State != job.Done || !s.Over() || s.Percent() != 100 || s.Progress.Key != "job.state.done" || fmt.Sprint(s.Progress.Args) != "[3 x]" || !s.Finished.Equal(c.now()) {
			t.Errorf("%+v", s)
		}
		if n := drain(t, r); n != 0 {
			t.Errorf("ran again %d times", n)
		}
	})
}

func TestRolledBackChangeHasNoJob(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if _, err := job.Enqueue(t.Context(), tx, c.now(), job.Task{Kind: "greet"}); err != nil {
				return err
			}
			return errors.New("refused")
		})
		if err == nil {
			t.Fatal("no error")
		}
		all, err := job.Recent(t.Context(), d, "", 10)
		if err != nil || len(all) != 0 {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// Two thousand jobs, four runners of two workers each that poll the same table.
func TestManyRunnersRunEachJobOnce(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		const jobs = 2000
		c := newClock()
		tasks := make([]job.Task, jobs)
		for i := range tasks {
			tasks[i] = job.Task{Kind: "count", Payload: i}
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := job.EnqueueAll(t.Context(), tx, c.now(), tasks)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var ran [jobs]atomic.Int32
		var wg sync.WaitGroup
		for range 4 {
			cfg := c.config()
			cfg.Workers = 2
			r := job.NewRunner(d, cfg)
			r.Handle("count", func(_ context.Context, run *job.Run) error {
				var i int
				err := run.Payload(&i)
				ran[i].Add(1)
				return err
			})
			wg.Go(func() {
				if _, err := r.Drain(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for i := range ran {
			if n := ran[i].Load(); n != 1 {
				t.Fatalf("job %d ran %d times", i, n)
			}
		}
		counts, err := job.Count(t.Context(), d)
		if err != nil || len(counts) != 1 || counts[job.Done] != jobs {
			t.Errorf("%v, %v", counts, err)
		}
	})
}

func TestErrorsAreTriedAgainLater(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		id := enqueue(t, d, c, job.Task{Kind: "mail", Attempts: 3})
		r := job.NewRunner(d, c.config())
		var attempts []int
		r.Handle("mail", func(_ context.Context, run *job.Run) error {
			attempts = append(attempts, run.Attempt)
			if run.Attempt == 2 {
				panic("boom\x00")
			}
			return errors.New("server away")
		})
		if n := drain(t, r); n != 1 {
			t.Errorf("ran %d times without waiting", n)
		}
		if s := status(t, d, id); s.State != job.Waiting || s.Problem.Key != "job.failed" || !s.RunAt.Equal(c.now().Add(10*time.Second)) {
			t.Errorf("%+v", s)
		}
		c.advance(9 * time.Second)
		if n := drain(t, r); n != 0 {
			t.Errorf("ran %d times too early", n)
		}
		c.advance(time.Second)
		drain(t, r)
		c.advance(40 * time.Second)
		drain(t, r)
		if s := status(t, d, id); s.State != job.Failed || s.Attempts != 3 || !slices.Equal(attempts, []int{1, 2, 3}) {
			t.Errorf("attempts %v, %+v", attempts, s)
		}
	})
}

func TestFaultThatLastsIsNotTriedAgain(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		id := enqueue(t, d, c, job.Task{Kind: "import"})
		r := job.NewRunner(d, c.config())
		r.Handle("import", func(context.Context, *job.Run) error { return fault.Wrong("sheet.encrypted", "a.xlsx", 7) })
		drain(t, r)
		if s := status(t, d, id); s.State != job.Failed || s.Problem.Key != "sheet.encrypted" || fmt.Sprint(s.Problem.Args) != "[a.xlsx 7]" {
			t.Errorf("%+v", s)
		}
	})
}

func TestKeyWaitsOnce(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		task := job.Task{Kind: "index", Key: "index:unit"}
		first, second := enqueue(t, d, c, task), enqueue(t, d, c, task)
		if first != second {
			t.Errorf("two wait: %s and %s", first, second)
		}
		r := job.NewRunner(d, c.config())
		runs, again := 0, ""
		r.Handle("index", func(context.Context, *job.Run) error {
			runs++
			if runs == 1 {
				// A change comes in while the job runs: it must run once more,
				// and not beside this one.
				again = enqueue(t, d, c, task)
			}
			return nil
		})
		if n := drain(t, r); n != 2 || again == first {
			t.Errorf("ran %d times, again %s", n, again)
		}
		if s, err := job.Last(t.Context(), d, "index:unit"); err != nil || s.ID != again || s.State != job.Done {
			t.Errorf("%+v, %v", s, err)
		}
	})
}

// A job that fails while its successor waits is not put back beside it.
func TestFailedJobGivesWayToItsSuccessor(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		task := job.Task{Kind: "index", Key: "index:unit"}
		first, second := enqueue(t, d, c, task), ""
		r := job.NewRunner(d, c.config())
		r.Handle("index", func(context.Context, *job.Run) error {
			if second == "" {
				second = enqueue(t, d, c, task)
				return errors.New("away")
			}
			return nil
		})
		drain(t, r)
		if s := status(t, d, first); s.State != job.Failed || s.Problem.Key != "job.replaced" {
			t.Errorf("%+v", s)
		}
		if s := status(t, d, second); s.State != job.Done {
			t.Errorf("%+v", s)
		}
	})
}

// Results written in Finish are written once even when the first runner was
// thought dead and comes back.
func TestFinishAfterALostLeaseWritesNothing(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		id := enqueue(t, d, c, job.Task{Kind: "pay"})
		results := 0
		pay := func(ctx context.Context, run *job.Run) error {
			return run.Finish(ctx, func(tx *db.Tx) error {
				_, err := job.Enqueue(ctx, tx, c.now(), job.Task{Kind: "result"})
				results++
				return err
			})
		}
		slow, quick := job.NewRunner(d, c.config()), job.NewRunner(d, c.config())
		quick.Handle("pay", pay)
		slow.Handle("pay", func(ctx context.Context, run *job.Run) error {
			c.advance(10 * time.Minute) // the machine slept
			working, stop := context.WithCancel(ctx)
			var wg sync.WaitGroup
			wg.Go(func() { quick.Run(working) })
			for status(t, d, id).State != job.Done {
				time.Sleep(5 * time.Millisecond)
			}
			stop()
			wg.Wait()
			return pay(ctx, run)
		})
		drain(t, slow)
		all, err := job.Recent(t.Context(), d, job.Waiting, 10)
		if err != nil || len(all) != 1 || results != 2 {
			t.Errorf("%d results stored of %d tried, %v", len(all), results, err)
		}
	})
}

func TestShutdownPutsUnfinishedWorkBack(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		id := enqueue(t, d, c, job.Task{Kind: "long"})
		cfg := c.config()
		cfg.Grace = time.Nanosecond
		r := job.NewRunner(d, cfg)
		began := make(chan struct{})
		r.Handle("long", func(ctx context.Context, _ *job.Run) error {
			close(began)
			<-ctx.Done()
			return ctx.Err()
		})
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { r.Run(ctx) })
		<-began
		cancel()
		wg.Wait()
		if s := status(t, d, id); s.State != job.Waiting || s.Attempts != 0 {
			t.Errorf("%+v", s)
		}
	})
}

func TestRunHearsOfNewJobs(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		cfg := c.config()
		cfg.Poll = time.Hour
		r := job.NewRunner(d, cfg)
		ran := make(chan string, 10)
		r.Handle("ping", func(_ context.Context, run *job.Run) error {
			ran <- run.ID
			return nil
		})
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { r.Run(ctx) })
		for range 3 {
			if id, got := enqueue(t, d, c, job.Task{Kind: "ping"}), <-ran; id != got {
				t.Errorf("ran %s, want %s", got, id)
			}
		}
		cancel()
		wg.Wait()
	})
}

func TestRunnerLeavesKindsItDoesNotKnow(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		id := enqueue(t, d, c, job.Task{Kind: "strange"})
		later := enqueue(t, d, c, job.Task{Kind: "known", At: c.now().Add(time.Minute)})
		r := job.NewRunner(d, c.config())
		r.Handle("known", noop)
		if n := drain(t, r); n != 0 {
			t.Errorf("ran %d", n)
		}
		c.advance(time.Minute)
		drain(t, r)
		if a, b := status(t, d, id).State, status(t, d, later).State; a != job.Waiting || b != job.Done {
			t.Errorf("%s, %s", a, b)
		}
		if _, err := job.Get(t.Context(), d, "nothing"); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
	})
}

func TestDailyJobRunsOnceADay(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock() // 01:00 UTC is 08:00 in Jakarta
		var days []string
		start := func() {
			cfg := c.config()
			cfg.Zone = time.FixedZone("WIB", 7*3600)
			for range 2 { // two servers
				r := job.NewRunner(d, cfg)
				r.Handle("digest", func(_ context.Context, run *job.Run) error {
					var day string
					err := run.Payload(&day)
					days = append(days, day)
					return err
				})
				r.Daily("digest", 8, 30)
				if err := r.Upkeep(t.Context()); err != nil {
					t.Error(err)
				}
				drain(t, r)
			}
		}
		for _, d := range []time.Duration{0, 30 * time.Minute, time.Hour, 24 * time.Hour, 72 * time.Hour} {
			c.advance(d)
			start()
		}
		if got := strings.Join(days, " "); got != "2026-11-23 2026-11-24 2026-11-27" {
			t.Errorf("ran on %s", got)
		}
	})
}

func TestOldJobsAreForgotten(t *testing.T) {
	repotest.EachDB(t, schema, func(t *testing.T, d *db.DB) {
		c := newClock()
		old := enqueue(t, d, c, job.Task{Kind: "ping"})
		r := job.NewRunner(d, c.config())
		r.Handle("ping", noop)
		drain(t, r)
		c.advance(31 * 24 * time.Hour)
		kept := enqueue(t, d, c, job.Task{Kind: "ping", At: c.now().Add(time.Hour)})
		if err := r.Upkeep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := job.Get(t.Context(), d, old); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
		if s := status(t, d, kept); s.State != job.Waiting {
			t.Errorf("%+v", s)
		}
	})
}
