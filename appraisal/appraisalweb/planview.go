package appraisalweb

import (
	"slices"
	"strconv"
	"time"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web/ui"
)

// zoned is the agency's zone, in which moments are shown.
type zoned = *time.Location

func (p planPage) to(rest string) string { return "/skp/" + p.V.Part.ID + rest }

func (p planPage) version() string { return strconv.FormatInt(p.V.Plan.Version, 10) }

func (p planPage) approach() appraisal.Approach {
	if p.V.Plan.Approach == "" {
		return appraisal.Quantitative
	}
	return p.V.Plan.Approach
}

func (p planPage) evaluatorName() string {
	if p.V.Part.Evaluator.Name == "" {
		return p.P.T("appraisalweb.nobody")
	}
	return p.V.Part.Evaluator.Name
}

// lead says whose SKP it is, and of which kind once it is begun.
func (p planPage) lead() string {
	s := p.V.Part.Who.Name + " · " + p.V.Part.Who.Post
	if p.V.Plan.State == appraisal.NotMade {
		return s
	}
	return s + " · " + p.P.T("appraisalweb.approach."+string(p.approach()))
}

func (p planPage) ofKind(kind appraisal.ResultKind) []appraisal.Result {
	var out []appraisal.Result
	for _, r := range p.V.Plan.Results {
		if r.Kind == kind {
			out = append(out, r)
		}
	}
	return out
}

func (p planPage) countKind(kind appraisal.ResultKind) int { return len(p.ofKind(kind)) }

// editing reports whether a piece of the plan is open: then the one next act is
// to save it.
func (p planPage) editing() bool { return p.Ed != nil && p.Ed.Kind != editNotice }

func (p planPage) can(act appraisal.PlanAct) bool { return slices.Contains(p.V.Acts, act) }

func (p planPage) flawed(id string) bool { return p.V.Edit && len(p.V.Flaws[id]) > 0 }

func (p planPage) open(indicator string) bool {
	return p.Ed != nil && p.Ed.Kind == editIndicator && p.Ed.Indicator != nil && p.Ed.Indicator.ID == indicator
}

func (p planPage) indicatorLink(r appraisal.Result, in appraisal.Indicator) string {
	if p.V.Edit {
		return p.to("?buka=indikator&hasil=" + r.ID + "&indikator=" + in.ID + "#editor")
	}
	return "/kemajuan/" + p.V.Part.ID + "#" + in.ID
}

// proposal reports whether a tie still waits for the superior's own plan.
func (p planPage) proposal(s appraisal.Support) bool {
	return s.Result != "" && !slices.ContainsFunc(p.V.Superior, func(c appraisal.SupportChoice) bool {
		return c.Final && c.Result == s.Result
	})
}

// problems lists what was wrong with the form, each leading to its field.
func (p planPage) problems() []ui.Problem {
	if p.Ed == nil || p.Ed.Conflict && p.Ed.Kind != editNotice {
		return nil // the editor itself says what happened
	}
	var out []ui.Problem
	names := make([]string, 0, len(p.Ed.Problems))
	for name := range p.Ed.Problems {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out = append(out, ui.Problem{ID: name, Text: p.Ed.Problems[name]})
	}
	return out
}

func (p planPage) annexState() string {
	if p.V.Plan.Annex.Complete() {
		return p.P.T("appraisalweb.annex_done")
	}
	return p.P.T("appraisalweb.annex_open")
}

type annexPart struct {
	Name  string
	Lines []string
}

func (p planPage) annexParts() []annexPart {
	a := p.V.Plan.Annex
	return []annexPart{
		{p.P.T("appraisalweb.resources"), a.Resources},
		{p.P.T("appraisalweb.accountability"), a.Accountability},
		{p.P.T("appraisalweb.consequences"), a.Consequences},
	}
}

func (p planPage) editorTitle() string {
	switch p.Ed.Kind {
	case editResult:
		if p.Ed.Result == nil {
			return p.P.T("appraisalweb.new_result")
		}
		return p.P.T("appraisalweb.result")
	case editIndicator:
		return p.P.T("appraisalweb.indicator", p.Ed.Number)
	case editSteps:
		return p.P.T("appraisalweb.steps")
	case editAnnex:
		return p.P.T("appraisalweb.annex")
	case editExpect:
		return p.P.T("appraisalweb.expectations")
	default:
		return p.P.T("appraisalweb.act.return")
	}
}

func (p planPage) savedText() string {
	if p.Now == "" {
		return ""
	}
	return p.P.T("appraisalweb.saved_at", p.Now)
}

func (p planPage) actText(act appraisal.PlanAct) string {
	return p.P.T("appraisalweb.act."+string(act), p.evaluatorName())
}

// actConfirm asks before what reaches somebody else or cannot be taken back.
func (p planPage) actConfirm(act appraisal.PlanAct) string {
	key := "appraisalweb.confirm." + string(act)
	if !p.P.Has(key) {
		return ""
	}
	return p.P.T(key, p.evaluatorName())
}

// acts are what the bar offers, the one that leads on last.
func (p planPage) acts() []appraisal.PlanAct {
	var first, last []appraisal.PlanAct
	for _, act := range p.V.Acts {
		switch {
		case act == appraisal.StartAct || p.editing():
		case actLook(act) == ui.Go:
			last = append(last, act)
		default:
			first = append(first, act)
		}
	}
	return append(first, last...)
}

func actLook(act appraisal.PlanAct) ui.Look {
	switch act {
	case appraisal.SubmitAct, appraisal.ApproveAct:
		return ui.Go
	case appraisal.DiscardAct:
		return ui.Danger
	}
	return ui.Plain
}

func planTone(s appraisal.PlanState) ui.Tone {
	switch s {
	case appraisal.Submitted:
		return ui.Waiting
	case appraisal.Approved:
		return ui.Good
	case appraisal.Returned:
		return ui.Late
	}
	return ui.Neutral
}

func diffTone(kind string) ui.Tone {
	switch kind {
	case "added":
		return ui.Good
	case "removed":
		return ui.Late
	}
	return ui.Info
}

// targetText writes a target with its direction: "≤ 0,40 %", "2.400 data".
func targetText(p *i18n.Printer, in appraisal.Indicator) string {
	if in.Target == "" {
		return in.TargetText
	}
	sign := ""
	switch in.Direction {
	case appraisal.Down:
		sign = "≤ "
	case appraisal.Steady:
		sign = "= "
	}
	return sign + p.Num(in.Target) + " " + in.Unit
}

func faceName(p *i18n.Printer, face string) string {
	if face == "" {
		return "–"
	}
	return p.T("appraisalweb.face." + face)
}

// partLabel names one of several parts of a year: the post and its days.
func partLabel(p *i18n.Printer, part appraisal.Part) string {
	return part.Who.Post + ", " + p.DayMonth(string(part.From)) + "–" + p.DayMonth(string(part.To))
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
