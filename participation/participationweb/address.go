package participationweb

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// clientAddr returns the address an answer came from. X-Forwarded-For is
// believed only as far back as trusted proxies vouch for it: read from the
// right, the first address that is no trusted proxy is the citizen's.
func (h *pages) clientAddr(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.IPv6Unspecified()
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && h.trusts(addr); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = next
	}
	return addr.Unmap()
}

func (h *pages) trusts(addr netip.Addr) bool {
	for _, p := range h.Trusted {
		if p.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}
