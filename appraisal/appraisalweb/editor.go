package appraisalweb

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// editKind is the piece of an SKP the editor is open on.
type editKind string

const (
	editResult    editKind = "hasil"
	editIndicator editKind = "indikator"
	editSteps     editKind = "langkah"
	editAnnex     editKind = "lampiran"
	editExpect    editKind = "ekspektasi"
	editReturn    editKind = "kembalikan"
	editNotice    editKind = "pesan" // nothing but what went wrong
)

// editor is the right half of the page: one piece of the plan, open.
type editor struct {
	Kind      editKind
	Result    *appraisal.Result    // the result edited or the one the indicator belongs to; nil for a new one
	Indicator *appraisal.Indicator // nil for a new one
	Number    string               // "1.3" of an indicator
	Draft     ui.Draft
	Problems  map[string]string
	Flaws     []appraisal.Flaw
	Examples  []appraisal.Example
	Conflict  bool
}

// openEditor reads from the address which piece is open: ?buka=indikator,
// &hasil=…, &indikator=…
func (h *pages) openEditor(q *web.Request, v appraisal.PlanView) (*editor, error) {
	kind := editKind(q.Query("buka"))
	allowed := v.Edit && slices.Contains([]editKind{editResult, editIndicator, editSteps, editAnnex}, kind) ||
		v.Expect && kind == editExpect || kind == editReturn && slices.Contains(v.Acts, appraisal.ReturnAct)
	if !allowed {
		return nil, nil
	}
	ed := &editor{Kind: kind, Draft: ui.Draft{Values: url.Values{}}}
	if err := h.place(v, ed, q.Query("hasil"), q.Query("indikator")); err != nil {
		return nil, err
	}
	ed.Draft.Values = ed.stored(q.P, v)
	return ed, h.furnish(q, v, ed)
}

// place finds the result and indicator the editor is about.
func (h *pages) place(v appraisal.PlanView, ed *editor, result, indicator string) error {
	if result != "" {
		if ed.Result, _ = v.Plan.Find(result); ed.Result == nil {
			return fault.Missing("appraisalweb.no_result")
		}
	}
	if (ed.Kind == editIndicator || ed.Kind == editSteps) && ed.Result == nil {
		return fault.Missing("appraisalweb.no_result")
	}
	if indicator != "" && ed.Result != nil {
		if ed.Indicator, _ = ed.Result.Find(indicator); ed.Indicator == nil {
			return fault.Missing("appraisalweb.no_indicator")
		}
	}
	return nil
}

// furnish adds what helps while editing: the flaws of an indicator and
// colleagues' examples.
func (h *pages) furnish(q *web.Request, v appraisal.PlanView, ed *editor) error {
	if ed.Kind != editIndicator {
		return nil
	}
	in := indicatorFrom(q.P.Lang(), ed.Draft.Values)
	if ed.Result != nil {
		ed.Number = numberOf(v.Plan.Content, ed.Result.ID, in.ID)
	}
	var err error
	if in.Text != "" || in.TargetText != "" {
		if ed.Flaws, err = h.svc.Check(q.Context(), v.Part.ID, in); err != nil {
			return err
		}
	}
	ed.Examples, err = h.svc.Examples(q.Context(), q.Actor, v.Part.ID, in.Face, 3)
	return err
}

// stored returns the piece's values as the form's fields, numbers as the
// language writes them: what was typed is shown again as it was.
func (ed *editor) stored(p *i18n.Printer, v appraisal.PlanView) url.Values {
	f := url.Values{}
	switch {
	case ed.Kind == editResult && ed.Result != nil:
		r := ed.Result
		f.Set("id", r.ID)
		f.Set("text", r.Text)
		f.Set("kind", string(r.Kind))
		f.Set("assignment", r.Assignment)
		f.Set("supports", supportValue(r.Supports))
		f.Set("supports_text", r.Supports.Text)
	case ed.Kind == editResult:
		f.Set("kind", string(appraisal.Main))
	case ed.Kind == editIndicator:
		setIndicator(p, f, cmp.Or(ed.Indicator, &appraisal.Indicator{Direction: appraisal.Up}))
	case ed.Kind == editSteps:
		for _, s := range ed.Result.Steps {
			f.Add("step_id", s.ID)
			f.Add("step_text", s.Text)
			f.Add("step_due", s.Due)
		}
	case ed.Kind == editAnnex:
		f.Set("resources", strings.Join(v.Plan.Annex.Resources, "\n"))
		f.Set("accountability", strings.Join(v.Plan.Annex.Accountability, "\n"))
		f.Set("consequences", strings.Join(v.Plan.Annex.Consequences, "\n"))
	case ed.Kind == editExpect:
		for code, text := range v.Plan.Expectations {
			f.Set("value_"+code, text)
		}
	}
	return f
}

func setIndicator(p *i18n.Printer, f url.Values, in *appraisal.Indicator) {
	f.Set("id", in.ID)
	f.Set("text", in.Text)
	f.Set("face", in.Face)
	f.Set("target", p.Num(in.Target))
	f.Set("unit", in.Unit)
	f.Set("direction", string(in.Direction))
	f.Set("target_text", in.TargetText)
}

func indicatorFrom(l i18n.Lang, f url.Values) appraisal.Indicator {
	in := appraisal.Indicator{
		ID: f.Get("id"), Text: strings.TrimSpace(f.Get("text")), Face: f.Get("face"), Unit: strings.TrimSpace(f.Get("unit")),
		Direction: appraisal.Direction(f.Get("direction")), TargetText: strings.TrimSpace(f.Get("target_text")),
	}
	in.Target = strings.TrimSpace(f.Get("target"))
	if d, ok := web.ParseDecimal(l, in.Target); ok {
		in.Target = d
	}
	return in
}

// supportValue is how a tie to a superior's result stands in the select.
func supportValue(s appraisal.Support) string {
	if s.Result == "" {
		return ""
	}
	return s.Part + "/" + s.Result
}

func supportFrom(v appraisal.PlanView, value, text string) appraisal.Support {
	for _, c := range v.Superior {
		if supportValue(c.Support) == value {
			return c.Support
		}
	}
	return appraisal.Support{Text: text}
}

// numberOf returns where an indicator stands: "1.3"; a new one comes last.
func numberOf(c appraisal.Content, result, indicator string) string {
	for _, kind := range []appraisal.ResultKind{appraisal.Main, appraisal.Additional} {
		n := 0
		for _, r := range c.Results {
			if r.Kind != kind {
				continue
			}
			n++
			if r.ID != result {
				continue
			}
			at := len(r.Indicators) + 1
			if i := slices.IndexFunc(r.Indicators, func(in appraisal.Indicator) bool { return in.ID == indicator }); i >= 0 {
				at = i + 1
			}
			return strconv.Itoa(n) + "." + strconv.Itoa(at)
		}
	}
	return ""
}
