package participation

import (
	"net/netip"
	"testing"
	"time"

	"github.com/gurindam/gurindam/internal/fault"
)

var (
	quality = Quality{RateMinute: 20, RateBurst: 30, SameNetwork: 5, LeastSeconds: 8}
	noon    = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	home    = netip.MustParseAddr("203.0.113.7")
)

func TestANetworkMaySendABurstAndThenARate(t *testing.T) {
	g := NewGuard()
	passed := 0
	for range 500 {
		if g.Allow(quality, home, noon) == nil {
			passed++
		}
	}
	if passed != 30 {
		t.Errorf("%d of 500 passed at once, want 30", passed)
	}
	if err := g.Allow(quality, home, noon.Add(3*time.Second)); err != nil {
		t.Errorf("three seconds later one more is welcome, got %v", err)
	}
	if err := g.Allow(quality, home, noon.Add(3*time.Second)); !fault.Is(err, fault.TooMany) {
		t.Errorf("but not two, got %v", err)
	}
	if err := g.Allow(quality, netip.MustParseAddr("203.0.113.8"), noon); err != nil {
		t.Errorf("the neighbour is refused: %v", err)
	}
}

func TestOneHouseOfIPv6IsOneNetwork(t *testing.T) {
	g := NewGuard()
	addr := netip.MustParseAddr("2001:db8:1:2::1")
	passed := 0
	for range 100 {
		if g.Allow(quality, addr, noon) == nil {
			passed++
		}
		addr = addr.Next()
	}
	if passed != 30 {
		t.Errorf("%d passed from one /64, want 30", passed)
	}
	if g.network(netip.MustParseAddr("::ffff:203.0.113.7")) != g.network(home) {
		t.Error("an address written as IPv6 is another network")
	}
}

func TestJudge(t *testing.T) {
	g := NewGuard()
	ask := func(marks string, seconds int, at time.Time) Reason {
		m, err := ParseMarks(marks)
		if err != nil {
			t.Fatal(err)
		}
		return g.Judge(quality, Arrival{From: home, Service: "ktp", Marks: m, Seconds: seconds, At: at})
	}
	if r := ask("434343434", 40, noon); r != HeldNone {
		t.Errorf("the first answer is held: %s", r)
	}
	if r := ask("434343434", 41, noon.Add(time.Second)); r != HeldDouble {
		t.Errorf("the same form sent again: %q", r)
	}
	if r := ask("333333333", 2, noon); r != HeldFast {
		t.Errorf("nine questions in two seconds: %q", r)
	}
	if r := ask("222222222", -1, noon); r != HeldNone {
		t.Errorf("a form without a clock is held: %s", r)
	}
	held := 0
	for i := range 40 {
		if ask("444444444", 30, noon.Add(time.Duration(i)*time.Minute)) == HeldNetwork {
			held++
		}
	}
	if held != 35 {
		t.Errorf("%d of 40 alike are held, want 35", held)
	}
	if r := ask("444444444", 30, noon.Add(2*time.Hour)); r != HeldNone {
		t.Errorf("two hours later the same answer is held: %s", r)
	}
}

func TestTheGuardForgets(t *testing.T) {
	g := NewGuard()
	addr := netip.MustParseAddr("198.51.100.1")
	for i := range 1000 {
		if err := g.Allow(quality, addr, noon); err != nil {
			t.Fatal(err)
		}
		g.Judge(quality, Arrival{From: addr, Marks: Marks{uint8(1 + i%4)}, Seconds: -1, At: noon})
		addr = addr.Next()
	}
	if err := g.Allow(quality, addr, noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if len(g.rate) != 1 || len(g.alike) != 0 {
		t.Errorf("after two hours it remembers %d networks and %d answers", len(g.rate), len(g.alike))
	}
}
