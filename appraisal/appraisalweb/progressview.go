package appraisalweb

import (
	"maps"
	"slices"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// draftProblems lists what is wrong with a form, each leading to its field.
func draftProblems(d ui.Draft) []ui.Problem {
	var out []ui.Problem
	for _, name := range slices.Sorted(maps.Keys(d.Problems)) {
		out = append(out, ui.Problem{ID: name, Text: d.Problems[name]})
	}
	return out
}

func (p progressPage) latestText(indicator string) string {
	e, ok := p.V.Latest[indicator]
	switch {
	case !ok:
		return p.P.T("appraisalweb.not_recorded")
	case e.Value == "":
		return p.P.Month(e.Month)
	default:
		return p.P.Num(e.Value)
	}
}

func (p progressPage) late(s appraisal.Step) bool {
	_, done := p.V.Done[s.ID]
	return !done && s.Due != "" && s.Due < p.Today[:7]
}

func (p progressPage) stepText(s appraisal.Step) string {
	switch _, done := p.V.Done[s.ID]; {
	case done:
		return p.P.T("appraisalweb.done")
	case p.late(s):
		return p.P.T("appraisalweb.late")
	default:
		return ""
	}
}

func (p progressPage) monthField() ui.Field {
	f := p.Draft.Field("month", p.P.T("appraisalweb.f.month"))
	f.Required = true
	for _, m := range p.V.Months {
		f.Options = append(f.Options, ui.Option{Value: m, Text: p.P.Month(m)})
	}
	return f
}

func (p progressPage) valueField(in appraisal.Indicator) ui.Field {
	label := p.P.T("appraisalweb.f.value")
	if in.Unit != "" {
		label = p.P.T("appraisalweb.f.value_unit", in.Unit)
	}
	f := p.Draft.Field("value", label)
	f.Attrs = templ.Attributes{"inputmode": "decimal"}
	return f
}

func (p progressPage) textField(name, label, hint string, rows int) ui.Field {
	f := p.Draft.Field(name, p.P.T(label))
	f.Hint, f.Rows = p.P.T(hint), rows
	return f
}

// nameOf names what an entry was recorded on.
func (p progressPage) nameOf(e appraisal.Progress) string {
	for _, r := range p.V.Plan.Results {
		if in, _ := r.Find(e.IndicatorID); e.IndicatorID != "" && in != nil {
			return in.Text
		}
		for _, s := range r.Steps {
			if e.StepID != "" && s.ID == e.StepID {
				return s.Text
			}
		}
	}
	return p.P.T("appraisalweb.gone")
}

// valueOf writes what an entry reached, with its unit.
func (p progressPage) valueOf(e appraisal.Progress) string {
	for _, placed := range p.V.Plan.Indicators() {
		if placed.Indicator.ID == e.IndicatorID {
			return p.P.Num(e.Value) + " " + placed.Indicator.Unit
		}
	}
	return p.P.Num(e.Value)
}
