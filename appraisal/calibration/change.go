package calibration

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gurindam/gurindam/appraisal"
	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/db"
	"github.com/gurindam/gurindam/internal/fault"
)

const mostReason = 2000

// Propose proposes other ratings for somebody whose predicate is not set. The
// proposer agrees with it; what is still needed is the evaluator's consent and
// that of somebody who does not evaluate the person.
func (s *Service) Propose(ctx context.Context, actor account.Actor, id, part string, to Pair, reason string) error {
	x, u, err := s.enter(ctx, actor, id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(u.Cases, func(c appraisal.CalibrationCase) bool { return c.PartID == part })
	if i < 0 {
		return fault.Missing("calibration.no_case")
	}
	c, reason := u.Cases[i], strings.TrimSpace(reason)
	from := Pair{c.Ratings.Results, c.Ratings.Conduct}
	var wrong fault.Fields
	wrong.Check(to.Results.Known(), "results", "form.choose")
	wrong.Check(to.Conduct.Known(), "conduct", "form.choose")
	wrong.Check(to != from, "results", "calibration.same")
	wrong.Check(reason != "", "reason", "form.required")
	wrong.Check(utf8.RuneCountInString(reason) <= mostReason, "reason", "form.too_long", mostReason)
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := writable(x, c); err != nil {
		return err
	}
	k := Change{
		ID: db.NewID(), SessionID: id, PartID: part, EvaluatorID: c.Evaluator.PersonID, Version: c.Version, From: from, To: to,
		Direction: direction(from, to), Reason: reason, State: Proposed, At: s.now(), ProposerID: actor.PersonID, Proposer: actor.Name,
		Consents: []Consent{{PersonID: actor.PersonID, Name: actor.Name, Agrees: true, At: s.now()}},
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		waits, err := db.Exists(ctx, tx, `SELECT 1 FROM calibration_change WHERE session_id = $1 AND part_id = $2 AND state = 'diusulkan'`, id, part)
		if err != nil {
			return err
		}
		if waits {
			return fault.Clash("calibration.waits")
		}
		if err := insertChange(ctx, tx, k); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "proposed", x, k.record())
	})
}

func writable(x Session, c appraisal.CalibrationCase) error {
	switch {
	case !x.Open():
		return fault.Clash("calibration.closed")
	case !c.Open:
		return fault.Clash("calibration.decided")
	}
	return nil
}

// record is what the ledger keeps of a proposal.
func (c Change) record() map[string]any {
	return map[string]any{"change": c.ID, "part": c.PartID, "from": c.From, "to": c.To, "direction": c.Direction, "reason": c.Reason, "state": c.State}
}

// Consent gives the actor's word on a proposal. Once the evaluator and somebody
// else agree, the ratings are changed in the same transaction.
func (s *Service) Consent(ctx context.Context, actor account.Actor, id, change string, agrees bool) (ChangeState, error) {
	x, u, err := s.enter(ctx, actor, id)
	if err != nil {
		return "", err
	}
	k, err := changeOf(ctx, s.db, id, change)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(u.Cases, func(c appraisal.CalibrationCase) bool { return c.PartID == k.PartID })
	if i < 0 || k.State != Proposed {
		return "", fault.Clash("calibration.settled")
	}
	if err := writable(x, u.Cases[i]); err != nil {
		return "", err
	}
	if u.Cases[i].Version != k.Version {
		return "", fault.Clash("calibration.changed")
	}
	word := Consent{PersonID: actor.PersonID, Name: actor.Name, Agrees: agrees, At: s.now()}
	k.Consents = append(slices.DeleteFunc(k.Consents, func(o Consent) bool { return o.PersonID == word.PersonID }), word)
	k.State = k.verdict()
	store := func(tx *db.Tx) error { return s.consented(ctx, tx, actor, x, k, word) }
	if k.State != Applied {
		return k.State, s.db.Tx(ctx, store)
	}
	return k.State, s.appraisal.Calibrate(ctx, actor, k.PartID, x.Window, k.Version, k.ratings(u.Cases[i].Ratings), store)
}

// ratings are the ratings a proposal leads to; its reason stands where the
// regulation asks for one.
func (c Change) ratings(old appraisal.Ratings) appraisal.Ratings {
	r := appraisal.Ratings{Results: c.To.Results, ResultsReason: old.ResultsReason, Conduct: c.To.Conduct, ConductReason: old.ConductReason, Note: old.Note}
	if c.To.Results != c.From.Results {
		r.ResultsReason = c.Reason
	}
	if c.To.Conduct != c.From.Conduct {
		r.ConductReason = c.Reason
	}
	return r
}

func (s *Service) consented(ctx context.Context, tx *db.Tx, actor account.Actor, x Session, k Change, word Consent) error {
	if err := storeConsent(ctx, tx, k, word, s.now()); err != nil {
		return err
	}
	payload := k.record()
	payload["agrees"] = word.Agrees
	return s.record(ctx, tx, actor, "consented", x, payload)
}
