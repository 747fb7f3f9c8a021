package appraisalweb

import (
	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/i18n"
)

// recomputed says whether the stored inputs still lead to the stored result.
func recomputed(p *i18n.Printer, v *appraisal.Verification) string {
	switch {
	case v.Kind == "skp":
		return "–"
	case v.Recomputed:
		return p.T("appraisalweb.verify_same")
	default:
		return p.T("appraisalweb.verify_differs")
	}
}
