package accountweb

import (
	"net/http"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// grantsPage is where roles are proposed and confirmed.
type grantsPage struct {
	P       *i18n.Printer
	At      ui.Address
	Me      string // account of the reader
	Waiting []account.Granted
	Grants  []account.Granted
	Pages   ui.Pages
	Units   map[string]string
	Options []ui.Option // units
	Draft   ui.Draft
}

func grantQuery(q *web.Request) account.GrantQuery {
	state := account.GrantState(q.Query(stateParam))
	if state == "" {
		state = account.GrantActive
	}
	return account.GrantQuery{Text: q.Query(ui.SearchParam), State: state, Role: account.Role(q.Query(roleParam))}
}

func (h *pages) grants(q *web.Request) error {
	if format := q.Query(ui.FormatParam); format != "" {
		return h.exportGrants(q, format)
	}
	d := ui.Draft{Values: map[string][]string{"username": {q.Query("untuk")}}}
	return h.showGrants(q, http.StatusOK, d)
}

// maxWaiting is how many proposals stand above the list.
const maxWaiting = 100

func (h *pages) showGrants(q *web.Request, status int, d ui.Draft) error {
	ctx, at := q.Context(), ui.At(q.R.URL)
	p := grantsPage{P: q.P, At: at, Me: q.Actor.ID, Draft: d}
	var err error
	if p.Waiting, _, err = h.Accounts.Grants(ctx, q.Actor, account.GrantQuery{State: account.Proposed, Limit: maxWaiting}); err != nil {
		return err
	}
	query, page := grantQuery(q), ui.At(q.R.URL).Page()
	query.Limit, query.Offset = pageSize, (page-1)*pageSize
	var total int
	if p.Grants, total, err = h.Accounts.Grants(ctx, q.Actor, query); err != nil {
		return err
	}
	p.Pages = ui.PagesOf(at, page, pageSize, total)
	all := append(append([]account.Granted{}, p.Waiting...), p.Grants...)
	if p.Units, err = h.unitNames(ctx, all); err != nil {
		return err
	}
	if p.Options, err = h.unitOptions(ctx); err != nil {
		return err
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("accountweb.roles.title"), Nav: "peran", Body: grantsBody(p)})
}

func (h *pages) exportGrants(q *web.Request, format string) error {
	grants, _, err := h.Accounts.Grants(q.Context(), q.Actor, grantQuery(q))
	if err != nil {
		return err
	}
	units, err := h.unitNames(q.Context(), grants)
	if err != nil {
		return err
	}
	t := q.P.T
	return q.Sheet("peran-"+q.Today(), format, sheet.Doc{
		Title: t("accountweb.roles.title"),
		Columns: []sheet.Column{
			{Key: "username", Label: t("accountweb.username")},
			{Key: "name", Label: t("accountweb.list.name")},
			{Key: "role", Label: t("accountweb.roles.role")},
			{Key: "unit", Label: t("accountweb.roles.unit")},
			{Key: "from", Label: t("accountweb.roles.from"), Kind: sheet.Day},
			{Key: "to", Label: t("accountweb.roles.to"), Kind: sheet.Day},
			{Key: "state", Label: t("accountweb.list.state")},
			{Key: "proposed", Label: t("accountweb.roles.by")},
			{Key: "settled", Label: t("accountweb.roles.settled")},
			{Key: "reason", Label: t("accountweb.roles.reason")},
		},
		Rows: func(yield func([]string, error) bool) {
			for _, g := range grants {
				row := []string{
					g.Username, g.Name, t(g.Role.Key()), place(q.P, units, g.Unit), g.From, g.To, t("account.grant_state." + string(g.State)),
					byWhom(q.P, g.ProposedBy, g.ProposerIs), byWhom(q.P, g.SettledBy, g.SettlerIs), g.Reason,
				}
				if !yield(row, nil) {
					return
				}
			}
		},
	})
}

// propose takes the form of a new role.
func (h *pages) propose(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	username := f.Required("username", 200)
	g := account.Granted{
		Role: account.Role(f.Text("role")), Unit: f.Text("unit"), From: f.Date("from", false), To: f.Date("to", false), Reason: f.Required("reason", 500),
	}
	err = f.Err()
	if err == nil {
		g.AccountID, err = h.Accounts.IDOf(q.Context(), q.Actor, username)
	}
	if err == nil {
		err = h.knownUnit(q, g.Unit)
	}
	if err == nil {
		g, err = h.Accounts.Propose(q.Context(), q.Actor, g)
	}
	if shownAgain(err) {
		problems := web.Problems(q.P, err)
		if fault.Is(err, fault.NotFound) {
			problems = map[string]string{"username": web.Sentence(q.P, err)}
		}
		return h.showGrants(q, web.Status(err), ui.Draft{Values: q.R.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return q.Redirect("/akun/peran", "accountweb.roles.was_proposed", q.P.T(g.Role.Key()), g.Name)
}

// knownUnit refuses a unit that is not among those to choose from.
func (h *pages) knownUnit(q *web.Request, unit string) error {
	if unit == "" || h.Units == nil {
		return nil
	}
	names, err := h.Units.UnitNames(q.Context(), []string{unit})
	if err == nil && names[unit] == "" {
		return fault.WrongField("unit", "form.choose")
	}
	return err
}

func (h *pages) confirm(q *web.Request) error {
	g, err := h.Accounts.Confirm(q.Context(), q.Actor, q.Path("id"))
	return settled(q, g, err, "accountweb.roles.was_confirmed")
}

func (h *pages) refuse(q *web.Request) error {
	g, err := h.Accounts.Refuse(q.Context(), q.Actor, q.Path("id"))
	return settled(q, g, err, "accountweb.roles.was_refused")
}

func (h *pages) endGrant(q *web.Request) error {
	g, err := h.Accounts.EndGrant(q.Context(), q.Actor, q.Path("id"))
	return settled(q, g, err, "accountweb.roles.was_ended")
}

func settled(q *web.Request, g account.Granted, err error, key string) error {
	if err != nil {
		return err
	}
	return q.Redirect("/akun/peran", key, q.P.T(g.Role.Key()), g.Name)
}

// byWhom names an account that acted; without one it was the machine.
func byWhom(p *i18n.Printer, id, name string) string {
	if id == "" {
		return p.T("accountweb.machine")
	}
	return name
}
