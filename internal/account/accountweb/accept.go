package accountweb

import (
	"net/http"
	"net/url"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// codeParam is the code in the address of a printed link. It stands in the
// query because queries are not logged.
const codeParam = "kode"

func (h *pages) typeCode(q *web.Request) error {
	return h.showCode(q, http.StatusOK, ui.Draft{})
}

func (h *pages) showCode(q *web.Request, status int, d ui.Draft) error {
	return q.RenderStatus(status, web.Page{Title: q.P.T("accountweb.code.title"), Body: codeBody(q.P, d), Bare: true})
}

// findCode leads from what was typed to the page of the invitation.
func (h *pages) findCode(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	v, err := h.Accounts.Invited(q.Context(), f.Text("username"), f.Text("code"), h.device(q))
	if err != nil {
		return h.codeFailed(q, err)
	}
	return q.Redirect("/undangan/"+v.ID+"?"+codeParam+"="+url.QueryEscape(f.Text("code")), "")
}

// codeFailed shows the form for the code again.
func (h *pages) codeFailed(q *web.Request, err error) error {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.TooMany:
		retryAfter(q, err)
		return h.showCode(q, web.Status(err), ui.Draft{Values: q.R.PostForm, Problems: web.Problems(q.P, err)})
	}
	return err
}

// acceptPage is where a password is chosen with a slip.
type acceptPage struct {
	P        *i18n.Printer
	Invited  account.Invitation
	Code     string
	Problems map[string]string
}

func (h *pages) invited(q *web.Request) error {
	v, err := h.Accounts.InvitedBy(q.Context(), q.Path("id"), q.Query(codeParam), h.device(q))
	if err != nil {
		return h.codeFailed(q, err)
	}
	return h.showAccept(q, http.StatusOK, acceptPage{P: q.P, Invited: v, Code: q.Query(codeParam)})
}

func (h *pages) showAccept(q *web.Request, status int, p acceptPage) error {
	return q.RenderStatus(status, web.Page{Title: q.P.T("accountweb.accept.title"), Body: acceptBody(p), Bare: true})
}

func (h *pages) accept(q *web.Request) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	id, code := q.Path("id"), f.Text(codeParam)
	v, err := h.Accounts.InvitedBy(q.Context(), id, code, h.device(q))
	if err != nil {
		return h.codeFailed(q, err)
	}
	token, err := h.Accounts.Accept(q.Context(), id, code, q.R.PostFormValue("password"), q.R.PostFormValue("again"), h.device(q))
	if fault.Is(err, fault.Invalid) {
		return h.showAccept(q, web.Status(err), acceptPage{P: q.P, Invited: v, Code: code, Problems: web.Problems(q.P, err)})
	}
	if err != nil {
		return err
	}
	q.Flash(q.P.T("accountweb.accept.done"))
	return h.enter(q, token, "/")
}
