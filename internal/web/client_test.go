package web_test

import (
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/gurindam/gurindam/internal/web"
)

func TestAProxyIsBelievedOnlyWhenItIsTrusted(t *testing.T) {
	for _, c := range []struct {
		remote, forwarded string
		trusted           []string
		want              string
	}{
		{"192.0.2.1:999", "203.0.113.9, 198.51.100.7", nil, "192.0.2.1"},
		{"192.0.2.1:999", "203.0.113.9, 198.51.100.7", []string{"192.0.2.0/24"}, "198.51.100.7"},
		{"192.0.2.1:999", "203.0.113.9, 198.51.100.7", []string{"192.0.2.0/24", "198.51.100.0/24"}, "203.0.113.9"},
		{"192.0.2.1:999", "nonsense", []string{"192.0.2.0/24"}, "192.0.2.1"},
		{"[::ffff:192.0.2.1]:999", "198.51.100.7", []string{"192.0.2.0/24"}, "198.51.100.7"},
		{"@", "198.51.100.7", []string{"192.0.2.0/24"}, "::"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		r.Header.Set("X-Forwarded-For", c.forwarded)
		var trusted []netip.Prefix
		for _, p := range c.trusted {
			trusted = append(trusted, netip.MustParsePrefix(p))
		}
		if got := web.ClientAddr(r, trusted); got.String() != c.want {
			t.Errorf("%s forwarded for %s, trusting %v: %s, not %s", c.remote, c.forwarded, c.trusted, got, c.want)
		}
	}
}
