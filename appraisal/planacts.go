package appraisal

import (
	"context"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/rulebook"
)

// Act moves the plan along its states: submit, withdraw, return (remark
// required), approve, revise, discard. Submitting a plan with hard flaws
// returns an Invalid fault with one field for each indicator or result, named
// by its id.
func (s *Service) Act(ctx context.Context, actor account.Actor, part string, version int64, act PlanAct, remark string) (Plan, error) {
	p, _, err := s.acting(ctx, actor, part, act)
	if err != nil {
		return Plan{}, err
	}
	remark = tidy(remark)
	if err := checkRemark(act, remark); err != nil {
		return Plan{}, err
	}
	quality, err := s.quality(ctx, p)
	if err != nil {
		return Plan{}, err
	}
	calendar, err := rule[CalendarRule](ctx, s, max(AnnualOf(p.Year).From(), firstRuleDay))
	if err != nil {
		return Plan{}, err
	}
	var plan Plan
	err = s.tx(ctx, func(tx *db.Tx) (err error) {
		if plan, err = planAt(ctx, tx, p, version); err != nil {
			return err
		}
		if err := s.advance(ctx, tx, actor, p, &plan, act, remark, quality); err != nil {
			return err
		}
		plan.Version++
		plan.UpdatedAt, plan.UpdatedBy = s.now(), actor.ID
		if err := storePlan(ctx, tx, plan, hardFlaws(quality.Flaws(plan.Content))); err != nil {
			return err
		}
		return s.settlePlan(ctx, tx, actor, p, plan, act, calendar.PlanDue(p))
	})
	return plan, err
}

// acting checks the permission of an act.
func (s *Service) acting(ctx context.Context, actor account.Actor, part string, act PlanAct) (p Part, year Period, err error) {
	if _, known := act.from(); !known || act == StartAct {
		return p, year, fault.WrongField("act", "form.choose")
	}
	for _, need := range act.needs() {
		if p, year, err = s.write(ctx, actor, part, need); !fault.Is(err, fault.Forbidden) {
			break
		}
	}
	return p, year, err
}

// from returns a state in which the act is possible; known is false for a word
// that is no act.
func (a PlanAct) from() (PlanState, bool) {
	for _, s := range PlanStates() {
		if _, ok := s.next(a); ok {
			return s, true
		}
	}
	return "", false
}

func checkRemark(act PlanAct, remark string) error {
	var wrong fault.Fields
	wrong.Check(act != ReturnAct || remark != "", "remark", "appraisal.remark.required")
	checkLength(&wrong, "remark", remark, mostLong)
	return wrong.Err()
}

// advance changes a plan as an act does, and keeps what has to be kept.
func (s *Service) advance(ctx context.Context, tx *db.Tx, actor account.Actor, p Part, plan *Plan, act PlanAct, remark string, quality QualityRule) error {
	to, err := plan.after(act)
	if err != nil {
		return err
	}
	plan.State = to
	switch act {
	case SubmitAct:
		plan.SubmittedAt = s.now()
		return submittable(plan.Content, quality)
	case ReturnAct:
		plan.Remark = remark
	case ApproveAct:
		plan.Revision++
		plan.Remark, plan.DecidedAt, plan.DecidedBy = "", s.now(), signerOf(actor, p)
		_, err = addRevision(ctx, tx, *plan)
	case DiscardAct:
		v, err := revisionInForce(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		if v == nil {
			return fault.Clash("appraisal.plan.changed")
		}
		plan.Content, plan.Remark = v.Content, ""
	}
	return err
}

// submittable reports the hard flaws of a plan, one field for each place.
func submittable(c Content, quality QualityRule) error {
	var wrong fault.Fields
	all := quality.Flaws(c)
	note := func(id string) {
		for _, f := range all[id] {
			if f.Hard {
				name := id
				if name == "" {
					name = f.Field
				}
				wrong.Add(name, f.Key, f.Args...)
				return
			}
		}
	}
	note("")
	for _, r := range c.Results {
		note(r.ID)
		for _, in := range r.Indicators {
			note(in.ID)
		}
	}
	return wrong.Err()
}

// settlePlan records an act and moves the task to the next desk.
func (s *Service) settlePlan(ctx context.Context, tx *db.Tx, actor account.Actor, p Part, plan Plan, act PlanAct, due Day) error {
	payload := map[string]any{"version": plan.Version, "revision": plan.Revision}
	switch act {
	case SubmitAct, ApproveAct:
		body, err := plan.Content.bytes()
		if err != nil {
			return err
		}
		payload["hash"] = hashOf(body)
	case ReturnAct:
		payload["remark"] = plan.Remark
	}
	if err := s.record(ctx, tx, actor, "appraisal.plan."+string(act), "part:"+p.ID, payload); err != nil {
		return err
	}
	return s.movePlanDesk(ctx, tx, actor, p, plan, due)
}

// Revisions returns the approved SKPs of a part, the latest first.
func (s *Service) Revisions(ctx context.Context, actor account.Actor, part string) ([]Revision, error) {
	p, _, err := s.view(ctx, actor, part)
	if err != nil {
		return nil, err
	}
	return revisionsOf(ctx, s.db, p.ID)
}

// values returns the BerAKHLAK values of a year.
func (s *Service) values(ctx context.Context, year Period) ([]Value, error) {
	book, err := s.bookOn(ctx, max(year.From, firstRuleDay))
	if err != nil {
		return nil, err
	}
	r, err := rulebook.Load[ValuesRule](book)
	return r.Values, err
}
