package accountweb

import (
	"iter"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/sheet"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// pageSize is how many rows a list shows at once.
const pageSize = 50

// Names of the filters in the address.
const (
	stateParam = "state"
	roleParam  = "role"
)

// listPage is the list of accounts.
type listPage struct {
	P       *i18n.Printer
	Zone    *time.Location
	At      ui.Address
	Sort    string
	Entries []account.Entry
	Pages   ui.Pages
	Units   map[string]string
	States  map[account.State]int
}

func accountQuery(q *web.Request, at ui.Address) account.Query {
	key, desc := at.Sort("name", account.SortKeys()...)
	return account.Query{
		Text: q.Query(ui.SearchParam), State: account.State(q.Query(stateParam)), Role: account.Role(q.Query(roleParam)),
		Sort: key, Desc: desc,
	}
}

func (h *pages) list(q *web.Request) error {
	at := ui.At(q.R.URL)
	query := accountQuery(q, at)
	if format := q.Query(ui.FormatParam); format != "" {
		return h.exportAccounts(q, query, format)
	}
	page := ui.At(q.R.URL).Page()
	query.Limit, query.Offset = pageSize, (page-1)*pageSize
	entries, total, err := h.Accounts.List(q.Context(), q.Actor, query)
	if err != nil {
		return err
	}
	var grants []account.Granted
	for _, e := range entries {
		grants = append(grants, e.Roles...)
	}
	units, err := h.unitNames(q.Context(), grants)
	if err != nil {
		return err
	}
	states, err := h.Accounts.States(q.Context(), q.Actor, query)
	if err != nil {
		return err
	}
	sort := query.Sort
	if query.Desc {
		sort = "-" + sort
	}
	return q.Render(web.Page{Title: q.P.T("accountweb.list.title"), Nav: "akun", Body: listBody(listPage{
		P: q.P, Zone: q.Now.Location(), At: at, Sort: sort, Entries: entries, Pages: ui.PagesOf(at, page, pageSize, total), Units: units, States: states,
	})})
}

// exportAccounts answers with the whole list as filtered.
func (h *pages) exportAccounts(q *web.Request, query account.Query, format string) error {
	entries, _, err := h.Accounts.List(q.Context(), q.Actor, query)
	if err != nil {
		return err
	}
	label := func(key string) string { return q.P.T("accountweb.list." + key) }
	doc := sheet.Doc{
		Title: q.P.T("accountweb.list.title"),
		Columns: []sheet.Column{
			{Key: "username", Label: q.P.T("accountweb.username")},
			{Key: "name", Label: label("name")},
			{Key: "email", Label: label("email")},
			{Key: "state", Label: label("state")},
			{Key: "roles", Label: label("roles")},
			{Key: "seen", Label: label("seen"), Kind: sheet.Day},
		},
		Rows: func(yield func([]string, error) bool) {
			for _, e := range entries {
				row := []string{e.Username, e.Name, e.Email, q.P.T("account.state." + string(e.State)), rolesText(q.P, e.Roles), day(q, e.SignedInAt)}
				if !yield(row, nil) {
					return
				}
			}
		},
	}
	return q.Sheet("akun-"+q.Today(), format, doc)
}

func day(q *web.Request, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(q.Now.Location()).Format(time.DateOnly)
}

func rolesText(p *i18n.Printer, grants []account.Granted) string {
	var words []string
	for _, g := range grants {
		if g.State == account.GrantActive {
			words = append(words, p.T(g.Role.Key()))
		}
	}
	return strings.Join(words, ", ")
}

// stateChips are the filters by state.
func stateChips(p *i18n.Printer, at ui.Address, counts map[account.State]int) []ui.Choice {
	total := 0
	for _, n := range counts {
		total += n
	}
	chips := []ui.Choice{{Text: p.T("accountweb.all"), Count: p.Num(total), To: at.With(stateParam, ""), Current: at.Get(stateParam) == ""}}
	for _, s := range account.States() {
		chips = append(chips, ui.Choice{Text: p.T("account.state." + string(s)), Count: p.Num(counts[s]), To: at.With(stateParam, string(s)), Current: at.Get(stateParam) == string(s)})
	}
	return chips
}

// roleOptions lists the roles that are granted; staff follows from the map.
func roleOptions(p *i18n.Printer) []ui.Option {
	var options []ui.Option
	for r := range grantable() {
		options = append(options, ui.Option{Value: string(r), Text: p.T(r.Key())})
	}
	return options
}

func grantable() iter.Seq[account.Role] {
	return func(yield func(account.Role) bool) {
		for _, r := range account.Roles() {
			if r != account.Staff && !yield(r) {
				return
			}
		}
	}
}

// detailsPage is one account as an administrator sees it.
type detailsPage struct {
	P       *i18n.Printer
	Zone    *time.Location
	Now     time.Time
	Account account.Details
	Units   map[string]string
	Slip    *account.Slip // a code that was just issued
	Link    string
}

func (h *pages) details(q *web.Request) error { return h.showDetails(q, nil) }

// showDetails renders an account, with the slip that was just issued, if any:
// the code is on this page only and nowhere else.
func (h *pages) showDetails(q *web.Request, slip *account.Slip) error {
	d, err := h.Accounts.Get(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	units, err := h.unitNames(q.Context(), d.Roles)
	if err != nil {
		return err
	}
	p := detailsPage{P: q.P, Zone: q.Now.Location(), Now: q.Now, Account: d, Units: units, Slip: slip}
	if slip != nil {
		p.Link = h.site(q) + "/undangan"
	}
	return q.Render(web.Page{Title: d.Name, Nav: "akun", Body: detailsBody(p)})
}

func (h *pages) askReset(q *web.Request) error {
	slip, err := h.Accounts.AskReset(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	if slip == nil {
		return q.Redirect(accountPath(q.Path("id")), "accountweb.reset.asked")
	}
	return h.showDetails(q, slip)
}

func (h *pages) confirmReset(q *web.Request) error {
	slip, err := h.Accounts.ConfirmReset(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	return h.showDetails(q, slip)
}

func accountPath(id string) string { return "/akun/semua/" + id }

// acted goes back to the account with a sentence, or reports the error.
func acted(q *web.Request, err error, key string) error {
	if err != nil {
		return err
	}
	return q.Redirect(accountPath(q.Path("id")), key)
}

func (h *pages) endSessionsOf(q *web.Request) error {
	return acted(q, h.Accounts.EndSessionsOf(q.Context(), q.Actor, q.Path("id")), "accountweb.session.all_ended")
}

func (h *pages) closeAccount(q *web.Request) error {
	return acted(q, h.Accounts.Close(q.Context(), q.Actor, q.Path("id")), "accountweb.details.closed")
}

func (h *pages) reopenAccount(q *web.Request) error {
	return acted(q, h.Accounts.Reopen(q.Context(), q.Actor, q.Path("id")), "accountweb.details.reopened")
}

// shownAgain reports whether an error is shown with its form rather than on a
// page of its own.
func shownAgain(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.NotFound:
		return err != nil
	}
	return false
}
