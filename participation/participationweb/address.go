package participationweb

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
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

// oldAddress leads from an address of the portal a city had before to the
// survey of the same service, else to the list where it can be found.
func (h *pages) oldAddress(q *web.Request) error {
	s, err := h.office.OldAddress(q.Context(), q.Query("service_id"), q.Path("id"))
	to, status := "/s/"+url.PathEscape(s.Code), http.StatusMovedPermanently
	if fault.Is(err, fault.NotFound) {
		to, status, err = "/layanan", http.StatusFound, nil
		if name := q.Query("service_name"); name != "" {
			to += "?" + url.Values{ui.SearchParam: {name}}.Encode()
		}
	}
	if err == nil {
		http.Redirect(q.W, q.R, to, status)
	}
	return err
}
