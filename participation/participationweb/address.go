package participationweb

import (
	"net/http"
	"net/url"

	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

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
