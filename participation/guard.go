package participation

import (
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
)

// Guard watches how open answers come in. It works in memory only, on addresses
// hashed with a key that dies with the process: nothing of it is ever stored.
// It delays nobody with puzzles; what looks wrong is refused for a minute (too
// thick) or stored and set aside (too alike), and the citizen is thanked all
// the same.
type Guard struct {
	mu    sync.Mutex
	key   [16]byte
	rate  map[network]*bucket
	alike map[copyOf]*copies
	swept time.Time
}

type (
	network [8]byte
	copyOf  [8]byte
)

// bucket lets through what has dripped into it.
type bucket struct {
	level float64
	at    time.Time
}

type copies struct {
	number      int
	first, last time.Time
}

// NewGuard returns a guard that has seen nothing.
func NewGuard() *Guard {
	g := &Guard{rate: map[network]*bucket{}, alike: map[copyOf]*copies{}}
	rand.Read(g.key[:]) // never fails
	return g
}

const (
	window     = time.Hour        // answers alike within it belong together
	doubleSend = 10 * time.Second // the same form sent twice
	sweepEvery = time.Minute
)

// Arrival is what is known of an answer while it comes in.
type Arrival struct {
	From    netip.Addr
	Service string
	Marks   Marks
	Words   string
	Seconds int // the form was open for; negative when not known
	At      time.Time
}

// Allow takes one answer's worth from the network's bucket; when it is empty
// the fault is TooMany.
func (g *Guard) Allow(q Quality, from netip.Addr, at time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sweep(q, at)
	n := g.network(from)
	b := g.rate[n]
	if b == nil {
		b = &bucket{level: float64(q.RateBurst), at: at}
		g.rate[n] = b
	}
	b.fill(q, at)
	if b.level < 1 {
		return fault.New(fault.TooMany, "survey.too_thick")
	}
	b.level--
	return nil
}

func (b *bucket) fill(q Quality, at time.Time) {
	passed := max(0, at.Sub(b.at).Minutes())
	b.level = min(float64(q.RateBurst), b.level+passed*float64(q.RateMinute))
	b.at = at
}

// Judge says why an answer should be set aside, if it should. It counts the
// answer among those of its network.
func (g *Guard) Judge(q Quality, a Arrival) Reason {
	g.mu.Lock()
	defer g.mu.Unlock()
	key := g.copyKey(a)
	c := g.alike[key]
	if c == nil || a.At.Sub(c.first) > window {
		c = &copies{first: a.At}
		g.alike[key] = c
	}
	again := c.number > 0 && a.At.Sub(c.last) < doubleSend && a.At.Sub(c.last) >= 0
	c.number++
	c.last = a.At
	switch {
	case c.number > q.SameNetwork:
		return HeldNetwork
	case again:
		return HeldDouble
	case a.Seconds >= 0 && a.Seconds < q.LeastSeconds:
		return HeldFast
	}
	return HeldNone
}

// network shortens an address to what one household or office shares: the
// whole IPv4 address, the first 64 bits of IPv6.
func (g *Guard) network(from netip.Addr) network {
	from = from.Unmap()
	if from.Is6() {
		if p, err := from.Prefix(64); err == nil {
			from = p.Addr()
		}
	}
	raw, _ := from.MarshalBinary()
	sum := sha256.Sum256(append(g.key[:], raw...))
	return network(sum[:8])
}

func (g *Guard) copyKey(a Arrival) copyOf {
	n := g.network(a.From)
	sum := sha256.Sum256([]byte(string(n[:]) + "\x00" + a.Service + "\x00" + a.Marks.String() + "\x00" + sortKey(a.Words)))
	return copyOf(sum[:8])
}

// sweep forgets what no longer matters, so that memory stays bounded by the
// answers of an hour.
func (g *Guard) sweep(q Quality, at time.Time) {
	if at.Sub(g.swept) < sweepEvery {
		return
	}
	g.swept = at
	for k, b := range g.rate {
		b.fill(q, at)
		if b.level >= float64(q.RateBurst) {
			delete(g.rate, k)
		}
	}
	for k, c := range g.alike {
		if at.Sub(c.first) > window {
			delete(g.alike, k)
		}
	}
}
