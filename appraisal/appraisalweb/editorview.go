package appraisalweb

import (
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// field is one field of the open editor with what was typed or stored.
func (p planPage) field(name, label, hint string, required bool) ui.Field {
	f := p.Ed.Draft.Field(name, p.P.T(label))
	f.Required = required
	if hint != "" {
		f.Hint = p.P.T(hint)
	}
	return f
}

// later is a field that a draft may leave empty and an SKP may not.
func (p planPage) later(name, label, hint string) ui.Field {
	f := p.field(name, label, hint, false)
	f.Later = true
	return f
}

func (p planPage) decimalField(name, label string) ui.Field {
	f := p.later(name, label, "")
	f.Attrs = templ.Attributes{"inputmode": "decimal"}
	return f
}

func (p planPage) choice(name, label string, options []ui.Option) ui.Field {
	f := p.field(name, label, "", true)
	f.Options = options
	return f
}

func (p planPage) supportField() ui.Field {
	f := p.Ed.Draft.Field("supports", p.P.T("appraisalweb.f.supports", p.evaluatorName()))
	f.Hint, f.Later, f.Options = p.P.T("appraisalweb.h.supports"), true, p.supportOptions()
	return f
}

func (p planPage) kindOptions() []ui.Option {
	var out []ui.Option
	for _, k := range []appraisal.ResultKind{appraisal.Main, appraisal.Additional} {
		out = append(out, ui.Option{Value: string(k), Text: p.P.T("appraisalweb.kind_option." + string(k)), Hint: p.P.T("appraisalweb.kind." + string(k) + "_why")})
	}
	return out
}

func (p planPage) supportOptions() []ui.Option {
	var out []ui.Option
	for _, c := range p.V.Superior {
		text := c.Text
		if !c.Final {
			text += " · " + p.P.T("appraisalweb.proposal")
		}
		out = append(out, ui.Option{Value: supportValue(c.Support), Text: text})
	}
	return out
}

func (p planPage) faceField() ui.Field {
	label, faces := "appraisalweb.f.aspect", appraisal.Aspects()
	if p.V.Part.Form == appraisal.LeaderForm {
		label, faces = "appraisalweb.f.perspective", appraisal.Perspectives()
	}
	f := p.later("face", label, "")
	for _, face := range faces {
		f.Options = append(f.Options, ui.Option{Value: face, Text: faceName(p.P, face)})
	}
	return f
}

func (p planPage) directionOptions() []ui.Option {
	var out []ui.Option
	for _, d := range appraisal.Directions() {
		out = append(out, ui.Option{Value: string(d), Text: p.P.T("appraisalweb.direction." + string(d))})
	}
	return out
}

func (p planPage) expectField(v appraisal.Value) ui.Field {
	lang := string(p.P.Lang())
	f := p.Ed.Draft.Field("value_"+v.Code, v.Name.In(lang))
	f.Rows = 2
	if len(v.Guides) > 0 {
		f.Hint = v.Guides[0].In(lang)
	}
	return f
}

// stepLines returns the steps of the open form with a few empty lines.
func (p planPage) stepLines() []appraisal.Step {
	f := p.Ed.Draft.Values
	ids, texts, dues := f["step_id"], f["step_text"], f["step_due"]
	var out []appraisal.Step
	for i, text := range texts {
		if text == "" || i >= len(ids) || i >= len(dues) {
			continue
		}
		out = append(out, appraisal.Step{ID: ids[i], Text: text, Due: dues[i]})
	}
	return append(out, slices.Repeat([]appraisal.Step{{}}, spareSteps)...)
}

// months lists the months of the part, YYYY-MM.
func (p planPage) months() []string {
	var out []string
	for m := 1; m <= 12; m++ {
		month := fmt.Sprintf("%04d-%02d", p.V.Part.Year, m)
		if month >= string(p.V.Part.From)[:7] && month <= string(p.V.Part.To)[:7] {
			out = append(out, month)
		}
	}
	return out
}

func (p planPage) storedResult() string {
	if p.Ed.Result == nil {
		return ""
	}
	return p.Ed.Result.Text
}

// storedIndicator is what the plan holds now for the indicator being typed.
func (p planPage) storedIndicator() string {
	if p.Ed.Result == nil {
		return ""
	}
	in, _ := p.Ed.Result.Find(p.Ed.Draft.Values.Get("id"))
	if in == nil {
		return ""
	}
	return in.Text + ": " + targetText(p.P, *in)
}
