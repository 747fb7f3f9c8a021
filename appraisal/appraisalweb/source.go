package appraisalweb

import (
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
)

// sources returns the files a part's plan and results were taken from; none of
// what is written here.
func (h *pages) sources(q *web.Request, p appraisal.Part) ([]appraisal.Source, error) {
	if p.Pen == appraisal.PenGurindam || h.from == nil {
		return nil, nil
	}
	all, err := h.from.Sources(q.Context(), p.ID)
	for i := range all {
		all[i].At = all[i].At.In(q.Now.Location())
	}
	return all, err
}

// readOnlyText says why nobody writes here, and where what stands here came
// from.
func readOnlyText(p *i18n.Printer, key string, from []appraisal.Source) string {
	if len(from) == 0 {
		return p.T(key)
	}
	return p.T(key) + " " + p.T("appraisalweb.taken_from", from[0].File, p.Date(from[0].At.Format(time.DateOnly)), from[0].By)
}

// elsewhere reports whether the plan is written in another application: what
// that does not tell is not missing.
func (p planPage) elsewhere() bool { return p.V.Part.Pen != appraisal.PenGurindam }
