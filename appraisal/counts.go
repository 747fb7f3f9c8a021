package appraisal

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/gurindam/gurindam/internal/db"
)

// Counting thousands of parts for each page would cost twenty times the page.
// counts keeps what was counted until this process writes anything of the
// area, and for two seconds at most, since other processes write too.
type counts struct {
	mu     sync.Mutex
	kept   map[string]*counted
	writes uint64
}

// counted is one count; the first who asks counts, the others wait for it.
type counted struct {
	once sync.Once
	at   time.Time
	list List
	err  error
}

const (
	countsLast = 2 * time.Second
	mostCounts = 256
)

// of returns the counts of a query, counting them when they are not known.
func (c *counts) of(now time.Time, query string, args []any, count func() (List, error)) (List, error) {
	key := fmt.Sprintf("%s\n%q", query, args)
	c.mu.Lock()
	e := c.kept[key]
	if e == nil || now.Sub(e.at).Abs() > countsLast {
		if c.kept == nil || len(c.kept) >= mostCounts {
			c.kept = map[string]*counted{}
		}
		e = &counted{at: now}
		c.kept[key] = e
	}
	c.mu.Unlock()
	e.once.Do(func() { e.list, e.err = count() })
	if e.err != nil {
		c.drop(key, e)
	}
	return e.list, e.err
}

// drop forgets a count that failed, so that the next one tries again.
func (c *counts) drop(key string, e *counted) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept[key] == e {
		delete(c.kept, key)
	}
}

func (c *counts) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = nil
	c.writes++
}

// Writes counts what this process has committed in this area: the packages
// around the year keep what they have counted as long as it stays the same.
func (s *Service) Writes() uint64 {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	return s.counts.writes
}

// tx runs a write of this area. What was counted before is forgotten once it
// is committed.
func (s *Service) tx(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		tx.AfterCommit(s.counts.forget)
		return fn(tx)
	})
}
