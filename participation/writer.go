package participation

import (
	"context"
	"sync"
	"time"

	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const (
	maxTogether   = 1024             // answers that share a transaction
	crowd         = 8                // answers together from which it pays to gather more
	gather        = time.Millisecond // how long, before the next transaction
	writeDeadline = 30 * time.Second // of a shared transaction; callers may leave earlier
)

// writer stores answers that arrive together in one transaction: one disk
// flush, one addition to the counters and sums for all of them. An answer that
// comes alone is not delayed.
type writer struct {
	db    *db.DB
	mu    sync.Mutex
	queue []*pending
	busy  bool // a goroutine is writing
}

type pending struct {
	s    Submission
	err  error
	done chan struct{}
}

// Do stores one submission and returns once it is on disk. When ctx ends before
// its turn nothing is stored; after that the outcome is waited for.
func (w *writer) Do(ctx context.Context, s Submission) error {
	p := &pending{s: s, done: make(chan struct{})}
	w.mu.Lock()
	w.queue = append(w.queue, p)
	if !w.busy {
		w.busy = true
		go w.work()
	}
	w.mu.Unlock()
	select {
	case <-p.done:
	case <-ctx.Done():
		if w.withdraw(p) {
			return ctx.Err()
		}
		<-p.done
	}
	return p.err
}

// withdraw takes p out of the queue; false means its turn has come already.
func (w *writer) withdraw(p *pending) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, q := range w.queue {
		if q == p {
			w.queue = append(w.queue[:i:i], w.queue[i+1:]...)
			return true
		}
	}
	return false
}

// work writes until the queue is empty.
func (w *writer) work() {
	for {
		w.mu.Lock()
		n := min(len(w.queue), maxTogether)
		batch := w.queue[:n:n]
		w.queue = w.queue[n:]
		if n == 0 {
			w.queue, w.busy = nil, false
			w.mu.Unlock()
			return
		}
		w.mu.Unlock()
		w.write(batch)
		for _, p := range batch {
			close(p.done)
		}
		if n >= crowd {
			time.Sleep(gather)
		}
	}
}

// write commits the batch. When one of its waves was closed meanwhile, every
// answer is tried alone, so that only those refused fail.
func (w *writer) write(batch []*pending) {
	err := w.store(batch)
	if len(batch) > 1 && err != nil && fault.KindOf(err) != fault.Internal && fault.KindOf(err) != fault.Unavailable {
		for _, p := range batch {
			p.err = w.store([]*pending{p})
		}
		return
	}
	for _, p := range batch {
		p.err = err
	}
}

func (w *writer) store(batch []*pending) error {
	ctx, cancel := context.WithTimeout(context.Background(), writeDeadline)
	defer cancel()
	list := make([]Submission, len(batch))
	for i, p := range batch {
		list[i] = p.s
	}
	return w.db.TxReadCommitted(ctx, func(tx *db.Tx) error { return storeAnswers(ctx, tx, list) })
}
