package participationweb

import (
	"embed"
	"net/netip"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/complaint"
	"github.com/gurindam/gurindam/participation/forum"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// Config is what the pages need.
type Config struct {
	Office  *participation.Office
	Agency  string         // "Pemerintah Kota Tanjungpinang"
	Site    string         // address of the site without a slash at the end: "https://…"
	Trusted []netip.Prefix // proxies whose X-Forwarded-For is believed
	NoRate  bool           // takes answers as thick as they come: load tests only

	Forum     *forum.Hall
	ForumName string // what the agency calls its forum: "Sembang"

	Complaints    *complaint.Desk
	OwnComplaints bool // take reports on the city's own page, besides SP4N-LAPOR!
}

// pages holds what the handlers share.
type pages struct {
	Config
	office *participation.Office
	guard  *participation.Guard
}

// Routes returns the addresses of the area's pages.
func Routes(c Config) []web.Route {
	h := &pages{Config: c, office: c.Office, guard: participation.NewGuard()}
	all := slices.Concat(h.surveyRoutes(), h.serviceRoutes(), h.deskRoutes(), h.ownRoutes(), h.consultRoutes())
	if h.Forum != nil {
		all = append(all, slices.Concat(h.forumRoutes(), h.subscribeRoutes())...)
	}
	if h.Complaints != nil {
		all = append(all, h.complaintRoutes()...)
	}
	return all
}

func (h *pages) surveyRoutes() []web.Route {
	const public = account.ActPublic
	return []web.Route{
		{Pattern: "GET /s/{code}", Action: public, Handle: h.survey},
		{Pattern: "POST /s/{code}", Action: public, Handle: h.answer, MaxBody: maxForm},
		{Pattern: "GET /s/{code}/terima-kasih", Action: public, Handle: h.thanks},
		{Pattern: "GET /data-responden", Action: public, Handle: h.oldAddress},
		{Pattern: "GET /data-responden/{id}", Action: public, Handle: h.oldAddress},
		{Pattern: "POST /s/{code}/kupon", Action: public, Handle: h.exchange, MaxBody: maxForm},
		{Pattern: "GET /s/{code}/kios", Action: public, Handle: h.kiosk},
		{Pattern: "POST /s/{code}/kios", Action: public, Handle: h.kioskAnswer, MaxBody: maxForm},
		{Pattern: "GET /s/{code}/kios/terima-kasih", Action: public, Handle: h.kioskThanks},
	}
}

func (h *pages) serviceRoutes() []web.Route {
	const public = account.ActPublic
	return []web.Route{
		{Pattern: "GET /layanan", Action: public, Handle: h.services},
		{Pattern: "GET /layanan/{code}", Action: public, Handle: h.service},
		{Pattern: "GET /layanan/{code}/hitung-ulang", Action: public, Handle: h.recompute},
		{Pattern: "GET /layanan/{code}/jawaban.csv", Action: public, Handle: h.raw},
		{Pattern: "GET /layanan/{code}/laporan.pdf", Action: public, Handle: h.reportPDF},
		{Pattern: "GET /layanan/{code}/laporan.xlsx", Action: public, Handle: h.reportXLSX},
		{Pattern: "GET /kabar", Action: public, Handle: h.newsForm},
		{Pattern: "GET /kabar/{code}", Action: public, Handle: h.news},
		{Pattern: "POST /kabar/{code}", Action: public, Handle: h.confirm, MaxBody: maxForm},
		{Pattern: "POST /layanan/{code}/kabar", Action: public, Handle: h.raise, MaxBody: maxForm},
	}
}

// maxForm is far more than nine marks and a thousand characters need.
const maxForm = 32 << 10
