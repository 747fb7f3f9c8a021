package exchangeweb

import (
	"github.com/gurindam/gurindam/appraisal/penimport"
	"github.com/gurindam/gurindam/internal/web/ui"
)

func fileField(label, hint string, d ui.Draft) ui.Field {
	return ui.Field{Name: "file", Label: label, Hint: hint, Error: d.Problems["file"], Accept: ".csv,.xlsx,.txt,.pdf,.json"}
}

// proposed counts the questions that have somebody to accept.
func proposed(all []penimport.Question) int {
	n := 0
	for _, q := range all {
		if q.Person != "" {
			n++
		}
	}
	return n
}

func raterText(q penimport.Question) string {
	if q.Row.RaterName != "" {
		return q.Row.RaterName
	}
	return q.Row.RaterNIP
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// kindOf names what sort of file it is; one that was loaded holds no rows any
// more and is told by what it did.
func kindOf(f penimport.Sent) string {
	switch {
	case f.Body.Kind != "":
		return string(f.Body.Kind)
	case f.Report.Outcomes > 0 || f.Report.NotMade > 0:
		return string(penimport.Results)
	}
	return string(penimport.Plans)
}

func lead(p sentPage) string {
	if p.F.Loaded {
		return p.P.T("exchange.sent_loaded", p.F.By)
	}
	return p.P.T("exchange.sent_preview")
}

func reportTone(p siasnPage) ui.Tone {
	if len(p.Report.Rejected) > 0 {
		return ui.Late
	}
	return ui.Good
}

func reportKey(p siasnPage) string {
	if p.Dry {
		return "exchange.siasn_dry"
	}
	return "exchange.siasn_done"
}

// wrong is what was typed beside a question and refused.
func (p elsewherePage) wrong(question string) ui.Draft {
	if p.Draft.Values.Get("id") == question {
		return p.Draft
	}
	return ui.Draft{}
}
