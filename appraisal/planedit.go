package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/search"
)

// The Save and Remove methods change one piece of a draft. version is the
// plan's as the form was shown; when somebody else has saved meanwhile they
// return a Conflict fault "appraisal.plan.changed" and write nothing: the page
// shows the form again with what was typed beside what is stored now. They
// return the plan as stored.

// SaveResult adds a result (empty ID) or changes its text, kind, support and
// assignment; indicators and steps stay as they are. It returns the result's
// id.
func (s *Service) SaveResult(ctx context.Context, actor account.Actor, part string, version int64, r Result) (Plan, string, error) {
	if err := checkResult(&r); err != nil {
		return Plan{}, "", err
	}
	if err := s.checkSupport(ctx, part, &r.Supports); err != nil {
		return Plan{}, "", err
	}
	plan, err := s.edit(ctx, actor, part, version, func(c *Content) error {
		if r.ID == "" {
			r.ID = db.NewID()
			r.Indicators, r.Steps = nil, nil
			c.Results = append(c.Results, r)
			if len(c.Results) > mostResults {
				return fault.WrongField("text", "appraisal.too_many", mostResults)
			}
			return nil
		}
		have, _ := c.Find(r.ID)
		if have == nil {
			return fault.Missing("appraisal.result.absent")
		}
		have.Kind, have.Text, have.Supports, have.Assignment = r.Kind, r.Text, r.Supports, r.Assignment
		return nil
	})
	return plan, r.ID, err
}

// checkSupport makes sure that a result is tied to one of the evaluator's, and
// keeps its wording. A tie with words only is left as it is.
func (s *Service) checkSupport(ctx context.Context, part string, sup *Support) error {
	if sup.Result == "" {
		sup.Part = ""
		return nil
	}
	p, err := partOf(ctx, s.db, part)
	if err != nil {
		return err
	}
	choices, err := s.supportChoices(ctx, p)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(choices, func(c SupportChoice) bool { return c.Result == sup.Result })
	if i < 0 {
		return fault.WrongField("supports", "appraisal.support.unknown")
	}
	*sup = choices[i].Support
	return nil
}

// RemoveResult removes a result with its indicators and steps. Conflict when
// progress hangs on it.
func (s *Service) RemoveResult(ctx context.Context, actor account.Actor, part string, version int64, result string) (Plan, error) {
	if err := s.free(ctx, part, result); err != nil {
		return Plan{}, err
	}
	return s.edit(ctx, actor, part, version, func(c *Content) error {
		_, i := c.Find(result)
		if i < 0 {
			return fault.Missing("appraisal.result.absent")
		}
		c.Results = slices.Delete(c.Results, i, i+1)
		return nil
	})
}

// free returns a Conflict fault when progress hangs on a result or indicator:
// what was reported must not lose what it is about.
func (s *Service) free(ctx context.Context, part, id string) error {
	taken, err := hangsOn(ctx, s.db, part, id)
	if err != nil {
		return err
	}
	if taken {
		return fault.Clash("appraisal.result.has_progress")
	}
	return nil
}

// MoveResult moves a result up (-1) or down (1) among its kind.
func (s *Service) MoveResult(ctx context.Context, actor account.Actor, part string, version int64, result string, by int) (Plan, error) {
	return s.edit(ctx, actor, part, version, func(c *Content) error {
		r, i := c.Find(result)
		if r == nil {
			return fault.Missing("appraisal.result.absent")
		}
		step := 1
		if by < 0 {
			step = -1
		}
		for j := i + step; j >= 0 && j < len(c.Results); j += step {
			if c.Results[j].Kind == r.Kind {
				c.Results[i], c.Results[j] = c.Results[j], c.Results[i]
				break
			}
		}
		return nil
	})
}

// onResult edits one result of a draft.
func (s *Service) onResult(ctx context.Context, actor account.Actor, part string, version int64, result string, change func(*Content, *Result) error) (Plan, error) {
	return s.edit(ctx, actor, part, version, func(c *Content) error {
		r, _ := c.Find(result)
		if r == nil {
			return fault.Missing("appraisal.result.absent")
		}
		return change(c, r)
	})
}

// SaveIndicator adds (empty ID) or changes an indicator and returns its id.
// A flawed indicator is stored; only submitting asks for better.
func (s *Service) SaveIndicator(ctx context.Context, actor account.Actor, part string, version int64, result string, in Indicator) (Plan, string, error) {
	plan, err := s.onResult(ctx, actor, part, version, result, func(c *Content, r *Result) error {
		if err := checkIndicator(c.Form, &in); err != nil {
			return err
		}
		if in.ID == "" {
			in.ID = db.NewID()
			r.Indicators = append(r.Indicators, in)
			if len(r.Indicators) > mostIndicators {
				return fault.WrongField("text", "appraisal.too_many", mostIndicators)
			}
			return nil
		}
		have, _ := r.Find(in.ID)
		if have == nil {
			return fault.Missing("appraisal.indicator.absent")
		}
		*have = in
		return nil
	})
	return plan, in.ID, err
}

// RemoveIndicator removes an indicator. Conflict when progress hangs on it.
func (s *Service) RemoveIndicator(ctx context.Context, actor account.Actor, part string, version int64, result, indicator string) (Plan, error) {
	if err := s.free(ctx, part, indicator); err != nil {
		return Plan{}, err
	}
	return s.onResult(ctx, actor, part, version, result, func(_ *Content, r *Result) error {
		_, i := r.Find(indicator)
		if i < 0 {
			return fault.Missing("appraisal.indicator.absent")
		}
		r.Indicators = slices.Delete(r.Indicators, i, i+1)
		return nil
	})
}

// SaveSteps replaces the action plan of a result; steps keep their id, those
// without one get one, empty ones are dropped.
func (s *Service) SaveSteps(ctx context.Context, actor account.Actor, part string, version int64, result string, steps []Step) (Plan, error) {
	kept, err := checkSteps(steps)
	if err != nil {
		return Plan{}, err
	}
	return s.onResult(ctx, actor, part, version, result, func(_ *Content, r *Result) error {
		for i := range kept {
			known := slices.ContainsFunc(r.Steps, func(st Step) bool { return st.ID == kept[i].ID })
			if !known {
				kept[i].ID = db.NewID()
			}
		}
		r.Steps = kept
		return nil
	})
}

// SaveAnnex replaces the annex; empty lines are dropped.
func (s *Service) SaveAnnex(ctx context.Context, actor account.Actor, part string, version int64, a Annex) (Plan, error) {
	kept, err := checkAnnex(a)
	if err != nil {
		return Plan{}, err
	}
	return s.edit(ctx, actor, part, version, func(c *Content) error {
		c.Annex = kept
		return nil
	})
}

// SetApproach changes the approach.
func (s *Service) SetApproach(ctx context.Context, actor account.Actor, part string, version int64, a Approach) (Plan, error) {
	if a != Quantitative && a != Qualitative {
		return Plan{}, fault.WrongField("approach", "form.choose")
	}
	return s.edit(ctx, actor, part, version, func(c *Content) error {
		c.Approach = a
		return nil
	})
}

// SaveExpectations replaces the superior's special expectations, by code of a
// value. Only the evaluator may, in any state but approved.
func (s *Service) SaveExpectations(ctx context.Context, actor account.Actor, part string, version int64, byValue map[string]string) (Plan, error) {
	p, year, err := s.write(ctx, actor, part, account.ActAppraisalReview)
	if err != nil {
		return Plan{}, err
	}
	values, err := rule[ValuesRule](ctx, s, max(year.From, firstRuleDay))
	if err != nil {
		return Plan{}, err
	}
	kept := map[string]string{}
	var wrong fault.Fields
	for _, v := range values.Values {
		if text := tidy(byValue[v.Code]); text != "" {
			kept[v.Code] = text
			checkLength(&wrong, "value."+v.Code, text, mostText)
		}
	}
	if err := wrong.Err(); err != nil {
		return Plan{}, err
	}
	return s.change(ctx, actor, p, version, func(plan *Plan) error {
		if plan.State == NotMade || plan.State == Approved {
			return fault.Clash("appraisal.plan.locked", plan.State.word())
		}
		plan.Expectations = kept
		return nil
	})
}

// CopyPlan fills a draft from the approved SKP of an earlier part of the same
// person: results, indicators, steps (moved to this year) and annex; supports
// are kept as text to be tied again. What is in the draft stays; where there is
// none yet (version 0) it is begun with the copy.
func (s *Service) CopyPlan(ctx context.Context, actor account.Actor, part string, version int64, from string) (Plan, error) {
	p, _, err := s.drafting(ctx, actor, part)
	if err != nil {
		return Plan{}, err
	}
	old, content, err := s.earlierPlan(ctx, p, from)
	if err != nil {
		return Plan{}, err
	}
	if content == nil {
		return Plan{}, fault.Missing("appraisal.copy.none")
	}
	copy := copied(*content, p.Year-old.Year)
	if version == 0 {
		return s.begin(ctx, actor, p, merged(Content{Approach: content.Approach}, copy).as(p.Form))
	}
	return s.edit(ctx, actor, part, version, func(c *Content) error {
		*c = merged(*c, copy).as(p.Form)
		return nil
	})
}

// as returns the content in a form; aspects or perspectives the form does not
// have are to be chosen again.
func (c Content) as(form Form) Content {
	c.Form = form
	for i := range c.Results {
		for j := range c.Results[i].Indicators {
			in := &c.Results[i].Indicators[j]
			if !slices.Contains(form.Faces(), in.Face) {
				in.Face = ""
			}
		}
	}
	return c
}

// earlierPlan returns an approved SKP of another part of the same person; from
// empty is the latest one of an earlier year. Content is nil when there is
// none.
func (s *Service) earlierPlan(ctx context.Context, p Part, from string) (Part, *Content, error) {
	old, ok, err := earlierPart(ctx, s.db, p.Who.PersonID, p.Year)
	if from != "" {
		if old, err = partOf(ctx, s.db, from); err == nil && old.Who.PersonID != p.Who.PersonID {
			return old, nil, fault.Denied("account.denied")
		}
		ok = true
	}
	if err != nil || !ok {
		return old, nil, err
	}
	v, err := revisionInForce(ctx, s.db, old.ID)
	if err != nil || v == nil {
		return old, nil, err
	}
	return old, &v.Content, nil
}

// ComparePlan tells how the SKP differs from an earlier one: from empty is the
// person's previous approved SKP. Nil when there is none.
func (s *Service) ComparePlan(ctx context.Context, actor account.Actor, part, from string) ([]Difference, error) {
	p, _, err := s.view(ctx, actor, part)
	if err != nil {
		return nil, err
	}
	_, before, err := s.earlierPlan(ctx, p, from)
	if err != nil || before == nil {
		return nil, err
	}
	plan, err := planOf(ctx, s.db, p)
	if err != nil {
		return nil, err
	}
	return Compare(*before, plan.Content), nil
}

// Check returns the flaws of one indicator that is being typed: the live hint.
func (s *Service) Check(ctx context.Context, part string, in Indicator) ([]Flaw, error) {
	p, err := partOf(ctx, s.db, part)
	if err != nil {
		return nil, err
	}
	plan, err := planOf(ctx, s.db, p)
	if err != nil {
		return nil, err
	}
	quality, err := s.quality(ctx, p)
	if err != nil {
		return nil, err
	}
	return quality.Indicator(plan.Approach, in), nil
}

// Examples returns measurable indicators colleagues with the same post name
// have in approved plans of the last two years, most used first, without
// names.
func (s *Service) Examples(ctx context.Context, actor account.Actor, part string, face string, most int) ([]Example, error) {
	p, _, err := s.view(ctx, actor, part)
	if err != nil {
		return nil, err
	}
	quality, err := s.quality(ctx, p)
	if err != nil {
		return nil, err
	}
	plans, err := db.All(ctx, s.db, selectPlan+`WHERE state = 'disetujui' AND part_id IN (
		SELECT id FROM appraisal_part WHERE post = $1 AND year >= $2 AND person_id <> $3 ORDER BY year DESC, id LIMIT 200)`,
		scanPlan, p.Who.Post, p.Year-1, p.Who.PersonID)
	if err != nil {
		return nil, err
	}
	return examplesOf(plans, quality, face, most), nil
}

// examplesOf counts the indicators without a flaw, alike when their words are.
func examplesOf(plans []Plan, quality QualityRule, face string, most int) []Example {
	at := map[string]int{}
	var all []Example
	for _, plan := range plans {
		for _, placed := range plan.Content.Indicators() {
			in := *placed.Indicator
			if face != "" && in.Face != face || len(quality.Indicator(plan.Approach, in)) > 0 {
				continue
			}
			key := search.Fold(in.Text)
			if i, has := at[key]; has {
				all[i].Used++
				continue
			}
			at[key] = len(all)
			in.ID = ""
			all = append(all, Example{Indicator: in, Used: 1})
		}
	}
	slices.SortStableFunc(all, func(a, b Example) int { return b.Used - a.Used })
	return all[:min(most, len(all))]
}

// Example is an indicator colleagues use.
type Example struct {
	Indicator Indicator
	Used      int // people of the same post who use it
}
