package accountweb

import (
	"net/http"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
)

// ownPage is one's own account.
type ownPage struct {
	P        *i18n.Printer
	Zone     *time.Location
	Account  account.Account
	Roles    []account.Granted
	Units    map[string]string
	Sessions []account.Session
	Resets   []account.ResetNote
	Theme    string
}

func (h *pages) own(q *web.Request) error {
	ctx := q.Context()
	p := ownPage{P: q.P, Zone: q.Now.Location()}
	var err error
	if p.Account, err = h.Accounts.Own(ctx, q.Actor); err != nil {
		return err
	}
	if p.Roles, err = h.Accounts.Roles(ctx, q.Actor); err != nil {
		return err
	}
	if p.Units, err = h.unitNames(ctx, p.Roles); err != nil {
		return err
	}
	if p.Sessions, err = h.Accounts.Sessions(ctx, q.Actor); err != nil {
		return err
	}
	if p.Resets, err = h.Accounts.Resets(ctx, q.Actor); err != nil {
		return err
	}
	if c, err := q.R.Cookie("gurindam_theme"); err == nil {
		p.Theme = c.Value
	}
	return q.Render(web.Page{Title: q.P.T("accountweb.own.title"), Body: ownBody(p)})
}

// setLang remembers the language with the account and on this device.
func (h *pages) setLang(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	l := i18n.ParseLang(f.Text("lang"))
	if err := h.Accounts.SetLang(q.Context(), q.Actor, l); err != nil {
		return err
	}
	q.SetLang(l)
	return q.Redirect("/akun", "")
}

// passwordPage is where one changes the own password.
type passwordPage struct {
	P        *i18n.Printer
	Username string
	Must     bool
	Problems map[string]string
}

func (h *pages) password(q *web.Request) error {
	return h.showPassword(q, http.StatusOK, nil)
}

func (h *pages) showPassword(q *web.Request, status int, problems map[string]string) error {
	p := passwordPage{P: q.P, Username: q.Actor.Username, Must: q.Actor.MustChange, Problems: problems}
	return q.RenderStatus(status, web.Page{Title: q.P.T("accountweb.change.title"), Body: passwordBody(p)})
}

func (h *pages) changePassword(q *web.Request) error {
	if _, err := q.Form(); err != nil {
		return err
	}
	raw := q.R.PostFormValue
	err := h.Accounts.ChangePassword(q.Context(), q.Actor, raw("old"), raw("password"), raw("again"), h.device(q))
	switch fault.KindOf(err) {
	case fault.Invalid, fault.TooMany:
		if err != nil {
			retryAfter(q, err)
			return h.showPassword(q, web.Status(err), web.Problems(q.P, err))
		}
	}
	if err != nil {
		return err
	}
	return q.Redirect("/akun", "accountweb.change.done")
}

func (h *pages) endSession(q *web.Request) error {
	if err := h.Accounts.EndSession(q.Context(), q.Actor, q.Path("id")); err != nil {
		return err
	}
	return q.Redirect("/akun", "accountweb.session.ended")
}

func (h *pages) endOthers(q *web.Request) error {
	if err := h.Accounts.EndOtherSessions(q.Context(), q.Actor); err != nil {
		return err
	}
	return q.Redirect("/akun", "accountweb.session.others_ended")
}
