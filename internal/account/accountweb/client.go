package accountweb

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
)

// device returns where a request comes from.
func (h *pages) device(q *web.Request) account.Device {
	agent := strings.ToValidUTF8(q.R.UserAgent(), "")
	return account.Device{Network: h.network(q.R), Agent: strings.ReplaceAll(agent, "\x00", "")}
}

// network returns the address a request came from; of IPv6 the half that names
// the network, because one machine changes the other half at will.
func (h *pages) network(r *http.Request) string {
	addr := web.ClientAddr(r, h.Trusted).WithZone("")
	if addr.IsUnspecified() {
		return "?"
	}
	if addr.Is6() && !addr.IsLoopback() {
		return netip.PrefixFrom(addr, 64).Masked().String()
	}
	return addr.String()
}

// site returns the address of the site, for links on paper.
func (h *pages) site(q *web.Request) string {
	if h.Site != "" {
		return h.Site
	}
	scheme := "http"
	if q.R.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + q.R.Host
}

// machine names the browser and system of a User-Agent, as far as it matters to
// somebody who wonders which device that was.
func machine(agent string) string {
	browser := named(agent, "Edg", "Edge", "OPR", "Opera", "SamsungBrowser", "Samsung Internet", "Firefox", "Firefox", "Chrome", "Chrome", "Safari", "Safari")
	system := named(agent, "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS X", "macOS", "Linux", "Linux")
	switch {
	case browser == "" && system == "":
		return ""
	case browser == "" || system == "":
		return browser + system
	}
	return browser + " · " + system
}

// named returns the name behind the first mark that occurs.
func named(text string, marksAndNames ...string) string {
	for i := 0; i+1 < len(marksAndNames); i += 2 {
		if strings.Contains(text, marksAndNames[i]) {
			return marksAndNames[i+1]
		}
	}
	return ""
}
