package job

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/gurindam/gurindam/internal/db"
)

// lease is how long a runner holds a job without renewing the lease.
const lease = 2 * time.Minute

// Handler does the work of one kind of job.
type Handler func(ctx context.Context, r *Run) error

// Config says how a Runner works. The zero value works.
type Config struct {
	Workers int              // jobs at the same time; 0 means 2
	Now     func() time.Time // nil means time.Now
	Zone    *time.Location   // of daily jobs; nil means UTC
	Poll    time.Duration    // how often to look for what other processes enqueued; 0 means 2 s
	Grace   time.Duration    // how long running jobs may go on at shutdown; 0 means 20 s
	Keep    time.Duration    // how long finished jobs are kept; 0 means 30 days
	Log     *slog.Logger     // nil means slog.Default()
}

// Runner claims jobs and runs them. Handlers are registered before it runs.
type Runner struct {
	db       *db.DB
	cfg      Config
	id       string // tells this runner's claims from others'
	handlers map[string]Handler
	daily    []daily
	slots    chan struct{}
	running  sync.WaitGroup
}

// NewRunner returns a runner without handlers.
func NewRunner(d *db.DB, c Config) *Runner {
	if c.Workers == 0 {
		c.Workers = 2
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	if c.Poll == 0 {
		c.Poll = 2 * time.Second
	}
	if c.Grace == 0 {
		c.Grace = 20 * time.Second
	}
	if c.Keep == 0 {
		c.Keep = 30 * 24 * time.Hour
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return &Runner{db: d, cfg: c, id: db.NewID(), handlers: map[string]Handler{}, slots: make(chan struct{}, c.Workers)}
}

// Handle registers the handler of a kind.
func (r *Runner) Handle(kind string, h Handler) { r.handlers[kind] = h }

// Run works until ctx ends, then lets running jobs go on for the grace period
// and puts back those that are still not finished.
func (r *Runner) Run(ctx context.Context) {
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	woken, stop := r.db.Woken(topic)
	defer stop()
	upkeep := time.NewTicker(lease / 4)
	defer upkeep.Stop()
	poll := time.NewTicker(r.cfg.Poll)
	defer poll.Stop()
	r.upkeep(ctx)
	for ctx.Err() == nil {
		n, err := r.dispatch(ctx, work)
		if err != nil && ctx.Err() == nil {
			r.cfg.Log.ErrorContext(ctx, "job: cannot claim, will try again", "err", err)
		}
		if n > 0 && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-woken:
		case <-poll.C:
		case <-upkeep.C:
			r.upkeep(ctx)
		}
	}
	r.finish(stopWork)
}

func (r *Runner) upkeep(ctx context.Context) {
	if err := r.Upkeep(ctx); err != nil && ctx.Err() == nil {
		r.cfg.Log.ErrorContext(ctx, "job: upkeep failed, will try again", "err", err)
	}
}

// finish waits for the running jobs and interrupts them when the grace is over.
func (r *Runner) finish(stopWork context.CancelFunc) {
	idle := make(chan struct{})
	go func() {
		r.running.Wait()
		close(idle)
	}()
	grace := time.NewTimer(r.cfg.Grace)
	defer grace.Stop()
	select {
	case <-idle:
	case <-grace.C:
		stopWork()
		<-idle
	}
}

// Drain runs everything that is due and what that enqueues, and returns when
// nothing is due any more: for commands and tests. It returns the number of
// runs.
func (r *Runner) Drain(ctx context.Context) (int, error) {
	total := 0
	for {
		n, err := r.dispatch(ctx, ctx)
		total += n
		if err != nil {
			r.running.Wait()
			return total, err
		}
		if n > 0 {
			continue
		}
		// What is running may enqueue more.
		r.running.Wait()
		if n, err = r.dispatch(ctx, ctx); n == 0 || err != nil {
			return total, err
		}
		total += n
	}
}

// dispatch waits for a free worker, claims as many jobs as there are free
// workers, starts them and returns how many it were.
func (r *Runner) dispatch(ctx, work context.Context) (int, error) {
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case r.slots <- struct{}{}:
	}
	free := 1
	for len(r.slots) < cap(r.slots) {
		r.slots <- struct{}{} // only this goroutine takes slots
		free++
	}
	claimed, err := r.claim(ctx, free)
	for range free - len(claimed) {
		<-r.slots
	}
	for _, run := range claimed {
		r.running.Go(func() {
			defer func() { <-r.slots }()
			r.execute(work, run)
		})
	}
	return len(claimed), err
}
