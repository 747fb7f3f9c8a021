package appraisalweb

import (
	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/web"
)

func (h *pages) verifyRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /v", Action: account.ActPublic, Handle: h.verify},
		{Pattern: "GET /v/{code}", Action: account.ActPublic, Handle: h.verify},
	}
}

// verify is the public page behind the code on a document: whether it is ours
// and still in force, without personal data.
func (h *pages) verify(q *web.Request) error {
	code := q.Path("code")
	if code == "" {
		code = q.Query("kode")
	}
	var found *appraisal.Verification
	status := 200
	if code != "" {
		v, err := h.svc.Verify(q.Context(), code)
		switch {
		case err == nil:
			found = &v
		case fault.Is(err, fault.NotFound), fault.Is(err, fault.Invalid):
			status = 404
		default:
			return err
		}
	}
	return q.RenderStatus(status, web.Page{Title: q.P.T("appraisalweb.verify"), Bare: true, Body: verifyBody(q.P, code, found)})
}
