package accountweb

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
)

// loginPage is the sign-in page.
type loginPage struct {
	P        *i18n.Printer
	Username string
	Next     string
	Problem  string // why the last attempt did not work
	Name     string // who is signed in already
	Demo     []string
	Pass     string
}

func (h *pages) login(q *web.Request) error {
	return h.showLogin(q, http.StatusOK, "", "")
}

func (h *pages) showLogin(q *web.Request, status int, username, problem string) error {
	page := loginPage{
		P: q.P, Username: username, Next: q.Next(), Problem: problem, Name: q.Actor.Name, Demo: h.Demo, Pass: h.DemoPass,
	}
	if page.Next == "/" {
		page.Next = ""
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("accountweb.login.title"), Body: loginBody(page), Bare: true})
}

// signIn takes the form. The password is read as it was typed: blanks at its
// ends are part of it.
func (h *pages) signIn(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	username := f.Text("username")
	token, err := h.Accounts.SignIn(q.Context(), username, q.R.PostFormValue("password"), h.device(q))
	switch fault.KindOf(err) {
	case fault.Unauthenticated, fault.TooMany:
		if err != nil {
			retryAfter(q, err)
			return h.showLogin(q, web.Status(err), username, web.Sentence(q.P, err))
		}
	}
	if err != nil {
		return err
	}
	return h.enter(q, token, q.Next())
}

// enter gives the browser its session and goes on.
func (h *pages) enter(q *web.Request, token, to string) error {
	if old, err := q.R.Cookie(web.SessionCookie); err == nil {
		if err := h.Accounts.SignOut(q.Context(), old.Value); err != nil {
			return err
		}
	}
	q.SetSession(token, account.SessionAge)
	return q.Redirect(to, "")
}

// retryAfter tells programs how long to wait.
func retryAfter(q *web.Request, err error) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.TooMany || len(f.Args) == 0 {
		return
	}
	if seconds, ok := f.Args[0].(int); ok {
		q.W.Header().Set("Retry-After", strconv.Itoa(seconds))
	}
}

func (h *pages) signOut(q *web.Request) error {
	if c, err := q.R.Cookie(web.SessionCookie); err == nil {
		if err := h.Accounts.SignOut(q.Context(), c.Value); err != nil {
			return err
		}
	}
	q.SetSession("", 0)
	return q.Redirect("/login", "accountweb.signed_out")
}
