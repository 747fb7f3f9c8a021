package appraisalweb

import (
	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// recomputed says whether the stored inputs still lead to the stored result.
// verifyFacts is what anybody may know about a document.
func verifyFacts(p *i18n.Printer, v *appraisal.Verification) []ui.Fact {
	window := v.Window
	if w, err := appraisal.ParseWindow(v.Window); err == nil {
		window = windowTitle(p, w)
	}
	all := []ui.Fact{
		{Name: p.T("appraisalweb.col.unit"), Value: v.Unit},
		{Name: p.T("appraisalweb.verify_at"), Value: p.Date(string(v.At))},
	}
	if v.Kind != "skp" {
		all = append(all, ui.Fact{Name: p.T("appraisalweb.verify_window"), Value: window}, ui.Fact{Name: p.T("appraisalweb.verify_recomputed"), Value: recomputed(p, v)})
	} else {
		all = append(all, ui.Fact{Name: p.T("appraisalweb.verify_window"), Value: v.Window})
	}
	return append(all, ui.Fact{Name: "SHA-256", Value: v.Hash})
}

func recomputed(p *i18n.Printer, v *appraisal.Verification) string {
	if v.Recomputed {
		return p.T("appraisalweb.verify_same")
	}
	return p.T("appraisalweb.verify_differs")
}
