package appraisal

import (
	"context"
	"slices"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Plan returns the SKP of a part with everything its page shows.
func (s *Service) Plan(ctx context.Context, actor account.Actor, part string) (PlanView, error) {
	p, year, err := s.view(ctx, actor, part)
	if err != nil {
		return PlanView{}, err
	}
	v := PlanView{Period: year, Part: p, ReadOnly: readOnly(p, year)}
	if v.Plan, err = planOf(ctx, s.db, p); err != nil {
		return v, err
	}
	if v.InForce, err = revisionInForce(ctx, s.db, p.ID); err != nil {
		return v, err
	}
	if err := s.aroundPlan(ctx, actor, &v); err != nil {
		return v, err
	}
	v.Acts = s.planActs(ctx, actor, p, v.Plan, v.ReadOnly)
	open := v.ReadOnly == "" && v.Plan.State.editable()
	v.Edit = open && (s.can(ctx, actor, account.ActAppraisalOwn, p) || s.officerMay(ctx, actor, p, v.Plan) == nil)
	v.Expect = v.ReadOnly == "" && v.Plan.State != NotMade && v.Plan.State != Approved && s.can(ctx, actor, account.ActAppraisalReview, p)
	return v, nil
}

// aroundPlan fills what stands around a plan: flaws, the superior's results,
// values, the plan to copy from, the person's other parts.
func (s *Service) aroundPlan(ctx context.Context, actor account.Actor, v *PlanView) error {
	book, err := s.bookOn(ctx, max(v.Period.From, firstRuleDay))
	if err != nil {
		return err
	}
	quality, err := rulebook.Load[QualityRule](book)
	if err != nil {
		return err
	}
	values, err := rulebook.Load[ValuesRule](book)
	if err != nil {
		return err
	}
	v.Flaws, v.Values = map[string][]Flaw{}, values.Values
	if v.Plan.State != NotMade {
		v.Flaws = quality.Flaws(v.Plan.Content)
	}
	if v.Superior, err = s.supportChoices(ctx, v.Part); err != nil {
		return err
	}
	previous, ok, err := earlierPart(ctx, s.db, v.Part.Who.PersonID, v.Part.Year)
	if err != nil {
		return err
	}
	if ok {
		v.Previous = &previous
	}
	all, err := partsOfPerson(ctx, s.db, v.Part.Who.PersonID, v.Part.Year)
	for _, o := range all {
		if o.ID != v.Part.ID && s.can(ctx, actor, account.ActAppraisalView, o) {
			v.Siblings = append(v.Siblings, o)
		}
	}
	return err
}

// supportChoices returns the results of the evaluator's own plans that a
// part's results can be tied to, those of a draft marked as proposals.
func (s *Service) supportChoices(ctx context.Context, p Part) ([]SupportChoice, error) {
	parts, err := superiorParts(ctx, s.db, p)
	if err != nil || len(parts) == 0 {
		return nil, err
	}
	plans, err := plansOf(ctx, s.db, parts)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(parts))
	for i, sup := range parts {
		ids[i] = sup.ID
	}
	approved, err := revisionsInForce(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	var all []SupportChoice
	for _, sup := range parts {
		force := approved[sup.ID].Content
		for _, r := range plans[sup.ID].Results {
			same, _ := force.Find(r.ID)
			all = append(all, SupportChoice{Support{sup.ID, r.ID, r.Text}, same != nil})
		}
	}
	return all, nil
}

// planActs lists what an actor may do with a plan now.
func (s *Service) planActs(ctx context.Context, actor account.Actor, p Part, plan Plan, readOnly string) []PlanAct {
	if readOnly != "" {
		return nil
	}
	var acts []PlanAct
	for _, act := range []PlanAct{StartAct, SubmitAct, WithdrawAct, ApproveAct, ReturnAct, ReviseAct, DiscardAct} {
		if _, err := plan.after(act); err != nil {
			continue
		}
		if act == StartAct && s.officerMay(ctx, actor, p, plan) == nil {
			acts = append(acts, act)
			continue
		}
		if slices.ContainsFunc(act.needs(), func(a account.Action) bool { return s.can(ctx, actor, a, p) }) {
			acts = append(acts, act)
		}
	}
	return acts
}

// needs returns the permissions of which one suffices for an act.
func (a PlanAct) needs() []account.Action {
	switch a {
	case ReturnAct, ApproveAct:
		return []account.Action{account.ActAppraisalReview}
	}
	return []account.Action{account.ActAppraisalOwn}
}

// StartPlan makes an empty draft. approach empty is quantitative. The officer
// of an office may begin one for somebody who has none.
func (s *Service) StartPlan(ctx context.Context, actor account.Actor, part string, approach Approach) (Plan, error) {
	p, _, err := s.drafting(ctx, actor, part)
	if err != nil {
		return Plan{}, err
	}
	if approach == "" {
		approach = Quantitative
	}
	if approach != Quantitative && approach != Qualitative {
		return Plan{}, fault.WrongField("approach", "form.choose")
	}
	return s.begin(ctx, actor, p, Content{Approach: approach, Form: p.Form})
}

// begin stores the first draft of a part.
func (s *Service) begin(ctx context.Context, actor account.Actor, p Part, content Content) (Plan, error) {
	quality, err := s.quality(ctx, p)
	if err != nil {
		return Plan{}, err
	}
	plan := Plan{PartID: p.ID, State: Draft, Version: 1, Content: content, UpdatedAt: s.now(), UpdatedBy: actor.ID}
	return plan, s.tx(ctx, func(tx *db.Tx) error {
		if err := storePlan(ctx, tx, plan, hardFlaws(quality.Flaws(plan.Content))); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "appraisal.plan.started", p.subject(), nil)
	})
}

// drafting is write for whoever may change a draft: the person, or the
// performance officer of the office where the person has none.
func (s *Service) drafting(ctx context.Context, actor account.Actor, part string) (Part, Period, error) {
	p, year, err := s.write(ctx, actor, part, account.ActAppraisalOwn)
	if !fault.Is(err, fault.Forbidden) {
		return p, year, err
	}
	if p, year, err = s.write(ctx, actor, part, account.ActAppraisalDraft); err != nil {
		return p, year, err
	}
	plan, err := planOf(ctx, s.db, p)
	if err != nil {
		return p, year, err
	}
	return p, year, s.officerMay(ctx, actor, p, plan)
}

// officerMay returns nil when the performance officer of an office may draft
// for somebody: from the day of the calendar on, where there is no plan, and in
// the officer's own draft until the person takes it over.
func (s *Service) officerMay(ctx context.Context, actor account.Actor, p Part, plan Plan) error {
	if err := s.access.Can(ctx, actor, account.ActAppraisalDraft, p.thing()); err != nil {
		return err
	}
	calendar, err := rule[CalendarRule](ctx, s, max(AnnualOf(p.Year).From(), firstRuleDay))
	if err != nil {
		return err
	}
	if from := calendar.OfficerFrom(p); s.today() < from {
		return fault.Clash("appraisal.officer.early", from)
	}
	if plan.State != NotMade && plan.UpdatedBy != actor.ID {
		return fault.Clash("appraisal.officer.has", p.Who.Name)
	}
	return nil
}

// quality returns what makes an indicator good in a part's year.
func (s *Service) quality(ctx context.Context, p Part) (QualityRule, error) {
	return rule[QualityRule](ctx, s, max(AnnualOf(p.Year).From(), firstRuleDay))
}

// edit changes the content of a draft. Drafts make no ledger entries: what
// counts is what is submitted and approved, and that is entered whole.
func (s *Service) edit(ctx context.Context, actor account.Actor, part string, version int64, change func(*Content) error) (Plan, error) {
	p, _, err := s.drafting(ctx, actor, part)
	if err != nil {
		return Plan{}, err
	}
	return s.change(ctx, actor, p, version, func(plan *Plan) error {
		if !plan.State.editable() {
			return fault.Clash("appraisal.plan.locked", plan.State.word())
		}
		return change(&plan.Content)
	})
}

// change loads a plan, checks that it is the version the form was made of,
// changes and stores it.
func (s *Service) change(ctx context.Context, actor account.Actor, p Part, version int64, change func(*Plan) error) (Plan, error) {
	quality, err := s.quality(ctx, p)
	if err != nil {
		return Plan{}, err
	}
	var plan Plan
	err = s.tx(ctx, func(tx *db.Tx) (err error) {
		if plan, err = planAt(ctx, tx, p, version); err != nil {
			return err
		}
		if err := change(&plan); err != nil {
			return err
		}
		plan.Version++
		plan.UpdatedAt, plan.UpdatedBy = s.now(), actor.ID
		return storePlan(ctx, tx, plan, hardFlaws(quality.Flaws(plan.Content)))
	})
	return plan, err
}
