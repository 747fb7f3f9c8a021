package appraisal

import "github.com/gurindam/gurindam/internal/i18n"

// EvaluationAct is something done to an evaluation as a whole.
type EvaluationAct string

// The acts.
const (
	SendSelfAct     EvaluationAct = "send_self"
	SendSuperiorAct EvaluationAct = "send_superior"
	DecideAct       EvaluationAct = "decide"
	ReceiveAct      EvaluationAct = "receive"
	ObjectAct       EvaluationAct = "object"
	ExplainAct      EvaluationAct = "explain"
	SettleAct       EvaluationAct = "settle"
	TakeBackAct     EvaluationAct = "take_back" // within the day, before the person has received it
)

// next returns the state an act leads to; ok is false when the act is not
// possible in this state.
func (s EvaluationState) next(act EvaluationAct) (to EvaluationState, ok bool) {
	switch act {
	case SendSelfAct, SendSuperiorAct:
		return Running, s == Running
	case DecideAct:
		return Decided, s == Running
	case TakeBackAct:
		return Running, s == Decided
	case ReceiveAct:
		return Received, s == Decided
	case ObjectAct:
		return Objected, s == Decided || s == Received
	case ExplainAct:
		return Objected, s == Objected
	case SettleAct:
		return Settled, s == Objected
	}
	return s, false
}

// word returns the state as an argument of a sentence.
func (s EvaluationState) word() i18n.Key { return i18n.Key("appraisal.estate." + string(s)) }
