package accountweb

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/search"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// employments are the code words of org by which an invitation can be narrowed.
var employments = [...]string{"pns", "pppk", "pppk_paruh_waktu"}

// invitePage is where accounts are made from the roster.
type invitePage struct {
	P       *i18n.Printer
	Zone    *time.Location
	Order   account.Order
	Options []ui.Option
	Whole   bool           // the whole agency may be invited, not only the units to choose from
	Draft   *account.Draft // what the order would make; nil before it was asked
	Batches []account.Batch
	Problem string
}

// orderFrom reads an order from an address or a form.
func orderFrom(v url.Values) account.Order {
	o := account.Order{Unit: v.Get("unit"), Scheme: account.Scheme(v.Get("scheme"))}
	for _, k := range v["kind"] {
		if slices.Contains(employments[:], k) {
			o.Kinds = append(o.Kinds, k)
		}
	}
	return o
}

func (h *pages) invitations(q *web.Request) error {
	return h.showInvitations(q, http.StatusOK, orderFrom(q.R.URL.Query()), q.Query("scheme") != "", "")
}

func (h *pages) showInvitations(q *web.Request, status int, o account.Order, preview bool, problem string) error {
	ctx := q.Context()
	p := invitePage{P: q.P, Zone: q.Now.Location(), Order: o, Problem: problem}
	var err error
	if p.Options, p.Whole, err = h.invitable(q); err != nil {
		return err
	}
	if !p.Whole && p.Order.Unit == "" && len(p.Options) > 0 {
		p.Order.Unit = p.Options[0].Value
	}
	if p.Batches, err = h.Accounts.Batches(ctx, q.Actor); err != nil {
		return err
	}
	if preview && problem == "" {
		d, err := h.Accounts.Draft(ctx, q.Actor, p.Order)
		switch {
		case err == nil:
			p.Draft = &d
		case fault.Is(err, fault.Invalid), fault.Is(err, fault.Unavailable):
			status, p.Problem = web.Status(err), web.Sentence(q.P, err)
		default:
			return err
		}
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("accountweb.invite.title"), Nav: "akun", Body: inviteBody(p)})
}

func (h *pages) invite(q *web.Request) error {
	if _, err := q.Form(); err != nil {
		return err
	}
	o := orderFrom(q.R.PostForm)
	b, _, err := h.Accounts.Invite(q.Context(), q.Actor, o)
	switch fault.KindOf(err) {
	case fault.Conflict, fault.Invalid, fault.Unavailable:
		if err != nil {
			return h.showInvitations(q, web.Status(err), o, false, web.Sentence(q.P, err))
		}
	}
	if err != nil {
		return err
	}
	return q.Redirect("/akun/undangan/"+b.ID, "accountweb.invite.made", b.Made)
}

// batchPage is one bulk invitation.
type batchPage struct {
	P     *i18n.Printer
	Zone  *time.Location
	At    ui.Address
	Batch account.Batch
	Units []account.UnitCount // a page of them
	Pages ui.Pages
	In    map[string]UnitChoice // the office of a unit
}

func (h *pages) batch(q *web.Request) error {
	b, units, err := h.Accounts.Batch(q.Context(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	offices, err := h.offices(q.Context())
	if err != nil {
		return err
	}
	p := batchPage{P: q.P, Zone: q.Now.Location(), At: ui.At(q.R.URL), Batch: b, In: offices}
	if terms := search.Terms(q.Query(ui.SearchParam)); len(terms) == 0 {
		units = byOffice(units, offices)
	} else {
		units = slices.DeleteFunc(units, func(u account.UnitCount) bool {
			return !search.Match(search.Column(u.Unit, offices[u.UnitID].Name), terms)
		})
	}
	page := ui.At(q.R.URL).Page()
	from := min((page-1)*pageSize, len(units))
	p.Units = units[from:min(from+pageSize, len(units))]
	p.Pages = ui.PagesOf(p.At, page, pageSize, len(units))
	return q.Render(web.Page{Title: q.P.T("accountweb.invite.title"), Nav: "akun", Body: batchBody(p)})
}

// slips draws new codes and answers with the sheets to print: the codes exist
// in this answer only.
func (h *pages) slips(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	slips, err := h.Accounts.Slips(q.Context(), q.Actor, q.Path("id"), f.Text("unit"))
	if err != nil {
		return err
	}
	body, err := h.printSlips(q, slips)
	if err != nil {
		return err
	}
	return q.Download("slip-akun-"+q.Today()+".pdf", "application/pdf", body)
}
