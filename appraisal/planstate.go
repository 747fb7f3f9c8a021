package appraisal

import (
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
)

// PlanAct is something done to an SKP as a whole.
type PlanAct string

// The acts. The page words a button after them.
const (
	StartAct    PlanAct = "start"
	SubmitAct   PlanAct = "submit"
	WithdrawAct PlanAct = "withdraw"
	ReturnAct   PlanAct = "return"
	ApproveAct  PlanAct = "approve"
	ReviseAct   PlanAct = "revise"
	DiscardAct  PlanAct = "discard"
)

// next returns the state an act leads to from a state; ok is false when the
// act is not possible there. Discarding a revision leads back to the approved
// one, so it is possible only where there is one.
func (s PlanState) next(act PlanAct) (to PlanState, ok bool) {
	switch act {
	case StartAct:
		return Draft, s == NotMade
	case SubmitAct:
		return Submitted, s == Draft || s == Returned
	case WithdrawAct:
		return Draft, s == Submitted
	case ReturnAct:
		return Returned, s == Submitted
	case ApproveAct:
		return Approved, s == Submitted
	case ReviseAct:
		return Draft, s == Approved
	case DiscardAct:
		return Approved, s == Draft || s == Returned
	}
	return s, false
}

// after returns the state an act leads to, or a Conflict fault that says why
// it cannot be done now.
func (p Plan) after(act PlanAct) (PlanState, error) {
	to, ok := p.State.next(act)
	if !ok || act == DiscardAct && p.Revision == 0 {
		return "", fault.Clash("appraisal.plan.not_now", string(act), p.State.word())
	}
	return to, nil
}

// editable reports whether results, indicators, steps and annex may change.
func (s PlanState) editable() bool { return s == Draft || s == Returned }

// word returns the state as an argument of a sentence.
func (s PlanState) word() i18n.Key { return i18n.Key("appraisal.state." + string(s)) }
