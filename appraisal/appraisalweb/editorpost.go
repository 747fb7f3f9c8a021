package appraisalweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// edit runs one change of a draft: read reads the form, write stores it and
// returns where to go next. A refused change shows the page again with the
// editor open and everything that was typed.
func (h *pages) edit(q *web.Request, kind editKind, write func(f *web.Form, v appraisal.PlanView) (next string, err error)) error {
	f, err := q.Form()
	if err != nil {
		return err
	}
	v, err := h.svc.Plan(q.Context(), q.Actor, q.Path("part"))
	if err != nil {
		return err
	}
	ed := &editor{Kind: kind, Draft: ui.Draft{Values: q.R.PostForm}}
	result := q.Path("result")
	if kind == editResult {
		result = f.Text("id")
	}
	if err := h.place(v, ed, result, ""); err != nil {
		return err
	}
	next, err := write(f, v)
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return h.planAgain(q, ed, err)
	}
	return q.Redirect("/skp/"+v.Part.ID+next, "appraisalweb.saved")
}

func (h *pages) saveResult(q *web.Request) error {
	return h.edit(q, editResult, func(f *web.Form, v appraisal.PlanView) (string, error) {
		r := appraisal.Result{
			ID: f.Text("id"), Text: f.Required("text", 500), Assignment: f.Optional("assignment", 300),
			Kind: appraisal.ResultKind(f.OneOf("kind", string(appraisal.Main), string(appraisal.Additional))),
		}
		r.Supports = supportFrom(v, f.Text("supports"), f.Optional("supports_text", 500))
		if err := f.Err(); err != nil {
			return "", err
		}
		_, id, err := h.svc.SaveResult(q.Context(), q.Actor, v.Part.ID, version(f), r)
		if r.ID == "" && err == nil {
			return "?buka=indikator&hasil=" + id, nil
		}
		return "", err
	})
}

func (h *pages) removeResult(q *web.Request) error {
	return h.edit(q, editNotice, func(f *web.Form, v appraisal.PlanView) (string, error) {
		_, err := h.svc.RemoveResult(q.Context(), q.Actor, v.Part.ID, version(f), q.Path("result"))
		return "", err
	})
}

func (h *pages) moveResult(q *web.Request) error {
	return h.edit(q, editNotice, func(f *web.Form, v appraisal.PlanView) (string, error) {
		by := 1
		if f.OneOf("by", "-1", "1") == "-1" {
			by = -1
		}
		_, err := h.svc.MoveResult(q.Context(), q.Actor, v.Part.ID, version(f), q.Path("result"), by)
		return "", err
	})
}

func (h *pages) saveIndicator(q *web.Request) error {
	return h.edit(q, editIndicator, func(f *web.Form, v appraisal.PlanView) (string, error) {
		f.Required("text", 500)
		f.Optional("unit", 60)
		f.Optional("target_text", 1000)
		if v.Plan.Approach == appraisal.Quantitative {
			f.Decimal("target", false)
		}
		if err := f.Err(); err != nil {
			return "", err
		}
		_, id, err := h.svc.SaveIndicator(q.Context(), q.Actor, v.Part.ID, version(f), q.Path("result"), indicatorFrom(q.P.Lang(), q.R.PostForm))
		if f.Text("lagi") != "" {
			return "?buka=indikator&hasil=" + q.Path("result"), err
		}
		return "?buka=indikator&hasil=" + q.Path("result") + "&indikator=" + id, err
	})
}

func (h *pages) removeIndicator(q *web.Request) error {
	return h.edit(q, editNotice, func(f *web.Form, v appraisal.PlanView) (string, error) {
		_, err := h.svc.RemoveIndicator(q.Context(), q.Actor, v.Part.ID, version(f), q.Path("result"), q.Path("indicator"))
		return "", err
	})
}

// checkIndicator answers the live hint while an indicator is typed.
func (h *pages) checkIndicator(q *web.Request) error {
	if _, err := q.Form(); err != nil {
		return err
	}
	in := indicatorFrom(q.P.Lang(), q.R.PostForm)
	flaws, err := h.svc.Check(q.Context(), q.Path("part"), in)
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.W.WriteHeader(http.StatusOK)
	return hint(q.P, in, flaws).Render(q.Context(), q.W)
}

// spareSteps is how many empty lines the form of the action plan offers.
const spareSteps = 3

func (h *pages) saveSteps(q *web.Request) error {
	return h.edit(q, editSteps, func(f *web.Form, v appraisal.PlanView) (string, error) {
		ids, texts, dues := f.All("step_id"), f.All("step_text"), f.All("step_due")
		var steps []appraisal.Step
		for i, text := range texts {
			if text == "" || i >= len(ids) || i >= len(dues) {
				continue
			}
			f.Faults.Check(len([]rune(text)) <= 300, "step_text_"+strconv.Itoa(i), "form.too_long", 300)
			steps = append(steps, appraisal.Step{ID: ids[i], Text: text, Due: dues[i]})
		}
		if err := f.Err(); err != nil {
			return "", err
		}
		_, err := h.svc.SaveSteps(q.Context(), q.Actor, v.Part.ID, version(f), q.Path("result"), steps)
		return "?buka=langkah&hasil=" + q.Path("result"), err
	})
}

func (h *pages) saveAnnex(q *web.Request) error {
	return h.edit(q, editAnnex, func(f *web.Form, v appraisal.PlanView) (string, error) {
		a := appraisal.Annex{
			Resources:      lines(f.Optional("resources", 3000)),
			Accountability: lines(f.Optional("accountability", 3000)),
			Consequences:   lines(f.Optional("consequences", 3000)),
		}
		if err := f.Err(); err != nil {
			return "", err
		}
		_, err := h.svc.SaveAnnex(q.Context(), q.Actor, v.Part.ID, version(f), a)
		return "", err
	})
}

func (h *pages) saveExpectations(q *web.Request) error {
	return h.edit(q, editExpect, func(f *web.Form, v appraisal.PlanView) (string, error) {
		byValue := map[string]string{}
		for _, value := range v.Values {
			if text := f.Optional("value_"+value.Code, 1000); text != "" {
				byValue[value.Code] = text
			}
		}
		if err := f.Err(); err != nil {
			return "", err
		}
		_, err := h.svc.SaveExpectations(q.Context(), q.Actor, v.Part.ID, version(f), byValue)
		return "", err
	})
}

// lines splits a field into its non-empty lines.
func lines(s string) []string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
