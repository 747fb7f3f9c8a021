package accountweb

import (
	"context"
	"embed"
	"net/netip"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
)

// Locale holds the sentences of the pages.
//
//go:embed locale/*.toml
var Locale embed.FS

// UnitChoice is a unit one can choose, in the order of the tree.
type UnitChoice struct {
	ID    string
	Name  string
	Depth int // 0 for the top
}

// Units names units and lists them to choose from. org implements it.
type Units interface {
	UnitNames(ctx context.Context, ids []string) (map[string]string, error)
	UnitChoices(ctx context.Context) ([]UnitChoice, error)
}

// Config is what the pages need.
type Config struct {
	Accounts *account.Service
	Units    Units          // nil: units are shown by their id and cannot be chosen
	Agency   string         // stands on printed slips
	Site     string         // address of the site without a slash at the end; the request's own when empty
	Trusted  []netip.Prefix // proxies whose X-Forwarded-For is believed
	Demo     []string       // usernames the sign-in page offers, with one password
	DemoPass string
}

// pages holds what the handlers share.
type pages struct{ Config }

// Routes returns the addresses of the area's pages.
func Routes(c Config) []web.Route {
	h := &pages{c}
	var all []web.Route
	for _, group := range [][]web.Route{h.doorRoutes(), h.ownRoutes(), h.adminRoutes(), h.inviteRoutes(), h.roleRoutes()} {
		all = append(all, group...)
	}
	return all
}

func (h *pages) doorRoutes() []web.Route {
	const public = account.ActPublic
	return []web.Route{
		{Pattern: "GET /login", Action: public, Handle: h.login},
		{Pattern: "POST /login", Action: public, Handle: h.signIn},
		{Pattern: "POST /logout", Action: public, Handle: h.signOut},
		{Pattern: "GET /undangan", Action: public, Handle: h.typeCode},
		{Pattern: "POST /undangan", Action: public, Handle: h.findCode},
		{Pattern: "GET /undangan/{id}", Action: public, Handle: h.invited},
		{Pattern: "POST /undangan/{id}", Action: public, Handle: h.accept},
	}
}

func (h *pages) ownRoutes() []web.Route {
	const self = account.ActSelf
	return []web.Route{
		{Pattern: "GET /akun", Action: self, Handle: h.own},
		{Pattern: "POST /akun/bahasa", Action: self, Handle: h.setLang},
		{Pattern: "GET /akun/sandi", Action: self, Handle: h.password},
		{Pattern: "POST /akun/sandi", Action: self, Handle: h.changePassword},
		{Pattern: "POST /akun/sesi/lain/akhiri", Action: self, Handle: h.endOthers},
		{Pattern: "POST /akun/sesi/{id}/akhiri", Action: self, Handle: h.endSession},
		{Pattern: "GET /peran", Action: self, Handle: h.rules},
	}
}

func (h *pages) adminRoutes() []web.Route {
	const manage = account.ActAccounts
	return []web.Route{
		{Pattern: "GET /akun/semua", Action: manage, Handle: h.list},
		{Pattern: "GET /akun/semua/{id}", Action: manage, Handle: h.details},
		{Pattern: "POST /akun/semua/{id}/sandi-baru", Action: manage, Handle: h.askReset},
		{Pattern: "POST /akun/semua/{id}/sandi-baru/terbitkan", Action: manage, Handle: h.confirmReset},
		{Pattern: "POST /akun/semua/{id}/sesi/akhiri", Action: manage, Handle: h.endSessionsOf},
		{Pattern: "POST /akun/semua/{id}/tutup", Action: manage, Handle: h.closeAccount},
		{Pattern: "POST /akun/semua/{id}/buka", Action: manage, Handle: h.reopenAccount},
	}
}

func (h *pages) inviteRoutes() []web.Route {
	const manage = account.ActAccounts
	return []web.Route{
		{Pattern: "GET /akun/undangan", Action: manage, Handle: h.invitations},
		{Pattern: "POST /akun/undangan", Action: manage, Handle: h.invite},
		{Pattern: "GET /akun/undangan/{id}", Action: manage, Handle: h.batch},
		{Pattern: "POST /akun/undangan/{id}/slip.pdf", Action: manage, Handle: h.slips},
	}
}

func (h *pages) roleRoutes() []web.Route {
	const grant = account.ActGrant
	return []web.Route{
		{Pattern: "GET /akun/peran", Action: grant, Handle: h.grants},
		{Pattern: "POST /akun/peran", Action: grant, Handle: h.propose},
		{Pattern: "POST /akun/peran/{id}/setujui", Action: grant, Handle: h.confirm},
		{Pattern: "POST /akun/peran/{id}/tolak", Action: grant, Handle: h.refuse},
		{Pattern: "POST /akun/peran/{id}/akhiri", Action: grant, Handle: h.endGrant},
	}
}
