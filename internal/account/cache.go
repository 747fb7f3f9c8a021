package account

import (
	"sync"
	"time"
)

// cacheAge is how long a session is believed without asking the database.
// Changes made by this process clear the cache at once.
const cacheAge = 2 * time.Second

// actorCache saves a query for the several requests one page makes, and
// remembers which sessions were used until Flush writes it down.
type actorCache struct {
	mu   sync.Mutex
	gen  uint64 // raised by clear: what was read before is not put in after
	held map[string]cached
	seen map[string]time.Time
}

type cached struct {
	live
	at time.Time
}

func newActorCache() *actorCache {
	return &actorCache{held: map[string]cached{}, seen: map[string]time.Time{}}
}

func (c *actorCache) get(hash string, now time.Time) (Actor, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.held[hash]
	if age := now.Sub(v.at); !ok || age < 0 || age >= cacheAge || !now.Before(v.expires) {
		return Actor{}, false
	}
	c.seen[hash] = now
	return v.actor, true
}

// ticket is taken before the database is asked and given to put.
func (c *actorCache) ticket() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gen
}

// put keeps what was read, unless something was changed since the ticket.
func (c *actorCache) put(hash string, v live, ticket uint64, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[hash] = now
	if ticket != c.gen {
		return
	}
	if len(c.held) >= maxTracked {
		clear(c.held)
	}
	c.held[hash] = cached{v, now}
}

// clear forgets every actor: a session, an account or a role has changed.
func (c *actorCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	clear(c.held)
}

// lastSeen returns the later of stored and what this process has seen.
func (c *actorCache) lastSeen(hash string, stored time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.seen[hash]; t.After(stored) {
		return t
	}
	return stored
}

// takeSeen returns the sessions used since the last call.
func (c *actorCache) takeSeen() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	hashes := make([]string, 0, len(c.seen))
	for h := range c.seen {
		hashes = append(hashes, h)
	}
	clear(c.seen)
	return hashes
}
