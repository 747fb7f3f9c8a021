package account

import (
	"sync"
	"time"
)

// throttle slows down guessing without locking anybody out. It counts three
// things, each forgotten with time:
//
//   - a username from one network: after five failures the wait doubles, from a
//     second to five minutes;
//   - a network: an office of thousands may sit behind one address, so only
//     hundreds of failures in a few minutes make it wait;
//   - a username from anywhere: after thirty failures it can be tried only from
//     networks from which it was signed in before, so that a stranger who
//     guesses cannot keep the owner out.
//
// It lives in memory: every server counts for itself, and a restart forgets.
// An attempt that was told to wait does not count as a failure.
type throttle struct {
	mu    sync.Mutex
	pairs map[string]*strikes
	nets  map[string]*bucket
	names map[string]*bucket
	known map[string]time.Time // pairs that have signed in
}

const (
	freeTries   = 5
	maxWait     = 5 * time.Minute
	pairMemory  = 30 * time.Minute
	netBurst    = 300
	netDrip     = 2 * time.Second
	nameBurst   = 30
	nameDrip    = time.Minute
	knownMemory = 90 * 24 * time.Hour
	maxTracked  = 50_000
)

// strikes are the failures of one username from one network.
type strikes struct {
	n    int
	last time.Time
}

func (s *strikes) wait(now time.Time) time.Duration {
	if s == nil || s.n < freeTries || now.Sub(s.last) > pairMemory {
		return 0
	}
	pause := min(time.Second<<min(s.n-freeTries, 10), maxWait)
	return pause - now.Sub(s.last)
}

// bucket fills with failures and drips empty.
type bucket struct {
	level float64
	at    time.Time
}

func (b *bucket) now(now time.Time, drip time.Duration) float64 {
	if b == nil {
		return 0
	}
	return max(b.level-now.Sub(b.at).Seconds()/drip.Seconds(), 0)
}

func newThrottle() *throttle {
	return &throttle{pairs: map[string]*strikes{}, nets: map[string]*bucket{}, names: map[string]*bucket{}, known: map[string]time.Time{}}
}

func pairKey(username, network string) string { return username + "\n" + network }

// wait returns how long this attempt must wait, 0 when it may go on.
func (t *throttle) wait(username, network string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	pair := pairKey(username, network)
	wait := t.pairs[pair].wait(now)
	if over := t.nets[network].now(now, netDrip) - netBurst; over >= 0 {
		wait = max(wait, time.Duration((over+1)*float64(netDrip)))
	}
	if over := t.names[username].now(now, nameDrip) - nameBurst; over >= 0 && now.Sub(t.known[pair]) > knownMemory {
		wait = max(wait, time.Duration((over+1)*float64(nameDrip)))
	}
	return max(wait, 0)
}

// failed counts a failure.
func (t *throttle) failed(username, network string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.trim(now)
	pair := pairKey(username, network)
	s := t.pairs[pair]
	if s == nil || now.Sub(s.last) > pairMemory {
		s = &strikes{}
		t.pairs[pair] = s
	}
	s.n, s.last = s.n+1, now
	t.nets[network] = &bucket{min(t.nets[network].now(now, netDrip)+1, 2*netBurst), now}
	t.names[username] = &bucket{min(t.names[username].now(now, nameDrip)+1, 2*nameBurst), now}
}

// succeeded forgets the failures of the pair and remembers where the username
// is at home.
func (t *throttle) succeeded(username, network string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	pair := pairKey(username, network)
	delete(t.pairs, pair)
	t.known[pair] = now
}

// trim drops what is forgotten when there is much, and everything of a kind
// when even that leaves too much: a flood of invented names must not fill the
// memory.
func (t *throttle) trim(now time.Time) {
	trimMap(t.pairs, func(s *strikes) bool { return now.Sub(s.last) > pairMemory })
	trimMap(t.nets, func(b *bucket) bool { return b.now(now, netDrip) == 0 })
	trimMap(t.names, func(b *bucket) bool { return b.now(now, nameDrip) == 0 })
	trimMap(t.known, func(at time.Time) bool { return now.Sub(at) > knownMemory })
}

func trimMap[V any](m map[string]V, old func(V) bool) {
	if len(m) < maxTracked {
		return
	}
	for k, v := range m {
		if old(v) {
			delete(m, k)
		}
	}
	if len(m) >= maxTracked {
		clear(m)
	}
}
