package appraisalweb

import (
	"context"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/web"
)

// file answers with a document of one evaluation.
func (h *pages) file(q *web.Request, name, contentType string, make func(context.Context, account.Actor, string, appraisal.Window) ([]byte, error)) error {
	w, err := h.window(q)
	if err != nil {
		return err
	}
	raw, err := make(q.Context(), q.Actor, q.Path("part"), w)
	if err != nil {
		return err
	}
	return q.Download(name, contentType, raw)
}
